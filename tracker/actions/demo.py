"""Sample contracts: put in with one command, taken out with another."""

import re
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.actions.actor import OPERATOR
from tracker.actions.bundles import import_file
from tracker.actions.organisations import organisation_of
from tracker.actions.people import NewPerson, new_person
from tracker.actions.remember import remember
from tracker.ports.clock import day_in
from tracker.ports.contract_files import ContractFile, read_contract_file
from tracker.records.contracts import Contract
from tracker.records.people import Person, Role

PEOPLE = (
    NewPerson(email="ana@example.com", name="Ana", role=Role.EDITOR, language="zh-Hans"),
    NewPerson(email="ben@example.com", name="Ben", role=Role.EDITOR),
    NewPerson(email="cleo@example.com", name="Cleo", role=Role.VIEWER),
)
"""Made only where there is nobody yet. None of them is an administrator: the first visitor becomes that."""
_DAY = re.compile(r"\{today(?:(?P<days>[+-]\d+)d)?\}")


def sample_files(today: date) -> list[ContractFile]:
    """The sample contracts as of `today`; ``{today-30d}`` in them is the day thirty days before it."""

    def day(match: re.Match[str]) -> str:
        return (today + timedelta(int(match["days"] or 0))).isoformat()

    folder = resources.files("tracker") / "demo"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [read_contract_file(_DAY.sub(day, (folder / name).read_text("utf-8")).encode()) for name in names]


def load_samples(session: Session, *, now: datetime) -> int:
    """Put in the sample contracts that are not there, and sample people where there is nobody; how many contracts."""
    if session.scalar(select(func.count()).select_from(Person)) == 0:
        for wanted in PEOPLE:
            new_person(session, wanted, now=now)
    known = set(session.scalars(select(Contract.number)))
    files = sample_files(day_in(organisation_of(session).zone, now))
    missing = [file for file in files if file.document["number"] not in known]
    addresses = set(session.scalars(select(Person.email).where(Person.active)))
    for file in missing:
        _give_to_people_here(session, file.document, addresses)
        import_file(session, OPERATOR, file, now=now, confirmed=True, sample=True)
    if missing:
        remember(session, OPERATOR, now, "samples-loaded", contracts=len(missing))
    return len(missing)


def _give_to_people_here(session: Session, document: dict[str, Any], addresses: set[str]) -> None:
    """Where the sample people were not made, an administrator owns the sample contracts."""
    if all(person.email in addresses for person in PEOPLE):
        return
    for name in ("owner", "backup", "access"):
        document.pop(name, None)
    query = select(Person.email).where(Person.active, Person.role == Role.ADMIN).order_by(Person.id)
    if owner := session.scalar(query.limit(1)):
        document["owner"] = owner


def remove_samples(session: Session, *, now: datetime) -> int:
    """Take out every sample contract with all that hangs on it, and sample people nobody has made use of."""
    removed = session.scalars(delete(Contract).where(Contract.sample).returning(Contract.id)).all()
    owning = select(Contract.owner_id).where(Contract.owner_id.is_not(None))
    standing_in = select(Contract.backup_id).where(Contract.backup_id.is_not(None))
    unused = (
        Person.email.in_([person.email for person in PEOPLE]),
        Person.password_hash.is_(None),
        Person.role != Role.ADMIN,
        Person.id.not_in(owning),
        Person.id.not_in(standing_in),
    )
    session.execute(delete(Person).where(*unused))
    remember(session, OPERATOR, now, "samples-removed", contracts=len(removed))
    return len(removed)
