"""Logging that a deadline was met, with evidence; taking that back; waiving."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_deadline
from tracker.actions.actor import Actor
from tracker.actions.errors import Refused
from tracker.actions.evidence import Upload, keep
from tracker.actions.remember import remember
from tracker.actions.reschedule import first_reminder, reschedule, touch
from tracker.ports.clock import day_in
from tracker.ports.files import Files
from tracker.records.deadlines import Completion, Deadline, Evidence, State
from tracker.rules.problems import N_, Problem

UNDO_FOR = timedelta(minutes=10)
"""How long a completion may be taken back without a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What somebody says was done. `submission` is the token of the form, so that sending it twice records it once."""

    done_on: date
    note: str = ""
    link: str = ""
    uploads: list[Upload] = field(default_factory=list)
    submission: str | None = None


def complete(
    session: Session, actor: Actor, deadline_id: int, done: Done, *, files: Files, now: datetime
) -> Completion:
    """Record that the deadline was met. Raises Missing, Forbidden, and Refused with every problem."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    if done.submission and (earlier := _submitted(session, deadline, done.submission)):
        return earlier
    problems = problems_of(deadline, done, day_in(deadline.contract.zone, now))
    if problems:
        raise Refused(problems)
    evidence = keep(files, done.uploads, now)
    completion = settle(deadline, actor, done, evidence, now)
    session.flush()
    _remember(session, actor, deadline, now, "deadline-completed", done_on=done.done_on.isoformat())
    return completion


def undo(session: Session, actor: Actor, deadline_id: int, *, reason: str = "", now: datetime) -> Deadline:
    """Take the completion back. After ten minutes a reason is needed.

    The deadline stands open again if it still follows from the contract and no fact settles it. Raises Missing,
    Forbidden, Refused.
    """
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    completion = standing(deadline)
    if deadline.state is State.WAIVED:
        return _reopen(session, actor, deadline, reason, now)
    if completion is None or completion.channel == "fact":
        raise Refused([Problem("deadline", N_("There is nothing to take back; correct the fact that settled it."))])
    if now - completion.recorded_at > UNDO_FOR and not reason.strip():
        raise Refused([Problem("reason", N_("Say why it is opened again."))])
    completion.undone_at, completion.undone_by_id, completion.undo_reason = now, actor.person_id, reason.strip()
    return _reopen(session, actor, deadline, reason, now)


def waive(session: Session, actor: Actor, deadline_id: int, *, reason: str, now: datetime) -> Deadline:
    """Record that nobody will insist on it. Raises Missing, Forbidden, Refused."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    if deadline.state is not State.OPEN:
        raise Refused([Problem("deadline", N_("This is not open any more."))])
    if not reason.strip():
        raise Refused([Problem("reason", N_("Say why."))])
    deadline.state, deadline.remind_on = State.WAIVED, None
    touch(deadline, now)
    _remember(session, actor, deadline, now, "deadline-waived", reason=reason.strip())
    return deadline


def standing(deadline: Deadline) -> Completion | None:
    """The completion that holds, if one does."""
    return next((item for item in reversed(deadline.completions) if item.undone_at is None), None)


def _submitted(session: Session, deadline: Deadline, submission: str) -> Completion | None:
    query = select(Completion).where(Completion.submission == submission, Completion.deadline_id == deadline.id)
    return session.scalar(query)


def problems_of(deadline: Deadline, done: Done, today: date) -> list[Problem]:
    """Why the deadline cannot be recorded as done like this."""
    problems = []
    if deadline.state is not State.OPEN:
        problems.append(Problem("deadline", N_("This is not open any more.")))
    if done.done_on > today:
        problems.append(Problem("done_on", N_("This day is still to come.")))
    if done.link and not done.link.startswith(("https://", "http://")):
        problems.append(Problem("link", N_("Write a link that starts with https://.")))
    return problems


def settle(deadline: Deadline, actor: Actor, done: Done, evidence: list[Evidence], now: datetime) -> Completion:
    """Close an open deadline with what was done."""
    completion = Completion(
        done_on=done.done_on,
        by_id=actor.person_id,
        channel=actor.channel,
        note=done.note.strip(),
        link=done.link,
        submission=done.submission,
        recorded_at=now,
        evidence=evidence,
    )
    deadline.completions.append(completion)
    deadline.state, deadline.remind_on = State.DONE, None
    touch(deadline, now)
    return completion


def _reopen(session: Session, actor: Actor, deadline: Deadline, reason: str, now: datetime) -> Deadline:
    deadline.state = State.OPEN
    deadline.revision += 1
    deadline.remind_on = first_reminder(deadline)
    touch(deadline, now)
    _remember(session, actor, deadline, now, "deadline-reopened", reason=reason.strip())
    session.flush()
    reschedule(session, deadline.contract, now=now)
    return deadline


def _remember(session: Session, actor: Actor, deadline: Deadline, now: datetime, event: str, **details: str) -> None:
    remember(
        session,
        actor,
        now,
        event,
        contract_id=deadline.contract_id,
        deadline_id=deadline.id,
        key=deadline.key,
        **details,
    )
