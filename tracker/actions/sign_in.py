"""Signing in and out. Each signed-in browser is a row of its own, so that it can be listed and ended."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.access import SIGNING_IN, may_sign_in
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing
from tracker.actions.passwords import hash_password, is_outdated, is_password
from tracker.actions.remember import remember
from tracker.actions.tokens import digest, new_token
from tracker.records.people import Person, SignIn

LONGEST_VISIT = timedelta(days=30)
LONGEST_ABSENCE = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=5)
_LONGEST_AGENT = 200


def sign_in(session: Session, email: str, password: str, *, agent: str, now: datetime) -> str | None:
    """Check a password and open a visit; its secret for the browser to keep, or None.

    An unknown address, a wrong password, a disabled account and one that only gets letters have the same answer in the
    same time.
    """
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    kept = person.password_hash if person and may_sign_in(person) else None
    if not is_password(password, kept) or person is None or kept is None:
        return None
    if is_outdated(kept):
        person.password_hash = hash_password(password)
    return open_visit(session, person, agent=agent, now=now)


def open_visit(session: Session, person: Person, *, agent: str, now: datetime) -> str:
    """A new signed-in browser of a person who has proved who they are; ends visits that have run out."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    token = new_token()
    visit = SignIn(
        token_sha256=digest(token),
        person_id=person.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + LONGEST_VISIT,
        agent=agent[:_LONGEST_AGENT],
    )
    session.add(visit)
    remember(session, Actor("web", person.id, person.role), now, "signed-in")
    return token


def visit_of(session: Session, token: str, now: datetime) -> SignIn | None:
    """The visit with this secret and its person, unless it has run out or the person has been disabled."""
    query = select(SignIn).join(SignIn.person).options(joinedload(SignIn.person))
    query = query.where(SignIn.token_sha256 == digest(token), SIGNING_IN)
    return session.scalar(query.where(SignIn.expires_at > now, SignIn.last_seen_at > now - LONGEST_ABSENCE))


def is_due_to_be_seen(visit: SignIn, now: datetime) -> bool:
    """Whether `touch` has something to write: not at every click."""
    return now - visit.last_seen_at >= _SEEN_EVERY


def touch(session: Session, visit_id: int, now: datetime) -> None:
    """Remember that a visit goes on."""
    visit = session.get(SignIn, visit_id)
    if visit is not None:
        visit.last_seen_at = now


def sign_out(session: Session, token: str) -> None:
    """End the visit with this secret."""
    session.execute(delete(SignIn).where(SignIn.token_sha256 == digest(token)))


def visits(session: Session, actor: Actor, now: datetime) -> list[SignIn]:
    """The actor's own signed-in browsers, the last seen first."""
    query = select(SignIn).where(SignIn.person_id == actor.person_id, SignIn.expires_at > now)
    return list(session.scalars(query.order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())))


def end_visit(session: Session, actor: Actor, visit_id: int, *, now: datetime) -> None:
    """Sign one of the actor's own browsers out. Raises Missing."""
    visit = session.get(SignIn, visit_id)
    if visit is None or visit.person_id != actor.person_id:
        raise Missing
    session.delete(visit)
    remember(session, actor, now, "visit-ended")


def end_all_visits(session: Session, person_id: int) -> None:
    """Sign every browser of a person out."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))
