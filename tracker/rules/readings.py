"""Plausible readings: what a clause may mean besides what the chosen rules make of it, and which reading is safe."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from tracker.rules.conventions import Convention, Direction, Preset, Roll
from tracker.rules.steps import Step


class Nature(StrEnum):
    """What a date is, which decides what is safe."""

    BY = "by"
    """A last day to act: the earliest reading, moved back to a working day."""
    NOT_BEFORE = "not_before"
    """A window opens: the latest reading, moved on to a working day."""
    UNTIL = "until"
    """A duty lasts until the end of it: the latest reading, not moved."""
    STATE = "state"
    """A term or right ends: not moved."""


class FirstDay(StrEnum):
    """Whether the clause counts the day of the event, where it says so or leaves it open."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    UNKNOWN = "unknown"


class ReadingName(StrEnum):
    """How a reading of the words differs from the legal one."""

    LEGAL = "legal"
    NOT_MOVED = "not_moved"
    """The last day stays where it is although it is off."""
    CLEAR_DAYS = "clear_days"
    """One day more: neither the first nor the last day counts."""
    SUBTRACTED = "subtracted"
    """So many months subtracted from the trigger."""
    LATEST_START = "latest_start"
    """The latest day from which so many months forward end in time."""
    FIRST_DAY_COUNTED = "first_day_counted"
    FIRST_DAY_NOT_COUNTED = "first_day_not_counted"
    COMBINED = "combined"
    """Several of the doubts at once."""
    STATED = "stated"
    """The date that the contract itself names."""
    COMPUTED = "computed"
    """What the length would give, beside a date that the contract names."""
    WITHIN_LAST = "within_last"
    """On any day of the last so many, up to the end itself."""
    SO_LONG_BEFORE = "so_long_before"
    """No later than so long before the end."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A plausible reading: the day it gives and how it gets there."""

    name: ReadingName
    day: date
    steps: tuple[Step, ...]

    def to_data(self) -> dict[str, Any]:
        """The reading as JSON takes it."""
        return {
            "name": self.name.value,
            "day": self.day.isoformat(),
            "steps": [step.to_data() for step in self.steps],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Reading":
        """The reading that `to_data` wrote."""
        steps = tuple(Step.from_data(step) for step in data["steps"])
        return cls(ReadingName(data["name"]), date.fromisoformat(data["day"]), steps)


_MONTHS_BACK = frozenset({ReadingName.SUBTRACTED, ReadingName.LATEST_START})


class Plan(NamedTuple):
    """The conventions to count with, the legal one first, and the places of those of which the safest day is safe."""

    conventions: tuple[tuple[ReadingName, Convention], ...]
    safe: tuple[int, ...]


@lru_cache(maxsize=4096)
def plan(
    rules: Preset | Convention, direction: Direction, in_months: bool, nature: Nature, first_day: FirstDay | None
) -> Plan:
    """The readings that matter to a period in that direction, for a date of that nature.

    Doubts may come together, so what is safe is all of them decided against us at once. Which of the two ways to count
    months back is the safe one depends on the day, so both are counted.
    """
    legal = _legal(rules, direction, in_months, nature, first_day)
    doubts = dict(_doubts(legal, rules, direction, in_months, nature, first_day))
    found = [(ReadingName.LEGAL, legal)] + [(name, replace(legal, **change)) for name, change in doubts.items()]
    helpful = [change for name, change in doubts.items() if _helps(name, direction, nature)]
    worst = replace(legal, **{field: value for change in helpful for field, value in change.items()})
    safe = [worst] if _MONTHS_BACK.isdisjoint(doubts) else [worst, replace(worst, solve_latest=not worst.solve_latest)]
    known = [convention for _, convention in found]
    found += [(ReadingName.COMBINED, convention) for convention in safe if convention not in known]
    known = [convention for _, convention in found]
    return Plan(tuple(found), tuple(known.index(convention) for convention in safe))


def _legal(
    rules: Preset | Convention, direction: Direction, in_months: bool, nature: Nature, first_day: FirstDay | None
) -> Convention:
    """The rules' own convention, as far as it fits the date: only acts move, and those counted back never forward."""
    given = rules.convention(direction, in_months) if isinstance(rules, Preset) else rules
    moves = nature is Nature.BY and (direction is Direction.AFTER or given.roll is Roll.PRECEDING)
    return replace(
        given,
        roll=given.roll if moves else Roll.NONE,
        count_trigger_day=_first_day_counts(given, nature, first_day),
    )


def _first_day_counts(given: Convention, nature: Nature, first_day: FirstDay | None) -> bool:
    if first_day is None:
        return given.count_trigger_day
    if first_day is FirstDay.UNKNOWN:
        return given.count_trigger_day or nature is Nature.STATE
    return first_day is FirstDay.COUNTED


def _doubts(
    legal: Convention,
    rules: Preset | Convention,
    direction: Direction,
    in_months: bool,
    nature: Nature,
    first_day: FirstDay | None,
) -> Iterator[tuple[ReadingName, dict[str, Any]]]:
    """What else the words may mean, as changes to the legal convention."""
    back = direction is Direction.BEFORE
    if legal.roll in (Roll.FOLLOWING, Roll.MODIFIED_FOLLOWING):
        yield ReadingName.NOT_MOVED, {"roll": Roll.NONE}
    if isinstance(rules, Preset) and rules.safe_clear_days and not legal.clear_days and _is_distance(back, nature):
        yield ReadingName.CLEAR_DAYS, {"clear_days": True}
    if back and in_months and nature is not Nature.STATE:
        name = ReadingName.SUBTRACTED if legal.solve_latest else ReadingName.LATEST_START
        yield name, {"solve_latest": not legal.solve_latest}
    if first_day is FirstDay.UNKNOWN:
        counted = legal.count_trigger_day
        name = ReadingName.FIRST_DAY_NOT_COUNTED if counted else ReadingName.FIRST_DAY_COUNTED
        yield name, {"count_trigger_day": not counted}


def _is_distance(back: bool, nature: Nature) -> bool:
    """Do the words keep two days apart ("at least 30 days before"), rather than allow a time ("within 30 days")?"""
    return nature is Nature.NOT_BEFORE or (back and nature is Nature.BY)


def _helps(name: ReadingName, direction: Direction, nature: Nature) -> bool:
    """Is this reading on the safe side of the legal one?"""
    if nature is Nature.STATE or name in _MONTHS_BACK:
        return False
    return _is_earlier(name, direction is Direction.BEFORE) is (nature is Nature.BY)


def _is_earlier(name: ReadingName, back: bool) -> bool:
    if name is ReadingName.NOT_MOVED:
        return True
    if name in (ReadingName.CLEAR_DAYS, ReadingName.FIRST_DAY_NOT_COUNTED):
        return back
    return name is ReadingName.FIRST_DAY_COUNTED and not back
