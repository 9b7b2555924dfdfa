"""The ways in which somebody may answer a reminder, whichever door the answer comes through."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import EDITING, LOGGING, the_deadline
from tracker.actions.actor import Actor
from tracker.actions.answers import acknowledge, disown, snooze
from tracker.actions.audiences import Hearing
from tracker.actions.errors import Forbidden, Refused
from tracker.ports.clock import day_in
from tracker.records.deadlines import STILL_OWED, Deadline, State
from tracker.records.letters import Answer
from tracker.records.people import Person
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


def ways_for(session: Session, actor: Actor, deadline: Deadline, today: date) -> tuple[Way, ...]:
    """The answers that the actor may give to the deadline as it stands and that would make a difference."""
    edits = actor.role in EDITING
    hears = deadline.state is State.OPEN and _hears(session, actor, deadline, today)
    possible = {
        Way.DONE: actor.role in LOGGING and deadline.state in STILL_OWED,
        Way.IN_HAND: (edits or hears) and deadline.state is State.OPEN and deadline.acknowledged_at is None,
        Way.LATER: hears and deadline.action_day is not None and deadline.action_day > today,
        Way.NOT_MINE: hears,
    }
    return tuple(way for way in Way if possible[way])


def ways_in_letter(person: Person, days_left: int) -> tuple[str, ...]:
    """The answers that a letter to the person offers, as far as they follow from the role and the day: who may only
    look cannot say that it is done, and on its last day it cannot be put off."""
    possible = {Way.DONE: person.role in LOGGING, Way.LATER: days_left > 0}
    return tuple(way.value for way in Way if possible.get(way, True))


def say(session: Session, actor: Actor, deadline_id: int, said: Said, *, now: datetime) -> Deadline:
    """Give any answer but that it is done, for which there is `complete`.

    Raises Missing, Refused, and Forbidden for one who may only look and is not told of it.
    """
    hold(session, deadline_id)
    deadline = the_deadline(session, actor, deadline_id)
    today = day_in(deadline.contract.zone, now)
    if actor.role not in EDITING and not _hears(session, actor, deadline, today):
        raise Forbidden
    if said.way is Way.IN_HAND:
        acknowledge(session, actor, deadline_id, now=now)
    elif said.way is Way.NOT_MINE:
        disown(session, actor, deadline_id, now=now)
    elif said.day is None:
        raise Refused([Problem("until", N_("Say on which day to be reminded again."))])
    else:
        snooze(session, actor, deadline_id, said.day, now=now)
    return deadline


def _hears(session: Session, actor: Actor, deadline: Deadline, today: date) -> bool:
    """Whether the actor is among those whom some reminder of the deadline might reach."""
    missed = -1
    return actor.person_id in Hearing.of(session, [deadline], today).listeners(deadline, missed)


def hold(session: Session, deadline_id: int) -> None:
    """Lock the deadline until the transaction ends: of two equal answers at once, the second finds the first."""
    query = select(Deadline).where(Deadline.id == deadline_id).with_for_update(of=Deadline)
    session.scalar(query.execution_options(populate_existing=True))


def answer_of(session: Session, deadline: Deadline, person_id: int | None) -> Answer | None:
    """What the person has said to the deadline as it stands."""
    query = select(Answer).where(Answer.deadline_id == deadline.id, Answer.person_id == person_id)
    return session.scalar(query.where(Answer.due_revision == deadline.revision))
