"""Delivering the outbox: claim a letter, look once more whether it should still go, hand it over, write down the end.

No transaction is open while the mail server is spoken to. `checkpoint` is told the name of every point at which the
process might die; the tests kill it there.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tracker.actions.letter_writing import NOT_TOLD, Letterhead, envelope_of, reason_to_suppress
from tracker.actions.outbox import (
    Claim,
    claim,
    claimed,
    finish,
    mark_handing_over,
    postpone,
    recover,
    resume,
    settle,
    start_attempt,
)
from tracker.actions.reschedule import first_reminder
from tracker.ports.addresses import NoAddress
from tracker.ports.clock import Clock
from tracker.ports.mailer import Envelope, Kind, Line, Mailer, MailFailure, Receipt, Stage
from tracker.records.letters import Letter, LetterState

log = logging.getLogger(__name__)

_NO_LINE = (Stage.CONNECT, Stage.TLS, Stage.LOGIN)
_SETTLE_TRIES = 6


def _nothing(point: str) -> None:
    """The checkpoint outside of tests."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One letter in hand."""

    right: Claim
    envelope: Envelope
    connected: bool


@dataclass(frozen=True, slots=True)
class _End:
    """Where a letter came to stand, and whether the next one would fare no better."""

    state: LetterState
    hopeless: bool = False


_TAKEN_OVER = _End(LetterState.SENDING)
"""The lease was lost to another worker, who decides now."""


@dataclass(frozen=True, slots=True)
class Postman:
    """Everything delivery needs. `worker` names this process in the outbox."""

    transaction: Callable[[], AbstractContextManager[Session]]
    mailer: Mailer
    clock: Clock
    letterhead: Letterhead
    worker: str
    checkpoint: Callable[[str], None] = _nothing
    settle_pause: float = 5.0
    """Seconds between tries to write an outcome down: a database that restarts is back within half a minute."""

    def deliver(self, stop: Callable[[], bool] = lambda: False) -> Counter[LetterState]:
        """Work through the letters that are due until none is left, nothing can be sent, or `stop` says so.

        The letter in hand is always finished. Answers how many letters came to stand where.
        """
        tally: Counter[LetterState] = Counter()
        with self.transaction() as session:
            recover(session, self.clock.now())
        with self.mailer.connection() as line:
            while not stop():
                end = self._one(line)
                if end is None:
                    break
                tally[end.state] += 1
                if end.hopeless:
                    break
        return tally

    def _one(self, line: Line) -> _End | None:
        """Work on one letter; None when there is none to work on."""
        connected = line.ready()
        with self.transaction() as session:
            taken = self._take(session, connected)
            self.checkpoint("claimed")
        self.checkpoint("claim committed")
        if not isinstance(taken, _Work):
            return taken
        result = self._hand_over(line, taken)
        if result is None:
            return _TAKEN_OVER
        self.checkpoint("handed over")
        state = self._settle(taken, result)
        self.checkpoint("settled")
        return _End(state, isinstance(result, MailFailure) and (result.kind is Kind.HALT or result.stage in _NO_LINE))

    def _take(self, session: Session, connected: bool) -> _Work | _End | None:
        """Claim the next letter and make it ready, or end it here; one transaction."""
        now = self.clock.now()
        right = claim(session, self.worker, now)
        letter = claimed(session, right) if right else None
        if right is None or letter is None:
            return None
        reason = reason_to_suppress(session, letter)
        if reason:
            finish(letter, LetterState.SUPPRESSED, reason, now)
            if reason in NOT_TOLD and letter.deadline is not None:
                letter.deadline.remind_on = first_reminder(letter.deadline)  # planned anew, for whoever is left
            return _End(letter.state)
        envelope = self._written(session, letter, now)
        if envelope is None:
            return _End(letter.state)
        start_attempt(session, right, now, connected=connected)
        return _Work(right, envelope, connected)

    def _written(self, session: Session, letter: Letter, now: datetime) -> Envelope | None:
        """The letter's envelope. One that cannot be written must not keep the others from going."""
        try:
            with session.begin_nested():
                return envelope_of(session, letter, self.letterhead, now)
        except DBAPIError:
            raise
        except NoAddress:
            finish(letter, LetterState.FAILED, "not an e-mail address", now)
        except Exception:
            log.exception("letter_not_written letter=%s", letter.id)
            postpone(letter, "could not be written", now)
        return None

    def _hand_over(self, line: Line, work: _Work) -> Receipt | MailFailure | None:
        """One attempt; None if the letter was taken over by another worker while we connected."""
        try:
            if not work.connected:
                line.open()
                self.checkpoint("connected")
                with self.transaction() as session:
                    if not mark_handing_over(session, work.right):
                        return None
                self.checkpoint("marked")
            return line.send(work.envelope)
        except MailFailure as problem:
            return problem

    def _settle(self, work: _Work, result: Receipt | MailFailure) -> LetterState:
        """Write down what came of it, through a database that may be restarting: a receipt lost is a second copy."""
        for _ in range(_SETTLE_TRIES - 1):
            with suppress(DBAPIError):
                return self._settle_once(work, result)
            log.warning("settle_again letter=%s", work.right.letter_id)
            time.sleep(self.settle_pause)
        return self._settle_once(work, result)

    def _settle_once(self, work: _Work, result: Receipt | MailFailure) -> LetterState:
        with self.transaction() as session:
            state = settle(session, work.right, result, self.clock.now()) or LetterState.SENDING
            if isinstance(result, Receipt) and not work.connected:
                resume(session)
            self.checkpoint("settling")
        kind = "sent" if isinstance(result, Receipt) else f"{result.kind} stage={result.stage}"
        log.info("letter_attempt letter=%s outcome=%s code=%s state=%s", work.right.letter_id, kind, result.code, state)
        return state
