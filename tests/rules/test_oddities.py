"""What is lawful but odd is pointed out before it is saved, and nothing else is."""

from datetime import date
from typing import Any

import pytest

from tests.rules.worked import business_transfer, confidentiality, crm_implementation, customer_maintenance
from tests.support.cast import agreed, contract, drafted
from tracker.rules.oddities import oddities

MINIMUM = {"term": {"length": "2 years", "minimum": "1 year"}}


def odd(today: str = "2026-03-02", **sections: Any) -> dict[str, str]:
    draft = drafted(contract(**sections))
    return {problem.place: str(problem) for problem in oddities(agreed(draft), draft.facts, date.fromisoformat(today))}


def fact(kind: str, day: str, **more: str) -> list[dict[str, str]]:
    return [{"kind": kind, "day": day, **more}]


def notice(**window: str) -> dict[str, Any]:
    return {"mode": "agreement", "notice": [{"side": "us", "at_least": "60 days", **window}]}


@pytest.mark.parametrize("module", [crm_implementation, confidentiality, business_transfer, customer_maintenance])
def test_the_worked_contracts_are_not_odd(module: Any) -> None:
    draft = drafted(module.DOCUMENT)
    assert oddities(agreed(draft), draft.facts, date(2026, 11, 22)) == []


def test_an_ordinary_contract_is_not_odd() -> None:
    assert odd() == {}


@pytest.mark.parametrize(
    ("sections", "place", "told"),
    [
        (
            {"facts": fact("signed", "2025-01-02")},
            "term.start",
            "The term starts before the contract was signed.",
        ),
        (
            {"term": {"length": "2 years", "first_day_counts": True, "end": "2026-12-30"}},
            "term.end",
            "The length gives another end, 2026-12-31; the date you wrote wins.",
        ),
        ({"term": None}, "renewal", "There is a renewal but no term to renew."),
        (
            {"term": {"end": "2026-12-30"}, "renewal": {"mode": "automatic"}},
            "renewal.length",
            "How long a renewal lasts is not said, so the contract is taken to end with its term.",
        ),
        (
            {"renewal": {"mode": "automatic", "length": "“as agreed”"}},
            "renewal.length",
            "How long a renewal lasts is not said, so the contract is taken to end with its term.",
        ),
        (
            {"renewal": notice(at_least="3 years")},
            "renewal.notice[0].at_least",
            "The notice period is longer than the term.",
        ),
        (
            {"renewal": notice(not_earlier_than="30 days")},
            "renewal.notice[0].not_earlier_than",
            "The window for notice closes before it opens.",
        ),
        (
            {"facts": [*fact("signed", "2024-12-20"), *fact("complaint_received", "2024-12-01")]},
            "facts[1].day",
            "This happened before the contract was signed.",
        ),
        ({"facts": fact("complaint_received", "2026-03-03")}, "facts[0].day", "This day is still to come."),
        (
            {"facts": [*fact("ended", "2026-01-05"), *fact("ended", "2026-02-05")]},
            "facts",
            "The end is recorded more than once; the earliest counts.",
        ),
        (
            {**MINIMUM, "facts": fact("end_intended", "2025-12-30")},
            "facts[0]",
            "This would end the contract before its minimum term is over.",
        ),
        (
            {**MINIMUM, "facts": fact("notice_to_terminate", "2025-06-01", until="2025-08-31")},
            "facts[0]",
            "This would end the contract before its minimum term is over.",
        ),
        (
            {"facts": fact("renewed", "2026-02-01", until="2026-06-30")},
            "facts[0].until",
            "The renewal ends before the term it renews.",
        ),
    ],
)
def test_what_is_odd_is_told_with_its_place(sections: dict[str, Any], place: str, told: str) -> None:
    assert odd(**sections) == {place: told}


@pytest.mark.parametrize(
    "sections",
    [
        {"facts": fact("end_intended", "2026-08-31")},
        {"facts": fact("effective", "2026-04-01"), "effect": None, "term": None, "renewal": None},
        {**MINIMUM, "facts": fact("end_intended", "2025-12-31")},
        {**MINIMUM, "facts": fact("notice_to_rescind", "2025-06-01", until="2025-06-30")},
        {"facts": fact("renewed", "2026-02-01", until="2027-06-30")},
        {"effect": None, "facts": [*fact("condition_met", "2024-12-01"), *fact("signed", "2024-12-20")]},
    ],
)
def test_what_is_usual_is_not(sections: dict[str, Any]) -> None:
    assert odd(**sections) == {}


@pytest.mark.parametrize(
    "sections",
    [
        {"term": {"end": "2026-12-31"}, "renewal": {"mode": "automatic"}},  # two years from New Year 2025
        {"term": {"end": "2026-12-30"}, "renewal": {"mode": "automatic", "length": "1 year"}},
        {"term": {"end": "2026-12-30"}, "renewal": {"mode": "option"}},  # nothing renews it in silence
        {"term": {"end": "2026-12-30"}, "renewal": {"mode": "agreement"}},
        {"term": {}, "renewal": {"mode": "automatic"}},  # without an end nothing has to be renewed
        {"effect": {"conditions": ["permit"]}, "term": {"end": "2026-12-30"}, "renewal": {"mode": "automatic"}},
    ],
)
def test_a_renewal_whose_length_is_known_or_not_needed_yet_is_not_odd(sections: dict[str, Any]) -> None:
    assert odd(**sections) == {}
