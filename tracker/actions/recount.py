"""Recomputing contracts when time has passed or working days have become known.

What is to be recounted is marked in the transaction that makes it so: whoever comes first does the work, the request
that changed the calendar or the chore after it, and nothing is lost if either dies.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.remember import remember
from tracker.actions.reschedule import Changes, reschedule
from tracker.records.contracts import Contract

log = logging.getLogger(__name__)

CLOCKWORK = Actor("jobs")
RECOUNTED = "dates-recounted"
Transaction = Callable[[], AbstractContextManager[Session]]


def due_for_recount(session: Session, today: date) -> list[int]:
    """Contracts that are marked, or whose schedule the mere passing of time may have changed; all of them, so that
    nobody is reminded of a day that is not counted anew yet."""
    query = select(Contract.id).where(or_(Contract.scheduled_to <= today, Contract.scheduled_to.is_(None)))
    return list(session.scalars(query.order_by(Contract.scheduled_to, Contract.id)))


def due_marked(session: Session) -> list[int]:
    """Contracts that are marked to be recounted, all of them."""
    return list(session.scalars(select(Contract.id).where(Contract.scheduled_to.is_(None)).order_by(Contract.id)))


def recount(session: Session, contract_id: int, *, now: datetime, actor: Actor = CLOCKWORK) -> Changes:
    """Bring one contract's deadlines up to date, its row locked; history keeps what moved."""
    contract = session.get_one(Contract, contract_id, with_for_update=True, populate_existing=True)
    changes = reschedule(session, contract, now=now)
    if changes.moved or changes.vanished:
        moved = {key: [_told(old), _told(new)] for key, (old, new) in changes.moved.items()}
        remember(session, actor, now, RECOUNTED, contract_id=contract.id, moved=moved, vanished=changes.vanished)
    return changes


def recount_each(transaction: Transaction, contract_ids: Iterable[int], *, now: datetime, actor: Actor) -> None:
    """Recount contracts one by one, each in a transaction of its own; one that fails does not stop the others, keeps
    its mark, and is tried again by the chore."""
    for contract_id in contract_ids:
        try:
            with transaction() as session:
                recount(session, contract_id, now=now, actor=actor)
        except Exception:
            log.exception("recount_failed contract=%s", contract_id)


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""
