"""Whole deadlines of the term, and the days on which they come, go and change."""

from datetime import date
from typing import Any

import pytest

from tests.rules.whole import plain
from tests.support.cast import LEASE, contract, deadlines, fact, legal_days
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.facts import Side
from tracker.rules.readings import Nature, ReadingName

YEAR = {"length": "1 year", "first_day_counts": True}
OURS = [{"side": "us", "at_least": "30 days"}]
BOTH = {"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]}
LEAVING = fact("end_intended", "2026-08-31")


def lease(today: str, *facts: dict[str, Any], **sections: Any) -> dict[str, Deadline]:
    return deadlines(contract(**{"obligations": None, **sections}), today, *facts)


# ------------------------------------------------------------------- the end


def test_the_end_of_a_term_as_a_whole() -> None:
    end = lease("2026-06-01", term={**LEASE["term"], "key": "duration"})["term-end/1"]
    day = date(2026, 12, 31)
    assert plain(end) == {
        "clause": "duration",
        "code": "term-end",
        "occurrence": "1",
        "nature": Nature.STATE,
        "legal": day,
        "act_by": day,
    }
    assert [step.kind.value for step in end.steps] == ["counted", "before_same_date"]
    assert [(reading.name, reading.day) for reading in end.readings] == [(ReadingName.LEGAL, day)]


def test_the_end_of_a_renewed_term_is_as_certain_as_the_renewal() -> None:
    found = lease("2026-06-01", term=YEAR, renewal=BOTH)
    assert [found[f"term-end/{n}"].certainty for n in (1, 2, 3)] == [
        Certainty.CONFIRMED,
        Certainty.UNCONFIRMED,
        Certainty.PROJECTED,
    ]


def test_an_end_named_by_the_contract_has_no_steps_that_lead_elsewhere() -> None:
    end = lease("2026-06-01", term={**LEASE["term"], "end": "2026-12-20"})["term-end/1"]
    assert (end.legal, end.steps) == (date(2026, 12, 20), ())
    assert [reading.name for reading in end.readings] == [ReadingName.STATED, ReadingName.COMPUTED]
    same = lease("2026-06-01", term={**LEASE["term"], "end": "2026-12-31"})["term-end/1"]
    assert [step.kind.value for step in same.steps] == ["counted", "before_same_date"]
    assert lease("2026-06-01", term={"end": "2026-12-31"})["term-end/1"].steps == ()


def test_an_end_that_came_early_is_settled_by_its_fact() -> None:
    end = lease("2026-06-01", fact("ended", "2026-03-15"))["term-end/1"]
    assert plain(end) == {
        "clause": "term",
        "code": "term-end",
        "occurrence": "1",
        "nature": Nature.STATE,
        "legal": date(2026, 3, 15),
        "act_by": date(2026, 3, 15),
        "met_by": "ended-1",
        "met_on": date(2026, 3, 15),
    }
    assert (end.steps, end.readings) == ((), ())


def test_an_end_that_notice_will_bring_is_not_settled_yet() -> None:
    given = fact("notice_to_terminate", "2026-03-02", by="us", until="2026-05-31")
    end = lease("2026-03-03", given)["term-end/1"]
    assert (end.legal, end.act_by, end.certainty) == (date(2026, 5, 31), date(2026, 5, 31), Certainty.PROJECTED)
    assert (end.met_by, end.met_on) == (None, None)


@pytest.mark.parametrize(
    ("ended", "last"), [("2026-01-01", "2026-01-01"), ("2025-12-31", None), ("2026-12-30", "2026-12-30")]
)
def test_an_end_on_the_first_day_of_a_period_cuts_it_short(ended: str, last: str | None) -> None:
    found = legal_days(lease("2027-06-01", fact("ended", ended), term=YEAR, renewal={"mode": "automatic"}))
    assert found.get("term-end/2") == last
    assert found["term-end/1"] == "2025-12-31"


def test_an_end_before_a_term_of_unknown_beginning_cuts_it_short() -> None:
    sections = {"effect": {"conditions": ["trained"]}, "term": {"end": "2026-12-31"}}
    found = legal_days(lease("2026-06-01", fact("ended", "2026-03-15"), **sections))
    assert found["term-end/1"] == "2026-03-15"


# -------------------------------------------------------------------- notice


def test_notice_as_a_whole() -> None:
    said = fact("notice_not_to_renew", "2026-10-15", by="us")
    windows = [{"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"}]
    renewal = {"key": "going-on", "mode": "agreement", "notice": windows}
    found = lease("2026-11-20", said, renewal=renewal)
    settled = {"met_by": "notice_not_to_renew-1", "met_on": date(2026, 10, 15)}
    assert plain(found["renewal-window-opens.us/1"]) == {
        "clause": "going-on",
        "code": "renewal-window-opens",
        "occurrence": "1",
        "side": Side.US,
        "nature": Nature.NOT_BEFORE,
        "legal": date(2026, 10, 2),
        "act_by": date(2026, 10, 8),
        **settled,
    }
    assert plain(found["renewal-intention.us/1"]) == {
        "clause": "going-on",
        "code": "renewal-intention",
        "occurrence": "1",
        "side": Side.US,
        "legal": date(2026, 12, 1),
        "act_by": date(2026, 11, 30),
        **settled,
    }


@pytest.mark.parametrize(
    ("day", "settles"),
    [
        ("2024-12-20", (True, False)),
        ("2025-12-01", (True, False)),
        ("2025-12-02", (False, False)),
        ("2025-12-31", (False, False)),
        ("2026-01-01", (False, True)),
        ("2026-12-01", (False, True)),
    ],
)
def test_notice_settles_the_period_it_was_given_in(day: str, settles: tuple[bool, bool]) -> None:
    said = fact("notice_of_renewal_intention", day, by="both")
    found = lease("2026-12-31", said, term=YEAR, renewal=BOTH)
    assert tuple(bool(found[f"renewal-intention.both/{n}"].met_by) for n in (1, 2)) == settles


@pytest.mark.parametrize(
    ("side", "by", "settles"),
    [
        ("us", "us", True), ("us", "them", False), ("us", "both", True), ("us", None, True),
        ("them", "us", False), ("them", "them", True), ("them", "both", True), ("them", None, True),
        ("both", "us", True), ("both", "them", False), ("both", "both", True), ("both", None, True),
    ],
)  # fmt: skip
def test_notice_settles_for_whom_it_was_given(side: str, by: str | None, settles: bool) -> None:
    said = fact("notice_of_renewal_intention", "2026-10-15", **({"by": by} if by else {}))
    found = lease("2026-10-20", said, renewal={"mode": "agreement", "notice": [{"side": side, "at_least": "30 days"}]})
    assert bool(found[f"renewal-intention.{side}/1"].met_by) is settles


@pytest.mark.parametrize(
    ("day", "settles"), [("2026-10-01", False), ("2026-10-02", True), ("2026-12-01", True), ("2026-12-02", False)]
)
def test_notice_counts_from_the_first_day_of_its_window_to_the_last(day: str, settles: bool) -> None:
    windows = [{"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"}]
    said = fact("notice_of_renewal_intention", day, by="us")
    found = lease("2026-12-10", said, renewal={"mode": "agreement", "notice": windows})
    assert bool(found["renewal-intention.us/1"].met_by) is settles


def test_a_window_that_has_no_number_shows_only_its_other_end() -> None:
    windows = [{"side": "us", "at_least": "promptly", "not_earlier_than": "90 days"}]
    said = fact("notice_of_renewal_intention", "2026-10-15", by="us")
    found = lease("2026-10-20", said, renewal={"mode": "agreement", "notice": windows})
    assert legal_days(found)["renewal-intention.us/1"] == ""
    assert found["renewal-window-opens.us/1"].legal == date(2026, 10, 2)


@pytest.mark.parametrize(("ended", "shown"), [("2026-11-30", False), ("2026-12-01", True)])
def test_there_is_nothing_left_to_say_once_the_contract_ended_before_the_notice_day(ended: str, shown: bool) -> None:
    found = lease("2026-12-05", fact("ended", ended), renewal={"mode": "agreement", "notice": OURS})
    assert ("renewal-intention.us/1" in found) is shown


def test_a_window_in_doubt_names_what_it_doubts() -> None:
    """Two years from a day that may count or not end on 31 December 2026 or 1 January 2027."""
    windows = [{"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"}]
    found = lease("2026-06-01", term={"length": "2 years"}, renewal={"mode": "agreement", "notice": windows})
    opens = found["renewal-window-opens.us/1"]
    assert [(reading.name.value, str(reading.day)) for reading in opens.readings][-1] == (
        "first_day_not_counted",
        "2026-10-03",
    )
    assert opens.act_by == date(2026, 10, 8)
    assert (opens.safe_steps[0].start, opens.safe_steps[-1].end) == (date(2027, 1, 1), date(2026, 10, 8))


# ---------------------------------------------------------------- formalities


def test_formalities_as_a_whole() -> None:
    found = lease("2026-10-01", fact("renewed", "2026-09-01"))
    assert plain(found["renewal-formalities/1"]) == {
        "clause": "renewal",
        "code": "renewal-formalities",
        "occurrence": "1",
        "legal": date(2026, 12, 16),
        "act_by": date(2026, 12, 15),
        "met_by": "renewed-1",
        "met_on": date(2026, 9, 1),
    }
    coming = lease("2026-10-01", renewal={"mode": "automatic", "formalities": "15 days"})["renewal-formalities/2"]
    assert (coming.certainty, coming.met_by, coming.met_on) == (Certainty.PROJECTED, None, None)


def test_formalities_within_the_last_days_have_steps_only_for_the_safe_day() -> None:
    renewal = {"mode": "agreement", "formalities": "15 days", "formalities_within": True}
    found = lease("2026-06-01", renewal=renewal)["renewal-formalities/1"]
    assert found.steps == ()
    assert [reading.steps != () for reading in found.readings] == [False, True]
    assert [step.kind.value for step in found.safe_steps] == ["not_counted", "days", "open_day"]


# --------------------------------------------------------------- ending early


def leaving(today: str, *facts: dict[str, Any]) -> dict[str, Deadline]:
    return lease(today, LEAVING, *facts, renewal=None, termination=[{"side": "us", "notice": "30 days"}])


NOTICE = "termination-notice.termination-1/end_intended-1"


@pytest.mark.parametrize("kind", ["notice_to_terminate", "notice_to_rescind"])
def test_notice_to_leave_as_a_whole(kind: str) -> None:
    given = fact(kind, "2026-07-15", by="us", until="2026-08-31")
    assert plain(leaving("2026-07-20", given)[NOTICE]) == {
        "clause": "termination-1",
        "code": "termination-notice",
        "occurrence": "end_intended-1",
        "side": Side.US,
        "legal": date(2026, 8, 1),
        "act_by": date(2026, 7, 31),
        "met_by": f"{kind}-1",
        "met_on": date(2026, 7, 15),
    }


@pytest.mark.parametrize(
    "given",
    [
        fact("notice_to_terminate", "2026-07-15", by="them", until="2026-08-31"),
        fact("notice_to_terminate", "2026-07-15", by="us", until="2026-08-30"),
    ],
)
def test_notice_of_the_other_side_or_for_another_day_is_not_ours(given: dict[str, Any]) -> None:
    assert leaving("2026-07-20", given)[NOTICE].met_by is None


def test_an_intention_stays_while_the_notice_day_comes_before_the_end() -> None:
    assert NOTICE in leaving("2026-08-20", fact("ended", "2026-08-15"))
    assert NOTICE in leaving("2026-08-20", fact("ended", "2026-08-01"))
    assert NOTICE not in leaving("2026-08-20", fact("ended", "2026-07-31"))


def test_an_intention_beyond_an_end_nobody_has_confirmed_stays() -> None:
    beyond = fact("end_intended", "2027-08-31")
    found = lease("2026-06-01", beyond, renewal=None, termination=[{"side": "us", "notice": "30 days"}])
    assert NOTICE in found


def test_an_intention_in_a_contract_without_an_end_stays() -> None:
    assert NOTICE in lease("2026-06-01", LEAVING, term=None, renewal=None, termination=[{"notice": "30 days"}])
