"""Every row that belongs to contracts, as text that does not depend on the installation.

What is left out are numbers that each installation gives itself, who wrote a row when, and what was taken back.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from tracker.records.base import Base
from tracker.records.database import Database
from tracker.records.deadlines import State

BELONGING = (
    "contract", "party", "clause", "fact", "amendment", "adjustment", "paper", "paper_version", "contract_grant",
    "deadline", "completion", "evidence",
)  # fmt: skip
OWN = frozenset(
    {
        "id", "sample", "scheduled_to", "revision", "sequence", "remind_on", "created_at", "changed_at", "modified_at",
        "recorded_at", "added_at", "withdrawn_at", "recorded_by_id", "added_by_id", "channel",
    }
)  # fmt: skip
"""What each installation gives itself."""
NAMED_BY = {"person": ("email",), "contract": ("number",), "paper": ("contract_id", "key")} | {
    "deadline": ("contract_id", "key"),
    "completion": ("deadline_id", "done_on"),
}
"""What names a row wherever it is."""


def rows_of(database: Database) -> dict[str, list[str]]:
    """The rows by table."""
    with database.reading() as session:
        return {name: sorted(map(str, _rows(session, Base.metadata.tables[name]))) for name in BELONGING}


def _rows(session: Session, table: Table) -> Iterator[dict[str, object]]:
    """The rows of a table, foreign keys replaced by what names the other row; what was taken back or withdrawn is
    history."""
    for row in session.execute(select(table)).mappings():
        if row.get("undone_at") is None and row.get("state") is not State.WITHDRAWN:
            yield {item.name: _value(session, item, row[item.name]) for item in table.columns if item.name not in OWN}


def _value(session: Session, column: Column[Any], value: object) -> object:
    other = next((key.column.table for key in column.foreign_keys), None)
    if other is None or value is None:
        return value
    row = session.execute(select(other).where(other.c.id == value)).mappings().one()
    return tuple(_value(session, other.c[name], row[name]) for name in NAMED_BY[other.name])
