"""A mail server in memory that keeps count, for the ledger."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from hashlib import sha256

from tracker.ports.clock import FixedClock
from tracker.ports.mailer import (
    Envelope,
    PermanentFailure,
    Receipt,
    Stage,
    TransientFailure,
    UnknownOutcome,
)

FAULTS = ("refused for now", "refused for good", "lost and taken", "lost and not taken", "no connection")


class Killed(BaseException):
    """The process died: nothing after this ran, and what was not committed is gone."""


@dataclass
class PostOffice:
    """A mail server that keeps count of what it took, and fails as it is told to."""

    clock: FixedClock
    faults: list[str] = field(default_factory=list)
    copies: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    """How often it was left unclear whether a letter was taken."""
    refused: set[str] = field(default_factory=set)
    contents: dict[str, set[bytes]] = field(default_factory=dict)
    """The check sums of all copies of a letter."""
    told: dict[str, list[tuple[datetime, datetime, str]]] = field(default_factory=dict)
    """When each copy of a digest was written and when it came, and what it said."""

    takes_digests: bool = True
    """Whether a letter that tells several reminders is not taken for a mailing, and refused for good."""
    up: bool = False
    """Whether a connection stands."""

    @contextmanager
    def connection(self) -> Iterator["PostOffice"]:
        yield self
        self.up = False

    def ready(self) -> bool:
        return self.up

    def open(self) -> None:
        if self.faults and self.faults[0] == "no connection":
            self.faults.pop(0)
            raise TransientFailure(Stage.CONNECT, "nobody answers")
        self.up = True

    def send(self, envelope: Envelope) -> Receipt:
        fault = self.faults.pop(0) if self.faults else ""
        name, is_digest = envelope.message_id, b"\r\nList-Unsubscribe:" in envelope.message
        if fault == "refused for now":
            raise TransientFailure(Stage.RCPT, "later", 451)
        if fault == "refused for good" or (is_digest and not self.takes_digests):
            self.refused.add(name)
            raise PermanentFailure(Stage.RCPT, "no such mailbox", 550)
        if fault != "lost and not taken":
            self.copies[name] += 1
            self.contents.setdefault(name, set()).add(sha256(envelope.message).digest())
            if is_digest:
                self._read(name, envelope.message)
        if fault.startswith("lost"):
            self.up = False
            self.doubts[name] += 1
            raise UnknownOutcome(Stage.DOT, "the line broke")
        return Receipt(250, "taken")

    def _read(self, name: str, message: bytes) -> None:
        letter = message_from_bytes(message, policy=SMTP)
        body = letter.get_body(("plain",))
        assert body is not None
        written = parsedate_to_datetime(str(letter["Date"]))
        self.told.setdefault(name, []).append((written, self.clock.now(), str(body.get_content())))
