"""Whether reminders are going out, and if not, what is in the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.actions.outbox_statements import HALTED, WAITING
from tracker.records.deadlines import Deadline
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation

HEARTBEAT = "heartbeat"
PLANNED = "planned"
"""Pulse of the last planning that came to its end, and how many contracts it could not recount (`failed`)."""
LONGEST_SILENCE = timedelta(seconds=50)
"""The heart beats every 15 seconds: a dead scheduler is noticed within a minute. A beat from the future is none: the
clock was set back since."""
LATE = timedelta(hours=1)
UNPLANNED = timedelta(minutes=10)
"""Planning takes its turn every minute."""
TRIED = 3
"""Attempts after which a letter counts as late, though the next is always near (see `outbox.back_off`)."""
HURRY = timedelta(days=1)
"""Where its day is as near as this, one attempt that came to nothing is enough."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the background work stands. A letter is late when it could have gone an hour ago, was tried three times, or
    was tried once and its day is tomorrow."""

    heartbeat_at: datetime | None
    oldest_due: datetime | None
    last_sent: datetime | None
    waiting: int
    dead_letters: int
    halted: bool
    held: bool
    problems: tuple[str, ...]
    """Any of ``heartbeat planning late dead-letters mail-halted outbox-held``; none means well."""


def health(session: Session, now: datetime) -> Health:
    """The state of the background work at `now`."""
    pulse = session.get(Pulse, HEARTBEAT)
    beat = pulse.at if pulse else None
    waits = Letter.state.in_(WAITING)
    columns = func.count(), func.min(Letter.not_before), func.coalesce(func.max(Letter.attempts), 0)
    waiting, oldest, tried = session.execute(select(*columns).where(waits)).one()
    last = session.scalar(select(func.max(Letter.finished_at)).where(Letter.state == LetterState.SENT))
    dead = session.scalar(select(func.count()).where(Letter.state == LetterState.FAILED)) or 0
    halted = session.get(Pulse, HALTED) is not None
    held = session.scalar(select(Organisation.held_since)) is not None
    silent = beat is None or abs(now - beat) > LONGEST_SILENCE
    problems = {
        "heartbeat": silent,
        "planning": not silent and _stands_still(session.get(Pulse, PLANNED), now),
        "late": (waiting > 0 and oldest + LATE < now) or tried >= TRIED or (tried > 0 and _hurries(session, now)),
        "dead-letters": dead > 0,
        "mail-halted": halted,
        "outbox-held": held,
    }
    named = tuple(name for name, there in problems.items() if there)
    return Health(beat, oldest, last, waiting, dead, halted, held, named)


def _stands_still(planned: Pulse | None, now: datetime) -> bool:
    """Whether the chores run, and yet what there is to say is not, or not all, worked out."""
    return planned is not None and (abs(now - planned.at) > UNPLANNED or bool(planned.details.get("failed")))


def _hurries(session: Session, now: datetime) -> bool:
    """Whether a letter that was tried in vain speaks of a day that is almost there, or past."""
    query = select(Letter.id).join(Letter.deadline).where(Letter.state.in_(WAITING), Letter.attempts > 0)
    day = (now + HURRY).date()
    return session.scalar(query.where(Deadline.action_day <= day).limit(1)) is not None
