"""What select fields offer."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from tracker.records.people import Role
from tracker.render.texts import N_
from tracker.rules.calendars import NONE
from tracker.rules.places import known_places
from web.context import _, words

ROLES: Mapping[Role, str] = {
    Role.ADMIN: N_("Administrator"),
    Role.EDITOR: N_("Editor"),
    Role.VIEWER: N_("Viewer"),
}


@cache
def zones() -> dict[str, str]:
    """Time zones by their IANA names, without the historic aliases at the top level."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return {"UTC": "UTC"} | {name: name.replace("_", " ") for name in names}


def roles() -> dict[str, str]:
    """What a person may be."""
    return {role.value: _(name) for role, name in ROLES.items()}


def calendars() -> dict[str, str]:
    """Working-day calendars: one a country, by name, and none at all."""
    names = words().locale.territories
    countries = {code: names.get(code, code) for code in known_places()}
    by_name = dict(sorted(countries.items(), key=lambda entry: entry[1]))
    return {code: _calendar(code, name) for code, name in by_name.items()} | {NONE.name: _("None: every day counts")}


def _calendar(code: str, name: str) -> str:
    return f"{name} ({code})"
