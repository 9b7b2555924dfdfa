"""The command line as an operator uses it, on each database, its clock standing still."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tracker.cli import main
from tracker.cli.desk import Desk
from tracker.ports.clock import FixedClock
from tracker.records.base import Base
from tracker.records.database import Database

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


@dataclass
class Shell:
    """Runs `tracker …` on one instance."""

    environment: dict[str, str]
    clock: FixedClock
    folder: Path

    def run(self, *words: str, stdin: str | bytes = b"") -> Result:
        desk = Desk(self.environment, self.clock)
        result = CliRunner().invoke(main, list(words), obj=desk, input=stdin, prog_name="tracker")
        if "tracker" in vars(desk):
            desk.tracker.close()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def ok(self, *words: str, stdin: str | bytes = b"") -> str:
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str, stdin: str | bytes = b"") -> str:
        """What is said when a command is refused."""
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        return result.stderr

    def json(self, *words: str) -> Any:
        return json.loads(self.ok(*words, "--json"))

    def write(self, name: str, content: str | bytes) -> str:
        """A file to import; answers its path."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def contents(self) -> dict[str, Any]:
        """How many rows each table has, and which files of evidence there are."""
        database = Database(self.environment["TRACKER_DATABASE_URL"])
        with database.reading() as session:
            tables = Base.metadata.sorted_tables
            rows = {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}
        database.dispose()
        evidence = Path(self.environment["TRACKER_INSTANCE"]) / "evidence"
        return rows | {"files": sorted(path.name for path in evidence.rglob("*") if path.is_file())}


@pytest.fixture
def bare_shell(empty_database_url: str, tmp_path: Path) -> Shell:
    """An instance in which nothing has ever been done."""
    environment = {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": empty_database_url}
    return Shell(environment, FixedClock(NOW), tmp_path)


@pytest.fixture
def shell(database_url: str, tmp_path: Path) -> Shell:
    """An instance with Ana, Ben and Cleo."""
    environment = {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": database_url}
    shell = Shell(environment, FixedClock(NOW), tmp_path)
    for name, role in (("ana", "editor"), ("ben", "editor"), ("cleo", "viewer"), ("dora", "admin")):
        shell.ok("user", "add", f"{name}@acme.example", "--name", name.title(), "--role", role)
    return shell
