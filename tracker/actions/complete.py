"""Logging that a deadline was met, with evidence then or later; taking that back; waiving.

Where the obligation wants evidence and there is none yet, the deadline waits for it; where it names a reviewer, it
waits until the proof is accepted (`tracker.actions.review`). In both cases it is done: nobody is reminded any more.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_deadline, the_deadline_to_log
from tracker.actions.actor import Actor
from tracker.actions.errors import Refused
from tracker.actions.evidence import Upload, keep
from tracker.actions.remember import remember
from tracker.actions.reschedule import first_reminder, reschedule, touch
from tracker.actions.tokens import digest
from tracker.ports.clock import day_in
from tracker.ports.files import Files
from tracker.records.deadlines import ACHIEVED, STILL_OWED, Completion, Deadline, Evidence, Review, State
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is brought later to show that something was done."""

    link: str = ""
    uploads: list[Upload] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Accepted:
    """That somebody accepted the proof elsewhere: when, who as far as he is known here, and with what words."""

    at: datetime
    by_id: int | None
    note: str = ""


def complete(
    session: Session, actor: Actor, deadline_id: int, done: Done, *, files: Files, now: datetime
) -> Completion:
    """Record that the deadline was met. Raises Missing, Forbidden, and Refused with every problem."""
    deadline = the_deadline_to_log(session, actor, deadline_id)
    if done.submission and (earlier := _submitted(session, deadline, done.submission)):
        return earlier
    problems = problems_of(deadline, done, day_in(deadline.contract.zone, now))
    if problems:
        raise Refused(problems)
    evidence = keep(files, done.uploads, now)
    completion = settle(deadline, actor, done, evidence, now)
    session.flush()
    record_event(session, actor, deadline, now, "deadline-completed", done_on=done.done_on.isoformat())
    return completion


def undo(session: Session, actor: Actor, deadline_id: int, *, reason: str = "", now: datetime) -> Deadline:
    """Take the completion back, reviewed or not, or the waiving. After ten minutes a reason is needed.

    The deadline stands open again if it still follows from the contract and no fact settles it. Raises Missing,
    Forbidden, Refused.
    """
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    completion = standing(deadline)
    if deadline.state is State.WAIVED:
        deadline.waived_on, deadline.reason = None, ""
        return reopen(session, actor, deadline, reason, now)
    if completion is None or completion.is_automatic:
        raise Refused([Problem("deadline", N_("There is nothing to take back; correct the fact that settled it."))])
    if now - completion.recorded_at > UNDO_FOR and not reason.strip():
        raise Refused([Problem("reason", N_("Say why it is opened again."))])
    completion.undone_at, completion.undone_by_id, completion.undo_reason = now, actor.person_id, reason.strip()
    return reopen(session, actor, deadline, reason, now)


def add_evidence(
    session: Session, actor: Actor, deadline_id: int, shown: Shown, *, files: Files, now: datetime
) -> Completion:
    """Bring what shows that it was done, however long after.

    Raises Missing, Forbidden, and Refused with every problem.
    """
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    completion = standing(deadline)
    if completion is None or deadline.state not in ACHIEVED:
        raise Refused([Problem("deadline", N_("Log that it was done first; evidence comes with that."))])
    if completion.is_automatic:
        text = N_("A fact or a document settled this: put what shows it on file with the contract's documents.")
        raise Refused([Problem("deadline", text)])
    problems = _link_problems(shown.link)
    if not shown.uploads and not shown.link:
        problems.append(Problem("files", N_("Bring a file or a link.")))
    if problems:
        raise Refused(problems)
    added = keep(files, shown.uploads, now)
    told = {"files": [item.name for item in added], "link": shown.link, "before": completion.link}
    completion.evidence.extend(added)
    completion.link = shown.link or completion.link
    if deadline.state is State.EVIDENCE_PENDING:
        deadline.goes_on_from(completion)
        touch(deadline, now)
    session.flush()
    record_event(session, actor, deadline, now, "evidence-added", **{name: part for name, part in told.items() if part})
    return completion


def waive(session: Session, actor: Actor, deadline_id: int, *, reason: str, now: datetime) -> Deadline:
    """Record that nobody will insist on it. Raises Missing, Forbidden, Refused."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    must_be_reasoned(deadline, reason)
    let_go(deadline, reason, day_in(deadline.contract.zone, now), now)
    record_event(session, actor, deadline, now, "deadline-waived", reason=deadline.reason)
    return deadline


def let_go(deadline: Deadline, reason: str, since: date, now: datetime) -> None:
    """Mark an open deadline as waived."""
    deadline.state, deadline.remind_on = State.WAIVED, None
    deadline.waived_on, deadline.disputed_on, deadline.reason = since, None, reason.strip()
    touch(deadline, now)


def must_be_reasoned(deadline: Deadline, reason: str) -> None:
    """Raises Refused unless the deadline is open and there is a reason."""
    if deadline.state not in STILL_OWED:
        raise Refused([Problem("deadline", N_("This is not open any more."))])
    if not reason.strip():
        raise Refused([Problem("reason", N_("Say why."))])


def standing(deadline: Deadline) -> Completion | None:
    """The completion that holds, if one does."""
    return next((item for item in reversed(deadline.completions) if item.undone_at is None), None)


def _submitted(session: Session, deadline: Deadline, submission: str) -> Completion | None:
    return session.scalar(select(Completion).where(Completion.submission == _kept(deadline, submission)))


def _kept(deadline: Deadline, submission: str) -> str:
    """What is kept of a form's token: it stands for this deadline until that is open again, and no other."""
    return digest(f"{deadline.id} {deadline.revision} {submission}")


def problems_of(deadline: Deadline, done: Done, today: date) -> list[Problem]:
    """Why the deadline cannot be recorded as done like this."""
    problems = []
    if deadline.state not in STILL_OWED:
        problems.append(Problem("deadline", N_("This is not open any more.")))
    if done.done_on > today:
        problems.append(Problem("done_on", N_("This day is still to come.")))
    return [*problems, *_link_problems(done.link)]


def _link_problems(link: str) -> list[Problem]:
    if link and not link.startswith(("https://", "http://")):
        return [Problem("link", N_("Write a link that starts with https://."))]
    return []


def settle(
    deadline: Deadline,
    actor: Actor,
    done: Done,
    evidence: list[Evidence],
    now: datetime,
    accepted: Accepted | None = None,
) -> Completion:
    """Close an open deadline with what was done, as far as that is shown and accepted."""
    completion = Completion(
        done_on=done.done_on,
        by_id=actor.person_id,
        channel=actor.channel,
        note=done.note.strip(),
        link=done.link,
        submission=_kept(deadline, done.submission) if done.submission else None,
        recorded_at=now,
        evidence=evidence,
        **_review(accepted),
    )
    deadline.completions.append(completion)
    deadline.remind_on = None
    deadline.goes_on_from(completion)
    touch(deadline, now)
    return completion


def _review(accepted: Accepted | None) -> dict[str, Any]:
    if accepted is None:
        return {}
    on, by, said = accepted.at, accepted.by_id, accepted.note
    return {"review": Review.APPROVED, "reviewed_at": on, "reviewed_by_id": by, "review_note": said}


def reopen(session: Session, actor: Actor, deadline: Deadline, reason: str, now: datetime) -> Deadline:
    """Have it stand open again, with reminders from the start, as far as it still follows from the contract."""
    deadline.state = State.OPEN
    deadline.begin_anew()
    deadline.remind_on = first_reminder(deadline)
    touch(deadline, now)
    record_event(session, actor, deadline, now, "deadline-reopened", reason=reason.strip())
    session.flush()
    reschedule(session, deadline.contract, now=now)
    return deadline


def record_event(
    session: Session, actor: Actor, deadline: Deadline, now: datetime, event: str, **details: object
) -> None:
    """Add an event about the deadline to the history."""
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
