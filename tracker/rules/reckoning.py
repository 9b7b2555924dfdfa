"""The arithmetic of periods under one convention: the day a period ends on, and every step on the way.

Months clamp and are not reversible (31 March less one month is 28 February, and 28 February plus one month is
28 March), so nothing here counts on from a computed day: always from the trigger.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from tracker.rules.calendars import DayOff, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Roll
from tracker.rules.periods import Period, Unit
from tracker.rules.steps import Step, StepKind

DAY = timedelta(days=1)
_LONGEST_CLOSURE = 400
"""Days in a row that may be off; beyond it the calendar is taken for one that never opens."""


class Refusal(StrEnum):
    """Why no day can be given."""

    UNSPECIFIED = "unspecified"
    NEVER_OPEN = "never_open"
    OUT_OF_RANGE = "out_of_range"


class CannotCount(ValueError):
    """There is no such day; `refusal` says why."""

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


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


class Walk:
    """A walk over the calendar in one direction, writing down its steps and the years it knew nothing about."""

    __slots__ = ("calendar", "convention", "forward", "one", "steps", "uncovered")

    def __init__(self, calendar: WorkingCalendar, direction: Direction, convention: Convention) -> None:
        self.calendar = calendar
        self.convention = convention
        self.forward = direction is Direction.AFTER
        self.one = DAY if self.forward else -DAY
        self.steps: list[Step] = []
        self.uncovered: set[int] = set()

    def count(self, trigger: date, n: int, period: Period) -> date:
        """The last day of the period, before any moving."""
        if period.unit is Unit.HOUR:
            return self._hours(trigger, n, period)
        skip = self._skips(n, period.unit)
        end = self._last_counted(trigger, n, period, skip) if n else self._nothing(trigger, period)
        return self._clear(end, skip) if self.convention.clear_days else end

    def _last_counted(self, trigger: date, n: int, period: Period, skip: bool) -> date:
        first = self._first(trigger)
        if period.months is not None:
            end = self._months(trigger, first, period.months, period)
        else:
            end = self._days(first, n if period.days is None else period.days, period, skip)
        return self._at_least(first, end, period) if self.convention.min_working_days else end

    def _nothing(self, trigger: date, period: Period) -> date:
        self.steps.append(Step(StepKind.ON_THE_DAY, trigger, trigger, "", period))
        return trigger

    def _first(self, trigger: date) -> date:
        """The first day counted."""
        counted = self.convention.count_trigger_day
        first = trigger if counted else trigger + self.one
        articles = self.convention.articles
        kind, article = (StepKind.COUNTED, articles.included) if counted else (StepKind.NOT_COUNTED, articles.excluded)
        self.steps.append(Step(kind, trigger, first, article))
        return first

    def _skips(self, n: int, unit: Unit | None) -> bool:
        limit = self.convention.skip_off_days_up_to
        return unit is Unit.WORKING_DAY or (unit is Unit.DAY and limit is not None and n <= limit)

    # ------------------------------------------------------------------ days

    def _days(self, first: date, n: int, period: Period, skip: bool) -> date:
        skipped: list[DayOff] = []
        end = self._open(first, self.one, skipped, n) if skip else first + (n - 1) * self.one
        articles = self.convention.articles
        article = articles.skip if skip else articles.days
        if period.unit is Unit.WORKING_DAY:  # no article says what one is: that is for the contract
            article = ""
        self.steps.append(Step(StepKind.DAYS, first, end, article, period, tuple(skipped)))
        return end

    def _clear(self, end: date, skip: bool) -> date:
        skipped: list[DayOff] = []
        beyond = end + self.one
        if skip:
            beyond = self._open(beyond, self.one, skipped)
        self.steps.append(Step(StepKind.CLEAR_DAY, end, beyond, self.convention.articles.clear, None, tuple(skipped)))
        return beyond

    def _at_least(self, first: date, end: date, period: Period) -> date:
        """`end`, or the later day by which the period holds its least number of working days."""
        least = self.convention.min_working_days or 0
        if period.unit in (Unit.DAY, Unit.WORKING_DAY) and period.n is not None and period.n < least:
            return end
        skipped: list[DayOff] = []
        reached = self._open(first, self.one, skipped, least)
        if not self._past(reached, end):
            return end
        beyond = tuple(off for off in skipped if self._past(off.day, end))
        self.steps.append(Step(StepKind.MIN_WORKING_DAYS, end, reached, self.convention.articles.minimum, None, beyond))
        return reached

    def _past(self, day: date, end: date) -> bool:
        return day > end if self.forward else day < end

    # ---------------------------------------------------------------- months

    def _months(self, trigger: date, first: date, months: int, period: Period) -> date:
        if self.convention.solve_latest and not self.forward:
            end, kind, start = self._latest_start(trigger, months), StepKind.LATEST_START, trigger
        elif self.convention.month_rule is MonthRule.EVENT_DAY and not self.convention.count_trigger_day:
            end, kind = from_event_day(trigger, months if self.forward else -months)
            start = trigger
        else:
            end, kind = from_first_day(first, months if self.forward else -months)
            start = first
        articles = self.convention.articles
        article = articles.month_end if kind in (StepKind.MONTH_END, StepKind.MONTH_START) else articles.months
        self.steps.append(Step(kind, start, end, article, period))
        return end

    def _latest_start(self, limit: date, months: int) -> date:
        """The latest day from which so many months, counted forward by the same rule, end no later than `limit`."""
        latest, _ = from_event_day(limit, -months)
        while self._forward(latest, months) > limit:
            latest -= DAY
        while self._forward(latest + DAY, months) <= limit:
            latest += DAY
        return latest

    def _forward(self, start: date, months: int) -> date:
        if self.convention.count_trigger_day:
            return from_first_day(start, months)[0]
        if self.convention.month_rule is MonthRule.EVENT_DAY:
            return from_event_day(start, months)[0]
        return from_first_day(start + DAY, months)[0]

    # ----------------------------------------------------------------- hours

    def _hours(self, trigger: date, n: int, period: Period) -> date:
        end = trigger + timedelta(days=n // 24 if self.forward else -n // 24)
        self.steps.append(Step(StepKind.HOURS, trigger, end, self.convention.articles.days, period))
        return end

    # --------------------------------------------------------------- rolling

    def roll(self, day: date, how: Roll) -> date:
        """The day itself where it is open or nothing moves; otherwise the open day it moves to."""
        if how is Roll.NONE:
            return day
        if self._is_open(day):
            kind = StepKind.MAKE_UP_DAY if self.calendar.is_make_up(day) else StepKind.OPEN_DAY
            self.steps.append(Step(kind, day, day))
            return day
        if how is Roll.PRECEDING or (how is Roll.MODIFIED_FOLLOWING and self._closed_to_month_end(day)):
            return self._move(day, -DAY, StepKind.MOVED_BACK)
        return self._move(day, DAY, StepKind.MOVED_ON)

    def _move(self, day: date, one: timedelta, kind: StepKind) -> date:
        skipped: list[DayOff] = []
        moved = self._open(day, one, skipped)
        self.steps.append(Step(kind, day, moved, self.convention.articles.roll, None, tuple(skipped)))
        return moved

    def _closed_to_month_end(self, day: date) -> bool:
        month = day.month
        while day.month == month:
            if self._is_open(day):
                return False
            day += DAY
        return True

    # -------------------------------------------------------------- open days

    def _is_open(self, day: date) -> bool:
        self._look(day, day)
        return self.calendar.is_open(day)

    def _open(self, day: date, one: timedelta, skipped: list[DayOff], n: int = 1) -> date:
        """The n-th open day from `day` on, which may itself be the first; the days passed over go to `skipped`."""
        if n > date.max.toordinal():
            raise OverflowError
        start, why_closed, closed = day, self.calendar.why_closed, 0
        while True:
            off = why_closed(day)
            if off is None:
                n, closed = n - 1, 0
                if not n:
                    self._look(start, day)
                    return day
            else:
                skipped.append(off)
                closed += 1
                if closed > _LONGEST_CLOSURE:
                    message = f"The calendar {self.calendar.name} has no working day near {start}."
                    raise CannotCount(Refusal.NEVER_OPEN, message)
            day += one

    def _look(self, start: date, end: date) -> None:
        """Note the years, of those looked at, that the calendar does not know."""
        if self.calendar.coverage is None:
            return
        first, last = self.calendar.coverage
        years = range(min(start, end).year, max(start, end).year + 1)
        self.uncovered.update(year for year in years if not first <= year <= last)


def from_event_day(day: date, months: int) -> tuple[date, StepKind]:
    """The date of `day` so many months on (or back), or that month's end."""
    year, month = _month(day, months)
    if same := _date(year, month, day.day):
        return same, StepKind.SAME_DATE
    return _month_end(year, month), StepKind.MONTH_END


def from_first_day(day: date, months: int) -> tuple[date, StepKind]:
    """The last day of so many months of which `day` is the first counted, forward or (months < 0) back."""
    year, month = _month(day, months)
    same = _date(year, month, day.day)
    if months >= 0:
        return (same - DAY, StepKind.BEFORE_SAME_DATE) if same else (_month_end(year, month), StepKind.MONTH_END)
    return (same + DAY, StepKind.AFTER_SAME_DATE) if same else (_month_end(year, month) + DAY, StepKind.MONTH_START)


def _month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return year, month + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
