"""Which reminders wait to come together in one letter, and on which day that letter goes."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.rules.reminders import instant_of
from tracker.rules.sending_hours import Hours, open_day

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
URGENT = 7
"""With so many days left or fewer a reminder never waits for others."""


class Rhythm(StrEnum):
    """How often somebody wants the reminders that are not urgent together in one letter."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    """On Mondays."""


def digest_day(rhythm: Rhythm, since: datetime, hours: Hours) -> date:
    """The day of the first digest that goes at `since` or later: each goes at nine in the reader's morning, on their
    working days if they want letters on those alone."""
    day = since.astimezone(ZoneInfo(hours.zone)).date()
    if instant_of(day, hours.zone) < since:
        day += DAY
    if rhythm is not Rhythm.WEEKLY:
        return open_day(day, date.max, hours.calendar)
    monday = day - day.weekday() * DAY
    while (found := open_day(monday, date.max, hours.calendar)) < day:
        monday += WEEK
    return found


def may_wait(action_day: date, until: date) -> bool:
    """Whether a reminder may wait until that day: even then it is not urgent yet."""
    return (action_day - until).days > URGENT
