"""Where the words leave a day open, and what follows from it is safe on either reading."""

from datetime import date

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PRC
from tests.support.cast import contract, deadlines, fact, life
from tracker.rules.counting import Nature, count
from tracker.rules.doubt import with_later
from tracker.rules.law import one_place, place_name
from tracker.rules.periods import Period
from tracker.rules.problems import Unfit

OPEN = {"length": "2 years"}
"""Ends on 31 December 2026, or on 1 January 2027: the words do not say whether the first day counts."""


@pytest.mark.parametrize(
    ("nature", "act_by", "readings"),
    [
        ("by", "2027-01-08", 2),
        ("until", "2027-01-11", 2),
        ("state", "2027-01-10", 1),
    ],
)
def test_an_act_is_safe_from_the_earlier_end_and_a_lasting_duty_from_the_later(
    nature: str, act_by: str, readings: int
) -> None:
    """Ten days after 31 December is Sunday 10 January."""
    reports = [{"code": "report", "due": "10 days after term_end", "nature": nature}]
    found = deadlines(contract(term=OPEN, obligations=reports), "2026-06-01")["report/1"]
    assert str(found.act_by) == act_by
    assert len(found.readings) == readings


def test_the_later_day_brings_its_unknown_years_along() -> None:
    ending = count(date(2026, 12, 20), Period.parse("11 days"), AFTER, PRC, CN, Nature.NOT_BEFORE)
    later = count(date(2026, 12, 21), Period.parse("11 days"), AFTER, PRC, CN, Nature.NOT_BEFORE)
    both = with_later(ending, later)
    assert (ending.provisional, later.provisional) == ((2027,), (2027,))
    assert with_later(
        count(date(2026, 1, 1), Period.parse("1 day"), AFTER, PRC, CN, Nature.UNTIL), later
    ).provisional == (2027,)
    assert (both.act_by, both.safe_steps) == (later.act_by, later.safe_steps)


def test_a_later_day_that_nobody_knows_changes_nothing() -> None:
    ending = count(date(2026, 12, 20), Period.parse("11 days"), BEFORE, PRC, CN, Nature.NOT_BEFORE)
    silent = count(date(2026, 12, 21), Period.parse("promptly"), BEFORE, PRC, CN, Nature.NOT_BEFORE)
    assert with_later(ending, silent) == ending


def test_the_doubt_about_an_end_counted_in_days_outlives_a_renewal() -> None:
    found = life("2025-01-10", term={"length": "90 days"}, renewal={"mode": "automatic"})
    assert [(str(period.last), str(period.later)) for period in found.periods] == [
        ("2025-03-31", "2025-04-01"),
        ("2025-06-29", "2025-06-30"),
    ]


def test_a_second_renewal_recorded_for_the_same_end_renews_nothing_more() -> None:
    facts = [fact("renewed", "2025-11-01"), fact("renewed", "2025-11-02")]
    found = life("2026-06-01", term={"length": "1 year"}, renewal={"mode": "automatic"}, facts=facts)
    assert [period.renewed_by and period.renewed_by.key for period in found.periods] == [None, "renewed-1", None]


@pytest.mark.parametrize("name", ["CN", "GB-ENG", "HK"])
def test_one_place_has_working_days_of_its_own(name: str) -> None:
    assert one_place(name) == name


@pytest.mark.parametrize("name", ["CN+HK", "NONE", "XX", "CN+OWN", ""])
def test_several_places_or_none_are_not_one(name: str) -> None:
    with pytest.raises(Unfit, match="Write one country such as CN, HK or GB-ENG"):
        one_place(name)


def test_a_place_with_days_of_its_own_is_a_place() -> None:
    assert [place_name(name) for name in ("CN+OWN", "CN+HK+OWN", "NONE")] == ["CN+OWN", "CN+HK+OWN", "NONE"]
