"""Deadlines as plain rows, for doors that list very many of them: the columns that are shown and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.board import Wanted, narrowed
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
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
        grace_until, moved_from, disputed_on, subject = more
        stands = (
            standing(action_day, grace_until or legal or target, today, can_be_overdue(code, nature, side))
            if state is State.OPEN
            else Standing(state.value)
        )
        yield Listed(
            number, f"{uid}:{key}", code, occurrence, title, side, nature, legal, act_by, send_by, target, action_day,
            grace_until, moved_from, disputed_on, subject, stands, certainty, provisional, steps or "[]",
        )  # fmt: skip


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
)
