"""The composition root: chooses the real parts, once."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.actions.kinds import OWN_KINDS
from tracker.ports.clock import Clock, SystemClock
from tracker.ports.files import Files
from tracker.ports.letterbox import FileMailer
from tracker.ports.mailer import Mailer
from tracker.ports.secret_file import make_private_folder
from tracker.ports.smtp import SmtpMailer
from tracker.records.database import Database
from tracker.records.migrate import upgrade
from tracker.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Tracker:
    """The product, put together: what every door is handed."""

    settings: Settings
    clock: Clock
    database: Database
    mailer: Mailer
    files: Files

    def transaction(self) -> AbstractContextManager[Session]:
        """One unit of work."""
        return self.database.transaction()

    def reading(self) -> AbstractContextManager[Session]:
        """One consistent look at what is stored."""
        return self.database.reading()

    def folder(self, name: str) -> Path:
        """A private folder of the instance, made when first asked for."""
        return make_private_folder(self.settings.instance / name)

    def migrate(self) -> None:
        """Bring the database to the newest shape."""
        upgrade(self.database)

    def close(self) -> None:
        self.database.dispose()


def wire(environment: Mapping[str, str], clock: Clock | None = None) -> Tracker:
    """The real product for this environment. Raises SettingsError."""
    return assemble(read_settings(environment), clock or SystemClock())


def assemble(settings: Settings, clock: Clock) -> Tracker:
    """The product from given settings; nothing is opened before it is used."""
    return Tracker(
        settings=settings,
        clock=clock,
        database=Database(settings.database_url, {OWN_KINDS: settings.own_kinds}),
        mailer=_mailer(settings),
        files=Files(settings.instance / "evidence"),
    )


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp is None:
        return FileMailer(settings.instance / "mail")
    return SmtpMailer(settings.smtp)
