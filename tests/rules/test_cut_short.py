"""A term that the contract does not live to the end of: what was counted from its last day is counted from the end."""

from typing import Any

from tests.support.cast import bare, deadlines, fact, legal_days
from tracker.rules.deadlines import Certainty

TERM: dict[str, Any] = bare(
    effect={"when": "2025-01-01"},
    term={"length": "2 years", "first_day_counts": True},
    obligations=[
        {"key": "handover", "code": "report", "side": "us", "due": "10 days after term_end"},
        {"key": "stocktaking", "code": "report", "side": "us", "due": "30 days before term_end"},
    ],
)
"""To 31 December 2026."""


def test_what_hangs_on_the_last_day_of_the_term_follows_an_end_before_it() -> None:
    """Found by hand: a handover stayed ten days after the term nobody lived to the end of, as sure as before."""
    assert legal_days(deadlines(TERM, "2026-03-01")) == {
        "handover/1": "2027-01-11",  # 10 January is a Sunday
        "stocktaking/1": "2026-12-01",
        "term-end/1": "2026-12-31",
    }
    given = deadlines(TERM, "2026-03-01", fact("notice_to_terminate", "2026-02-25", until="2026-06-30"))
    assert legal_days(given) == {
        "handover/1": "2026-07-10",
        "stocktaking/1": "2026-05-31",
        "term-end/1": "2026-06-30",
    }
    assert {deadline.certainty for deadline in given.values()} == {Certainty.PROJECTED}


def test_an_end_after_the_term_or_on_its_last_day_leaves_them_alone() -> None:
    for day in ("2026-12-31", "2027-03-01"):
        found = deadlines(TERM, "2027-03-02", fact("ended", day))
        assert (found["term-end/1"].legal, found["handover/1"].since) == (
            found["stocktaking/1"].since,
            found["term-end/1"].legal,
        )
        assert str(found["term-end/1"].legal) == "2026-12-31"


def test_only_the_period_that_is_cut_short_moves() -> None:
    renewal = {"mode": "automatic", "notice": [{"side": "us", "at_least": "30 days"}]}
    found = deadlines({**TERM, "renewal": renewal}, "2027-06-01", fact("ended", "2027-05-20"))
    assert str(found["handover/1"].since) == "2026-12-31"
    assert str(found["handover/2"].since) == "2027-05-20"


def test_a_contract_that_ends_before_its_term_begins_has_no_other_end() -> None:
    """Found by hand: the end of a term that never began stood there as certain."""
    later = {**TERM, "term": {"start": "2026-06-01", "length": "2 years", "first_day_counts": True}}
    found = deadlines(later, "2026-04-01", fact("ended", "2026-03-15"))
    assert str(found["term-end/1"].legal) == "2026-03-15"
    assert found["term-end/1"].met_by == "ended-1"
    assert str(found["handover/1"].since) == "2026-03-15"
