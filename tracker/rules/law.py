"""By whose rules the dates of a contract are counted."""

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from tracker.rules.calendars import NONE
from tracker.rules.places import is_place
from tracker.rules.presets import PRESETS
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import Section, line, up_to

OWN_DAYS = "+OWN"
"""Ending of a calendar's name that adds the organisation's own days off and days on."""
LONGEST_PLACE = 32


@dataclass(frozen=True, slots=True)
class Law:
    """Counting rules, working-day calendar and time zone by name; empty where the organisation's own apply."""

    preset: str = ""
    calendar: str = ""
    zone: str = ""


def read_law(section: Section | None) -> Law:
    """The law of a contract document."""
    if section is None:
        return Law()
    law = Law(
        section.read("counting", preset_name) or "",
        section.read("calendar", place_name) or "",
        section.read("zone", zone_name) or "",
    )
    section.close()
    return law


def preset_name(value: object) -> str:
    """The name of known counting rules. Raises Unfit."""
    name = line(value)
    if name not in PRESETS:
        raise Unfit(N_("Unknown counting rules; write one of: %(choices)s."), choices=", ".join(PRESETS))
    return name


def place_name(value: object) -> str:
    """The name of a known working-day calendar. Raises Unfit."""
    name = up_to(LONGEST_PLACE)(value)
    if not is_place(name.removesuffix(OWN_DAYS)):
        raise Unfit(N_("Unknown calendar; write a country such as CN, HK or GB-ENG, or NONE."))
    return name


def places_of(name: str) -> list[str]:
    """The places whose working days a calendar of that name joins; none where every day counts."""
    return [place for place in name.removesuffix(OWN_DAYS).split("+") if place != NONE.name]


def one_place(value: object) -> str:
    """One place with working days of its own. Raises Unfit."""
    name = line(value)
    if "+" in name or name == NONE.name or not is_place(name):
        raise Unfit(N_("Write one country such as CN, HK or GB-ENG."))
    return name


def zone_name(value: object) -> str:
    """An IANA time zone. Raises Unfit."""
    name = line(value)
    if name not in _zones():
        raise Unfit(N_("Unknown time zone; write one such as Asia/Shanghai."))
    return name


@cache
def _zones() -> frozenset[str]:
    """Every zone there is; to look for them takes longer than to read all the rest of a contract."""
    return frozenset(available_timezones())
