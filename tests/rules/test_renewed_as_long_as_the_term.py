"""A renewal of which no length is told is as long as the term, whether that is told as a length or by its last day."""

from datetime import date

import pytest

from tests.support.cast import contract, deadlines, ends, fact, life
from tracker.rules.months import whole_months

AUTOMATIC = {"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]}


def test_a_term_told_by_its_last_day_is_renewed_for_as_long_again() -> None:
    """Found by hand: it counted as ended although nobody had objected, and no notice day of the next period was told.

    The lease runs from 1 January 2025.
    """
    found = life("2027-06-01", term={"end": "2026-12-31"}, renewal=AUTOMATIC)
    assert (ends(found), found.ended) == (["2026-12-31", "2028-12-31", "2030-12-31"], None)
    told = deadlines(contract(term={"end": "2026-12-31"}, renewal=AUTOMATIC, obligations=None), "2027-06-01")
    assert str(told["renewal-intention.both/2"].legal) == "2028-12-01"


def test_its_own_first_day_and_whether_that_counts_are_heeded() -> None:
    later = {"start": "2025-03-16", "end": "2025-09-15"}
    assert ends(life("2025-05-01", term=later, renewal=AUTOMATIC)) == ["2025-09-15", "2026-03-15"]
    not_counted = {"end": "2026-01-01", "first_day_counts": False}
    assert ends(life("2025-05-01", term=not_counted, renewal=AUTOMATIC)) == ["2026-01-01", "2027-01-01"]
    unsaid = {"end": "2026-01-01"}
    assert ends(life("2025-05-01", term=unsaid, renewal=AUTOMATIC)) == ["2026-01-01"]


def test_a_length_that_is_told_goes_before_the_days() -> None:
    monthly = {**AUTOMATIC, "length": "1 month"}
    assert ends(life("2025-12-01", term={"end": "2025-12-31"}, renewal=monthly))[:2] == ["2025-12-31", "2026-01-31"]
    both = {"end": "2025-12-31", "length": "6 months", "first_day_counts": True}
    assert ends(life("2025-12-01", term=both, renewal=AUTOMATIC))[:2] == ["2025-12-31", "2026-06-30"]


@pytest.mark.parametrize("term", [{"end": "2025-12-20"}, {"start": "2025-01-20", "end": "2025-12-31"}])
def test_days_that_are_no_whole_months_are_not_guessed_to_be_any(term: dict[str, str]) -> None:
    assert len(ends(life("2027-06-01", term=term, renewal=AUTOMATIC))) == 1


def test_nothing_is_known_of_a_term_that_has_not_begun() -> None:
    waiting = {"effect": {"conditions": ["permit"]}, "term": {"end": "2026-12-31"}}
    assert len(ends(life("2027-06-01", **waiting, renewal=AUTOMATIC))) == 1
    met = [fact("condition_met", "2026-01-01", subject="permit")]
    assert ends(life("2027-06-01", **waiting, renewal=AUTOMATIC, facts=met))[:2] == ["2026-12-31", "2027-12-31"]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-01-01", "2026-12-31", 24),
        ("2025-05-16", "2026-05-15", 12),
        ("2024-02-29", "2025-02-28", 12),
        ("2025-01-31", "2025-02-28", 1),
        ("2025-01-30", "2025-02-28", 1),
        ("2024-03-01", "2028-02-29", 48),
        ("2025-03-01", "2025-03-31", 1),
        ("2025-03-01", "2025-03-30", 0),
        ("2025-03-01", "2025-03-01", 0),
        ("2025-03-01", "2025-02-28", 0),
    ],
)
def test_how_many_months_two_days_are(first: str, last: str, months: int) -> None:
    assert whole_months(date.fromisoformat(first), date.fromisoformat(last)) == months
