"""What people say to the reminders of a deadline: they have it in hand, later, or it is not theirs."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.actions.access import the_deadline
from tracker.actions.actor import Actor
from tracker.actions.audiences import Hearing
from tracker.actions.errors import Forbidden, Refused
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import finish
from tracker.actions.outbox_statements import UNSENT
from tracker.actions.remember import remember
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Answer, Answering, Letter, LetterState
from tracker.rules.audience import may_fall_silent
from tracker.rules.problems import N_, Problem


def acknowledge(session: Session, actor: Actor, deadline_id: int, *, now: datetime) -> Deadline:
    """Say that somebody has it in hand, so that it is not carried further up before its day; reminders go on.

    Saying it again changes nothing. Raises Missing, Refused.
    """
    deadline = _open_deadline(session, actor, deadline_id)
    if deadline.acknowledged_at is None:
        deadline.acknowledged_at, deadline.acknowledged_by_id = now, actor.person_id
        _remember(session, actor, deadline, now, "deadline-acknowledged")
    return deadline


def snooze(session: Session, actor: Actor, deadline_id: int, until: date, *, now: datetime) -> Answer:
    """Hear of it again on `until`, with the true days left, and of no reminder before. Raises Missing, Refused."""
    deadline = _open_deadline(session, actor, deadline_id)
    # Where the contract counts its days it may be another day than where reminders are planned.
    if until <= max(day_in(zone, now) for zone in (deadline.contract.zone, organisation_of(session).zone)):
        raise Refused([Problem("until", N_("Choose a day after today."))])
    if deadline.action_day is None or until > deadline.action_day:
        raise Refused([Problem("until", N_("Choose a day that is not past the last day to act."))])
    answer = _answered(session, actor, deadline, Answering.SNOOZED, now)
    answer.until = until
    deadline.remind_on = min(filter(None, (deadline.remind_on, until)))
    _remember(session, actor, deadline, now, "reminders-snoozed", until=until.isoformat())
    return answer


def disown(session: Session, actor: Actor, deadline_id: int, *, now: datetime) -> Deadline:
    """Say that it is not theirs: they hear no more of it while it stands as it does. Where nobody is left, it goes to
    the owner's manager, else to the administrators, who hear of it at once. Raises Missing, and Refused for the last
    who would hear of a notice, or of anything else."""
    deadline = _open_deadline(session, actor, deadline_id)
    today = day_in(organisation_of(session).zone, now)
    with session.begin_nested():
        _answered(session, actor, deadline, Answering.NOT_MINE, now).until = None
        session.flush()
        if not Hearing.of(session, [deadline], today).is_somebodys(deadline):
            text = N_("Nobody else would hear of this. Name somebody else first, or acknowledge it.")
            raise Refused([Problem("deadline", text)])
    deadline.remind_on = min(filter(None, (deadline.remind_on, today)))
    _remember(session, actor, deadline, now, "reminders-refused")
    return deadline


def forget_what_is_over(session: Session, deadlines: Sequence[Deadline], today: date) -> None:
    """Drop the answers that have had their effect."""
    ids = [deadline.id for deadline in deadlines]
    session.execute(delete(Answer).where(Answer.deadline_id.in_(ids), Answer.until <= today))


def _open_deadline(session: Session, actor: Actor, deadline_id: int) -> Deadline:
    """Anybody who is told of it may answer, also one who may only look."""
    deadline = the_deadline(session, actor, deadline_id)
    if deadline.state is not State.OPEN:
        raise Refused([Problem("deadline", N_("This is not open any more."))])
    return deadline


def _answered(session: Session, actor: Actor, deadline: Deadline, answer: Answering, now: datetime) -> Answer:
    """The person's answer, in place of any before; reminders that wait for them are let go."""
    if actor.person_id is None:
        raise Forbidden
    hearing = Hearing.of(session, [deadline], day_in(deadline.contract.zone, now))
    listeners = [one for _person, one in hearing.listeners(deadline, 0).values()]
    if not may_fall_silent(actor.person_id, listeners, deadline.code):
        text = N_("Nobody else would hear of this notice. Name somebody else first, or acknowledge it.")
        raise Refused([Problem("deadline", text)])
    mine = Answer.deadline_id == deadline.id, Answer.person_id == actor.person_id
    found = session.scalar(select(Answer).where(*mine))
    if found is None:
        found = Answer(deadline_id=deadline.id, person_id=actor.person_id)
        session.add(found)
    found.answer, found.due_revision, found.at = answer, deadline.revision, now
    waiting = Letter.deadline_id == deadline.id, Letter.person_id == actor.person_id, Letter.state.in_(UNSENT)
    this_day = Letter.due_revision == deadline.revision  # a letter about its proof is answered by bringing that
    for letter in session.scalars(
        select(Letter).where(*waiting, this_day).with_for_update(of=Letter, skip_locked=True)
    ):
        finish(letter, LetterState.SUPPRESSED, answer.value, now)
    return found


def _remember(session: Session, actor: Actor, deadline: Deadline, now: datetime, event: str, **details: str) -> None:
    remember(
        session, actor, now, event, contract_id=deadline.contract_id, deadline_id=deadline.id, key=deadline.key,
        **details,
    )  # fmt: skip
