"""What a planning tick costs when there are very many deadlines, of which few or none are due."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.desk import Desk
from tracker.actions.remind import plan_reminders

pytestmark = pytest.mark.bench
MANY, DUE = 1_000_000, 1_000
NOTHING_DUE, THOUSAND_DUE = 0.050, 2.0  # seconds


def test_a_tick_looks_only_at_what_is_due(sqlite_desk: Desk, capsys: Any) -> None:
    """Ana gets each reminder by itself, Ben one letter of all."""
    desk = sqlite_desk
    desk.person("Ben", digest="daily")
    pattern = desk.deadline(date(2090, 1, 1), code="report")
    _multiply(desk, pattern, MANY, date(2080, 1, 1))
    nothing = min(_tick(desk) for _ in range(5))
    _multiply(desk, pattern, DUE, desk.clock.now().date())
    due = 0.0
    while took := _tick_if_due(desk):
        due += took
    with capsys.disabled():
        print(f"\nof {MANY:,} deadlines nothing due {nothing * 1000:.1f} ms, {DUE:,} due {due:.2f} s")
    digests = 1
    assert len(desk.letters) == 2 * DUE + digests
    assert nothing <= NOTHING_DUE
    assert due <= THOUSAND_DUE


def _tick(desk: Desk) -> float:
    began = time.perf_counter()
    with desk.database.transaction() as session:
        found = plan_reminders(session, domain="acme.example", now=desk.clock.now())
    assert found == 0
    return time.perf_counter() - began


def _tick_if_due(desk: Desk) -> float:
    began = time.perf_counter()
    with desk.database.transaction() as session:
        found = plan_reminders(session, domain="acme.example", now=desk.clock.now())
    return time.perf_counter() - began if found else 0.0


def _multiply(desk: Desk, pattern: int, times: int, remind_on: date) -> None:
    """Copies of one deadline, told apart by their keys, that have something to say on that day."""
    with desk.database.transaction() as session:
        names = [row[1] for row in session.execute(text("PRAGMA table_info(deadline)"))]
        changed = {"id": "NULL", "key": ":remind_on || ' ' || n", "remind_on": ":remind_on", "action_day": ":day"}
        values = ", ".join(changed.get(name, name) for name in names)
        copies = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :times)"
        session.execute(
            text(
                f"INSERT INTO deadline ({', '.join(names)}) {copies}"
                f" SELECT {values} FROM deadline, numbers WHERE deadline.id = :pattern"
            ),
            {"times": times, "pattern": pattern, "remind_on": remind_on, "day": remind_on + timedelta(30)},
        )
