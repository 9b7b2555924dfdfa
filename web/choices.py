"""What select fields offer."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from tracker.records.deadlines import State
from tracker.records.people import Role
from tracker.render import names
from tracker.render.texts import N_
from tracker.rules.calendars import NONE
from tracker.rules.codes import CODES
from tracker.rules.digests import Rhythm
from tracker.rules.facts import Ending, FactKind, Side
from tracker.rules.places import known_places
from web.context import _, words
from web.kinds import kinds

ROLES: Mapping[Role, str] = {
    Role.ADMIN: N_("Administrator"),
    Role.EDITOR: N_("Editor"),
    Role.VIEWER: N_("Viewer"),
    Role.RECIPIENT: N_("Recipient"),
}


@cache
def zones() -> dict[str, str]:
    """Time zones by their IANA names, without the historic aliases at the top level."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return {"UTC": "UTC"} | {name: name.replace("_", " ") for name in names}


def roles() -> dict[str, str]:
    """What a person may be."""
    return {role.value: _(name) for role, name in ROLES.items()}


def rhythms() -> dict[str, str]:
    """How often somebody wants what is not urgent in one letter."""
    names = {
        Rhythm.NEVER: _("Each reminder by itself"),
        Rhythm.DAILY: _("Together in one letter, every morning"),
        Rhythm.WEEKLY: _("Together in one letter, on Monday mornings"),
    }
    return {rhythm.value: name for rhythm, name in names.items()}


def calendars() -> dict[str, str]:
    """Working-day calendars: one a country, by name, and none at all."""
    territories = words().locale.territories
    countries = {code: territories.get(code, code) for code in known_places()}
    by_name = dict(sorted(countries.items(), key=lambda entry: entry[1]))
    return {code: _calendar(code, name) for code, name in by_name.items()} | {NONE.name: _("None: every day counts")}


def _calendar(code: str, name: str) -> str:
    return f"{name} ({code})"


def sides() -> dict[str, str]:
    """Who may owe."""
    return {side.value: names.side_name(side, words()) for side in Side}


def states() -> dict[str, str]:
    """How a deadline may stand on record."""
    return {
        State.OPEN.value: _("open"),
        State.EVIDENCE_PENDING.value: _("done, evidence pending"),
        State.IN_REVIEW.value: _("done, awaiting review"),
        State.DONE.value: _("done"),
        State.WAIVED.value: _("waived"),
        State.SUSPENDED.value: _("suspended"),
        State.WITHDRAWN.value: _("withdrawn"),
    }


def codes_in_words() -> dict[str, str]:
    """The catalogue of obligations, by name; in Chinese, which has no alphabet, what goes together stands together."""
    named = {code: names.code_name(code, words()) for code in CODES}
    if words().language.startswith("zh"):
        return named
    return dict(sorted(named.items(), key=lambda entry: entry[1].casefold()))


def facts_in_words() -> dict[str, str]:
    """What can happen, by name, the life of the contract first."""
    return {kind.value: names.fact_name(kind, words()) for kind in FactKind}


def kind_choices() -> dict[str, str]:
    """Kinds of contract."""
    return dict(kinds().choices(words().language))


def endings() -> dict[str, str]:
    """How a contract may end."""
    return {
        Ending.EXPIRY.value: _("its term ran out"),
        Ending.AGREEMENT.value: _("by agreement"),
        Ending.NOTICE.value: _("by notice"),
        Ending.BREACH.value: _("for breach"),
        Ending.FORCE_MAJEURE.value: _("for force majeure"),
    }
