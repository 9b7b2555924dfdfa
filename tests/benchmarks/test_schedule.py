"""What a schedule costs, in plain `relativedelta` additions of the same run, and how it grows."""

from collections.abc import Callable
from datetime import date, timedelta
from time import process_time
from timeit import repeat
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from tests.rules.worked import business_transfer, confidentiality, crm_implementation, customer_maintenance
from tests.rules.worked.table import TODAY
from tests.support.cast import agreed, contract, drafted
from tracker.rules.schedule import schedule

WORKED = (crm_implementation, confidentiality, business_transfer, customer_maintenance)
MOST = 25


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of several runs: what else the machine does is none of their cost."""
    return min(repeat(work, timer=process_time, number=1, repeat=15))


def planner(document: dict[str, Any]) -> Callable[[], int]:
    """Makes the schedule of the document and tells how many deadlines it has."""
    draft = drafted(document)
    agreement = agreed(draft)
    return lambda: len(schedule(agreement, draft.facts, TODAY))


@pytest.mark.bench
def test_a_deadline_with_its_steps_costs_at_most_25_plain_additions(
    record_property: Callable[[str, object], None],
) -> None:
    days, month = [date(2026, 1, 1) + timedelta(days=at) for at in range(365)], relativedelta(months=1)
    plain = seconds(lambda: [day + month for day in days]) / len(days)
    plans = {str(module.DOCUMENT["number"]): planner(module.DOCUMENT) for module in WORKED}
    cost = {number: seconds(plan) for number, plan in plans.items()}
    ratios = {number: round(cost[number] / plan() / plain, 1) for number, plan in plans.items()}
    whole = sum(cost.values()) / sum(plan() for plan in plans.values()) / plain
    rates = {number: round(1 / taken) for number, taken in cost.items()}
    print(f"bench=schedule plain_us={plain * 1e6:.2f} per_second={rates} ratios={ratios} whole={whole:.1f}")
    record_property("schedules_per_second", rates)
    record_property("ratios", ratios)
    assert whole <= MOST, ratios


@pytest.mark.bench
def test_the_cost_grows_no_faster_than_the_deadlines(record_property: Callable[[str, object], None]) -> None:
    """Ten times the complaints, or ten times the years, cost at most fifteen times as much."""
    answers = [{"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"}]

    def complaints(number: int) -> dict[str, Any]:
        facts = [{"kind": "complaint_received", "day": date(2025, 1, 2) + timedelta(at % 500)} for at in range(number)]
        return contract(renewal=None, obligations=answers, facts=facts)

    def years(number: int) -> dict[str, Any]:
        return contract(
            effect={"when": "2010-01-01"}, term={"length": f"{number} years", "first_day_counts": True}, renewal=None
        )

    growth = {}
    for name, few, many in (("complaints", complaints(100), complaints(1000)), ("years", years(4), years(40))):
        small, large = planner(few), planner(many)
        growth[name] = round(seconds(large) / seconds(small), 1)
        assert large() >= 9 * small()
    print(f"bench=schedule growth={growth}")
    record_property("growth", growth)
    assert max(growth.values()) <= 15, growth
