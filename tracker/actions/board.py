"""Looking things up: lists of deadlines and contracts, and how they stand today. Each answer takes a fixed number of
statements, however many contracts there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.records.contracts import Contract, Party
from tracker.records.deadlines import OWNER, Deadline, State
from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.standing import THEIR_CHOICE, Standing, can_be_overdue, standing

BANDS = ("overdue", "30", "60", "90")
PAGE = 50
Q = TypeVar("Q", bound=Select[Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which deadlines to list. Empty fields do not narrow. `start` and `end` bound the action day, both included."""

    band: str = ""
    state: State | None = None
    contract_id: int | None = None
    kind: str = ""
    code: str = ""
    side: Side | None = None
    owner_id: int | None = None
    disputed: bool = False
    text: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of deadlines and how many there are in all."""

    rows: Sequence[Deadline]
    total: int


def stands(deadline: Deadline, today: date) -> Standing:
    """How the deadline stands today."""
    if deadline.state is not State.OPEN:
        return Standing(deadline.state.value)
    possible = can_be_overdue(deadline.code, deadline.nature, deadline.side)
    return standing(deadline.action_day, deadline.last_day, today, possible)


def deadlines(
    session: Session, actor: Actor, wanted: Wanted, today: date, *, limit: int | None = PAGE, offset: int = 0
) -> Page:
    """The deadlines the actor may see, nearest action day first, undated ones last."""
    query = narrowed(select(Deadline).join(Deadline.contract).where(visible(actor)), wanted, today)
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Deadline.id).subquery())) or 0
    page = (
        query.options(contains_eager(Deadline.contract).options(*CONTRACT_PARTS), *DEADLINE_PARTS)
        .order_by(Deadline.action_day.is_(None), Deadline.action_day, Deadline.id)
        .limit(limit)
        .offset(offset)
    )
    return Page(session.scalars(page).all(), total)


def band_counts(session: Session, actor: Actor, today: date) -> dict[str, int]:
    """How many deadlines stand in each band; every one stands in one at most."""
    columns = [func.coalesce(func.sum(case((in_band(band, today), 1), else_=0)), 0) for band in BANDS]
    nearby = (Deadline.state == State.OPEN) & (Deadline.action_day <= today + timedelta(90))
    row = session.execute(select(*columns).select_from(Deadline).join(Deadline.contract).where(visible(actor), nearby))
    return dict(zip(BANDS, (int(number) for number in row.one()), strict=True))


def in_band(band: str, today: date) -> ColumnElement[bool]:
    """SQL: whether an open deadline stands in the band. What is at risk counts to the nearest."""
    if band == "overdue":
        return _overdue(today)
    last = {"30": 30, "60": 60, "90": 90}[band]
    until = Deadline.action_day <= today + timedelta(last)
    if last == 30:
        return and_(Deadline.state == State.OPEN, until, ~_over(today))
    return and_(Deadline.state == State.OPEN, until, Deadline.action_day > today + timedelta(last - 30))


def _over(today: date) -> ColumnElement[bool]:
    return func.coalesce(Deadline.grace_until, Deadline.legal, Deadline.target, Deadline.action_day) < today


def _overdue(today: date) -> ColumnElement[bool]:
    optional = and_(Deadline.side == Side.THEM, Deadline.code.in_(THEIR_CHOICE))
    return and_(Deadline.state == State.OPEN, Deadline.nature == Nature.BY, _over(today), ~optional)


CONTRACT_PARTS = (selectinload(Contract.owner), selectinload(Contract.parties))
"""What a list shows of each contract, fetched in one statement a part."""
DEADLINE_PARTS = (joinedload(Deadline.owner), selectinload(Deadline.completions))
"""What a list shows of each deadline besides its contract."""


def narrowed(query: Q, wanted: Wanted, today: date) -> Q:
    """The query over deadlines and their contracts, narrowed to what is wanted."""
    state = Deadline.state == wanted.state if wanted.state else Deadline.state != State.WITHDRAWN
    given: list[ColumnElement[bool]] = [in_band(wanted.band, today) if wanted.band in BANDS else state]
    columns = (
        (Deadline.contract_id, wanted.contract_id),
        (Contract.kind, wanted.kind),
        (Deadline.code, wanted.code),
        (Deadline.side, wanted.side),
        (OWNER, wanted.owner_id),
    )
    given += [column == value for column, value in columns if value not in (None, "")]
    if wanted.start:
        given.append(Deadline.action_day >= wanted.start)
    if wanted.end:
        given.append(Deadline.action_day <= wanted.end)
    if wanted.disputed:
        given.append(Deadline.disputed_on.is_not(None))
    if wanted.text:
        own = Deadline.title + " " + Deadline.subject
        given.append(contract_matches(wanted.text) | own.icontains(wanted.text, autoescape=True))
    return query.where(*given)


def contract_matches(text: str) -> ColumnElement[bool]:
    """SQL: whether the number, the title or a party's name holds the text."""
    return or_(
        Contract.number.icontains(text, autoescape=True),
        Contract.title.icontains(text, autoescape=True),
        Contract.parties.any(Party.name.icontains(text, autoescape=True)),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A contract in a list, with its next open deadline."""

    contract: Contract
    next_day: date | None
    open_deadlines: int


def contracts(
    session: Session, actor: Actor, text: str = "", kind: str = "", *, limit: int = PAGE, offset: int = 0
) -> tuple[list[Listed], int]:
    """The contracts the actor may see, soonest to act on first, and how many there are in all."""
    narrowed = [visible(actor)]
    narrowed += [contract_matches(text)] if text else []
    narrowed += [Contract.kind == kind] if kind else []
    total = session.scalar(select(func.count()).select_from(Contract).where(*narrowed)) or 0
    next_day, opened = func.min(Deadline.action_day), func.count(Deadline.id)
    query = (
        select(Contract, next_day, opened)
        .outerjoin(Deadline, and_(Deadline.contract_id == Contract.id, Deadline.state == State.OPEN))
        .where(*narrowed)
        .group_by(Contract.id)
        .order_by(next_day.is_(None), next_day, Contract.id)
        .options(*CONTRACT_PARTS)
        .limit(limit)
        .offset(offset)
    )
    return [Listed(contract, day, number) for contract, day, number in session.execute(query)], total


def counterparty(contract: Contract, between: str = ", ") -> str:
    """The other parties by name."""
    return between.join(party.name for party in contract.parties if not party.is_us)
