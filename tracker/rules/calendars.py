"""Working days: which days are off, why, and for which years anybody can know."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import reduce

SUNDAY = 6


class Reason(StrEnum):
    """Why a day is off."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is off, and why. `name` is the holiday's, empty for a weekend."""

    day: date
    reason: Reason
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of a place, of an organisation, or of several at once.

    `weekend` holds weekdays (Monday is 0). `holidays` are days off with their names; `workdays` are days that
    are worked although the week or a holiday says otherwise. `coverage` is the first and last year for which
    holidays are known; None knows every year. Outside coverage only the week is known, and the days that the law itself
    fixes where the place tells them, so an answer there is provisional.
    """

    name: str
    weekend: frozenset[int] = frozenset()
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)
    workdays: frozenset[date] = frozenset()
    coverage: tuple[int, int] | None = None

    def is_open(self, day: date) -> bool:
        """Is it a working day, as far as is known?"""
        return self.why_closed(day) is None

    def covers(self, day: date) -> bool:
        """Are the holidays of that day's year known?"""
        return self.coverage is None or self.coverage[0] <= day.year <= self.coverage[1]

    def why_closed(self, day: date) -> DayOff | None:
        """Why the day is off; None for a working day. A holiday on a weekend is told as the holiday."""
        if day in self.workdays:
            return None
        if day in self.holidays:
            return DayOff(day, Reason.HOLIDAY, self.holidays[day])
        return DayOff(day, Reason.WEEKEND) if day.weekday() in self.weekend else None

    def is_make_up(self, day: date) -> bool:
        """Is it a day of the weekend that is worked?"""
        return day.weekday() in self.weekend and day in self.workdays

    def with_days(self, off: Mapping[date, str], on: Collection[date] = ()) -> "WorkingCalendar":
        """The same calendar with an organisation's own days off and days on, which win over the place's."""
        return replace(
            self,
            holidays={day: name for day, name in self.holidays.items() if day not in on} | dict(off),
            workdays=(self.workdays | frozenset(on)).difference(off),
        )

    def with_year(self, year: int, off: Mapping[date, str], on: Collection[date] = ()) -> "WorkingCalendar":
        """The same calendar with a year's official arrangement, which replaces whatever it held for that year.

        Raises ValueError where days are of another year, or where the year would leave a gap in the coverage.
        """
        if strangers := sorted(day for day in (*off, *on) if day.year != year):
            raise ValueError(f"{strangers[0]} is not a day of {year}.")
        return replace(
            self,
            holidays={day: name for day, name in self.holidays.items() if day.year != year} | dict(off),
            workdays=frozenset(day for day in self.workdays if day.year != year) | frozenset(on),
            coverage=self._coverage_with(year),
        )

    def _coverage_with(self, year: int) -> tuple[int, int] | None:
        if self.coverage is None:
            return None
        first, last = self.coverage
        if not first - 1 <= year <= last + 1:
            raise ValueError(f"{self.name} is known from {first} to {last}: add {last + 1} before {year}.")
        return min(first, year), max(last, year)


NONE = WorkingCalendar("NONE")
"""Every day is open: pure arithmetic."""


def joint(*calendars: WorkingCalendar) -> WorkingCalendar:
    """Open only where all are open; covered only where all are covered."""
    return reduce(_joint, calendars)


def _joint(a: WorkingCalendar, b: WorkingCalendar) -> WorkingCalendar:
    special = a.workdays | b.workdays | a.holidays.keys() | b.holidays.keys()
    opened = frozenset(day for day in special if a.is_open(day) and b.is_open(day))
    return WorkingCalendar(
        f"{a.name}+{b.name}",
        a.weekend | b.weekend,
        {day: _names(a, b, day) for day in sorted(special - opened)},
        frozenset(day for day in opened if day in a.workdays or day in b.workdays),
        _common(a.coverage, b.coverage),
    )


def _names(a: WorkingCalendar, b: WorkingCalendar, day: date) -> str:
    return "; ".join(unique(calendar.holidays.get(day, "") for calendar in (a, b)))


def unique(names: Iterable[str]) -> list[str]:
    """The names, each once, in the order they came, without empty ones."""
    return [name for name in dict.fromkeys(names) if name]


def _common(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    if a is None or b is None:
        return a or b
    return max(a[0], b[0]), min(a[1], b[1])
