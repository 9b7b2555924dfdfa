"""The ways in which somebody may answer a reminder, whichever door the answer comes through."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import EDITING
from tracker.actions.actor import Actor
from tracker.actions.answers import acknowledge, disown, snooze
from tracker.actions.errors import Refused
from tracker.records.deadlines import STILL_OWED, Deadline, State
from tracker.records.letters import Answer
from tracker.rules.problems import N_, Problem


class Way(StrEnum):
    """What may be said to a reminder."""

    DONE = "done"
    IN_HAND = "in-hand"
    LATER = "later"
    NOT_MINE = "not-mine"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `day` is when it was done, or until when not to be reminded; `note` goes with what was done."""

    way: Way
    day: date | None = None
    note: str = ""


def ways_for(actor: Actor, deadline: Deadline, today: date) -> tuple[Way, ...]:
    """The answers that the actor may give to the deadline as it stands."""
    return tuple(way for way in Way if _may(way, actor, deadline, today))


def _may(way: Way, actor: Actor, deadline: Deadline, today: date) -> bool:
    if way is Way.DONE:
        return deadline.state in STILL_OWED and actor.role in EDITING
    if deadline.state is not State.OPEN or actor.person_id is None:
        return False
    return way is not Way.LATER or (deadline.action_day is not None and deadline.action_day > today)


def say(session: Session, actor: Actor, deadline_id: int, said: Said, *, now: datetime) -> None:
    """Give any answer but that it is done, for which there is `complete`. Raises Missing, Forbidden, Refused."""
    hold(session, deadline_id)
    if said.way is Way.IN_HAND:
        acknowledge(session, actor, deadline_id, now=now)
    elif said.way is Way.NOT_MINE:
        disown(session, actor, deadline_id, now=now)
    elif said.day is None:
        raise Refused([Problem("until", N_("Say on which day to be reminded again."))])
    else:
        snooze(session, actor, deadline_id, said.day, now=now)


def hold(session: Session, deadline_id: int) -> None:
    """Lock the deadline until the transaction ends: of two equal answers at once, the second finds the first."""
    query = select(Deadline).where(Deadline.id == deadline_id).with_for_update(of=Deadline)
    session.scalar(query.execution_options(populate_existing=True))


def answer_of(session: Session, deadline: Deadline, person_id: int | None) -> Answer | None:
    """What the person has said to the deadline as it stands."""
    query = select(Answer).where(Answer.deadline_id == deadline.id, Answer.person_id == person_id)
    return session.scalar(query.where(Answer.due_revision == deadline.revision))
