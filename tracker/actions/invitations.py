"""Single-use links that let somebody set a password, and the first of them that makes the administrator."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.actions.access import may_sign_in, must_sign_in
from tracker.actions.errors import Missing
from tracker.actions.tokens import digest, new_token
from tracker.records.people import Invitation, Person, Role

FIRST_HOUR = timedelta(hours=1)
ONE_WEEK = timedelta(days=7)


def welcome_token(session: Session, now: datetime) -> str | None:
    """The secret of a new first-run link, good for an hour; None when there is an administrator already.

    Links issued at earlier starts end.
    """
    if has_administrator(session):
        return None
    session.execute(delete(Invitation).where(Invitation.person_id.is_(None)))
    return _issue(session, None, now, FIRST_HOUR)


def invite(session: Session, person: Person, now: datetime) -> str:
    """The secret of a link with which a person sets their password within a week; an older one ends. Raises
    Refused for one who only gets letters."""
    must_sign_in(person)
    drop_invitations(session, person.id)
    return _issue(session, person.id, now, ONE_WEEK)


def open_invitation(session: Session, token: str, now: datetime, *, first: bool) -> Invitation:
    """The invitation with this secret, while it can be used; with `first`, the one that makes the administrator.

    Raises Missing once it was used, has run out, or its person was disabled.
    """
    invitation = session.scalar(select(Invitation).where(Invitation.token_sha256 == digest(token)).with_for_update())
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now:
        raise Missing
    if first != (invitation.person_id is None) or (first and has_administrator(session)):
        raise Missing
    return invitation


def invited(session: Session, invitation: Invitation) -> Person:
    """Whose password the invitation sets. Raises Missing."""
    person = session.get(Person, invitation.person_id or 0)
    if person is None or not may_sign_in(person):
        raise Missing
    return person


def drop_invitations(session: Session, person_id: int) -> None:
    """End a person's unused links."""
    session.execute(delete(Invitation).where(Invitation.person_id == person_id))


def has_administrator(session: Session) -> bool:
    """Whether somebody can administer this installation."""
    return session.scalar(select(Person.id).where(Person.role == Role.ADMIN).limit(1)) is not None


def _issue(session: Session, person_id: int | None, now: datetime, good_for: timedelta) -> str:
    token = new_token()
    row = Invitation(token_sha256=digest(token), person_id=person_id, created_at=now, expires_at=now + good_for)
    session.add(row)
    return token
