"""Contracts that belong together: parent and children on a contract's page, and the page that sets the parent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.errors import Refused
from tracker.actions.family import family_of, possible_parents, set_parent
from tracker.actions.shelf import open_contract
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.rules.section import up_to
from web.context import _, actor, now, tracker
from web.forms import Form

screen = Blueprint("family", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]


@screen.get("/<int:contract_id>/parent")
def ask(contract_id: int) -> str:
    """The form that puts a contract under another."""
    must_edit(actor())
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        parent = family_of(session, actor(), contract).parent
    return _page(contract_id, Form({"parent": parent.number if parent else ""}))


@screen.post("/<int:contract_id>/parent")
def put(contract_id: int) -> Page:
    """Put it under the contract named, or under none."""
    form = Form(request.form)
    name = form.read("parent", up_to(100)) or ""
    try:
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            changed = set_parent(session, actor(), contract_id, name, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(contract_id, form), 422
    flash(_("Saved.") if changed else _("Nothing changed."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id) + "#family", 303)


def family_part(session: Session, contract: Contract, _rows: list[Deadline]) -> dict[str, object]:
    """What the contract's page shows of it."""
    return {"family": family_of(session, actor(), contract)}


def _page(contract_id: int, form: Form) -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        offered = possible_parents(session, actor(), contract)
    return render_template("contract_parent.html", contract=contract, form=form, offered=offered)
