"""A Maildir folder that something else delivers into: mails wait in ``new`` and rest in ``cur``."""

import logging
from collections.abc import Iterator
from pathlib import Path

from tracker.ports.bounces import LARGEST

log = logging.getLogger(__name__)

_SEEN = ":2,S"


def arrived(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The mails that wait, the first delivered first, each with as much of it as is ever looked at.

    What is no plain file stays; so does what cannot be read, which is logged.
    """
    for path in sorted((folder / "new").iterdir()):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                mail = file.read(LARGEST)
        except OSError as error:
            log.warning("mail_unreadable file=%s problem=%s", path.name, error.strerror)
            continue
        yield path, mail


def put_away(path: Path) -> None:
    """Mark a mail as read."""
    path.rename(path.parent.parent / "cur" / f"{path.name.partition(':')[0]}{_SEEN}")
