"""A contract document seen through its kind: which parts the kind brought, and with what in its blanks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.rules.kinds import NEEDED, SINGLE, Item, Kind, Where
from tracker.rules.patterns import blanks_in, matched

Body = dict[str, Any]
SIDES = ("us", "them", "both")
ON_SIGNING = {"when": "signing"}
"""An effect that says what is so where nothing is said."""
_ROLES = {"甲方": "A", "乙方": "B", "丙方": "C", "丁方": "D"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a contract of this kind has in its blanks, and which items of the kind it does without."""

    values: Mapping[str, str]
    without: frozenset[str] = frozenset()


@dataclass(slots=True)
class Match:
    """The items of a kind found in a document.

    A field belongs to the kind where it is empty or reads as the kind writes it; another wording is the contract's
    own and stays as it is.
    """

    kind: Kind
    document: Mapping[str, Any]
    us: str
    found: dict[str, Body] = field(default_factory=dict)
    owned: set[tuple[str, str]] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, document: Mapping[str, Any]) -> "Match":
        """`document` looked through, item by item."""
        match = cls(kind, document, us_in(document) or kind.us)
        for item in kind.items:
            body = match._find(item)
            if body is not None:
                match.found[item.key] = body
                match._read(item, body)
        return match

    def owns(self, item: Item, name: str) -> bool:
        """Whether the kind may write that field."""
        return item.key not in self.found or (item.key, name) in self.owned

    # ----------------------------------------------------------------- finding

    def _find(self, item: Item) -> Body | None:
        if item.where in SINGLE:
            body: Body | None = self.document.get(item.where.value) or None
            return None if body == ON_SIGNING and not self._is(item, ON_SIGNING) else body
        taken = {id(body) for body in self.found.values()}
        for body in bodies(self.document, item.where):
            if id(body) not in taken and self._is(item, body):
                return body
        return None

    def _is(self, item: Item, body: Body) -> bool:
        """Obligations and terminations are known by their key, the others by what they say."""
        if item.where in (Where.OBLIGATIONS, Where.TERMINATION):
            return bool(body.get("key") == item.key)
        return all(self._may_be(item, name, body) for name in item.fields)

    def _may_be(self, item: Item, name: str, body: Body) -> bool:
        written = body.get(name, "both" if name == "side" else None)
        if written is None:
            return name not in NEEDED[item.where]
        return self._matched(item, name, written) is not None

    def _read(self, item: Item, body: Body) -> None:
        for name in item.fields:
            if name not in body:
                self.owned.add((item.key, name))
                continue
            values = self._matched(item, name, body[name])
            if values is not None and all(self.values.get(blank, value) == value for blank, value in values.items()):
                self.values |= values
                self.owned.add((item.key, name))

    def _matched(self, item: Item, name: str, written: object) -> dict[str, str] | None:
        pattern = item.fields[name]
        if name == "title":
            return {} if written in item.title.values() else None
        if name == "side":
            return self._side(pattern, str(written))
        return matched(pattern, written, self.kind.open_blanks)

    def _side(self, pattern: object, written: str) -> dict[str, str] | None:
        names = blanks_in(pattern)
        for role in self.kind.open_blanks[names[0]].choices if names else (str(pattern),):
            if side_of(role, self.us) == written:
                return dict.fromkeys(names, role)
        return None

    # ----------------------------------------------------------------- answers

    def answers(self) -> Answers:
        """The values of every blank, so that filling them in again gives the same document."""
        values = {**dict.fromkeys(self.kind.open_blanks, ""), **self._untouched(), **self.values}
        for name in self._controls() - self.values.keys():
            values[name] = self._control(name)
        for item in self._too_many(values):
            for name in item.needed_blanks - self.values.keys() - self._controls():
                if not self.kind.open_blanks[name].required:
                    values[name] = ""
        return Answers(values, frozenset(item.key for item in self._too_many(values)))

    def _untouched(self) -> dict[str, str]:
        """The defaults of blanks that no part of the document shows; required ones keep theirs in any case."""
        shown = {name for item in self.kind.items if item.key in self.found for name in item.blanks}
        blanks = self.kind.open_blanks.values()
        return {blank.name: blank.default for blank in blanks if blank.required or blank.name not in shown}

    def _too_many(self, values: Mapping[str, str]) -> list[Item]:
        """Items that would come with these values and are not in the document."""
        return [
            item
            for item in self.kind.items
            if item.key not in self.found and item.comes_with(values) and not item.lacks(values)
        ]

    def _controls(self) -> set[str]:
        return {name for item in self.kind.items for name in item.only_if}

    def _control(self, name: str) -> str:
        """The value of a blank that only decides what comes: the one that agrees best with what is there."""
        blank = self.kind.open_blanks[name]

        def agreement(value: str) -> int:
            ruled = (item for item in self.kind.items if name in item.only_if)
            return sum((item.key in self.found) == (value in item.only_if[name]) for item in ruled)

        return max(blank.samples(), key=lambda value: (agreement(value), value == blank.default))


def bodies(document: Mapping[str, Any], where: Where) -> Iterator[Body]:
    """Every item of that section of the document."""
    holder = document if where is not Where.NOTICE else document.get("renewal") or {}
    yield from holder.get(where.value) or ()


def side_of(role: str, us: str) -> str:
    """Us, them or both for a role of the kind."""
    if role in SIDES:
        return role
    return "us" if role == us else "them"


def us_in(document: Mapping[str, Any]) -> str:
    """The role, A or B or a later one, of the party that is us; empty where the document does not say."""
    for position, party in enumerate(document.get("parties") or ()):
        if party.get("us") in (True, "yes", "true"):
            return role_of(str(party.get("role") or ""), position)
    return ""


def role_of(written: str, position: int) -> str:
    """A, B, C … for a role as contracts write it, such as 甲方; by its place in the list where it is another word."""
    role = _ROLES.get(written, written)
    return role if len(role) == 1 and role.isascii() and role.isupper() else chr(ord("A") + position % 26)
