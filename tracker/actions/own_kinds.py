"""The team's own kinds of contract: their files looked at, copied, checked, saved and taken away.

Whoever may change contracts may change them. A change of a kind changes no contract, and each is remembered.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.actions.access import must_edit
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing, Refused, Stale
from tracker.actions.kinds import OWN, Kinds, file_of, kinds_here, known_code, own_folder, read_text, taken
from tracker.actions.remember import remember
from tracker.ports.kind_files import KindFile, kinds_in, path_in, remove_kind_file, save_kind_file
from tracker.records.contracts import Contract
from tracker.records.history import History
from tracker.rules.kinds import Kind
from tracker.rules.problems import N_, Problem

SAVED, REMOVED = "kind-saved", "kind-removed"
MOST_CHANGES = 10
_CODE_LINE = re.compile(r'^code\s*=\s*"[^"\n]*"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class KindText:
    """A kind file to be looked at or changed."""

    name: str
    """Of the file; empty for one that came with the product."""
    text: str
    fault: str = ""
    """Why the file cannot be read."""

    @property
    def mark(self) -> str:
        """A name for exactly this text, so that nobody overwrites what they have not seen."""
        return mark_of(self.text)


def mark_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]


# --------------------------------------------------------------------- looking


def text_of(session: Session, code: str) -> KindText:
    """The file of a kind that is known here. Raises Missing."""
    name = kinds_here(session).files.get(code)
    if name is not None:
        return own_text(session, name)
    text = file_of(code)
    if text is None:
        raise Missing
    return KindText("", text)


def own_text(session: Session, name: str) -> KindText:
    """One of the team's own files, whatever is in it. Raises Missing."""
    file = _own_files(session).get(name)
    if file is None:
        raise Missing
    return KindText(file.name, file.text, file.fault)


def copied(session: Session, code: str) -> str:
    """The text of a kind, under a code that is free. Raises Missing."""
    text, known = text_of(session, code).text, kinds_here(session).by_code
    wanted = code.removeprefix(OWN)
    codes = [wanted, *(f"{wanted}-{number}" for number in range(2, len(known) + 3))]
    free = next(one for one in codes if known_code(one) not in known)
    return _CODE_LINE.sub(f'code = "{free}"', text, count=1)


def in_use(session: Session, code: str) -> bool:
    """Whether any contract is of that kind, whoever may see it."""
    return bool(session.scalar(select(exists().where(Contract.kind == code))))


def changes_of(session: Session, code: str) -> list[History]:
    """The latest changes of the team's own kind, the newest first."""
    query = select(History).where(History.event.in_((SAVED, REMOVED))).order_by(History.id.desc())
    return [event for event in session.scalars(query) if event.details.get("code") == code][:MOST_CHANGES]


# -------------------------------------------------------------------- checking


def check_text(session: Session, text: str, name: str = "") -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind that a text would give in the file of that name, or in a new one, or every problem it has."""
    kind, problems = read_text(text)
    if kind is None:
        return None, problems
    problem = _code_problem(session, kind, name)
    return (None, (problem,)) if problem else (kind, ())


def name_for(session: Session, text: str) -> str:
    """The team's own file whose kind a text brings up to date; empty where it would be a new one."""
    kind, _problems = read_text(text)
    return kinds_here(session).files.get(known_code(kind.code), "") if kind else ""


def _code_problem(session: Session, kind: Kind, name: str) -> Problem | None:
    """What is wrong with the code of a kind that is sound: it is another file's, or contracts need the one before."""
    code, kinds = known_code(kind.code), kinds_here(session)
    if kinds.files.get(code, name) != name:
        return taken(code)
    if not name and file_name(kind) in _own_files(session):
        return Problem("code", N_("There is already a file %(name)s."), {"name": file_name(kind)})
    lost = _needed(session, kinds, name) - {code}
    if lost:
        text = N_("There are contracts of the kind “%(code)s”, so its code must stay.")
        return Problem("code", text, {"code": min(lost)})
    return None


def file_name(kind: Kind) -> str:
    """What the file of a new kind is called."""
    return f"{kind.code}.toml"


def _needed(session: Session, kinds: Kinds, name: str) -> set[str]:
    """The codes that contracts have, and that no other file gives than this one."""
    codes = {code for code, file in kinds.files.items() if file == name}
    if not codes and (file := _own_files(session).get(name)):
        codes = _codes_in(file.text) - kinds.by_code.keys()
    return {code for code in codes if in_use(session, code)}


def _codes_in(text: str) -> set[str]:
    """The code of a file that gives no kind, as far as it can be read."""
    try:
        code = tomllib.loads(text).get("code")
    except (ValueError, RecursionError):
        line = _CODE_LINE.search(text)
        code = line[0].split('"')[1] if line else None
    return {known_code(code)} if isinstance(code, str) else set()


# -------------------------------------------------------------------- changing


def save_kind(
    session: Session, actor: Actor, text: str, *, now: datetime, name: str = "", seen: str | None = None
) -> Kind:
    """Put a kind into use: in a new file, or in place of the team's own file of that name.

    `seen` is the mark of the text that the change was made from. Raises Forbidden, Refused with every problem, and
    Stale when the file says something else by now.
    """
    must_edit(actor)
    if name:
        _must_be_changeable(session, name, seen)
    kind, problems = check_text(session, text, name)
    if kind is None:
        raise Refused(problems)
    file, code = name or file_name(kind), known_code(kind.code)
    remember(session, actor, now, SAVED, code=code, file=file, new=file not in _own_files(session))
    session.flush()
    save_kind_file(_folder(session), file, text)
    return replace(kind, code=code)


def remove_kind(session: Session, actor: Actor, name: str, *, now: datetime) -> None:
    """Take one of the team's own files away. Raises Forbidden, Missing, and Refused when contracts are of its kind."""
    must_edit(actor)
    text = own_text(session, name)
    kinds = kinds_here(session)
    if needed := _needed(session, kinds, name):
        told = N_("There are contracts of the kind “%(code)s”, so it cannot be removed.")
        raise Refused([Problem("", told, {"code": min(needed)})])
    code = next((code for code, file in kinds.files.items() if file == name), "")
    remember(session, actor, now, REMOVED, code=code or next(iter(_codes_in(text.text)), ""), file=name)
    session.flush()
    remove_kind_file(_folder(session), name)


def _must_be_changeable(session: Session, name: str, seen: str | None) -> None:
    """Raises Missing for what cannot be a file of the team's, Refused for one that cannot be read, and Stale."""
    try:
        path_in(_folder(session), name)
    except ValueError:
        raise Missing from None
    file = _own_files(session).get(name)
    if file and file.fault:
        raise Refused([Problem("", file.fault)])
    if seen is not None and seen != (mark_of(file.text) if file else ""):
        raise Stale


def _own_files(session: Session) -> dict[str, KindFile]:
    folder = own_folder(session)
    return {} if folder is None else {file.name: file for file in kinds_in(folder)}


def _folder(session: Session) -> Path:
    folder = own_folder(session)
    if folder is None:
        raise Missing
    return folder
