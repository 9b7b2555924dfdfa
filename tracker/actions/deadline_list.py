"""Deadlines as plain rows, for doors that list very many of them: the columns that are shown and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, case, cast, select
from sqlalchemy.orm import Session

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.board import Wanted, narrowed
from tracker.actions.lateness import Owed
from tracker.records.contracts import Contract
from tracker.records.deadlines import ACHIEVED, Completion, Deadline, State
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
from tracker.rules.late_fee import Late
from tracker.rules.readings import Nature
from tracker.rules.standing import Standing, can_be_overdue, standing


@dataclass(frozen=True, slots=True)
class Listed:
    """One deadline of a list."""

    contract: str
    """Number of the contract."""
    key: str
    """The public key."""
    code: str
    occurrence: str
    title: str
    side: Side
    nature: Nature
    legal: date | None
    act_by: date | None
    send_by: date | None
    target: date | None
    action_day: date | None
    grace_until: date | None
    moved_from: date | None
    disputed_on: date | None
    subject: str
    owed: Owed
    """The sum and its late fee; nothing where it is no payment."""
    late: Late | None
    standing: Standing
    certainty: Certainty
    provisional: list[int]
    steps: str
    """How the legal day came about, as JSON text: reading it back for every row would take longer than all else."""


def list_deadlines(session: Session, actor: Actor, wanted: Wanted, today: date) -> Iterator[Listed]:
    """The deadlines the actor may see, nearest action day first, undated ones last."""
    query = select(*_COLUMNS).select_from(Deadline).join(Deadline.contract).where(visible(actor))
    ordered = narrowed(query, wanted, today).order_by(
        Deadline.action_day.is_(None), Deadline.action_day, Contract.number, Deadline.key
    )
    for number, uid, key, code, occurrence, title, *rest in session.execute(ordered):
        side, nature, legal, act_by, send_by, action_day, target, state, certainty, provisional, steps, *more = rest
        grace_until, moved_from, disputed_on, subject, amount, currency, own, general, done_on = more
        counts = can_be_overdue(code, nature, side)
        owed = Owed(code, amount, currency, own, general, legal if counts else None, grace_until, state, done_on)
        stands = (
            standing(action_day, grace_until or legal or target, today, counts)
            if state is State.OPEN
            else Standing(state.value)
        )
        yield Listed(
            number, f"{uid}:{key}", code, occurrence, title, side, nature, legal, act_by, send_by, target, action_day,
            grace_until, moved_from, disputed_on, subject, owed, owed.late(today), stands, certainty, provisional,
            steps or "[]",
        )  # fmt: skip


_DONE_ON = (
    select(Completion.done_on)
    .where(Completion.deadline_id == Deadline.id, Completion.undone_at.is_(None))
    .order_by(Completion.id.desc())
    .limit(1)
    .correlate(Deadline)
    .scalar_subquery()
)

_COLUMNS = (
    Contract.number,
    Contract.uid,
    Deadline.key,
    Deadline.code,
    Deadline.occurrence,
    Deadline.title,
    Deadline.side,
    Deadline.nature,
    Deadline.legal,
    Deadline.act_by,
    Deadline.send_by,
    Deadline.action_day,
    Deadline.target,
    Deadline.state,
    Deadline.certainty,
    Deadline.provisional,
    cast(Deadline.explanation["steps"], Text),
    Deadline.grace_until,
    Deadline.moved_from,
    Deadline.disputed_on,
    Deadline.subject,
    Deadline.amount,
    Deadline.currency,
    Deadline.explanation["late_rate"].as_string(),
    Contract.money["late_rate"].as_string(),
    case((Deadline.state.in_(ACHIEVED), _DONE_ON)),
)
