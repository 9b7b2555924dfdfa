"""Mail through yagmail, which connects, verifies and logs in; the letter itself is handed over step by step.

The only file that knows yagmail. Its own ``send`` is never called: when the connection breaks after the letter was
handed over it silently sends it again, up to three copies, and then reports nothing but ``False``. Nor does it ever
see a prompt: user and password are always given, or login is skipped. Its own way through OAuth2 is not gone either: it
would wait for a token for ever, send it unencrypted on port 587, and take a refusal for a success.
"""

import json
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import yagmail
from yagmail.oauth2 import command_to_url, generate_oauth2_string

from tracker.ports.mailer import (
    Envelope,
    HaltFailure,
    MailFailure,
    Receipt,
    Stage,
    TransientFailure,
    UnknownOutcome,
    failure,
    readable,
)
from tracker.ports.smtp_settings import OAuth2Account, Security, SmtpSettings
from tracker.ports.smtp_steps import Patience, answers, hand_over, reset

_LONGEST_ANSWER = 65_536
_WORD = re.compile(r"[a-z_]{1,40}")
_TOKEN = re.compile(r"[\x21-\x7e]+")


class SmtpMailer:
    """Hands letters to one mail server. Connections share nothing, so each thread may open its own."""

    def __init__(
        self, settings: SmtpSettings, *, context: ssl.SSLContext | None = None, patience: Patience | None = None
    ) -> None:
        self._settings = settings
        self._context = context or ssl.create_default_context()
        self._patience = patience or Patience()

    @contextmanager
    def connection(self) -> Iterator["SmtpLine"]:
        """A line that connects at the first letter and says QUIT at the end."""
        line = SmtpLine(self._settings, self._context, self._patience)
        try:
            yield line
        finally:
            line.close()


class SmtpLine:
    """One logged-in connection, replaced when it has gone stale. Not for two threads at once."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext, patience: Patience) -> None:
        self._settings = settings
        self._context = context
        self._patience = patience
        self._client: yagmail.Client | None = None
        self._opened = self._used = 0.0

    def ready(self) -> bool:
        """Whether the connection in hand can be trusted with a letter; one that cannot is closed."""
        if self._client is None:
            return False
        now = time.monotonic()
        idle, age = now - self._used, now - self._opened
        if age < self._patience.keep_for and (idle < self._patience.check_after or answers(self._client.smtp)):
            return True
        self.close()
        return False

    def open(self) -> None:
        """Connect, verify and log in; see `tracker.ports.mailer.Line`."""
        if not self.ready():
            self._client = _connected(self._settings, self._context, self._patience.step)
            self._opened = self._used = time.monotonic()

    def send(self, envelope: Envelope) -> Receipt:
        """Hand in one letter, one attempt; see `tracker.ports.mailer.Line`."""
        self.open()
        assert self._client is not None
        try:
            return hand_over(self._client.smtp, envelope, self._patience)
        except MailFailure as problem:
            self._recover(self._client, problem)
            raise
        finally:
            self._used = time.monotonic()

    def close(self) -> None:
        """Say goodbye; what the server makes of it no longer matters."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(OSError):
            client.close()
        _hang_up(client)

    def _recover(self, client: yagmail.Client, problem: MailFailure) -> None:
        """After a refusal the same connection serves the next letter, if RSET says so; otherwise it is dropped."""
        if isinstance(problem, UnknownOutcome) or problem.code in (None, 421) or not reset(client.smtp):
            self._client = None
            _hang_up(client)


def _connected(settings: SmtpSettings, context: ssl.SSLContext, timeout: float) -> yagmail.Client:
    token = _token(settings.oauth2, timeout) if settings.oauth2 else ""
    client = _client(settings, context, timeout)
    try:
        client.login()
        client.smtp.ehlo_or_helo_if_needed()
        if settings.oauth2:
            _sign_in(client.smtp, settings.user, token)
        # The final dot leaves by itself; without this it would wait 40 ms for the letter to be acknowledged.
        client.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except MailFailure:
        _hang_up(client)
        raise
    except OSError as error:
        problem = _connecting_failed(client.smtp, error)
        _hang_up(client)
        raise problem from error
    return client


def _client(settings: SmtpSettings, context: ssl.SSLContext, timeout: float) -> yagmail.Client:
    # The user goes in as a mapping, since a bare "apikey" would become apikey@gmail.com; the password is never None,
    # which would ask for it on the terminal. Without these contexts yagmail checks no certificate at all.
    direct = settings.security is Security.TLS
    client = yagmail.Client(
        user={settings.user: settings.user},
        password=settings.password,
        host=settings.host,
        port=settings.port,
        smtp_ssl=direct,
        smtp_starttls={"context": context} if settings.security is Security.STARTTLS else False,
        smtp_skip_login=not settings.user or settings.oauth2 is not None,
        soft_email_validation=False,
        timeout=timeout,
        **({"context": context} if direct else {}),
    )
    client.set_logging(None)
    return client


def _token(account: OAuth2Account, timeout: float) -> str:
    """A token that lets us sign in for an hour. Whoever refuses it says in one word why."""
    asked = {
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "refresh_token": account.refresh_token,
        "grant_type": "refresh_token",
    }
    try:
        with urlopen(command_to_url("o/oauth2/token"), urlencode(asked).encode(), timeout=timeout) as answer:  # noqa: S310  yagmail's address of Google
            token = json.loads(answer.read(_LONGEST_ANSWER))["access_token"]
    except HTTPError as error:
        raise _no_token(error) from None
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise TransientFailure(Stage.LOGIN, f"no token was to be had: {type(error).__name__}") from None
    if not _TOKEN.fullmatch(str(token)):
        raise TransientFailure(Stage.LOGIN, "no token was to be had: the answer holds none")
    return str(token)


def _no_token(error: HTTPError) -> MailFailure:
    """Too many questions or a fault of theirs pass; anything else is about what we asked with (RFC 6749 §5.2)."""
    why = ""
    with error, suppress(OSError, ValueError, AttributeError):
        why = str(json.loads(error.read(_LONGEST_ANSWER)).get("error", ""))
    kind = TransientFailure if error.code == 429 or error.code >= 500 else HaltFailure
    said = why if _WORD.fullmatch(why) else error.code
    return kind(Stage.LOGIN, f"the mailbox’s authorisation (OAuth2) was not accepted: {said}")


def _sign_in(smtp: Any, user: str, token: str) -> None:
    """AUTH XOAUTH2. A refusal comes as a challenge (334), to be answered by an empty line before the reply is told."""
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise HaltFailure(Stage.LOGIN, "the server takes no OAuth2 (AUTH XOAUTH2)")
    code, text = smtp.docmd("AUTH", f"XOAUTH2 {generate_oauth2_string(user, token, as_base64=True)}")
    if code == 334:
        code, text = smtp.docmd("")
    if code == 334:
        raise HaltFailure(Stage.LOGIN, "the server asked on instead of letting us in", code)
    if code != 235:
        raise failure(Stage.LOGIN, code, readable(text))


def _connecting_failed(smtp: Any | None, error: OSError) -> MailFailure:
    """The class of whatever yagmail let through while it connected, secured and logged in.

    The library's exceptions are all `OSError`; those that carry a reply have ``smtp_code``. One that carries neither
    a reply nor an errno while the connection still stands is its way to say that the server lacks what we insist on.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return HaltFailure(Stage.TLS, f"certificate not accepted: {error.verify_message}")
    code = getattr(error, "smtp_code", None)
    stage = _stage_of(smtp)
    if isinstance(code, int):
        return failure(stage, code, readable(getattr(error, "smtp_error", "")))
    lost = smtp is None or smtp.sock is None or error.errno is not None or isinstance(error, TimeoutError)
    kind = TransientFailure if lost else HaltFailure
    return kind(stage, str(error) or type(error).__name__)


def _stage_of(smtp: Any | None) -> Stage:
    """How far a connection came: yagmail has no connection to show before the greeting was read."""
    if smtp is None:
        return Stage.CONNECT
    return Stage.LOGIN if isinstance(smtp.sock, ssl.SSLSocket) else Stage.TLS


def _hang_up(client: yagmail.Client) -> None:
    """Close the socket without a word, also where a failed login left it open, and keep yagmail from trying again."""
    client.is_closed = True
    if client.smtp is not None:
        client.smtp.close()
