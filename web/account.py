"""Signing in and out, one's own settings, and one's signed-in browsers."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.errors import Refused
from tracker.actions.people import change_password, change_profile
from tracker.actions.sign_in import end_visit, visits
from tracker.actions.sign_in import sign_in as check
from tracker.actions.tokens import digest
from web import visit
from web.choices import zones
from web.context import _, actor, now, person, person_or_none, tracker
from web.forms import Form
from web.links import way_back
from web.security import SIGN_IN_TRIES, SIGN_INS_FROM_ONE_PLACE, public, throttle

screen = Blueprint("account", __name__)
Page = str | Response | tuple[str, int]


@screen.get("/sign-in")
@public
def sign_in() -> Page:
    """The sign-in page."""
    if person_or_none() is not None:
        return redirect(way_back(request.args.get("next")), 303)
    return render_template("sign_in.html", form=Form({"next": request.args.get("next", "")}))


@screen.post("/sign-in")
@public
def enter() -> Page:
    """Check the password and open a visit."""
    form = Form(request.form)
    email = form.value("email").strip().lower()
    throttle(SIGN_INS_FROM_ONE_PLACE, "sign-ins", request.remote_addr or "")
    throttle(SIGN_IN_TRIES, "sign-in", request.remote_addr or "", digest(email))
    with tracker().transaction() as session:
        token = check(session, email, form.value("password"), agent=visit.agent(), now=now())
    if token is None:
        return render_template("sign_in.html", form=form, refused=True), 422
    visit.begin(token)
    return redirect(way_back(form.value("next")), 303)


@screen.post("/sign-out")
def sign_out() -> Response:
    """End this browser's visit."""
    visit.finish()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("account.sign_in"), 303)


@screen.get("/account")
def show() -> Page:
    """One's own page."""
    me = person()
    typed = {"name": me.name, "language": me.language, "zone": me.zone or ""}
    return _page(Form(typed), Form())


@screen.post("/account")
def save() -> Page:
    """Change one's name, language and zone."""
    form = Form(request.form)
    name, language, zone = form.value("name"), form.value("language"), form.value("zone") or None
    try:
        with tracker().transaction() as session:
            change_profile(session, actor(), name=name, language=language, zone=zone, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form, Form()), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("account.show"), 303)


@screen.post("/account/password")
def password() -> Page:
    """Change one's password."""
    form = Form(request.form)
    throttle(SIGN_IN_TRIES, "password", str(person().id))
    try:
        with tracker().transaction() as session:
            old, new = form.value("old"), form.value("new")
            token = change_password(session, actor(), old, new, agent=visit.agent(), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(Form({"name": person().name, "language": person().language}), form), 422
    visit.begin(token)
    flash(_("Your password is changed. Every other browser is signed out."), "ok")
    return redirect(url_for("account.show"), 303)


@screen.post("/account/visits/<int:visit_id>/end")
def end(visit_id: int) -> Response:
    """Sign another of one's browsers out."""
    with tracker().transaction() as session:
        end_visit(session, actor(), visit_id, now=now())
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for("account.show"), 303)


def _page(profile: Form, secret: Form) -> str:
    with tracker().reading() as session:
        open_visits = visits(session, actor(), now())
    return render_template(
        "account.html", form=profile, secret=secret, visits=open_visits, this_visit=g.visit_id, zones=zones()
    )
