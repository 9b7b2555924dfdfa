"""Working-day calendars: which are in use and how far they are known, a year's arrangement, the organisation's days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_administer
from tracker.actions.calendars import check_year, drop_own_day, enter_year, own_days, set_own_day
from tracker.actions.coverage import Coverage, coverage, running_out
from tracker.actions.errors import Missing, Refused
from tracker.actions.recount import due_marked, recount_each
from tracker.actions.working_days import Affected, calendar_event, if_entered, moved_by
from tracker.ports.text_files import decoded
from tracker.records.base import LARGEST_NUMBER
from tracker.records.people import Role
from tracker.render.names import calendar_words, place_words
from tracker.rules import section
from tracker.rules.arrangement import Arrangement
from tracker.rules.law import one_place
from tracker.rules.problems import N_, Problem
from web.choices import calendars
from web.context import _, actor, now, person_or_none, today, tracker, words
from web.contract_preview import fingerprint
from web.forms import Form

screen = Blueprint("calendars", __name__, url_prefix="/calendars")
Page = str | Response | tuple[str, int]
LARGEST_FILE = 200_000


@dataclass(frozen=True, slots=True)
class DryRun:
    """What entering a year would bring: its days, what is wrong, and what moves."""

    arrangement: Arrangement
    problems: list[Problem]
    affected: list[Affected]

    @property
    def off(self) -> list[tuple[str, list[date]]]:
        """Days off by the name of their holiday, in order."""
        days = sorted(self.arrangement.off.items())
        return [(name, [day for day, _name in run]) for name, run in groupby(days, lambda entry: entry[1])]

    @property
    def on(self) -> list[date]:
        """Days of a weekend that are worked."""
        return sorted(self.arrangement.on)


@screen.get("/")
def index() -> str:
    """Every calendar in use, and the organisation's own days."""
    with tracker().reading() as session:
        soon = next((one for one in coverage(session, actor()) if one.runs_out(today())), None)
    typed = {"place": soon.place, "year": str(soon.next_year)} if soon else {}
    return _page(Form(typed), Form())


@screen.post("/years")
def enter() -> Page:
    """Show what a year's arrangement would do; enter it once exactly that was shown."""
    must_administer(actor())
    form = Form(request.form.to_dict() | _uploaded())
    place, year = form.read("place", one_place, required=True), form.read("year", section.whole, required=True)
    text = form.prose("text")
    if not text:
        form.refuse("text", N_("Paste the arrangement, or choose a file."))
    if place is None or year is None or form.problems:
        return _page(form, Form()), 422
    mark = fingerprint({"place": place, "year": year, "text": text})
    if form.value("checked") != mark:
        return _checked(form, place, year, text, mark)
    try:
        with tracker().transaction() as session:
            event_id = enter_year(session, actor(), place, year, text, now=now()).event_id
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form, Form()), 422
    return _recounted(event_id)


@screen.post("/own")
def own() -> Page:
    """Add one of the organisation's own days off or days worked, or make one like any other again."""
    must_administer(actor())
    form = Form(request.form)
    day = form.read("day", section.day, required=True)
    kind = form.one_of("kind", ("off", "on", "drop"))
    name = form.line("name")
    if day is None or form.problems:
        return _page(Form(), form), 422
    with tracker().transaction() as session:
        if kind == "drop":
            event_id = drop_own_day(session, actor(), day, now=now())
        else:
            event_id = set_own_day(session, actor(), day, is_open=kind == "on", name=name, now=now())
    return _recounted(event_id)


@screen.get("/recounted")
def recounted() -> str:
    """What a change of working days has moved."""
    asked = request.args.get("event", "")
    if not asked.isdecimal() or len(asked) > 18 or int(asked) > LARGEST_NUMBER:
        raise Missing
    with tracker().reading() as session:
        event = calendar_event(session, int(asked))
        moved = moved_by(session, actor(), event.id)
        waiting = bool(due_marked(session))
        return render_template("calendar_recounted.html", event=event, moved=moved, waiting=waiting)


def _recounted(event_id: int) -> Response:
    """Recount what was marked, then show it."""
    with tracker().reading() as session:
        marked = due_marked(session)
    recount_each(tracker().transaction, marked, now=now(), actor=actor())
    return redirect(url_for("calendars.recounted", event=event_id), 303)


def _checked(form: Form, place: str, year: int, text: str, mark: str) -> Page:
    with tracker().reading() as session:
        found, problems = check_year(session, place, year, text)
        affected = [] if problems else if_entered(session, actor(), place, found, now=now())
    dry_run = DryRun(found, problems, affected)
    return _page(form, Form(), dry_run=dry_run, mark="" if problems else mark), 422 if problems else 200


def _uploaded() -> dict[str, str]:
    """The text of the file that was sent, in place of what was pasted."""
    file = request.files.get("file")
    data = file.read(LARGEST_FILE) if file else b""
    return {"text": decoded(data)} if data else {}


def _page(form: Form, own_form: Form, dry_run: DryRun | None = None, mark: str = "") -> str:
    with tracker().reading() as session:
        return render_template(
            "calendars.html",
            form=form,
            own_form=own_form,
            dry_run=dry_run,
            mark=mark,
            places=coverage(session, actor()),
            own_days=own_days(session),
            calendars=calendars(),
            kinds={"off": _("day off"), "on": _("day worked")},
            labels=_labels(),
        )


def _labels() -> dict[str, str]:
    return {"place": _("Place"), "year": _("Year"), "text": _("Arrangement"), "day": _("Day"), "kind": _("What it is")}


def place_in_words(place: str) -> str:
    """A place by its country's name and its code: China (CN)."""
    return place_words(place, words())


def calendar_in_words(name: str) -> str:
    """The working days a contract is counted on: the places it names, or none at all."""
    return calendar_words(name, words())


def calendars_running_out() -> Iterable[Coverage]:
    """What the first page tells administrators."""
    visitor = person_or_none()
    if visitor is None or visitor.role is not Role.ADMIN:
        return ()
    with tracker().reading() as session:
        return running_out(session, today())


@screen.app_context_processor
def _speech() -> dict[str, object]:
    return {
        "calendar_in_words": calendar_in_words,
        "place_in_words": place_in_words,
        "calendars_running_out": calendars_running_out,
    }
