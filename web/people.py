"""People and what they may do; for administrators."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import may_sign_in, must_administer
from tracker.actions.errors import Missing, Refused
from tracker.actions.invitations import invite
from tracker.actions.people import (
    NewPerson,
    add_person,
    change_role,
    disable_person,
    enable_person,
    everybody,
    new_link,
)
from tracker.records.people import Person, Role
from web.choices import rhythms, roles
from web.context import _, absolute, actor, now, tracker, words
from web.forms import Form, say

screen = Blueprint("people", __name__, url_prefix="/people")
Page = str | Response | tuple[str, int]


@screen.get("/")
def index() -> str:
    """Everybody, and the form that adds somebody."""
    return _page(Form({"role": Role.EDITOR.value, "language": words().language}))


@screen.post("/")
def add() -> Page:
    """Add somebody and show the link with which they set their password, if they may sign in."""
    form = Form(request.form)
    must_administer(actor())
    role = form.choice("role", Role)
    try:
        if role is None:
            raise Refused([])
        wanted = NewPerson(
            email=form.value("email"), name=form.value("name"), role=role, language=form.value("language")
        )
        with tracker().transaction() as session:
            person = add_person(session, actor(), wanted, now=now())
            token = invite(session, person, now()) if may_sign_in(person) else ""
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form), 422
    if token:
        return _link(person, token)
    flash(_("Added. They get letters of the contracts that name them."), "ok")
    return redirect(url_for("people.index"), 303)


@screen.post("/<int:person_id>/link")
def link(person_id: int) -> Page:
    """A new link with which somebody sets their password."""
    try:
        with tracker().transaction() as session:
            person, token = new_link(session, actor(), person_id, now=now())
    except Refused as refusal:
        return _refused(refusal)
    return _link(person, token)


@screen.post("/<int:person_id>/role")
def role(person_id: int) -> Page:
    """Change what somebody may do."""
    form = Form(request.form)
    must_administer(actor())
    wanted = form.choice("role", Role)
    try:
        if wanted is None:
            raise Refused(form.problems)
        with tracker().transaction() as session:
            change_role(session, actor(), person_id, wanted, now=now())
    except Refused as refusal:
        return _refused(refusal)
    flash(_("Saved."), "ok")
    return redirect(url_for("people.index"), 303)


@screen.route("/<int:person_id>/disable", methods=["GET", "POST"])
def disable(person_id: int) -> Page:
    """Ask, then shut somebody out."""
    must_administer(actor())
    if request.method == "GET":
        with tracker().reading() as session:
            person = session.get(Person, person_id)
        if person is None:
            raise Missing
        return render_template("person_disable.html", who=person)
    try:
        with tracker().transaction() as session:
            disable_person(session, actor(), person_id, now=now())
    except Refused as refusal:
        return _refused(refusal)
    flash(_("They can no longer sign in; their calendars and links are dead."), "ok")
    return redirect(url_for("people.index"), 303)


@screen.post("/<int:person_id>/enable")
def enable(person_id: int) -> Page:
    """Let somebody back in."""
    with tracker().transaction() as session:
        person = enable_person(session, actor(), person_id, now=now())
    if may_sign_in(person):
        flash(_("They may come back: give them a new link to set a password."), "ok")
    else:
        flash(_("They get letters again."), "ok")
    return redirect(url_for("people.index"), 303)


def _page(form: Form) -> str:
    with tracker().reading() as session:
        people = everybody(session, actor())
    return render_template("people.html", form=form, people=people, roles=roles(), rhythms=rhythms())


def _link(person: Person, token: str) -> str:
    address = absolute(url_for("welcome.invitation", token=token))
    return render_template("person_link.html", who=person, address=address)


def _refused(refusal: Refused) -> Response:
    for problem in refusal.problems:
        flash(say(problem), "bad")
    return redirect(url_for("people.index"), 303)
