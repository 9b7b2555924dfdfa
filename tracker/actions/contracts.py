"""Contracts in: registered, amended, imported, all by the one contract document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import contracts_for, must_edit, the_contract
from tracker.actions.actor import Actor
from tracker.actions.amendment_documents import as_correction
from tracker.actions.contract_rows import Applied, apply_draft
from tracker.actions.draft_agreements import agreement_in, odd_in
from tracker.actions.errors import Odd, Refused, Stale
from tracker.actions.family import hold_families
from tracker.actions.kinds import GENERAL, unknown_kind
from tracker.actions.known_files import Uploads
from tracker.actions.obligation_people import must_see_it
from tracker.actions.organisations import organisation_of
from tracker.actions.paper_rows import apply_papers
from tracker.actions.remember import remember
from tracker.actions.reschedule import Changes, reschedule, touch_all
from tracker.ports.clock import day_in
from tracker.records.contracts import Access, Contract
from tracker.records.people import Organisation
from tracker.rules.contract_file import ContractDraft, read_contract
from tracker.rules.deadlines import Deadline
from tracker.rules.greeting_form import unknown_holidays
from tracker.rules.problems import N_, Problem
from tracker.rules.schedule import schedule

Document = Mapping[str, Any]
NO_UPLOADS: Uploads = MappingProxyType({})
_NOT_IN_CALENDARS = {
    "facts",
    "papers",
    "completions",
    "adjustments",
    "amendments",
    "marks",
    "access",
    "backup",
    "tags",
    "fields",
    "language",
    "parent",
    "ladders",
}
"""Parts of a document that no calendar shows, unless a deadline moves because of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A contract that was registered, amended or imported, and what that did to its deadlines."""

    contract: Contract
    is_new: bool
    changed: bool
    deadlines: Changes


def register(
    session: Session,
    actor: Actor,
    document: Document,
    *,
    now: datetime,
    confirmed: bool = False,
    sample: bool = False,
    uploads: Uploads = NO_UPLOADS,
) -> Kept:
    """Record a new contract. Raises Refused with every problem; Odd unless `confirmed`; Forbidden."""
    must_edit(actor)
    draft = _checked(session, document)
    if session.scalar(select(Contract.id).where(Contract.number == draft.number)) is not None:
        raise Refused([Problem("number", N_("This number is taken by another contract."))])
    organisation = organisation_of(session)
    _look_twice(session, draft, organisation, now, confirmed)
    contract = _blank(session, draft, organisation, now)
    contract.sample = sample
    return _keep(session, actor, contract, draft, document, uploads, now, is_new=True)


def amend(
    session: Session,
    actor: Actor,
    contract_id: int,
    document: Document,
    *,
    now: datetime,
    revision: int | None = None,
    confirmed: bool = False,
    uploads: Uploads = NO_UPLOADS,
) -> Kept:
    """Put the document in place of what the contract said; facts it does not name stay. Raises as `register`, and Stale
    when `revision` is given and somebody has saved a newer one."""
    if "parent" in document:
        hold_families(session)
    contract = the_contract(session, actor, contract_id, to_change=True)
    if revision is not None and contract.revision != revision:
        raise Stale
    draft = _checked(session, document, contract.kind)
    if contract.amendments and "amendments" not in document:
        document = as_correction(contract, document)
        draft = _checked(session, document, contract.kind)
    taken = select(Contract.id).where(Contract.number == draft.number, Contract.id != contract.id)
    if session.scalar(taken) is not None:
        raise Refused([Problem("number", N_("This number is taken by another contract."))])
    _look_twice(session, draft, organisation_of(session), now, confirmed)
    return _keep(session, actor, contract, draft, document, uploads, now, is_new=False)


def import_document(
    session: Session,
    actor: Actor,
    document: Document,
    *,
    now: datetime,
    confirmed: bool = False,
    sample: bool = False,
    uploads: Uploads = NO_UPLOADS,
) -> Kept:
    """Register the contract, or amend the one with its number; the same document again changes nothing."""
    number = str(document.get("number")).encode(errors="replace").decode()
    found = session.scalar(contracts_for(actor).where(Contract.number == str(number)).with_only_columns(Contract.id))
    if found is None:
        return register(session, actor, document, now=now, confirmed=confirmed, sample=sample, uploads=uploads)
    return amend(session, actor, found, document, now=now, confirmed=confirmed, uploads=uploads)


def preview(session: Session, document: Document, today: date) -> tuple[tuple[Deadline, ...], list[Problem]]:
    """The deadlines the document would bring, or every problem it has. Nothing is stored."""
    draft, problems = read_contract(document)
    if draft is None:
        return (), problems
    if unknown := _unknown_holidays(session, draft):
        return (), unknown
    agreement = agreement_in(session, draft, organisation_of(session))
    return schedule(agreement, draft.facts, today), odd_in(agreement, draft, today)


def _checked(session: Session, document: Document, kept_kind: str = "") -> ContractDraft:
    """The values of a document that can be kept; a contract keeps its kind even when that is known no longer."""
    draft, problems = read_contract(document)
    told = {problem.place for problem in problems}
    kind = document.get("kind") or GENERAL
    if kind != kept_kind and "kind" not in told:
        problems = [*problems, *unknown_kind(session, str(kind))]
    if draft is not None:
        problems = [*problems, *_unknown_holidays(session, draft)]
    if draft is None or problems:
        raise Refused(problems)
    return draft


def _unknown_holidays(session: Session, draft: ContractDraft) -> list[Problem]:
    return list(unknown_holidays(draft.clauses, draft.law.calendar or organisation_of(session).calendar))


def _look_twice(
    session: Session, draft: ContractDraft, organisation: Organisation, now: datetime, confirmed: bool
) -> None:
    today = day_in(draft.law.zone or organisation.zone, now)
    odd = odd_in(agreement_in(session, draft, organisation), draft, today)
    if odd and not confirmed:
        raise Odd(odd)


def _blank(session: Session, draft: ContractDraft, organisation: Organisation, now: datetime) -> Contract:
    contract = Contract(
        uid=_uid(session, draft),
        number=draft.number,
        title=draft.title,
        kind=draft.kind,
        language=draft.language,
        calendar=organisation.calendar,
        zone=organisation.zone,
        preset="prc-civil-code",
        access=Access.ORGANISATION,
        created_at=now,
        changed_at=now,
        parties=[],
        clauses=[],
        facts=[],
        grants=[],
    )
    session.add(contract)
    return contract


def _uid(session: Session, draft: ContractDraft) -> str:
    """The document's own id, else one that follows from the number, so that importing it anew after a loss gives
    calendars the same events; a random one where that is taken."""
    wanted = draft.uid or sha256(draft.number.encode()).hexdigest()[:12]
    taken = session.scalar(select(Contract.id).where(Contract.uid == wanted))
    return wanted if taken is None else token_hex(6)


def _keep(
    session: Session,
    actor: Actor,
    contract: Contract,
    draft: ContractDraft,
    document: Document,
    uploads: Uploads,
    now: datetime,
    *,
    is_new: bool,
) -> Kept:
    applied: Applied = apply_draft(session, actor, contract, draft, document, now)
    if apply_papers(session, actor, contract, draft.papers, uploads, now):
        applied.changed.add("papers")
    session.flush()
    must_see_it(session, contract)
    changes = reschedule(session, contract, now=now)
    session.flush()
    if applied.changed - _NOT_IN_CALENDARS:
        touch_all(session, contract, now)
    applied.complete(session, actor, contract, uploads, now)
    changed = is_new or bool(applied.changed) or bool(changes)
    if changed:
        contract.changed_at = now
        event = "contract-registered" if is_new else "contract-amended"
        remember(session, actor, now, event, contract_id=contract.id, changed=sorted(applied.changed))
    return Kept(contract, is_new, changed, changes)
