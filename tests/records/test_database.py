"""What is written is there, whole or not at all, and comes back as it was."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from tests.support.databases import SqliteFolder, address
from tracker.records import database as database_module
from tracker.records.database import Database
from tracker.records.migrate import upgrade
from tracker.records.people import Organisation, Person, Role

NOON = datetime(2026, 3, 2, 12, 0, 30, 123456, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


def acme(at: datetime = NOON) -> Organisation:
    return Organisation(
        installation="5f0c2a", name="Acme", language="en", zone="Asia/Shanghai", calendar="CN", created_at=at
    )


def stored(database: Database) -> list[Organisation]:
    with database.reading() as session:
        return list(session.query(Organisation))


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    with database.transaction() as session:
        session.add(acme(NOON.astimezone(shanghai)))
    (row,) = stored(database)
    assert row.created_at == NOON
    assert row.created_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="an instant without a zone"), database.transaction() as session:
        session.add(acme(NOON.replace(tzinfo=None)))


def test_a_word_that_is_not_known_is_refused(database: Database) -> None:
    nobody = Person(email="e@x.example", name="E", role="king", language="en", created_at=NOON)
    with pytest.raises(StatementError), database.transaction() as session:
        session.add(nobody)


def test_words_come_back_as_members(database: Database) -> None:
    with database.transaction() as session:
        session.add(Person(email="e@x.example", name="E", role=Role.VIEWER, language="en", created_at=NOON))
    with database.reading() as session:
        assert session.query(Person).one().role is Role.VIEWER


@pytest.mark.parametrize("odd", ["\x00", "e\x00@x.example", "\ud800", "e\udfff"])
def test_what_no_database_can_hold_is_asked_for_and_not_found(database: Database, odd: str) -> None:
    """Found by test: NUL in an address or a search broke PostgreSQL's driver, an argument in no encoding SQLite's."""
    with database.reading() as session:
        assert session.query(Person).where(Person.email == odd).all() == []
        assert session.query(Person).where(Person.email.in_([odd, "e"])).all() == []
    with database.transaction() as session:
        session.add_all(
            Person(email=f"{number}{odd}", name=odd, role=Role.VIEWER, language="en", created_at=NOON)
            for number in range(2)
        )
    with database.reading() as session:
        names = {person.name for person in session.query(Person)}
    assert len(names) == 1
    assert "\ufffd" in names.pop()


def test_a_unit_of_work_is_stored_whole_or_not_at_all(database: Database) -> None:
    def half() -> None:
        with database.transaction() as session:
            session.add(acme())
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert stored(database) == []


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    with database.transaction() as session:
        session.add(acme())
    with database.reading() as session:
        before = session.query(Organisation.name).scalar()
        with database.transaction() as other:
            other.query(Organisation).one().name = "Acme Holding"
        assert session.query(Organisation.name).scalar() == before
    assert stored(database)[0].name == "Acme Holding"


def test_rows_can_be_read_after_the_session_has_ended(database: Database) -> None:
    with database.transaction() as session:
        row = acme()
        session.add(row)
    assert row.name == "Acme"


# -------------------------------------------------------------------- SQLite


@pytest.fixture
def file(sqlite: SqliteFolder) -> Iterator[Database]:
    url = sqlite.create()
    made = Database(address(url))
    upgrade(made)
    yield made
    made.dispose()
    sqlite.drop(url)


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 30_000)]
)
def test_sqlite_is_set_up_to_be_careful(file: Database, pragma: str, value: object) -> None:
    with file.engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_writer_takes_the_lock_before_it_reads(file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise two that read first and write later lose an update, or fail half-way."""
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.2)
    other = Database(address(file.url))

    def write() -> None:
        with other.transaction() as session:
            session.query(Organisation).count()

    with file.transaction() as session:
        session.query(Organisation).count()
        with pytest.raises(OperationalError, match="locked"):
            write()
    write()
    other.dispose()


def test_a_reader_takes_no_lock(file: Database) -> None:
    with file.reading() as session:
        session.query(Organisation).count()
        with file.transaction() as other:
            other.add(acme())
    assert len(stored(file)) == 1


def test_an_error_names_no_values_since_errors_are_logged(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError) as told:
        session.execute(text("SELECT nothing FROM nowhere WHERE title = :title"), {"title": "Quiet takeover"})
    assert "Quiet takeover" not in str(told.value)
