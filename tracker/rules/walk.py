"""A walk over the calendar: counting days, passing days off, moving to open ones, and noting each step."""

from datetime import date, timedelta
from enum import StrEnum

from tracker.rules.calendars import DayOff, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Roll
from tracker.rules.months import DAY, from_event_day, from_first_day, latest_start
from tracker.rules.periods import Period, Unit
from tracker.rules.steps import Step, StepKind

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
        least = self.convention.min_working_days
        return self._at_least(least, first, end, period) if least else end

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

    def _at_least(self, least: int, first: date, end: date, period: Period) -> date:
        """`end`, or the later day by which the period holds its least number of working days."""
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
            end, kind, start = latest_start(trigger, months, self.convention), StepKind.LATEST_START, trigger
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
