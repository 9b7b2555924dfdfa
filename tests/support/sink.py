"""Starting the mail server of `tests.support.sink_server` and counting what reached it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.support.sink_server import CERTIFICATES, Fault, write_faults

__all__ = ["CERTIFICATES", "Copy", "Fault", "Sink", "make_sink", "sink"]

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a letter that the sink took responsibility for."""

    session: int
    user: str
    sender: str
    recipients: list[str]
    message_id: str
    sha256: str
    content: bytes = field(repr=False)

    @property
    def message(self) -> EmailMessage:
        """The letter, parsed."""
        return message_from_bytes(self.content, policy=SMTP)


class Sink:
    """A mail server in a process of its own. What it took is read from its folder, running or not."""

    def __init__(self, folder: Path, **options: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = 0
        self.user = str(options.get("user", ""))
        self.password = str(options.get("password", ""))
        self._tls = str(options.get("tls", "none"))
        self._options = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value is not True]
        self._options += [f"--{name.replace('_', '-')}" for name, value in options.items() if value is True]
        self._process: subprocess.Popen[str] | None = None
        write_faults(folder, [])

    def __enter__(self) -> "Sink":
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, on the port it had before if it was running already."""
        command = [sys.executable, "-m", "tests.support.sink_server", str(self.folder), f"--port={self.port}"]
        self._process = subprocess.Popen(
            command + self._options, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """Kill it, as power cuts do; what it took stays."""
        if self._process is not None:
            with self._process:
                self._process.kill()
            self._process = None

    @property
    def url(self) -> str:
        """How `TRACKER_SMTP_URL` would name it."""
        scheme = {"none": "smtp", "starttls": "smtp+starttls", "direct": "smtps"}[self._tls]
        login = f"{self.user}:{self.password}@" if self.password else ""
        return f"{scheme}://{login}127.0.0.1:{self.port}"

    def faults(self, *faults: Fault) -> None:
        """Let these go wrong from now on, in place of what went wrong before."""
        write_faults(self.folder, list(faults))

    @property
    def copies(self) -> list[Copy]:
        """Every copy taken, in order."""
        return [
            Copy(content=(self.folder / line.pop("file")).read_bytes(), **line) for line in self._lines("copies.jsonl")
        ]

    @property
    def verbs(self) -> list[str]:
        """Every command heard, in order, over all connections."""
        return [line["verb"] for line in self._lines("commands.jsonl")]

    @property
    def sessions(self) -> int:
        """Number of connections that got as far as a command."""
        return len({line["session"] for line in self._lines("commands.jsonl")})

    def heard(self, verb: str) -> list[str]:
        """What was said after each such command."""
        return [line["argument"] for line in self._lines("commands.jsonl") if line["verb"] == verb]

    def _lines(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


@pytest.fixture
def make_sink(tmp_path: Path) -> Iterator[Callable[..., Sink]]:
    """Starts mail servers of any kind: ``make_sink(tls="starttls", user="ana", password="secret")``."""
    with ExitStack() as running:
        yield lambda **options: running.enter_context(
            Sink(tmp_path / f"sink-{len(list(tmp_path.iterdir()))}", **options)
        )


@pytest.fixture
def sink(make_sink: Callable[..., Sink]) -> Sink:
    """A mail server that takes everything, without login or encryption."""
    return make_sink()
