"""Contract files in and out, with the documents and the evidence that belong to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.actions.access import contract_by_number
from tracker.actions.actor import Actor
from tracker.actions.agreements import agreement_of
from tracker.actions.contracts import Kept, import_document
from tracker.actions.documents import document_of, fact_values
from tracker.actions.errors import Refused
from tracker.actions.evidence import Upload
from tracker.actions.family import parent_of
from tracker.actions.file_marks import marks_section
from tracker.actions.file_names import safe_name
from tracker.ports.clock import day_in
from tracker.ports.contract_files import LARGEST_BUNDLE, LARGEST_TEXT, ContractFile, as_bundle, as_json, as_yaml
from tracker.ports.files import Files
from tracker.records.contracts import Contract, PaperVersion
from tracker.records.deadlines import Completion, Deadline, Evidence, State
from tracker.rules.problems import N_, Problem
from tracker.rules.schedule import schedule
from tracker.rules.written import as_files_keep


class Form(StrEnum):
    """How a contract is written out."""

    YAML = "yaml"
    JSON = "json"
    ZIP = "zip"


def import_file(
    session: Session, actor: Actor, file: ContractFile, *, now: datetime, confirmed: bool = False, sample: bool = False
) -> Kept:
    """Register or amend the contract in the file. Raises Refused with every problem, Odd unless `confirmed`, Forbidden.

    Its files are stored by `keep_files`, once it is sure that the import holds.
    """
    if not isinstance(file.document, Mapping):
        raise Refused([Problem("document", N_("Write this as named fields."))])
    uploads = {digest: Upload(name, content) for digest, (name, content) in file.files.items()}
    return import_document(session, actor, file.document, now=now, confirmed=confirmed, sample=sample, uploads=uploads)


def keep_files(file: ContractFile, files: Files) -> None:
    """Store the files that an imported bundle holds and its contract names."""
    named = set(_named(file.document, "completions", "evidence")) | set(_named(file.document, "papers", "versions"))
    for digest, (_name, content) in file.files.items():
        if digest in named:
            files.put(content)


def _named(document: Mapping[str, Any], section: str, files: str) -> Iterator[str]:
    """Content hashes of the files that a section of a checked document names."""
    return (item["sha256"].lower() for part in document.get(section) or () for item in part.get(files) or ())


@dataclass(frozen=True, slots=True)
class Exported:
    """A written contract file and what to call it."""

    name: str
    data: bytes


def export_contract(
    session: Session, actor: Actor, number: str, form: Form | None, *, files: Files, now: datetime
) -> Exported:
    """The contract as a file; without a `form`, a bundle where it has files and YAML otherwise.

    Raises Missing for a contract the actor cannot see, Refused where its files are lost or too many for a bundle.
    """
    contract = contract_by_number(session, actor, number)
    keys = _keys(session, contract, day_in(contract.zone, now))
    completions = _completions(session, contract, keys)
    document = document_of(contract, completions, parent=parent_of(session, actor, contract))
    if marks := marks_section(_marked(session, contract, keys)):
        document["marks"] = as_files_keep(marks)
    proofs = [item for completion in completions for item in completion.evidence]
    versions = [version for paper in contract.papers for version in paper.versions]
    form = form or (Form.ZIP if proofs or versions else Form.YAML)
    if form is Form.ZIP:
        _must_fit([*proofs, *versions])
        contents = _contents(files, [*proofs, *versions])
        evidence, papers = (
            {row.sha256: (row.name, contents[row.sha256]) for row in rows} for rows in (proofs, versions)
        )
        data = as_bundle(document, evidence, papers)
    else:
        data = as_yaml(document) if form is Form.YAML else as_json(document)
    return Exported(f"{safe_name(contract.number).replace(' ', '-')}.{form}", data)


def _must_fit(rows: Sequence[Evidence | PaperVersion]) -> None:
    """Refuse to write a bundle that nobody could import."""
    if sum(row.size for row in rows) > LARGEST_BUNDLE - LARGEST_TEXT:
        text = N_("This contract's files have more than 250 MB, too much for a bundle; write YAML, or make a backup.")
        raise Refused([Problem("", text)])


def _contents(files: Files, rows: Sequence[Evidence | PaperVersion]) -> dict[str, bytes]:
    """Contents by hash. Raises Refused with everything that is lost."""
    found, lost = {}, []
    for row in rows:
        try:
            found[row.sha256] = files.get(row.sha256)
        except FileNotFoundError:
            text = N_("%(name)s is missing from the evidence folder; restore it from a backup.")
            lost.append(Problem("evidence", text, {"name": row.name}))
    if lost:
        raise Refused(lost)
    return found


def _completions(session: Session, contract: Contract, keys: set[str]) -> list[Completion]:
    """What was done and stands, of deadlines that follow from the contract as it is; what facts and documents settle
    follows from them."""
    query = (
        select(Completion)
        .join(Completion.deadline)
        .where(
            Deadline.contract_id == contract.id,
            Completion.undone_at.is_(None),
            Completion.channel.not_in(("fact", "paper")),
        )
        .order_by(Completion.done_on, Deadline.key)
        .options(selectinload(Completion.evidence), selectinload(Completion.deadline))
    )
    return [completion for completion in session.scalars(query) if completion.deadline.key in keys]


def _marked(session: Session, contract: Contract, keys: set[str]) -> list[Deadline]:
    """What is waived or disputed of the deadlines that follow from the contract as it is."""
    query = select(Deadline).where(Deadline.contract_id == contract.id, Deadline.state != State.WITHDRAWN)
    marked = query.where(or_(Deadline.state == State.WAIVED, Deadline.disputed_on.is_not(None)))
    return [row for row in session.scalars(marked.order_by(Deadline.key)) if row.key in keys]


def _keys(session: Session, contract: Contract, today: date) -> set[str]:
    return {item.key for item in schedule(agreement_of(session, contract), fact_values(contract.facts), today)}
