"""A hundred thousand random counts, each checked by a walk day by day and, where they can tell, by two libraries."""

import random
from datetime import date, timedelta

import pytest
import whenever
from dateutil.relativedelta import relativedelta

from tests.rules.day_walk import last_day
from tests.rules.strategies import as_case
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Roll
from tracker.rules.counting import reckon
from tracker.rules.periods import Period, Unit
from tracker.rules.places import working_calendar

CASES = 100_000
FIRST = date(2000, 1, 1)
PLACES = ("NONE", "CN", "HK", "SG", "GB-ENG", "DE", "US", "JP", "CN+HK")
LONGEST = {
    Unit.DAY: 120,
    Unit.WEEK: 30,
    Unit.MONTH: 48,
    Unit.QUARTER: 16,
    Unit.HALF_YEAR: 8,
    Unit.YEAR: 10,
    Unit.WORKING_DAY: 60,
}


def random_convention(chance: random.Random) -> Convention:
    return Convention(
        count_trigger_day=chance.random() < 0.3,
        clear_days=chance.random() < 0.3,
        month_rule=chance.choice(list(MonthRule)),
        skip_off_days_up_to=chance.choice([None, None, 5, 6]),
        min_working_days=chance.choice([None, None, 2]),
        solve_latest=chance.random() < 0.3,
        roll=chance.choice(list(Roll)),
    )


def random_period(chance: random.Random) -> Period:
    unit = chance.choice(list(LONGEST))
    return Period(chance.randint(1, LONGEST[unit]), unit)


@pytest.mark.bench
def test_a_hundred_thousand_counts_agree_with_a_walk_day_by_day() -> None:
    chance = random.Random(1182_71)
    calendars = [working_calendar(place) for place in PLACES]
    for at in range(CASES):
        trigger, calendar = FIRST + timedelta(days=chance.randrange(36 * 365)), chance.choice(calendars)
        period, convention, direction = random_period(chance), random_convention(chance), chance.choice(list(Direction))
        case = as_case(trigger, period, direction, convention)
        day = reckon(trigger, period, direction, convention, calendar).day
        assert day == last_day(case, calendar.is_open), (at, calendar.name, case)


@pytest.mark.bench
def test_a_hundred_thousand_plain_counts_agree_with_two_date_libraries() -> None:
    chance, none = random.Random(202), WorkingCalendar("NONE")
    for at in range(CASES):
        trigger, period = FIRST + timedelta(days=chance.randrange(36 * 365)), random_period(chance)
        direction = chance.choice(list(Direction))
        sign = 1 if direction is Direction.AFTER else -1
        if period.unit is Unit.WORKING_DAY:
            continue
        day = reckon(trigger, period, direction, Convention(), none).day
        months, days = sign * (period.months or 0), sign * (period.days or 0)
        assert day == trigger + relativedelta(months=months, days=days), at
        other = whenever.Date(trigger.year, trigger.month, trigger.day).add(months=months, days=days)
        assert day.isoformat() == str(other), at
