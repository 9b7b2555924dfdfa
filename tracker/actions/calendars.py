"""The working days a contract is counted on."""

from sqlalchemy.orm import Session

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.places import working_calendar


def calendar_for(session: Session, name: str) -> WorkingCalendar:
    """The calendar of that name."""
    return working_calendar(name)
