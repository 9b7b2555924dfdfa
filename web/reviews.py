"""What follows once a deadline was met, or is not agreed on: evidence, review, dispute."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.complete import Shown, add_evidence, standing
from tracker.actions.disputes import dispute, settle_dispute
from tracker.actions.errors import Refused
from tracker.actions.review import approve, may_review, reject
from tracker.actions.shelf import open_deadline
from tracker.records.deadlines import State
from tracker.rules.section import day
from web.context import _, actor, now, today, tracker
from web.deadline_page import REFUSED, sent_back
from web.forms import Form
from web.incoming import came_with_files, handed_in
from web.security import takes_files

screen = Blueprint("reviews", __name__, url_prefix="/obligations")
Page = str | Response | tuple[str, int]


@screen.get("/<int:deadline_id>/evidence")
def evidence(deadline_id: int) -> str:
    """The form that brings evidence for what was done."""
    must_edit(actor())
    return _evidence_page(deadline_id, Form())


@screen.post("/<int:deadline_id>/evidence")
@takes_files
def bring(deadline_id: int) -> Page:
    """Keep the evidence."""
    form = Form(request.form)
    try:
        shown = Shown(link=form.line("link"), uploads=handed_in(form))
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            add_evidence(session, actor(), deadline_id, shown, files=tracker().files, now=now())
            state = open_deadline(session, actor(), deadline_id).state
    except Refused as refusal:
        form.add(refusal.problems)
        return _evidence_page(deadline_id, form), REFUSED
    told = _("Kept. It waits to be accepted.") if state is State.IN_REVIEW else _("Kept.")
    return _back(deadline_id, told)


@screen.get("/<int:deadline_id>/review")
def review(deadline_id: int) -> str:
    """What was done and how it is shown, to accept or reject it."""
    must_edit(actor())
    return _review_page(deadline_id, Form())


@screen.post("/<int:deadline_id>/approve")
def accept(deadline_id: int) -> Page:
    """Accept the proof."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            approve(session, actor(), deadline_id, note=form.prose("note"), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _review_page(deadline_id, form), REFUSED
    return _back(deadline_id, _("Accepted."))


@screen.post("/<int:deadline_id>/reject")
def refuse(deadline_id: int) -> Page:
    """Refuse the proof: it is open again."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            reject(session, actor(), deadline_id, reason=form.prose("reason"), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _review_page(deadline_id, form), REFUSED
    return _back(deadline_id, _("Rejected. It is open again; reminders start afresh."))


@screen.get("/<int:deadline_id>/dispute")
def ask(deadline_id: int) -> str:
    """The form that marks it as disputed."""
    must_edit(actor())
    return _plain_page("deadline_dispute.html", deadline_id, Form({"since": today().isoformat()}))


@screen.post("/<int:deadline_id>/dispute")
def contest(deadline_id: int) -> Page:
    """Record that it is disputed."""
    form = Form(request.form)
    since = form.read("since", day)
    try:
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            dispute(session, actor(), deadline_id, reason=form.prose("reason"), since=since, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _plain_page("deadline_dispute.html", deadline_id, form), REFUSED
    return _back(deadline_id, _("Marked as disputed. It stays open and reminders go on."))


@screen.post("/<int:deadline_id>/dispute/settle")
def agree(deadline_id: int) -> Page:
    """Record that the dispute is settled."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            settle_dispute(session, actor(), deadline_id, how=form.prose("how"), now=now())
    except Refused as refusal:
        return sent_back(deadline_id, form, refusal)
    return _back(deadline_id, _("The dispute is settled."))


def _evidence_page(deadline_id: int, form: Form) -> str:
    return _plain_page("deadline_evidence.html", deadline_id, form, lost=came_with_files())


def _review_page(deadline_id: int, form: Form) -> str:
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
        allowed = may_review(session, actor(), deadline)
    completion = standing(deadline)
    return render_template(
        "deadline_review.html", deadline=deadline, completion=completion, may_review=allowed, form=form
    )


def _plain_page(template: str, deadline_id: int, form: Form, **more: object) -> str:
    with tracker().reading() as session:
        deadline = open_deadline(session, actor(), deadline_id)
    return render_template(template, deadline=deadline, form=form, **more)


def _back(deadline_id: int, told: str) -> Response:
    flash(told, "ok")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)
