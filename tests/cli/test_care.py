"""Backup and restore: everything comes back, and nothing is sent until somebody says so."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD
from tests.cli.test_import import PROOF
from tests.support.databases import Server, address
from tests.support.postgres import Postgres


@pytest.fixture
def busy(shell: Shell) -> Shell:
    """An instance with a contract, evidence, and a reminder that is due."""
    shell.ok("import", shell.write("a.yaml", GOOD))
    row = next(row for row in shell.json("deadlines") if row["code"] == "payment")
    shell.ok("complete", row["key"], "--evidence", shell.write("proof.pdf", PROOF))
    shell.ok("fact", "S-7", "invoice_received", "2026-05-14")
    return shell


@pytest.fixture
def fresh(shell: Shell, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """Another instance with nothing in it, on the same kind of database."""
    kind = make_url(shell.environment["TRACKER_DATABASE_URL"]).get_backend_name()
    server: Server = request.getfixturevalue(kind)
    url = server.create()
    settings = {"TRACKER_INSTANCE": str(tmp_path / "other"), "TRACKER_DATABASE_URL": address(url)}
    yield replace(shell, environment=settings)
    server.drop(url)


def backup(shell: Shell, name: str = "backup.zip") -> Path:
    path = shell.folder / name
    shell.ok("backup", str(path))
    return path


def test_everything_comes_back_and_letters_wait(busy: Shell, fresh: Shell) -> None:
    path = backup(busy)
    assert path.stat().st_mode & 0o777 == 0o600
    assert fresh.ok("restore", str(path)).startswith("Restored as of 2026-06-01T02:00:00+00:00.")
    was, now = busy.contents(), fresh.contents()
    assert now.pop("history") == was.pop("history") + 1
    assert now == was
    assert fresh.json("deadlines") == busy.json("deadlines")
    assert fresh.run("export", "S-7").stdout_bytes == busy.run("export", "S-7").stdout_bytes

    fresh.ok("tick")
    held = fresh.json("outbox")
    assert (held["held"], {letter["state"] for letter in held["letters"]}) == (True, {"queued"})
    assert "tracker outbox --release" in fresh.run("outbox").stderr
    assert fresh.refused("--as", "ana@acme.example", "outbox", "--release").startswith("This person's role")
    assert fresh.ok("--as", "dora@acme.example", "outbox", "--release") == "Letters may leave again.\n"
    assert fresh.ok("outbox", "--release") == "Letters were not held.\n"
    fresh.ok("tick")
    assert {letter["state"] for letter in fresh.json("outbox")["letters"]} == {"sent"}


def test_a_used_instance_is_not_written_over_unless_forced(busy: Shell) -> None:
    path = backup(busy)
    before = busy.json("deadlines")
    busy.ok("fact", "S-7", "invoice_received", "2026-05-29")
    changed = busy.json("deadlines")
    assert "There are people or contracts here already" in busy.refused("restore", str(path))
    assert busy.json("deadlines") == changed
    busy.ok("restore", str(path), "--force")
    assert busy.json("deadlines") == before


def test_a_backup_is_never_written_over(busy: Shell) -> None:
    path = backup(busy)
    content = path.read_bytes()
    assert "is there already" in busy.refused("backup", str(path))
    assert path.read_bytes() == content
    assert sorted(busy.folder.glob(".backup-*")) == []


def spoiled(path: Path, change: dict[str, bytes | None]) -> Path:
    """A copy of the backup with entries replaced, or left out."""
    copy = path.with_name("spoiled.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = change.get(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return copy


def manifest_with(path: Path, **changes: object) -> dict[str, bytes | None]:
    with zipfile.ZipFile(path) as source:
        manifest = json.loads(source.read("manifest.json"))
    return {"manifest.json": json.dumps(manifest | changes).encode()}


def test_a_damaged_or_foreign_backup_changes_nothing(busy: Shell, fresh: Shell) -> None:
    path = backup(busy)
    fresh.ok("migrate")
    before = fresh.contents()
    with zipfile.ZipFile(path) as source:
        proof = next(name for name in source.namelist() if name.startswith("evidence/"))
        database = next(name for name in source.namelist() if name.startswith("database."))
    other = "database.dump" if database.endswith("sqlite") else "database.sqlite"
    changes: tuple[tuple[dict[str, bytes | None], str], ...] = (
        ({proof: b"another"}, "is damaged"),
        ({proof: None}, "is not a whole backup"),
        ({"manifest.json": None}, "is not a whole backup"),
        (manifest_with(path, format="backup/9"), "is not a whole backup"),
        (manifest_with(path, files={"../../escape": "0" * 64}), "is not a whole backup"),
        (manifest_with(path, shape="9999"), "made by a newer version"),
        (manifest_with(path, database=other), "another kind of database"),
    )
    for change, told in changes:
        assert told in fresh.refused("restore", str(spoiled(path, change)))
        assert fresh.contents() == before
    assert "There is no file" in fresh.refused("restore", str(busy.folder / "none.zip"))
    assert "is not a whole backup" in fresh.refused("restore", busy.write("x.zip", b"PK\x03\x04"))


def test_only_the_operator_may_back_up(busy: Shell) -> None:
    for words in (("backup", "x.zip"), ("restore", "x.zip"), ("migrate",)):
        said = busy.refused("--as", "dora@acme.example", *words)
        assert said == "This person's role does not allow it.\n"


def test_without_the_programs_of_postgresql_it_is_said_so(
    postgresql: Postgres, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.create()
    there = replace(shell, environment=shell.environment | {"TRACKER_DATABASE_URL": address(url)})
    there.ok("migrate")
    monkeypatch.setenv("PATH", str(shell.folder))
    assert there.refused("backup", str(shell.folder / "b.zip")).startswith("PostgreSQL's program pg_dump is needed")
    postgresql.drop(url)


def test_migrating_again_changes_nothing(shell: Shell) -> None:
    before = shell.contents()
    shell.ok("migrate")
    assert shell.contents() == before
