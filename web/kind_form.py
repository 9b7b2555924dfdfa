"""A contract by the blanks of its kind: only what differs from one such contract to the next is asked for."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.documents import document_of
from tracker.actions.errors import Missing
from tracker.actions.shelf import contract_with_uid, open_contract
from tracker.records.contracts import Contract
from tracker.rules.kind_fit import fit
from tracker.rules.kinds import Kind
from web import kind_words
from web.context import _, actor, tracker
from web.contract_saving import preview_of, review, save_changed, save_new
from web.contract_sent import base_sent, without_facts
from web.forms import Form
from web.kind_sent import KindSent, kept_contract, new_contract
from web.kinds import kinds

screen = Blueprint("contracts_blanks", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]


@screen.get("/new/<code>")
def new(code: str) -> str:
    """The blanks of a kind."""
    must_edit(actor())
    return new_contract(_kind(code)).page()


@screen.post("/new/<code>")
def create(code: str) -> Page:
    """Preview, go on in the form of every term, or save."""
    must_edit(actor())
    sent = KindSent(Form(request.form), {}, None, _kind(code))
    answer = _without_saving(sent)
    if answer is not None:
        return answer
    with tracker().reading() as session:
        saved = contract_with_uid(session, actor(), sent.form.value("id"))
    if saved is not None:
        return redirect(url_for("contracts.show", contract_id=saved.id), 303)
    return save_new(sent)


@screen.get("/<int:contract_id>/blanks")
def edit(contract_id: int) -> Page:
    """The blanks with what the contract has in them; the form of every term where they do not tell it all."""
    must_edit(actor())
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        document = without_facts(document_of(contract))
    kind = kinds().get(contract.kind)
    found = fit(kind, document) if kind else None
    if kind is None or found is None or not found.fits:
        return redirect(url_for("contracts_edit.edit", contract_id=contract_id), 303)
    besides = _("This contract also holds: %(names)s. It stays as it is.", names=kind_words.strays_named(found.besides))
    return kept_contract(kind, found, document, contract).page(notes=[besides] if found.besides else [])


@screen.post("/<int:contract_id>/blanks")
def change(contract_id: int) -> Page:
    """Preview, go on in the form of every term, show what moves, or save."""
    must_edit(actor())
    with tracker().reading() as session:
        sent = _sent(open_contract(session, actor(), contract_id))
        answer = _without_saving(sent) or review(session, sent)
        if answer is not None:
            return answer
    return save_changed(sent, contract_id)


@screen.post("/new/<code>/preview")
def preview_new(code: str) -> str:
    """The preview alone, for the script that keeps it up to date."""
    must_edit(actor())
    return _fragment(KindSent(Form(request.form), {}, None, _kind(code)))


@screen.post("/<int:contract_id>/blanks/preview")
def preview_change(contract_id: int) -> str:
    """The preview of a change alone."""
    must_edit(actor())
    with tracker().reading() as session:
        sent = _sent(open_contract(session, actor(), contract_id))
    return _fragment(sent)


def _without_saving(sent: KindSent) -> Page | None:
    """The answer to a button that saves nothing; None for the one that does."""
    wish = request.form.get("do", "save")
    if wish == "preview":
        preview = preview_of(sent)
        sent.form.problems[:] = sent.typed_problems()  # what is still empty is told in the preview alone
        return sent.page(preview=preview)
    if wish == "every":
        full = sent.in_full()
        return full.page(spare=1, notes=sent.lost())
    return None


def _fragment(sent: KindSent) -> str:
    labels = kind_words.labels(sent.kind, ())
    return render_template("contract_preview.html", preview=preview_of(sent), form=sent.form, labels=labels)


def _kind(code: str) -> Kind:
    kind = kinds().get(code)
    if kind is None:
        raise Missing
    return kind


def _sent(contract: Contract) -> KindSent:
    return KindSent(Form(request.form), base_sent(), contract, _kind(contract.kind))
