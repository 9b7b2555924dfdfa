"""Random periods, conventions and calendars for the laws of counting."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Preset, Roll
from tracker.rules.periods import Period, Unit
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS

FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)


@cache
def _places() -> tuple[WorkingCalendar, ...]:
    return (NONE, *(working_calendar(place) for place in ("CN", "HK", "SG", "GB-ENG", "DE", "US", "JP", "SA", "CN+HK")))


days = st.dates(FIRST, LAST)
calendars = st.deferred(lambda: st.sampled_from(_places()))
presets: st.SearchStrategy[Preset] = st.sampled_from(list(PRESETS.values()))
directions = st.sampled_from(list(Direction))
_LENGTHS = {
    Unit.DAY: 400,
    Unit.WEEK: 60,
    Unit.MONTH: 60,
    Unit.QUARTER: 20,
    Unit.HALF_YEAR: 10,
    Unit.YEAR: 12,
    Unit.WORKING_DAY: 60,
}


@st.composite
def periods(draw: st.DrawFn, *units: Unit, least: int = 1) -> Period:
    """Periods of one of the units, of all but hours if none are given."""
    unit = draw(st.sampled_from(units or list(_LENGTHS)))
    return Period(draw(st.integers(least, _LENGTHS[unit])), unit)


conventions = st.builds(
    Convention,
    count_trigger_day=st.booleans(),
    clear_days=st.booleans(),
    month_rule=st.sampled_from(MonthRule),
    skip_off_days_up_to=st.sampled_from([None, 5, 6]),
    min_working_days=st.sampled_from([None, 2]),
    solve_latest=st.booleans(),
    roll=st.sampled_from(Roll),
)


@st.composite
def calendars_of_their_own(draw: st.DrawFn) -> WorkingCalendar:
    """Odd calendars: any weekend that leaves a day, holidays and make-up days at random."""
    weekend = draw(st.frozensets(st.integers(0, 6), max_size=6))
    offsets = st.frozensets(st.integers(0, 6 * 365), max_size=60)
    start = date(2019, 1, 1)
    holidays = {start + timedelta(days=at): "holiday" for at in draw(offsets)}
    workdays = frozenset(start + timedelta(days=at) for at in draw(offsets)) - holidays.keys()
    return WorkingCalendar("odd", weekend, holidays, workdays)


def as_case(trigger: date, period: Period, direction: Direction, convention: Convention) -> dict[str, Any]:
    """The same in the words of a sourced case."""
    unit = "business_day" if period.unit is Unit.WORKING_DAY else str(period.unit)
    return {
        "trigger_date": trigger.isoformat(),
        "period": {"n": period.n, "unit": unit},
        "direction": "forward" if direction is Direction.AFTER else "backward",
        "count_trigger_day": convention.count_trigger_day,
        "clear_days": convention.clear_days,
        "month_rule": convention.month_rule.value,
        "skip_off_days_if_n_le": convention.skip_off_days_up_to,
        "min_working_days": convention.min_working_days,
        "solve_latest": convention.solve_latest,
        "roll": convention.roll.value,
    }
