"""Putting a checked document into the rows of a contract, touching only what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import may_sign_in
from tracker.actions.actor import Actor
from tracker.actions.adjustment_rows import apply_adjustments
from tracker.actions.amendment_rows import apply_amendments
from tracker.actions.errors import Refused
from tracker.actions.family import put_under
from tracker.actions.file_completions import settle_from_file
from tracker.actions.file_marks import mark_from_file
from tracker.actions.known_files import Uploads
from tracker.actions.obligation_people import CANNOT_OWN, UNKNOWN
from tracker.records.contracts import Access, Clause, Contract, Fact, Grant, Party
from tracker.records.people import Person
from tracker.rules.contract_file import ContractDraft
from tracker.rules.facts import Fact as FactValue
from tracker.rules.problems import Problem
from tracker.rules.written import as_files_keep, sections_of


@dataclass(slots=True)
class Applied:
    """What differed, by name of the section, and the completions still to be entered."""

    draft: ContractDraft
    changed: set[str] = field(default_factory=set)

    def complete(self, session: Session, actor: Actor, contract: Contract, uploads: Uploads, now: datetime) -> None:
        """Enter the completions and marks that the document brings, once there are deadlines for them."""
        if settle_from_file(session, actor, contract, self.draft.completions, uploads, now):
            self.changed.add("completions")
        if mark_from_file(session, contract, self.draft.marks, now):
            self.changed.add("marks")


def apply_draft(
    session: Session,
    actor: Actor,
    contract: Contract,
    draft: ContractDraft,
    document: Mapping[str, Any],
    now: datetime,
) -> Applied:
    """Make the rows say what the document says. Raises Refused for people and contracts that are not there."""
    applied = Applied(draft)
    people = _People(session)
    owner = people.member(draft.owner, "owner") or (None if contract.owner_id else people.acting(actor))
    backup = people.find(draft.backup, "backup")
    readers = [people.reader(email, f"access.only[{n}]", contract) for n, email in enumerate(draft.only)]
    told = [people.reader(email, f"told[{n}]", contract) for n, email in enumerate(draft.told or ())]
    people.refuse_missing()
    plain = _plain(contract, draft, document)
    plain |= {"owner": owner or contract.owner, "backup": backup}
    applied.changed |= {name for name, value in plain.items() if _assign(contract, name, value)}
    if put_under(session, actor, contract, draft.parent):
        applied.changed.add("parent")
    _set_parties(contract, draft, applied.changed)
    _set_clauses(contract, document, applied.changed)
    kept = {grant.person_id for grant in contract.grants if contract.access is Access.NAMED}
    seeing = _ids(readers) if draft.access else kept
    hearing = {grant.person_id for grant in contract.grants if grant.told} if draft.told is None else _ids(told)
    _set_grants(contract, seeing, hearing, applied.changed)
    if apply_adjustments(contract, draft.adjustments, actor, now):
        applied.changed.add("adjustments")
    if apply_amendments(contract, draft.amendments, actor, now):
        applied.changed.add("amendments")
    for value in draft.facts:
        _set_fact(contract, value, draft.notes.get(value.key, ""), actor, now, applied.changed)
    return applied


def _plain(contract: Contract, draft: ContractDraft, document: Mapping[str, Any]) -> dict[str, object]:
    """What a contract says in one value each; what the document leaves out of the law stays."""
    return {
        "number": draft.number,
        "title": draft.title,
        "kind": draft.kind,
        "language": draft.language,
        "access": Access(draft.access) if draft.access else contract.access,
        "tags": list(draft.tags),
        "fields": dict(draft.fields),
        "tracked_from": draft.tracked_from,
        "money": as_files_keep(document.get("money") or {}),
        "ladders": dict(draft.reminders),
        "preset": draft.law.preset or contract.preset,
        "calendar": draft.law.calendar or contract.calendar,
        "zone": draft.law.zone or contract.zone,
    }


class _People:
    """Looks people up by address, gathering those who are not there."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.problems: list[Problem] = []

    def find(self, email: str, place: str) -> Person | None:
        if not email:
            return None
        person = self._with(email)
        if person is None or not person.active:
            self.problems.append(Problem(place, UNKNOWN, {"email": email}))
            return None
        return person

    def reader(self, email: str, place: str, contract: Contract) -> Person | None:
        """The same for somebody to be named; one who was shut out stays named where they are."""
        person = self._with(email)
        if person is not None and any(grant.person_id == person.id for grant in contract.grants):
            return person
        return self.find(email, place)

    def _with(self, email: str) -> Person | None:
        return self.session.scalar(select(Person).where(Person.email == email.lower()))

    def member(self, email: str, place: str) -> Person | None:
        """The same for somebody who has to come in."""
        person = self.find(email, place)
        if person and not may_sign_in(person):
            self.problems.append(Problem(place, CANNOT_OWN, {"email": email}))
        return person

    def acting(self, actor: Actor) -> Person | None:
        return None if actor.person_id is None else self.session.get(Person, actor.person_id)

    def refuse_missing(self) -> None:
        if self.problems:
            raise Refused(self.problems)


def _assign(row: object, name: str, value: object) -> bool:
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _set_parties(contract: Contract, draft: ContractDraft, changed: set[str]) -> None:
    wanted = [(party.role, party.name, party.is_us, dict(party.details)) for party in draft.parties]
    if wanted == [(party.role, party.name, party.is_us, dict(party.details)) for party in contract.parties]:
        return
    contract.parties = [
        Party(position=position, role=role, name=name, is_us=is_us, details=details)
        for position, (role, name, is_us, details) in enumerate(wanted)
    ]
    changed.add("parties")


def _set_clauses(contract: Contract, document: Mapping[str, Any], changed: set[str]) -> None:
    standing = {clause.key: clause for clause in contract.clauses}
    wanted = []
    for position, (kind, key, body) in enumerate(sections_of(document)):
        clause = standing.pop(key, None)
        if clause is None:
            clause = Clause(key=key, type=kind, position=position, body=body)
            changed.add(kind)
        elif any([_assign(clause, "body", body), _assign(clause, "type", kind), _assign(clause, "position", position)]):
            changed.add(kind)
        wanted.append(clause)
    changed |= {clause.type for clause in standing.values()}
    contract.clauses = wanted


def _set_grants(contract: Contract, seeing: set[int], told: set[int], changed: set[str]) -> None:
    """Who may see it, and who gets its reminders beside owner and backup; to be told gives leave to see."""
    wanted = {person_id: person_id in told for person_id in seeing | told}
    if wanted == {grant.person_id: grant.told for grant in contract.grants}:
        return
    standing = {grant.person_id: grant for grant in contract.grants}
    contract.grants = [standing.get(person_id) or Grant(person_id=person_id) for person_id in sorted(wanted)]
    for grant in contract.grants:
        grant.told = wanted[grant.person_id]
    changed.add("access")


def _ids(people: list[Person | None]) -> set[int]:
    return {person.id for person in people if person}


def _set_fact(contract: Contract, value: FactValue, note: str, actor: Actor, now: datetime, changed: set[str]) -> None:
    row = next((fact for fact in contract.facts if fact.key == value.key), None)
    if row is None:
        row = Fact(key=value.key, kind=value.kind, day=value.day, recorded_by_id=actor.person_id, recorded_at=now)
        contract.facts.append(row)
        changed.add("facts")
    given = {"kind": value.kind, "day": value.day, "by": value.by, "subject": value.subject, "until": value.until}
    for name, item in {**given, "how": value.how, "about": value.about, "note": note}.items():
        if _assign(row, name, item):
            changed.add("facts")
