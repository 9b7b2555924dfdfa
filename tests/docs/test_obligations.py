"""What docs/obligations.md says is so."""

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.docs.obligations import GROUPS, PAGE, TABLE, furnished, tables
from tests.support.databases import SqliteFolder, address

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture
def made(sqlite: SqliteFolder, sqlite_template: URL, tmp_path: Path) -> dict[str, str]:
    office = furnished(address(sqlite.create(sqlite_template)), tmp_path)
    found = tables(office)
    office.tracker.close()
    return found


def test_every_code_is_met_where_the_tables_say(made: dict[str, str]) -> None:
    assert dict(zip(GROUPS, (table.strip() for table in TABLE.findall(TEXT)), strict=True)) == made
    assert [line.removeprefix("## ") for line in TEXT.splitlines() if line.startswith("## ")] == list(GROUPS)
