"""The windows for notice, the formalities, and notice to end early."""

from datetime import date
from typing import Any

from tests.support.cast import bare, contract, deadlines, legal_days
from tracker.rules.deadlines import Certainty
from tracker.rules.readings import ReadingName

YEAR = {"length": "1 year", "first_day_counts": True}
TWO_SIDED = [
    {"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"},
    {"side": "them", "at_least": "60 days"},
]


def term_days(today: str, *facts: dict[str, Any], **sections: object) -> dict[str, str]:
    return legal_days(deadlines(contract(**{"obligations": None, **sections}), today, *facts))


def test_each_side_has_its_own_window_and_ours_has_both_its_ends() -> None:
    found = term_days("2026-06-01", renewal={"mode": "agreement", "notice": TWO_SIDED})
    assert found == {
        "renewal-intention.them/1": "2026-11-01",
        "renewal-intention.us/1": "2026-12-01",
        "renewal-window-opens.us/1": "2026-10-02",
        "term-end/1": "2026-12-31",
    }


def test_the_safe_days_of_a_window_lie_inside_it_on_working_days() -> None:
    found = deadlines(contract(renewal={"mode": "agreement", "notice": TWO_SIDED}), "2026-06-01")
    opens, closes = found["renewal-window-opens.us/1"], found["renewal-intention.us/1"]
    assert opens.act_by == date(2026, 10, 8), "2 October is in the autumn holidays, which end on the 7th"
    assert closes.act_by == date(2026, 11, 30), "1 December less one clear day"


def test_a_window_is_safe_from_the_later_of_two_ends() -> None:
    """Found by hand: where the words leave the end open, the window opened a day too early to be safe."""
    found = deadlines(
        contract(term={"length": "2 years"}, renewal={"mode": "agreement", "notice": TWO_SIDED}), "2026-06-01"
    )
    opens = found["renewal-window-opens.us/1"]
    assert opens.legal == date(2026, 10, 2)
    assert date(2026, 10, 3) in {reading.day for reading in opens.readings}


def test_notice_in_time_settles_the_window() -> None:
    said = {"kind": "notice_not_to_renew", "day": "2026-11-15", "by": "us"}
    found = deadlines(contract(renewal={"mode": "agreement", "notice": TWO_SIDED}), "2026-11-20", said)
    assert (found["renewal-intention.us/1"].met_by, found["renewal-intention.us/1"].met_on) == (
        "notice_not_to_renew-1",
        date(2026, 11, 15),
    )
    assert found["renewal-window-opens.us/1"].met_by == "notice_not_to_renew-1"
    assert found["renewal-intention.them/1"].met_by is None, "they have said nothing"


def test_a_renewal_settles_notice_and_formalities() -> None:
    """Found by hand: after the contract had been renewed, people were still told to say whether it should be."""
    found = deadlines(contract(), "2026-10-01", {"kind": "renewed", "day": "2026-09-01"})
    assert {key: found[key].met_by for key in ("renewal-intention.us/1", "renewal-formalities/1")} == {
        "renewal-intention.us/1": "renewed-1",
        "renewal-formalities/1": "renewed-1",
    }
    assert found["renewal-intention.us/2"].met_by is None


def test_nobody_has_formalities_for_a_renewal_that_was_refused() -> None:
    """Found by hand: formalities stayed on the list after notice not to renew."""
    said = {"kind": "notice_not_to_renew", "day": "2026-10-15", "by": "us"}
    assert "renewal-formalities/1" not in term_days("2026-11-20", said)


def test_formalities_by_so_long_before_the_end() -> None:
    found = deadlines(contract(), "2026-06-01")["renewal-formalities/1"]
    assert (found.legal, found.act_by) == (date(2026, 12, 16), date(2026, 12, 15))


def test_formalities_within_the_last_so_long_have_two_readings() -> None:
    """The last lawful day is the end itself; the safe one is so long before, without another clear day."""
    renewal = {"mode": "agreement", "formalities": "15 days", "formalities_within": True}
    found = deadlines(contract(renewal=renewal), "2026-06-01")["renewal-formalities/1"]
    assert (found.legal, found.act_by) == (date(2026, 12, 31), date(2026, 12, 16))
    assert [(reading.name, reading.day) for reading in found.readings] == [
        (ReadingName.WITHIN_LAST, date(2026, 12, 31)),
        (ReadingName.SO_LONG_BEFORE, date(2026, 12, 16)),
    ]


def test_the_last_period_under_a_cap_asks_for_no_notice() -> None:
    renewal = {"mode": "automatic", "cap": 1, "notice": [{"side": "us", "at_least": "30 days"}]}
    found = term_days("2027-01-10", renewal=renewal, term=YEAR, effect={"when": "2025-01-01"})
    assert sorted(found) == ["renewal-intention.us/1", "term-end/1", "term-end/2"]


def test_a_missed_notice_day_brings_the_next_period_with_its_own() -> None:
    renewal = {"mode": "automatic", "notice": [{"side": "us", "at_least": "30 days"}]}
    found = deadlines(contract(renewal=renewal, term=YEAR), "2026-01-05")
    assert found["renewal-intention.us/1"].legal == date(2025, 12, 1)
    assert found["renewal-intention.us/2"].legal == date(2026, 12, 1)
    assert found["renewal-intention.us/2"].certainty is Certainty.UNCONFIRMED


def test_an_early_end_moves_the_end_of_the_term_and_takes_away_what_comes_after_it() -> None:
    """Found by hand: an ended contract still asked for notice about renewals that cannot come any more."""
    renewal = {"mode": "automatic", "notice": [{"side": "us", "at_least": "30 days"}]}
    found = deadlines(
        contract(renewal=renewal, term=YEAR), "2027-06-01", {"kind": "ended", "day": "2026-03-15", "how": "agreement"}
    )
    terms = {key: deadline for key, deadline in found.items() if not key.startswith("payment")}
    assert legal_days(terms) == {
        "renewal-intention.us/1": "2025-12-01",
        "term-end/1": "2025-12-31",
        "term-end/2": "2026-03-15",
    }
    assert (found["term-end/2"].met_by, found["term-end/2"].certainty) == ("ended-1", Certainty.CONFIRMED)


def test_who_means_to_leave_is_told_the_last_day_to_say_so() -> None:
    termination = [{"side": "us", "notice": "30 days"}, {"side": "them", "notice": "3 months"}]
    intended = {"kind": "end_intended", "day": "2026-08-31"}
    found = deadlines(contract(termination=termination), "2026-03-01", intended)
    ours, theirs = (found[f"termination-notice.termination-{n}/end_intended-1"] for n in (1, 2))
    assert (ours.legal, ours.act_by) == (date(2026, 8, 1), date(2026, 7, 31))
    assert theirs.legal == date(2026, 5, 31)


def test_notice_to_end_early_settles_its_deadline() -> None:
    facts = [
        {"kind": "end_intended", "day": "2026-08-31"},
        {"kind": "notice_to_terminate", "day": "2026-07-15", "by": "us", "until": "2026-08-31"},
    ]
    found = deadlines(contract(termination=[{"notice": "30 days"}]), "2026-07-20", *facts)
    assert found["termination-notice.termination-1/end_intended-1"].met_by == "notice_to_terminate-1"
    assert found["term-end/1"].legal == date(2026, 8, 31)


def test_an_intention_is_moot_once_the_contract_has_ended_before_it() -> None:
    facts = [{"kind": "end_intended", "day": "2026-08-31"}, {"kind": "ended", "day": "2026-05-01"}]
    found = deadlines(contract(termination=[{"notice": "30 days"}]), "2026-05-02", *facts)
    assert not [key for key in found if key.startswith("termination-notice")]


def test_months_before_an_end_keep_both_answers() -> None:
    """One month before 28 February is 28 January when subtracted, but 31 January is still a month before it."""
    renewal = {"mode": "agreement", "notice": [{"side": "us", "at_least": "1 month"}]}
    found = deadlines(bare(effect={"when": "2025-03-01"}, term=YEAR, renewal=renewal), "2025-06-01")
    notice = found["renewal-intention.us/1"]
    assert {date(2026, 1, 28), date(2026, 1, 31)} <= {reading.day for reading in notice.readings}
    assert notice.act_by == date(2026, 1, 27), "with a clear day, and a Tuesday"


def test_the_end_of_a_period_comes_from_the_term_in_force_then_or_else_from_the_one_agreed_later() -> None:
    """Found by mutation: a term that was agreed only once its first period was over had its end from no clause."""
    yearly = {"length": "1 year", "first_day_counts": True}
    agreed_later = {"term": {**yearly, "key": "duration"}, "renewal": {"mode": "automatic"}, "obligations": None}
    change = {"title": "Supplement", "signed": "2026-06-01", "effective": "2026-06-01"}
    for before, clauses in (
        ({}, ["duration", "duration", "duration"]),
        ({"term": {**yearly, "key": "period"}, "renewal": {"mode": "automatic"}}, ["period", "duration", "duration"]),
    ):
        amendments = [{**change, "before": {"effect": {"when": "2025-01-01"}, **before}}]
        found = deadlines(contract(**agreed_later, amendments=amendments), "2026-07-01")
        ends = [found[f"term-end/{number}"] for number in (1, 2, 3)]
        assert [end.clause for end in ends] == clauses
        assert [str(end.legal) for end in ends] == ["2025-12-31", "2026-12-31", "2027-12-31"]
