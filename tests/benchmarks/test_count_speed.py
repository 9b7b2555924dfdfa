"""What a count with its readings and steps costs, in plain `relativedelta` additions of the same run."""

from collections.abc import Callable
from datetime import date, timedelta
from timeit import repeat

import pytest
from dateutil.relativedelta import relativedelta

from tracker.rules.conventions import Direction
from tracker.rules.counting import Nature, count
from tracker.rules.periods import Period
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS

DAYS = [date(2026, 1, 1) + timedelta(days=at) for at in range(0, 365, 3)]
CLAUSES = [
    ("60 days", Direction.BEFORE, Nature.BY),
    ("90 days", Direction.BEFORE, Nature.NOT_BEFORE),
    ("3 months", Direction.BEFORE, Nature.BY),
    ("30 days", Direction.AFTER, Nature.BY),
    ("5 working days", Direction.AFTER, Nature.BY),
    ("30 working days", Direction.AFTER, Nature.BY),
    ("3 years", Direction.AFTER, Nature.STATE),
    ("5 years", Direction.AFTER, Nature.UNTIL),
]
MOST = 25


def seconds(work: Callable[[], object]) -> float:
    return min(repeat(work, number=1, repeat=15))


@pytest.mark.bench
def test_a_count_with_all_its_steps_costs_at_most_25_plain_additions(
    record_property: Callable[[str, object], None],
) -> None:
    rules, calendar, month = PRESETS["prc-civil-code"], working_calendar("CN"), relativedelta(months=1)
    plain = seconds(lambda: [day + month for day in DAYS]) / len(DAYS)
    ratios = {}
    for text, direction, nature in CLAUSES:
        period = Period.parse(text)

        def work(period: Period = period, direction: Direction = direction, nature: Nature = nature) -> object:
            return [count(day, period, direction, rules, calendar, nature) for day in DAYS]

        ratios[f"{text} {direction} {nature}"] = round(seconds(work) / len(DAYS) / plain, 1)
    print(f"bench=count plain_us={plain * 1e6:.2f} ratios={ratios}")
    record_property("ratios", ratios)
    assert max(ratios.values()) <= MOST, ratios
