"""Recording that somebody disputes a deadline, and that this is settled. It stays open and keeps its reminders."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.actions.access import the_deadline
from tracker.actions.actor import Actor
from tracker.actions.complete import must_be_reasoned, record_event
from tracker.actions.errors import Refused
from tracker.actions.reschedule import touch
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline
from tracker.rules.problems import N_, Problem


def dispute(
    session: Session, actor: Actor, deadline_id: int, *, reason: str, since: date | None = None, now: datetime
) -> Deadline:
    """Mark it as disputed, `since` today where nothing else is said. Raises Missing, Forbidden, Refused."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    must_be_reasoned(deadline, reason)
    today = day_in(deadline.contract.zone, now)
    if since and since > today:
        raise Refused([Problem("since", N_("This day is still to come."))])
    contest(deadline, reason, since or today, now)
    told = {"reason": deadline.reason, "since": (since or today).isoformat()}
    record_event(session, actor, deadline, now, "deadline-disputed", **told)
    return deadline


def contest(deadline: Deadline, reason: str, since: date, now: datetime) -> None:
    """Mark an open deadline as disputed."""
    deadline.disputed_on, deadline.reason = since, reason.strip()
    touch(deadline, now)


def settle_dispute(session: Session, actor: Actor, deadline_id: int, *, how: str = "", now: datetime) -> Deadline:
    """Nobody disputes it any more; the history keeps why it was disputed. Raises Missing, Forbidden, Refused."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    if deadline.disputed_on is None:
        raise Refused([Problem("deadline", N_("Nobody disputes this."))])
    told = {"reason": deadline.reason, "since": deadline.disputed_on.isoformat(), "how": how.strip()}
    deadline.disputed_on, deadline.reason = None, ""
    touch(deadline, now)
    record_event(session, actor, deadline, now, "dispute-settled", **told)
    return deadline
