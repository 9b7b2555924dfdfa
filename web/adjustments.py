"""Pausing and ending a series, moving one day, and taking that back; each is looked at before it is saved."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit, the_contract
from tracker.actions.adjust import (
    Wish,
    adjust,
    adjusted,
    adjustment_of,
    newly_odd,
    resume,
    wanted,
    withdraw_adjustment,
)
from tracker.actions.errors import Refused
from tracker.actions.shelf import deadlines_of, open_contract, open_deadline
from tracker.actions.what_if import Adjustments, WhatIf, if_adjusted
from tracker.records.contracts import Contract
from tracker.rules.adjustments import Adjusting
from tracker.rules.problems import Problem
from tracker.rules.section import day
from web.adjustment_words import adjustment_in_words, series_in_words
from web.context import _, actor, now, tracker
from web.contract_preview import fingerprint
from web.forms import Form
from web.what_moved import what_moved

screen = Blueprint("adjustments", __name__)
Page = str | Response | tuple[str, int]
REFUSED = 422
_SERIES = (Adjusting.PAUSE, Adjusting.END)


@dataclass(frozen=True, slots=True)
class Look:
    """What is shown before an adjustment is saved; `mark` names it as typed."""

    changes: WhatIf
    odd: tuple[Problem, ...]
    mark: str


# ---------------------------------------------------------------- one day


@screen.get("/obligations/<int:deadline_id>/move")
def move(deadline_id: int) -> str:
    """The form that moves one day."""
    must_edit(actor())
    return _move_page(deadline_id, Form())


@screen.post("/obligations/<int:deadline_id>/move")
def move_it(deadline_id: int) -> Page:
    """Move the day, once it was seen what that does."""
    form = Form(request.form)
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    on = form.read("day", day, required=True)
    wish = Wish(action=Adjusting.MOVE, of=deadline.key, day=on, reason=form.prose("reason")) if on else None
    saved = _save(form, deadline.contract_id, wish, lambda look: _move_page(deadline_id, form, look))
    return saved or redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


# --------------------------------------------------------------- a series


@screen.get("/contracts/<int:contract_id>/adjust")
def ask(contract_id: int) -> str:
    """The form that pauses or ends a series."""
    must_edit(actor())
    return _series_page(contract_id, Form({"action": Adjusting.PAUSE, **request.args}))


@screen.post("/contracts/<int:contract_id>/adjust")
def put(contract_id: int) -> Page:
    """Pause or end it, once it was seen what that does."""
    form = Form(request.form)
    action, of = form.one_of("action", _SERIES), form.line("of", required=True)
    on, until = form.read("day", day, required=True), form.read("until", day)
    wish = None
    if action and on and not form.problems:
        wish = Wish(action=Adjusting(action), of=of, day=on, until=until, reason=form.prose("reason"))
    saved = _save(form, contract_id, wish, lambda look: _series_page(contract_id, form, look))
    return saved or _to_contract(contract_id)


@screen.get("/contracts/<int:contract_id>/adjustments/<adjustment>")
def show(contract_id: int, adjustment: str) -> str:
    """One adjustment, to let it go on or take it back."""
    must_edit(actor())
    return _adjustment_page(contract_id, adjustment, Form())


@screen.post("/contracts/<int:contract_id>/adjustments/<adjustment>/resume")
def go_on(contract_id: int, adjustment: str) -> Page:
    """Let a paused series go on."""
    form = Form(request.form)
    on = form.read("day", day, required=True)
    try:
        if on is None:
            raise Refused([])
        with tracker().transaction() as session:
            changes = resume(session, actor(), contract_id, adjustment, day=on, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _adjustment_page(contract_id, adjustment, form), REFUSED
    flash(what_moved(changes), "ok")
    return _to_contract(contract_id)


@screen.post("/contracts/<int:contract_id>/adjustments/<adjustment>/withdraw")
def take_back(contract_id: int, adjustment: str) -> Response:
    """Take an adjustment back."""
    with tracker().transaction() as session:
        changes = withdraw_adjustment(session, actor(), contract_id, adjustment, now=now())
    flash(what_moved(changes), "ok")
    return _to_contract(contract_id)


# ----------------------------------------------------------------- saving


def _save(form: Form, contract_id: int, wish: Wish | None, page: Callable[[Look | None], str]) -> Page | None:
    """Save what is wished for, or the page to look at before or to put right; None once it is saved."""
    try:
        if wish is None or form.problems:
            raise Refused([])
        look = _look_first(form, contract_id, wish)
        if look is not None:
            return page(look), REFUSED if look.odd else 200
        with tracker().transaction() as session:
            changes = adjust(session, actor(), contract_id, wish, now=now(), confirmed=True)
    except Refused as refusal:
        form.add(refusal.problems)
        return page(None), REFUSED
    flash(what_moved(changes), "ok")
    return None


def _look_first(form: Form, contract_id: int, wish: Wish) -> Look | None:
    """What to look at before; None where exactly this was looked at."""
    mark = fingerprint({name: form.value(name) for name in ("action", "of", "day", "until", "reason")})
    if form.value("confirmed") == mark:
        return None
    with tracker().reading() as session:
        contract = the_contract(session, actor(), contract_id)
        must_edit(actor())
        value = wanted(session, contract, wish)
        changes = if_adjusted(session, actor(), contract_id, lambda _, before: adjusted(before, value), now=now())
        return Look(changes, tuple(newly_odd(session, contract, value, now())), mark)


# ------------------------------------------------------------------ pages


def _move_page(deadline_id: int, form: Form, look: Look | None = None) -> str:
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    return render_template("deadline_move.html", deadline=deadline, form=form, look=look)


def _series_page(contract_id: int, form: Form, look: Look | None = None) -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
    series = series_in_words(contract)
    actions = {Adjusting.PAUSE.value: _("pause it"), Adjusting.END.value: _("end it")}
    return render_template("adjust.html", contract=contract, form=form, look=look, series=series, actions=actions)


def _adjustment_page(contract_id: int, adjustment: str, form: Form) -> str:
    def without(_contract: Contract, before: Adjustments) -> Adjustments:
        return tuple(one for one in before if one.key != adjustment)

    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        row = adjustment_of(contract, adjustment)
        changes = if_adjusted(session, actor(), contract_id, without, now=now())
        told = adjustment_in_words(row, contract, deadlines_of(session, contract))
    return render_template("adjustment.html", contract=contract, row=row, form=form, without=changes, told=told)


def _to_contract(contract_id: int) -> Response:
    return redirect(url_for("contracts.show", contract_id=contract_id) + "#adjustments", 303)
