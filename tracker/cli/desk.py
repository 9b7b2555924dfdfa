"""What every command finds on its desk: the wired product, on whose behalf it acts, the instant, and words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded when first needed: `tracker --help` must answer at once
    from sqlalchemy.orm import Session

    from tracker.actions.actor import Actor
    from tracker.ports.clock import Clock
    from tracker.render.texts import Texts
    from tracker.wiring import Tracker


@dataclass
class Desk:
    """Put together as it is used. Nothing is opened before a command asks for it."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Clock | None = None
    email: str | None = None
    """Whom to act as; None is the operator."""
    language: str | None = None

    @cached_property
    def words(self) -> Texts:
        """Texts in the language asked for, else in that of the environment."""
        from tracker.render.texts import texts

        return texts(self.language or _language_of(self.environment))

    @cached_property
    def tracker(self) -> Tracker:
        """The product; a new database is given its tables. Raises SettingsError."""
        from tracker.records.migrate import is_new
        from tracker.wiring import wire

        tracker = wire(self.environment, self.clock)
        if is_new(tracker.database):
            tracker.migrate()
        return tracker

    @property
    def has_instance(self) -> bool:
        """Whether there is one already; looking makes none."""
        return Path(self.environment.get("TRACKER_INSTANCE", "instance")).is_dir()

    @cached_property
    def now(self) -> datetime:
        """The instant of this command."""
        return self.tracker.clock.now()

    @cached_property
    def today(self) -> date:
        """The organisation's day."""
        from sqlalchemy import select

        from tracker.ports.clock import day_in
        from tracker.records.people import Organisation

        with self.tracker.reading() as session:
            zone = session.scalar(select(Organisation.zone)) or self.tracker.settings.timezone
        return day_in(zone, self.now)

    @cached_property
    def actor(self) -> Actor:
        """On whose behalf the command is run. Raises Refused for an address that nobody here has."""
        from tracker.actions.access import acting
        from tracker.actions.actor import OPERATOR
        from tracker.actions.people import person_at

        if self.email is None:
            return OPERATOR
        with self.tracker.reading() as session:
            return acting(person_at(session, self.email, "--as"), OPERATOR.channel)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One unit of work, on an instance that has its organisation."""
        from tracker.actions.first_run import Defaults, has_organisation, set_up_organisation

        actor = self.actor
        with self.tracker.transaction() as session:
            if actor.is_operator and not has_organisation(session):
                name = self.words.gettext("Our organisation")
                zone = self.tracker.settings.timezone
                defaults = Defaults(organisation=name, language=self.words.language, zone=zone, calendar="CN")
                set_up_organisation(session, defaults, now=self.now)
            yield session

    def address(self, path: str) -> str:
        """Where the web app answers `path`; the path alone where only the server knows its port."""
        settings = self.tracker.settings
        if settings.base_url:
            return settings.base_url + path
        return f"http://{settings.host}:{settings.port}{path}" if settings.port else path


def _language_of(environment: Mapping[str, str]) -> str:
    """The language of the POSIX locale variables."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "").lower()
    if not locale.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in locale for part in ("tw", "hk", "mo", "hant")) else "zh-Hans"
