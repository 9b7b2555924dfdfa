"""Recording what happened: every fact recomputes the schedule."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_contract
from tracker.actions.actor import Actor
from tracker.actions.agreements import agreement_of
from tracker.actions.documents import fact_values
from tracker.actions.errors import Missing, Odd, Refused
from tracker.actions.remember import remember
from tracker.actions.reschedule import Changes, reschedule
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract, Fact
from tracker.records.deadlines import Deadline
from tracker.rules.facts import Fact as FactValue
from tracker.rules.facts import FactKind, Side
from tracker.rules.oddities import newly_told, oddities
from tracker.rules.problems import N_, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened, on which day; `until` is the end agreed or intended, `about` the key of the earlier fact that this
    one concerns."""

    kind: FactKind
    day: date
    by: Side | None = None
    subject: str = ""
    until: date | None = None
    how: str = ""
    about: str = ""
    note: str = ""


def record_fact(
    session: Session, actor: Actor, contract_id: int, happened: Happened, *, now: datetime, confirmed: bool = False
) -> tuple[Fact, Changes]:
    """Record a fact. Raises Missing, Forbidden, Refused, and Odd unless `confirmed`."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    _must_be_there(contract, "", happened.about)
    key = new_key(session, contract, happened.kind)
    _look_twice(session, contract, key, happened, now, confirmed)
    fact = Fact(key=key, recorded_by_id=actor.person_id, recorded_at=now, kind=happened.kind, day=happened.day)
    contract.facts.append(fact)
    return fact, _apply(session, actor, contract, fact, happened, now, "fact-recorded")


def correct_fact(
    session: Session,
    actor: Actor,
    contract_id: int,
    key: str,
    happened: Happened,
    *,
    now: datetime,
    confirmed: bool = False,
) -> tuple[Fact, Changes]:
    """Put right what was recorded; the history keeps what stood before. Raises as `record_fact`."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    fact = _fact(contract, key)
    _must_be_there(contract, key, happened.about)
    _look_twice(session, contract, key, happened, now, confirmed)
    return fact, _apply(session, actor, contract, fact, happened, now, "fact-corrected")


def withdraw_fact(session: Session, actor: Actor, contract_id: int, key: str, *, now: datetime) -> Changes:
    """Take back a fact that never happened; the history keeps it. Raises Missing, Forbidden."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    fact = _fact(contract, key)
    contract.facts.remove(fact)
    remember(session, actor, now, "fact-withdrawn", contract_id=contract.id, fact=_told(fact))
    return _recompute(session, contract, now)


def new_key(session: Session, contract: Contract, kind: FactKind) -> str:
    """A name not used in this contract, nor by a withdrawn fact that left a deadline behind."""
    left_behind = session.scalars(select(Deadline.occurrence).where(Deadline.contract_id == contract.id))
    taken = {fact.key for fact in contract.facts} | set(left_behind)
    number = 1 + sum(fact.kind is kind for fact in contract.facts)
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def fact_value(key: str, happened: Happened) -> FactValue:
    """The fact as the schedule reads it."""
    day, by, until = happened.day, happened.by, happened.until
    return FactValue(key, happened.kind, day, by, happened.subject, until, happened.how, happened.about)


def _fact(contract: Contract, key: str) -> Fact:
    fact = next((fact for fact in contract.facts if fact.key == key), None)
    if fact is None:
        raise Missing
    return fact


def _must_be_there(contract: Contract, key: str, about: str) -> None:
    """Raises Refused unless what a fact concerns is another fact of the contract."""
    if about and about not in {fact.key for fact in contract.facts} - {key}:
        raise Refused([Problem("about", N_("There is no fact “%(key)s”."), {"key": about})])


def _look_twice(
    session: Session, contract: Contract, key: str, happened: Happened, now: datetime, confirmed: bool
) -> None:
    odd = [] if confirmed else newly_odd(session, contract, key, happened, now)
    if odd:
        raise Odd(odd)


def newly_odd(session: Session, contract: Contract, key: str, happened: Happened, now: datetime) -> list[Problem]:
    """What this fact would newly make odd."""
    agreement, today = agreement_of(session, contract), day_in(contract.zone, now)
    before = fact_values(contract.facts)
    others = tuple(fact for fact in before if fact.key != key)
    value = fact_value(key, happened)
    return newly_told(oddities(agreement, before, today), oddities(agreement, (*others, value), today))


def _apply(
    session: Session, actor: Actor, contract: Contract, fact: Fact, happened: Happened, now: datetime, event: str
) -> Changes:
    before = _told(fact)
    fact.kind, fact.day, fact.by, fact.subject = happened.kind, happened.day, happened.by, happened.subject
    fact.until, fact.how, fact.about, fact.note = happened.until, happened.how, happened.about, happened.note
    remember(session, actor, now, event, contract_id=contract.id, before=before, fact=_told(fact))
    return _recompute(session, contract, now)


def _told(fact: Fact) -> dict[str, str]:
    return {
        "key": fact.key,
        "kind": fact.kind.value,
        "day": fact.day.isoformat(),
        "by": fact.by.value if fact.by else "",
        "until": fact.until.isoformat() if fact.until else "",
        "about": fact.about,
    }


def _recompute(session: Session, contract: Contract, now: datetime) -> Changes:
    contract.changed_at = now
    session.flush()
    changes = reschedule(session, contract, now=now)
    session.flush()
    return changes
