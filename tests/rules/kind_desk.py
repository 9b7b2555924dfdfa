"""Contracts made from kinds: what a test fills in, and the deadlines that follow."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tracker.actions.kinds import known_kinds
from tracker.rules.agreement import Agreement, Counting
from tracker.rules.contact_form import customers_of
from tracker.rules.contract_file import read_contract
from tracker.rules.deadlines import Deadline
from tracker.rules.kind_fill import fill
from tracker.rules.kinds import Kind
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS
from tracker.rules.schedule import schedule

NOWHERE = Path("there-is-no-such-folder")
KINDS = known_kinds(NOWHERE).by_code
Document = dict[str, Any]


def paper(kind: Kind, us: str = "", facts: Mapping[str, str] | None = None) -> Document:
    """A contract before its kind is filled in: a number, a title and parties. Facts are days by kind, a subject follows
    a colon."""
    happened = [
        {"kind": name.partition(":")[0], "subject": name.partition(":")[2], "day": day}
        for name, day in (facts or {}).items()
    ]
    parties = [
        {"role": party.role, "name": f"Party {party.role}", "us": party.role == (us or kind.us)}
        for party in kind.parties
    ]
    return {"number": "2026-1", "title": "Hualong", "parties": parties, "facts": happened}


def filled(kind: Kind, document: Document, **changes: str) -> Document:
    """The document with the kind's usual values and these changes in its blanks."""
    done, problems = fill(kind, {**kind.usual(), **changes}, document)
    assert done is not None, problems
    return done


def deadlines(document: Document, today: str) -> dict[str, Deadline]:
    """Every deadline of the document by its key."""
    draft, problems = read_contract(document)
    assert draft is not None, problems
    calendar = working_calendar("CN")
    counting = Counting(PRESETS["prc-civil-code"], calendar)
    agreement = Agreement(draft.effect, draft.clauses, counting, customers=customers_of(draft.parties))
    found = schedule(agreement, draft.facts, date.fromisoformat(today))
    return {deadline.key: deadline for deadline in found}


def days(found: Mapping[str, Deadline], *keys: str) -> dict[str, str]:
    """The legal days of some deadlines as text; an empty one where none is known."""
    return {key: str(found[key].legal or "") for key in keys}
