"""Working days and dry runs on the command line."""

import json
from typing import Any

import pytest

from tests.actions.test_calendar_years import ARRANGEMENT_2027, SUPPLY
from tests.cli.conftest import Shell


def supply(shell: Shell, **more: Any) -> str:
    """The file of a contract with a report due in the made-up Spring Festival of 2027."""
    return shell.write(f"{more.get('number', 'S-1')}.json", json.dumps({**SUPPLY, **more}))


def test_a_calendar_is_shown_with_what_is_known_of_it(shell: Shell) -> None:
    lines = shell.ok("calendar", "show", "CN", "--year", "2026").splitlines()
    assert lines[0] == "CN: known from 2001 to 2026"
    assert "work  2026-02-14  Saturday" in lines
    assert any("2026-10-01, 2026-10-02, 2026-10-03" in line and "National Day" in line for line in lines)
    data = shell.json("calendar", "show", "CN+HK", "--year", "2027")
    assert (data["known"][1], data["provisional"]) == (2026, True)
    assert "not known yet" in shell.ok("calendar", "show", "CN", "--year", "2027")
    assert shell.ok("calendar", "show", "NONE") == "NONE: known without end\n"
    assert "Unknown calendar" in shell.refused("calendar", "show", "MARS")


def test_a_year_is_tried_then_entered_and_tells_what_moved(shell: Shell) -> None:
    shell.ok("import", supply(shell))
    file = shell.write("2027.txt", ARRANGEMENT_2027)
    dry = shell.ok("calendar", "enter", "CN", "2027", file, "--dry-run")
    assert "work  2027-01-31  Sunday" in dry
    assert "moves: Report, 10 Feb 2027 → 4 Feb 2027" in dry
    assert dry.endswith("Nothing was saved.\n")
    assert shell.json("calendar", "show", "CN", "--year", "2027")["provisional"] is True
    told = shell.ok("calendar", "enter", "CN", "2027", file)
    assert told.splitlines() == ["moved: S-1 Report, 2027-02-10 → 2027-02-04", "1 deadline moved"]
    assert shell.json("calendar", "show", "CN", "--year", "2027")["known"] == [2001, 2027]
    assert shell.ok("calendar", "enter", "CN", "2027", file) == "0 deadlines moved\n"


def test_a_year_with_a_fault_is_refused_with_its_line(shell: Shell) -> None:
    file = shell.write("2027.txt", ARRANGEMENT_2027.replace("4月5日（周一）", "4月5日（周二）"))
    for more in ((), ("--dry-run",)):
        assert shell.refused("calendar", "enter", "CN", "2027", file, *more).startswith("line 3: ")
    assert "known already" in shell.refused("calendar", "enter", "CN", "2026", file)


@pytest.mark.parametrize("words", [("enter", "CN", "2027", "-"), ("enter", "CN", "2027", "-", "--dry-run")])
def test_only_administrators_enter_years(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell.run("--as", "ana@acme.example", "calendar", *words, stdin=ARRANGEMENT_2027)
    assert said.exit_code == 2
    assert "role does not allow" in said.stderr


def test_own_days_are_added_listed_and_removed(shell: Shell) -> None:
    own = {"counting": "prc-civil-code", "calendar": "CN+OWN"}
    shell.ok("import", supply(shell, law=own, obligations=[{"code": "report", "side": "us", "due": "on 2026-06-26"}]))
    told = shell.ok("calendar", "own", "add", "2026-06-26", "--name", "Founders' day")
    assert told.splitlines() == ["moved: S-1 Report, 2026-06-26 → 2026-06-25", "1 deadline moved"]
    assert shell.ok("calendar", "own", "list") == "2026-06-26  day off  Founders' day\n"
    shell.ok("calendar", "own", "add", "2026-06-27", "--work")
    assert [row["work"] for row in shell.json("calendar", "own", "list")] == [False, True]
    shell.ok("calendar", "own", "remove", "2026-06-27")
    assert "1 deadline moved" in shell.ok("calendar", "own", "remove", "2026-06-26")
    assert "none of the organisation's own" in shell.refused("calendar", "own", "remove", "2026-06-26")


def test_the_calculator_knows_a_year_that_was_entered_here(shell: Shell) -> None:
    question = ("count", "5 working days", "--after", "2027-02-01", "--rules", "prc-civil-code")
    assert shell.json(*question)["provisional"] == [2027]
    shell.ok("calendar", "enter", "CN", "2027", "-", stdin=ARRANGEMENT_2027)
    answer = shell.json(*question)
    assert (answer["legal"], answer["provisional"]) == ("2027-02-13", []), "a Saturday that is worked"
    shell.ok("calendar", "own", "add", "2027-02-02")
    assert shell.json(*question, "--calendar", "CN+OWN")["legal"] == "2027-02-15"


def test_a_fact_is_tried_before_it_is_recorded(shell: Shell) -> None:
    document = {
        **SUPPLY,
        "obligations": [{"code": "confidentiality-tail", "side": "both", "due": "3 years after ended"}],
    }
    shell.ok("import", supply(shell, **document))
    words = ("fact", "S-1", "ended", "2026-05-04", "--how", "agreement")
    said = shell.ok(*words, "--dry-run")
    assert "4 May 2029" in said
    assert said.endswith("Nothing was saved.\n")
    assert "kind: ended" not in shell.ok("export", "S-1")
    assert "ended-1" in shell.ok(*words)


def test_an_import_is_tried_with_every_deadline_that_would_move(shell: Shell) -> None:
    shell.ok("import", supply(shell))
    other = supply(shell, obligations=[{"code": "report", "side": "us", "due": "on 2026-06-26"}])
    said = shell.ok("import", other, "--dry-run")
    assert "moves: Report, 10 Feb 2027 → 26 Jun 2026" in said
    gone = supply(shell, obligations=[{"code": "training", "side": "us", "due": "on 2026-06-26"}])
    said = shell.ok("import", gone, "--dry-run")
    assert "goes: Report, 10 Feb 2027: Its clause is no longer in the contract." in said
    assert "appears: Training, 26 Jun 2026" in said
    assert "S-1" in str(json.loads(shell.ok("import", gone, "--dry-run", "--json"))["contracts"])
    assert "changed; deadlines: 1 new, 0 moved, 1 gone" in shell.ok("import", gone)
