"""Between the amendments of a contract as rows, as values of the schedule, and as a section of its document."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from tracker.actions.actor import Actor
from tracker.records.contracts import Amendment, Contract
from tracker.rules.amendment_form import AmendmentDraft, Terms, read_terms
from tracker.rules.rewording import terms_of
from tracker.rules.section import Section


def amendment_values(rows: Iterable[Amendment]) -> tuple[AmendmentDraft, ...]:
    """The amendments the schedule reads. What is stored was checked when it came in."""
    return tuple(value for row in rows if (value := _value(row)) is not None)


def _value(row: Amendment) -> AmendmentDraft | None:
    terms = _terms(json.dumps(row.before, ensure_ascii=False))
    if terms is None:
        return None
    return AmendmentDraft(row.key, row.title, row.signed, row.effective, row.before, terms, row.paper_key, row.note)


@lru_cache(maxsize=256)
def _terms(written: str) -> Terms | None:
    """The terms in a text; they are read again and again, and never change."""
    return read_terms(Section.of(json.loads(written), "", []))


def amendments_section(contract: Contract) -> list[dict[str, Any]]:
    """The amendments as the contract document has them."""
    return [
        {
            "key": row.key,
            "title": row.title,
            "signed": row.signed,
            "effective": row.effective,
            "paper": row.paper_key,
            "note": row.note,
            "before": row.before,
        }
        for row in contract.amendments
    ]


def apply_amendments(contract: Contract, drafts: Iterable[AmendmentDraft], actor: Actor, now: datetime) -> bool:
    """Have the rows say what a document says; those that it does not name stay. Whether anything differed."""
    rows = {row.key: row for row in contract.amendments}
    differed = False
    for draft in drafts:
        row = rows.get(draft.key)
        if row is None:
            row = Amendment(key=draft.key, recorded_by_id=actor.person_id, recorded_at=now)
            contract.amendments.append(row)
        differed |= _put(row, draft)
    return differed


def _put(row: Amendment, draft: AmendmentDraft) -> bool:
    values = {
        "title": draft.title,
        "signed": draft.signed,
        "effective": draft.effective,
        "paper_key": draft.paper,
        "note": draft.note,
        "before": dict(terms_of(draft.before)),
    }
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
