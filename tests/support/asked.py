"""What is asked of a database: how often, and by which indexes it is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine


@dataclass(frozen=True, slots=True)
class Question:
    """A statement as it was sent, with its values."""

    statement: str
    values: Any

    def plan(self, connection: Connection) -> list[str]:
        """How SQLite would answer it, a line a step."""
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {self.statement}", self.values)
        return [row[-1] for row in rows]


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[Question]]:
    """All that is asked while the block runs."""
    asked: list[Question] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        asked.append(Question(statement, values))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", listen)
