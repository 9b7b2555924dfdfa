"""The letter that tries out the mail settings, and a letter read back as its reader saw it."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

from tracker.render.envelope import Cover, addressed
from tracker.render.texts import texts

_SECRETS = re.compile(r"(/(?:answer|digest)/)\S+")


@dataclass(frozen=True, slots=True)
class Written:
    """What a letter says: its subject and its plain text."""

    subject: str
    text: str


def write_trial(cover: Cover, language: str) -> bytes:
    """A letter that says that letters arrive."""
    words = texts(language)
    message = addressed(cover, words.gettext("Test letter from %(name)s", name=cover.sender_name))
    text = words.gettext("Letters from the contract tracker reach this address. There is nothing to do.")
    message.set_content(f"{text}\n", cte="quoted-printable" if language == "en" else "base64")
    return message.as_bytes()


def read_letter(message: bytes) -> Written:
    """The letter whose bytes these are, without the secrets that speak in its reader's name."""
    letter = message_from_bytes(message, policy=default)
    body = letter.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return Written(str(letter["Subject"]), _SECRETS.sub(r"\1…", text))
