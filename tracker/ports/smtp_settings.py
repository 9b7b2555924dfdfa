"""The address of the mail server, as one URL."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit


class Security(StrEnum):
    """How the conversation is protected; the URL's scheme."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class OAuth2Account:
    """A mailbox that is signed in to without its password: what a token of an hour's life is asked for with."""

    user: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Which server takes our letters, and who we are to it. No user: a relay that asks for no login."""

    security: Security
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    oauth2: OAuth2Account | None = field(default=None, repr=False)
    """In place of a password."""

    @property
    def is_this_machine(self) -> bool:
        """Whether what is said to it leaves this machine at all."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def smtp_settings(url: str) -> SmtpSettings:
    """Read ``smtp://host``, ``smtp+starttls://user:password@host:587`` or ``smtps://user:password@host:465``.

    User and password are percent-encoded, an IPv6 host stands in brackets.

    Raises:
        ValueError: with one sentence for the operator, which never repeats any part of the URL after the scheme:
            a password with a stray ``/`` or ``@`` may end up in any part of it.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in list(Security):
        raise ValueError("the mail server's URL starts with smtp://, smtp+starttls:// or smtps://")
    security = Security(parts.scheme)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("the mail server's URL ends after the port; in a password write / ? # as %2F %3F %23")
    user, password = _credentials(parts)
    settings = SmtpSettings(security, _host(parts), _port(parts, security), user, password)
    if user and security is Security.NONE and not settings.is_this_machine:
        raise ValueError("smtp:// would send the password in the clear; use smtp+starttls:// or smtps://")
    return settings


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        sound = bool(host.encode("idna")) and host.isprintable() and " " not in host
    except UnicodeError:
        sound = False
    if not sound:
        raise ValueError("the mail server's URL names no host")
    return host


def _port(parts: SplitResult, security: Security) -> int:
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the mail server's port is a number from 1 to 65535") from None
    if port == 0:
        raise ValueError("the mail server's port is a number from 1 to 65535")
    return port or _PORTS[security]


def _credentials(parts: SplitResult) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("the mail server's URL has a user and a password, or neither")
    # The standard library's login knows no other characters, and its complaint would quote the password.
    if not f"{user}{password}".isascii() or not f"{user}{password}".isprintable():
        raise ValueError("the mail server's user and password are made of printable ASCII characters")
    return user, password
