"""After the end: the checklist of what survives a contract, its end confirmed or corrected, and the closing report."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.after_end import plan_of, recorded_end
from tracker.actions.derived import confirm_end, confirm_renewal, unconfirmed_end, unconfirmed_renewal
from tracker.actions.errors import Refused
from tracker.actions.facts import Happened, correct_fact, record_fact
from tracker.actions.reschedule import Changes
from tracker.actions.shelf import open_contract
from tracker.records.contracts import Contract, Fact
from tracker.records.deadlines import Deadline
from tracker.rules.facts import Ending, FactKind
from tracker.rules.section import day
from web.choices import endings
from web.context import actor, now, today, tracker
from web.fact_review import Review, look_first
from web.forms import Form, say
from web.what_moved import what_moved

screen = Blueprint("after_end", __name__, url_prefix="/contracts")
Page = str | Response | tuple[str, int]
Confirmation = Callable[..., tuple[Fact, Changes]]


@screen.get("/<int:contract_id>/after-the-end")
def show(contract_id: int) -> str:
    """The checklist."""
    return _page(contract_id)


@screen.get("/<int:contract_id>/after-the-end/report")
def report(contract_id: int) -> str:
    """The same to print and keep: who did what and when, what shows it, and what is open."""
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        plan = plan_of(session, contract, today())
        return render_template("closing_report.html", contract=contract, plan=plan, at=now(), endings=endings())


@screen.post("/<int:contract_id>/after-the-end")
def set_end(contract_id: int) -> Page:
    """Record the end or put it right, once it was seen which deadlines that moves."""
    must_edit(actor())
    with tracker().reading() as session:
        found = recorded_end(open_contract(session, actor(), contract_id))
    form, key = Form(request.form), found.key if found else ""
    happened = _happened(form, found)
    if happened is None:
        return _page(contract_id, form), 422
    review = look_first(form, contract_id, happened, key)
    if review is not None:
        return _page(contract_id, form, review), review.status
    flash(what_moved(_keep(contract_id, key, happened)), "ok")
    return _back(contract_id)


@screen.post("/<int:contract_id>/after-the-end/confirm")
def confirm(contract_id: int) -> Response:
    """Record the end that time or a notice has brought about."""
    _confirm(contract_id, confirm_end)
    return _back(contract_id)


@screen.post("/<int:contract_id>/renewal/confirm")
def renewed(contract_id: int) -> Response:
    """Record the renewal that silence has brought about."""
    _confirm(contract_id, confirm_renewal)
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def after_end_part(session: Session, contract: Contract, rows: list[Deadline]) -> dict[str, object]:
    """What the contract's page shows of it: the checklist in short, and what is still to be confirmed."""
    plan = plan_of(session, contract, today(), rows)
    return {
        "plan": plan,
        "end_to_confirm": unconfirmed_end(plan.life),
        "renewal_to_confirm": unconfirmed_renewal(plan.life, today()),
    }


def _page(contract_id: int, form: Form | None = None, review: Review | None = None) -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        return render_template(
            "after_end.html",
            contract=contract,
            form=form or Form(_typed(recorded_end(contract))),
            asked=form is not None,
            review=review,
            endings=endings(),
            **after_end_part(session, contract, []),
        )


def _typed(fact: Fact | None) -> dict[str, str]:
    if fact is None:
        return {"day": today().isoformat()}
    return {"day": fact.day.isoformat(), "how": fact.how, "note": fact.note}


def _happened(form: Form, found: Fact | None) -> Happened | None:
    """The end as typed; what the form does not ask stays as it was recorded."""
    on, how, note = form.read("day", day, required=True), form.one_of("how", ["", *Ending]), form.prose("note")
    if on is None or form.problems:
        return None
    if found is None:
        return Happened(kind=FactKind.ENDED, day=on, how=how, note=note)
    by, subject, until, about = found.by, found.subject, found.until, found.about
    return Happened(kind=FactKind.ENDED, day=on, by=by, subject=subject, until=until, how=how, about=about, note=note)


def _keep(contract_id: int, key: str, happened: Happened) -> Changes:
    with tracker().transaction() as session:
        if key:
            return correct_fact(session, actor(), contract_id, key, happened, now=now(), confirmed=True)[1]
        return record_fact(session, actor(), contract_id, happened, now=now(), confirmed=True)[1]


def _confirm(contract_id: int, what: Confirmation) -> None:
    """Confirm, and say what that moved; or that somebody was faster."""
    try:
        with tracker().transaction() as session:
            _fact, changes = what(session, actor(), contract_id, now=now())
    except Refused as refusal:
        for problem in refusal.problems:
            flash(say(problem), "warn")
    else:
        flash(what_moved(changes), "ok")


def _back(contract_id: int) -> Response:
    return redirect(url_for("after_end.show", contract_id=contract_id), 303)
