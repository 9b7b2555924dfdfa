"""Bringing a database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from tracker.records.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK = 7_406_112


def config(connection: Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Run every migration not yet run; safe to call from several processes at once."""
    with database.writing_engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.upgrade(config(connection), revision)


def is_new(database: Database) -> bool:
    """Whether nothing has ever been stored here."""
    with database.engine.connect() as connection:
        return not inspect(connection).has_table("alembic_version")


def current(database: Database) -> str:
    """The shape the database is in: its last migration."""
    with database.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def knows(revision: str) -> bool:
    """Whether a shape is one that this version can bring to the newest."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
