"""How a period is counted: every choice that laws and contracts make differently, as one value."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Direction(StrEnum):
    """Whether a period runs on from its trigger, or back from it."""

    AFTER = "after"
    BEFORE = "before"


class MonthRule(StrEnum):
    """Where a period in months ends."""

    EVENT_DAY = "event_day"
    """On the date of the event day, or the month's end: 30 April and one month, 30 May."""
    START_DAY = "start_day"
    """The day before the date of the first day counted, or the month's end: 30 April and one month, 31 May."""


class Roll(StrEnum):
    """What happens when a date falls on a day off (names as in FpML)."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    """Following, unless that is in the next month: then preceding."""


@dataclass(frozen=True, slots=True)
class Articles:
    """Which provision each rule rests on, as "law/number" (see `tracker.render.citations`)."""

    excluded: str = ""
    """The day of the event is not counted."""
    included: str = ""
    """The day of the event is counted after all: where it starts the day, or where parties agree so."""
    days: str = ""
    months: str = ""
    month_end: str = ""
    """What happens where a month has no such date."""
    clear: str = ""
    skip: str = ""
    minimum: str = ""
    roll: str = ""


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to count.

    `clear_days` adds one day after the last one counted. `skip_off_days_up_to` leaves days off out of periods of at
    most so many days. `min_working_days` carries a period of at least so many days on until it holds that many working
    days (Regulation 1182/71 art. 3(5)). `solve_latest` answers "n months before" with the latest day from which n
    months forward end in time, rather than by subtracting.
    """

    count_trigger_day: bool = False
    clear_days: bool = False
    month_rule: MonthRule = MonthRule.EVENT_DAY
    skip_off_days_up_to: int | None = None
    min_working_days: int | None = None
    solve_latest: bool = False
    roll: Roll = Roll.NONE
    articles: Articles = Articles()


@dataclass(frozen=True, slots=True)
class Preset:
    """The conventions of one body of law, for a lawyer to choose; never assumed.

    `roll` in a convention is for acts alone: the end of a term never moves. `before_months` counts back in months,
    quarters and years where that differs from `before`; `after_hours` counts on in hours where that differs from
    `after`. `safe_clear_days` says that, counting back, one day more is a plausible reading. `place` is the calendar
    that usually goes with it.
    """

    name: str
    after: Convention
    before: Convention
    before_months: Convention | None = None
    after_hours: Convention | None = None
    safe_clear_days: bool = False
    place: str = ""

    def convention(self, direction: Direction, in_months: bool = False) -> Convention:
        """The convention for a period in that direction; `in_months`: it is in months, quarters or years."""
        if direction is Direction.AFTER:
            return self.after
        return self.before_months if in_months and self.before_months is not None else self.before

    def in_hours(self) -> "Preset":
        """The same law as it counts hours."""
        return self if self.after_hours is None else replace(self, after=self.after_hours)
