"""The proof by mutation rests on mutants that say what they change, and change one thing."""

import ast
import sys
from collections import Counter
from subprocess import run

import pytest

from tests.mutation.mutants import ROOT, mutants, tree_of
from tests.mutation.operators import alternatives

MEMBERS = {"Roll": ["NONE", "FOLLOWING", "PRECEDING"]}


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a == b <= c", {"a != b <= c", "a == b < c", "a == b > c"}),
        ("a is None", {"a is not None"}),
        ("a in b", {"a not in b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("a + b", {"a - b"}),
        ("a // b", {"a * b"}),
        ("7", {"8", "6"}),
        ("True", {"False"}),
        ("'off'", {"'XoffX'"}),
        ("None", set()),
        ("Roll.PRECEDING", {"Roll.NONE"}),
        ("Roll.other", set()),
        ("min", {"max"}),
        ("f(a, b=1, c=2)", {"f(a, b=1)", "f(a, c=2)"}),
        ("a if b else c", {"a if not b else c"}),
        ("a if b and c else d", {"a if not b and c else d", "a if b and (not c) else d"}),
    ],
)
def test_a_piece_has_these_alternatives(code: str, others: set[str]) -> None:
    found = alternatives(ast.parse(code, mode="eval").body, MEMBERS)
    assert {ast.unparse(other) for other in found} == others


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("return a", {"return None"}),
        ("return None", set()),
        ("return True", set()),
        ("raise a", {"pass"}),
        ("a()", {"pass"}),
        ("a += b", {"pass", "a -= b"}),
        ("continue", {"break"}),
        ("while a: b", {"while not a:\n    b"}),
        ("if a < b: c", set()),
    ],
)
def test_a_statement_has_these_alternatives(code: str, others: set[str]) -> None:
    found = alternatives(ast.parse(code).body[0], MEMBERS)
    assert {ast.unparse(other) for other in found} == others


@pytest.mark.parametrize("module", ["months", "conventions"])
def test_mutants_have_names_of_their_own_and_leave_the_module_as_it_was(module: str) -> None:
    before = ast.unparse(tree_of(module))
    found = list(mutants(module))
    for mutant in found:
        mutant.code()
    assert ast.unparse(tree_of(module)) == before
    assert Counter(mutant.name for mutant in found).most_common(1)[0][1] == 1


def test_docstrings_annotations_and_wording_are_left_alone() -> None:
    names = " ".join(mutant.name for module in ("months", "problems", "section") for mutant in mutants(module))
    assert "XThe date of" not in names
    assert "XWrite" not in names
    assert "months.from_event_day:" in names


@pytest.mark.prove
def test_hardly_any_mutant_of_the_rules_survives() -> None:
    done = run([sys.executable, "-m", "tests.mutation", "--write"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
