"""Amendments put into a contract document, taken out of it, and kept true when what was recorded is corrected.

A document says what is agreed now, and for each amendment the whole of what was agreed before it: a chain of wordings
by the days of effect. A change made at one place of the chain goes on to the others field by field, as far as these
still read as it found them: what a later amendment has changed stands, and so does what stood before an earlier one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tracker.rules.amendment_form import TERMS
from tracker.rules.written import SINGLE, as_files_keep, sections_of

Document = Mapping[str, Any]
Unit = tuple[str, str]
_BY_KEY = {"obligations": "code", "termination": "", "parties": "role", "delivery": "method"}
"""Sections that are lists, and the field that names a row where it has no key."""
_WHOLE = ("effect", "delivery")
"""What is worded as one: half of it from one amendment and half from another would mean nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one wording was, and what it became."""

    before: Document
    after: Document

    def on(self, terms: Document) -> Document:
        """The same change made to other terms; what these have changed themselves stands."""
        old, new, there = units(self.before), units(self.after), units(terms)
        merged = {unit: _merged(unit, old.get(unit), new.get(unit), there.get(unit)) for unit in [*new, *there]}
        return _written({unit: value for unit, value in merged.items() if value is not None})


def terms_of(document: Document) -> Document:
    """The sections that amendments may change, as they are kept; one in which nothing is said is not there."""
    terms: dict[str, Any] = {}
    for name, _key, body in sections_of(document):
        if name in SINGLE:
            terms[name] = body
        else:
            terms.setdefault(name, []).append(body)
    plain = {name: as_files_keep(document[name]) for name in ("title", "parties", "law", "money") if document.get(name)}
    said = {name: value for name, value in {**plain, **terms}.items() if value}
    return {name: said[name] for name in TERMS if name in said}


def worded(document: Document, terms: Document) -> Document:
    """The document with these terms in place of its own."""
    return {**{name: value for name, value in document.items() if name not in TERMS}, **terms}


def amendments_of(document: Document) -> list[dict[str, Any]]:
    """The amendments of a document by the days of their effect; the order in which they stand does not matter."""
    return sorted((dict(item) for item in document.get("amendments") or ()), key=_place)


def changed_by(stored: Document, amendment: Document) -> Document:
    """The terms that an amendment changes: those in force until its day."""
    others = amendments_of(stored)
    return _chain(stored, others)[_position(others, amendment)]


def amended(stored: Document, document: Document, amendment: Document) -> Document:
    """The stored contract with one more amendment; `document` says what is agreed from its day on."""
    others = amendments_of(stored)
    position = _position(others, amendment)
    chain = _chain(stored, others)
    change = Change(chain[position], terms_of(document))
    chain[position + 1 :] = [change.after, *_along(change, chain[position + 1 :])]
    return _linked(document, [*others[:position], amendment, *others[position:]], chain)


def corrected(stored: Document, document: Document) -> Document:
    """`document` in place of what is stored, as a correction: what was recorded wrongly was so from when it came in."""
    others = amendments_of(stored)
    chain = _chain(stored, others)
    change = Change(chain[-1], terms_of(document))
    chain = [*reversed(list(_along(change, chain[-2::-1]))), change.after]
    return _linked(document, others, chain)


def without(stored: Document, key: str) -> Document:
    """The stored contract as if there were no such amendment."""
    others = amendments_of(stored)
    position = next(place for place, item in enumerate(others) if item["key"] == key)
    chain = _chain(stored, others)
    change = Change(chain[position + 1], chain[position])
    chain[position + 1 :] = _along(change, chain[position + 2 :])
    return _linked(stored, [*others[:position], *others[position + 1 :]], chain)


def wordings(stored: Document, key: str) -> tuple[Document, Document]:
    """The terms before an amendment and after it."""
    others = amendments_of(stored)
    position = next(place for place, item in enumerate(others) if item["key"] == key)
    before, after = _chain(stored, others)[position : position + 2]
    return before, after


def redated(stored: Document, amendment: Document) -> Document:
    """The stored contract with other particulars of an amendment: what it changed takes effect on its new day, also
    where others are now before it."""
    before, after = wordings(stored, str(amendment["key"]))
    rest = without(stored, str(amendment["key"]))
    return amended(rest, worded(rest, Change(before, changed_by(rest, amendment)).on(after)), amendment)


def in_force_on(document: Document, day: str) -> Document:
    """The terms in force on a day, written like ``2026-03-05``."""
    later = (item["before"] for item in amendments_of(document) if str(item["effective"]) > day)
    found: Document = next(later, terms_of(document))
    return found


def _position(others: Sequence[Document], amendment: Document) -> int:
    return sum(_place(item) < _place(amendment) for item in others)


def _place(amendment: Document) -> tuple[str, str, int, str]:
    key = str(amendment["key"])
    return str(amendment["effective"]), str(amendment["signed"]), len(key), key


def _chain(stored: Document, others: Sequence[Document]) -> list[Document]:
    """Every wording, the oldest first, the one agreed now last."""
    return [*(terms_of(item["before"]) for item in others), terms_of(stored)]


def _along(change: Change, chain: Sequence[Document]) -> Iterator[Document]:
    """The wordings that follow on a change, each changed as far as the one before it was."""
    for terms in chain:
        after = change.on(terms)
        yield after
        change = Change(terms, after)


def _linked(document: Document, amendments: Sequence[Document], chain: Sequence[Document]) -> Document:
    *earlier, now = chain
    linked = [{**item, "before": before} for item, before in zip(amendments, earlier, strict=True)]
    rest = {name: value for name, value in worded(document, now).items() if name != "amendments"}
    return {**rest, **({"amendments": linked} if linked else {})}


# ------------------------------------------------------------------------ units


def units(terms: Document) -> dict[Unit, Any]:
    """The terms taken apart into what has a name of its own."""
    found: dict[Unit, Any] = {}
    for name in TERMS:
        if terms.get(name):
            found |= dict(_rows(name, terms[name])) if name in _BY_KEY else {(name, ""): terms[name]}
    return found


def _rows(name: str, rows: Sequence[Document]) -> Iterator[tuple[Unit, Document]]:
    seen: Counter[str] = Counter()
    for row in rows:
        stem = str(row.get(_BY_KEY[name]) or name)
        seen[stem] += 1
        yield (name, str(row.get("key") or (stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"))), row


def _written(found: Mapping[Unit, Any]) -> Document:
    document: dict[str, Any] = {}
    for (name, _key), value in found.items():
        if name in _BY_KEY:
            document.setdefault(name, []).append(deepcopy(value))
        else:
            document[name] = deepcopy(value)
    return document


def _merged(unit: Unit, old: Any, new: Any, there: Any) -> Any:
    """What becomes of a unit that reads `there`, where elsewhere `old` became `new`."""
    if there == old:
        return new
    parts = (old, new, there)
    if unit[0] in _WHOLE or not all(isinstance(part, Mapping) for part in parts):
        return there
    fields = {name: _merged(unit, old.get(name), new.get(name), there.get(name)) for name in {**there, **new}}
    return {name: value for name, value in fields.items() if value is not None}
