"""The life of a contract as a drawing: where each bar and mark stands. The template only draws."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.actions.board import stands
from tracker.records.deadlines import Deadline
from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.standing import Standing
from tracker.rules.timeline import Timeline

WIDTH = 1120
_LEFT, _RIGHT = 12, 12
_LONGEST = timedelta(days=366 * 12)
"""Beyond this much after the start the drawing is cut: a tail of decades would squeeze the rest."""
_MARGIN = 0.03
_MOST_MARKS = 120
_LABEL_WIDTH = 118


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time. `kind` is term, renewal, window or tail."""

    kind: str
    x: float
    width: float
    first: date
    last: date
    number: int = 0
    side: Side | None = None
    deadline: Deadline | None = None
    """What lasts, of a tail."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One deadline on its day."""

    x: float
    deadline: Deadline
    standing: Standing


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year or, in a short drawing, of a month."""

    x: float
    day: date
    labelled: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw, from left to right."""

    start: date
    end: date
    terms: list[Bar]
    windows: list[Bar]
    tails: list[Bar]
    spots: list[Spot]
    ticks: list[Tick]
    today_x: float | None


def picture_of(life: Timeline, rows: Iterable[Deadline], today: date) -> Picture | None:
    """The drawing, or None where no day is known."""
    dated = [row for row in rows if row.action_day is not None]
    days = [*_days_of(life), *(row.action_day for row in dated if row.action_day), *_tail_ends(dated)]
    if not days:
        return None
    scale = _Scale(min(days), min(max(days), min(days) + _LONGEST), today)
    return Picture(
        start=scale.start,
        end=scale.end,
        terms=list(_terms(life, scale)),
        windows=list(_windows(dated, scale)),
        tails=list(_tails(life, dated, scale)),
        spots=list(_spots(dated, scale, today)),
        ticks=list(scale.ticks()),
        today_x=scale.x(today) if scale.holds(today) else None,
    )


class _Scale:
    """From days to places."""

    def __init__(self, first: date, last: date, today: date) -> None:
        if first - timedelta(days=400) < today < last + timedelta(days=400):
            first, last = min(first, today), max(last, today)
        room = timedelta(days=max(15, int((last - first).days * _MARGIN)))
        self.start, self.end = first - room, last + room

    def x(self, day: date) -> float:
        share = (day - self.start).days / (self.end - self.start).days
        return round(_LEFT + min(max(share, 0), 1) * (WIDTH - _LEFT - _RIGHT), 1)

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end

    def bar(self, kind: str, first: date, last: date, number: int = 0, side: Side | None = None) -> Bar:
        left = self.x(first)
        return Bar(kind, left, max(3, round(self.x(last + timedelta(days=1)) - left, 1)), first, last, number, side)

    def ticks(self) -> Iterator[Tick]:
        """The starts of years, or of months where the drawing is short; a label wherever there is room for one."""
        monthly = (self.end - self.start).days < 600
        day = self.start.replace(day=1) if monthly else self.start.replace(month=1, day=1)
        last_label = -_LABEL_WIDTH
        while (day := _next(day, monthly)) <= self.end:
            place = self.x(day)
            labelled = place - last_label >= _LABEL_WIDTH * 0.6
            last_label = int(place) if labelled else last_label
            yield Tick(place, day, labelled)


def _next(day: date, monthly: bool) -> date:
    if not monthly:
        return day.replace(year=day.year + 1)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _days_of(life: Timeline) -> Iterator[date]:
    for known in (life.formed, life.effective, life.ended):
        if known:
            yield known.day
    for period in life.periods:
        yield from (day for day in (period.first, period.last) if day)


def _tail_ends(rows: list[Deadline]) -> Iterator[date]:
    return (row.legal for row in rows if row.nature is Nature.UNTIL and row.legal)


def _terms(life: Timeline, scale: _Scale) -> Iterator[Bar]:
    for period in life.periods:
        last = period.last or scale.end
        if life.ended and period.first and life.ended.day >= period.first:
            last = min(last, life.ended.day)
        if period.first and last >= period.first:
            yield scale.bar("renewal" if period.number > 1 else "term", period.first, last, period.number)


def _windows(rows: list[Deadline], scale: _Scale) -> Iterator[Bar]:
    opens = {(row.side, row.occurrence): row.action_day for row in rows if row.code == "renewal-window-opens"}
    for row in rows:
        if row.code == "renewal-intention" and row.action_day:
            first = opens.get((row.side, row.occurrence)) or row.action_day  # nobody says when it opens: its last day
            if first <= row.action_day:
                yield scale.bar("window", first, row.action_day, side=row.side)


def _tails(life: Timeline, rows: list[Deadline], scale: _Scale) -> Iterator[Bar]:
    """What lasts beyond the end of the contract."""
    end = life.last_day
    for row in rows:
        if end and row.nature is Nature.UNTIL and row.legal and row.legal > end:
            yield replace(scale.bar("tail", end, row.legal), deadline=row)


def _spots(rows: list[Deadline], scale: _Scale, today: date) -> Iterator[Spot]:
    inside = [(row.action_day, row) for row in rows if row.action_day and scale.holds(row.action_day)]
    for day, row in sorted(inside, key=lambda spot: (spot[0], spot[1].id))[:_MOST_MARKS]:
        yield Spot(scale.x(day), row, stands(row, today))
