"""How far a contract is what its kind makes of it, and which blanks a place of its document is written from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.rules.kind_fill import fill
from tracker.rules.kind_match import ON_SIGNING, Answers, Body, Match, bodies
from tracker.rules.kinds import SINGLE, Item, Kind, Where
from tracker.rules.patterns import blanks_in, plain

_PLACE = re.compile(r"(?P<where>renewal\.notice|[a-z]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<field>\w+))?")
_NOTICE = "renewal.notice"
_DECIDES = frozenset(
    {
        *("when", "conditions", "start", "length", "end", "minimum", "first_day_counts"),
        *("mode", "cap", "formalities", "formalities_within", "side", "at_least", "not_earlier_than"),
        *("notice", "method", "allowance", "counts_on", "calendar", "zone", "cut_off"),
        *("due", "every", "while", "first", "until"),
        *("holidays", "birthdays", "classes"),
        *("nature", "amount", "late_rate", "target", "arrives", "grace"),
    }
)
"""Fields that decide a day or a sum. Others, such as the clause's number or its words, the blanks need not know."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A term or an obligation of a contract that its kind does not write."""

    where: Where
    code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A contract beside its kind: what stands in the blanks, what the kind brings and the contract words in its own
    way, and what the contract holds besides. `holds` says that filling the answers in again gives the same contract."""

    answers: Answers
    reworded: tuple[Stray, ...]
    besides: tuple[Stray, ...]
    holds: bool

    @property
    def fits(self) -> bool:
        """Whether the blanks tell all that the contract has of its kind, so that it can be changed by them."""
        return self.holds and not self.reworded


def fit(kind: Kind, document: Mapping[str, Any]) -> Fit:
    """How far a checked document is what the kind makes of it."""
    match = Match.of(kind, document)
    answers = match.answers()
    again, _problems = fill(kind, answers.values, document, without=answers.without)
    strays = list(_strays(match))
    return Fit(
        answers=answers,
        reworded=tuple(stray for stray, is_instead in strays if is_instead),
        besides=tuple(stray for stray, is_instead in strays if not is_instead),
        holds=_told(again) == _told(document),
    )


def blanks_at(kind: Kind, document: Mapping[str, Any], place: str) -> tuple[str, ...]:
    """The blanks that the kind writes a place of the document from; none where it does not write it."""
    found = _PLACE.fullmatch(place)
    where = _where(found["where"]) if found else None
    if found is None or where is None:
        return ()
    match = Match.of(kind, document)
    body = _numbered(document, where, int(found["number"] or 0))
    item = _item_of(match, body)
    if item is None:
        return ()
    return _blanks_of(item, found["field"] or "")


def _strays(match: Match) -> Iterator[tuple[Stray, bool]]:
    """Each with whether it stands in the place of something that the kind brings."""
    for where, body in _everything(match.document):
        item = _item_of(match, body)
        stray = Stray(where, str(body.get("code", "")), str(body.get("title", "")))
        if item is None:
            yield stray, any(_is_instead(stray, other) for other in match.kind.items if other.key not in match.found)
        elif any(_is_own(match, item, name) for name in body):
            yield stray, True


def _is_instead(stray: Stray, item: Item) -> bool:
    return item.where is stray.where and str(item.fields.get("code", "")) == stray.code


def _everything(document: Mapping[str, Any]) -> Iterator[tuple[Where, Body]]:
    found = ((where, body) for where in Where for body in _bodies(document, where))
    return ((where, body) for where, body in found if body != ON_SIGNING)


def _told(value: object) -> object:
    """One spelling for what documents write in several ways, to compare them by."""
    if isinstance(value, Mapping):
        told = {name: _told(part) for name, part in value.items()}
        return {name: part for name, part in told.items() if part not in ("", [], {}, ON_SIGNING)}
    if isinstance(value, list | tuple):
        return [_told(part) for part in value]
    return "" if value is None else plain(value)


def _is_own(match: Match, item: Item, name: str) -> bool:
    """Whether the contract says something there that its kind does not say."""
    if item.where is Where.RENEWAL and name == Where.NOTICE:
        return False
    return name in _DECIDES and not (name in item.fields and match.owns(item, name))


def _bodies(document: Mapping[str, Any], where: Where) -> Iterator[Body]:
    if where not in SINGLE:
        yield from bodies(document, where)
    elif body := document.get(where.value):
        yield body


def _numbered(document: Mapping[str, Any], where: Where, number: int) -> Body | None:
    return next((body for position, body in enumerate(_bodies(document, where)) if position == number), None)


def _item_of(match: Match, body: Body | None) -> Item | None:
    return next((item for item in match.kind.items if body is not None and match.found.get(item.key) is body), None)


def _where(name: str) -> Where | None:
    return Where.NOTICE if name == _NOTICE else next((where for where in Where if where == name), None)


def _blanks_of(item: Item, field: str) -> tuple[str, ...]:
    """Those of the field, or of the whole item where that names none."""
    named = blanks_in(item.fields.get(field))
    return named or tuple(dict.fromkeys(name for pattern in item.fields.values() for name in blanks_in(pattern)))
