"""Contracts: the list, one contract's page, and what happened to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.board import contracts
from tracker.actions.errors import Missing, Refused
from tracker.actions.facts import Happened, correct_fact, record_fact, withdraw_fact
from tracker.actions.shelf import open_contract
from tracker.actions.what_if import if_withdrawn
from tracker.records.contracts import Contract, Fact
from tracker.rules.facts import Ending, FactKind, Side
from tracker.rules.section import day, up_to
from web.choices import endings, facts_in_words, kind_choices, sides
from web.context import actor, now, today, tracker
from web.contract_page import contract_page
from web.fact_review import Review, look_first
from web.forms import Form
from web.paging import Pager, page_asked
from web.what_moved import what_moved

screen = Blueprint("contracts", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]
ASKED = ("kind", "subject", "about")
"""What a link to the form of a fact may fill in beforehand."""


@screen.get("/")
def index() -> str:
    """The list, narrowed by what the address says."""
    form = Form(request.args)
    asked = page_asked()
    with tracker().reading() as session:
        text, kind = form.line("text"), form.value("kind")
        narrowed = bool(text or kind)
        rows, total = contracts(session, actor(), text, kind, offset=Pager(asked, 0).offset)
        return render_template(
            "contracts.html",
            form=form,
            rows=rows,
            pager=Pager(asked, total),
            kinds=kind_choices(),
            narrowed=narrowed,
        )


@screen.get("/<int:contract_id>")
def show(contract_id: int) -> str:
    """One contract."""
    asked = {name: request.args[name] for name in ASKED if name in request.args}
    return contract_page(contract_id, Form({"day": today().isoformat(), **asked}))


@screen.post("/<int:contract_id>/facts")
def record(contract_id: int) -> Page:
    """Record what happened, once it was seen which deadlines that moves."""
    form = Form(request.form)
    happened = _happened(form)
    if happened is None:
        return contract_page(contract_id, form), 422
    review = look_first(form, contract_id, happened)
    if review is not None:
        return contract_page(contract_id, form, review), review.status
    try:
        with tracker().transaction() as session:
            _fact, changes = record_fact(session, actor(), contract_id, happened, now=now(), confirmed=True)
    except Refused as refusal:
        form.add(refusal.problems)
        return contract_page(contract_id, form), 422
    flash(what_moved(changes), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


@screen.get("/<int:contract_id>/facts/<key>")
def fact(contract_id: int, key: str) -> str:
    """The form that corrects a fact."""
    must_edit(actor())
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
    found = _found(contract, key)
    typed = {"kind": found.kind.value, "day": found.day.isoformat(), "subject": found.subject, "note": found.note}
    typed |= {"by": found.by.value if found.by else "", "until": found.until.isoformat() if found.until else ""}
    typed |= {"about": found.about}
    return _fact_page(contract, found, Form(typed | {"customer_class" if found.kind is _CLASSED else "how": found.how}))


@screen.post("/<int:contract_id>/facts/<key>")
def correct(contract_id: int, key: str) -> Page:
    """Put a fact right, once it was seen which deadlines that moves."""
    form = Form(request.form)
    happened = _happened(form)
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
    found = _found(contract, key)
    if happened is None:
        return _fact_page(contract, found, form), 422
    review = look_first(form, contract_id, happened, key)
    if review is not None:
        return _fact_page(contract, found, form, review), review.status
    try:
        with tracker().transaction() as session:
            _row, changes = correct_fact(session, actor(), contract_id, key, happened, now=now(), confirmed=True)
    except Refused as refusal:
        form.add(refusal.problems)
        return _fact_page(contract, found, form), 422
    flash(what_moved(changes), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


@screen.post("/<int:contract_id>/facts/<key>/withdraw")
def withdraw(contract_id: int, key: str) -> Response:
    """Take back what never happened."""
    with tracker().transaction() as session:
        changes = withdraw_fact(session, actor(), contract_id, key, now=now())
    flash(what_moved(changes), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def _fact_page(contract: Contract, found: Fact, form: Form, review: Review | None = None) -> str:
    choices = {"facts": facts_in_words(), "sides": sides(), "endings": endings()}
    with tracker().reading() as session:
        without = if_withdrawn(session, actor(), contract.id, found.key, now=now())
    return render_template(
        "fact.html", contract=contract, fact=found, form=form, review=review, without=without, **choices
    )


def _found(contract: Contract, key: str) -> Fact:
    found = next((fact for fact in contract.facts if fact.key == key), None)
    if found is None:
        raise Missing
    return found


_CLASSED = FactKind.CUSTOMER_CLASS_CHANGED
"""What it changed to is written where the others say how it ended."""


def _happened(form: Form) -> Happened | None:
    kind = form.choice("kind", FactKind)
    on, until = form.read("day", day, required=True), form.read("until", day)
    by = form.one_of("by", ["", *Side])
    how = (form.read("customer_class", up_to(40)) or "") if kind is _CLASSED else form.one_of("how", ["", *Ending])
    subject, about, note = form.line("subject"), form.line("about"), form.prose("note")
    if kind is None or on is None or form.problems:
        return None
    side = Side(by) if by else None
    return Happened(kind=kind, day=on, by=side, subject=subject, until=until, how=how, about=about, note=note)
