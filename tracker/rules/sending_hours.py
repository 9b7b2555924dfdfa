"""At which instant a letter may reach a person: on their working days, outside their quiet hours, never too late."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.reminders import instant_of

DAY = timedelta(days=1)
FURTHEST = 30
"""No country closes for longer; a calendar that says so is not waited for."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person wants letters. `quiet_from` to `quiet_until` passes midnight where the end is the earlier time;
    `calendar` is given by those who want them on working days only."""

    zone: str
    quiet_from: time | None = None
    quiet_until: time | None = None
    calendar: WorkingCalendar | None = None


def first_instant(day: date, last_day: date, hours: Hours, zone: str) -> datetime:
    """The UTC instant from which a reminder of `day` may go: nine in the morning there, or on the first working day
    after it that is not past `last_day`. Where that day is over by then in `zone`, where it is counted: nine there."""
    at = instant_of(open_day(day, last_day, hours.calendar), hours.zone)
    return instant_of(last_day, zone) if day <= last_day and at >= end_of(last_day, zone) else at


def end_of(day: date, zone: str) -> datetime:
    """The UTC instant at which a day is over in `zone`."""
    return instant_of(day + DAY, zone, time(0))


def open_day(day: date, last_day: date, calendar: WorkingCalendar | None) -> date:
    """The day, or the first working day after it that is not past `last_day`; the day itself where there is none."""
    limit = min(last_day, day + FURTHEST * DAY) if day <= last_day else day + FURTHEST * DAY
    found = day
    while calendar is not None and not calendar.is_open(found):
        found += DAY
        if found > limit:
            return day
    return found


def not_before(now: datetime, end: datetime | None, hours: Hours) -> datetime:
    """`now`, or the UTC instant at which the days off and the quiet hours that `now` lies in are over; never past the
    `end` of the day it is about, by which a late letter is better than none. What is about no day waits for quiet hours
    alone."""
    wait = _after_quiet(now, hours)
    for _ in range(FURTHEST if end else 0):  # quiet hours may end on a day off
        later = _after_quiet(_on_open_day(wait, hours), hours)
        if later == wait:
            break
        wait = later
    return now if end is not None and now < end <= wait else wait


def _on_open_day(at: datetime, hours: Hours) -> datetime:
    day = at.astimezone(ZoneInfo(hours.zone)).date()
    found = open_day(day, date.max, hours.calendar)
    return at if found == day else instant_of(found, hours.zone)


def _after_quiet(now: datetime, hours: Hours) -> datetime:
    if hours.quiet_from is None or hours.quiet_until is None or hours.quiet_from == hours.quiet_until:
        return now
    here = now.astimezone(ZoneInfo(hours.zone))
    if not _within(here.time(), hours.quiet_from, hours.quiet_until):
        return now
    day = here.date() + DAY if hours.quiet_until <= here.time() else here.date()
    return datetime.combine(day, hours.quiet_until, ZoneInfo(hours.zone)).astimezone(UTC)


def _within(at: time, start: time, end: time) -> bool:
    return start <= at < end if start < end else at >= start or at < end
