"""What all letters with a page have in common: the templates, both forms of the text, and bytes that come out alike."""

import re
from email.message import EmailMessage
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from tracker.render.texts import Texts

_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def refuse_line_breaks(name: str, text: str) -> None:
    """Raises ValueError where a value of that name would open a line, or a header, of its own."""
    if _LINE_BREAKS.search(text):
        raise ValueError(f"{name} holds a line break or a control character")


def filled(template: str, words: Texts, **values: object) -> str:
    """The template in the reader's language."""
    found = _environment().get_template(template)
    return found.render(lang=words.language, _=words.gettext, pgettext=words.pgettext, **values)


def set_both(message: EmailMessage, text: str, page: str, language: str) -> None:
    """Put the same facts in as plain text and as HTML."""
    # Quoted-printable keeps mostly Latin letters readable as they travel; Chinese would triple in size.
    encoding = "quoted-printable" if language == "en" else "base64"
    message.set_content(text, cte=encoding)
    message.add_alternative(page, subtype="html", cte=encoding)


def closed(message: EmailMessage, message_id: str) -> bytes:
    """The bytes of a letter that is complete: equal letters give equal bytes."""
    mark = sha256(message_id.encode()).hexdigest()
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{mark[24 * number : 24 * number + 24]}")
    return message.as_bytes()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tracker.render"),
        autoescape=select_autoescape(("html.jinja",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
