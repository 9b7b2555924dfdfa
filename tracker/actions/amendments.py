"""Amending a contract: a dated change of what was agreed, which leaves alone what had begun before it.

Putting right what was recorded wrongly is no amendment; that is `tracker.actions.contracts.amend`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_contract
from tracker.actions.actor import Actor
from tracker.actions.amendment_documents import with_law
from tracker.actions.contracts import Kept, amend
from tracker.actions.documents import document_of
from tracker.actions.errors import Missing, Refused, Stale
from tracker.actions.facts import new_key
from tracker.actions.remember import remember
from tracker.records.contracts import Amendment, Contract
from tracker.records.deadlines import Deadline
from tracker.rules.contract_file import read_contract
from tracker.rules.facts import FactKind
from tracker.rules.problems import N_, Problem
from tracker.rules.rewording import amended, changed_by, redated, terms_of, without, worded, wordings

Document = Mapping[str, Any]
_LAST = "z" * 80
"""A name that stands after every other of the same day, as that of an amendment recorded now does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """The particulars of an amendment. `effective` is the first day on which the new terms hold; `paper` the key of the
    document on file that makes the change."""

    title: str
    signed: date
    effective: date
    paper: str = ""
    note: str = ""


def amend_by(
    session: Session,
    actor: Actor,
    contract_id: int,
    document: Document,
    supplement: Supplement,
    *,
    now: datetime,
    revision: int | None = None,
    confirmed: bool = False,
    as_fact: bool = False,
) -> Kept:
    """Amend the contract: `document` says what is agreed from the day of effect on. With `as_fact`, that a change was
    signed is recorded as well. Raises as `tracker.actions.contracts.amend`."""
    contract = _held(session, actor, contract_id, revision)
    _must_be_on_file(contract, supplement)
    key = new_amendment_key(session, contract)
    whole = document_amended(contract, document, key, supplement)
    if as_fact:
        whole = {**whole, "facts": [*(whole.get("facts") or ()), _signed(session, contract, supplement)]}
    kept = amend(session, actor, contract_id, whole, now=now, confirmed=confirmed)
    _remember(session, actor, contract, now, "amendment-recorded", key, supplement)
    return kept


def correct_amendment(
    session: Session,
    actor: Actor,
    contract_id: int,
    key: str,
    supplement: Supplement,
    *,
    now: datetime,
    confirmed: bool = False,
) -> Kept:
    """Put right the particulars of an amendment; what it changed moves with its day. Raises as `amend_by`."""
    contract = _held(session, actor, contract_id, None)
    _must_be_on_file(contract, supplement)
    row = amendment_in(contract, key)
    before = {"title": row.title, "signed": row.signed.isoformat(), "effective": row.effective.isoformat()}
    kept = amend(session, actor, contract_id, document_redated(contract, key, supplement), now=now, confirmed=confirmed)
    _remember(session, actor, contract, now, "amendment-corrected", key, supplement, before=before)
    return kept


def withdraw_amendment(
    session: Session, actor: Actor, contract_id: int, key: str, *, now: datetime, confirmed: bool = False
) -> Kept:
    """Take back an amendment that was never agreed: the terms are as if there had been none; the history keeps it.
    Raises as `amend_by`."""
    contract = _held(session, actor, contract_id, None)
    row = amendment_in(contract, key)
    told = Supplement(title=row.title, signed=row.signed, effective=row.effective, paper=row.paper_key, note=row.note)
    document, said = document_without(contract, key), worded_before_and_after(contract, key)[1]
    contract.amendments.remove(row)
    session.flush()
    kept = amend(session, actor, contract_id, document, now=now, confirmed=confirmed)
    _remember(session, actor, contract, now, "amendment-withdrawn", key, told, before={"terms": said})
    return kept


# ----------------------------------------------------------------------- documents


def document_amended(contract: Contract, document: Document, key: str, supplement: Supplement) -> Document:
    """The whole of the contract with one more amendment, and with what has happened where `document` does not say so.
    Raises Refused where that has problems of its own."""
    _draft, problems = read_contract(document)
    if problems:
        raise Refused(problems)
    stored = document_of(contract)
    happened: Document = {name: stored[name] for name in ("facts", "papers", "adjustments") if name in stored}
    return amended(stored, {**happened, **with_law(stored, document)}, _section(key, supplement))


def document_redated(contract: Contract, key: str, supplement: Supplement) -> Document:
    """The whole of the contract with other particulars of an amendment."""
    return redated(document_of(contract), _section(key, supplement))


def document_without(contract: Contract, key: str) -> Document:
    """The whole of the contract as if there were no such amendment. Others are named even where there are none left,
    so that this is no correction of what was agreed before."""
    return {"amendments": [], **without(document_of(contract), key)}


def document_to_amend(contract: Contract, effective: date, signed: date) -> Document:
    """The contract as a form shows it that amends it from a day on: with the terms in force until then."""
    stored = document_of(contract)
    section = {"key": _LAST, "signed": signed.isoformat(), "effective": effective.isoformat()}
    return worded(stored, changed_by(stored, section))


def is_based_on(contract: Contract, base: Document, supplement: Supplement) -> bool:
    """Whether a form filled from `base` shows the terms that the amendment would change."""
    stored = document_of(contract)
    return terms_of(with_law(stored, base)) == changed_by(stored, _section(_LAST, supplement))


def _section(key: str, supplement: Supplement) -> dict[str, Any]:
    told = {
        "key": key,
        "title": supplement.title,
        "signed": supplement.signed.isoformat(),
        "effective": supplement.effective.isoformat(),
        "paper": supplement.paper,
        "note": supplement.note,
    }
    return {name: value for name, value in told.items() if value}


def worded_before_and_after(contract: Contract, key: str) -> tuple[Document, Document]:
    """The terms before an amendment and after it, as sections of a document."""
    return wordings(document_of(contract), key)


# ---------------------------------------------------------------------------- rows


def amendment_in(contract: Contract, key: str) -> Amendment:
    """The amendment of this name. Raises Missing."""
    found = next((row for row in contract.amendments if row.key == key), None)
    if found is None:
        raise Missing
    return found


def new_amendment_key(session: Session, contract: Contract) -> str:
    """A name not used in this contract, nor by one that was taken back and left deadlines behind."""
    left_behind = session.scalars(select(Deadline.occurrence).where(Deadline.contract_id == contract.id))
    taken = {row.key for row in contract.amendments} | {name.partition(".")[0] for name in left_behind}
    number = 1 + len(contract.amendments)
    while f"amendment-{number}" in taken:
        number += 1
    return f"amendment-{number}"


def _held(session: Session, actor: Actor, contract_id: int, revision: int | None) -> Contract:
    contract = the_contract(session, actor, contract_id, to_change=True)
    if revision is not None and contract.revision != revision:
        raise Stale
    return contract


def _must_be_on_file(contract: Contract, supplement: Supplement) -> None:
    if supplement.paper and supplement.paper not in {paper.key for paper in contract.papers}:
        raise Refused([Problem("amendment.paper", N_("There is no such document on file."))])


def _signed(session: Session, contract: Contract, supplement: Supplement) -> dict[str, Any]:
    kind = FactKind.CONTRACT_CHANGE_SIGNED
    day, key = supplement.signed.isoformat(), new_key(session, contract, kind)
    return {"key": key, "kind": kind.value, "day": day, "subject": supplement.title}


def _remember(
    session: Session,
    actor: Actor,
    contract: Contract,
    now: datetime,
    event: str,
    key: str,
    supplement: Supplement,
    before: Mapping[str, object] | None = None,
) -> None:
    told = _section(key, supplement)
    remember(session, actor, now, event, contract_id=contract.id, amendment=told, before=before or {})
