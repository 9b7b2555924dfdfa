"""Four whole contracts: what the product gives, a table worked out by hand, and a walk over the days all agree."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import tracker
from tests.rules.worked import business_transfer, confidentiality, crm_implementation, customer_maintenance
from tests.rules.worked.day_walk import sent_by
from tests.rules.worked.table import TODAY, Row
from tests.support.cast import deadlines
from tracker.rules.deadlines import Deadline

WORKED = (crm_implementation, confidentiality, business_transfer, customer_maintenance)
ROWS = [(module.DOCUMENT["number"], row) for module in WORKED for row in module.TABLE]
COURIER = 5


def deadlines_of(document: dict[str, Any], *more_facts: dict[str, Any]) -> dict[str, Deadline]:
    return deadlines(document, TODAY.isoformat(), *more_facts)


@cache
def schedules() -> dict[str, dict[str, Deadline]]:
    return {str(module.DOCUMENT["number"]): deadlines_of(module.DOCUMENT) for module in WORKED}


def differs(deadline: Deadline, row: Row) -> dict[str, tuple[object, object]]:
    """Where the product and the table differ: what the product says, what the table says."""
    readings = {reading.day for reading in deadline.readings}
    pairs = {
        "nature": (deadline.nature, row.nature),
        "legal": (deadline.legal, row.legal),
        "act_by": (deadline.act_by, row.act_by),
        "send_by": (deadline.send_by, row.send_by),
        "target": (deadline.target, row.target),
        "readings": (readings or row.readings, row.readings),
        "certainty": (deadline.certainty, row.certainty),
        "provisional": (deadline.provisional, row.provisional),
    }
    return {name: (product, hand) for name, (product, hand) in pairs.items() if product != hand}


@pytest.mark.parametrize(("number", "row"), ROWS, ids=[f"{number}:{row.key}" for number, row in ROWS])
def test_a_deadline_is_the_one_worked_out_by_hand(number: str, row: Row) -> None:
    assert differs(schedules()[number][row.key], row) == {}, row.because


@pytest.mark.parametrize("module", WORKED, ids=lambda module: str(module.DOCUMENT["number"]))
def test_there_are_no_deadlines_but_those_of_the_table(module: Any) -> None:
    assert sorted(schedules()[module.DOCUMENT["number"]]) == sorted(row.key for row in module.TABLE)


@pytest.mark.parametrize(("number", "row"), ROWS, ids=[f"{number}:{row.key}" for number, row in ROWS])
def test_the_table_agrees_with_a_walk_over_the_days(number: str, row: Row) -> None:
    if row.walk:
        assert (row.legal, row.act_by) == row.walk(), row.because
    if row.send_by and row.act_by:
        assert row.send_by == sent_by(row.act_by, COURIER), row.because


@pytest.mark.parametrize("row", crm_implementation.LEAVING_TABLE, ids=lambda row: row.key)
def test_who_wants_to_leave_early_is_told_the_last_day_for_notice(row: Row) -> None:
    deadlines = deadlines_of(crm_implementation.DOCUMENT, crm_implementation.LEAVING)
    assert differs(deadlines[row.key], row) == {}
    assert row.walk is not None
    assert (row.legal, row.act_by) == row.walk()
    assert deadlines.keys() - {row.key} == schedules()["W-1"].keys(), "wanting to leave ends nothing yet"


@pytest.mark.parametrize("row", confidentiality.ENDED_TABLE, ids=lambda row: row.key)
def test_recording_the_end_settles_what_hung_on_it(row: Row) -> None:
    deadline = deadlines_of(confidentiality.DOCUMENT, confidentiality.ENDED)[row.key]
    assert differs(deadline, row) == {}


DEMO = {"W-1": "01-crm-implementation", "W-2": "02-confidentiality"} | {
    "W-3": "03-business-transfer",
    "W-4": "04-customer-maintenance",
}
EVENTS = {"complaint_received", "customer_info_changed", "service_requested", "invoice_received"}
"""What happens in the demonstration on days of its own."""


def demonstration(name: str) -> dict[str, Any]:
    """The contract of the demonstration, as if it were read on the day of the tables."""
    written = (Path(tracker.__file__).parent / "demo" / f"{name}.yaml").read_text("utf-8")
    relative = re.compile(r"\{today-(\d+)d\}")
    document = yaml.safe_load(relative.sub(lambda days: str(TODAY - timedelta(int(days[1]))), written))
    return {name: value for name, value in document.items() if name not in ("tracked_from", "completions")}


@pytest.mark.parametrize("module", WORKED, ids=lambda module: str(module.DOCUMENT["number"]))
def test_the_demonstration_shows_the_dates_of_the_tables(module: Any) -> None:
    found = deadlines_of(demonstration(DEMO[module.DOCUMENT["number"]]))
    rows = [row for row in module.TABLE if not any(event in row.key for event in EVENTS)]
    assert {row.key: differs(found[row.key], row) for row in rows} == {row.key: {} for row in rows}
