"""The outbox: who may send which letter when, and what became of it.

The database alone decides. A letter is claimed for a lease under a fence number that rises with every claim; whoever
lost the lease cannot write any more. A lease outlasts the longest conversation (ten minutes for the last reply, twenty
seconds for every other step), so a slow server does not make a second copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions import outbox_statements as statements
from tracker.actions.digests import set_free
from tracker.actions.outbox_statements import DIGEST, HALTED
from tracker.ports.mailer import Kind, MailFailure, Receipt
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation

LEASE = timedelta(seconds=900)
UNKNOWN_PAUSE = timedelta(minutes=15)
HALT_PAUSE = timedelta(minutes=15)
"""While nothing can be sent at all, one letter is tried this often, so that a server put right is noticed."""
HANDING_OVER = "handing over"
"""Outcome of an attempt from before MAIL until its end is known: if the process dies now, a copy may exist."""
LOST = "process lost"
IN_DOUBT = "may have been delivered"
CAME_BACK, GIVEN_UP = RETURNED = "came back", "given up on the way"
"""Reasons of letters that a server took over and that a later report says did not arrive: the address takes none, or
this one letter could not be handed on."""
UNPLANNED = "could not be planned"
"""Reason of a letter that stands for a reminder which the program failed to work out."""
_BACK_OFF = (1, 5, 15, 60)  # minutes; the last is repeated
_UNKNOWN_OUTCOMES = (Kind.UNKNOWN.value, HANDING_OVER)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one letter until the lease ends."""

    letter_id: int
    fence: int

    @property
    def bound(self) -> dict[str, object]:
        """As the statements of the outbox take it."""
        return {"this_letter": self.letter_id, "this_fence": self.fence}


def claim(session: Session, worker: str, now: datetime) -> Claim | None:
    """Take the letter that has waited longest; None when none is due, or the outbox is held or halted."""
    given = {"now": now, "halted_after": now - HALT_PAUSE, "worker": worker, "until": now + LEASE}
    taken = session.execute(statements.CLAIM, given).one_or_none()
    return None if taken is None else Claim(*taken)


def claimed(session: Session, right: Claim) -> Letter | None:
    """The letter, locked, if the claim still holds."""
    return session.scalar(statements.CLAIMED, right.bound)


def start_attempt(session: Session, right: Claim, now: datetime, *, connected: bool) -> None:
    """Note the attempt before anything is connected; over a standing connection the letter goes out at once."""
    outcome = HANDING_OVER if connected else ""
    session.execute(statements.BEGUN, right.bound | {"now": now, "result": outcome})


def mark_handing_over(session: Session, right: Claim) -> bool:
    """Note that a copy may exist from now on; False if the claim was lost and nothing may be sent."""
    if claimed(session, right) is None:
        return False
    session.execute(statements.MARKED, right.bound | {"result": HANDING_OVER})
    return True


# ------------------------------------------------------------------ how it ended


def settle(session: Session, right: Claim, result: Receipt | MailFailure, now: datetime) -> LetterState | None:
    """Write down what came of the attempt; None if the claim was lost meanwhile: then only the attempt tells."""
    outcome = "sent" if isinstance(result, Receipt) else result.kind.value
    reply = f"{result.code or ''} {result.text}".strip()
    session.execute(statements.ENDED, right.bound | {"result": outcome, "answer": reply, "now": now})
    if isinstance(result, Receipt):
        sent = session.scalar(statements.SENT, right.bound | {"answer": reply, "now": now})
        if sent == DIGEST:
            session.execute(statements.TOLD, right.bound | {"answer": reply, "now": now})
        return LetterState.SENT if sent is not None else None
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


def finish(letter: Letter, state: LetterState, reason: str, now: datetime) -> None:
    """Bring a letter to one of its ends. A reminder that waited for a digest is no part of it any more."""
    if letter.state is LetterState.GATHERED:
        letter.digest_id = None
    letter.state, letter.reason, letter.finished_at = state, reason, now
    letter.owner = letter.lease_until = None


def give_up(letter: Letter, reason: str, now: datetime) -> None:
    """End a letter that cannot be delivered. A digest gives way to its reminders, which then go by themselves."""
    finish(letter, LetterState.SUPERSEDED if letter.purpose == DIGEST else LetterState.FAILED, reason, now)


def _after_failure(letter: Letter, kind: Kind, now: datetime) -> None:
    if kind is Kind.TRANSIENT:
        postpone(letter, "refused for now", now)
        return
    letter.attempts += 1
    if kind is Kind.PERMANENT:
        give_up(letter, "refused for good", now)
    elif doubts(letter) > 1:
        give_up(letter, IN_DOUBT, now)
    else:
        letter.state, letter.reason = LetterState.UNKNOWN, IN_DOUBT
        letter.not_before = now + UNKNOWN_PAUSE


def postpone(letter: Letter, reason: str, now: datetime) -> None:
    """Try again later what failed on our side."""
    letter.attempts += 1
    letter.state, letter.reason, letter.not_before = LetterState.RETRY, reason, now + back_off(letter)
    letter.owner = letter.lease_until = None


def put_off(letter: Letter, until: datetime) -> None:
    """Give a letter back untried, to go at a better time."""
    letter.state = LetterState.RETRY if letter.attempts else LetterState.QUEUED
    letter.not_before = until
    letter.owner = letter.lease_until = None


def doubts(letter: Letter) -> int:
    """How many attempts may have delivered it, as far as anybody knows."""
    return sum(attempt.outcome in _UNKNOWN_OUTCOMES for attempt in letter.tries)


def back_off(letter: Letter) -> timedelta:
    """1, 5, 15, 60 minutes, then hourly; up to a tenth more, so that letters refused together spread out."""
    minutes = _BACK_OFF[min(letter.attempts, len(_BACK_OFF)) - 1]
    jitter = sha256(f"{letter.key} {letter.attempts}".encode()).digest()[0] / 2560
    return timedelta(minutes=minutes * (1 + jitter))


def recover(session: Session, now: datetime) -> int:
    """Free the letters whose worker is gone: a lease that ran out; and what waited for a digest that will not go. How
    many workers were gone."""
    query = select(Letter).where(Letter.state == LetterState.SENDING, Letter.lease_until <= now)
    lost = session.scalars(query.with_for_update(of=Letter, skip_locked=True)).all()
    for letter in lost:
        _free(letter, now)
    set_free(session)
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


def _halt(session: Session, letter: Letter, problem: MailFailure, now: datetime) -> None:
    """Stop the queue and give the letter back unharmed."""
    letter.state = LetterState.RETRY if letter.attempts else LetterState.QUEUED
    session.merge(Pulse(name=HALTED, at=now, details={"reason": str(problem)}))


def resume(session: Session) -> None:
    """Lift a halt, if there is one: mail goes out again, or the settings were changed."""
    halt = session.get(Pulse, HALTED)
    if halt is not None:
        session.delete(halt)
