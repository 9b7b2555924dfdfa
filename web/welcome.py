"""Links that are used once: the first run, and setting a password."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.errors import Missing, Refused
from tracker.actions.first_run import Defaults, first_administrator
from tracker.actions.invitations import invited, open_invitation
from tracker.actions.people import set_password
from tracker.actions.sign_in import end_all_visits, open_visit
from tracker.records.people import Person
from tracker.rules.problems import N_
from web import visit
from web.choices import calendars, zones
from web.context import _, now, organisation, tracker, words
from web.forms import Form
from web.security import LINK_TRIES, public, throttle

screen = Blueprint("welcome", __name__)
Page = str | Response | tuple[str, int]


@screen.get("/welcome")
@public
def waiting() -> Page:
    """What a visitor sees before the first administrator exists: where the link is."""
    if organisation() is not None:
        return redirect(url_for("today.show"), 303)
    return render_template("waiting.html")


@screen.get("/welcome/<token>")
@public
def start(token: str) -> str:
    """The form that makes the first administrator."""
    _usable(token, first=True)
    typed = {"language": words().language, "zone": tracker().settings.timezone, "calendar": "CN"}
    return _first_form(Form(typed))


@screen.post("/welcome/<token>")
@public
def begin(token: str) -> Page:
    """Make the first administrator and sign them in."""
    form = Form(request.form)
    _same_twice(form)
    try:
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            person = _first(session, token, form)
            secret = open_visit(session, person, agent=visit.agent(), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _first_form(form), 422
    except Missing:
        abort(410)
    visit.begin(secret)
    flash(_("Welcome. Record your first contract to see what it asks of you."), "ok")
    return redirect(url_for("today.show"), 303)


@screen.get("/join/<token>")
@public
def invitation(token: str) -> str:
    """The form with which somebody sets a password."""
    return render_template("join.html", form=Form(), name=_usable(token, first=False))


@screen.post("/join/<token>")
@public
def join(token: str) -> Page:
    """Set the password and sign in."""
    name = _usable(token, first=False)
    form = Form(request.form)
    _same_twice(form)
    try:
        if form.problems:
            raise Refused([])
        secret = _joined(token, form.value("password"))
    except Refused as refusal:
        form.add(refusal.problems)
        return render_template("join.html", form=form, name=name), 422
    except Missing:
        abort(410)
    visit.begin(secret)
    return redirect(url_for("today.show"), 303)


def _joined(token: str, password: str) -> str:
    with tracker().transaction() as session:
        found = open_invitation(session, token, now(), first=False)
        person = invited(session, found)
        set_password(person, password)
        end_all_visits(session, person.id)
        found.used_at = now()
        return open_visit(session, person, agent=visit.agent(), now=now())


def _usable(token: str, *, first: bool) -> str:
    """Whom the link is for; 410 when it cannot be used."""
    throttle(LINK_TRIES, "link", request.remote_addr or "")
    try:
        with tracker().reading() as session:
            found = open_invitation(session, token, now(), first=first)
            return "" if first else invited(session, found).name
    except Missing:
        abort(410)


def _first(session: Session, token: str, form: Form) -> Person:
    wanted = {name: form.value(name) for name in ("organisation", "language", "zone", "calendar")}
    return first_administrator(
        session,
        token,
        email=form.value("email"),
        name=form.value("name"),
        password=form.value("password"),
        defaults=Defaults(**wanted),
        now=now(),
    )


def _same_twice(form: Form) -> None:
    if form.value("password") != form.value("again"):
        form.refuse("again", N_("The two passwords differ."))


def _first_form(form: Form) -> str:
    return render_template("welcome.html", form=form, zones=zones(), calendars=calendars())
