"""Settings: read from the environment once, checked at start, every problem told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracker.ports.addresses import NoAddress, wire_address
from tracker.ports.oauth2 import oauth2_account, signing_in
from tracker.ports.secret_file import make_private_folder, read_or_make_secret
from tracker.ports.smtp_settings import SmtpSettings, smtp_settings

PREFIX = "TRACKER_"
SHORTEST_SECRET = 20
"""Characters. Whoever holds one link that was signed with less can try what it was signed with, and sign others."""
T = TypeVar("T")


class SettingsError(Exception):
    """What is wrong with the environment: one line a problem, each saying what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives, how the outside reaches us, and how letters leave."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str | None
    """Public address of the web app, without a slash at the end; None where only the server knows its port."""
    host: str
    port: int | None
    smtp: SmtpSettings | None
    mail_from: str
    timezone: str
    metrics_token: str = ""
    """What a program has to show to read the figures at ``/metrics``; without one there are none."""
    bounces: Path | None = None
    """The Maildir folder into which what comes back to the sender's address is delivered."""

    @property
    def own_kinds(self) -> Path:
        """Where the team's own kinds of contract lie; the folder may be missing."""
        return self.instance / "kinds"

    def __repr__(self) -> str:
        return f"Settings(instance={str(self.instance)!r}, base_url={self.base_url!r})"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from `environment`; raises SettingsError with every problem found.

    Each variable may also be given as `..._FILE`, the path of a file that holds its value.
    """
    source = _Source(environment)
    instance = Path(source.text("INSTANCE", "instance")).absolute()
    settings = Settings(
        instance=instance,
        database_url=source.read("DATABASE_URL", f"sqlite:///{instance / 'tracker.db'}", _database_url),
        secret_key=source.read("SECRET_KEY", "", _secret_key),
        base_url=source.read("BASE_URL", "", _base_url) or None,
        host=source.text("HOST", "127.0.0.1"),
        port=source.read("PORT", "", _port),
        smtp=source.read("SMTP_URL", "", lambda url: smtp_settings(url) if url else None),
        mail_from=source.read("MAIL_FROM", "tracker@localhost", _address),
        timezone=source.read("TIMEZONE", "Asia/Shanghai", _zone),
        metrics_token=source.read("METRICS_TOKEN", "", _token),
        bounces=source.read("BOUNCES", "", _maildir),
    )
    settings = replace(settings, smtp=_signing_in(source, settings.smtp))
    if settings.smtp and not source.given("MAIL_FROM"):
        source.problems.append(f"{PREFIX}MAIL_FROM: give the sender's address, because {PREFIX}SMTP_URL is set")
    if source.problems:
        raise SettingsError(source.problems)
    make_private_folder(instance)
    return settings if settings.secret_key else replace(settings, secret_key=_own_secret(instance))


class _Source:
    """Reads values and gathers what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def given(self, name: str) -> bool:
        return any(PREFIX + name + end in self.environment for end in ("", "_FILE"))

    def text(self, name: str, default: str) -> str:
        path = self.environment.get(f"{PREFIX}{name}_FILE")
        if path is None:
            return self.environment.get(PREFIX + name, default)
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            self.problems.append(f"{PREFIX}{name}_FILE: cannot be read ({error.strerror})")
            return default

    def read(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(self.text(name, default))
        except ValueError as error:
            self.problems.append(f"{self.called(name)}: {error}")
            return parse(default)

    def called(self, name: str) -> str:
        """The variable as it was given."""
        return PREFIX + name + ("_FILE" if f"{PREFIX}{name}_FILE" in self.environment else "")


def _signing_in(source: _Source, smtp: SmtpSettings | None) -> SmtpSettings | None:
    """The mail server with the account that a file of yagmail's stands for, if one is given."""
    known = len(source.problems)
    content = source.text("SMTP_OAUTH2", "")
    if not source.given("SMTP_OAUTH2") or len(source.problems) > known:
        return smtp
    try:
        return signing_in(smtp, oauth2_account(content))
    except ValueError as error:
        source.problems.append(f"{source.called('SMTP_OAUTH2')}: {error}")
        return smtp


def _database_url(value: str) -> str:
    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        raise ValueError("write sqlite:///path or postgresql+psycopg://user:password@host/name")
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ValueError("write the address people use, such as https://contracts.example.com")
    return value.rstrip("/")


def _token(value: str) -> str:
    if value and (len(value) < SHORTEST_SECRET or not value.isascii() or not value.isprintable() or " " in value):
        raise ValueError("write at least 20 letters and digits, such as `openssl rand -hex 20` gives")
    return value


def _secret_key(value: str) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError("write at least 20 letters and digits, such as `openssl rand -hex 20` gives")
    return value


def _maildir(value: str) -> Path | None:
    if not value:
        return None
    folder = Path(value).absolute()
    if not all((folder / name).is_dir() for name in ("new", "cur")):
        raise ValueError("write the path of a Maildir folder, which has new and cur in it")
    return folder


def _port(value: str) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError("write a number from 1 to 65535")
    return int(value)


def _address(value: str) -> str:
    try:
        return wire_address(value)
    except NoAddress:
        raise ValueError("write one e-mail address, such as reminders@example.com") from None


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("write an IANA time zone, such as Asia/Shanghai")
    return value


def _own_secret(instance: Path) -> str:
    try:
        return read_or_make_secret(instance / "secret.key")
    except ValueError as error:
        raise SettingsError([f"{instance}: {error}"]) from None
