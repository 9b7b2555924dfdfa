"""Contract files in and out, with the evidence that belongs to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.actions.access import contract_by_number
from tracker.actions.actor import Actor
from tracker.actions.agreements import agreement_of
from tracker.actions.contracts import Kept, import_document
from tracker.actions.documents import document_of, fact_values
from tracker.actions.errors import Refused
from tracker.actions.evidence import Upload
from tracker.actions.family import parent_of
from tracker.actions.file_names import safe_name
from tracker.ports.clock import day_in
from tracker.ports.contract_files import ContractFile, as_bundle, as_json, as_yaml
from tracker.ports.files import Files
from tracker.records.contracts import Contract
from tracker.records.deadlines import Completion, Deadline, Evidence
from tracker.rules.problems import N_, Problem
from tracker.rules.schedule import schedule


class Form(StrEnum):
    """How a contract is written out."""

    YAML = "yaml"
    JSON = "json"
    ZIP = "zip"


def import_file(
    session: Session, actor: Actor, file: ContractFile, *, now: datetime, confirmed: bool = False, sample: bool = False
) -> Kept:
    """Register or amend the contract in the file. Raises Refused with every problem, Odd unless `confirmed`, Forbidden.

    Evidence is stored by `keep_evidence`, once it is sure that the import holds.
    """
    if not isinstance(file.document, Mapping):
        raise Refused([Problem("document", N_("Write this as named fields."))])
    uploads = {digest: Upload(name, content) for digest, (name, content) in file.evidence.items()}
    return import_document(session, actor, file.document, now=now, confirmed=confirmed, sample=sample, uploads=uploads)


def keep_evidence(file: ContractFile, files: Files) -> None:
    """Store the files that an imported bundle holds and its contract names."""
    named = _named_evidence(file.document)
    for digest, (_name, content) in file.evidence.items():
        if digest in named:
            files.put(content)


def _named_evidence(document: Mapping[str, Any]) -> set[str]:
    return {item["sha256"] for part in document.get("completions") or () for item in part.get("evidence") or ()}


@dataclass(frozen=True, slots=True)
class Exported:
    """A written contract file and what to call it."""

    name: str
    data: bytes


def export_contract(
    session: Session, actor: Actor, number: str, form: Form | None, *, files: Files, now: datetime
) -> Exported:
    """The contract as a file; without a `form`, a bundle where there is evidence and YAML otherwise.

    Raises Missing for a contract the actor cannot see.
    """
    contract = contract_by_number(session, actor, number)
    completions = _completions(session, contract, day_in(contract.zone, now))
    document = document_of(contract, completions, parent=parent_of(session, actor, contract))
    proofs = [item for completion in completions for item in completion.evidence]
    form = form or (Form.ZIP if proofs else Form.YAML)
    if form is Form.ZIP:
        data = as_bundle(document, {item.sha256: (item.name, _content(files, item)) for item in proofs})
    else:
        data = as_yaml(document) if form is Form.YAML else as_json(document)
    return Exported(f"{safe_name(contract.number).replace(' ', '-')}.{form}", data)


def _content(files: Files, proof: Evidence) -> bytes:
    try:
        return files.get(proof.sha256)
    except FileNotFoundError:
        text = N_("%(name)s is missing from the evidence folder; restore it from a backup.")
        raise Refused([Problem("evidence", text, {"name": proof.name})]) from None


def _completions(session: Session, contract: Contract, today: date) -> list[Completion]:
    """What was done and stands, of deadlines that follow from the contract as it is; facts speak for themselves."""
    keys = {item.key for item in schedule(agreement_of(session, contract), fact_values(contract.facts), today)}
    query = (
        select(Completion)
        .join(Completion.deadline)
        .where(Deadline.contract_id == contract.id, Completion.undone_at.is_(None), Completion.channel != "fact")
        .order_by(Completion.done_on, Deadline.key)
        .options(selectinload(Completion.evidence), selectinload(Completion.deadline))
    )
    return [completion for completion in session.scalars(query) if completion.deadline.key in keys]
