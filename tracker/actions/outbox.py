"""The outbox: who may send which letter when, and what became of it.

The database alone decides. A letter is claimed for a lease under a fence number that rises with every claim; whoever
lost the lease cannot write any more. A lease outlasts the longest conversation (ten minutes for the last reply, twenty
seconds for every other step), so a slow server does not make a second copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Update, select, update
from sqlalchemy.orm import Session, joinedload

from tracker.ports.mailer import Kind, MailFailure, Receipt
from tracker.records.history import Pulse
from tracker.records.letters import Attempt, Letter, LetterState
from tracker.records.people import Organisation

LEASE = timedelta(seconds=900)
UNKNOWN_PAUSE = timedelta(minutes=15)
HALT_PAUSE = timedelta(minutes=15)
"""While nothing can be sent at all, one letter is tried this often, so that a server put right is noticed."""
WAITING = (LetterState.QUEUED, LetterState.RETRY, LetterState.UNKNOWN)
HANDING_OVER = "handing over"
"""Outcome of an attempt from before MAIL until its end is known: if the process dies now, a copy may exist."""
LOST = "process lost"
IN_DOUBT = "may have been delivered"
HALTED = "mail halted"
_BACK_OFF = (1, 5, 15, 60)  # minutes; the last is repeated
_UNKNOWN_OUTCOMES = (Kind.UNKNOWN.value, HANDING_OVER)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one letter until the lease ends."""

    letter_id: int
    fence: int


def claim(session: Session, worker: str, now: datetime) -> Claim | None:
    """Take the letter that has waited longest; None when none is due, or the outbox is held or halted."""
    if is_held(session) or halted_until(session, now):
        return None
    due = (
        select(Letter.id)
        .where(Letter.state.in_(WAITING), Letter.not_before <= now)
        .order_by(Letter.not_before, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = session.execute(
        update(Letter)
        .where(Letter.id == due)
        .values(state=LetterState.SENDING, owner=worker, fence=Letter.fence + 1, lease_until=now + LEASE)
        .returning(Letter.id, Letter.fence)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if taken is None else Claim(*taken)


def _held_by(right: Claim) -> tuple[ColumnElement[bool], ...]:
    return Letter.id == right.letter_id, Letter.fence == right.fence, Letter.state == LetterState.SENDING


def claimed(session: Session, right: Claim) -> Letter | None:
    """The letter, locked, if the claim still holds."""
    query = select(Letter).where(*_held_by(right)).options(joinedload(Letter.deadline), joinedload(Letter.person))
    return session.scalar(query.with_for_update(of=Letter).execution_options(populate_existing=True))


def start_attempt(session: Session, right: Claim, now: datetime, *, connected: bool) -> None:
    """Note the attempt before anything is connected; over a standing connection the letter goes out at once."""
    outcome = HANDING_OVER if connected else ""
    session.add(Attempt(letter_id=right.letter_id, fence=right.fence, started_at=now, outcome=outcome))


def mark_handing_over(session: Session, right: Claim) -> bool:
    """Note that a copy may exist from now on; False if the claim was lost and nothing may be sent."""
    if claimed(session, right) is None:
        return False
    session.execute(_this_attempt(right).values(outcome=HANDING_OVER))
    return True


def _this_attempt(right: Claim) -> Update:
    return update(Attempt).where(Attempt.letter_id == right.letter_id, Attempt.fence == right.fence)


# ------------------------------------------------------------------ how it ended


def settle(session: Session, right: Claim, result: Receipt | MailFailure, now: datetime) -> LetterState | None:
    """Write down what came of the attempt; None if the claim was lost meanwhile: then only the attempt tells."""
    outcome = "sent" if isinstance(result, Receipt) else result.kind.value
    reply = f"{result.code or ''} {result.text}".strip()
    session.execute(_this_attempt(right).values(outcome=outcome, reply=reply, finished_at=now))
    if isinstance(result, Receipt):
        return _sent(session, right, reply, now)
    letter = claimed(session, right)
    if letter is None:
        return None
    letter.reply = reply
    letter.owner = letter.lease_until = None
    if result.kind is Kind.HALT:
        _halt(session, letter, result, now)
    else:
        _after_failure(letter, result.kind, now)
    return letter.state


def _sent(session: Session, right: Claim, reply: str, now: datetime) -> LetterState | None:
    """The usual end, in one statement."""
    ended = {"state": LetterState.SENT, "reason": "", "reply": reply, "finished_at": now}
    freed = {"owner": None, "lease_until": None, "attempts": Letter.attempts + 1}
    statement = update(Letter).where(*_held_by(right)).values(**ended, **freed).returning(Letter.id)
    return LetterState.SENT if session.scalar(statement) is not None else None


def finish(letter: Letter, state: LetterState, reason: str, now: datetime) -> None:
    """Bring a letter to one of its ends."""
    letter.state, letter.reason, letter.finished_at = state, reason, now
    letter.owner = letter.lease_until = None


def _after_failure(letter: Letter, kind: Kind, now: datetime) -> None:
    if kind is Kind.TRANSIENT:
        postpone(letter, "refused for now", now)
        return
    letter.attempts += 1
    if kind is Kind.PERMANENT:
        finish(letter, LetterState.FAILED, "refused for good", now)
    elif _unknown(letter) > 1:
        finish(letter, LetterState.FAILED, IN_DOUBT, now)
    else:
        letter.state, letter.reason = LetterState.UNKNOWN, IN_DOUBT
        letter.not_before = now + UNKNOWN_PAUSE


def postpone(letter: Letter, reason: str, now: datetime) -> None:
    """Try again later what failed on our side."""
    letter.attempts += 1
    letter.state, letter.reason, letter.not_before = LetterState.RETRY, reason, now + back_off(letter)
    letter.owner = letter.lease_until = None


def _unknown(letter: Letter) -> int:
    return sum(attempt.outcome in _UNKNOWN_OUTCOMES for attempt in letter.tries)


def back_off(letter: Letter) -> timedelta:
    """1, 5, 15, 60 minutes, then hourly; up to a tenth more, so that letters refused together spread out."""
    minutes = _BACK_OFF[min(letter.attempts, len(_BACK_OFF)) - 1]
    jitter = sha256(f"{letter.key} {letter.attempts}".encode()).digest()[0] / 2560
    return timedelta(minutes=minutes * (1 + jitter))


def recover(session: Session, now: datetime) -> int:
    """Free the letters whose worker is gone: a lease that ran out. How many there were."""
    query = select(Letter).where(Letter.state == LetterState.SENDING, Letter.lease_until <= now)
    lost = session.scalars(query.with_for_update(of=Letter, skip_locked=True)).all()
    for letter in lost:
        _free(letter, now)
    return len(lost)


def _free(letter: Letter, now: datetime) -> None:
    """A worker lost after MAIL may have delivered its letter; any other did not, and is not counted against it."""
    attempt = next((one for one in letter.tries if one.fence == letter.fence and one.finished_at is None), None)
    in_doubt = attempt is not None and attempt.outcome == HANDING_OVER
    if attempt is not None:
        attempt.outcome, attempt.finished_at, attempt.reply = Kind.UNKNOWN if in_doubt else LOST, now, LOST
    letter.fence += 1
    letter.owner = letter.lease_until = None
    if in_doubt:
        _after_failure(letter, Kind.UNKNOWN, now)
    else:
        letter.state = LetterState.RETRY
    # The lease that was waited for is no shorter than the pause.
    letter.not_before = now


# ------------------------------------------------------------- stopping and going on


def is_held(session: Session) -> bool:
    """Whether a restored backup waits for an administrator, or there is no organisation yet."""
    held: Sequence[datetime | None] = session.scalars(select(Organisation.held_since)).all()
    return not held or any(held)


def halted_until(session: Session, now: datetime) -> datetime | None:
    """Until when nothing is tried because the settings are wrong; None when letters may go."""
    halt = session.get(Pulse, HALTED)
    if halt is None or halt.at + HALT_PAUSE <= now:
        return None
    return halt.at + HALT_PAUSE


def _halt(session: Session, letter: Letter, problem: MailFailure, now: datetime) -> None:
    """Stop the queue and give the letter back unharmed."""
    letter.state = LetterState.RETRY if letter.attempts else LetterState.QUEUED
    session.merge(Pulse(name=HALTED, at=now, details={"reason": str(problem)}))


def resume(session: Session) -> None:
    """Lift a halt, if there is one: mail goes out again, or the settings were changed."""
    halt = session.get(Pulse, HALTED)
    if halt is not None:
        session.delete(halt)
