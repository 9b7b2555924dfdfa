"""Adding and changing a contract: kind first, then one form, with the dates it brings shown before it is saved."""

import json

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.contracts import amend, preview, register
from tracker.actions.documents import document_of
from tracker.actions.errors import Odd, Refused, Stale
from tracker.actions.people import colleagues
from tracker.actions.shelf import contract_with_uid, open_contract
from tracker.actions.what_if import against_rows
from web import contract_choices as choices
from web.context import _, actor, now, today, tracker, words
from web.contract_form import Reading, fields_of
from web.contract_preview import Preview, fingerprint
from web.contract_sent import Sent, base_sent, blank_fields, rows_of, without_facts
from web.forms import Form
from web.kinds import kinds

screen = Blueprint("contracts_edit", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]


@screen.get("/new")
def new() -> str:
    """Choose a kind, then fill its blanks."""
    must_edit(actor())
    kind = kinds().get(request.args.get("kind", ""))
    if kind is None:
        ordered = [kinds().by_code[code] for code, _name in kinds().choices(words().language)]
        return render_template("contract_kind.html", kinds=ordered)
    form = Form(blank_fields(kind))
    return _page(Sent(form, {"id": form.value("id")}, None), spare=1)


@screen.post("/new")
def create() -> Page:
    """Preview, add a row, or save."""
    must_edit(actor())
    sent = Sent(Form(request.form), base_sent(), None)
    wish = request.form.get("do", "save")
    if wish == "preview":
        return _previewed(sent)
    if wish == "add":
        return _page(sent, spare=1)
    with tracker().reading() as session:
        saved = contract_with_uid(session, actor(), sent.form.value("id"))
    if saved is not None:
        return redirect(url_for("contracts.show", contract_id=saved.id), 303)
    return _save_new(sent)


@screen.get("/<int:contract_id>/edit")
def edit(contract_id: int) -> str:
    """The form filled with what the contract says."""
    must_edit(actor())
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        document = without_facts(document_of(contract))
        form = Form(fields_of(document) | {"revision": str(contract.revision)})
        return _page(Sent(form, document, contract), spare=1)


@screen.post("/<int:contract_id>/edit")
def change(contract_id: int) -> Page:
    """Preview, add a row, show what moves, or save."""
    must_edit(actor())
    wish = request.form.get("do", "save")
    with tracker().reading() as session:
        sent = Sent(Form(request.form), base_sent(), open_contract(session, actor(), contract_id))
        if wish == "preview":
            return _previewed(sent)
        if wish == "add":
            return _page(sent, spare=1)
        review = _review(session, sent)
        if review is not None:
            return review
    return _save_changed(sent, contract_id)


@screen.post("/preview")
def preview_new() -> str:
    """The preview alone, for the script that keeps it up to date."""
    must_edit(actor())
    return render_template("contract_preview.html", preview=_preview(Sent(Form(request.form), base_sent(), None)))


@screen.post("/<int:contract_id>/preview")
def preview_change(contract_id: int) -> str:
    """The preview of a change alone."""
    must_edit(actor())
    with tracker().reading() as session:
        sent = Sent(Form(request.form), base_sent(), open_contract(session, actor(), contract_id))
    return render_template("contract_preview.html", preview=_preview(sent))


def _save_new(sent: Sent) -> Page:
    reading = sent.reading()
    reading.document["id"] = sent.form.value("id")
    confirmed = sent.form.value("confirmed") == fingerprint(reading.document)
    try:
        _must_be_usable(sent, reading)
        with tracker().transaction() as session:
            kept = register(session, actor(), reading.document, now=now(), confirmed=confirmed)
            contract_id = kept.contract.id
    except Odd as odd:
        return _page(sent, odd=reading.problems(list(odd.problems)), confirm=fingerprint(reading.document)), 422
    except Refused as refusal:
        return _refused(sent, reading, refusal)
    flash(_("Recorded. These are the dates it brings."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def _review(session: Session, sent: Sent) -> Page | None:
    """Before a change is saved: which deadlines move, and what is odd. None when it was shown, or there is nothing."""
    reading = sent.reading()
    mark = fingerprint(reading.document)
    if sent.form.problems or sent.form.value("confirmed") == mark or sent.contract is None:
        return None
    computed, problems = preview(session, reading.document, today())
    changes = against_rows(session, sent.contract, computed, reading.document)
    if not problems and not changes:
        return None
    if not computed and problems:
        return None  # saving will refuse and say why
    return _page(sent, odd=reading.problems(problems), changes=changes, confirm=mark)


def _save_changed(sent: Sent, contract_id: int) -> Page:
    reading = sent.reading()
    revision = None if sent.form.ticked("anyway") else _number(sent.form.value("revision"))
    try:
        _must_be_usable(sent, reading)
        with tracker().transaction() as session:
            seen = sent.form.value("confirmed") == fingerprint(reading.document)
            amend(session, actor(), contract_id, reading.document, now=now(), revision=revision, confirmed=seen)
    except Odd as odd:
        return _page(sent, odd=reading.problems(list(odd.problems)), confirm=fingerprint(reading.document)), 422
    except Refused as refusal:
        return _refused(sent, reading, refusal)
    except Stale:
        return _page(sent, stale=True), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def _must_be_usable(sent: Sent, reading: Reading) -> None:
    """Refuse what the form itself could not read, together with everything else that is wrong."""
    if not sent.form.problems:
        return
    with tracker().reading() as session:
        computed, problems = preview(session, reading.document, today())
    told = {problem.place.partition(".due")[0] for problem in sent.form.problems}
    fields = reading.problems([] if computed else problems)
    sent.form.add(problem for problem in fields if problem.place.partition(".due")[0] not in told)
    raise Refused([])


def _refused(sent: Sent, reading: Reading, refusal: Refused) -> Page:
    sent.form.add(reading.problems(list(refusal.problems)))
    return _page(sent), 422


def _previewed(sent: Sent) -> str:
    return _page(sent, preview=_preview(sent))


def _preview(sent: Sent) -> Preview:
    reading = sent.reading()
    with tracker().reading() as session:
        computed, problems = preview(session, reading.document, today())
        changes = (
            against_rows(session, sent.contract, computed, reading.document) if sent.contract and computed else None
        )
    return Preview(computed, reading.problems(problems), changes)


def _page(sent: Sent, *, spare: int = 0, **more: object) -> str:
    with tracker().reading() as session:
        people = colleagues(session)
    return render_template(
        "contract_form.html",
        form=sent.form,
        contract=sent.contract,
        base=json.dumps(sent.base, ensure_ascii=False),
        people=people,
        people_by_email={one.email: one.name for one in people},
        obligations=rows_of(sent.form, "obligations", spare),
        parties=rows_of(sent.form, "parties", 0, least=3),
        notices=rows_of(sent.form, "renewal.notice", 0, least=2),
        terminations=rows_of(sent.form, "termination", 0, least=2),
        choices=choices,
        **{"preview": None, "odd": [], "changes": None, "confirm": "", "stale": False, **more},
    )


def _number(typed: str) -> int:
    """The revision the form was filled from; 0, which none is, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
