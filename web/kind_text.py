"""The text of the team's own kinds: begun from a copy, checked while it is typed, saved, taken away."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.errors import Refused, Stale
from tracker.actions.kinds import GENERAL
from tracker.actions.own_kinds import KindText, check_text, copied, own_text, remove_kind, save_kind
from tracker.rules.kind_lines import line_of
from tracker.rules.kinds import Kind
from tracker.rules.problems import Problem
from web.context import _, actor, now, tracker
from web.forms import Form, say

screen = Blueprint("kinds_text", __name__, url_prefix="/kind-files")
Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a text: where it is, on which line, and what it is."""

    place: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text would give."""

    kind: Kind | None
    faults: list[Fault]


@screen.get("/new")
def new() -> str:
    """A copy of a kind, to be made into another."""
    must_edit(actor())
    with tracker().reading() as session:
        text = copied(session, request.args.get("from", GENERAL))
    return _page(Form({"text": text}))


@screen.post("/new")
def create() -> Page:
    """Check what was typed, or save it as a new kind."""
    must_edit(actor())
    return _checked_or_saved("")


@screen.post("/check")
def check() -> str:
    """What is wrong with what is typed, for the script that keeps it up to date."""
    must_edit(actor())
    form = Form(request.form)
    return render_template("kind_checked.html", checked=_check(_typed(form), form.value("name")))


@screen.get("/own/<name>")
def edit(name: str) -> str:
    """The text of one of the team's own files, whatever is in it."""
    must_edit(actor())
    with tracker().reading() as session:
        found = own_text(session, name)
    checked = _check(found.text, name)
    return _page(Form({"text": found.text, "seen": found.mark}), name, found, checked if checked.faults else None)


@screen.post("/own/<name>")
def change(name: str) -> Page:
    """Check what was typed, or save it in place of what the file says."""
    must_edit(actor())
    return _checked_or_saved(name)


@screen.route("/own/<name>/remove", methods=["GET", "POST"])
def remove(name: str) -> Page:
    """Ask, then take the file away."""
    must_edit(actor())
    with tracker().reading() as session:
        own_text(session, name)
    if request.method == "GET":
        return render_template("kind_remove.html", name=name, problems=[])
    try:
        with tracker().transaction() as session:
            remove_kind(session, actor(), name, now=now())
    except Refused as refusal:
        told = [say(problem) for problem in refusal.problems]
        return render_template("kind_remove.html", name=name, problems=told), 409
    flash(_("The kind has been removed."), "ok")
    return redirect(url_for("kinds.index"), 303)


def _checked_or_saved(name: str) -> Page:
    form = Form(request.form)
    text = _typed(form)
    if form.value("do") == "check":
        return _page(form, name, checked=_check(text, name))
    seen = None if form.ticked("anyway") or not name else form.value("seen")
    try:
        with tracker().transaction() as session:
            kind = save_kind(session, actor(), text, now=now(), name=name, seen=seen)
    except Stale:
        return _page(form, name, stale=True), 409
    except Refused as refusal:
        return _page(form, name, checked=Checked(None, _faults(text, refusal.problems))), 422
    flash(_("Saved. It can be chosen at once; contracts that were made with it stay as they are."), "ok")
    return redirect(url_for("kinds.show", code=kind.code), 303)


def _typed(form: Form) -> str:
    """The text as files keep it: browsers end lines in another way."""
    return form.value("text").replace("\r\n", "\n")


def _check(text: str, name: str) -> Checked:
    with tracker().reading() as session:
        kind, problems = check_text(session, text, name)
    return Checked(kind, _faults(text, problems))


def _faults(text: str, problems: tuple[Problem, ...]) -> list[Fault]:
    """In the order of their lines, those without one first."""
    faults = [Fault(problem.place, line_of(text, problem.place), say(problem)) for problem in problems]
    return sorted(faults, key=lambda fault: fault.line or 0)


def _page(
    form: Form, name: str = "", found: KindText | None = None, checked: Checked | None = None, *, stale: bool = False
) -> str:
    return render_template(
        "kind_text.html", form=form, name=name, fault=found.fault if found else "", checked=checked, stale=stale
    )
