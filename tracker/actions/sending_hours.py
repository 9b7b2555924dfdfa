"""The hours in which a person wants letters."""

from sqlalchemy.orm import Session

from tracker.actions.calendars import calendar_for
from tracker.records.people import Organisation, Person
from tracker.rules.sending_hours import Hours


def hours_of(session: Session, person: Person, organisation: Organisation) -> Hours:
    """The person's zone, quiet hours and working days, the organisation's where they have none of their own."""
    calendar = None
    if person.working_days_only:
        calendar = calendar_for(session, person.calendar or organisation.calendar)
    return Hours(person.zone or organisation.zone, person.quiet_from, person.quiet_until, calendar)
