"""What an amendment may say, and the terms before it."""

from datetime import date
from typing import Any

import pytest

from tests.rules.test_amended import INVOICE, RENT, amended, amendment, terms
from tests.support.cast import drafted
from tracker.rules.amendment_form import TERMS
from tracker.rules.contract_file import read_contract

NEEDED = "This is needed."
HANDLE = "This is too long: at most 80 characters."
TWO_PARTIES = [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading"}]
LAW = {"counting": "prc-civil-code"}


def told(*amendments: dict[str, Any]) -> list[str]:
    """The problems of the lease with these amendments."""
    return [f"{problem.place}: {problem}" for problem in read_contract(amended(terms(RENT), *amendments))[1]]


def without(name: str) -> dict[str, Any]:
    return {field: value for field, value in amendment("2026-05-01", terms()).items() if field != name}


def under(**sections: Any) -> dict[str, Any]:
    return amendment("2026-05-01", {**terms(), **sections})


def test_an_amendment_is_read_with_all_that_is_said_of_it() -> None:
    before = terms(INVOICE, title="Lease", parties=TWO_PARTIES, money={"amount": "9000 CNY"}, law=LAW)
    whole = amendment("2026-05-02", before, key="first", signed="2026-05-01", paper="scan", note="By hand.\nTwice.")
    (read,) = drafted(amended(terms(RENT), whole)).amendments
    assert (read.key, read.title, read.paper, read.note) == ("first", "Supplement", "scan", "By hand.\nTwice.")
    assert (read.signed, read.effective) == (date(2026, 5, 1), date(2026, 5, 2))
    assert read.before == before
    assert (read.terms.effect.day, read.terms.law.preset) == (date(2026, 1, 1), "prc-civil-code")
    assert [type(clause).__name__ for clause in read.terms.clauses] == ["Term", "Obligation"]


def test_an_amendment_needs_no_key_and_no_document() -> None:
    steps = amendment("2026-05-01", terms()), amendment("2026-06-01", terms(), key="own"), under()
    read = drafted(amended(terms(), *steps)).amendments
    assert [(one.key, one.paper, one.note) for one in read] == [
        ("amendment-1", "", ""),
        ("own", "", ""),
        ("amendment-3", "", ""),
    ]


def test_amendments_change_what_was_agreed_and_nothing_that_is_the_teams_own() -> None:
    assert " ".join(TERMS) == "title parties law effect term renewal termination delivery obligations money"


@pytest.mark.parametrize("key", ["x" * 80, "第一次补充.a-1"])
def test_a_key_may_be_long(key: str) -> None:
    (read,) = drafted(amended(terms(), amendment("2026-05-01", terms(), key=key, paper=key))).amendments
    assert (read.key, read.paper) == (key, key)


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        (without("title"), [f"amendments[0].title: {NEEDED}"]),
        (without("signed"), [f"amendments[0].signed: {NEEDED}"]),
        (without("effective"), [f"amendments[0].effective: {NEEDED}"]),
        (without("before"), [f"amendments[0].before: {NEEDED}"]),
        (under(effect={"when": "soon"}), ["amendments[0].before.effect.when: *"]),
        (
            amendment("2026-05-01", terms(), key="x" * 81, paper="y" * 81),
            [f"amendments[0].key: {HANDLE}", f"amendments[0].paper: {HANDLE}"],
        ),
        (amendment("2026-05-01", terms(), notes="x"), ["amendments[0].notes: Unknown field; did you mean “note”?"]),
        (
            under(obligations=[RENT, {**INVOICE, "key": "rent"}]),
            ["amendments[0].before.obligations: Two clauses have the key “rent”."],
        ),
        (under(title="Two\nlines"), ["amendments[0].before.title: *"]),
        (under(parties=TWO_PARTIES[:1]), ["amendments[0].before.parties: A contract has at least two parties."]),
        (under(money={"amount": "much"}), ["amendments[0].before.money.amount: *"]),
        (under(owner="ana"), ["amendments[0].before.owner: *"]),
        (
            "a supplement",
            [
                "amendments[0]: Write this as named fields.",
                *(f"amendments[0].{name}: {NEEDED}" for name in ("title", "signed", "effective", "before")),
            ],
        ),
    ],
)
def test_what_must_not_be_is_told_with_its_place(wrong: Any, problems: list[str]) -> None:
    found = told(wrong)
    assert [text.partition(": ")[0] for text in found] == [text.partition(": ")[0] for text in problems]
    assert [one for one, wanted in zip(found, problems, strict=True) if not wanted.endswith("*")] == [
        wanted for wanted in problems if not wanted.endswith("*")
    ]


def test_two_amendments_of_one_key_are_told_at_the_second() -> None:
    first, second = amendment("2026-05-01", terms(), key="a"), amendment("2026-06-01", terms(), key="a")
    assert told(first, second) == ["amendments[1].key: Two amendments have the key “a”."]
    assert told(amendment("2026-05-01", terms(), key="amendment-2"), amendment("2026-06-01", terms())) == [
        "amendments[1].key: Two amendments have the key “amendment-2”."
    ]
