"""The hours in which a person wants letters."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions.calendars import calendar_for
from tracker.actions.organisations import organisation_of
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter
from tracker.records.people import Organisation, Person
from tracker.rules.sending_hours import Hours, end_of, not_before


def hours_of(session: Session, person: Person, organisation: Organisation) -> Hours:
    """The person's zone, quiet hours and working days, the organisation's where they have none of their own."""
    calendar = None
    if person.working_days_only:
        calendar = calendar_for(session, person.calendar or organisation.calendar)
    return Hours(person.zone or organisation.zone, person.quiet_from, person.quiet_until, calendar)


def quiet_until(session: Session, letter: Letter, now: datetime) -> datetime:
    """Until when the reader's quiet hours and days off keep a letter back; `now` when it may go."""
    person = letter.person
    if person is None or (person.quiet_from is None and not person.working_days_only):
        return now
    return not_before(now, end_of_day(letter.deadline), hours_of(session, person, organisation_of(session)))


def end_of_day(deadline: Deadline | None) -> datetime | None:
    """The instant at which the day that a deadline is about is over where its contract counts; None of no day."""
    day = deadline.action_day if deadline else None
    return end_of(day, deadline.contract.zone) if deadline and day else None
