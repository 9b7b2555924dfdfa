"""What is done but not at its end: proofs somebody has to accept, evidence somebody has to bring."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from tracker.actions.access import EDITING, visible
from tracker.actions.actor import Actor
from tracker.actions.board import CONTRACT_PARTS, DEADLINE_PARTS
from tracker.actions.review import may_review
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Role

MOST = 50


def to_review(session: Session, actor: Actor) -> list[Deadline]:
    """What waits for the actor to accept it: as the reviewer, or as an administrator in place of one."""
    mine = _waiting(session, actor, State.IN_REVIEW)
    if actor.role is not Role.ADMIN:
        mine = [row for row in mine if row.reviewer_id == actor.person_id]
    return [row for row in mine if may_review(session, actor, row)]


def evidence_to_bring(session: Session, actor: Actor) -> Sequence[Deadline]:
    """What was done and still has to be shown, for those who may bring it."""
    return _waiting(session, actor, State.EVIDENCE_PENDING) if actor.role in EDITING else ()


def _waiting(session: Session, actor: Actor, state: State) -> Sequence[Deadline]:
    query = select(Deadline).join(Deadline.contract).where(visible(actor), Deadline.state == state)
    parts = contains_eager(Deadline.contract).options(*CONTRACT_PARTS)
    return session.scalars(query.options(parts, *DEADLINE_PARTS).order_by(Deadline.modified_at).limit(MOST)).all()
