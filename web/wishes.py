"""What reminders one wants and when; the organisation's ladders; whose manager is who."""

from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_administer, must_edit
from tracker.actions.errors import Refused
from tracker.actions.organisations import organisation_of
from tracker.actions.people import readers
from tracker.actions.reschedule import ladder_of_row
from tracker.actions.shelf import open_deadline
from tracker.actions.wishes import Wishes, clear_bounce, set_ladder, set_ladders, set_manager, wish, wishes_of
from tracker.records.deadlines import Deadline
from tracker.rules.codes import CODES
from tracker.rules.digests import Rhythm
from tracker.rules.facts import Side
from tracker.rules.ladders import ladder_text
from tracker.rules.readings import Nature
from tracker.rules.reminders import ladder_for
from tracker.rules.section import day, hour
from web.choices import calendars, codes_in_words, rhythms
from web.context import _, actor, now, tracker
from web.forms import Form, say

screen = Blueprint("wishes", __name__)
Page = str | Response | tuple[str, int]
_USUAL = {"for_notice": "renewal-intention", "for_others": "payment"}
"""Codes whose ladders are shown as what is usual."""


@screen.get("/account/reminders")
def show() -> str:
    """One's own wishes."""
    with tracker().reading() as session:
        found = wishes_of(session, actor())
    typed = {
        "quiet_from": _clock(found.quiet_from),
        "quiet_until": _clock(found.quiet_until),
        "working_days_only": "1" if found.working_days_only else "",
        "calendar": found.calendar,
        "digest": found.digest.value,
        "calendar_files": "1" if found.calendar_files else "",
        "delegate": found.delegate,
        "away_from": found.away_from.isoformat() if found.away_from else "",
        "away_until": found.away_until.isoformat() if found.away_until else "",
        **{f"muted.{code}": "1" for code in found.muted},
    }
    return _page(Form(typed))


@screen.post("/account/reminders")
def save() -> Page:
    """Keep them."""
    form = Form(request.form)
    wanted = Wishes(
        quiet_from=form.read("quiet_from", hour),
        quiet_until=form.read("quiet_until", hour),
        working_days_only=form.ticked("working_days_only"),
        calendar=form.value("calendar"),
        calendar_files=form.ticked("calendar_files"),
        digest=(form.choice("digest", Rhythm) if form.value("digest") else None) or Rhythm.NEVER,
        delegate=form.line("delegate"),
        away_from=form.read("away_from", day),
        away_until=form.read("away_until", day),
        muted=tuple(code for code in CODES if form.ticked(f"muted.{code}")),
    )
    try:
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            wish(session, actor(), wanted, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("wishes.show"), 303)


@screen.get("/settings/reminders")
def ladders() -> str:
    """The organisation's ladders."""
    must_administer(actor())
    with tracker().reading() as session:
        return _ladders(Form(dict(organisation_of(session).ladders)))


@screen.post("/settings/reminders")
def keep_ladders() -> Page:
    """Change them."""
    form = Form(request.form)
    written = {code: form.value(code) for code in ("*", *CODES) if form.value(code).strip()}
    try:
        with tracker().transaction() as session:
            set_ladders(session, actor(), written, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _ladders(form), 422
    flash(_("Saved. Reminders that were sent are not sent again."), "ok")
    return redirect(url_for("wishes.ladders"), 303)


@screen.get("/obligations/<int:deadline_id>/ladder")
def ladder(deadline_id: int) -> str:
    """When to remind of one deadline."""
    must_edit(actor())
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    return _ladder(deadline, Form({"ladder": deadline.own_ladder}))


@screen.post("/obligations/<int:deadline_id>/ladder")
def keep_ladder(deadline_id: int) -> Page:
    """Change that."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            set_ladder(session, actor(), deadline_id, form.value("ladder"), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        with tracker().reading() as session:
            return _ladder(open_deadline(session, actor(), deadline_id), form), 422
    flash(_("Saved. Reminders that were sent are not sent again."), "ok")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


@screen.post("/people/<int:person_id>/manager")
def manager(person_id: int) -> Response:
    """Say who hears of what somebody leaves unanswered."""
    try:
        with tracker().transaction() as session:
            set_manager(session, actor(), person_id, request.form.get("manager", ""), now=now())
        flash(_("Saved."), "ok")
    except Refused as refusal:
        for problem in refusal.problems:
            flash(say(problem), "bad")
    return redirect(url_for("people.index"), 303)


@screen.post("/people/<int:person_id>/address")
def address(person_id: int) -> Response:
    """Write again to an address that took no letters."""
    with tracker().transaction() as session:
        clear_bounce(session, actor(), person_id, now=now())
    flash(_("Letters go to this address again."), "ok")
    return redirect(url_for("people.index"), 303)


def _page(form: Form) -> str:
    with tracker().reading() as session:
        others = {one.email: one.name for one in readers(session) if one.id != actor().person_id}
    return render_template(
        "wishes.html", form=form, people=others, calendars=calendars(), codes=codes_in_words(), rhythms=rhythms()
    )


def _ladder(deadline: Deadline, form: Form) -> str:
    holds = ladder_text(ladder_of_row(deadline))
    return render_template("ladder.html", form=form, deadline=deadline, holds=holds)


def _ladders(form: Form) -> str:
    usual = {name: ladder_text(ladder_for(code, Nature.BY, Side.US)) for name, code in _USUAL.items()}
    return render_template("ladders.html", form=form, codes=codes_in_words(), **usual)


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""
