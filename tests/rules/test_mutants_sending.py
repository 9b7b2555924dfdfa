"""Sending, looked at from both ends."""

from datetime import date, time

import pytest

from tests.support.cast import bare, contract, deadlines, fact
from tracker.rules.agreement import Counting
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Direction
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Side
from tracker.rules.periods import Period
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS
from tracker.rules.readings import Nature
from tracker.rules.sending import Sending
from tracker.rules.terms import Delivery

NOTICE = {"mode": "agreement", "notice": [{"side": "us", "at_least": "30 days"}]}
OFFICE = WorkingCalendar("OFFICE", frozenset({5, 6}), coverage=(2025, 2026))
ABROAD = WorkingCalendar("ABROAD", frozenset({6}), {date(2026, 3, 20): "Fair"}, coverage=(2026, 2027))
NEVER = WorkingCalendar("NEVER", frozenset(range(7)))


def sent(act_by: str, allowance: str, ours: WorkingCalendar = OFFICE, theirs: WorkingCalendar = ABROAD) -> Deadline:
    ways = (Delivery("courier", Period.parse(allowance), calendar=theirs.name),)
    deadline = Deadline("a/1", "a", "report", "1", Side.US, Nature.BY, act_by=date.fromisoformat(act_by))
    return Sending(ways, Counting(PRESETS["plain"], ours, elsewhere={theirs.name: theirs})).of(deadline)


@pytest.mark.parametrize("allowance", ["7 days", "1 week"])
def test_of_two_ways_as_slow_as_each_other_the_first_is_told(allowance: str) -> None:
    ways = [{"method": text, "allowance": text} for text in (allowance, "7 days", "1 week")]
    found = deadlines(contract(renewal=NOTICE, delivery=ways), "2026-06-01")["renewal-intention.us/1"]
    assert found.send_by == date(2026, 11, 23)
    assert str(found.send_steps[0].period) == allowance


@pytest.mark.parametrize(
    ("allowance", "day"),
    [
        ("200 days", "2026-03-03"),
        ("120 working days", "2026-05-01"),
        ("8 months", "2026-01-19"),
        ("1 year", "2025-09-19"),
        ("96 hours", "2026-09-15"),
    ],
)
def test_a_long_way_is_found_too(allowance: str, day: str) -> None:
    """Found by mutation: what took more than 120 days without being counted in days was given no day to send on.

    From Saturday 19 September 2026, and sent on a working day.
    """
    assert str(sent("2026-09-19", allowance, theirs=WorkingCalendar("DAILY", frozenset({6}))).send_by) == day


def test_a_way_of_hundreds_of_working_days_is_found_where_a_week_has_five() -> None:
    assert str(sent("2026-09-18", "500 working days", theirs=WorkingCalendar("DAILY", frozenset({5, 6}))).send_by) == (
        "2024-10-18"
    )


def test_where_nothing_can_be_sent_there_is_no_day_to_send() -> None:
    found = sent("2026-03-20", "2 days", ours=NEVER)
    assert (found.send_by, found.send_steps, found.act_by) == (None, (), date(2026, 3, 20))


def test_arrival_is_on_a_working_day_of_the_recipient() -> None:
    assert sent("2026-03-21", "2 days").send_by == date(2026, 3, 19)
    assert sent("2026-03-20", "2 days").send_by == date(2026, 3, 17), "on the 20th the other side is closed"


def test_years_unknown_at_either_end_make_the_day_provisional() -> None:
    assert sent("2026-03-19", "2 days").provisional == ()
    assert sent("2027-03-18", "2 days").provisional == (2027,), "our own working days"
    assert sent("2025-03-19", "2 days").provisional == (2025,), "theirs"
    assert sent("2027-01-01", "1 day").provisional == (), "sent and received in years that are known"


def test_what_has_no_day_has_no_day_to_send_either() -> None:
    notices = [{"code": "incident-notice", "side": "us", "due": "promptly after personal_data_incident"}]
    document = bare(obligations=notices, delivery=[{"method": "courier", "allowance": "5 days"}])
    found = deadlines(document, "2026-06-01", fact("personal_data_incident", "2026-05-02"))
    incident = found["incident-notice/personal_data_incident-1"]
    assert (incident.act_by, incident.send_by) == (None, None)


def test_a_working_day_after_the_closing_hour_may_lie_in_a_year_that_nobody_knows() -> None:
    """What arrives on Thursday 31 December 2026 after hours counts in 2027."""
    daily = WorkingCalendar("DAILY", coverage=(2027, 2027))
    way = Delivery("e-mail", Period.parse("0 days"), calendar="CLOSES", cut_off=time(17))
    closes = WorkingCalendar("CLOSES", frozenset({5, 6}), coverage=(2026, 2026))
    deadline = Deadline("a/1", "a", "report", "1", Side.US, Nature.BY, act_by=date(2027, 1, 1))
    counting = Counting(PRESETS["plain"], daily, elsewhere={"CLOSES": closes})
    found = Sending((way,), counting).of(deadline)
    assert (found.send_by, found.provisional) == (date(2026, 12, 31), (2026, 2027))


def test_where_notices_arrive_is_no_part_of_how_dates_are_counted() -> None:
    """A series goes on under an amendment that changes only the place of receipt."""
    here = Counting(PRESETS["plain"], OFFICE)
    assert here.zone == ""
    assert here == Counting(PRESETS["plain"], OFFICE, "Asia/Shanghai", {"ABROAD": ABROAD})
    assert here != Counting(PRESETS["plain"], ABROAD)


def test_a_day_is_not_foreseen_unless_that_is_said() -> None:
    """All of 1 to 7 October 2026 is off: after an event it is done on the 8th, and what was known before, before."""
    counting = Counting(PRESETS["prc-civil-code"], working_calendar("CN"))
    three_days = date(2026, 10, 1), Period.parse("3 days"), Direction.AFTER, Nature.BY
    assert counting.count(*three_days).act_by == date(2026, 10, 8)
    assert counting.count(*three_days, foreseen=True).act_by == date(2026, 9, 30)
