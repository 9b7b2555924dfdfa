"""On which day a letter of several reminders goes. Shanghai is eight hours ahead of UTC: nine there is one in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.rules.digests import Rhythm, digest_day, may_wait
from tracker.rules.places import working_calendar
from tracker.rules.sending_hours import Hours

CHINA = Hours("Asia/Shanghai")
OFFICE = Hours("Asia/Shanghai", calendar=working_calendar("CN"))
DAY = date(2026, 3, 20)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "since", "hours", "day"),
    [
        (Rhythm.DAILY, "2026-03-03 00:59", CHINA, "2026-03-03"),
        (Rhythm.DAILY, "2026-03-03 01:00", CHINA, "2026-03-03"),
        (Rhythm.DAILY, "2026-03-03 01:01", CHINA, "2026-03-04"),
        (Rhythm.DAILY, "2026-03-03 16:00", CHINA, "2026-03-04"),  # midnight there
        (Rhythm.DAILY, "2026-03-03 13:59", Hours("America/New_York"), "2026-03-03"),
        (Rhythm.DAILY, "2026-03-03 14:01", Hours("America/New_York"), "2026-03-04"),
        # A weekend; then the Spring Festival from the 15th to the 23rd, after a Saturday that is worked.
        (Rhythm.DAILY, "2026-03-07 00:00", CHINA, "2026-03-07"),
        (Rhythm.DAILY, "2026-03-07 00:00", OFFICE, "2026-03-09"),
        (Rhythm.DAILY, "2026-02-14 01:00", OFFICE, "2026-02-14"),
        (Rhythm.DAILY, "2026-02-14 01:01", OFFICE, "2026-02-24"),
        # On Mondays: 2 March is one.
        (Rhythm.WEEKLY, "2026-03-02 01:00", CHINA, "2026-03-02"),
        (Rhythm.WEEKLY, "2026-03-02 01:01", CHINA, "2026-03-09"),
        (Rhythm.WEEKLY, "2026-03-08 12:00", CHINA, "2026-03-09"),
        # The Monday of the festival is made up for on the first working day after it, and on that day alone.
        (Rhythm.WEEKLY, "2026-02-09 01:01", OFFICE, "2026-02-24"),
        (Rhythm.WEEKLY, "2026-02-24 01:00", OFFICE, "2026-02-24"),
        (Rhythm.WEEKLY, "2026-02-24 01:01", OFFICE, "2026-03-02"),
    ],
)
def test_a_digest_goes_on_the_first_morning_that_suits_its_reader(
    rhythm: Rhythm, since: str, hours: Hours, day: str
) -> None:
    assert digest_day(rhythm, utc(since), hours).isoformat() == day


@pytest.mark.parametrize(("days_left", "waits"), [(-1, False), (0, False), (7, False), (8, True), (90, True)])
def test_what_has_a_week_left_by_then_does_not_wait(days_left: int, waits: bool) -> None:
    assert may_wait(DAY + timedelta(days_left), DAY) is waits
