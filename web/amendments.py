"""Amendments on a contract's page, and the page of each: what it changed, its days put right, or taken back."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.amendments import (
    Document,
    Supplement,
    amendment_in,
    correct_amendment,
    document_redated,
    document_without,
    withdraw_amendment,
    worded_before_and_after,
)
from tracker.actions.contracts import preview
from tracker.actions.errors import Refused
from tracker.actions.shelf import open_contract
from tracker.actions.what_if import WhatIf, against_rows
from tracker.records.contracts import Amendment, Contract
from tracker.records.deadlines import Deadline
from tracker.render.terms import Rewording, TermLine, frame_lines, rewordings, term_lines
from tracker.rules.amendment_form import read_terms
from tracker.rules.problems import Problem
from tracker.rules.section import Section
from web.amending import supplement_of
from web.context import _, actor, now, today, tracker, words
from web.contract_preview import fingerprint
from web.forms import Form

screen = Blueprint("amendments", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]
REFUSED = 422


@dataclass(frozen=True, slots=True)
class Look:
    """What is shown before it is saved; `mark` names it as typed."""

    changes: WhatIf
    odd: tuple[Problem, ...]
    mark: str


@screen.get("/<int:contract_id>/amendments/<amendment>")
def show(contract_id: int, amendment: str) -> str:
    """What an amendment changed, and its particulars."""
    return _page(contract_id, amendment, None)


@screen.post("/<int:contract_id>/amendments/<amendment>")
def correct(contract_id: int, amendment: str) -> Page:
    """Put its particulars right, once it was seen what that moves."""
    must_edit(actor())
    form = Form(request.form)
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        amendment_in(contract, amendment)
        supplement = supplement_of(form, "")
        look = _look(session, contract, amendment, supplement) if supplement else None
    if supplement is None or look is None:
        return _page(contract_id, amendment, form), REFUSED
    if form.value("confirmed") != look.mark and (look.odd or look.changes.disturbs or form.value("do") == "preview"):
        return _page(contract_id, amendment, form, look), REFUSED if look.odd else 200
    try:
        with tracker().transaction() as session:
            correct_amendment(session, actor(), contract_id, amendment, supplement, now=now(), confirmed=True)
    except Refused as refusal:
        form.add(Problem(one.place.removeprefix("amendment."), one.text, one.values) for one in refusal.problems)
        return _page(contract_id, amendment, form), REFUSED
    flash(_("Saved."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id) + "#amendments", 303)


@screen.post("/<int:contract_id>/amendments/<amendment>/withdraw")
def withdraw(contract_id: int, amendment: str) -> Response:
    """Take it back: what it changed was never agreed."""
    with tracker().transaction() as session:
        withdraw_amendment(session, actor(), contract_id, amendment, now=now(), confirmed=True)
    flash(_("The amendment is taken back, and every date worked out without it."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id) + "#amendments", 303)


def amendments_part(_session: Session, contract: Contract, _rows: list[Deadline]) -> dict[str, object]:
    """What the contract's page shows of them, the latest first."""
    papers = {paper.key: paper for paper in contract.papers}
    listed = sorted(contract.amendments, key=lambda row: (row.effective, row.signed, row.id), reverse=True)
    return {"amendments": [(row, papers.get(row.paper_key)) for row in listed]}


def _look(session: Session, contract: Contract, key: str, supplement: Supplement) -> Look:
    document = document_redated(contract, key, supplement)
    changes, odd = _if_kept(session, contract, document)
    return Look(changes, odd, fingerprint(document))


def _if_kept(session: Session, contract: Contract, document: Document) -> tuple[WhatIf, tuple[Problem, ...]]:
    computed, odd = preview(session, document, today())
    return against_rows(session, contract, computed, document), tuple(odd)


def _page(contract_id: int, key: str, form: Form | None, look: Look | None = None) -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        row = amendment_in(contract, key)
        return render_template(
            "amendment.html",
            contract=contract,
            amendment=row,
            day_before=row.effective - timedelta(days=1),
            form=form or Form(_fields(row)),
            look=look,
            changed=_changed(contract, key),
            without=_if_kept(session, contract, document_without(contract, key))[0],
        )


def _fields(row: Amendment) -> dict[str, str]:
    days = {"signed": row.signed.isoformat(), "effective": row.effective.isoformat()}
    return {"title": row.title, "paper": row.paper_key, "note": row.note, **days}


def _changed(contract: Contract, key: str) -> list[Rewording]:
    before, after = worded_before_and_after(contract, key)
    return rewordings(_lines(before), _lines(after))


def _lines(terms: Document) -> list[TermLine]:
    read = read_terms(Section.of(terms, "", []))
    clauses = term_lines(read.effect, read.clauses, words()) if read else []
    return [*frame_lines(terms, words()), *clauses]
