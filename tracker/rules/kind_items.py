"""What a kind brings, read from its file and tried out with values in its blanks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from tracker.rules.blanks import Blank, BlankType
from tracker.rules.clause_form import read_delivery, read_obligation, read_renewal, read_term, read_termination
from tracker.rules.kind_match import SIDES, side_of
from tracker.rules.kinds import Item, Where
from tracker.rules.patterns import Values, blanks_in, filled
from tracker.rules.problems import N_, Problem
from tracker.rules.section import Section
from tracker.rules.terms_form import read_effect
from tracker.rules.words import Words, read_words, said

_KEY = re.compile(r"[\w-]{1,60}")
MOST_TRIES = 100
"""Combinations of choices with which one item is tried out."""
_LISTS = (Where.TERMINATION, Where.DELIVERY, Where.OBLIGATIONS)


def read_items(
    top: Section, blanks: Mapping[str, Blank], named: frozenset[str], roles: frozenset[str]
) -> tuple[Item, ...]:
    """Everything the kind brings, in the order of its file."""
    reader = _Reader(top, blanks, named, roles)
    items = [*reader.single(Where.EFFECT), *reader.single(Where.TERM), *reader.renewal()]
    for where in _LISTS:
        items += reader.several(where)
    return tuple(items)


def place_of(item: Item) -> str:
    """Where the item stands in the file; what comes in lists is found by its key."""
    if item.where is Where.NOTICE:
        return f"renewal.{item.key}"
    return f"{item.where}.{item.key}" if item.where in _LISTS else item.where.value


class _Reader:
    """Reads items and tries them."""

    def __init__(self, top: Section, blanks: Mapping[str, Blank], named: frozenset[str], roles: frozenset[str]) -> None:
        self.top = top
        self.blanks = blanks
        self.named = named
        self.sides = roles | set(SIDES)

    def single(self, where: Where) -> Iterator[Item]:
        section = self.top.section(where.value)
        if section is not None:
            item = self._item(section, where, where.value, section.data)
            self._try(item)
            yield item

    def renewal(self) -> Iterator[Item]:
        """The renewal and its notice windows, tried together."""
        section = self.top.section(Where.RENEWAL.value)
        if section is None:
            return
        own = {name: value for name, value in section.data.items() if name != "notice"}
        renewal = self._item(section, Where.RENEWAL, "renewal", own)
        windows = [
            self._window(part, f"notice[{position}]", renewal)
            for position, part in enumerate(section.sections("notice"))
        ]
        self._try(renewal, windows)
        yield renewal
        yield from windows

    def _window(self, section: Section, key: str, renewal: Item) -> Item:
        """A notice window, which comes only where the renewal does."""
        window = self._item(section, Where.NOTICE, key, section.data)
        return replace(window, only_if={**renewal.only_if, **window.only_if})

    def several(self, where: Where) -> Iterator[Item]:
        for position, part in enumerate(self.top.sections(where.value)):
            key = str(part.data.get("key") or part.data.get("code") or f"{where.value}-{position + 1}")
            part.place = f"{where}.{key}"
            if not _KEY.fullmatch(key):
                part.fault("key", N_("Write a key of letters, digits, hyphens and underscores."))
            item = self._item(part, where, key, part.data)
            self._try(item)
            yield item

    def _item(self, section: Section, where: Where, key: str, data: Mapping[str, object]) -> Item:
        """The item; what only a kind knows is taken apart from the fields of the contract document."""
        said: dict[str, Words] = {}
        for name in ("title", "help", "wording") if where is Where.OBLIGATIONS else ():
            said[name] = read_words(section, name)
        only_if = dict(self._conditions(section.section("only_if")))
        fields = {name: value for name, value in data.items() if name not in ("key", "help", "wording", "only_if")}
        if "side" in fields:
            self._check_side(section, fields["side"])
        return Item(key, where, fields, only_if=only_if, **said)

    def _conditions(self, section: Section | None) -> Iterator[tuple[str, frozenset[str]]]:
        for name, value in section.data.items() if section else ():
            assert section is not None
            blank = self.blanks.get(name)
            allowed = [_word(item) for item in (value if isinstance(value, list) else [value])]
            if blank and blank.type not in (BlankType.CHOICE, BlankType.YES_NO):
                section.fault(name, N_("Only a blank of the type “choice” or “yes/no” can decide what comes."))
            elif blank and not set(allowed) <= set(blank.samples()):
                section.fault(name, N_("Write one of: %(choices)s."), choices=", ".join(blank.samples()))
            yield name, frozenset(allowed)

    def _check_side(self, section: Section, side: object) -> None:
        names = blanks_in(side)
        written = [self.blanks[name].samples() for name in names if name in self.blanks] if names else [(str(side),)]
        if not all(role in self.sides for roles in written for role in roles):
            section.fault("side", N_("Write one of: %(choices)s."), choices=", ".join(sorted(self.sides)))

    # ------------------------------------------------------------------ trials

    def _try(self, item: Item, windows: Sequence[Item] = ()) -> None:
        """Read the item as a contract document would have it, with every choice in its blanks."""
        names = sorted({*item.blanks, *(name for window in windows for name in window.blanks | window.only_if.keys())})
        if not all(name in self.blanks for name in names):
            return
        samples = product(*(self.blanks[name].samples() for name in names))
        for combination in islice(samples, MOST_TRIES):
            values = dict(zip(names, combination, strict=True))
            body = self._body(item, values)
            if came := [self._body(window, values) for window in windows if window.comes_with(values)]:
                body["notice"] = came
            found: list[Problem] = []
            _READERS[item.where](Section.of(body, place_of(item), found))
            self.top.problems += [problem for problem in found if problem not in self.top.problems]

    def _body(self, item: Item, values: Values) -> dict[str, object]:
        body = {name: filled(pattern, values, self.blanks) for name, pattern in item.fields.items()}
        if item.title:
            body["title"] = said(item.title, "en")
        if "side" in body:
            body["side"] = side_of(str(body["side"]), "A")
        return body


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


_READERS: Mapping[Where, Callable[[Section], object]] = {
    Where.EFFECT: read_effect,
    Where.TERM: read_term,
    Where.RENEWAL: read_renewal,
    Where.TERMINATION: lambda section: read_termination(section, ""),
    Where.DELIVERY: read_delivery,
    Where.OBLIGATIONS: lambda section: read_obligation(section, "-"),
}
