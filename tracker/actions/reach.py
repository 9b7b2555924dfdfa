"""Which deadlines may speak in a span of days, so that no others need be played. Bounded, whatever there is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, select, true
from sqlalchemy.orm import Session, contains_eager, defer

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Answer
from tracker.records.people import Role
from tracker.rules.ladders import FURTHEST, ladder_of
from tracker.rules.problems import N_, Problem
from tracker.rules.reminders import days_between, instant_of
from tracker.rules.sending_hours import FURTHEST as LONGEST_HOLD

LONGEST = 92
"""Days that one span may have."""
YEARS = 30
"""How far from today a span may lie, either way."""
MOST = 5000
"""Deadlines played at once."""
MOST_LOOKED_AT = 20_000
"""Deadlines of which it is asked whether they speak in the span."""
DAY = timedelta(days=1)
_HELD = timedelta(days=LONGEST_HOLD + 1)
"""A letter of a day so long before the span may still leave in it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def problems(self, today: date) -> list[Problem]:
        """What is wrong with a span that is turned round, too long or too far away."""
        reach = timedelta(days=366 * YEARS)
        if self.last < self.first:
            return [Problem("to", N_("The last day lies before the first."))]
        if self.last - self.first >= timedelta(LONGEST):
            return [Problem("to", N_("Choose at most %(most)s days."), {"most": LONGEST})]
        if not today - reach <= self.first <= self.last <= today + reach:
            return [Problem("from", N_("Choose days within %(years)s years of today."), {"years": YEARS})]
        return []


@dataclass(frozen=True, slots=True)
class Reach:
    """The deadlines that may speak, each with the day on which planning looks at it first.

    `cut` is the first day on which one that is left out might speak, None where none is.
    """

    turns: tuple[tuple[Deadline, date], ...]
    cut: date | None = None


def known_to(actor: Actor) -> ColumnElement[bool]:
    """SQL: contracts of whose letters the actor may know the envelope."""
    return true() if actor.role is Role.ADMIN else visible(actor)


def ahead(session: Session, actor: Actor, span: Span, today: date, waiting: Collection[int]) -> Reach:
    """What may speak in the span if planning goes on from today; with the deadlines that letters are `waiting` about,
    whether they speak or not."""
    answered = exists().where(Answer.deadline_id == Deadline.id).label("answered")
    scan = _scan(actor).add_columns(answered).where(Deadline.remind_on <= span.last)
    scan = scan.order_by(Deadline.remind_on, Deadline.id)
    rows = session.execute(scan.limit(MOST_LOOKED_AT + 1)).all()
    cut = rows[-1].remind_on if len(rows) > MOST_LOOKED_AT else None
    since = span.first - _HELD
    reached = [
        row
        for row in rows[:MOST_LOOKED_AT]
        if max(row.remind_on, today) >= since or row.answered or _speaks(row, since, span.last)
    ]
    if len(reached) > MOST:
        cut = reached[MOST].remind_on
    days = {row.id: row.remind_on for row in reached[:MOST]}
    rest = dict.fromkeys(waiting, date.max)
    return Reach(_turns(session, rest | days), cut)


def again(session: Session, actor: Actor, span: Span, zone: str) -> tuple[Reach, datetime]:
    """What would speak in the span if planning began anew before it, and the instant at which it begins."""
    start = span.first - _HELD
    scan = _scan(actor).where(Deadline.action_day <= span.last + timedelta(FURTHEST))
    rows = session.execute(scan.order_by(Deadline.action_day.desc()).limit(MOST_LOOKED_AT + 1)).all()
    reached = [row for row in rows if _speaks(row, start, span.last)]
    days = {row.id: max(start, day_in(zone, row.created_at)) for row in reached[:MOST]}
    cut = span.first if len(rows) > MOST_LOOKED_AT or len(reached) > MOST else None
    return Reach(_turns(session, days), cut), instant_of(start, zone, time(0))


def _scan(actor: Actor) -> Select[*tuple[Any, ...]]:
    columns = Deadline.id, Deadline.remind_on, Deadline.action_day, Deadline.created_at
    ladder = Deadline.ladder, Deadline.code, Deadline.nature, Deadline.side
    query = select(*columns, *ladder).join(Deadline.contract)
    return query.where(Deadline.state == State.OPEN, Deadline.action_day.is_not(None), known_to(actor))


def _speaks(row: Row[*tuple[Any, ...]], first: date, last: date) -> bool:
    """Whether a day of its ladder lies in the span."""
    ladder = ladder_of(row.ladder, row.code, row.nature, row.side)
    return bool(days_between(ladder, row.action_day, first - DAY, last))


def _turns(session: Session, days: dict[int, date]) -> tuple[tuple[Deadline, date], ...]:
    query = select(Deadline).join(Deadline.contract).options(contains_eager(Deadline.contract))
    query = query.options(defer(Deadline.explanation))
    rows = session.scalars(query.where(Deadline.id.in_(days)).order_by(Deadline.id))
    return tuple((row, days[row.id]) for row in rows)
