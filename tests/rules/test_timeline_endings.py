"""The end of a contract before its time: recorded, brought about by notice, or held off by a minimum term."""

from datetime import date

import pytest

from tests.support.cast import agreed, bare, drafted, fact, life
from tracker.rules.deadlines import Certainty
from tracker.rules.happenings import Happenings
from tracker.rules.timeline import timeline

AUTOMATIC = {"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]}


def test_a_recorded_end_is_the_end() -> None:
    found = life("2026-06-01", facts=[fact("ended", "2026-03-15")])
    assert found.ended is not None
    assert (found.ended.day, found.ended.certainty, found.ended.fact) == (
        date(2026, 3, 15),
        Certainty.CONFIRMED,
        "ended-1",
    )


def test_a_contract_that_has_ended_is_not_renewed_any_more() -> None:
    """Found by hand: an automatic contract went on from period to period after its recorded end."""
    found = life("2035-01-01", renewal=AUTOMATIC, facts=[fact("ended", "2026-03-15")])
    assert len(found.periods) == 1
    by_notice = life("2035-01-01", renewal=AUTOMATIC, facts=[fact("notice_to_terminate", "2027-03-15")])
    assert len(by_notice.periods) == 2


@pytest.mark.parametrize("by", ["us", "them"])
def test_notice_to_terminate_ends_the_contract_when_its_period_has_run(by: str) -> None:
    """Found by hand: under a clause for both sides, the other side's notice ended the contract at once."""
    given = fact("notice_to_terminate", "2026-03-15", by=by)
    before = life("2026-04-01", termination=[{"side": "both", "notice": "30 days"}], facts=[given]).ended
    after = life("2026-04-15", termination=[{"side": "both", "notice": "30 days"}], facts=[given]).ended
    assert before is not None
    assert after is not None
    assert (before.day, before.certainty) == (date(2026, 4, 14), Certainty.PROJECTED)
    assert (after.day, after.certainty) == (date(2026, 4, 14), Certainty.UNCONFIRMED)


def test_notice_that_names_the_end_ends_it_then() -> None:
    given = fact("notice_to_terminate", "2026-03-15", until="2026-06-30")
    ended = life("2026-04-01", termination=[{"notice": "30 days"}], facts=[given]).ended
    assert ended is not None
    assert ended.day == date(2026, 6, 30)


def test_rescission_without_a_period_takes_effect_on_arrival() -> None:
    ended = life("2026-04-01", facts=[fact("notice_to_rescind", "2026-03-15")]).ended
    assert ended is not None
    assert ended.day == date(2026, 3, 15)


def test_of_two_notices_the_earlier_end_counts() -> None:
    """Found by hand: the first notice given counted, although the second ended the contract sooner."""
    facts = [
        fact("notice_to_terminate", "2026-03-01", until="2026-12-01"),
        fact("notice_to_terminate", "2026-03-02", until="2026-06-01"),
    ]
    ended = life("2026-04-01", facts=facts).ended
    assert ended is not None
    assert ended.day == date(2026, 6, 1)


def test_notice_that_would_end_it_after_its_term_changes_nothing() -> None:
    ended = life("2026-12-01", facts=[fact("notice_to_terminate", "2026-11-01", until="2027-06-01")]).ended
    assert ended is not None
    assert ended.day == date(2026, 12, 31)


def test_notice_cannot_end_a_contract_before_its_minimum_term() -> None:
    """Found by hand: the minimum term was read and then forgotten."""
    sections = {"term": {"length": "2 years", "minimum": "1 year"}, "termination": [{"notice": "30 days"}]}
    found = life("2025-06-01", **sections, facts=[fact("notice_to_terminate", "2025-03-01")])
    assert found.ended is not None
    assert found.ended.day == date(2025, 12, 31)
    late = life("2026-06-01", **sections, facts=[fact("notice_to_terminate", "2026-03-01")])
    assert late.ended is not None
    assert late.ended.day == date(2026, 3, 31)


def test_rescission_for_cause_need_not_wait_for_the_minimum_term() -> None:
    term = {"length": "2 years", "minimum": "1 year"}
    ended = life("2025-06-01", term=term, facts=[fact("notice_to_rescind", "2025-03-01")]).ended
    assert ended is not None
    assert ended.day == date(2025, 3, 1)


def test_a_contract_without_a_term_ends_when_somebody_ends_it() -> None:
    draft = drafted(bare(facts=[fact("notice_to_terminate", "2026-03-15")], termination=[{"notice": "1 month"}]))
    ended = timeline(agreed(draft), Happenings(draft.facts), date(2026, 4, 1)).ended
    assert ended is not None
    assert ended.day == date(2026, 4, 15)


@pytest.mark.parametrize(
    "notice", [fact("notice_to_terminate", "2026-05-01", until="2026-08-31"), fact("notice_to_rescind", "2026-05-01")]
)
def test_an_end_names_the_notice_that_brings_it_about(notice: dict[str, object]) -> None:
    """One names its day, the other takes effect on arrival."""
    ended = life("2026-06-01", facts=[notice]).ended
    assert ended is not None
    assert ended.fact == f"{notice['kind']}-1"


def test_an_end_tells_on_which_unknown_years_the_last_period_rests() -> None:
    """Twenty working days from 21 December 2026 end in a year of which no working day is announced."""
    sections = {"effect": {"when": "2026-12-21"}, "term": {"length": "20 working days", "first_day_counts": True}}
    ended = life("2026-12-22", **sections, renewal=None, obligations=None).ended
    assert ended is not None
    assert ended.unsettled == (2027,)
    renewed = [fact("renewed", "2026-12-22", until="2027-03-31")]
    ended = life("2026-12-22", **sections, renewal={"mode": "agreement"}, obligations=None, facts=renewed).ended
    assert ended is not None
    assert (ended.day, ended.unsettled) == (date(2027, 3, 31), ()), "that day was agreed"
