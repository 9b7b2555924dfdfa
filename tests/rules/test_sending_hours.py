"""When a letter may reach a person. The instants were worked out by hand from each zone's rules."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.places import working_calendar
from tracker.rules.sending_hours import Hours, first_instant, not_before

CN = working_calendar("CN")
FAR = date(2030, 1, 1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "last_day", "instant"),
    [
        # Friday before the Spring Festival; the festival is 15 to 23 February 2026, 14 February a working Saturday.
        (date(2026, 2, 13), FAR, "2026-02-13 01:00"),
        (date(2026, 2, 14), FAR, "2026-02-14 01:00"),
        (date(2026, 2, 15), FAR, "2026-02-24 01:00"),
        (date(2026, 2, 15), date(2026, 2, 24), "2026-02-24 01:00"),
        # The next working day would be too late, so the day itself has to do.
        (date(2026, 2, 15), date(2026, 2, 23), "2026-02-15 01:00"),
        # On the day itself, within the festival.
        (date(2026, 2, 15), date(2026, 2, 15), "2026-02-15 01:00"),
        # A Saturday before a free Monday.
        (date(2026, 3, 7), date(2026, 3, 9), "2026-03-09 01:00"),
        # After the day nothing is too late any more.
        (date(2026, 3, 7), date(2026, 3, 1), "2026-03-09 01:00"),
    ],
)
def test_reminders_keep_to_working_days_but_never_past_the_action_day(day: date, last_day: date, instant: str) -> None:
    assert first_instant(day, last_day, Hours("Asia/Shanghai", calendar=CN)) == utc(instant)


def test_without_a_calendar_every_day_will_do() -> None:
    assert first_instant(date(2026, 2, 15), FAR, Hours("Asia/Shanghai")) == utc("2026-02-15 01:00")


def test_a_calendar_that_is_never_open_is_not_waited_for() -> None:
    never = WorkingCalendar("never", frozenset(range(7)), {}, frozenset(), None)
    assert first_instant(date(2026, 2, 15), FAR, Hours("Asia/Shanghai", calendar=never)) == utc("2026-02-15 01:00")


@pytest.mark.parametrize(("closed", "instant"), [(30, "2026-03-03 01:00"), (31, "2026-02-01 01:00")])
def test_no_closure_of_more_than_thirty_days_is_waited_for(closed: int, instant: str) -> None:
    off = {date(2026, 2, 1) + timedelta(days): "Closed" for days in range(closed)}
    hours = Hours("Asia/Shanghai", calendar=WorkingCalendar("closed", frozenset(), off, frozenset(), None))
    assert first_instant(date(2026, 2, 1), FAR, hours) == utc(instant)


@pytest.mark.parametrize(
    ("now", "zone", "quiet", "instant"),
    [
        ("2026-03-02 13:30", "Asia/Shanghai", ("22:00", "07:30"), "2026-03-02 13:30"),  # 21:30
        ("2026-03-02 14:00", "Asia/Shanghai", ("22:00", "07:30"), "2026-03-02 23:30"),  # 22:00, until 07:30
        ("2026-03-02 20:00", "Asia/Shanghai", ("22:00", "07:30"), "2026-03-02 23:30"),  # 04:00
        ("2026-03-02 23:30", "Asia/Shanghai", ("22:00", "07:30"), "2026-03-02 23:30"),  # 07:30 itself
        ("2026-03-02 04:10", "Asia/Shanghai", ("12:00", "13:00"), "2026-03-02 05:00"),  # 12:10
        ("2026-03-02 04:00", "Asia/Shanghai", ("12:00", "13:00"), "2026-03-02 05:00"),  # 12:00 itself
        ("2026-03-02 05:00", "Asia/Shanghai", ("12:00", "13:00"), "2026-03-02 05:00"),  # 13:00 itself
        # New York puts its clocks on in the night of 8 March 2026: 07:30 comes an hour earlier in UTC.
        ("2026-03-08 03:30", "America/New_York", ("22:00", "07:30"), "2026-03-08 11:30"),
        ("2026-03-07 03:30", "America/New_York", ("22:00", "07:30"), "2026-03-07 12:30"),
    ],
)
def test_quiet_hours_are_waited_out(now: str, zone: str, quiet: tuple[str, str], instant: str) -> None:
    hours = Hours(zone, time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
    assert not_before(utc(now), FAR, hours) == utc(instant)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (None, time(7)), (time(22), None), (time(0), time(0)), (time(22), time(22))]
)
def test_quiet_hours_need_two_times_that_differ(start: time | None, end: time | None) -> None:
    now = utc("2026-03-02 14:00")  # 22:00
    assert not_before(now, FAR, Hours("Asia/Shanghai", start, end)) == now


def test_on_the_last_evening_a_letter_comes_in_quiet_hours_rather_than_too_late() -> None:
    hours = Hours("Asia/Shanghai", time(22), time(7, 30))
    late = utc("2026-03-02 15:00")  # 23:00 on 2 March
    assert not_before(late, date(2026, 3, 2), hours) == late
    assert not_before(late, date(2026, 3, 3), hours) == utc("2026-03-02 23:30")
    assert not_before(late, date(2026, 3, 1), hours) == utc("2026-03-02 23:30"), "it is late already"


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: utc("2026-01-01 00:00") + timedelta(minutes=minutes)),
    st.times(),
    st.times(),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
)
def test_nothing_waits_for_more_than_a_day(now: datetime, start: time, end: time, zone: str) -> None:
    wait = not_before(now, FAR, Hours(zone, start, end)) - now
    assert 0 <= wait.total_seconds() <= 25 * 3600
