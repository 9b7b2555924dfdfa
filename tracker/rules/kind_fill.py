"""Between a filled-in form and the contract document, by way of the kind."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from tracker.rules.contract_file import FORMAT
from tracker.rules.kind_match import Answers, Body, Match, bodies, side_of
from tracker.rules.kinds import NEEDED, SINGLE, Item, Kind, Where
from tracker.rules.patterns import blanks_in, filled
from tracker.rules.problems import N_, Problem
from tracker.rules.words import NEAREST, said

Document = dict[str, Any]


def values_of(kind: Kind, document: Mapping[str, Any]) -> Answers:
    """What a contract of this kind has in the blanks: the values to show in the form when it is edited."""
    return Match.of(kind, document).answers()


def fill(
    kind: Kind,
    values: Mapping[str, str],
    document: Mapping[str, Any] | None = None,
    *,
    us: str = "",
    without: frozenset[str] = frozenset(),
) -> tuple[Document | None, list[Problem]]:
    """The contract document that the filled-in blanks give, or every problem with them at the name of its blank.

    `document` is what the contract says so far: whatever the kind did not bring stays in it, in its own words. `us` is
    the role of the party that is us from now on, where that is new. `without` names items of the kind to leave out.
    """
    written, problems = begin(kind, values, document, us=us, without=without)
    return (None if problems else written), problems


def begin(
    kind: Kind,
    values: Mapping[str, str],
    document: Mapping[str, Any] | None = None,
    *,
    us: str = "",
    without: frozenset[str] = frozenset(),
) -> tuple[Document, list[Problem]]:
    """Like `fill`, while the form is still being filled in: a blank with a problem counts as empty."""
    filling = _Filling(kind, deepcopy(dict(document or {})), us, without)
    filling.take(values)
    filling.write()
    return filling.document, filling.problems


class _Filling:
    """One form being written into one document."""

    def __init__(self, kind: Kind, document: Document, us: str, without: frozenset[str]) -> None:
        self.kind = kind
        self.document = document
        self.match = Match.of(kind, document)
        self.us = us or self.match.us
        self.without = without
        self.values: dict[str, str] = {}
        self.problems: list[Problem] = []

    def take(self, given: Mapping[str, str]) -> None:
        """Check what was written into the blanks."""
        for name in given.keys() - self.kind.open_blanks.keys():
            self.problems.append(Problem(name, N_("This kind of contract has no such blank.")))
        for name, blank in self.kind.open_blanks.items():
            text = given.get(name, "").strip()
            try:
                self.values[name] = blank.check(text) if text else ""
            except ValueError as error:
                self.problems.append(Problem.of(name, error))
        faulty = {problem.place for problem in self.problems}
        for name in sorted(set(self._wanted()) - faulty):
            self.problems.append(Problem(name, N_("This is needed.")))

    def _wanted(self) -> Iterator[str]:
        """Required blanks left empty although something that comes needs them."""
        for item in self.kind.items:
            if self._comes(item):
                for name, pattern in item.fields.items():
                    if self.match.owns(item, name):
                        yield from (blank for blank in blanks_in(pattern) if self._is_missing(blank))

    def _is_missing(self, blank: str) -> bool:
        return self.kind.open_blanks[blank].required and not self.values.get(blank)

    def _comes(self, item: Item) -> bool:
        return item.key not in self.without and item.comes_with(self.values)

    # ----------------------------------------------------------------- writing

    def write(self) -> None:
        """Bring the document to what the blanks say."""
        self.document.setdefault("format", FORMAT)
        self.document["kind"] = self.kind.code
        self.document.setdefault("language", self.kind.language)
        if self.kind.law:
            self.document.setdefault("law", dict(self.kind.law))
        for item in self.kind.items:
            body = self._body(item) if self._comes(item) else None
            if item.where in SINGLE:
                self._put_single(item, body)
            else:
                self._put(item, body)
        self._tidy()

    def _body(self, item: Item) -> Body | None:
        """The item as the document will have it; None where an empty blank drops it."""
        old = self.match.found.get(item.key, {})
        body: Body = {"key": item.key} if item.where in (Where.OBLIGATIONS, Where.TERMINATION) else {}
        for name in item.fields:
            value = self._field(item, name) if self.match.owns(item, name) else old[name]
            if value is not None:
                body[name] = value
        if (NEEDED[item.where] & item.fields.keys()) - body.keys():
            return None
        return {**body, **{name: value for name, value in old.items() if name not in item.fields}} or None

    def _field(self, item: Item, name: str) -> object:
        if name == "title":
            language = str(self.document["language"])
            return said(item.title, language if language in NEAREST else self.kind.language)
        value = filled(item.fields[name], self.values, self.kind.open_blanks)
        return side_of(str(value), self.us) if name == "side" and value is not None else value

    def _put_single(self, item: Item, body: Body | None) -> None:
        """A section of which there is one; notice windows of the contract's own stay in the renewal."""
        if body is None:
            self.document.pop(item.where.value, None)
        else:
            self.document[item.where.value] = body

    def _put(self, item: Item, body: Body | None) -> None:
        old = self.match.found.get(item.key)
        holder = self._holder(item)
        if holder is None:
            return
        kept = [body if found is old else found for found in bodies(self.document, item.where)]
        if old is None and body is not None:
            kept.append(body)
        holder[item.where.value] = [found for found in kept if found is not None]

    def _holder(self, item: Item) -> Body | None:
        return self.document.get("renewal") if item.where is Where.NOTICE else self.document

    def _tidy(self) -> None:
        """Leave no empty lists behind."""
        for holder in (self.document, self.document.get("renewal") or {}):
            for where in set(Where) - SINGLE:
                if holder.get(where.value) == []:
                    del holder[where.value]
