"""What the row of a deadline holds, from what was computed."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.records.people import Person
from tracker.rules.clauses import Priority, Proof
from tracker.rules.deadlines import Deadline as Computed
from tracker.rules.ladders import chosen

People = Mapping[str, int]
"""Ids of people by address."""
Ladders = tuple[Mapping[str, str], ...]
"""Ladders by code, those of the contract before those of the organisation."""


def people_named(session: Session, computed: Iterable[Computed]) -> People:
    """The people whom obligations name by address. Those who have left are among them: what one of them had to accept
    still needs somebody who accepts it."""
    duties = {item.obligation for item in computed if item.obligation}
    named = {address.lower() for one in duties for address in (one.owner, one.backup, one.reviewer) if address}
    if not named:
        return {}
    query = select(Person.email, Person.id).where(Person.email.in_(named))
    return {row.email: row.id for row in session.execute(query)}


def values_of(item: Computed, people: People) -> dict[str, Any]:
    """The columns that follow from the schedule."""
    return {
        "clause_key": item.clause,
        "code": item.code,
        "title": item.title,
        "subject": item.subject,
        "side": item.side,
        "nature": item.nature,
        "legal": item.legal,
        "act_by": item.act_by,
        "send_by": item.send_by,
        "target": item.target,
        "action_day": item.action_day,
        "grace_until": item.grace_until,
        "moved_from": item.moved_from,
        "amount": item.amount.amount if item.amount else None,
        "currency": item.amount.currency if item.amount else None,
        "certainty": item.certainty,
        "provisional": list(item.provisional),
        "explanation": explanation_of(item),
        **_of_obligation(item, people),
    }


def ladder_text_of(item: Computed, own: str, ladders: Ladders) -> str:
    """The ladder of reminders that holds: that of this one deadline, of its obligation, contract or organisation."""
    return chosen(item.code, own, item.obligation.reminders if item.obligation else "", *ladders)


def _of_obligation(item: Computed, people: People) -> dict[str, Any]:
    """What the obligation says beyond its days; the dates of the term itself have none."""
    duty = item.obligation
    if duty is None:
        nobody = dict.fromkeys(("owner_id", "backup_id", "reviewer_id"))
        return {"priority": Priority.NORMAL, "proof": Proof.OPTIONAL, "paper_kind": "", **nobody}
    return {
        "priority": duty.priority,
        "proof": duty.proof,
        "paper_kind": duty.paper.value if duty.paper else "",
        "owner_id": people.get(duty.owner.lower()),
        "backup_id": people.get(duty.backup.lower()),
        "reviewer_id": people.get(duty.reviewer.lower()),
    }


def explanation_of(item: Computed) -> dict[str, Any]:
    """How the dates came about, as data that `tracker.render.explain` puts into words."""
    told: dict[str, Any] = {
        "steps": [step.to_data() for step in item.steps],
        "safe_steps": [step.to_data() for step in item.safe_steps],
        "send_steps": [step.to_data() for step in item.send_steps],
        "readings": [reading.to_data() for reading in item.readings],
        "waits_for": item.waits_for,
    }
    if item.terms_before:
        told["terms_before"] = item.terms_before
    if item.suspended_by:
        told["suspended_by"] = item.suspended_by
    if item.obligation and item.obligation.late_rate:
        told["late_rate"] = str(item.obligation.late_rate)
    return told
