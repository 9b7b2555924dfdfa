"""Looking after the outbox by hand: what is there, another try for a dead letter, letting it rest, lifting a hold."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.actions.access import must_administer, visible
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing, Refused
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import finish
from tracker.actions.remember import remember
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Role
from tracker.rules.problems import N_, Problem


def letters(
    session: Session, actor: Actor, states: Sequence[LetterState] = (), *, limit: int | None = 200
) -> list[Letter]:
    """Letters about contracts the actor may see, and of those about none (digests, alarms) the actor's own or, for an
    administrator, all; the newest first, with their attempts; `states` empty means any."""
    query = _letters_for(actor).order_by(Letter.id.desc()).limit(limit)
    return list(session.scalars(query.where(Letter.state.in_(states)) if states else query))


def try_again(session: Session, actor: Actor, letter_id: int, now: datetime) -> Letter:
    """Give a dead letter a fresh start, with the bytes it had. Raises Missing, Forbidden, Refused."""
    letter = _dead_letter(session, actor, letter_id)
    if letter.person_id is None:
        raise Refused([Problem("letter", N_("There was nobody to write to: give the contract an owner."))])
    letter.state, letter.reason, letter.finished_at = LetterState.QUEUED, "", None
    letter.attempts, letter.not_before, letter.digest_id = 0, now, None
    remember(session, actor, now, "letter-tried-again", deadline_id=letter.deadline_id, letter=letter.id)
    return letter


def lay_to_rest(session: Session, actor: Actor, letter_id: int, now: datetime) -> Letter:
    """Accept that a dead letter was not delivered, which ends its alarm. Raises Missing, Forbidden, Refused."""
    letter = _dead_letter(session, actor, letter_id)
    finish(letter, LetterState.SUPPRESSED, f"laid to rest: {letter.reason}", now)
    remember(session, actor, now, "letter-laid-to-rest", deadline_id=letter.deadline_id, letter=letter.id)
    return letter


def release(session: Session, actor: Actor, now: datetime) -> bool:
    """Let letters go after a restore; whether they were held. Raises Forbidden."""
    must_administer(actor)
    organisation = organisation_of(session)
    held, organisation.held_since = organisation.held_since is not None, None
    if held:
        remember(session, actor, now, "outbox-released")
    return held


def _letters_for(actor: Actor) -> Select[Letter]:
    known = true() if actor.role is Role.ADMIN else Letter.person_id == actor.person_id
    return (
        select(Letter)
        .outerjoin(Deadline, Deadline.id == Letter.deadline_id)
        .outerjoin(Contract, Contract.id == Deadline.contract_id)
        .where(or_(and_(Letter.deadline_id.is_not(None), visible(actor)), and_(Letter.deadline_id.is_(None), known)))
        .options(joinedload(Letter.deadline).joinedload(Deadline.contract), joinedload(Letter.person))
        .options(selectinload(Letter.tries))
    )


def _dead_letter(session: Session, actor: Actor, letter_id: int) -> Letter:
    must_administer(actor)
    letter = session.scalar(_letters_for(actor).where(Letter.id == letter_id))
    if letter is None:
        raise Missing
    if letter.state is not LetterState.FAILED:
        raise Refused([Problem("letter", N_("Only a letter that could not be delivered can be tried again."))])
    return letter
