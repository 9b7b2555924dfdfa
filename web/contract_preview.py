"""What a contract as typed would bring: its dates with their reasons, and for a change what moves."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from tracker.actions.shelf import deadlines_of
from tracker.records.contracts import Contract
from tracker.records.deadlines import State
from tracker.render.explain import sentence
from tracker.render.names import anchor_name, deadline_name, side_name
from tracker.rules.deadlines import Deadline
from tracker.rules.problems import Problem
from web.context import _, today, words

MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One date of a preview."""

    day: date | None
    name: str
    side: str
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline whose day a change moves; a missing day is not known, or not there."""

    name: str
    old: date | None
    new: date | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change does to the deadlines that stand."""

    moved: list[Move]
    appear: list[Move]
    vanish: list[Move]

    def __bool__(self) -> bool:
        return bool(self.moved or self.appear or self.vanish)


@dataclass(frozen=True, slots=True)
class Preview:
    """The deadlines a document would bring, what is wrong or odd with it, and what a change does."""

    computed: tuple[Deadline, ...]
    problems: list[Problem]
    changes: Changes | None = None

    @property
    def lines(self) -> list[Line]:
        """The dates ahead first, then those without a day."""
        ahead = [item for item in self.computed if item.action_day is None or item.action_day >= today()]
        ahead.sort(key=lambda item: (item.action_day is None, item.action_day or date.max, item.key))
        return [_line(item) for item in ahead[:MOST]]

    @property
    def total(self) -> int:
        """How many dates there are in all, past ones too."""
        return len(self.computed)


def compare(session: Session, contract: Contract, computed: Iterable[Deadline]) -> Changes:
    """How the deadlines of a stored contract would change; what is done stays as it was."""
    rows = {row.key: row for row in deadlines_of(session, contract)}
    new = {item.key: item for item in computed}
    moved, appear = [], []
    for key, item in new.items():
        name = deadline_name(item.code, item.title, words())
        if key not in rows:
            appear.append(Move(name, None, item.action_day))
        elif rows[key].state is State.OPEN and rows[key].action_day != item.action_day:
            moved.append(Move(name, rows[key].action_day, item.action_day))
    gone = [row for key, row in rows.items() if key not in new and row.state is State.OPEN]
    vanish = [Move(deadline_name(row.code, row.title, words()), row.action_day, None) for row in gone]
    return Changes(_by_day(moved), _by_day(appear), _by_day(vanish))


def fingerprint(document: Mapping[str, Any]) -> str:
    """A name for exactly this document, so that what is confirmed is what was shown."""
    told = json.dumps(document, sort_keys=True, default=str)
    return sha256(told.encode()).hexdigest()[:24]


def _line(item: Deadline) -> Line:
    name = deadline_name(item.code, item.title, words())
    return Line(item.action_day, name, side_name(item.side, words()), _why(item))


def _why(item: Deadline) -> str:
    if item.legal is not None:
        return sentence(item, words())
    if item.waits_for:
        event = anchor_name(item.waits_for, words())
        return _("No day can be known before this happens: %(event)s.", event=event)
    return _("The contract gives no number, so no day can be known.")


def _by_day(moves: list[Move]) -> list[Move]:
    return sorted(moves, key=lambda move: (move.new or move.old or date.max, move.name))
