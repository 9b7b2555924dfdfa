"""Databases for tests: a test that asks for one runs twice, on SQLite and on PostgreSQL.

`database_url` is ready for use, `empty_database_url` is as bare as a new installation's.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
from sqlalchemy.engine import URL

from tests.support.postgres import Postgres, running_postgres
from tracker.records.database import Database
from tracker.records.migrate import upgrade

IN_MEMORY, ROOM = Path("/dev/shm"), 2**30
on_each_database = pytest.fixture(params=["sqlite", "postgresql"])


class Server(Protocol):
    """Somewhere databases are made."""

    def create(self, template: URL | None = None) -> URL:
        """A new database, empty or a copy of `template`, which nobody may be using."""

    def drop(self, url: URL) -> None:
        """Remove a database."""


class SqliteFolder:
    """SQLite databases, each a file in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def create(self, template: URL | None = None) -> URL:
        path = self._folder / str(next(self._numbers)) / "tracker.sqlite"
        path.parent.mkdir()
        if template:
            shutil.copyfile(str(template.database), path)
        return URL.create("sqlite", database=str(path))

    def drop(self, url: URL) -> None:
        shutil.rmtree(Path(str(url.database)).parent)


@pytest.fixture(scope="session")
def sqlite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteFolder]:
    """For what is particular to SQLite; otherwise ask for `database_url`.

    In memory where the system has room for it, since nothing here need survive a crash of the machine; but what is
    measured is written to disk.
    """
    measuring = request.config.getoption("markexpr") == "bench"
    if measuring or not IN_MEMORY.is_dir() or shutil.disk_usage(IN_MEMORY).free < ROOM:
        yield SqliteFolder(tmp_path_factory.mktemp("sqlite"))
        return
    with TemporaryDirectory(dir=IN_MEMORY, prefix="sqlite-for-tests-") as folder:
        yield SqliteFolder(Path(folder))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    """For what is particular to PostgreSQL; otherwise ask for `database_url`."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(sqlite: SqliteFolder) -> URL:
    return _migrated(sqlite)


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Postgres) -> URL:
    return _migrated(postgresql)


@on_each_database
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with nothing in it."""
    server: Server = request.getfixturevalue(request.param)
    url = server.create()
    yield address(url)
    server.drop(url)


@on_each_database
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database with no rows in it."""
    server: Server = request.getfixturevalue(request.param)
    url = server.create(request.getfixturevalue(f"{request.param}_template"))
    yield address(url)
    server.drop(url)


def address(url: URL) -> str:
    """The URL as one writes it in a setting."""
    return url.render_as_string(hide_password=False)


def _migrated(server: Server) -> URL:
    """A database to copy from. Migrating takes longer than all a test does with the copy."""
    url = server.create()
    database = Database(address(url))
    try:
        upgrade(database)
    finally:
        database.dispose()
    return url
