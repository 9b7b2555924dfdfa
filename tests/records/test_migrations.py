"""The database is brought up to date from whatever it was, and loses nothing on the way."""

import multiprocessing
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert, inspect, select, text

from tests.support.stock import stock
from tracker.records.base import Base
from tracker.records.database import Database
from tracker.records.migrate import config, is_new, upgrade

FIRST = "0001"


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    database = Database(empty_database_url)
    yield database
    database.dispose()


def revision_of(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All that is stored, by table, as the database itself has it."""
    tables = MetaData()
    with database.engine.connect() as connection:
        tables.reflect(connection)
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def test_an_empty_database_gets_every_table(empty: Database) -> None:
    assert is_new(empty)
    upgrade(empty)
    assert not is_new(empty)
    with empty.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_the_tables_are_those_the_program_works_with(empty: Database) -> None:
    upgrade(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differing = compare_metadata(context, Base.metadata)
    assert [item for item in differing if item[0] not in ("add_fk", "remove_fk")] == []


def test_what_points_at_a_row_does_what_the_program_expects_when_it_goes(empty: Database) -> None:
    """Read from the database itself: SQLAlchemy does not see what SQLite does on deletion for columns added later."""
    upgrade(empty)
    wanted = {
        (table.name, key.parent.name, key.column.table.name, key.ondelete)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    }
    assert set(_pointers(empty)) == wanted


def _pointers(database: Database) -> Iterator[tuple[str, str, str, str]]:
    with database.engine.connect() as connection:
        for table in Base.metadata.tables:
            if database.is_sqlite:
                for row in connection.execute(text(f"PRAGMA foreign_key_list({table})")).mappings():
                    yield table, row["from"], row["table"], row["on_delete"]
            else:
                for key in inspect(connection).get_foreign_keys(table):
                    yield table, key["constrained_columns"][0], key["referred_table"], key["options"]["ondelete"]


def test_upgrading_again_changes_nothing(empty: Database) -> None:
    upgrade(empty)
    stock(empty)
    before = everything(empty)
    upgrade(empty)
    assert everything(empty) == before


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory.from_config(config())
    assert len(script.get_heads()) == 1
    assert script.get_bases() == [FIRST]


def test_a_filled_database_of_the_first_release_keeps_everything(empty: Database) -> None:
    upgrade(empty, FIRST)
    stock(empty)
    before = everything(empty)
    assert all(before.values()), "every table is filled"
    upgrade(empty)
    after = everything(empty)
    for name, rows in before.items():
        assert len(after[name]) == len(rows)
        for old, new in zip(rows, after[name], strict=True):
            assert old.items() <= new.items()


def _upgrade(url: str, told: "multiprocessing.Queue[str]") -> None:
    database = Database(url)
    try:
        upgrade(database)
        told.put("")
    except Exception as error:  # handed to the test, which fails with it
        told.put(repr(error))
    finally:
        database.dispose()


def test_several_processes_may_upgrade_at_once(empty: Database, empty_database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = spawn.Queue()
    workers = [spawn.Process(target=_upgrade, args=(empty_database_url, told)) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert [told.get(timeout=120) for _ in workers] == ["", "", ""]
    for worker in workers:
        worker.join()
    assert revision_of(empty) == ScriptDirectory.from_config(config()).get_current_head()


def test_inserting_what_points_nowhere_is_refused(empty: Database) -> None:
    upgrade(empty)
    grant = Base.metadata.tables["contract_grant"]
    with pytest.raises(Exception, match=r"(?i)foreign key"), empty.writing_engine.begin() as connection:
        connection.execute(insert(grant).values(contract_id=1, person_id=1))
