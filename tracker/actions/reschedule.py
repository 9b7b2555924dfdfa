"""Bringing the deadline rows of a contract in line with its schedule, by key, any number of times."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.actions.agreements import agreement_of
from tracker.actions.deadline_values import People, ladder_text_of, people_named, values_of
from tracker.actions.documents import fact_values
from tracker.actions.organisations import organisation_of
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import ACHIEVED, Completion, Deadline, State
from tracker.rules.clauses import Proof
from tracker.rules.deadlines import Deadline as Computed
from tracker.rules.facts import Fact, FactKind
from tracker.rules.ladders import ladder_of
from tracker.rules.reminders import Ladder, first_day
from tracker.rules.schedule import life_of, schedule
from tracker.rules.timeline import Timeline

DAY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=60)
"""An unending series is worked out further at least this often."""


@dataclass(slots=True)
class Changes:
    """What became of the deadlines, by key."""

    appeared: list[str] = field(default_factory=list)
    moved: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    """What is not asked for meanwhile, though its day stands."""
    resumed: list[str] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    """What stood already and is closed by a fact or a document."""

    def __bool__(self) -> bool:
        return bool(self.appeared or self.moved or self.vanished)


def reschedule(session: Session, contract: Contract, *, now: datetime) -> Changes:
    """Compute the schedule as of `now` and reconcile the rows: completed ones keep their history, moved ones their key,
    dropped ones are withdrawn. Running it again changes nothing."""
    today = day_in(contract.zone, now)
    agreement, facts = agreement_of(session, contract), fact_values(contract.facts)
    computed = {item.key: item for item in schedule(agreement, facts, today)}
    people = people_named(session, computed.values())
    ladders = (contract.ladders, organisation_of(session).ladders)
    rows = {row.key: row for row in _rows(session, contract)}
    changes, met_before = Changes(), {key: row.met_by for key, row in rows.items()}
    for key, item in computed.items():
        if key in rows:
            _update(rows[key], item, people, now, changes)
        else:
            rows[key] = _appear(session, contract, item, people, now, changes)
        _set_ladder(rows[key], ladder_text_of(item, rows[key].own_ladder, ladders))
    for key in rows.keys() - computed.keys():
        _vanish(rows[key], now, changes)
    changes.settled += [key for key, before in met_before.items() if rows[key].met_by not in (None, before)]
    contract.scheduled_to = _next_look(computed.values(), life_of(agreement, facts, today), facts, today)
    return changes


def _rows(session: Session, contract: Contract) -> list[Deadline]:
    query = select(Deadline).where(Deadline.contract_id == contract.id).options(selectinload(Deadline.completions))
    return list(session.scalars(query))


def _next_look(computed: Iterable[Computed], life: Timeline, facts: Iterable[Fact], today: date) -> date:
    """The first day on which the mere passing of time may change the schedule: a period begins, which brings the one
    after it; the contract ends; a last day for notice is over; performance is resumed."""
    turning = [period.first for period in life.periods if period.first]
    turning += [life.ended.day + DAY] if life.ended else []
    turning += [item.legal + DAY for item in computed if item.legal and item.code == "renewal-intention"]
    turning += [fact.day for fact in facts if fact.kind is FactKind.PERFORMANCE_RESUMED]
    return min([*(day for day in turning if day > today), today + LONGEST_WAIT])


# ------------------------------------------------------------------ one row


def _appear(
    session: Session, contract: Contract, item: Computed, people: People, now: datetime, changes: Changes
) -> Deadline:
    row = Deadline(
        contract=contract,
        key=item.key,
        occurrence=item.occurrence,
        revision=1,
        sequence=0,
        state=State.OPEN,
        created_at=now,
        modified_at=now,
        completions=[],
        ladder="",
        own_ladder="",
        **values_of(item, people),
    )
    session.add(row)
    changes.appeared.append(item.key)
    _meet(row, item, now)
    _suspend(row, item)
    row.remind_on = first_reminder(row)
    return row


def _update(row: Deadline, item: Computed, people: People, now: datetime, changes: Changes) -> None:
    before, stood = (row.action_day, row.legal), row.state
    seen = _set(row, values_of(item, people))
    if row.state is State.WITHDRAWN:
        row.state, row.withdrawn_at, seen = State.OPEN, None, True
        changes.appeared.append(row.key)
    moved = before != (row.action_day, row.legal)
    if moved:
        changes.moved[row.key] = (before[0] or before[1], row.action_day or row.legal)
    if row.state is State.SUSPENDED:
        row.state = State.OPEN
    if row.state is State.EVIDENCE_PENDING and row.proof is not Proof.REQUIRED:
        row.goes_on_from(next(done for done in reversed(row.completions) if done.undone_at is None))
    _meet(row, item, now)
    _suspend(row, item)
    _tell_of_suspension(row, stood, changes)
    if moved or row.state is not stood:
        row.begin_anew()
    if seen or row.state is not stood:
        row.remind_on = first_reminder(row)  # the ladder may be another; what was said is not said again
        touch(row, now)


def _tell_of_suspension(row: Deadline, stood: State, changes: Changes) -> None:
    if row.state is State.SUSPENDED and stood is not State.SUSPENDED:
        changes.suspended.append(row.key)
    if row.state is State.OPEN and stood is State.SUSPENDED:
        changes.resumed.append(row.key)


def _set_ladder(row: Deadline, text: str) -> None:
    """What was said already is not said again by another ladder."""
    if row.ladder != text:
        row.ladder = text
        row.remind_on = first_reminder(row)


def _vanish(row: Deadline, now: datetime, changes: Changes) -> None:
    """Withdraw a row that no longer follows from the contract; what was done stays done."""
    if row.met_by is not None and row.state is State.DONE:
        _unmeet(row, now)
    if row.state in (*ACHIEVED, State.WITHDRAWN):
        return
    row.state, row.withdrawn_at, row.remind_on = State.WITHDRAWN, now, None
    touch(row, now)
    changes.vanished.append(row.key)


def touch(row: Deadline, now: datetime) -> None:
    """Mark a visible change, for calendars (RFC 5545 SEQUENCE and LAST-MODIFIED)."""
    row.sequence += 1
    row.modified_at = now


def touch_all(session: Session, contract: Contract, now: datetime) -> None:
    """Mark a change of what calendars say about every deadline of the contract, such as its title."""
    for row in _rows(session, contract):
        if row.modified_at != now:
            touch(row, now)


def first_reminder(row: Deadline) -> date | None:
    """The day of the first reminder of a row that stands open; None where none is due."""
    if row.state is not State.OPEN or row.action_day is None:
        return None
    return first_day(ladder_of_row(row), row.action_day)


def ladder_of_row(row: Deadline) -> Ladder:
    """The ladder of reminders that holds for a deadline."""
    return ladder_of(row.ladder, row.code, row.nature, row.side)


def _suspend(row: Deadline, item: Computed) -> None:
    """What a pause or a suspended performance covers is not asked for until that is over."""
    if item.suspended_by and row.state is State.OPEN:
        row.state = State.SUSPENDED


# -------------------------------------------------------- settled by a fact


def _meet(row: Deadline, item: Computed, now: datetime) -> None:
    """Close a row that a fact settles, and reopen one whose settling fact is gone."""
    if row.met_by is not None and row.met_by != item.met_by and row.state is State.DONE:
        _unmeet(row, now)
    if item.met_by is None or item.met_on is None:
        return
    if row.state is State.OPEN:
        channel = "paper" if item.met_by.startswith("paper:") else "fact"
        row.completions.append(Completion(done_on=item.met_on, channel=channel, recorded_at=now))
        row.state, row.met_by = State.DONE, item.met_by
    elif row.met_by == item.met_by and _settling(row).done_on != item.met_on:
        _settling(row).done_on = item.met_on
        touch(row, now)


def _unmeet(row: Deadline, now: datetime) -> None:
    settling = _settling(row)
    settling.undone_at, settling.undo_reason = now, f"{settling.channel} withdrawn"
    row.state, row.met_by = State.OPEN, None


def _settling(row: Deadline) -> Completion:
    return next(item for item in reversed(row.completions) if item.is_automatic and item.undone_at is None)


def _set(row: Deadline, values: dict[str, Any]) -> bool:
    """Assign what differs; whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
