"""A kind of contract as people read it: the terms it brings, its obligations, and its blanks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.render.names import anchor_name
from tracker.render.paper_names import PAPER_NAMES, paper_name
from tracker.render.periods import period_words
from tracker.rules.kinds import Item, Kind, Where
from tracker.rules.patterns import blanks_in
from tracker.rules.periods import Period
from tracker.rules.phrases import NO_DAY
from tracker.rules.words import said
from web import contract_choices as choices
from web.choices import sides
from web.context import _, words
from web.due_words import WITHIN, due_fields
from web.kind_words import item_name, party_name

_BLANK = re.compile(r"\{(\w+)\}")
_ANY_NUMBER = "7654321"
"""Stands for a blank in a period while that is put into words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a kind brings: pairs of what is agreed and how, and the blanks that decide whether it comes."""

    name: str
    terms: tuple[tuple[str, str], ...]
    only_if: tuple[str, ...]
    help: str = ""
    wording: str = ""


def terms_told(kind: Kind) -> list[Told]:
    """The terms of the contract."""
    return [_told(kind, item) for item in kind.items if item.where is not Where.OBLIGATIONS]


def obligations_told(kind: Kind) -> list[Told]:
    """The obligations."""
    return [_told(kind, item) for item in kind.items if item.where is Where.OBLIGATIONS]


def _told(kind: Kind, item: Item) -> Told:
    language, title = words().language, said(item.title, words().language)
    return Told(
        name=item_name(item.where, str(item.fields.get("code", "")), title),
        terms=tuple(_rows(kind, item)),
        only_if=tuple(_conditions(kind, item)),
        help=said(item.help, language),
        wording=said(item.wording, language),
    )


def _rows(kind: Kind, item: Item) -> Iterator[tuple[str, str]]:
    labels = _labels()
    for name, pattern in item.fields.items():
        if name == "side":
            yield _who(item.where), _field(kind, name, pattern)
        elif name == "due":
            yield _("Due"), _due(kind, str(pattern))
        elif name in labels:
            yield labels[name], _field(kind, name, pattern)


def _conditions(kind: Kind, item: Item) -> Iterator[str]:
    for name, allowed in item.only_if.items():
        blank = kind.open_blanks[name]
        named = {value: said(text, words().language) for value, text in blank.choices.items()} or choices.yes_or_no()
        values = _(", ").join(text for value, text in named.items() if value in allowed)
        yield _("%(blank)s: %(values)s", blank=_blank(kind, name), values=values)


def _labels() -> Mapping[str, str]:
    return {
        "when": _("Takes effect"), "conditions": _("Conditions"),
        "length": _("Length"), "start": _("Starts on"), "end": _("Ends on"), "minimum": _("Minimum term"),
        "first_day_counts": _("Does the first day count?"), "mode": _("At the end of the term"),
        "cap": _("At most so many times"), "formalities": _("Formalities done before the end"),
        "at_least": _("At least so long before the end"),
        "not_earlier_than": _("Not earlier than"), "notice": _("Written notice of"),
        "method": _("Notice travels by"), "allowance": _("Allow for the way"), "counts_on": _("It counts"),
        "calendar": _("Working days there"), "zone": _("Time zone there"), "cut_off": _("Counts on the day until"),
        "every": _("Repeats every"), "while": _("Repeats"), "until": _("Ends after"),
        "amount": _("Amount"), "late_rate": _("Late fee"), "target": _("Our own aim"),
        "grace": _("Not late until after"), "paper": _("Document"),
        "holidays": _("Holidays to greet on"), "classes": _("Only customers of the class"),
        "birthdays": _("Greet people on their birthdays"),
    }  # fmt: skip


def _who(where: Where) -> str:
    return {Where.NOTICE: _("Notice by"), Where.TERMINATION: _("May end it")}.get(where) or _("Owed by")


def _field(kind: Kind, name: str, pattern: object) -> str:
    """One field in words, with its blanks by their labels."""
    if isinstance(pattern, bool):
        return choices.yes_or_no()["yes" if pattern else "no"]
    if isinstance(pattern, list):
        return _(", ").join(_field(kind, name, one) for one in pattern)
    text = str(pattern)
    if blanks_in(text):
        return _period(kind, text)
    fixed: Mapping[str, Mapping[str, str]] = {
        "side": {**_roles(kind), **sides()},
        "mode": choices.renewal_modes(),
        "while": choices.phases(),
        "counts_on": choices.counts_on(),
        "first_day_counts": choices.yes_or_no(),
        "when": choices.effect_modes(),
        "paper": {paper.value: paper_name(paper, words()) for paper in PAPER_NAMES},
    }
    return fixed.get(name, {}).get(text) or _period(kind, text)


def _roles(kind: Kind) -> Mapping[str, str]:
    return {party.role: party_name(kind, number) for number, party in enumerate(kind.parties)}


def _due(kind: Kind, pattern: str) -> str:
    parts = due_fields(pattern)
    if parts["anchor"] in NO_DAY:
        return choices.anchors()[parts["anchor"]]
    period, anchor = _period(kind, parts["period"]), parts["on"] or parts["anchor"]
    if not anchor:
        return period
    start = _labelled(kind, anchor) if blanks_in(anchor) else anchor_name(anchor, words())
    if not period:
        return _("on: %(start)s", start=start)
    texts = {
        "before": _("%(period)s before: %(start)s", period=period, start=start),
        WITHIN: _("in the last %(period)s before: %(start)s", period=period, start=start),
    }
    return texts.get(parts["direction"], _("%(period)s after: %(start)s", period=period, start=start))


def _period(kind: Kind, text: str) -> str:
    """A period in the reader's language, where the text is one."""
    names = blanks_in(text)
    try:
        length = Period.parse(_BLANK.sub(_ANY_NUMBER, text)) if text and len(names) < 2 else None
    except ValueError:
        length = None
    if length is None or length.n is None:
        return _labelled(kind, text)
    said_so = period_words(length, words())
    return said_so.replace(_ANY_NUMBER, _blank(kind, names[0])) if names else said_so


def _labelled(kind: Kind, text: str) -> str:
    return _BLANK.sub(lambda match: _blank(kind, match[1]), text)


def _blank(kind: Kind, name: str) -> str:
    return _("[%(blank)s]", blank=said(kind.open_blanks[name].label, words().language))
