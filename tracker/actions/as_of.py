"""A look back: a contract as it stood on a day, worked out from what is on record.

What counts is what had happened by then, or was recorded by then although it was still to come. What was found out only
later, and what was put right since, is taken as it is known now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.complete import standing as completed
from tracker.actions.documents import document_of
from tracker.actions.draft_agreements import agreement_in
from tracker.actions.errors import Refused
from tracker.actions.organisations import organisation_of
from tracker.actions.shelf import deadlines_of, open_contract
from tracker.ports.clock import day_in
from tracker.records.contracts import Adjustment, Amendment, Contract, Fact
from tracker.records.deadlines import ACHIEVED, Deadline
from tracker.rules.amendment_form import Terms, read_terms
from tracker.rules.contract_file import read_contract
from tracker.rules.deadlines import Certainty
from tracker.rules.deadlines import Deadline as Computed
from tracker.rules.party_form import PartyDraft, read_parties
from tracker.rules.problems import N_, Problem
from tracker.rules.rewording import in_force_on, without
from tracker.rules.schedule import life_of, schedule
from tracker.rules.section import Section
from tracker.rules.standing import Standing, can_be_overdue, standing
from tracker.rules.timeline import Timeline

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stood:
    """One deadline as it stood."""

    key: str
    code: str
    title: str
    day: date | None
    """The day to act on, or the legal one where there is none."""
    legal: date | None
    certainty: Certainty
    standing: Standing
    done_on: date | None = None
    subject: str = ""

    @property
    def occurrence(self) -> str:
        """Which one it is of its clause."""
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class AsOf:
    """A contract as it stood on `day`; `terms` are those in force then."""

    contract: Contract
    day: date
    title: str
    parties: tuple[PartyDraft, ...]
    terms: Terms
    life: Timeline
    facts: tuple[Fact, ...]
    amendments: tuple[Amendment, ...]
    """Those agreed by then, whether in effect or not."""
    deadlines: tuple[Stood, ...]


def as_of(session: Session, actor: Actor, contract_id: int, day: date) -> AsOf:
    """The contract as it stood on a day. Raises Missing."""
    contract = open_contract(session, actor, contract_id)
    document = _known_by(contract, day)
    draft, problems = read_contract(document)
    if draft is None:
        raise Refused(problems)
    agreement = agreement_in(session, draft, organisation_of(session))
    computed = schedule(agreement, draft.facts, day)
    written = Section.of(in_force_on(document, day.isoformat()), "", [])
    terms = read_terms(written)
    if terms is None:
        raise Refused([Problem("day", N_("The terms of that day cannot be read."))])
    return AsOf(
        contract=contract,
        day=day,
        title=written.text("title") or contract.title,
        parties=read_parties(written) or draft.parties,
        terms=terms,
        life=life_of(agreement, draft.facts, day),
        facts=tuple(fact for fact in contract.facts if _had_come(contract, fact, day)),
        amendments=tuple(row for row in contract.amendments if _was_agreed(contract, row, day)),
        deadlines=tuple(_in_order(_stood(computed, deadlines_of(session, contract), day))),
    )


# ------------------------------------------------------------------ what was known


def _known_by(contract: Contract, day: date) -> Document:
    """The contract document as it would have been written on the day."""
    document: Document = document_of(contract)
    for row in contract.amendments:
        if not _was_agreed(contract, row, day):
            document = without(document, row.key)
    kept = {
        "facts": {row.key for row in contract.facts if _had_come(contract, row, day)},
        "adjustments": {row.key for row in contract.adjustments if _had_come(contract, row, day)},
        "papers": {row.key for row in contract.papers if row.day <= day},
    }
    sections = {name: [item for item in document.get(name, ()) if item["key"] in keys] for name, keys in kept.items()}
    return {**document, **sections}


def _had_come(contract: Contract, row: Fact | Adjustment, day: date) -> bool:
    return row.day <= day or _on_record(contract, row.recorded_at, day)


def _was_agreed(contract: Contract, row: Amendment, day: date) -> bool:
    return row.signed <= day or _on_record(contract, row.recorded_at, day)


def _on_record(contract: Contract, recorded_at: datetime, day: date) -> bool:
    return day_in(contract.zone, recorded_at) <= day


# ----------------------------------------------------------------------- deadlines


def _stood(computed: tuple[Computed, ...], rows: list[Deadline], day: date) -> Iterator[Stood]:
    """What was due, and what was done although it no longer follows from anything."""
    by_key = {row.key: row for row in rows}
    for item in computed:
        yield _one(item, by_key.pop(item.key, None), day)
    for row in by_key.values():
        if done := _done_by(row, day):
            act = row.action_day or row.legal
            name = (row.key, row.code, row.title, act, row.legal, row.certainty)
            yield Stood(*name, Standing(row.state.value), done, row.subject)


def _one(item: Computed, row: Deadline | None, day: date) -> Stood:
    done = item.met_on if item.met_by else _done_by(row, day)
    name = (item.key, item.code, item.title, item.action_day or item.legal, item.legal, item.certainty)
    return Stood(*name, _how(item, row, done, day), done, item.subject)


def _how(item: Computed, row: Deadline | None, done: date | None, day: date) -> Standing:
    if done is not None:
        return Standing(row.state.value) if row and not item.met_by and row.state in ACHIEVED else Standing.DONE
    if row and row.waived_on and row.waived_on <= day:
        return Standing.WAIVED
    if item.suspended_by:
        return Standing.SUSPENDED
    last = item.grace_until or item.legal or item.target
    return standing(item.action_day, last, day, can_be_overdue(item.code, item.nature, item.side))


def _done_by(row: Deadline | None, day: date) -> date | None:
    completion = completed(row) if row else None
    return completion.done_on if completion and completion.done_on <= day and row and row.state in ACHIEVED else None


def _in_order(found: Iterator[Stood]) -> list[Stood]:
    return sorted(found, key=lambda one: (one.day is None, one.day or date.max, one.key))
