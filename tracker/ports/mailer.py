"""Handing a letter to the world: what is handed over, what may come back, and how a failure is to be taken.

A `Mailer` makes one attempt a letter and never retries by itself; whether and when to try again is the outbox's to
decide from the class of the failure.
"""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

_BARE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_LONGEST_LINE = 998  # RFC 5322 §2.1.1, without CR LF
_UNSAFE_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter to one mailbox. Addresses are in wire form (`tracker.ports.addresses.wire_address`).

    Raises:
        ValueError: an address could break the command it stands in, or the message is not made of CR LF lines
            (a bare line end is how one letter smuggles a second past a server).
    """

    sender: str
    recipient: str
    message: bytes
    message_id: str

    def __post_init__(self) -> None:
        for address in (self.sender, self.recipient):
            if not address or _UNSAFE_ADDRESS.search(address):
                raise ValueError(f"not an address for an envelope: {address!r}")
        if not self.message.endswith(b"\r\n") or _BARE_LINE_END.search(self.message) or b"\0" in self.message:
            raise ValueError("a message is made of lines that end in CR LF")
        if max(map(len, self.message.split(b"\r\n"))) > _LONGEST_LINE:
            raise ValueError(f"a line of a message has at most {_LONGEST_LINE} octets")

    @property
    def international(self) -> bool:
        """Whether it needs SMTPUTF8: a mailbox or a header outside ASCII."""
        headers = self.message.partition(b"\r\n\r\n")[0]
        return not (f"{self.sender}{self.recipient}".isascii() and headers.isascii())


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server took the letter over: its reply code and words."""

    code: int
    text: str


class Line(Protocol):
    """A conversation with the post office, opened before the first letter and kept for the next."""

    def ready(self) -> bool:
        """Whether a connection stands that a letter can be trusted to."""

    def open(self) -> None:
        """Connect and log in, unless `ready`. Raises MailFailure."""

    def send(self, envelope: Envelope) -> Receipt:
        """Hand in one letter, one attempt, over a connection that is opened if none is ready.

        Raises:
            MailFailure: in the class that says what it means for the letter and the queue.
        """


class Mailer(Protocol):
    """Where letters are handed in."""

    def connection(self) -> AbstractContextManager[Line]:
        """A line for several letters; nothing is connected before the first, and leaving says goodbye."""


class Kind(StrEnum):
    """What a failure means for the letter."""

    TRANSIENT = "transient"
    """Not taken, and may be later: back off and try again."""
    PERMANENT = "permanent"
    """Refused for good: a dead letter, and people are told."""
    HALT = "halt"
    """No letter can be handed in until somebody changes the settings: keep the rows, burn no attempts."""
    UNKNOWN = "unknown"
    """Lost after the final dot: it may or may not have been taken."""


class Stage(StrEnum):
    """How far the conversation had come."""

    CONNECT = "connect"
    TLS = "tls"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    """The whole letter was handed over and its final dot sent."""


class MailFailure(Exception):
    """A letter was not, or perhaps not, handed over. `code` is the server's reply, None when it gave none."""

    kind: ClassVar[Kind]

    def __init__(self, stage: Stage, text: str, code: int | None = None) -> None:
        self.stage = stage
        self.code = code
        self.text = readable(text)
        super().__init__(f"{self.kind} at {stage}: {'' if code is None else f'{code} '}{self.text}")


class TransientFailure(MailFailure):
    """Refused for now, or no conversation to be had: name lookup, refusal, time-out, 4xx."""

    kind = Kind.TRANSIENT


class PermanentFailure(MailFailure):
    """This letter, or this mailbox, is refused for good."""

    kind = Kind.PERMANENT


class HaltFailure(MailFailure):
    """The settings are wrong for every letter: certificate, password, missing STARTTLS, sender not allowed."""

    kind = Kind.HALT


class UnknownOutcome(MailFailure):
    """The conversation broke after the final dot and before the reply (RFC 1047)."""

    kind = Kind.UNKNOWN


_AUTHENTICATION = frozenset({530, 534, 535, 538})  # RFC 4954 §4 and §6
_NOT_ABOUT_THE_LETTER = frozenset({500, 502, 503})  # RFC 5321 §4.2.4: the conversation is out of step
_STORAGE = 552  # RFC 5321 §4.5.3.1.10: servers say 552 for a full mailbox, and it is to be read as 452
_NO_ROUTE = re.compile(r"\b5\.4\.4\b")  # RFC 3463: unable to route


def failure(stage: Stage, code: int, text: str) -> MailFailure:
    """The failure that a refusing reply stands for, by how far the conversation had come.

    A 5xx reply condemns a letter only once the letter's own recipient has been named: before that it speaks of the
    host (try later) or of our login and sender address (stop until the settings are put right).
    """
    return _class_of(stage, code, text)(stage, text, code)


def _class_of(stage: Stage, code: int, text: str) -> type[MailFailure]:
    if stage is Stage.DOT and not 400 <= code <= 599:
        return UnknownOutcome
    if not 500 <= code <= 599 or stage is Stage.CONNECT:
        return TransientFailure
    if code in _AUTHENTICATION or stage in (Stage.TLS, Stage.LOGIN):
        return HaltFailure
    if code in _NOT_ABOUT_THE_LETTER or code == _STORAGE or _NO_ROUTE.search(text):
        return TransientFailure
    return HaltFailure if stage is Stage.MAIL else PermanentFailure


def readable(reply: bytes | str) -> str:
    """A server's words on one printable line of at most 300 characters."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
