"""The people and the contract of most tests: Ana owns, Ben is on the team, Cleo must see nothing.

Ada administers, Vic may only look, Rex only gets letters.
"""

from datetime import date
from typing import Any

from tracker.records.people import Role
from tracker.rules.agreement import Agreement, Counting, Earlier
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.contact_form import customers_of
from tracker.rules.contract_file import ContractDraft, read_contract
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact
from tracker.rules.happenings import Happenings
from tracker.rules.law import Law
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS
from tracker.rules.schedule import schedule
from tracker.rules.timeline import Timeline, timeline
from tracker.rules.versions import with_earlier

CAST = {
    "Ana": Role.EDITOR,
    "Ben": Role.EDITOR,
    "Cleo": Role.EDITOR,
    "Ada": Role.ADMIN,
    "Vic": Role.VIEWER,
    "Rex": Role.RECIPIENT,
}

LEASE: dict[str, Any] = {
    "format": "contract/1",
    "number": "L-1",
    "title": "Office lease",
    "language": "en",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading"}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "effect": {"when": "2025-01-01"},
    "term": {"length": "2 years", "first_day_counts": True},
    "renewal": {"mode": "agreement", "notice": [{"side": "us", "at_least": "60 days"}], "formalities": "15 days"},
    "obligations": [
        {"code": "payment", "side": "us", "due": "5 days after period_start", "every": "3 months", "amount": "9000 CNY"}
    ],
}
"""Two years from New Year 2025, rent every quarter."""


def contract(**sections: Any) -> dict[str, Any]:
    """The office lease with these sections in place of its own; None leaves one out."""
    document = {**LEASE, **sections}
    return {name: value for name, value in document.items() if value is not None}


def bare(**sections: Any) -> dict[str, Any]:
    """A contract with parties and law, and nothing agreed but these sections."""
    return contract(**{"effect": None, "term": None, "renewal": None, "obligations": None, **sections})


def drafted(document: object) -> ContractDraft:
    """The document as values; the test fails with its problems if it has any."""
    draft, problems = read_contract(document)
    assert draft is not None, [f"{problem.place}: {problem}" for problem in problems]
    return draft


def agreed(draft: ContractDraft, calendar: WorkingCalendar | None = None) -> Agreement:
    """What was agreed, counted on the calendar the contract names or on another."""
    agreement = Agreement(
        draft.effect,
        draft.clauses,
        counted_by(draft.law, calendar),
        draft.tracked_from,
        draft.adjustments,
        tuple(item.paper for item in draft.papers),
        customers=customers_of(draft.parties),
    )
    earlier = (
        Earlier(
            one.key,
            one.effective,
            one.terms.effect,
            one.terms.clauses,
            counted_by(one.terms.law if one.terms.law.preset else draft.law, calendar),
            one.signed,
        )
        for one in draft.amendments
    )
    return with_earlier(agreement, earlier)


def counted_by(law: Law, calendar: WorkingCalendar | None = None) -> Counting:
    """The counting rules a law names, on the calendar it names or on another, and what is known of other places."""
    days = calendar or working_calendar(law.calendar)
    elsewhere = {place: working_calendar(place) for place in ("CN", "HK", "GB-ENG", "NONE")}
    return Counting(PRESETS[law.preset], days, law.zone, elsewhere)


def deadlines(
    document: dict[str, Any], today: str, *facts: Fact | dict[str, Any], calendar: WorkingCalendar | None = None
) -> dict[str, Deadline]:
    """The schedule of a document by key, with further facts, as it stands on `today`."""
    told = [fact for fact in facts if isinstance(fact, dict)]
    draft = drafted({**document, "facts": [*document.get("facts", []), *told]})
    more = tuple(fact for fact in facts if isinstance(fact, Fact))
    found = schedule(agreed(draft, calendar), (*draft.facts, *more), date.fromisoformat(today))
    return {deadline.key: deadline for deadline in found}


def legal_days(found: dict[str, Deadline]) -> dict[str, str]:
    """The legal days by key, as text; empty where there is none."""
    return {key: deadline.legal.isoformat() if deadline.legal else "" for key, deadline in found.items()}


def life(today: str, **sections: object) -> Timeline:
    """The life of the office lease with these sections, as it stands on `today`."""
    draft = drafted(contract(**sections))
    return timeline(agreed(draft), Happenings(draft.facts), date.fromisoformat(today))


def ends(found: Timeline) -> list[str]:
    """The last day of each period of the term, as text."""
    return [period.last.isoformat() if period.last else "open" for period in found.periods]


def fact(kind: str, day: str, **more: object) -> dict[str, object]:
    """A fact as a document has it."""
    return {"kind": kind, "day": day, **more}
