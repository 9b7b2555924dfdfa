"""One letter handed over on a connection that stands, step by step: MAIL, RCPT, DATA, the letter, its final dot."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tracker.ports.mailer import (
    Envelope,
    PermanentFailure,
    Receipt,
    Stage,
    TransientFailure,
    UnknownOutcome,
    failure,
    readable,
)

_LINE_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each answer is waited for, and how long a connection is kept, in seconds.

    `final` is the wait after the final dot, which RFC 5321 §4.5.3.2.6 sets at ten minutes: giving up sooner is what
    makes duplicates. The outbox's lease must be longer than `final` and the other steps together.
    """

    step: float = 20.0
    final: float = 600.0
    check_after: float = 1.0
    """A connection idle for longer is asked whether it still stands before a letter is trusted to it."""
    keep_for: float = 300.0


def hand_over(smtp: Any, envelope: Envelope, patience: Patience) -> Receipt:
    smtp.command_encoding = "utf-8" if envelope.international else "ascii"
    _ask(smtp, Stage.MAIL, f"MAIL FROM:<{envelope.sender}>{_options(smtp, envelope)}", (250,))
    _ask(smtp, Stage.RCPT, f"RCPT TO:<{envelope.recipient}>", (250, 251))
    _ask(smtp, Stage.DATA, "DATA", (354,))
    try:
        smtp.send(_LINE_DOT.sub(b"..", envelope.message))
    except OSError as error:
        raise TransientFailure(Stage.DATA, str(error)) from error
    return _dot(smtp, patience)


def _options(smtp: Any, envelope: Envelope) -> str:
    if envelope.international and not smtp.has_extn("smtputf8"):
        raise PermanentFailure(Stage.MAIL, "5.6.7 the server takes no addresses outside ASCII", 553)
    wanted = {"8bitmime": " BODY=8BITMIME"} if not envelope.message.isascii() else {}
    if envelope.international:
        wanted["smtputf8"] = " SMTPUTF8"
    return "".join(option for name, option in wanted.items() if smtp.has_extn(name))


def _ask(smtp: Any, stage: Stage, command: str, wanted: tuple[int, ...]) -> None:
    try:
        code, text = smtp.docmd(command)
    except OSError as error:
        raise TransientFailure(stage, str(error)) from error
    if code not in wanted:
        raise failure(stage, code, readable(text))


def _dot(smtp: Any, patience: Patience) -> Receipt:
    """Send the final dot and wait for the verdict. Whatever breaks from here on leaves the outcome unknown."""
    try:
        smtp.sock.settimeout(patience.final)
        smtp.send(b".\r\n")
        code, text = smtp.getreply()
    except OSError as error:
        raise UnknownOutcome(Stage.DOT, str(error)) from error
    smtp.sock.settimeout(patience.step)
    if not 200 <= code <= 299:
        raise failure(Stage.DOT, code, readable(text))
    return Receipt(code, readable(text))


def answers(smtp: Any) -> bool:
    with suppress(OSError):
        return bool(smtp.noop()[0] == 250)
    return False


def reset(smtp: Any) -> bool:
    with suppress(OSError):
        return bool(smtp.rset()[0] == 250)
    return False
