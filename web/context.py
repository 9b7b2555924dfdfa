"""What a request knows: the wired tracker, the one instant it happens at, who asks, and in which language."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, url_for
from sqlalchemy import select

from tracker.actions.access import acting
from tracker.actions.actor import Actor
from tracker.ports.clock import day_in
from tracker.records.people import Organisation, Person
from tracker.render.texts import LANGUAGES, Texts, texts
from tracker.wiring import Tracker
from web.language import chosen

CHANNEL = "web"


def tracker() -> Tracker:
    """The wired product."""
    return cast(Tracker, current_app.extensions["tracker"])


def now() -> datetime:
    """The instant of this request; the clock is read once."""
    if "now" not in g:
        g.now = tracker().clock.now()
    return cast(datetime, g.now)


def today() -> date:
    """The organisation's day at this instant."""
    return day_in(_zone_name(organisation()), now())


def organisation() -> Organisation | None:
    """The organisation, once the first administrator has set it up."""
    if "organisation" not in g:
        with tracker().reading() as session:
            g.organisation = session.scalar(select(Organisation))
    return cast(Organisation | None, g.organisation)


def person_or_none() -> Person | None:
    """Who is signed in, if anybody."""
    return cast(Person | None, g.get("person"))


def person() -> Person:
    """Who is signed in; only for views that ask for sign-in."""
    found = person_or_none()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def actor() -> Actor:
    """On whose behalf this request acts."""
    return acting(person(), CHANNEL)


def zone() -> ZoneInfo:
    """The zone in which this visitor reads the clock."""
    visitor = person_or_none()
    return ZoneInfo((visitor and visitor.zone) or _zone_name(organisation()))


def words() -> Texts:
    """The texts in this visitor's language."""
    if "words" not in g:
        visitor = person_or_none()
        g.words = texts(chosen(visitor.language if visitor else None))
    return cast(Texts, g.words)


def _(message: str, **values: object) -> str:
    """The message in this visitor's language."""
    return words().gettext(message, **values)


def base_url() -> str:
    """The configured address of this installation, without a slash at its end; links never follow the Host header."""
    return tracker().settings.base_url or "http://localhost"


def absolute(path: str) -> str:
    """A link for use outside the browser to a path as `url_for` gives it."""
    return base_url() + path.removeprefix(request.script_root)


def _zone_name(found: Organisation | None) -> str:
    return found.zone if found else tracker().settings.timezone


def static(name: str) -> str:
    """Address of a static file that changes with its content, so that browsers may keep it for good.

    A page asks for the same few files hundreds of times.
    """
    known: dict[str, str] = g.setdefault("static_addresses", {})
    if name not in known:
        known[name] = url_for("static", filename=name, v=_digest(Path(cast(str, current_app.static_folder)) / name))
    return known[name]


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def equip_templates(app: Flask) -> None:
    """Give templates the visitor's words, zone and day, and `static`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # by the extension
    install(
        lambda message: words().gettext(message),
        lambda singular, plural, n: words().ngettext(singular, plural, n),
        newstyle=True,
        pgettext=lambda context, message: words().pgettext(context, message),
        npgettext=lambda context, singular, plural, n: words().npgettext(context, singular, plural, n),
    )
    app.jinja_env.globals.update(static=static)
    app.context_processor(_visitor)


def _visitor() -> dict[str, object]:
    return {
        "words": words(),
        "zone": zone(),
        "today": today(),
        "person": person_or_none(),
        "organisation": organisation(),
        "languages": LANGUAGES,
        "theme": request.cookies.get("theme", ""),
    }
