"""The shape of a story: what was agreed, what happened, and the day a lawyer works out from it by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.rules.worked.table import Row

Document = dict[str, Any]
Happening = tuple[str, str, Mapping[str, str]]

AGREED: Document = {
    "format": "contract/1",
    "number": "K-1",
    "title": "Framework agreement",
    "language": "en",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading"}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "term": {"length": "1 year", "first_day_counts": True},
    "facts": [{"kind": "signed", "day": "2026-01-05"}],
}
"""Signed on Monday 5 January 2026, in force from that day: its year ends on Monday 4 January 2027."""


@dataclass(frozen=True)
class Story:
    """One code: the sections of the contract that bring it, the facts that start its clock, the hand-worked day."""

    code: str
    agreed: Document
    happened: tuple[Happening, ...]
    row: Row
    done_on: date

    @property
    def document(self) -> Document:
        """The contract as it is recorded."""
        return {**AGREED, **self.agreed}

    @property
    def starts(self) -> str:
        """The words of the contract file that say when it is due; empty for the dates of the term itself."""
        return str(next((one["due"] for one in self.agreed.get("obligations", [])), ""))


def story(code: str, agreed: Document, row: Row, *happened: Happening, done_on: str = "") -> Story:
    """`agreed` is sections of the contract, or the fields of one obligation of that code. Where nothing else is said,
    it is done on the very day on which it is safe."""
    sections = {"obligations": [{"code": code, "side": "us", **agreed}]} if "due" in agreed else agreed
    day = date.fromisoformat(done_on) if done_on else row.act_by
    assert day is not None
    return Story(code, sections, happened, row, day)


def fact(kind: str, day: str, **more: str) -> Happening:
    return kind, day, more


def agreed(*obligations: Document, **sections: Any) -> Document:
    """The contract with these obligations and sections."""
    return {**AGREED, "obligations": list(obligations), **sections}
