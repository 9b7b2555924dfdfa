"""Recomputing contracts when time has passed or working days have become known."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.actions.reschedule import Changes, reschedule
from tracker.records.contracts import Contract

BATCH = 200


def due_for_recount(session: Session, today: date) -> list[int]:
    """Contracts whose schedule the mere passing of time may have changed, at most a batch."""
    query = select(Contract.id).where(or_(Contract.scheduled_to <= today, Contract.scheduled_to.is_(None)))
    return list(session.scalars(query.order_by(Contract.scheduled_to, Contract.id).limit(BATCH)))


def on_calendar(session: Session, place: str) -> list[int]:
    """Contracts counted on the place's working days (the organisation's own where `place` is empty)."""
    part = place or "OWN"
    names = session.scalars(select(Contract.calendar).distinct())
    affected = [name for name in names if part in name.split("+")]
    return list(session.scalars(select(Contract.id).where(Contract.calendar.in_(affected)).order_by(Contract.id)))


def recount(session: Session, contract_id: int, *, now: datetime) -> Changes:
    """Bring one contract's deadlines up to date, its row locked."""
    contract = session.get_one(Contract, contract_id, with_for_update=True, populate_existing=True)
    return reschedule(session, contract, now=now)
