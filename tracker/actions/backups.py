"""Backup and restore: everything there is, in one private file.

A ``.zip`` holds ``manifest.json``, the database (``database.sqlite``, or ``database.dump`` from PostgreSQL), every file
(documents and evidence lie in one store), and the generated secret key where there is one. The database is copied
first: a file is stored before the row that names it and never removed, so every row of the copy finds its file.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import URL

from tracker.actions.actor import OPERATOR
from tracker.actions.errors import Refused
from tracker.actions.remember import remember
from tracker.ports.files import Files
from tracker.ports.secret_file import make_private_folder, write_private
from tracker.records.contracts import Contract
from tracker.records.database import Database
from tracker.records.migrate import current, is_new, knows, upgrade
from tracker.records.people import Organisation, Person
from tracker.rules.problems import N_, Problem

FORMAT = "backup/1"
MANIFEST = "manifest.json"
KEY_FILE = "secret.key"
_COPIES = {True: "database.sqlite", False: "database.dump"}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """What is backed up, or restored into."""

    database: Database
    files: Files
    instance: Path

    @property
    def copy_name(self) -> str:
        return _COPIES[self.database.is_sqlite]


# -------------------------------------------------------------------- backup


def back_up(place: Place, target: Path, *, now: datetime) -> dict[str, Any]:
    """Write a new file `target` (mode 0600) and return its manifest. Raises Refused."""
    if target.exists():
        raise _refusal(N_("%(name)s is there already; give another name."), name=target.name)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        part = Path(folder) / "part"
        part.touch(mode=0o600)
        copy = Path(folder) / place.copy_name
        _copy_database(place.database, copy)
        manifest = _write(part, place, copy, now)
        _make_durable(part)
        part.replace(target)
    return manifest


def _write(part: Path, place: Place, copy: Path, now: datetime) -> dict[str, Any]:
    sources = {place.copy_name: copy, **_evidence(place.files)}
    if (secret := place.instance / KEY_FILE).exists():
        sources[KEY_FILE] = secret
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "shape": current(place.database),
        "database": place.copy_name,
        "files": {},
    }
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, source in sources.items():
            manifest["files"][name] = _digest(source)
            bundle.write(source, name)
        bundle.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _evidence(files: Files) -> dict[str, Path]:
    found = files.folder.glob("*/*") if files.folder.is_dir() else ()
    return {f"evidence/{path.name}": path for path in sorted(found) if len(path.name) == 64}


def _copy_database(database: Database, copy: Path) -> None:
    if database.is_sqlite:
        source = sqlite3.connect(str(database.url.database))
        with closing(source), closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return
    _run_postgres("pg_dump", database.url, "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")


# ------------------------------------------------------------------- restore


def restore(place: Place, source: Path, *, now: datetime, force: bool = False) -> dict[str, Any]:
    """Put a backup in place of an empty instance (of any, with `force`), and hold the outbox. Returns the manifest.

    Everything is checked before anything is changed. Raises Refused.
    """
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        unpacked = Path(folder)
        manifest = _unpack(source, unpacked)
        _check_fits(place, manifest, force)
        _put_evidence(place.files, unpacked)
        _put_database(place.database, unpacked / place.copy_name)
        if (secret := unpacked / KEY_FILE).exists():
            make_private_folder(place.instance)
            write_private(place.instance / KEY_FILE, secret.read_bytes())
    upgrade(place.database)
    with place.database.transaction() as session:
        session.execute(update(Organisation).values(held_since=now))
        remember(session, OPERATOR, now, "restored", made_at=manifest["made_at"])
    return manifest


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as bundle:
            manifest: dict[str, Any] = json.loads(bundle.read(MANIFEST))
            names = _names_of(manifest)
            for name in names:
                path = folder / name
                path.parent.mkdir(exist_ok=True)
                with bundle.open(name) as packed, path.open("wb") as file:
                    shutil.copyfileobj(packed, file, _CHUNK)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise _refusal(N_("There is no file %(name)s."), name=source.name) from None
        raise _refusal(N_("%(name)s is not a whole backup of this product."), name=source.name) from None
    damaged = [name for name, digest in manifest["files"].items() if _digest(folder / name) != digest]
    if damaged:
        raise _refusal(N_("%(name)s is damaged: %(part)s is not as it was."), name=source.name, part=damaged[0])
    return manifest


def _names_of(manifest: Any) -> list[str]:
    """The entries to unpack; only names that this product writes."""
    if manifest["format"] != FORMAT:
        raise ValueError
    names = list(manifest["files"])
    plain = {KEY_FILE, *_COPIES.values()}
    for name in names:
        folder, _, digest = name.partition("/")
        if name not in plain and (folder != "evidence" or len(digest) != 64 or not digest.isalnum()):
            raise ValueError
    return names


def _check_fits(place: Place, manifest: Mapping[str, Any], force: bool) -> None:
    if manifest["database"] != place.copy_name:
        raise _refusal(N_("This backup is of another kind of database: it holds %(part)s."), part=manifest["database"])
    if not knows(manifest["shape"]):
        raise _refusal(N_("This backup was made by a newer version; install that version first."))
    if not force and not _is_empty(place.database):
        raise _refusal(N_("There are people or contracts here already; give --force to lose them."))


def _is_empty(database: Database) -> bool:
    if is_new(database):
        return True
    with database.reading() as session:
        counts = (session.scalar(select(func.count()).select_from(table)) for table in (Person, Contract))
        return not any(counts)


def _put_evidence(files: Files, unpacked: Path) -> None:
    for path in sorted(unpacked.glob("evidence/*")):
        files.put(path.read_bytes())


def _put_database(database: Database, copy: Path) -> None:
    if database.is_sqlite:
        make_private_folder(Path(str(database.url.database)).parent)
        target = sqlite3.connect(str(database.url.database))
        with closing(target), closing(sqlite3.connect(copy)) as source:
            source.backup(target)
        return
    plain = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run_postgres("pg_restore", database.url, *plain, str(copy))


# -------------------------------------------------------------------- helpers


def _run_postgres(program: str, url: URL, *words: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where no other user sees it."""
    if shutil.which(program) is None:
        text = N_("PostgreSQL's program %(program)s is needed; install its client programs, or use them yourself.")
        raise _refusal(text, program=program)
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(
        [program, f"--dbname={plain}", *words], env={**os.environ, **secret}, capture_output=True, text=True
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise _refusal(N_("%(program)s failed: %(reason)s"), program=program, reason=reason)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _refusal(text: str, **values: object) -> Refused:
    return Refused([Problem("", text, values)])
