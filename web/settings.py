"""The organisation's defaults and the state of the machinery; for administrators."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from limits import parse
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from tracker.actions.access import must_administer
from tracker.actions.errors import Refused
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.health import HEARTBEAT
from tracker.actions.letterhead import Letterhead
from tracker.actions.trial import hand_over, remember_trial, trial_letter
from tracker.ports.mailer import Receipt
from tracker.records.history import Pulse
from tracker.records.letters import Letter
from web.choices import calendars, zones
from web.context import _, actor, base_url, now, organisation, person, tracker
from web.forms import Form
from web.security import throttle

screen = Blueprint("settings", __name__, url_prefix="/settings")
Page = str | Response | tuple[str, int]
TRIALS = parse("5 per 10 minutes")
_FIELDS = ("organisation", "language", "zone", "calendar")


@screen.get("/")
def show() -> str:
    """Defaults, mail and background work."""
    found = organisation()
    typed = {"organisation": found.name, "language": found.language} if found else {}
    return _page(Form(typed | ({"zone": found.zone, "calendar": found.calendar} if found else {})))


@screen.post("/")
def save() -> Page:
    """Change the defaults."""
    must_administer(actor())
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            values = {name: form.value(name) for name in _FIELDS}
            set_up_organisation(session, Defaults(**values), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.show"), 303)


@screen.post("/trial")
def trial() -> Response:
    """Send the administrator a letter at once, and tell what the server said."""
    must_administer(actor())
    throttle(TRIALS, "trial", str(person().id))
    head = Letterhead(tracker().settings.mail_from, base_url())
    with tracker().reading() as session:
        envelope = trial_letter(session, actor(), person(), head, now())
    result = hand_over(tracker().mailer, envelope)
    with tracker().transaction() as session:
        remember_trial(session, actor(), result, now())
    said = f"{result.code or ''} {result.text}".strip()
    if isinstance(result, Receipt):
        flash(_("Handed over for %(address)s. The server said: %(said)s", address=person().email, said=said), "ok")
    else:
        flash(_("Not sent. The server said: %(said)s", said=said), "bad")
    return redirect(url_for("settings.show"), 303)


def _page(form: Form) -> str:
    must_administer(actor())
    with tracker().reading() as session:
        pulse = session.get(Pulse, HEARTBEAT)
        counted = session.execute(select(Letter.state, func.count()).group_by(Letter.state))
        letters = {row[0]: row[1] for row in counted}
    smtp = tracker().settings.smtp
    return render_template(
        "settings.html", form=form, zones=zones(), calendars=calendars(), smtp=smtp, pulse=pulse, letters=letters
    )
