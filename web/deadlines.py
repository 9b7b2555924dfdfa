"""Obligations: the filtered list, one deadline's page, logging its completion, taking that back, waiving."""

from secrets import token_urlsafe

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.answering import Way, say
from tracker.actions.board import BANDS, Wanted
from tracker.actions.board import deadlines as find
from tracker.actions.complete import Done, complete, undo, waive
from tracker.actions.errors import Missing, Refused
from tracker.actions.people import colleagues
from tracker.actions.shelf import open_deadline, references
from tracker.records.deadlines import State
from tracker.rules.facts import Side
from tracker.rules.section import day
from web.answers import said_in
from web.choices import codes_in_words, sides, states
from web.context import _, actor, now, today, tracker
from web.deadline_page import deadline_page, sent_back
from web.downloads import download
from web.forms import Form
from web.incoming import came_with_files, handed_in
from web.paging import Pager, page_asked
from web.security import takes_files

screen = Blueprint("deadlines", __name__, url_prefix="/obligations")
Page = str | Response | tuple[str, int]
CHECKLIST = "after-the-end"
"""Said in an address: go back to the checklist afterwards."""


@screen.get("/")
def index() -> str:
    """The list, narrowed by what the address says."""
    form = Form(request.args)
    wanted = _wanted(form)
    asked = page_asked()
    with tracker().reading() as session:
        found = find(session, actor(), wanted, today(), offset=Pager(asked, 0).offset)
        return render_template(
            "deadlines.html",
            form=form,
            rows=found.rows,
            pager=Pager(asked, found.total),
            references=references(session, list(found.rows)),
            people={str(person.id): person.name for person in colleagues(session)},
            bands=BANDS,
            states=states(),
            sides=sides(),
            codes=codes_in_words(),
            narrowed=wanted != Wanted(),
        )


@screen.get("/<int:deadline_id>")
def show(deadline_id: int) -> str:
    """One deadline: its days, how they were worked out, and what was done."""
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
        return deadline_page(session, deadline, Form())


@screen.get("/<int:deadline_id>/log")
def log(deadline_id: int) -> str:
    """The form that logs a completion."""
    must_edit(actor())
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    typed = {"done_on": today().isoformat(), "submission": token_urlsafe(18)}
    return render_template("deadline_log.html", deadline=deadline, form=Form(typed))


@screen.post("/<int:deadline_id>/log")
@takes_files
def log_it(deadline_id: int) -> Page:
    """Log the completion; sending the form twice logs it once."""
    form = Form(request.form)
    done_on = form.read("done_on", day, required=True)
    note, link, uploads = form.prose("note"), form.line("link"), handed_in(form)
    try:
        if done_on is None or form.problems:
            raise Refused([])
        done = Done(done_on=done_on, note=note, link=link, uploads=uploads, submission=form.line("submission"))
        with tracker().transaction() as session:
            completion = complete(session, actor(), deadline_id, done, files=tracker().files, now=now())
            state, contract_id = completion.deadline.state, completion.deadline.contract_id
    except Refused as refusal:
        form.add(refusal.problems)
        with tracker().reading() as session:
            deadline = open_deadline(session, actor(), deadline_id)
        return render_template("deadline_log.html", deadline=deadline, form=form, lost=came_with_files()), 422
    flash(_logged(state), "ok")
    if request.args.get("then") == CHECKLIST:
        return redirect(url_for("after_end.show", contract_id=contract_id, _anchor=f"d{deadline_id}"), 303)
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


@screen.post("/<int:deadline_id>/undo")
def take_back(deadline_id: int) -> Page:
    """Take a completion back, or reopen what was waived."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            state = undo(session, actor(), deadline_id, reason=form.prose("reason"), now=now()).state
    except Refused as refusal:
        return sent_back(deadline_id, form, refusal)
    flash(_("Open again; reminders start afresh.") if state is State.OPEN else _("Saved."), "ok")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


@screen.post("/<int:deadline_id>/waive")
def let_go(deadline_id: int) -> Page:
    """Record that nobody will insist on it."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            waive(session, actor(), deadline_id, reason=form.prose("reason"), now=now())
    except Refused as refusal:
        return sent_back(deadline_id, form, refusal)
    flash(_("Waived."), "ok")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


@screen.post("/<int:deadline_id>/answer")
def answer(deadline_id: int) -> Page:
    """Say to its reminders that it is in hand, later, or not theirs."""
    form = Form(request.form)
    said = said_in(form)
    try:
        if said is None or said.way is Way.DONE or form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            say(session, actor(), deadline_id, said, now=now())
    except Refused as refusal:
        return sent_back(deadline_id, form, refusal)
    flash(_("Noted."), "ok")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


@screen.get("/<int:deadline_id>/evidence/<int:evidence_id>")
def evidence(deadline_id: int, evidence_id: int) -> Response:
    """A file that proves a completion, always as a download."""
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    held = (item for completion in deadline.completions for item in completion.evidence if item.id == evidence_id)
    item = next(held, None)
    if item is None:
        raise Missing
    return download(item)


def _logged(state: State) -> str:
    later = {
        State.EVIDENCE_PENDING: _("Logged. Its evidence is still to be brought."),
        State.IN_REVIEW: _("Logged. It waits to be accepted."),
    }
    return later.get(state) or _("Logged. You can take it back for ten minutes without giving a reason.")


def _wanted(form: Form) -> Wanted:
    owner = form.value("owner")
    return Wanted(
        band=form.value("band") if form.value("band") in BANDS else "",
        state=State(form.value("state")) if form.value("state") in set(State) else None,
        side=Side(form.value("side")) if form.value("side") in set(Side) else None,
        owner_id=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 10 else None,
        code=form.value("code"),
        disputed=form.ticked("disputed"),
        text=form.line("text"),
        start=form.read("start", day),
        end=form.read("end", day),
    )
