"""How a deadline stands today, from its dates and what was recorded."""

from datetime import date
from enum import StrEnum

from tracker.rules.facts import Side
from tracker.rules.readings import Nature

THEIR_CHOICE = frozenset({"renewal-intention", "termination-notice"})
"""What the other side may do or leave: nobody has failed when its day passes in silence."""


class Standing(StrEnum):
    """How a deadline stands."""

    WAITING = "waiting"
    """No day is known yet."""
    UPCOMING = "upcoming"
    AT_RISK = "at_risk"
    """The safe day has passed, the legal day has not."""
    OVERDUE = "overdue"
    PASSED = "passed"
    """Its day is over and nobody had to act."""
    EVIDENCE_PENDING = "evidence_pending"
    """Done, but what proves it is still to be brought."""
    IN_REVIEW = "in_review"
    """Done, and waiting for somebody to accept the proof."""
    DONE = "done"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


def can_be_overdue(code: str, nature: Nature, side: Side) -> bool:
    """Whether letting its day pass is a failure: only a last day to act that is not the other side's to choose."""
    return nature is Nature.BY and not (side is Side.THEM and code in THEIR_CHOICE)


def standing(action_day: date | None, last_day: date | None, today: date, overdue_possible: bool) -> Standing:
    """How an open deadline stands; `last_day` is the legal day with its grace, or the team's target where the law gives
    none."""
    if action_day is None:
        return Standing.WAITING
    if last_day is not None and last_day < today:
        return Standing.OVERDUE if overdue_possible else Standing.PASSED
    if action_day < today:
        return Standing.AT_RISK if overdue_possible else Standing.UPCOMING
    return Standing.UPCOMING


def days_late(done_on: date, last_day: date | None, overdue_possible: bool) -> int:
    """By how many days something was done too late; 0 where it was in time, or where no day can be missed."""
    if last_day is None or not overdue_possible:
        return 0
    return max(0, (done_on - last_day).days)
