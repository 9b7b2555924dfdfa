"""Months: where so many of them end, forward and back."""

from calendar import monthrange
from datetime import date, timedelta

from tracker.rules.conventions import Convention, MonthRule
from tracker.rules.steps import StepKind

DAY = timedelta(days=1)


def from_event_day(day: date, months: int) -> tuple[date, StepKind]:
    """The date of `day` so many months on (or back), or that month's end."""
    year, month = _month(day, months)
    if same := _date(year, month, day.day):
        return same, StepKind.SAME_DATE
    return _month_end(year, month), StepKind.MONTH_END


def from_first_day(day: date, months: int) -> tuple[date, StepKind]:
    """The last day of so many months of which `day` is the first counted, forward or (months < 0) back."""
    year, month = _month(day, months)
    same = _date(year, month, day.day)
    if months > 0:
        return (same - DAY, StepKind.BEFORE_SAME_DATE) if same else (_month_end(year, month), StepKind.MONTH_END)
    return (same + DAY, StepKind.AFTER_SAME_DATE) if same else (_month_end(year, month) + DAY, StepKind.MONTH_START)


def latest_start(limit: date, months: int, convention: Convention) -> date:
    """The latest day from which so many months, counted forward by the convention, end no later than `limit`."""
    latest, _ = from_event_day(limit, -months)
    while _end(latest, months, convention) > limit:
        latest -= DAY
    while _end(latest + DAY, months, convention) <= limit:
        latest += DAY
    return latest


def whole_months(first: date, last: date) -> int:
    """How many months `first` to `last`, both counted, are; 0 where they are not whole months."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((n for n in (months, months + 1) if n > 0 and from_first_day(first, n)[0] == last), 0)


def _end(start: date, months: int, convention: Convention) -> date:
    if convention.count_trigger_day:
        return from_first_day(start, months)[0]
    if convention.month_rule is MonthRule.EVENT_DAY:
        return from_event_day(start, months)[0]
    return from_first_day(start + DAY, months)[0]


def _month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return year, month + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
