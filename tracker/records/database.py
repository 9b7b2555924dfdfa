"""Opening the database: SQLite as a careful single-writer store, or PostgreSQL."""

import random
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

BUSY_SECONDS = 30
_BUSY = f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What text in a database cannot hold: in PostgreSQL NUL, in both half a character."""


class Database:
    """An engine and the two ways to use it: reading, and one unit of work.

    `info` is what every session knows of the installation it belongs to (SQLAlchemy's `Session.info`).
    """

    def __init__(self, url: str, info: Mapping[str, object] | None = None) -> None:
        self.url = make_url(url)
        self.info = dict(info or {})
        self.engine = _sqlite_engine(url) if self.is_sqlite else _engine(url, pool_pre_ping=True)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One unit of work: committed whole when the block ends, rolled back whole when it raises.

        On SQLite the write lock is taken at the start, so that a read followed by a write never loses an update
        and never fails half-way because another process wrote in between.
        """
        with self._session(self.writing_engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        with self._session(self.reading_engine, autoflush=False) as session:
            yield session

    def _session(self, engine: Engine, *, autoflush: bool = True) -> Session:
        return Session(engine, expire_on_commit=False, autoflush=autoflush, info=self.info)

    @property
    def writing_engine(self) -> Engine:
        """The same engine, whose transactions take the write lock at once."""
        return self.engine.execution_options(tracker_writes=True)

    @property
    def reading_engine(self) -> Engine:
        """The same engine, whose transactions see one state throughout (SQLite's always do)."""
        if self.is_sqlite:
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ")

    def dispose(self) -> None:
        self.engine.dispose()


def _engine(url: str, **options: Any) -> Engine:
    """An engine whose errors name no values: they are logged, and the log holds no contract text."""
    engine = create_engine(url, hide_parameters=True, **options)

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _be_storable(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> tuple[str, Any]:
        return statement, _storable(values)

    return engine


def _storable(value: Any) -> Any:
    """The values of a statement with U+FFFD in place of what cannot be stored: nothing is called so, and whoever asks
    for it by an address, a search or a command is told that there is nothing, and not that something broke."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {name: _storable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_storable(inner) for inner in value)
    return value


def _sqlite_engine(url: str) -> Engine:
    engine = _engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_BUSY)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if connection.get_execution_options().get("tracker_writes", False):
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Any) -> None:
    """Take the write lock, or raise OperationalError when it cannot be had in time.

    SQLite's own waiting sleeps up to a tenth of a second between two looks, so that a process that writes again and
    again always wins: four of them left one waiting until it gave up. Looking often, and not in step, gives each a
    turn.
    """
    raw, give_up = connection.connection.dbapi_connection, time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < give_up:
            with suppress(sqlite3.OperationalError):
                raw.execute("BEGIN IMMEDIATE")
                return
            time.sleep(random.uniform(0.001, 0.01))  # noqa: S311  chance, not a secret
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute(_BUSY)
