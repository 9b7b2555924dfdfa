"""A second opinion that shares nothing with the product: it walks one day at a time and never does sums on dates.

Slow on purpose. It takes the input of a sourced case, and the days a calendar is open as a function.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

IsOpen = Callable[[date], bool]
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ONE = timedelta(days=1)


def last_day(given: dict[str, Any], is_open: IsOpen) -> date:
    """The day a period ends on, moved as the case says."""
    return _moved(_nominal(given, is_open), given["roll"], is_open)


def _nominal(given: dict[str, Any], is_open: IsOpen) -> date:
    n, unit = given["period"]["n"], given["period"]["unit"]
    forward = given["direction"] == "forward"
    trigger = date.fromisoformat(given["trigger_date"])
    first = trigger if given["count_trigger_day"] else next(_walk(trigger, forward))
    skips = unit == "business_day" or (unit == "day" and n <= (given.get("skip_off_days_if_n_le") or -1))
    if unit in MONTHS:
        end = _months(trigger, first, n * MONTHS[unit], forward, given)
    else:
        end = _nth(first, n * 7 if unit == "week" else n, forward, skips, is_open)
    end = _with_working_days(first, end, forward, given, is_open)
    if given["clear_days"]:
        end = next(day for day in _walk(end, forward) if is_open(day) or not skips)
    return end


def _walk(day: date, forward: bool) -> Iterator[date]:
    """The days beyond `day`."""
    while True:
        day = day + ONE if forward else day - ONE
        yield day


def _from(day: date, forward: bool) -> Iterator[date]:
    """`day` and the days beyond it."""
    yield day
    yield from _walk(day, forward)


def _nth(first: date, n: int, forward: bool, skips: bool, is_open: IsOpen) -> date:
    counted = (day for day in _from(first, forward) if is_open(day) or not skips)
    return next(islice(counted, n - 1, None))


def _months(trigger: date, first: date, n: int, forward: bool, given: dict[str, Any]) -> date:
    if given.get("solve_latest") and not forward:
        candidates = _from(trigger - 28 * n * ONE + ONE, forward=False)  # no month is shorter than 28 days
        return next(day for day in candidates if _months_on(day, n, given) <= trigger)
    if given["count_trigger_day"] or given["month_rule"] == "start_day":
        return _month_of_first(first, n, forward)
    return _month_of_event(trigger, n, forward)


def _months_on(start: date, n: int, given: dict[str, Any]) -> date:
    if given["count_trigger_day"]:
        return _month_of_first(start, n, forward=True)
    if given["month_rule"] == "start_day":
        return _month_of_first(start + ONE, n, forward=True)
    return _month_of_event(start, n, forward=True)


def _target_month(day: date, n: int, forward: bool) -> list[date]:
    """All days of the month that lies n months away."""
    return _days_of_month(day.replace(day=1), n, forward)


@cache
def _days_of_month(start: date, n: int, forward: bool) -> list[date]:
    """Found by passing the first day of each month on the way."""
    if n:
        start = next(islice((at for at in _walk(start, forward) if at.day == 1), n - 1, None))
    return [at for at in (start + ONE * i for i in range(31)) if at.month == start.month]


def _month_of_event(event: date, n: int, forward: bool) -> date:
    days = _target_month(event, n, forward)
    return next((day for day in days if day.day == event.day), days[-1])


def _month_of_first(first: date, n: int, forward: bool) -> date:
    days = _target_month(first, n, forward)
    same = next((day for day in days if day.day == first.day), None)
    if forward:
        return same - ONE if same else days[-1]
    return same + ONE if same else days[-1] + ONE


def _with_working_days(first: date, end: date, forward: bool, given: dict[str, Any], is_open: IsOpen) -> date:
    least, n = given.get("min_working_days"), given["period"]["n"]
    if not least or (given["period"]["unit"] in ("day", "business_day") and n < least):
        return end
    open_days = 0
    for day in _from(first, forward):
        open_days += is_open(day)
        if open_days >= least:
            return max(day, end) if forward else min(day, end)
    raise AssertionError


def _moved(day: date, roll: str, is_open: IsOpen) -> date:
    if roll == "none" or is_open(day):
        return day
    later = next(at for at in _walk(day, forward=True) if is_open(at))
    earlier = next(at for at in _walk(day, forward=False) if is_open(at))
    if roll == "modified_following":
        return later if later.month == day.month else earlier
    return later if roll == "following" else earlier
