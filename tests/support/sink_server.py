"""The mail server the tests send to: a process of its own that counts what it takes and fails when told to.

Every copy it takes responsibility for is on disk before the sender hears of it, so what is counted here survives any
kill, of the sender or of this process. Faults stand in ``faults.json`` and may be changed while it runs.

Run as ``python -m tests.support.sink_server FOLDER [options]``; it ends when its standard input does.
"""

import argparse
import asyncio
import base64
import json
import os
import ssl
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from email import message_from_bytes
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at ``CONNECT``, at a command such as ``MAIL``, or at ``BODY``, the final dot of a letter.

    First the letter is stored (`store`, at BODY only), then `delay` seconds pass, then the connection drops or the
    `reply` is given; with neither, things go on as usual. `skip` lets that many pass before, `times` is how often.
    """

    at: str
    reply: str = ""
    drop: bool = False
    delay: float = 0.0
    store: bool = True
    skip: int = 0
    times: int | None = None


class Script:
    """The faults in force; a changed file starts the count anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version: tuple[int, int] | None = None
        self._faults: list[Fault] = []
        self._seen: list[int] = []

    def take(self, at: str) -> Fault | None:
        """The fault that strikes at this point, counted as used."""
        self._read()
        struck = None
        for number, fault in enumerate(self._faults):
            if fault.at != at:
                continue
            self._seen[number] += 1
            turn = self._seen[number] - fault.skip
            if struck is None and turn > 0 and (fault.times is None or turn <= fault.times):
                struck = fault
        return struck

    def _read(self) -> None:
        stat = self._path.stat()
        if (stat.st_ino, stat.st_mtime_ns) != self._version:
            self._version = (stat.st_ino, stat.st_mtime_ns)
            self._faults = [Fault(**one) for one in json.loads(self._path.read_text())]
            self._seen = [0] * len(self._faults)


class Store:
    """Letters taken, and every command heard, on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = len(list(folder.glob("copy-*.eml")))
        self._copies = os.open(folder / "copies.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._commands = os.open(folder / "commands.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def keep(self, session: int, user: str, envelope: Envelope) -> None:
        """Take one copy: its bytes first, then the line that counts it."""
        self._count += 1
        content = bytes(envelope.original_content or b"")
        name = f"copy-{self._count:06}.eml"
        (self._folder / name).write_bytes(content)
        headers = message_from_bytes(content.partition(b"\r\n\r\n")[0])
        self._line(
            self._copies,
            file=name,
            session=session,
            user=user,
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            message_id=str(headers["message-id"]),
            sha256=sha256(content).hexdigest(),
        )

    def hear(self, session: int, verb: str, argument: str) -> None:
        """Note a command, as it came."""
        self._line(self._commands, session=session, verb=verb, argument=argument)

    def _line(self, file: int, /, **values: object) -> None:
        os.write(file, json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n")


class Conversation(SMTP):
    """One connection, with every command passed through the script first."""

    sessions = 0

    def __init__(self, script: Script, store: Store, user: str, bearer: str, **options: Any) -> None:
        super().__init__(self, **options)
        self._user, self._bearer = user, bearer
        Conversation.sessions += 1
        self.number = Conversation.sessions
        self._script = script
        self._store = store
        self._smtp_methods = {verb: partial(self._heard, verb, method) for verb, method in self._smtp_methods.items()}

    async def _handle_client(self) -> None:
        fault = self._script.take("CONNECT")
        if fault is None or await self._survives(fault):
            await super()._handle_client()

    async def _heard(self, verb: str, method: Callable[[str | None], Awaitable[None]], argument: str | None) -> None:
        self._store.hear(self.number, verb, argument or "")
        fault = self._script.take(verb)
        if fault is None or await self._survives(fault):
            await method(argument)

    async def _survives(self, fault: Fault) -> bool:
        """Suffer the fault; whether things go on as usual afterwards."""
        await asyncio.sleep(fault.delay)
        if fault.reply:
            await self.push(fault.reply)
        if fault.drop or fault.reply.startswith("421"):
            await self._hang_up()
        return not fault.reply

    async def _hang_up(self) -> None:
        assert self.transport is not None
        self.transport.close()
        await asyncio.sleep(3600)  # the loss of the connection cancels this

    async def auth_XOAUTH2(self, _server: SMTP, words: list[str]) -> AuthResult:
        """As Google's servers do: a wrong token brings a challenge that says why, and then the refusal."""
        user, bearer, *_ends = base64.b64decode(words[1]).decode().split("\1")
        if (user, bearer) == (f"user={self._user}", f"auth=Bearer {self._bearer}"):
            return AuthResult(success=True, auth_data=LoginPassword(self._user.encode(), b""))
        answer = await self.challenge_auth(b'{"status":"400","schemes":"Bearer"}')
        self._store.hear(self.number, "answer", "" if answer in (b"", MISSING) else "something")
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a copy, unless the script has other plans."""
        fault = self._script.take("BODY") or Fault("BODY")
        if fault.store and not fault.reply.startswith(("4", "5")):
            login: Any = session.auth_data
            user = login.login.decode() if login else ""
            self._store.keep(self.number, user, envelope)
        await self._survives(Fault("BODY", delay=fault.delay, drop=fault.drop))
        return fault.reply or "250 2.0.0 taken"


def _authenticator(user: str, password: str) -> Callable[..., AuthResult]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=data)

    return check


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=("none", "starttls", "direct"), default="none")
    parser.add_argument("--certificate", default="good")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--bearer", default="", help="the token of OAuth2 that lets the user in")
    parser.add_argument("--idle", type=float, default=300.0)
    parser.add_argument("--no-utf8", action="store_true")
    return parser.parse_args()


def _options(arguments: argparse.Namespace, context: ssl.SSLContext | None) -> dict[str, Any]:
    login = {
        "authenticator": _authenticator(arguments.user, arguments.password),
        "auth_required": True,
        "auth_require_tls": arguments.tls == "starttls",
    }
    return {
        "hostname": "sink.example",
        "timeout": arguments.idle,
        "enable_SMTPUTF8": not arguments.no_utf8,
        "tls_context": context if arguments.tls == "starttls" else None,
        "require_starttls": arguments.tls == "starttls",
        "auth_exclude_mechanism": {"LOGIN", "PLAIN", "XOAUTH2"} - _mechanisms(arguments),
        **(login if arguments.user else {}),
    }


def _mechanisms(arguments: argparse.Namespace) -> set[str]:
    passwords = {"LOGIN", "PLAIN"} if arguments.password else set()
    return passwords | ({"XOAUTH2"} if arguments.bearer else set())


async def _serve(arguments: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    context = None
    if arguments.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{arguments.certificate}.pem")
    script, store = Script(arguments.folder / "faults.json"), Store(arguments.folder)
    server = await loop.create_server(
        lambda: Conversation(
            script, store, arguments.user, arguments.bearer, loop=loop, **_options(arguments, context)
        ),
        "127.0.0.1",
        arguments.port,
        ssl=context if arguments.tls == "direct" else None,
    )
    done = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), done.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await done.wait()


def write_faults(folder: Path, faults: list[Fault]) -> None:
    """Put a script in force at once and whole."""
    fresh = folder / "faults.new"
    fresh.write_text(json.dumps([asdict(fault) for fault in faults]))
    fresh.replace(folder / "faults.json")


if __name__ == "__main__":
    asyncio.run(_serve(_arguments()))
