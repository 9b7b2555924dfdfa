"""Letters kept as files, where no mail server is configured."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email import message_from_bytes
from email.headerregistry import DateHeader
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from tracker.ports.mailer import Envelope, Receipt, Stage, TransientFailure


class FileMailer:
    """Writes each letter to ``<its date>-<digest of its Message-ID>.eml``, readable by this user alone.

    The name follows from the letter, so handing the same letter in twice leaves one file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def connection(self) -> Iterator["FileMailer"]:
        """Itself: a folder needs no conversation."""
        yield self

    def ready(self) -> bool:
        """A folder needs no connecting."""
        return True

    def open(self) -> None:
        """Nothing to do."""

    def send(self, envelope: Envelope) -> Receipt:
        """Write the letter, whole or not at all; see `tracker.ports.mailer.Line`."""
        path = self._folder / _name_of(envelope)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _write_whole(path, envelope.message)
        except OSError as error:
            raise TransientFailure(Stage.DATA, f"letter not written: {error.strerror}") from error
        return Receipt(250, f"kept as {path.name}")


def _name_of(envelope: Envelope) -> str:
    written = message_from_bytes(envelope.message, policy=SMTP)["date"]
    moment = written.datetime if isinstance(written, DateHeader) else None
    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if moment else "undated"
    return f"{stamp}-{sha256(envelope.message_id.encode()).hexdigest()[:16]}.eml"


def _write_whole(path: Path, content: bytes) -> None:
    """Put the content where a crash leaves either nothing or all of it; temporary files are created 0600."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
