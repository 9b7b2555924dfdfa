"""When a letter may reach a person. The instants were worked out by hand from each zone's rules."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.places import working_calendar
from tracker.rules.sending_hours import Hours, end_of, first_instant, not_before

CN = working_calendar("CN")
FAR = date(2030, 1, 1)
HERE = "Asia/Shanghai"


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
    assert first_instant(day, last_day, Hours("Asia/Shanghai", calendar=CN), HERE) == utc(instant)


def test_without_a_calendar_every_day_will_do() -> None:
    assert first_instant(date(2026, 2, 15), FAR, Hours(HERE), HERE) == utc("2026-02-15 01:00")


def test_a_calendar_that_is_never_open_is_not_waited_for() -> None:
    never = WorkingCalendar("never", frozenset(range(7)), {}, frozenset(), None)
    assert first_instant(date(2026, 2, 15), FAR, Hours(HERE, calendar=never), HERE) == utc("2026-02-15 01:00")


@pytest.mark.parametrize(("closed", "instant"), [(30, "2026-03-03 01:00"), (31, "2026-02-01 01:00")])
def test_no_closure_of_more_than_thirty_days_is_waited_for(closed: int, instant: str) -> None:
    off = {date(2026, 2, 1) + timedelta(days): "Closed" for days in range(closed)}
    hours = Hours("Asia/Shanghai", calendar=WorkingCalendar("closed", frozenset(), off, frozenset(), None))
    assert first_instant(date(2026, 2, 1), FAR, hours, HERE) == utc(instant)


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
    assert not_before(utc(now), None, hours) == utc(instant)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (None, time(7)), (time(22), None), (time(0), time(0)), (time(22), time(22))]
)
def test_quiet_hours_need_two_times_that_differ(start: time | None, end: time | None) -> None:
    now = utc("2026-03-02 14:00")  # 22:00
    assert not_before(now, None, Hours("Asia/Shanghai", start, end)) == now


def test_on_the_last_evening_a_letter_comes_in_quiet_hours_rather_than_too_late() -> None:
    hours = Hours("Asia/Shanghai", time(22), time(7, 30))
    late = utc("2026-03-02 15:00")  # 23:00 on 2 March
    assert not_before(late, end_of(date(2026, 3, 2), HERE), hours) == late
    assert not_before(late, end_of(date(2026, 3, 3), HERE), hours) == utc("2026-03-02 23:30")
    assert not_before(late, end_of(date(2026, 3, 1), HERE), hours) == utc("2026-03-02 23:30"), "it is late already"


@pytest.mark.parametrize(
    ("reader", "day", "instant"),
    [
        # Nine there on the day itself would be one in the morning of the next, where it is counted.
        ("America/Los_Angeles", 10, "2026-01-10 01:00"),
        ("America/Los_Angeles", 9, "2026-01-09 17:00"),
        ("America/New_York", 10, "2026-01-10 14:00"),
        ("Pacific/Kiritimati", 10, "2026-01-09 19:00"),
        ("Pacific/Pago_Pago", 10, "2026-01-10 01:00"),
    ],
)
def test_a_letter_of_the_last_day_comes_while_it_is_that_day_where_it_is_counted(
    reader: str, day: int, instant: str
) -> None:
    assert first_instant(date(2026, 1, day), date(2026, 1, 10), Hours(reader), HERE) == utc(instant)


def test_quiet_hours_far_in_the_west_hold_nothing_past_the_day_where_it_is_counted() -> None:
    hours = Hours("America/Los_Angeles", time(8), time(23))
    now = utc("2026-01-09 17:00")  # nine in the morning there; until 23:00 it is 15:00 of the next day in Shanghai
    assert not_before(now, end_of(date(2026, 1, 10), HERE), hours) == utc("2026-01-10 07:00")
    now = utc("2026-01-10 16:30")
    assert not_before(now, end_of(date(2026, 1, 10), HERE), hours) == utc("2026-01-11 07:00"), "it is over already"
    assert not_before(utc("2026-01-10 15:59"), end_of(date(2026, 1, 10), HERE), hours) == utc("2026-01-10 15:59")


@pytest.mark.parametrize(
    ("now", "end", "quiet", "instant"),
    [
        # Saturday 7 March 2026, at ten; the 9th is a Monday.
        ("2026-03-07 02:00", FAR, None, "2026-03-09 01:00"),
        ("2026-03-07 02:00", date(2026, 3, 9), None, "2026-03-09 01:00"),
        ("2026-03-07 02:00", date(2026, 3, 8), None, "2026-03-07 02:00"),
        ("2026-03-07 02:00", date(2026, 3, 6), None, "2026-03-09 01:00"),
        # Nine is quiet; and quiet hours that end on a Saturday.
        ("2026-03-07 02:00", FAR, (time(8), time(10)), "2026-03-09 02:00"),
        ("2026-03-06 02:00", FAR, (time(10), time(0)), "2026-03-09 01:00"),
        ("2026-03-06 02:00", FAR, (time(9), time(0)), "2026-03-09 16:00"),
        # On a working day at once, whatever the hour.
        ("2026-03-06 12:00", FAR, None, "2026-03-06 12:00"),
    ],
)
def test_what_can_go_only_on_a_day_off_waits_for_the_next_working_day(
    now: str, end: date, quiet: tuple[time, time] | None, instant: str
) -> None:
    start, until = quiet or (None, None)
    hours = Hours(HERE, start, until, CN)
    assert not_before(utc(now), end_of(end, HERE), hours) == utc(instant)


def test_what_is_about_no_day_waits_for_no_working_day() -> None:
    now = utc("2026-03-07 02:00")
    assert not_before(now, None, Hours(HERE, calendar=CN)) == now


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: utc("2026-01-01 00:00") + timedelta(minutes=minutes)),
    st.times(),
    st.times(),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
)
def test_nothing_waits_for_more_than_a_day(now: datetime, start: time, end: time, zone: str) -> None:
    wait = not_before(now, None, Hours(zone, start, end)) - now
    assert 0 <= wait.total_seconds() <= 25 * 3600


def test_a_day_that_is_over_at_nine_to_the_minute_is_told_at_nine_where_it_is_counted() -> None:
    """Nine in Honolulu is midnight in Karachi."""
    day = date(2026, 3, 10)
    assert first_instant(day, day, Hours("Pacific/Honolulu"), "Asia/Karachi") == utc("2026-03-10 04:00")


def test_a_letter_waits_until_the_day_is_over_only_while_it_lasts() -> None:
    hours = Hours(HERE, time(22), time(0))
    midnight = utc("2026-03-10 16:00")
    assert not_before(utc("2026-03-10 15:00"), midnight, hours) == utc("2026-03-10 15:00"), "it would be over by then"
    assert not_before(midnight, midnight, Hours(HERE, time(23), time(1))) == utc("2026-03-10 17:00"), "it is over"
