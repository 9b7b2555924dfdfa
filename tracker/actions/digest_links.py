"""Ending digests by the address in one of them, without signing in (RFC 8058)."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions.access import answering
from tracker.actions.answer_links import CHANNEL
from tracker.actions.links import DeadLink, Reason, Seal
from tracker.actions.organisations import organisation_of
from tracker.actions.remember import remember
from tracker.ports.clock import day_in
from tracker.records.people import Person
from tracker.rules.digests import Rhythm


def reader_of(session: Session, secret: str, token: str, *, now: datetime) -> Person:
    """Whose digests the address ends. Raises DeadLink with the reason for which it leads nowhere."""
    organisation = organisation_of(session)
    link = Seal(secret, organisation.installation).read_stop(token, day_in(organisation.zone, now))
    person = session.get(Person, link.person_id)
    if person is None or not person.active:
        raise DeadLink(Reason.CLOSED)
    return person


def stop_digests(session: Session, secret: str, token: str, *, now: datetime) -> Person:
    """Let each reminder come by itself again, those that wait too; any number of times. Raises DeadLink."""
    person = reader_of(session, secret, token, now=now)
    if person.digest is not Rhythm.NEVER:
        person.digest = Rhythm.NEVER
        remember(session, answering(person, CHANNEL), now, "digest-stopped")
    return person
