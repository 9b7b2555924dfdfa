"""What the page on reliability says is tested is tested: each of its codes is in the name of a test."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EVERY = {f"{group}{number:02}" for group, last in (("t", 14), ("s", 9), ("o", 15)) for number in range(1, last + 1)}

ONE_DATABASE = {"s04", "o14", "o15"}
"""What APScheduler or SQLite alone decides; and the mistakes, which one database is enough to notice."""


def names_by_code() -> dict[str, list[str]]:
    """Names of the tests by the code they begin with."""
    found: dict[str, list[str]] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for name, code in re.findall(r"^def (test_([tso]\d+)_\w+)", file.read_text(), re.MULTILINE):
            found.setdefault(code, []).append(name)
    return found


def test_each_code_stands_on_the_page_and_in_the_name_of_a_test() -> None:
    rows = re.findall(r"^\| ([tso]\d\d) \| .+ \|$", (ROOT / "docs" / "reliability.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(EVERY)
    assert names_by_code().keys() == EVERY


def test_whatever_a_database_decides_is_tested_on_each() -> None:
    """The names alone: a test that asks for a desk or an office runs on SQLite and on PostgreSQL."""
    decided = {"t01", "t04", "t11", *(code for code in EVERY if code[0] in "so" and code not in ONE_DATABASE)}
    files = [file.read_text() for file in (ROOT / "tests").rglob("test_*.py")]
    asks = re.compile(
        r"^def test_([tso]\d\d)_\w+\([^)]*\b(desk|told|office|busy|database_url|server_and_template): ", re.M
    )
    assert decided <= {code for text in files for code, _fixture in asks.findall(text)}
