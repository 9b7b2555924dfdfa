"""Delivering the outbox: claim a letter, look once more whether it should still go, hand it over, write down the end.

No transaction is open while the mail server is spoken to. What became of one letter is written down, and the next one
claimed, in the same transaction: a letter costs one durable commit. `checkpoint` is told the name of every point at
which the process might die; the tests kill it there.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tracker.actions.last_look import awaits_planning, hold_back, leave_out, reason_to_suppress
from tracker.actions.letter_writing import envelope_of
from tracker.actions.letterhead import Letterhead
from tracker.actions.outbox import (
    LEASE,
    Claim,
    claim,
    claimed,
    give_up,
    mark_handing_over,
    postpone,
    put_off,
    recover,
    resume,
    settle,
    start_attempt,
)
from tracker.actions.outbox_statements import DIGEST
from tracker.actions.sending_hours import quiet_until
from tracker.ports.addresses import NoAddress
from tracker.ports.clock import Clock
from tracker.ports.mailer import Envelope, Kind, Line, Mailer, MailFailure, Receipt, Stage
from tracker.records.letters import Letter, LetterState

log = logging.getLogger(__name__)

_NO_LINE = (Stage.CONNECT, Stage.TLS, Stage.LOGIN)
_SETTLE_TRIES = 6
PLANNING = timedelta(minutes=2)
"""How long what may have to give way waits for planning, which takes its turn every minute."""


def _nothing(point: str) -> None:
    """The checkpoint outside of tests."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One letter in hand."""

    right: Claim
    envelope: Envelope
    connected: bool
    until: datetime
    """When the claim ends."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A letter after its attempt, and what came of that."""

    work: _Work
    result: Receipt | MailFailure

    @property
    def hopeless(self) -> bool:
        """Whether the next letter would fare no better."""
        problem = self.result
        return isinstance(problem, MailFailure) and (problem.kind is Kind.HALT or problem.stage in _NO_LINE)


@dataclass(slots=True)
class _Turn:
    """One transaction's worth: where letters came to stand, the letter to send next, and whether there may be more."""

    ended: list[LetterState] = field(default_factory=list)
    work: _Work | None = None
    more: bool = False


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
            handed: _Handed | None = None
            turn = _Turn(more=True)
            while True:
                go_on = turn.more and not (handed and handed.hopeless) and not stop()
                if not go_on and handed is None:
                    break
                turn = self._turn(line, handed, go_on=go_on)
                tally.update(turn.ended)
                handed = self._hand_over(line, turn.work, tally)
        return tally

    # -------------------------------------------------------- one transaction

    def _turn(self, line: Line, handed: _Handed | None, *, go_on: bool) -> _Turn:
        """Settle the letter handed over and, with `go_on`, claim the next.

        An outcome is written down through a database that may be restarting: a receipt lost is a second copy.
        """
        connected = go_on and line.ready()
        for _ in range(_SETTLE_TRIES - 1 if handed else 0):
            with suppress(DBAPIError):
                return self._turn_once(handed, connected, go_on=go_on)
            log.warning("settle_again")
            time.sleep(self.settle_pause)
        return self._turn_once(handed, connected, go_on=go_on)

    def _turn_once(self, handed: _Handed | None, connected: bool, *, go_on: bool) -> _Turn:
        turn = _Turn()
        with self.transaction() as session:
            if handed:
                turn.ended.append(self._settle(session, handed))
                self.checkpoint("settling")
            if go_on:
                self._take(session, turn, connected)
                self.checkpoint("claimed")
        if handed:
            _log(handed, turn.ended[0])
            self.checkpoint("settled")
        if go_on:
            self.checkpoint("claim committed")
        return turn

    def _settle(self, session: Session, handed: _Handed) -> LetterState:
        right, result = handed.work.right, handed.result
        state = settle(session, right, result, self.clock.now()) or LetterState.SENDING
        if isinstance(result, Receipt) and not handed.work.connected:
            resume(session)
        return state

    def _take(self, session: Session, turn: _Turn, connected: bool) -> None:
        """Claim the next letter and make it ready, or end it here."""
        now = self.clock.now()
        right = claim(session, self.worker, now)
        letter = claimed(session, right) if right else None
        if right is None or letter is None:
            return
        turn.more = True
        envelope = self._made_ready(session, letter, now)
        if envelope is None:
            turn.ended.append(letter.state)
            return
        start_attempt(session, right, now, connected=connected)
        turn.work = _Work(right, envelope, connected, now + LEASE)

    def _made_ready(self, session: Session, letter: Letter, now: datetime) -> Envelope | None:
        """The letter's envelope; None where it is put off or ended here. One that cannot be looked at or written must
        not keep the others from going."""
        try:
            with nullcontext() if letter.message else session.begin_nested():
                return self._looked_at(session, letter, now)
        except DBAPIError:
            raise
        except NoAddress:
            give_up(letter, "not an e-mail address", now)
        except Exception:
            log.exception("letter_not_written letter=%s", letter.id)
            # What one reminder in a digest has at fault must not keep the others from going.
            (give_up if letter.purpose == DIGEST else postpone)(letter, "could not be written", now)
        return None

    def _looked_at(self, session: Session, letter: Letter, now: datetime) -> Envelope | None:
        wait = now + PLANNING if awaits_planning(session, letter, now) else quiet_until(session, letter, now)
        if wait > now:
            put_off(letter, wait)
            return None
        if letter.purpose == DIGEST:
            leave_out(session, letter, now)
        if reason := reason_to_suppress(session, letter):
            hold_back(letter, reason, now)
            return None
        return envelope_of(session, letter, self.letterhead, now)

    # -------------------------------------------------------- the mail server

    def _hand_over(self, line: Line, work: _Work | None, tally: Counter[LetterState]) -> _Handed | None:
        """One attempt; None if there is nothing to settle after it."""
        if work is None:
            return None
        try:
            held = work.connected or self._connect(line, work)
            # A process that was stopped since its claim, or a machine that slept, must not send what another has sent.
            if not held or self.clock.now() >= work.until:
                tally[LetterState.SENDING] += 1  # another worker decides now
                return None
            result: Receipt | MailFailure = line.send(work.envelope)
        except MailFailure as problem:
            result = problem
        self.checkpoint("handed over")
        return _Handed(work, result)

    def _connect(self, line: Line, work: _Work) -> bool:
        """Connect, and note that a copy may exist from now on; False if the lease was lost meanwhile."""
        line.open()
        self.checkpoint("connected")
        with self.transaction() as session:
            if not mark_handing_over(session, work.right):
                return False
        self.checkpoint("marked")
        return True


def _log(handed: _Handed, state: LetterState) -> None:
    letter, result = handed.work.right.letter_id, handed.result
    kind = "sent" if isinstance(result, Receipt) else f"{result.kind} stage={result.stage}"
    log.info("letter_attempt letter=%s outcome=%s code=%s state=%s", letter, kind, result.code, state)
