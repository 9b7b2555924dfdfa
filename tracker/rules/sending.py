"""When to send so that notice arrives in time."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.rules.agreement import Agreement, Counting
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Roll
from tracker.rules.deadlines import Deadline
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import Nature
from tracker.rules.reckoning import Reckoned, reckon
from tracker.rules.steps import Step, StepKind
from tracker.rules.terms import Delivery

ARRIVAL = Convention(roll=Roll.FOLLOWING)
"""Deemed receipt: the allowance counted from the day of sending, on to a working day of the recipient's."""
NEXT_WORKING_DAY = Period(1, Unit.WORKING_DAY)
DAY = timedelta(days=1)
LONGEST_SEARCH = 120
"""Days beyond the allowance in which to look for a working day at either end."""


class Sent(NamedTuple):
    """A day to send on, the way to arrival, and the years whose working days it had to guess at."""

    day: date
    steps: tuple[Step, ...]
    uncovered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """The agreed ways of giving notice, and the calendars at both ends."""

    ways: tuple[Delivery, ...]
    counting: Counting

    @classmethod
    def under(cls, agreement: Agreement) -> "Sending":
        return cls(agreement.deliveries, agreement.counting)

    def of(self, deadline: Deadline) -> Deadline:
        """The deadline with the last day to send: the latest working day whose deemed receipt is no later than
        act-by (Civil Code art. 137: notice takes effect on arrival). In time for the slowest way is safe for all.

        Only a last day to act has one: what may not be there before a day would arrive too early.
        """
        if deadline.act_by is None or deadline.nature is not Nature.BY:
            return deadline
        found = [sent for way in self.ways if (sent := self._latest(deadline.act_by, way))]
        if not found:
            return deadline
        day, steps, uncovered = min(found, key=lambda sent: sent.day)
        return replace(deadline, send_by=day, send_steps=steps).unsettled_by(uncovered)

    def _latest(self, act_by: date, way: Delivery) -> Sent | None:
        """What is sent later never arrives earlier, so the last day that is early enough is found by halving."""
        days = LONGEST_SEARCH + _at_most_days(way.allowance)
        first = act_by - (days - 1) * DAY
        early_enough = bisect_right(range(days), act_by, key=lambda at: self._arrival(first + at * DAY, way).day)
        for at in reversed(range(early_enough)):
            day = first + at * DAY
            if self.counting.calendar.is_open(day):
                arrival = self._arrival(day, way)
                uncovered = () if self.counting.calendar.covers(day) else (day.year,)
                step = Step(StepKind.SENT, act_by, day, "prc-civil-code/137", way.allowance)
                return Sent(day, (step, *arrival.steps), (*arrival.uncovered, *uncovered))
        return None

    def _arrival(self, day: date, way: Delivery) -> Reckoned:
        """When what is sent on `day`, at whatever hour, is deemed received at the latest."""
        there = self.counting.elsewhere[way.calendar] if way.calendar else self.counting.calendar
        leaves = self._leaves(day, way)
        arrival = reckon(leaves, way.allowance, Direction.AFTER, ARRIVAL, there)
        if way.zone and leaves > day:
            arrival = arrival._replace(steps=(Step(StepKind.NEXT_DAY_THERE, day, leaves), *arrival.steps))
        return arrival if way.cut_off is None else _after_hours(arrival, there)

    def _leaves(self, day: date, way: Delivery) -> date:
        """The day from whose start the way is reckoned: at what hour of `day` a notice leaves is not known. It may be
        the next day there by then, and hours that are no whole days may run out a day later than from its start."""
        if way.zone and self.counting.zone:
            last = datetime.combine(day, time.max, ZoneInfo(self.counting.zone))
            day = max(day, last.astimezone(ZoneInfo(way.zone)).date())
        allowance = way.allowance
        return day + DAY if allowance.unit is Unit.HOUR and allowance.n and allowance.n % 24 else day


def _after_hours(arrival: Reckoned, there: WorkingCalendar) -> Reckoned:
    """The same arrival on the next working day: at what hour it comes is not known, and it may be after the cut-off."""
    counts = reckon(arrival.day, NEXT_WORKING_DAY, Direction.AFTER, Convention(), there)
    step = Step(StepKind.AFTER_HOURS, arrival.day, counts.day)
    uncovered = tuple(sorted({*arrival.uncovered, *counts.uncovered}))
    return arrival._replace(day=counts.day, steps=(*arrival.steps, step), uncovered=uncovered)


def _at_most_days(allowance: Period) -> int:
    """More days than the way can take."""
    if allowance.months is not None:
        return 31 * allowance.months
    if allowance.unit is Unit.HOUR and allowance.n:
        return allowance.n // 24
    return allowance.days or 2 * (allowance.n or 0)
