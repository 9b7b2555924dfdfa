"""Counting a period: the legal day, the plausible readings beside it, and the day on which to act.

One date is not enough. `Counted.legal` is what the chosen convention gives; `Counted.act_by` is safe under every
plausible reading of the same words, and what is safe depends on the nature of the date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Preset, Roll
from tracker.rules.hours import whole_day
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import FirstDay, Nature, Plan, Reading, ReadingName, plan
from tracker.rules.reckoning import Reckoned, reckon, settle
from tracker.rules.steps import Step, StepKind
from tracker.rules.walk import CannotCount, Refusal

__all__ = [
    "CannotCount",
    "Counted",
    "FirstDay",
    "Nature",
    "Reading",
    "ReadingName",
    "Reckoned",
    "Refusal",
    "Step",
    "StepKind",
    "count",
    "reckon",
]


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted period.

    `legal` and everything that follows from it is None or empty where the period has no number. `nominal` is the legal
    day before any moving. `readings` starts with the legal one; others are there only where their day differs.
    `steps` lead to `legal`, `safe_steps` from a reading to `act_by`. `provisional` holds the years whose working days
    are not known and on which `legal` or `act_by` depends: empty means settled.
    """

    trigger: date
    period: Period
    direction: Direction
    nature: Nature
    calendar: str
    legal: date | None = None
    act_by: date | None = None
    nominal: date | None = None
    readings: tuple[Reading, ...] = ()
    steps: tuple[Step, ...] = ()
    safe_steps: tuple[Step, ...] = ()
    provisional: tuple[int, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The whole as JSON takes it."""
        return {
            "trigger": self.trigger.isoformat(),
            "period": str(self.period),
            "direction": self.direction.value,
            "nature": self.nature.value,
            "calendar": self.calendar,
            "legal": self.legal and self.legal.isoformat(),
            "act_by": self.act_by and self.act_by.isoformat(),
            "nominal": self.nominal and self.nominal.isoformat(),
            "readings": [reading.to_data() for reading in self.readings],
            "steps": [step.to_data() for step in self.steps],
            "safe_steps": [step.to_data() for step in self.safe_steps],
            "provisional": list(self.provisional),
        }


def count(
    trigger: date,
    period: Period,
    direction: Direction,
    rules: Preset | Convention,
    calendar: WorkingCalendar,
    nature: Nature = Nature.BY,
    first_day: FirstDay | None = None,
    foreseen: bool = False,
) -> Counted:
    """Count `period` from `trigger`, after or before it.

    `first_day` is what the clause says about the day of the event; without it the rules decide. Where it is unknown
    both readings are kept, and the legal one is the rules' own, except that terms (`Nature.STATE`) count their first
    day, as drafting practice does. Only acts move off a day that is off, and a period counted back never moves forward.

    `foreseen` says that the trigger is a day known in advance, such as the first of a quarter, so that acting before it
    is possible; nobody can act before an event.

    Raises:
        CannotCount: the calendar never opens, or the day lies beyond the years 1 to 9999.
    """
    if period.n is None:
        return Counted(trigger, period, direction, nature, calendar.name)
    if period.unit is Unit.HOUR and isinstance(rules, Preset):
        rules = rules.in_hours()
    chosen = plan(rules, direction, period.months is not None, nature, first_day)
    results = list(_results(trigger, period, direction, chosen, calendar))
    legal = results[0]
    safest = _safest(chosen, results, nature)
    safe = results[safest]
    if period.unit is Unit.HOUR:
        safe = whole_day(safe, trigger, period.n, direction, nature)
    safe = _on_open_day(safe, None if foreseen else trigger, legal.day, direction, nature, calendar)
    return Counted(
        trigger,
        period,
        direction,
        nature,
        calendar.name,
        legal.day,
        safe.day,
        legal.nominal,
        _differing(chosen, results, safest),
        legal.steps,
        safe.steps,
        tuple(sorted({*legal.uncovered, *safe.uncovered})),
    )


def _results(
    trigger: date, period: Period, direction: Direction, chosen: Plan, calendar: WorkingCalendar
) -> Iterator[Reckoned]:
    """What each reading gives, the legal one first."""
    legal = reckon(trigger, period, direction, chosen.conventions[0][1], calendar)
    yield legal
    for name, convention in chosen.conventions[1:]:
        if name is ReadingName.NOT_MOVED:
            yield legal.not_moved()
        else:
            yield reckon(trigger, period, direction, convention, calendar)


def _safest(chosen: Plan, results: list[Reckoned], nature: Nature) -> int:
    """The place of the result that is safe: the earliest to act by, otherwise the latest."""
    earliest = nature is Nature.BY
    return (min if earliest else max)(chosen.safe, key=lambda at: results[at].day)


def _differing(chosen: Plan, results: list[Reckoned], safest: int) -> tuple[Reading, ...]:
    """The legal reading, and each other that gives a day not given before; of several doubts at once, the safe one."""
    days: dict[date, Reading] = {}
    for at, ((name, _), result) in enumerate(zip(chosen.conventions, results, strict=True)):
        if result.day not in days and (name is not ReadingName.COMBINED or at == safest):
            days[result.day] = Reading(name, result.day, result.steps)
    return tuple(days.values())


def _on_open_day(
    safe: Reckoned, event: date | None, legal: date, direction: Direction, nature: Nature, calendar: WorkingCalendar
) -> Reckoned:
    """The safe reading moved to a working day, away from the risk.

    It never passes the event: nobody can act before what starts the period. Where every day from the event to a last
    day is off, the next working day is still in time if the law moves the last day, and if not there is none.
    """
    if nature is Nature.BY:
        back = settle(safe, Roll.PRECEDING, calendar)
        if direction is Direction.BEFORE or event is None or back.day >= event:
            return back
        on = settle(safe, Roll.FOLLOWING, calendar)
        return on if on.day <= legal else safe
    if nature is Nature.NOT_BEFORE:
        on = settle(safe, Roll.FOLLOWING, calendar)
        return on if direction is Direction.AFTER or event is None or on.day <= event else safe
    return safe
