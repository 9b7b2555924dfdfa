"""A question to the date calculator: the page and the command line ask it alike, and so get the same answer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Direction, MonthRule, Preset, Roll
from tracker.rules.counting import Counted, FirstDay, Nature, count
from tracker.rules.periods import Period, Unit

COMPARED = ("prc-civil-code", "plain", "de-bgb", "uk-common-law")
"""Presets that a result is set beside: they differ from one another in everything that matters to contracts."""
SIDE_BY_SIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Parameters of a convention asked for in place of the preset's own; None leaves the preset's."""

    clear_days: bool | None = None
    month_rule: MonthRule | None = None
    skip_off_days_up_to: int | None = None
    min_working_days: int | None = None
    solve_latest: bool | None = None
    roll: Roll | None = None

    def given(self) -> Mapping[str, Any]:
        """Those that were asked for, by name."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in asked.items() if value is not None}


AS_THE_RULES = Overrides()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A period to count. `off` and `on` are days that are off, or worked, whatever the calendar says."""

    trigger: date
    period: Period
    direction: Direction
    preset: Preset
    nature: Nature = Nature.BY
    first_day: FirstDay | None = None
    overrides: Overrides = AS_THE_RULES
    off: tuple[date, ...] = ()
    on: tuple[date, ...] = ()

    def answer(self, calendar: WorkingCalendar) -> Counted:
        """The period counted on that calendar. Raises CannotCount."""
        days = calendar.with_days(dict.fromkeys(self.off, ""), self.on) if self.off or self.on else calendar
        return count(self.trigger, self.period, self.direction, self._rules(), days, self.nature, self.first_day)

    def place(self, asked: str = "") -> str:
        """The name of the calendar to count on: the one asked for, else the one that goes with the rules."""
        return asked or self.preset.place or NONE.name

    def under_others(self, presets: Mapping[str, Preset]) -> tuple["Question", ...]:
        """The same question under a few other presets, as each stands."""
        others = [name for name in COMPARED if name != self.preset.name][:SIDE_BY_SIDE]
        return tuple(replace(self, preset=presets[name], overrides=AS_THE_RULES) for name in others)

    def _rules(self) -> Preset:
        """The preset, with whatever else was asked in its place."""
        changes = self.overrides.given()
        if not changes:
            return self.preset
        in_months = self.period.months is not None
        preset = self.preset.in_hours() if self.period.unit is Unit.HOUR else self.preset
        convention = replace(preset.convention(self.direction, in_months), **changes)
        return replace(preset, after=convention, before=convention, before_months=None, after_hours=None)
