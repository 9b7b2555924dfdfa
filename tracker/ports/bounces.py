"""Reading the reports of mail servers about letters that came back: RFC 3464 in a multipart/report (RFC 6522), and its
international form (RFC 6533).

Whatever is not such a report is no bounce: answers of people, of holidays, of filters. What stands in one may have been
written by anybody, so nothing in it is believed before the Message-ID turns out to be one of ours.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from enum import IntEnum
from typing import Any, TypeAlias

LARGEST = 512 * 1024
"""Octets looked at. The report comes first and the letter returned last, so what is cut off is not missed."""
_MOST_WORDS = 400
_REPORT = ("message/delivery-status", "message/global-delivery-status")
_WHOLE = ("message/rfc822", "message/global")
_HEADERS = ("text/rfc822-headers", "message/global-headers")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,198}>")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_OTHER_THAN_THE_ADDRESS = frozenset({"5.2.2", "5.2.3", "5.3.1", "5.3.4", "5.4.4", "5.4.7"})
"""RFC 3463: mailbox full, letter too long, system full, letter too big, no way there, time expired."""

Mail: TypeAlias = "Message[str, str]"


class Fate(IntEnum):
    """What became of the letter, the worst first."""

    REFUSED = 1
    """The address takes no letters."""
    GIVEN_UP = 2
    """This letter was given up; the address may be right."""
    DELAYED = 3
    """It is still being tried."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says about one letter; `message_id` stands in angle brackets, `said` is one printable line."""

    message_id: str
    fate: Fate
    recipient: str
    status: str
    said: str

    @property
    def words(self) -> str:
        """The status and what the server said, which often begins with the same."""
        return f"{self.status} {self.said}".strip()


def read_bounce(mail: bytes) -> Bounce | None:
    """The worst that a report says of a letter; None where the mail is no such report. Never raises."""
    try:
        whole = message_from_bytes(mail[:LARGEST])
        return _bounce(whole) if whole.get_content_type() == "multipart/report" else None
    except (RecursionError, LookupError, TypeError, ValueError, AttributeError, AssertionError):
        return None  # the email package fails in many ways on mail that was made to break it


def _bounce(whole: Mail) -> Bounce | None:
    parts = _parts(whole)
    report = next((part for part in parts if part.get_content_type() in _REPORT), None)
    if report is None:
        return None
    blocks = _blocks(report)
    message_id = _original(whole, parts, blocks)
    told = [one for one in (_told(block, message_id) for block in blocks) if one]
    return min(told, key=lambda one: one.fate) if message_id and told else None


def _parts(whole: Mail) -> list[Mail]:
    """The parts of the report itself, not those of the letter within it."""
    payload: Any = whole.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _blocks(report: Mail) -> list[Mail]:
    """The groups of fields: one of the whole letter, one of each recipient."""
    groups = _parts(report)
    if report.get_content_type() == _REPORT[0] or not groups:
        return groups
    # To the email package the international form is a message: the first group its headers, the others its text.
    text = _text(groups[0])
    return [groups[0], *(message_from_string(group.lstrip()) for group in re.split(r"\r?\n\r?\n", text))]


def _told(block: Mail, message_id: str) -> Bounce | None:
    status = _status(block)
    fate = _fate(_line(block, "Action").lower(), status)
    if fate is None:
        return None
    recipient = _line(block, "Original-Recipient") or _line(block, "Final-Recipient")
    return Bounce(message_id, fate, _without_type(recipient), status, _without_type(_line(block, "Diagnostic-Code")))


def _status(block: Mail) -> str:
    for name in ("Status", "Diagnostic-Code"):
        found = _STATUS.search(_line(block, name))
        if found:
            return found.group()
    return ""


def _fate(action: str, status: str) -> Fate | None:
    """RFC 3464 §2.3.3: delivered, relayed and expanded are no bounce."""
    if action.startswith("delayed"):
        return Fate.DELAYED
    if not action.startswith("failed"):
        return None
    lasting = status.startswith("5.") and status not in _OTHER_THAN_THE_ADDRESS
    return Fate.REFUSED if lasting else Fate.GIVEN_UP


def _original(whole: Mail, parts: Iterable[Mail], blocks: Iterable[Mail]) -> str:
    """The Message-ID of the letter: as it was returned, else as the report names it."""
    for line in _identities(whole, parts, blocks):
        found = _MESSAGE_ID.search(line)
        if found:
            return found.group()
    return ""


def _identities(whole: Mail, parts: Iterable[Mail], blocks: Iterable[Mail]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() in _WHOLE:
            yield from (_line(letter, "Message-ID") for letter in _parts(part))
        elif part.get_content_type() in _HEADERS:
            yield from (_line(letter, "Message-ID") for letter in (*_parts(part), message_from_string(_text(part))))
    for block in blocks:
        yield _line(block, "Original-Message-ID")
        yield _line(block, "X-Original-Message-ID")
    yield _line(whole, "In-Reply-To")


def _text(part: Mail) -> str:
    payload: Any = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _line(block: Mail, name: str) -> str:
    """A field as one line that a page and a database can hold."""
    value = next((str(value) for field, value in block.raw_items() if field.lower() == name.lower()), "")
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # octets beyond ASCII, by any means
    return _UNPRINTED.sub(" ", value)[:_MOST_WORDS].strip()


def _without_type(value: str) -> str:
    """``rfc822; ana@acme.example`` and ``smtp; 550 …`` without what stands before the semicolon."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and " " not in kind.strip() else value
