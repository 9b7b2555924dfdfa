"""What keeps reminders from leaving at all, in a visitor's words: told on every page that speaks of letters."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import g, url_for

from tracker.actions.health import Health, health
from tracker.actions.outbox_statements import HALTED
from tracker.records.history import Pulse
from tracker.records.people import Role
from web.context import _, actor, now, person_or_none, tracker, words, zone


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing in the way: what it is, what the mail server said of it, and where to put it right."""

    kind: str
    text: str
    said: str = ""
    to: str = ""
    link: str = ""


def mail_troubles() -> list[Trouble]:
    """Everything in the way now, the worst first; looked up once a page."""
    if person_or_none() is None:
        return []
    if "mail_troubles" not in g:
        with tracker().reading() as session:
            halt = session.get(Pulse, HALTED)
            said = str(halt.details.get("reason", "")) if halt else ""
            g.mail_troubles = list(_troubles(health(session, now()), said))
    found: list[Trouble] = g.mail_troubles
    return found


def _troubles(found: Health, said: str) -> Iterator[Trouble]:
    administers = actor().role is Role.ADMIN
    settings = {"to": url_for("settings.show"), "link": _("Settings")} if administers else {}
    release = {"to": url_for("letters.let_go"), "link": _("Let letters go")} if administers else {}
    if found.halted:
        text = _("Mail is stopped: the mail server refuses how we sign in or identify. Letters wait; none is lost.")
        yield Trouble("bad", text, said if administers else "", **settings)
    if found.held:
        yield Trouble(
            "warn", _("A backup was restored: no letter leaves until an administrator lets them go."), **release
        )
    if found.heartbeat_at and "heartbeat" in found.problems:
        last = words().datetime(found.heartbeat_at, zone())
        text = _(
            "The program has planned and sent nothing since %(when)s: its background work stands still.", when=last
        )
        yield Trouble("bad", text, **settings)
    if "planning" in found.problems:
        text = _("Not all dates and reminders could be worked out: the log of the program says why.")
        yield Trouble("bad", text)
    if "late" in found.problems and not ("heartbeat" in found.problems or found.halted or found.held):
        yield Trouble("warn", _("Letters wait longer than they should: the mail server does not take them for now."))
