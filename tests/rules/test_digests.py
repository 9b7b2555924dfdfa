"""On which day a digest goes, and what may wait for it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.digests import Rhythm, digest_day, may_wait
from tracker.rules.places import working_calendar
from tracker.rules.reminders import instant_of
from tracker.rules.sending_hours import Hours

DAILY, WEEKLY = Rhythm.DAILY, Rhythm.WEEKLY
SHANGHAI, CHINA = Hours("Asia/Shanghai"), working_calendar("CN")
ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Europe/London")


@pytest.mark.parametrize(
    ("since", "rhythm", "day"),
    [
        # A Thursday, at nine in Shanghai: that morning's letter is still to go.
        ("2026-03-05 01:00", DAILY, "2026-03-05"),
        ("2026-03-05 01:01", DAILY, "2026-03-06"),
        ("2026-03-04 16:00", DAILY, "2026-03-05"),
        ("2026-03-07 02:00", DAILY, "2026-03-08"),
        ("2026-03-05 01:00", WEEKLY, "2026-03-09"),
        ("2026-03-09 01:00", WEEKLY, "2026-03-09"),
        ("2026-03-09 01:01", WEEKLY, "2026-03-16"),
        ("2026-03-08 16:00", WEEKLY, "2026-03-09"),
    ],
)
def test_the_next_letter_is_that_of_nine_in_the_morning(since: str, rhythm: Rhythm, day: str) -> None:
    at = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert digest_day(rhythm, at, SHANGHAI) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("since", "rhythm", "day"),
    [
        ("2026-03-07 02:00", DAILY, "2026-03-09"),
        # The Spring Festival of 2026 is off from 15 to 23 February, Monday the 23rd among it.
        ("2026-02-14 02:00", DAILY, "2026-02-24"),
        ("2026-02-17 02:00", WEEKLY, "2026-02-24"),
        ("2026-02-24 01:00", WEEKLY, "2026-02-24"),
        ("2026-02-24 01:01", WEEKLY, "2026-03-02"),
    ],
)
def test_on_working_days_alone_it_goes_on_the_first_of_them(since: str, rhythm: Rhythm, day: str) -> None:
    at = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert digest_day(rhythm, at, Hours("Asia/Shanghai", calendar=CHINA)) == date.fromisoformat(day)


START = datetime(2025, 6, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 486 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(since=INSTANTS, rhythm=st.sampled_from([DAILY, WEEKLY]), zone=st.sampled_from(ZONES), works=st.booleans())
def test_it_is_never_before_and_the_first_after(since: datetime, rhythm: Rhythm, zone: str, works: bool) -> None:
    hours = Hours(zone, calendar=CHINA if works else None)
    found = digest_day(rhythm, since, hours)
    at = instant_of(found, zone)
    assert at >= since
    assert digest_day(rhythm, at, hours) == found, "what is said at that very moment is still in it"
    assert digest_day(rhythm, at - timedelta(seconds=1), hours) == found
    assert at - since <= timedelta(days=20 if works else 1 if rhythm is DAILY else 7, hours=2)
    assert works is False or CHINA.is_open(found)
    assert works or rhythm is DAILY or found.weekday() == 0


def test_a_calendar_that_is_never_open_is_not_waited_for() -> None:
    shut = Hours("Asia/Shanghai", calendar=WorkingCalendar("shut", weekend=frozenset(range(7))))
    at = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
    assert digest_day(DAILY, at, shut) == date(2026, 3, 5)
    assert digest_day(WEEKLY, at, shut) == date(2026, 3, 9)


def test_a_reminder_waits_while_more_than_a_week_is_left_then() -> None:
    day = date(2026, 3, 20)
    assert may_wait(day, date(2026, 3, 12))
    assert not may_wait(day, date(2026, 3, 13))
    assert not may_wait(day, date(2026, 3, 21))
