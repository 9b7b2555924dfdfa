"""Many counts at once, from a file of cases that brings its calendars: `{"calendars": {…}, "cases": […]}`.

Each case holds an `id` and an `input` with trigger_date, period (n, unit), direction (forward, backward), calendar and
the parameters of a convention. Whatever else it holds is ignored.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Roll
from tracker.rules.periods import Period, Unit
from tracker.rules.reckoning import reckon

_DIRECTIONS = {"forward": Direction.AFTER, "backward": Direction.BEFORE}
_MALFORMED = (AttributeError, KeyError, IndexError, TypeError, ValueError)
_UNITS = {unit.value: unit for unit in Unit} | {"business_day": Unit.WORKING_DAY}


def run_batch(data: Mapping[str, Any]) -> dict[str, str | None]:
    """The ISO day of each case by its id; None where no day can be known.

    No day is known beyond the years a calendar covers, where nothing can be counted, and for a case that is not
    written as it should be. A case without an id is left out.
    """
    calendars = data.get("calendars")
    known = calendars if isinstance(calendars, Mapping) else {}
    read = {NONE.name: NONE} | {name: _calendar_or_none(name, given) for name, given in known.items()}
    cases = data.get("cases")
    return {
        case["id"]: _answer(case.get("input"), read)
        for case in (cases if isinstance(cases, list) else ())
        if isinstance(case, Mapping) and isinstance(case.get("id"), str)
    }


def _answer(given: Any, calendars: Mapping[str, WorkingCalendar | None]) -> str | None:
    try:
        return _day(given, calendars)
    except _MALFORMED:
        return None


def _day(given: Mapping[str, Any], calendars: Mapping[str, WorkingCalendar | None]) -> str | None:
    calendar = calendars[given.get("calendar", NONE.name)]
    if calendar is None:
        return None
    period = Period(given["period"]["n"], _UNITS[given["period"]["unit"]])
    trigger = date.fromisoformat(given["trigger_date"])
    reckoned = reckon(trigger, period, _DIRECTIONS[given["direction"]], _convention(given), calendar)
    return None if reckoned.uncovered else reckoned.day.isoformat()


def _convention(given: Mapping[str, Any]) -> Convention:
    return Convention(
        count_trigger_day=_flag(given, "count_trigger_day"),
        clear_days=_flag(given, "clear_days"),
        month_rule=MonthRule(given.get("month_rule") or MonthRule.EVENT_DAY),
        skip_off_days_up_to=_number(given, "skip_off_days_if_n_le"),
        min_working_days=_number(given, "min_working_days"),
        solve_latest=_flag(given, "solve_latest"),
        roll=Roll(given.get("roll") or Roll.NONE),
    )


def _flag(given: Mapping[str, Any], name: str) -> bool:
    value = given.get(name)
    if value is not None and not isinstance(value, bool):
        raise TypeError(name)
    return bool(value)


def _number(given: Mapping[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is not None and type(value) is not int:
        raise TypeError(name)
    return value


def _calendar_or_none(name: str, given: Any) -> WorkingCalendar | None:
    try:
        return _calendar(name, given)
    except _MALFORMED:
        return None


def _calendar(name: str, given: Mapping[str, Any]) -> WorkingCalendar:
    coverage, weekend = given.get("coverage"), frozenset(given.get("weekend") or ())
    if not weekend <= frozenset(range(7)):
        raise ValueError(name)
    return WorkingCalendar(
        name,
        weekend,
        {date.fromisoformat(day): "" for day in given.get("holidays") or ()},
        frozenset(date.fromisoformat(day) for day in given.get("workdays") or ()),
        None if coverage is None else (int(coverage[0]), int(coverage[1])),
    )
