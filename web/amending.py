"""Whether a change of a contract puts right what was recorded wrongly, or was agreed: an amendment with its days."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.actions.amendment_documents import as_correction
from tracker.actions.amendments import (
    Supplement,
    amend_by,
    document_amended,
    document_to_amend,
    is_based_on,
    new_amendment_key,
)
from tracker.actions.contracts import amend
from tracker.actions.documents import document_of
from tracker.records.contracts import Contract
from tracker.rules.contract_file import read_contract
from tracker.rules.problems import N_, Problem
from tracker.rules.section import day, handle
from web.context import actor, now
from web.contract_preview import fingerprint
from web.contract_sent import Read, Sent
from web.forms import Form

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be saved: the whole document, and the particulars where it is an amendment."""

    document: Document
    typed: Document
    supplement: Supplement | None = None
    as_fact: bool = False

    @property
    def mark(self) -> str:
        """A name for exactly this wish."""
        return fingerprint({"document": self.document, "as_fact": self.as_fact})

    def save(self, session: Session, contract_id: int, revision: int | None, confirmed: bool) -> None:
        """Raises as `tracker.actions.contracts.amend`."""
        how: dict[str, Any] = {"now": now(), "revision": revision, "confirmed": confirmed}
        if self.supplement is None:
            amend(session, actor(), contract_id, self.typed, **how)
        else:
            amend_by(session, actor(), contract_id, self.typed, self.supplement, as_fact=self.as_fact, **how)

    def problems(self, reading: Read, found: list[Problem]) -> list[Problem]:
        """The problems of the document at the fields of the form."""
        return [
            Problem(re.sub(r"^amendments\[\d+\]\.", "amendment.", problem.place), problem.text, problem.values)
            for problem in reading.problems(found)
        ]


def wish(session: Session, sent: Sent, reading: Read) -> Wish:
    """What the form asks for; what is wrong with the particulars of an amendment is added to its problems."""
    contract, typed = sent.contract, reading.document
    if contract is None or read_contract(typed)[0] is None:
        return Wish(typed, typed)
    if sent.form.value("change") != "amendment":
        return Wish(as_correction(contract, typed) if contract.amendments else typed, typed)
    supplement = supplement_of(sent.form, "amendment.")
    if supplement is None:
        return Wish(typed, typed)
    if not is_based_on(contract, sent.origin, supplement):
        sent.form.refuse("amendment.effective", N_("Another amendment is on record for a later day."))
        return Wish(typed, typed)
    whole = document_amended(contract, typed, new_amendment_key(session, contract), supplement)
    return Wish(whole, typed, supplement, sent.form.ticked("amendment.as_fact"))


def supplement_of(form: Form, prefix: str) -> Supplement | None:
    """The particulars of an amendment as typed; None where something is wrong with them."""
    before = len(form.problems)
    title, paper = form.line(f"{prefix}title", required=True), form.read(f"{prefix}paper", handle(80)) or ""
    signed = form.read(f"{prefix}signed", day, required=True)
    effective, note = form.read(f"{prefix}effective", day, required=True), form.prose(f"{prefix}note")
    if signed is None or effective is None or len(form.problems) > before:
        return None
    return Supplement(title=title, signed=signed, effective=effective, paper=paper, note=note)


def shown(contract: Contract, asked: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The document that a form is filled from, and the fields that the address asks for: the terms as they are, or as
    they were before an amendment of an earlier day."""
    form = Form(asked)
    effective, signed = form.read("effective", day), form.read("signed", day)
    if effective is None or form.problems:
        return document_of(contract), {"change": "amendment" if "amend" in asked else "correction"}
    fields = {"change": "amendment", "amendment.effective": effective.isoformat()}
    fields |= {"amendment.signed": signed.isoformat()} if signed else {}
    return dict(document_to_amend(contract, effective, signed or effective)), fields
