"""What it costs to edit and recompute a contract as large as they come, in runs of its schedule alone.

Measured in processor time, so that whatever else the machine does counts little.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy.engine import URL

from tests.benchmarks.large_contract import AMENDMENTS, FACTS, OBLIGATIONS, amendments, document, facts
from tests.support.cast import agreed, drafted
from tests.support.databases import SqliteFolder, address
from tests.support.office import Office, at, people
from tests.web.conftest import build
from tracker.ports.clock import FixedClock
from tracker.rules.schedule import schedule

pytestmark = pytest.mark.bench
TODAY = date(2026, 11, 22)
PER_DEADLINE, PER_EDIT, SECOND = 50, 12, 1.0


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs."""
    taken = []
    for _ in range(times):
        began = process_time()
        work()
        taken.append(process_time() - began)
    return min(taken)


def planner(**sections: Any) -> Callable[[], int]:
    draft = drafted(document(**sections))
    agreement = agreed(draft)
    return lambda: len(schedule(agreement, draft.facts, TODAY))


def plain_addition() -> float:
    """One addition of a month, in processor time."""
    days, month = [date(2020, 1, 1) + timedelta(days=at) for at in range(20_000)], relativedelta(months=1)
    return seconds(lambda: [day + month for day in days]) / len(days)


def test_it_is_as_large_as_it_says() -> None:
    assert len(document()["obligations"]) == OBLIGATIONS == 40
    assert len(list(facts())) == FACTS == 30
    assert len(list(amendments())) == AMENDMENTS == 5
    assert planner()() > 800


def test_a_deadline_of_a_large_contract_costs_at_most_50_plain_additions(
    record_property: Callable[[str, object], None],
) -> None:
    plan, plain = planner(), plain_addition()
    found, taken = plan(), seconds(plan)
    ratio = round(taken / found / plain, 1)
    print(f"bench=large_schedule deadlines={found} seconds={taken:.3f} ratio={ratio}")
    record_property("ratio", ratio)
    assert ratio <= PER_DEADLINE


def test_five_amendments_cost_at_most_as_much_again(record_property: Callable[[str, object], None]) -> None:
    ratio = round(seconds(planner()) / seconds(planner(amendments=[])), 2)
    print(f"bench=amendments ratio={ratio}")
    record_property("ratio", ratio)
    assert ratio <= 2


@pytest.fixture
def office(sqlite: SqliteFolder, sqlite_template: URL, tmp_path: Path) -> Any:
    """The large contract on record."""
    clock = FixedClock(at(TODAY.isoformat()))
    made = build(address(sqlite.create(sqlite_template)), tmp_path / "instance", clock)
    people(made.tracker, clock.now())
    with closing(made.tracker):
        office = Office(made.tracker, clock)
        office.register(document())
        yield office


def test_editing_and_recomputing_takes_well_under_a_second(
    office: Office, record_property: Callable[[str, object], None]
) -> None:
    alone, number = seconds(planner()), iter(range(11, 99))

    def edit() -> None:
        changed = document()
        changed["obligations"][0]["due"] = f"{next(number)} working days after period_end"
        assert office.amend("LARGE-1", changed).deadlines.moved

    def happen() -> None:
        assert office.fact("LARGE-1", "complaint_received", str(TODAY - timedelta(next(number))))[1].appeared

    cost = {"edit": seconds(edit, 3), "fact": seconds(happen, 3)}
    ratios = {name: round(taken / alone, 1) for name, taken in cost.items()}
    rounded = {name: round(taken, 2) for name, taken in cost.items()}
    print(f"bench=large_contract seconds={rounded} schedule={alone:.3f} ratios={ratios}")
    record_property("seconds", rounded)
    assert max(ratios.values()) <= PER_EDIT
    assert max(cost.values()) < SECOND
