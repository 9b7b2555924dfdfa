"""What each kind of contract brings to the form: its usual obligations, and from when each is counted.

Numbers are never suggested: they stand in the contract.
"""

import re
from collections.abc import Iterator

from flask import g

from tracker.actions.kinds import Kinds, known_kinds
from tracker.rules.kinds import Item, Kind, Where
from tracker.rules.words import said
from web.context import tracker, words

_BLANK = re.compile(r"\{\w+\}")
_SETTLED = ("paper", "proof", "priority", "to", "method", "place", "pays")
"""What the kind itself says of an obligation, beside what the contract fills in."""
_DUE = re.compile(r"(?:within )?(?P<direction>before|after)(?: (?P<anchor>\S+))?")


def kinds() -> Kinds:
    """Every kind known here, looked up once for each request."""
    if "kinds" not in g:
        g.kinds = known_kinds(tracker().settings.own_kinds)
    known: Kinds = g.kinds
    return known


def suggested(kind: Kind) -> list[dict[str, str]]:
    """Rows of the form, each without what the contract fills in."""
    us = next((party.role for party in kind.parties if party.us), "A")
    return [_row(item, us) for item in kind.items if item.where is Where.OBLIGATIONS]


def _row(item: Item, us: str) -> dict[str, str]:
    fields = {name: _fixed(pattern) for name, pattern in item.fields.items() if isinstance(pattern, str)}
    side = {us: "us"}.get(fields.get("side", ""), fields.get("side", ""))
    row = {
        "key": item.key,
        "code": fields.get("code", ""),
        "title": said(item.title, words().language) if item.title else "",
    }
    row["side"] = side if side in ("us", "both") else "them"
    row |= {name: fields[name] for name in _SETTLED if name in fields}
    return row | {"every": fields.get("every", "")} | dict(_due(fields.get("due", "")))


def _fixed(pattern: str) -> str:
    """What stands around the blanks of a pattern."""
    return " ".join(_BLANK.sub("", pattern).split())


def _due(phrase: str) -> Iterator[tuple[str, str]]:
    match = _DUE.fullmatch(phrase)
    yield "direction", match["direction"] if match else "after"
    yield "anchor", match["anchor"] or "" if match else phrase.removeprefix("on ").strip()
