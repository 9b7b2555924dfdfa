"""Alembic's entry point. The connection comes from ``tracker.records.migrate``."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from tracker.records import calendars, contracts, deadlines, feeds, history, letters, people
from tracker.records.base import Base

TABLES = (calendars, contracts, deadlines, feeds, history, letters, people)


def plain_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write the database's own type, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_type,
)
context.run_migrations()
