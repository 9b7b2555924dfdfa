"""Accepting or refusing the proof that something was done."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.actions.access import the_deadline, visible_to
from tracker.actions.actor import Actor
from tracker.actions.complete import record_event, reopen, standing
from tracker.actions.errors import Forbidden, Refused
from tracker.actions.reschedule import touch
from tracker.records.contracts import Contract
from tracker.records.deadlines import Completion, Deadline, Review, State
from tracker.records.people import Person, Role
from tracker.rules.problems import N_, Problem


def approve(session: Session, actor: Actor, deadline_id: int, *, note: str = "", now: datetime) -> Deadline:
    """Accept the proof: the deadline is done for good. Raises Missing, Forbidden, Refused."""
    deadline, completion = _waiting(session, actor, deadline_id)
    _decide(completion, actor, Review.APPROVED, note, now)
    deadline.state = State.DONE
    touch(deadline, now)
    record_event(session, actor, deadline, now, "completion-approved", note=note.strip())
    return deadline


def reject(session: Session, actor: Actor, deadline_id: int, *, reason: str, now: datetime) -> Deadline:
    """Refuse the proof: the deadline stands open again, with reminders from the start. Raises Missing, Forbidden,
    Refused."""
    deadline, completion = _waiting(session, actor, deadline_id)
    if not reason.strip():
        raise Refused([Problem("reason", N_("Say what is missing."))])
    _decide(completion, actor, Review.REJECTED, reason, now)
    completion.undone_at, completion.undone_by_id, completion.undo_reason = now, actor.person_id, reason.strip()
    record_event(session, actor, deadline, now, "completion-rejected", reason=reason.strip())
    return reopen(session, actor, deadline, reason, now)


def may_review(session: Session, actor: Actor, deadline: Deadline) -> bool:
    """Whether the actor may accept what waits for review: the reviewer or an administrator, but nobody his own work.

    Whoever did it may accept it all the same where nobody else is left who could, since it would wait for ever.
    """
    completion = standing(deadline)
    if deadline.state is not State.IN_REVIEW or completion is None:
        return False
    if actor.is_operator:
        return True
    if actor.person_id != deadline.reviewer_id and actor.role is not Role.ADMIN:
        return False
    return actor.person_id != completion.by_id or not _somebody_else(session, deadline, actor)


def _somebody_else(session: Session, deadline: Deadline, actor: Actor) -> bool:
    may = or_(Person.role == Role.ADMIN, (Person.id == deadline.reviewer_id) & (Person.role == Role.EDITOR))
    others = select(Person.id).join(Contract, visible_to(Person.id)).where(Contract.id == deadline.contract_id, may)
    return session.scalar(others.where(Person.id != actor.person_id).limit(1)) is not None


def _waiting(session: Session, actor: Actor, deadline_id: int) -> tuple[Deadline, Completion]:
    """The deadline, locked, and the completion that waits for review."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    completion = standing(deadline)
    if deadline.state is not State.IN_REVIEW or completion is None:
        raise Refused([Problem("deadline", N_("This does not wait for review any more."))])
    if not may_review(session, actor, deadline):
        raise Forbidden
    return deadline, completion


def _decide(completion: Completion, actor: Actor, review: Review, note: str, now: datetime) -> None:
    completion.review, completion.review_note = review, note.strip()
    completion.reviewed_by_id, completion.reviewed_at = actor.person_id, now
