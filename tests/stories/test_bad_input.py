"""What people get wrong: each mistake is told where it is, nothing that was typed is lost, and nothing is saved."""

import html
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests.stories.conftest import Team
from tests.stories.rows import rows_of
from tests.stories.telling import AGREED
from tests.web.conftest import text_of
from tests.web.test_completion import seen
from tests.web.test_contract_form import fields_of
from tests.web.test_kind_form import documented, error_at
from tests.web.test_uploads import huge

DUE = {"code": "insurance", "side": "us", "due": "on 2026-03-15"}
MB = 1024 * 1024


@pytest.fixture
def contract(team: Team) -> int:
    return team.record({**AGREED, "obligations": [DUE]})


def everything(team: Team) -> dict[str, list[str]]:
    return rows_of(team.office.tracker.database)


def changed(team: Team, contract: int, **typed: str) -> tuple[TestResponse, dict[str, str]]:
    """Send the form of a contract with something else in it; the answer, and all that was sent."""
    path = f"/contracts/{contract}/edit"
    fields = {**fields_of(text_of(team.ana.get(path))), **typed, "do": "save"}
    return team.send(path, **fields), fields


def still_typed(answer: TestResponse) -> dict[str, str]:
    return fields_of(text_of(answer))


# -------------------------------------------------------------------- contracts


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"money.amount": "a lot"}, "Write an amount with its currency"),
        ({"money.amount": "-5 CNY"}, "not negative"),
        ({"money.amount": "1.00001 CNY"}, "4 after it"),
        ({"money.amount": "120000"}, "three-letter code"),
        ({"money.late_rate": "lots"}, "Write a late fee such as 2%"),
        ({"money.liability_cap": "-50%"}, "Write a limit as a share"),
        ({"obligations[0].amount": "120,000.00 yuan"}, "three-letter code"),
        ({"term.end": "2026-04-30", "term.start": "2026-05-01", "term.length": ""}, "before it starts"),
        ({"term.length": "0 months"}, "at least one"),
        ({"term.end": "30/4/26"}, "2026-04-30"),
    ],
)
def test_a_mistake_in_a_contract_is_told_and_all_that_was_typed_stays(
    team: Team, contract: int, typed: dict[str, str], told: str
) -> None:
    before = everything(team)
    answer, sent = changed(team, contract, title="Retyped with care", **typed)
    assert answer.status_code == 422
    assert told in error_at(text_of(answer), next(iter(typed)))
    again = still_typed(answer)
    assert {name: again[name] for name in (*typed, "title")} == {name: sent[name] for name in (*typed, "title")}
    assert everything(team) == before


@pytest.mark.parametrize(
    ("parent", "told"), [("K-3", "belong to itself"), ("K-1", "belong to itself"), ("NOBODY-9", "no contract")]
)
def test_a_contract_is_put_under_another_and_under_none_that_hangs_on_it(
    team: Team, contract: int, parent: str, told: str
) -> None:
    team.record({**AGREED, "number": "K-2", "parent": "K-1"})
    team.record({**AGREED, "number": "K-3", "parent": "K-2"})
    before = everything(team)
    answer = team.send(f"/contracts/{contract}/parent", parent=parent)
    page = html.unescape(text_of(answer))
    assert answer.status_code == 422
    assert told in page
    assert f'value="{parent}"' in page
    assert everything(team) == before


# ------------------------------------------------------------------------ facts


def test_a_fact_before_the_signature_is_lawful_and_saved_once_confirmed(team: Team, contract: int) -> None:
    typed = {"kind": "confidential_disclosure", "day": "2025-11-20", "by": "them", "how": "", "subject": "trial data"}
    before = everything(team)
    answer = team.send(f"/contracts/{contract}/facts", **typed)
    assert answer.status_code == 422
    assert "before the contract was signed" in text_of(answer)
    assert 'value="trial data"' in text_of(answer)
    assert everything(team) == before
    answer = team.send(f"/contracts/{contract}/facts", **typed, confirmed=seen(answer))
    assert answer.status_code == 303
    assert len(everything(team)["fact"]) == len(before["fact"]) + 1


def test_an_end_before_the_contract_was_signed_is_asked_about(team: Team, contract: int) -> None:
    answer = team.send(f"/contracts/{contract}/after-the-end", day="2025-12-31", how="agreement", note="they say")
    assert answer.status_code == 422
    assert "before the contract was signed" in text_of(answer)
    assert "they say" in text_of(answer)
    assert "ended" not in "".join(everything(team)["fact"])


# ------------------------------------------------------------------ completions


def test_nothing_is_done_in_the_future(team: Team, contract: int) -> None:
    path, before = f"/obligations/{team.deadline(contract, 'insurance/1').id}/log", everything(team)
    answer = team.send(path, done_on="2026-01-07", note="paid by Ben", submission="x")
    assert answer.status_code == 422
    assert "still to come" in text_of(answer)
    assert "paid by Ben" in text_of(answer)
    assert everything(team) == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("policy.pdf", b"MZ\x90" + b"\x00" * 64, "not the kind of file its name says"),
        ("policy.exe", b"MZ\x90", "cannot be kept"),
        ("policy.pdf", b"", "is empty"),
    ],
)
@pytest.mark.parametrize("where", ["completion", "document"])
def test_a_file_that_is_not_what_it_seems_is_refused(
    team: Team, contract: int, where: str, name: str, content: bytes, told: str
) -> None:
    before = everything(team)
    path, typed = form_with_a_file(team, contract, where)
    answer = team.send(path, **typed, files=(BytesIO(content), name))
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "typed with care" in text_of(answer)
    assert everything(team) == before
    assert not any(path.is_file() for path in team.office.tracker.files.folder.rglob("*"))


@pytest.mark.parametrize("where", ["completion", "document"])
def test_a_file_of_200_mb_is_refused(team: Team, contract: int, where: str) -> None:
    before = everything(team)
    path, typed = form_with_a_file(team, contract, where)
    answer = huge(team.ana, path, 200 * MB, **typed)
    assert answer.status_code == 422
    assert "too large" in text_of(answer)
    assert "typed with care" in text_of(answer)
    assert everything(team) == before


def form_with_a_file(team: Team, contract: int, where: str) -> tuple[str, dict[str, str]]:
    """Where a form with a file goes, and what else is typed into it."""
    common = {"note": "typed with care"}
    if where == "completion":
        path = f"/obligations/{team.deadline(contract, 'insurance/1').id}/log"
        return path, {**common, "done_on": "2026-01-06", "submission": "x"}
    return f"/contracts/{contract}/papers/new", {**common, "day": "2026-01-06", "kind": "other"}


# ------------------------------------------------------------------------ kinds


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('due = "{deposit_back} after ended"', 'due = "{deposit_back} after christmas"', "christmas"),
        ('type = "period"', 'type = "duration"', "duration"),
        ('code = "support"', 'code = "suport"', "suport"),
        ('max = "20 years"', 'max = "1 day"', "years"),
        ("[blanks.years]", "[blanks.years", "TOML"),
    ],
)
def test_a_bad_kind_is_told_with_its_line_and_its_text_stays(team: Team, old: str, new: str, told: str) -> None:
    assert old in documented()
    text = documented().replace(old, new, 1)
    answer = team.send("/kind-files/new", text=text, do="save")
    page = html.unescape(text_of(answer))
    assert answer.status_code == 422
    assert told in page
    assert text.strip() in page
    assert team.ana.get("/contracts/new/showroom-lease").status_code == 404
