"""The arithmetic of periods under one convention: the day a period ends on, and every step on the way.

Months clamp and are not reversible (31 March less one month is 28 February, and 28 February plus one month is
28 March), so nothing here counts on from a computed day: always from the trigger.
"""

from datetime import date
from typing import NamedTuple

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Roll
from tracker.rules.periods import Period
from tracker.rules.steps import Step
from tracker.rules.walk import CannotCount, Refusal, Walk


class Reckoned(NamedTuple):
    """`day` is the answer, `nominal` the day before any moving, `uncovered` the years it had to guess at."""

    day: date
    nominal: date
    steps: tuple[Step, ...]
    uncovered: tuple[int, ...]

    def not_moved(self) -> "Reckoned":
        """The same count without moving: what is left off is the last step, which every roll writes."""
        return self._replace(day=self.nominal, steps=self.steps[:-1])


def reckon(
    trigger: date, period: Period, direction: Direction, convention: Convention, calendar: WorkingCalendar
) -> Reckoned:
    """The day `period` ends on, counted from `trigger` exactly as `convention` says.

    A whole number of hours from a bare date ends on the day it reaches when counted from the start of the trigger day.

    Raises:
        CannotCount: the period has no number, the calendar never opens, or the day lies beyond the years 1 to 9999.
    """
    if period.n is None:
        raise CannotCount(Refusal.UNSPECIFIED, "This period has no number, so no date follows from it.")
    walk = Walk(calendar, direction, convention)
    try:
        nominal = walk.count(trigger, period.n, period)
        day = walk.roll(nominal, convention.roll)
    except OverflowError:
        raise CannotCount(Refusal.OUT_OF_RANGE, "This period ends beyond the years 1 to 9999.") from None
    return Reckoned(day, nominal, tuple(walk.steps), tuple(sorted(walk.uncovered)))


def settle(reckoned: Reckoned, how: Roll, calendar: WorkingCalendar) -> Reckoned:
    """The same result, moved off a day that is off, out of prudence and under no article."""
    walk = Walk(calendar, Direction.AFTER, Convention())
    try:
        day = walk.roll(reckoned.day, how)
    except OverflowError:
        raise CannotCount(Refusal.OUT_OF_RANGE, "This period ends beyond the years 1 to 9999.") from None
    uncovered = tuple(sorted(walk.uncovered.union(reckoned.uncovered)))
    return Reckoned(day, reckoned.nominal, (*reckoned.steps, *walk.steps), uncovered)
