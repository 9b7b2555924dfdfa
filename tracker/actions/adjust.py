"""Pausing and ending a series, moving one of its days: decided by hand, with a reason, the contract staying as it is.

Each takes effect through the schedule alone, so that what is withdrawn leaves everything as it was before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_contract
from tracker.actions.actor import Actor
from tracker.actions.adjustment_rows import adjustment_values, new_row, put
from tracker.actions.agreements import agreement_of
from tracker.actions.documents import fact_values
from tracker.actions.errors import Missing, Odd, Refused
from tracker.actions.remember import remember
from tracker.actions.reschedule import Changes, reschedule
from tracker.ports.clock import day_in
from tracker.records.contracts import Adjustment, Contract
from tracker.records.deadlines import Deadline, State
from tracker.rules.adjustments import Adjusting
from tracker.rules.adjustments import Adjustment as AdjustmentValue
from tracker.rules.oddities import newly_told, oddities
from tracker.rules.problems import N_, Problem, Unfit

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What shall be adjusted: `of` a clause, for a move of one deadline, by its key; days as in `Adjustment`."""

    action: Adjusting
    of: str
    day: date
    until: date | None = None
    reason: str


def adjust(
    session: Session, actor: Actor, contract_id: int, wish: Wish, *, now: datetime, confirmed: bool = False
) -> Changes:
    """Pause or end a series, or move one day; moving it again replaces the earlier move.

    Raises Missing, Forbidden, Refused with every problem, and Odd unless `confirmed`.
    """
    contract = the_contract(session, actor, contract_id, to_change=True)
    value = wanted(session, contract, wish)
    odd = [] if confirmed else newly_odd(session, contract, value, now)
    if odd:
        raise Odd(odd)
    earlier = [row for row in contract.adjustments if _is_replaced(row.action, row.of, value)]
    for row in earlier:
        contract.adjustments.remove(row)
    contract.adjustments.append(new_row(value, actor, now))
    told = [_told(before) for before in adjustment_values(earlier)]
    remember(session, actor, now, "adjusted", contract_id=contract.id, before=told, adjustment=_told(value))
    return _recompute(session, contract, now)


def resume(session: Session, actor: Actor, contract_id: int, key: str, *, day: date, now: datetime) -> Changes:
    """Let a paused series go on from `day`. Raises Missing, Forbidden, Refused."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    row = adjustment_of(contract, key)
    (before,) = adjustment_values([row])
    after = resumed(before, day)
    put(row, after)
    told = _told(after)
    remember(session, actor, now, "series-resumed", contract_id=contract.id, before=[_told(before)], adjustment=told)
    return _recompute(session, contract, now)


def withdraw_adjustment(session: Session, actor: Actor, contract_id: int, key: str, *, now: datetime) -> Changes:
    """Take an adjustment back: everything stands as if it had not been. Raises Missing, Forbidden."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    row = adjustment_of(contract, key)
    (before,) = adjustment_values([row])
    contract.adjustments.remove(row)
    remember(session, actor, now, "adjustment-withdrawn", contract_id=contract.id, adjustment=_told(before))
    return _recompute(session, contract, now)


# ------------------------------------------------------------------- values


def wanted(session: Session, contract: Contract, wish: Wish) -> AdjustmentValue:
    """The adjustment that is wished for. Raises Refused with every problem."""
    problems = list(_problems(session, contract, wish))
    if not wish.reason.strip():
        problems.append(Problem("reason", N_("Say why.")))
    if problems:
        raise Refused(problems)
    key, reason = _new_key(contract, wish.action), wish.reason.strip()
    try:
        return AdjustmentValue(key, wish.action, wish.of, wish.day, wish.until, reason)
    except Unfit as unfit:
        raise Refused([Problem.of("until", unfit)]) from None


def resumed(pause: AdjustmentValue, day: date) -> AdjustmentValue:
    """The pause, over on the day before `day`. Raises Refused."""
    if pause.action is not Adjusting.PAUSE:
        raise Refused([Problem("adjustment", N_("Only what is paused can go on."))])
    if day <= pause.day:
        raise Refused([Problem("day", N_("This is not after the pause began; withdraw the pause instead."))])
    return replace(pause, until=day - DAY)


def adjusted(before: Iterable[AdjustmentValue], value: AdjustmentValue) -> tuple[AdjustmentValue, ...]:
    """The adjustments of a contract with one more."""
    return (*(one for one in before if not _is_replaced(one.action, one.of, value)), value)


def adjustment_of(contract: Contract, key: str) -> Adjustment:
    """The adjustment of that name. Raises Missing."""
    row = next((row for row in contract.adjustments if row.key == key), None)
    if row is None:
        raise Missing
    return row


def newly_odd(session: Session, contract: Contract, value: AdjustmentValue, now: datetime) -> list[Problem]:
    """What this adjustment would newly make odd."""
    agreement, facts, today = agreement_of(session, contract), fact_values(contract.facts), day_in(contract.zone, now)
    after = replace(agreement, adjustments=adjusted(agreement.adjustments, value))
    odd = newly_told(oddities(agreement, facts, today), oddities(after, facts, today))
    return [*_later_than_agreed(session, contract, value), *odd]


def _later_than_agreed(session: Session, contract: Contract, value: AdjustmentValue) -> list[Problem]:
    row = _deadline(session, contract, value.of) if value.action is Adjusting.MOVE else None
    agreed = (row.moved_from or row.legal) if row else None
    if agreed is None or value.day <= agreed:
        return []
    text = N_("The contract gives an earlier day, %(day)s: make sure that this was agreed.")
    return [Problem("day", text, {"day": agreed})]


def _problems(session: Session, contract: Contract, wish: Wish) -> Iterable[Problem]:
    if wish.action is Adjusting.MOVE:
        row = _deadline(session, contract, wish.of)
        if row is None:
            yield Problem("of", N_("There is no deadline “%(key)s”."), {"key": wish.of})
        elif row.state not in (State.OPEN, State.SUSPENDED):
            yield Problem("of", N_("This is not open any more."))
        elif row.clause_key in {clause.key for clause in contract.clauses if clause.type != "obligations"}:
            yield Problem("of", N_("The dates of the term follow from the contract; they are not moved by hand."))
    elif wish.of not in _obligations(contract):
        yield Problem("of", N_("There is no obligation “%(key)s”."), {"key": wish.of})
    elif wish.action is Adjusting.END and "every" not in _obligations(contract)[wish.of]:
        yield Problem("of", N_("This does not come round, so there is no series to end; waive what is open."))


def _obligations(contract: Contract) -> dict[str, dict[str, object]]:
    return {clause.key: clause.body for clause in contract.clauses if clause.type == "obligations"}


def _deadline(session: Session, contract: Contract, key: str) -> Deadline | None:
    return session.scalar(select(Deadline).where(Deadline.contract_id == contract.id, Deadline.key == key))


def _is_replaced(action: Adjusting, of: str, value: AdjustmentValue) -> bool:
    """Whether an adjustment gives way to another: of several moves or ends of the same only the last is meant."""
    return action is value.action and of == value.of and action is not Adjusting.PAUSE


def _new_key(contract: Contract, action: Adjusting) -> str:
    taken = {row.key for row in contract.adjustments}
    number = 1 + sum(row.action is action for row in contract.adjustments)
    while f"{action}-{number}" in taken:
        number += 1
    return f"{action}-{number}"


def _told(value: AdjustmentValue) -> dict[str, str]:
    days = {"day": value.day.isoformat(), "until": value.until.isoformat() if value.until else ""}
    return {"key": value.key, "action": value.action.value, "of": value.of, **days, "reason": value.reason}


def _recompute(session: Session, contract: Contract, now: datetime) -> Changes:
    contract.changed_at = now
    session.flush()
    changes = reschedule(session, contract, now=now)
    session.flush()
    return changes
