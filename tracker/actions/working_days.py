"""What a change of working days does: beforehand as a dry run, afterwards from history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.access import contracts_for, visible
from tracker.actions.actor import Actor
from tracker.actions.calendars import CALENDAR_EVENTS, assume, calendar_for, is_entered
from tracker.actions.errors import Missing
from tracker.actions.on_calendar import resting_on
from tracker.actions.recount import RECOUNTED
from tracker.actions.what_if import WhatIf, as_now
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.history import History
from tracker.rules.arrangement import Arrangement


@dataclass(frozen=True, slots=True)
class Affected:
    """A contract whose deadlines would change."""

    contract: Contract
    changes: WhatIf


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that a change of working days has moved."""

    contract: Contract
    deadline: Deadline
    old: date | None
    new: date | None


def if_entered(session: Session, actor: Actor, place: str, found: Arrangement, *, now: datetime) -> list[Affected]:
    """What entering a checked year would move in the contracts the actor may see; nothing is stored.

    The session counts on the new days from here on, so it should be used for nothing else.
    """
    year = None if is_entered(session, place, found.year) else found.year
    ids = resting_on(session, place, year)
    assume(session, calendar_for(session, place).with_year(found.year, found.off, found.on))
    contracts = session.scalars(contracts_for(actor).where(Contract.id.in_(ids)).order_by(Contract.number))
    affected = (Affected(contract, as_now(session, contract, now=now)) for contract in contracts)
    return [one for one in affected if one.changes]


def calendar_event(session: Session, event_id: int) -> History:
    """The event under which history keeps a change of working days. Raises Missing."""
    event = session.get(History, event_id)
    if event is None or event.event not in CALENDAR_EVENTS:
        raise Missing
    return event


def moved_by(session: Session, actor: Actor, event_id: int) -> list[Moved]:
    """The deadlines moved between a change of working days and the next, of contracts the actor may see, by day."""
    following = select(History.id).where(History.id > event_id, History.event.in_(CALENDAR_EVENTS))
    until = session.scalar(following.order_by(History.id).limit(1))
    query = select(History).join(Contract, History.contract_id == Contract.id).where(visible(actor))
    query = query.where(History.event == RECOUNTED, History.id > event_id)
    if until is not None:
        query = query.where(History.id < until)
    found = [one for event in session.scalars(query.order_by(History.id)) for one in _moved(session, event)]
    return sorted(found, key=lambda one: (one.new or date.max, one.contract.number, one.deadline.key))


def _moved(session: Session, event: History) -> Iterator[Moved]:
    days = event.details.get("moved", {})
    query = select(Deadline).where(Deadline.contract_id == event.contract_id, Deadline.key.in_(days))
    for deadline in session.scalars(query.options(joinedload(Deadline.contract))):
        old, new = (date.fromisoformat(day) if day else None for day in days[deadline.key])
        yield Moved(deadline.contract, deadline, old, new)
