"""One process leads the timetable. This saves work; that nothing is done twice rests on the database alone."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tracker.records.database import Database

_KEY = 7_406_113  # any number that nobody else uses for an advisory lock in this database


class Leader(Protocol):
    """The seat of the leader, which falls free when its process dies."""

    def leads(self) -> bool:
        """Whether this process leads, taking the seat if it is free."""

    def resign(self) -> None:
        """Leave the seat to another."""


def leader_of(database: Database) -> Leader:
    """The seat that belongs to a database."""
    if database.is_sqlite:
        return FileLeader(Path(f"{database.url.database}.leader"))
    return AdvisoryLeader(database)


class FileLeader:
    """Whoever holds the lock on a file beside the SQLite database leads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._process = 0
        self._turn = Lock()

    def leads(self) -> bool:
        with self._turn:
            # A fork inherits the open file, and with it the lock of its parent: that seat is not its own.
            if self._file is not None and self._process == os.getpid():
                return True
            self._file = self._locked()
            self._process = os.getpid()
            return self._file is not None

    def _locked(self) -> IO[bytes] | None:
        file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "rb+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file

    def resign(self) -> None:
        with self._turn:
            if self._file is not None:
                self._file.close()
                self._file = None


class AdvisoryLeader:
    """Whoever holds an advisory lock of the PostgreSQL database leads, for as long as its connection stands."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._process = 0
        self._turn = Lock()

    def leads(self) -> bool:
        with self._turn:
            if self._connection is not None and self._process == os.getpid() and self._stands(self._connection):
                return True
            self._connection = None  # given up before anything can fail: a closed one would be asked again for ever
            self._connection = self._locked()
            self._process = os.getpid()
            return self._connection is not None

    def _stands(self, connection: Connection) -> bool:
        try:
            connection.execute(text("SELECT 1"))
        except DBAPIError:
            connection.invalidate()
            connection.close()
            return False
        return True

    def _locked(self) -> Connection | None:
        connection = self._engine.connect()
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            return connection
        connection.close()
        return None

    def resign(self) -> None:
        with self._turn:
            connection, self._connection = self._connection, None
            if connection is not None:
                with suppress(DBAPIError):
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
                connection.close()
