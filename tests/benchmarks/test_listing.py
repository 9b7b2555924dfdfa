"""How long it takes to list very many deadlines."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select

from tracker.cli import main
from tracker.cli.desk import Desk
from tracker.ports.clock import FixedClock
from tracker.records.base import Base
from tracker.records.database import Database

pytestmark = pytest.mark.bench
MANY = 20_000


def test_twenty_thousand_deadlines_are_listed_in_about_two_seconds(tmp_path: Path, capsys: Any) -> None:
    environment = {"TRACKER_INSTANCE": str(tmp_path)}
    clock = FixedClock(datetime(2026, 6, 1, 2, 0, tzinfo=UTC))
    assert CliRunner().invoke(main, ["demo", "--load-only"], obj=Desk(environment, clock)).exit_code == 0
    multiply(Database(f"sqlite:///{tmp_path}/tracker.db"), MANY)
    began, worked = time.perf_counter(), time.process_time()
    result = CliRunner().invoke(main, ["deadlines", "--json"], obj=Desk(environment, clock))
    took, work = time.perf_counter() - began, time.process_time() - worked
    assert len(json.loads(result.stdout)) >= MANY
    with capsys.disabled():
        print(f"\n{MANY} deadlines as JSON: {took:.2f} s, of which {work:.2f} s of CPU")
    assert work < 2.5


def multiply(database: Database, wanted: int) -> None:
    """Copy the sample contracts until there are so many deadlines."""
    contract, deadline = (Base.metadata.tables[name] for name in ("contract", "deadline"))
    with database.transaction() as session:
        contracts = [dict(row) for row in session.execute(select(contract)).mappings()]
        deadlines = [dict(row) for row in session.execute(select(deadline)).mappings()]
        for copy in range(1, -(-wanted // len(deadlines)) + 1):
            session.execute(insert(contract), [_copied(row, copy) for row in contracts])
            session.execute(insert(deadline), [_moved(row, copy) for row in deadlines])
    database.dispose()


def _copied(row: dict[str, Any], copy: int) -> dict[str, Any]:
    name = f"{copy}.{row['id']}"
    return row | {"id": row["id"] + 1000 * copy, "uid": name, "number": name}


def _moved(row: dict[str, Any], copy: int) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name != "id"}
    return kept | {"contract_id": row["contract_id"] + 1000 * copy}
