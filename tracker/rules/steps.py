"""The steps of a count as data: what was done, from which day to which, under which rule, past which days off.

A step holds no prose. `tracker.render.explain` puts it into words.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.rules.calendars import DayOff, Reason
from tracker.rules.periods import Period


class StepKind(StrEnum):
    """What a step does."""

    NOT_COUNTED = "not_counted"
    """The day of the event (`start`) is left out; counting starts on `end`."""
    COUNTED = "counted"
    """The day of the event is day one."""
    ON_THE_DAY = "on_the_day"
    """A period of no length ends on the day it starts."""
    DAYS = "days"
    """`period` is counted from `start`, the first day counted, to `end`, the last; `skipped` were left out."""
    SAME_DATE = "same_date"
    """The date of `start`, so many months on or back."""
    MONTH_END = "month_end"
    """There is no such date in that month: its last day instead."""
    BEFORE_SAME_DATE = "before_same_date"
    """The day before the date of `start`, the first day counted, so many months on."""
    AFTER_SAME_DATE = "after_same_date"
    """The day after the date of `start`, the first day counted back, so many months back."""
    MONTH_START = "month_start"
    """Counting back, there is no such date in that month: the first day of the next instead."""
    LATEST_START = "latest_start"
    """The latest day from which `period`, counted forward, ends no later than `start`."""
    HOURS = "hours"
    """`period` in hours from the start of the day `start`."""
    WHOLE_DAY = "whole_day"
    """The last day that lies wholly within the hours counted."""
    MIN_WORKING_DAYS = "min_working_days"
    """Carried on until it holds the least number of working days."""
    CLEAR_DAY = "clear_day"
    """One day more, so that both the first and the last day stay out of the count."""
    OPEN_DAY = "open_day"
    """`end` is a working day, so the date stays."""
    MAKE_UP_DAY = "make_up_day"
    """`end` lies on a weekend but is worked, so the date stays."""
    MOVED_ON = "moved_on"
    """`start` is off: moved to the next working day."""
    SENT = "sent"
    """To arrive by `start`, it is sent on `end`, allowing `period` for the way."""
    NEXT_DAY_THERE = "next_day_there"
    """Before `start` is over where it is sent, it is `end` where it arrives."""
    AFTER_HOURS = "after_hours"
    """What arrives on `start` after the cut-off hour counts on `end`, the next working day there."""
    MOVED_BACK = "moved_back"
    """`start` is off: moved to the last working day before it."""
    MOVED_BY_HAND = "moved_by_hand"
    """Somebody moved this one deadline from `start` to `end`."""
    PUT_OFF = "put_off"
    """Told on `start` at the latest, the other side learnt that it will be `end`."""
    INTERRUPTED = "interrupted"
    """What had run since `start` was interrupted on `end`, and is counted anew from then."""


class Step(NamedTuple):
    """One step of a count. `article` cites its rule as "law/number", empty where none was given."""

    kind: StepKind
    start: date
    end: date
    article: str = ""
    period: Period | None = None
    skipped: tuple[DayOff, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The step as JSON takes it; `from_data` reads it back."""
        data: dict[str, Any] = {"kind": self.kind.value, "start": self.start.isoformat(), "end": self.end.isoformat()}
        if self.article:
            data["article"] = self.article
        if self.period is not None:
            data["period"] = str(self.period)
        if self.skipped:
            data["skipped"] = [[off.day.isoformat(), off.reason.value, off.name] for off in self.skipped]
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Step":
        """The step that `to_data` wrote."""
        return cls(
            StepKind(data["kind"]),
            date.fromisoformat(data["start"]),
            date.fromisoformat(data["end"]),
            data.get("article", ""),
            Period.parse(data["period"]) if "period" in data else None,
            tuple(DayOff(date.fromisoformat(day), Reason(why), name) for day, why, name in data.get("skipped", ())),
        )
