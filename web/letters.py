"""Letters: what will be sent, what was sent with the server's reply, what failed and why, and what to do about it."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.access import must_administer
from tracker.actions.actor import Actor
from tracker.actions.board import PAGE
from tracker.actions.errors import Missing, Refused
from tracker.actions.letter_book import LetterFilter, entries, entry, text_of, told_together
from tracker.actions.outbox import is_held
from tracker.actions.outbox_desk import lay_to_rest, release, try_again
from tracker.actions.outlook import AHEAD, Outlook, outlook
from tracker.actions.people import readers
from tracker.actions.reach import Span
from tracker.actions.shelf import open_contract
from tracker.records.letters import Letter, LetterState
from tracker.render.trial_letter import read_letter
from tracker.rules.section import day
from web.context import _, actor, now, today, tracker
from web.forms import Form, say
from web.letter_words import letter_states
from web.paging import Pager, page_asked

screen = Blueprint("letters", __name__, url_prefix="/letters")
Page = str | Response


@screen.get("/")
def index() -> str:
    """The letters there are, the newest first."""
    form = Form(request.args)
    wanted = _wanted(form)
    asked = page_asked()
    with tracker().reading() as session:
        rows, total = entries(session, actor(), wanted, offset=Pager(asked, 0).offset, limit=PAGE)
        return render_template(
            "letters.html",
            form=form,
            rows=rows,
            pager=Pager(asked, total),
            people={str(person.id): person.name for person in readers(session)},
            states=letter_states(),
            contract=open_contract(session, actor(), wanted.contract_id) if wanted.contract_id else None,
            narrowed=wanted != LetterFilter(),
            smtp=tracker().settings.smtp,
        )


@screen.get("/coming")
def coming() -> str | tuple[str, int]:
    """What leaves in a span of days if nothing changes: the next thirty, or those that the address names."""
    typed = request.args.to_dict()
    form = Form({"from": today().isoformat(), **{name: value for name, value in typed.items() if value}})
    span = _span(form)
    with tracker().reading() as session:
        found = _outlook(session, form, span) if span else Outlook(())
        pager = Pager(page_asked(), len(found.reminders))
        page = render_template(
            "letters_coming.html",
            form=form,
            span=span,
            rows=found.reminders[pager.offset : pager.offset + PAGE],
            pager=pager,
            people={str(person.id): person.name for person in readers(session)},
            until=found.until,
            smtp=tracker().settings.smtp,
        )
    return (page, 422) if form.problems else page


def _span(form: Form) -> Span | None:
    first = form.read("from", day, required=True)
    last = form.read("to", day) or (first and first + AHEAD)
    if form.problems or first is None or last is None:
        return None
    form.typed["to"] = form.value("to") or last.isoformat()
    return Span(first, last)


def _outlook(session: Session, form: Form, span: Span) -> Outlook:
    try:
        return outlook(session, actor(), span, now(), person_id=_number(form.value("person")))
    except Refused as refusal:
        form.add(refusal.problems)
        return Outlook(())


@screen.get("/<int:letter_id>")
def show(letter_id: int) -> str:
    """One letter: every attempt with the server's words, and what it says."""
    with tracker().reading() as session:
        found = entry(session, actor(), letter_id)
        members = told_together(session, actor(), found.letter)
        message = text_of(session, actor(), found)
    written = read_letter(message) if message else None
    return render_template("letter_shown.html", entry=found, members=members, written=written)


@screen.route("/<int:letter_id>/again", methods=["GET", "POST"])
def again(letter_id: int) -> Page:
    """Ask, then give a dead letter another start."""
    return _look_after(letter_id, try_again, "again", _("It is on its way again."))


@screen.route("/<int:letter_id>/rest", methods=["GET", "POST"])
def rest(letter_id: int) -> Page:
    """Ask, then accept that a letter was not delivered."""
    return _look_after(letter_id, lay_to_rest, "rest", _("Noted. Its alarm is off."))


@screen.route("/release", methods=["GET", "POST"])
def let_go() -> Page:
    """Ask, then let letters leave that a restored backup has held."""
    must_administer(actor())
    if request.method == "GET":
        with tracker().reading() as session:
            return render_template("letters_release.html", held=is_held(session))
    with tracker().transaction() as session:
        was_held = release(session, actor(), now())
    flash(_("Letters may leave again.") if was_held else _("Letters were not held."), "ok")
    return redirect(url_for("letters.index"), 303)


def _look_after(
    letter_id: int, action: Callable[[Session, Actor, int, datetime], Letter], what: str, done: str
) -> Page:
    with tracker().reading() as session:
        found = entry(session, actor(), letter_id)
    if found.deadline is None:
        raise Missing
    must_administer(actor())
    if request.method == "GET":
        return render_template("letter_ask.html", entry=found, what=what)
    try:
        with tracker().transaction() as session:
            action(session, actor(), letter_id, now())
    except Refused as refusal:
        for problem in refusal.problems:
            flash(say(problem), "bad")
    else:
        flash(done, "ok")
    return redirect(url_for("letters.show", letter_id=letter_id), 303)


def _wanted(form: Form) -> LetterFilter:
    state = form.value("state")
    states = (LetterState(state),) if state in set(LetterState) else ()
    return LetterFilter(states, _number(form.value("person")), _number(form.value("contract")))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
