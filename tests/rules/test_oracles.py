"""Independent opinions: a walk day by day that shares no code with the product, and two date libraries."""

from datetime import date

import whenever
from dateutil.relativedelta import relativedelta
from hypothesis import example, given

from tests.rules.day_walk import last_day
from tests.rules.sourced import calendar, sourced_cases
from tests.rules.strategies import as_case, calendars_of_their_own, conventions, days, directions, periods
from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule
from tracker.rules.counting import reckon
from tracker.rules.periods import Period, Unit

PLAIN = Convention()


def test_the_day_walk_itself_agrees_with_every_sourced_case() -> None:
    told = [case for case in sourced_cases() if case["expected"]]
    given = {case["id"]: last_day(case["input"], calendar(case["input"]["calendar"]).is_open) for case in told}
    assert {key: str(day) for key, day in given.items()} == {case["id"]: case["expected"] for case in told}


@given(days, periods(), directions, conventions, calendars_of_their_own())
@example(date(2026, 3, 31), Period(1, Unit.MONTH), Direction.BEFORE, Convention(month_rule=MonthRule.START_DAY), NONE)
def test_a_walk_day_by_day_comes_to_the_same_day(
    trigger: date, period: Period, direction: Direction, convention: Convention, odd: WorkingCalendar
) -> None:
    counted = reckon(trigger, period, direction, convention, odd)
    assert counted.day == last_day(as_case(trigger, period, direction, convention), odd.is_open)


@given(days, periods(Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR), directions)
def test_plain_calendar_arithmetic_agrees_with_two_date_libraries(
    trigger: date, period: Period, direction: Direction
) -> None:
    months, days_ = period.months or 0, period.days or 0
    sign = 1 if direction is Direction.AFTER else -1
    day = reckon(trigger, period, direction, PLAIN, NONE).day
    assert day == trigger + sign * relativedelta(months=months, days=days_)
    one = whenever.Date(trigger.year, trigger.month, trigger.day)
    assert str(day) == str(one.add(months=sign * months, days=sign * days_))
