"""The kinds of contract that this installation knows: those of the product and the team's own."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.ports.kind_files import LARGEST, TOO_LARGE, KindFile, built_in_kinds, kind_file, kinds_in
from tracker.rules.kind_file import read_kind
from tracker.rules.kinds import Kind
from tracker.rules.problems import N_, Problem
from tracker.rules.words import said

OWN_KINDS = "own kinds"
"""In `Session.info`: the folder of the team's own kinds."""
OWN = "own-"
"""Put before the code of a team's copy that still has the code of the kind it was copied from."""
GENERAL = "general"


@dataclass(frozen=True, slots=True)
class FaultyKind:
    """A file of the team's that gives no kind, and everything that is wrong with it."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind that contracts can have here, by its code; the team's own come last."""

    by_code: Mapping[str, Kind]
    faulty: tuple[FaultyKind, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """Names of the files of the team's own kinds, by code."""

    def get(self, code: str) -> Kind | None:
        return self.by_code.get(code)

    def name(self, code: str, language: str) -> str:
        """What the kind is called; a code that is not known here stands for itself."""
        kind = self.by_code.get(code)
        return said(kind.name, language) if kind else code

    def choices(self, language: str) -> tuple[tuple[str, str], ...]:
        """Pairs of code and name, the general kind last."""
        codes = sorted(self.by_code, key=lambda code: code == GENERAL)
        return tuple((code, self.name(code, language)) for code in codes)


def known_kinds(own_folder: Path) -> Kinds:
    """The kinds of the product and of the files in `own_folder`, which may be missing.

    A team's file whose code is that of a kind of the product is a copy of its own: it is known as ``own-`` and that
    code, and takes nothing away. A file that gives no kind is told among the faulty and hinders no other.
    """
    known = dict(_built_in())
    files: dict[str, str] = {}
    faulty: list[FaultyKind] = []
    for file in kinds_in(own_folder):
        kind, problems = _read(file)
        if kind is None:
            faulty.append(FaultyKind(file.name, problems))
            continue
        code = known_code(kind.code)
        if code in known:
            faulty.append(FaultyKind(file.name, (taken(code),)))
        else:
            known[code] = replace(kind, code=code)
            files[code] = file.name
    return Kinds(known, tuple(faulty), files)


def known_code(code: str) -> str:
    """The code under which a kind of the team's with that code is known."""
    return OWN + code if code in _built_in() else code


def taken(code: str) -> Problem:
    """That the code belongs to a kind of another file."""
    return Problem("code", N_("Another file has a kind with the code “%(code)s”."), {"code": code})


def kinds_here(session: Session) -> Kinds:
    """The kinds that this installation knows."""
    folder = own_folder(session)
    return Kinds(_built_in(), ()) if folder is None else known_kinds(folder)


def own_folder(session: Session) -> Path | None:
    """Where the team's own kinds lie; None for a database that is opened without an installation around it."""
    folder = session.info.get(OWN_KINDS)
    return folder if isinstance(folder, Path) else None


def unknown_kind(session: Session, kind: str) -> list[Problem]:
    """The problem of a contract whose kind is not known here; none where it is."""
    known = kinds_here(session).by_code
    if kind in known:
        return []
    return [Problem("kind", N_("Unknown kind; write one of: %(choices)s."), {"choices": ", ".join(known)})]


def check_kind(path: Path) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind that a file describes, or every problem it has; whether its code is free is not looked at."""
    return _read(kind_file(path))


def file_of(code: str) -> str | None:
    """The file of a kind of the product, to be copied; None where there is no such kind."""
    return next((file.text for file in built_in_kinds() if file.name == f"{code}.toml"), None)


@cache
def _built_in() -> Mapping[str, Kind]:
    return {kind.code: kind for kind in _sound(built_in_kinds())}


def _sound(files: Iterable[KindFile]) -> Iterator[Kind]:
    for file in files:
        kind, problems = _read(file)
        if kind is None:
            raise ValueError(f"{file.name}: " + "; ".join(f"{problem.place}: {problem}" for problem in problems))
        yield kind


@lru_cache(maxsize=200)
def _read(file: KindFile) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind of a file; read anew only when its text has changed."""
    if file.fault:
        return None, (Problem(N_("document"), file.fault),)
    return read_text(file.text)


def read_text(text: str) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind that a text describes, or every problem it has."""
    if len(text.encode()) > LARGEST:
        return None, (Problem(N_("document"), TOO_LARGE),)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        return None, (Problem(N_("document"), N_("This is nested too deeply.")),)
    except ValueError as error:
        return None, (Problem(N_("document"), N_("This is not TOML: %(error)s."), {"error": error}),)
    kind, problems = read_kind(data)
    return kind, tuple(problems)
