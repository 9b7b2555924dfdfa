"""Letters that came back: what mail servers report of them, taken in.

A report counts if it names the Message-ID of a letter of ours, which nobody can guess, and for nothing else it says. An
address that takes no letters is written to no more until an administrator puts it right; what it should have heard
goes to whoever is left, and the alarms tell of it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import must_administer
from tracker.actions.actor import Actor
from tracker.actions.outbox import CAME_BACK, GIVEN_UP, RETURNED, finish, give_up
from tracker.actions.remember import remember
from tracker.actions.reschedule import first_reminder
from tracker.ports.bounces import Bounce, Fate, read_bounce
from tracker.records.history import History
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person

EVENTS = {Fate.REFUSED: "letter-came-back", Fate.GIVEN_UP: "letter-given-up", Fate.DELAYED: "letter-delayed"}
_REASONS = {Fate.REFUSED: CAME_BACK, Fate.GIVEN_UP: GIVEN_UP}
_ENDED_OTHERWISE = (LetterState.SUPPRESSED, LetterState.SUPERSEDED)


class Taken(StrEnum):
    """What came of a report."""

    FOREIGN = "foreign"
    """No report, or not of a letter of ours: nothing happened."""
    KNOWN = "known"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    DELAYED = "delayed"


def take_in(session: Session, actor: Actor, mail: bytes, *, now: datetime) -> Taken:
    """Note what a mail reports of a letter of ours; any number of times. Raises Forbidden."""
    must_administer(actor)
    bounce = read_bounce(mail)
    letter = _letter_of(session, bounce) if bounce else None
    if bounce is None or letter is None:
        return Taken.FOREIGN
    report = sha256(mail).hexdigest()
    if _is_known(session, letter, bounce, report):
        return Taken.KNOWN
    remember(
        session,
        actor,
        now,
        EVENTS[bounce.fate],
        contract_id=letter.deadline.contract_id if letter.deadline else None,
        deadline_id=letter.deadline_id,
        letter=letter.id,
        person=letter.person_id,
        recipient=bounce.recipient,
        status=bounce.status,
        said=bounce.said,
        report=report,
    )
    told = _told_in(session, letter)
    if bounce.fate is not Fate.DELAYED:
        _fail(letter, told, bounce, now)
    if bounce.fate is Fate.REFUSED:
        _stop_writing(letter, told, bounce, now)
    return Taken[bounce.fate.name]


def write_again(session: Session, person: Person, now: datetime) -> None:
    """Send what came back of each deadline last, written anew: the address was put right."""
    query = select(Letter).where(Letter.person_id == person.id, Letter.deadline_id.is_not(None))
    query = query.where(Letter.state == LetterState.FAILED, Letter.reason == CAME_BACK).order_by(Letter.id)
    last = {letter.deadline_id: letter for letter in session.scalars(query.with_for_update(of=Letter))}
    for letter in last.values():
        letter.state, letter.reason, letter.finished_at = LetterState.QUEUED, "", None
        letter.message, letter.attempts, letter.not_before = None, 0, now
        letter.digest_id = None


def _letter_of(session: Session, bounce: Bounce) -> Letter | None:
    written = select(Letter).where(Letter.message_id == bounce.message_id, Letter.message.is_not(None))
    return session.scalars(written.with_for_update(of=Letter)).first()


def _is_known(session: Session, letter: Letter, bounce: Bounce, report: str) -> bool:
    """Whether nothing is new: this very report, or another of a letter that ended by it or by a worse one."""
    if bounce.fate is not Fate.DELAYED and letter.reason in (CAME_BACK, _REASONS[bounce.fate]):
        return True
    query = select(History).where(History.event.in_(EVENTS.values()), History.deadline_id == letter.deadline_id)
    return any(event.details["report"] == report for event in session.scalars(query))


def _told_in(session: Session, letter: Letter) -> list[Letter]:
    """The reminders that a digest tells, which share its fate."""
    query = select(Letter).where(Letter.digest_id == letter.id).order_by(Letter.id)
    return list(session.scalars(query.with_for_update(of=Letter)))


def _fail(letter: Letter, told: Sequence[Letter], bounce: Bounce, now: datetime) -> None:
    """That a server took the letter over was not its end after all."""
    reason = _REASONS[bounce.fate]
    if letter.state in _ENDED_OTHERWISE and letter.reason not in RETURNED:
        return
    letter.reply = bounce.words
    give_up(letter, reason, now)
    for one in told:
        one.reply = bounce.words
        finish(one, LetterState.FAILED, reason, now)
        one.digest_id = letter.id


def _stop_writing(letter: Letter, told: Sequence[Letter], bounce: Bounce, now: datetime) -> None:
    """Write no more to an address that is still the person's, and let the reminders go to whoever is left."""
    person = letter.person
    if person and person.email == letter.recipient and person.bounced_at is None:
        person.bounced_at, person.bounce = now, bounce.words
    for one in (letter, *told):
        if one.deadline is not None:
            one.deadline.remind_on = first_reminder(one.deadline)
