"""Adding and changing a contract: kind first, then one form, with the dates it brings shown before it is saved."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.shelf import contract_with_uid, open_contract
from web.amending import shown
from web.context import actor, tracker, words
from web.contract_form import fields_of
from web.contract_saving import preview_of, review, save_changed, save_new
from web.contract_sent import Sent, base_sent, blank_fields, without_facts
from web.forms import Form
from web.kind_sent import in_full
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
    return Sent(form, {"id": form.value("id")}, None).page(spare=1)


@screen.post("/new")
def create() -> Page:
    """Preview, add a row, or save."""
    must_edit(actor())
    sent = Sent(Form(request.form), base_sent(), None)
    wish = request.form.get("do", "save")
    if wish == "preview":
        return sent.page(preview=preview_of(sent))
    if wish == "add":
        return sent.page(spare=1)
    with tracker().reading() as session:
        saved = contract_with_uid(session, actor(), sent.form.value("id"))
    if saved is not None:
        return redirect(url_for("contracts.show", contract_id=saved.id), 303)
    return save_new(sent)


@screen.get("/<int:contract_id>/edit")
def edit(contract_id: int) -> Page:
    """The form filled with what the contract says; only the blanks of its kind where they tell all of it, unless every
    term is asked for."""
    must_edit(actor())
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        whole, fields = shown(contract, request.args)
    document = without_facts(whole)
    full = in_full(document)
    if not full.needed and "every" not in request.args:
        return redirect(url_for("contracts_blanks.edit", contract_id=contract_id), 303)
    form = Form(fields_of(document) | fields | {"revision": str(contract.revision)})
    return Sent(form, document, contract).page(spare=1, full=full)


@screen.post("/<int:contract_id>/edit")
def change(contract_id: int) -> Page:
    """Preview, add a row, show what moves, or save."""
    must_edit(actor())
    wish = request.form.get("do", "save")
    with tracker().reading() as session:
        sent = Sent(Form(request.form), base_sent(), open_contract(session, actor(), contract_id))
        if wish == "preview":
            return sent.page(preview=preview_of(sent))
        if wish == "add":
            return sent.page(spare=1)
        shown = review(session, sent)
        if shown is not None:
            return shown
    return save_changed(sent, contract_id)


@screen.post("/preview")
def preview_new() -> str:
    """The preview alone, for the script that keeps it up to date."""
    must_edit(actor())
    sent = Sent(Form(request.form), base_sent(), None)
    return render_template("contract_preview.html", preview=preview_of(sent), form=sent.form)


@screen.post("/<int:contract_id>/preview")
def preview_change(contract_id: int) -> str:
    """The preview of a change alone."""
    must_edit(actor())
    with tracker().reading() as session:
        sent = Sent(Form(request.form), base_sent(), open_contract(session, actor(), contract_id))
    return render_template("contract_preview.html", preview=preview_of(sent), form=sent.form)
