"""Letters about the machinery itself: a few lines of plain text."""

from collections.abc import Sequence

from tracker.render.envelope import Cover, addressed


def write_notice(subject: str, lines: Sequence[str], cover: Cover, language: str) -> bytes:
    """The letter with one line a paragraph, in the reader's language."""
    message = addressed(cover, subject)
    message.set_content("\n\n".join(lines) + "\n", cte="quoted-printable" if language == "en" else "base64")
    return message.as_bytes()
