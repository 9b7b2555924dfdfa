"""What a contract as typed would bring: its dates with their reasons, and for a change what moves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from tracker.actions.what_if import WhatIf
from tracker.render.changes import why_day
from tracker.render.names import called, side_name
from tracker.rules.deadlines import Deadline
from tracker.rules.problems import Problem
from tracker.rules.standing import can_be_overdue
from web.context import today, words

MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One date of a preview."""

    day: date | None
    name: str
    side: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The deadlines a document would bring, what is wrong or odd with it, and what a change does."""

    computed: tuple[Deadline, ...]
    problems: list[Problem]
    changes: WhatIf | None = None

    @property
    def lines(self) -> list[Line]:
        """The dates ahead first, then those without a day."""
        ahead = [item for item in self.computed if item.action_day is None or item.action_day >= today()]
        ahead.sort(key=lambda item: (item.action_day is None, item.action_day or date.max, item.key))
        return [_line(item) for item in ahead[:MOST]]

    @property
    def missed(self) -> int:
        """How many days to act have passed already and would stand as overdue."""
        passed = (item for item in self.computed if item.action_day and item.action_day < today() and not item.met_on)
        return sum(can_be_overdue(item.code, item.nature, item.side) for item in passed)

    @property
    def total(self) -> int:
        """How many dates there are in all, past ones too."""
        return len(self.computed)


def fingerprint(document: Mapping[str, Any]) -> str:
    """A name for exactly this document, so that what is confirmed is what was shown."""
    told = json.dumps(document, sort_keys=True, default=str)
    return sha256(told.encode()).hexdigest()[:24]


def _line(item: Deadline) -> Line:
    name = called(item.code, item.title, item.occurrence, item.subject, words())
    return Line(item.action_day, name, side_name(item.side, words()), why_day(item, words()))
