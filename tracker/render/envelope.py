"""The outside of a letter: who writes to whom, when and about what, in headers that every mail server takes."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

_LONGEST_WORD = 50
UNSUBSCRIBE = "List-Unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Who writes to whom, when, and as an answer to which earlier letter. Addresses are in wire form.

    `unsubscribe` is the web address that ends letters of this kind; empty where there is none.
    """

    sender: str
    sender_name: str
    recipient: str
    recipient_name: str
    message_id: str
    written_at: datetime
    in_reply_to: str = ""
    unsubscribe: str = ""


def _mailbox(name: str, address: str) -> Address:
    # Given whole, an address with a local part outside ASCII would be refused.
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


class _MailPolicy(EmailPolicy):
    """Folds what people write by the older `Header`: the newer folding loses a space between some encoded words, and
    breaks a line right after the header's name when all the rest fits on the next one."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == UNSUBSCRIBE:  # an address is no words: folded, it would be written as encoded ones
            return f"{name}: {value}\r\n".encode("ascii")
        if self.utf8 or name not in ("From", "To", "Subject"):
            return super().fold_binary(name, value)
        if isinstance(value, AddressHeader):
            written = ", ".join(_written(name, address) for address in value.addresses)
        else:
            written = _encoded(name, value)
        return f"{name}: {written}\r\n".encode("ascii")


def _written(header: str, address: Address) -> str:
    name = address.display_name
    return str(address) if _is_plain(name) else f"{_encoded(header, name)} <{address.addr_spec}>"


def _encoded(header: str, text: str) -> str:
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=header).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    """Whether it travels as it is: in ASCII, with spaces to break lines at."""
    return text.isascii() and max(map(len, text.split()), default=0) <= _LONGEST_WORD


_MAIL = _MailPolicy(linesep="\r\n")


def addressed(cover: Cover, subject: str) -> EmailMessage:
    """A letter with its headers and no content yet."""
    in_ascii = f"{cover.sender}{cover.recipient}".isascii()
    message = EmailMessage(policy=_MAIL if in_ascii else _MAIL.clone(utf8=True))
    message["From"] = _mailbox(cover.sender_name, cover.sender)
    message["To"] = _mailbox(cover.recipient_name, cover.recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(cover.written_at)
    message["Message-ID"] = cover.message_id
    if cover.in_reply_to:
        message["In-Reply-To"] = message["References"] = cover.in_reply_to
    if cover.unsubscribe:
        message[UNSUBSCRIBE] = f"<{cover.unsubscribe}>"
    if cover.unsubscribe.startswith("https:"):
        message[f"{UNSUBSCRIBE}-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058, which allows no other scheme
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers to a machine
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    return message
