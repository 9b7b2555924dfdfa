"""A database with something in every table, whatever the tables are."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, column, insert, inspect
from sqlalchemy import table as table_clause

from tracker.records.base import Base, UtcDateTime, Word
from tracker.records.database import Database


def stock(database: Database) -> None:
    """One row in each table there is, with every column there is, pointing at one another."""
    with database.writing_engine.begin() as connection:
        there = inspect(connection)
        for table in Base.metadata.sorted_tables:
            if there.has_table(table.name):
                names = {item["name"] for item in there.get_columns(table.name)}
                columns = [item for item in table.columns if item.name in names]
                as_it_was = table_clause(table.name, *(column(item.name, item.type) for item in columns))
                connection.execute(insert(as_it_was).values({item.name: _value(item) for item in columns}))


def _value(item: Column[Any]) -> object:
    kind: Any = item.type
    if item.foreign_keys or item.name == "id":
        return 1
    if isinstance(kind, Word):
        members: Any = kind.members
        return next(iter(members))
    if isinstance(kind, UtcDateTime):
        return datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    if isinstance(kind, JSON):
        return {"甲": [1, None, "乙"]}
    return _VALUES[kind.python_type]


_VALUES: dict[type, object] = {
    str: "甲",
    int: 7,
    bool: True,
    date: date(2026, 2, 28),
    time: time(22, 0),
    Decimal: Decimal("120000.5000"),
    bytes: b"\x00\xff",
}
