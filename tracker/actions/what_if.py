"""What if: how the deadlines of a contract would change, before anything is saved.

One comparison for all: the form that edits a contract, the one that records a fact, the command line and a new year's
working days. What it tells is what `tracker.actions.reschedule` would then do to the deadlines that stand open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import must_edit, the_contract
from tracker.actions.actor import Actor
from tracker.actions.agreements import agreement_of
from tracker.actions.documents import fact_values
from tracker.actions.explained import Explanation, explained
from tracker.actions.facts import Happened, fact_value, new_key
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.rules.adjustments import Adjustment
from tracker.rules.deadlines import Deadline as Computed
from tracker.rules.facts import Fact
from tracker.rules.problems import N_
from tracker.rules.schedule import schedule
from tracker.rules.written import sections_of

SUSPENDED = N_("Nobody is asked for it meanwhile.")
SETTLED = N_("What is recorded settles it.")
CLAUSE_GONE = N_("Its clause is no longer in the contract.")
NOT_FOLLOWING = N_("It no longer follows from what is recorded.")


Adjustments = tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One deadline, as it stands or as it would stand."""

    key: str
    clause: str
    code: str
    title: str
    day: date | None
    """The day to act on, or the legal one where there is none."""
    legal: date | None
    is_open: bool
    why: Explanation
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one deadline; a missing day is not known, or not there.

    `why` is how the new day comes about; `because` says instead why there is none any more.
    """

    key: str
    code: str
    title: str
    old: date | None
    new: date | None
    why: Explanation | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How open deadlines change, each group by day; what comes back after a suspension is among those that appear.

    `stay_closed` are those whose day moves although they were done or waived, which nobody will be reminded of unless
    somebody opens them again.
    """

    appear: tuple[Change, ...] = ()
    move: tuple[Change, ...] = ()
    vanish: tuple[Change, ...] = ()
    settle: tuple[Change, ...] = ()
    suspend: tuple[Change, ...] = ()
    stay_closed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appear or self.move or self.vanish or self.settle or self.suspend or self.stay_closed)

    @property
    def disturbs(self) -> bool:
        """Whether a deadline that stands now would move or go."""
        return bool(self.move or self.vanish or self.suspend or self.stay_closed)


def compare(before: Mapping[str, Line], after: Mapping[str, Line], clauses: Collection[str] | None = None) -> WhatIf:
    """How the open deadlines of `before` become those of `after`; `clauses` are the keys of those that the contract
    would have, None where they stay as they are."""
    opened = {key: line for key, line in after.items() if line.is_open}
    stood = {key: line for key, line in before.items() if line.is_open}
    both = [(stood[key], opened[key]) for key in opened if key in stood]
    closing = [(line, after[key]) for key, line in stood.items() if key in after and key not in opened]
    done = {key: line for key, line in before.items() if not line.is_open and not line.is_suspended}
    closed = [(done[key], line) for key, line in after.items() if key in done and key not in opened]
    return WhatIf(
        appear=_by_day(_change(None, line) for key, line in opened.items() if key not in stood),
        move=_by_day(_moved(both)),
        vanish=_by_day(_gone(line, clauses) for key, line in stood.items() if key not in after),
        settle=_by_day(_ended(old, SETTLED) for old, new in closing if not new.is_suspended),
        suspend=_by_day(_ended(old, SUSPENDED) for old, new in closing if new.is_suspended),
        stay_closed=_by_day(_moved(closed)),
    )


def _moved(pairs: Iterable[tuple[Line, Line]]) -> Iterator[Change]:
    return (_change(old, new) for old, new in pairs if (old.day, old.legal) != (new.day, new.legal))


def against_rows(
    session: Session, contract: Contract, computed: Iterable[Computed], document: Mapping[str, Any] | None = None
) -> WhatIf:
    """How the deadlines of a stored contract would change into those computed, from its clauses as they are or from a
    checked document that takes their place."""
    rows = _rows(session, contract)
    after = {item.key: _as_computed(item, rows.get(item.key)) for item in computed}
    clauses = None if document is None else {key for _type, key, _body in sections_of(document)}
    return compare(_lines(rows), after, clauses)


def snapshot(session: Session, contract: Contract) -> Mapping[str, Line]:
    """The deadlines of a contract as they stand, to compare with what becomes of them."""
    return _lines(_rows(session, contract))


# ------------------------------------------------------------------------ facts


def if_recorded(
    session: Session, actor: Actor, contract_id: int, happened: Happened, *, now: datetime, key: str = ""
) -> WhatIf:
    """If this fact were recorded, or put in place of the one named `key`. Raises Missing, Forbidden."""

    def changed(contract: Contract, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        others = tuple(fact for fact in facts if fact.key != key)
        return (*others, fact_value(key or new_key(session, contract, happened.kind), happened))

    return _if_facts(session, actor, contract_id, changed, now)


def if_withdrawn(session: Session, actor: Actor, contract_id: int, key: str, *, now: datetime) -> WhatIf:
    """If the fact named `key` were taken back. Raises Missing, Forbidden."""
    return _if_facts(
        session, actor, contract_id, lambda _, facts: tuple(fact for fact in facts if fact.key != key), now
    )


def if_adjusted(
    session: Session,
    actor: Actor,
    contract_id: int,
    changed: Callable[[Contract, Adjustments], Adjustments],
    *,
    now: datetime,
) -> WhatIf:
    """If the adjustments of the contract became what `changed` makes of them. Raises Missing, Forbidden."""
    contract = the_contract(session, actor, contract_id)
    must_edit(actor)
    agreement, today = agreement_of(session, contract), day_in(contract.zone, now)
    after = replace(agreement, adjustments=changed(contract, agreement.adjustments))
    return against_rows(session, contract, schedule(after, fact_values(contract.facts), today))


def as_now(session: Session, contract: Contract, *, now: datetime) -> WhatIf:
    """If the contract were only worked out again, such as on working days that are assumed in this session."""
    facts, today = fact_values(contract.facts), day_in(contract.zone, now)
    return against_rows(session, contract, schedule(agreement_of(session, contract), facts, today))


def _if_facts(
    session: Session,
    actor: Actor,
    contract_id: int,
    changed: Callable[[Contract, tuple[Fact, ...]], tuple[Fact, ...]],
    now: datetime,
) -> WhatIf:
    contract = the_contract(session, actor, contract_id)
    must_edit(actor)
    facts = changed(contract, fact_values(contract.facts))
    computed = schedule(agreement_of(session, contract), facts, day_in(contract.zone, now))
    return against_rows(session, contract, computed)


# ------------------------------------------------------------------------ lines


def _rows(session: Session, contract: Contract) -> dict[str, Deadline]:
    query = select(Deadline).where(Deadline.contract_id == contract.id, Deadline.state != State.WITHDRAWN)
    return {row.key: row for row in session.scalars(query)}


def _lines(rows: Mapping[str, Deadline]) -> dict[str, Line]:
    return {key: _as_stored(row) for key, row in rows.items()}


def _as_stored(row: Deadline) -> Line:
    why = explained(row.nature, row.legal, row.act_by, row.provisional, row.explanation)
    day, is_open = row.action_day or row.legal, row.state is State.OPEN
    is_suspended = row.state is State.SUSPENDED
    return Line(row.key, row.clause_key, row.code, row.title, day, row.legal, is_open, why, is_suspended)


def _as_computed(item: Computed, row: Deadline | None) -> Line:
    why = Explanation(
        item.nature,
        item.legal,
        item.act_by,
        item.provisional,
        item.steps,
        item.safe_steps,
        item.send_steps,
        item.readings,
        item.waits_for,
    )
    day = item.action_day or item.legal
    is_open, is_suspended = _would_be_open(item, row), bool(item.suspended_by)
    return Line(item.key, item.clause, item.code, item.title, day, item.legal, is_open, why, is_suspended)


def _would_be_open(item: Computed, row: Deadline | None) -> bool:
    """What people have done stays done; what a fact had settled follows the facts."""
    if row is not None and row.state not in (State.OPEN, State.SUSPENDED) and row.met_by is None:
        return False
    return item.met_by is None and not item.suspended_by


def _change(old: Line | None, new: Line) -> Change:
    return Change(new.key, new.code, new.title, old.day if old else None, new.day, new.why)


def _gone(line: Line, clauses: Collection[str] | None) -> Change:
    return _ended(line, NOT_FOLLOWING if clauses is None or line.clause in clauses else CLAUSE_GONE)


def _ended(line: Line, because: str) -> Change:
    return Change(line.key, line.code, line.title, line.day, None, because=because)


def _by_day(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda one: (one.new or one.old or date.max, one.key)))
