"""Kinds as plain data: one readable file each, read and checked here; the format is told in ``docs/kinds.md``.

Reading never stops at the first fault, and what a kind brings is tried out with values in its blanks, so that a kind
which loads gives contracts that can be read.
"""

import re
from collections import Counter
from collections.abc import Mapping

from tracker.rules.blanks import Blank, read_blank
from tracker.rules.festivals import festival_named, festival_names
from tracker.rules.greeting_form import NO_HOLIDAY
from tracker.rules.kind_items import place_of, read_items
from tracker.rules.kinds import Item, Kind, PartyRole
from tracker.rules.law import read_law
from tracker.rules.patterns import blanks_in
from tracker.rules.problems import N_, Problem, Unfit
from tracker.rules.section import Section, flag, line
from tracker.rules.words import NEAREST, Words, need_words, read_words

KIND_FORMAT = "kind/1"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BLANK_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_kind(data: object) -> tuple[Kind | None, list[Problem]]:
    """The kind that the mapping describes, or every problem it has."""
    problems: list[Problem] = []
    top = Section.of(data, "", problems)
    if top.text("format") != KIND_FORMAT:
        top.fault("format", N_("Write format: %(format)s."), format=KIND_FORMAT)
    code, name, about = top.need("code", _slug) or "", need_words(top, "name"), read_words(top, "help")
    language, law = _language(top), _law(top)
    parties = _parties(top)
    sections = _sections(top)
    blanks, named = _blanks(top, sections)
    items = read_items(top, blanks, named, frozenset(party.role for party in parties))
    top.close()
    _check_keys(top, items)
    _check_use(top, items, named)
    _check_holidays(top, items, blanks, law.get("calendar", ""))
    if problems:
        return None, problems
    return Kind(code, name, about, language, parties, law, sections, blanks, items), []


def _slug(value: object) -> str:
    text = line(value)
    if not _NAME.fullmatch(text) or len(text) > 60:
        raise Unfit(N_("Write a name of small letters, digits and hyphens, such as customer-service."))
    return text


def _language(top: Section) -> str:
    language = top.text("language") or "zh-Hans"
    if language not in NEAREST:
        top.fault("language", N_("Write one of: %(choices)s."), choices=", ".join(NEAREST))
    return language


def _law(top: Section) -> dict[str, str]:
    part = top.section("law")
    read_law(part)
    return {} if part is None else {name: str(value) for name, value in part.data.items()}


def _parties(top: Section) -> tuple[PartyRole, ...]:
    found = []
    for part in top.sections("parties"):
        role, name, us = part.need("role", _role) or "", need_words(part, "name"), part.read("us", flag) or False
        part.close()
        found.append(PartyRole(role, name, us))
    if len(found) < 2:
        top.fault("parties", N_("A contract has at least two parties."))
    if len({party.role for party in found}) < len(found):
        top.fault("parties", N_("Two parties have the same role."))
    if sum(party.us for party in found) > 1:
        top.fault("parties", N_("Only one party can be us."))
    return tuple(found)


def _role(value: object) -> str:
    text = line(value)
    if not re.fullmatch("[A-Z]", text):
        raise Unfit(N_("Write a capital letter: A, B, C …"))
    return text


def _sections(top: Section) -> dict[str, Words]:
    part = top.section("sections")
    return {} if part is None else {name: need_words(part, name) for name in part.data}


def _blanks(top: Section, sections: Mapping[str, Words]) -> tuple[dict[str, Blank], frozenset[str]]:
    """The blanks that are fit to be used, and the names of all that are described."""
    part = top.section("blanks")
    found: dict[str, Blank] = {}
    if part is None:
        return found, frozenset()
    for name in part.data:
        section = part.section(name)
        if not _BLANK_NAME.fullmatch(name):
            part.fault(name, N_("Name a blank with small letters, digits and underscores."))
        elif section is not None and (blank := read_blank(section, name, sections)):
            found[name] = blank
    return found, frozenset(part.data)


def _check_keys(top: Section, items: tuple[Item, ...]) -> None:
    for key, times in Counter(item.key for item in items).items():
        if times > 1:
            top.fault("obligations", N_("The key “%(key)s” is used more than once."), key=key)


def _check_use(top: Section, items: tuple[Item, ...], named: frozenset[str]) -> None:
    used = {name: item for item in items for name in item.blanks | item.only_if.keys()}
    for name in sorted(named - used.keys()):
        top.fault(f"blanks.{name}", N_("Nothing uses this blank."))
    for name in sorted(used.keys() - named):
        top.fault(place_of(used[name]), N_("There is no blank “%(name)s”."), name=name)


def _check_holidays(top: Section, items: tuple[Item, ...], blanks: Mapping[str, Blank], calendar: str) -> None:
    """Names of holidays that the kind itself writes, or suggests, and its calendar does not have."""
    for item in items:
        written = item.fields.get("holidays")
        suggested = [blanks[name].default or blanks[name].usual for name in blanks_in(written) if name in blanks]
        told = written if isinstance(written, list) else "\n".join(suggested).split()
        for name in map(festival_named, map(str, told)):
            if calendar and name not in festival_names(calendar):
                values = {"name": name, "calendar": calendar, "choices": ", ".join(festival_names(calendar)) or "–"}
                top.problems.append(Problem(f"{place_of(item)}.holidays", NO_HOLIDAY, values))
