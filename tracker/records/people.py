"""Who uses the product: the organisation, its people, and their signed-in sessions."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.records.base import Base, Word
from tracker.rules.digests import Rhythm


class Role(StrEnum):
    """What a person may do at most; what they may see is decided contract by contract."""

    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"
    RECIPIENT = "recipient"
    """Cannot sign in: gets letters of the contracts that name them, and answers by the links in those."""


class Organisation(Base):
    """The one organisation this installation serves, and its defaults."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    installation: Mapped[str] = mapped_column(String(32))
    """Random name given once; it is part of every calendar UID and so must survive moves and restores."""
    name: Mapped[str]
    language: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    """IANA time zone in which a day begins and ends for this organisation."""
    calendar: Mapped[str] = mapped_column(String(32))
    """Working-day calendar used where a contract names none, such as ``CN`` or ``GB-ENG``."""
    ladders: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ladders of reminders by code of obligation, where they differ from the product's own."""
    held_since: Mapped[datetime | None]
    """Set when a backup was restored: no letter leaves until an administrator releases the outbox."""
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody who receives reminders and, unless a mere recipient, may sign in and own contracts."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Kept in lower case."""
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(Word(Role))
    language: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str | None] = mapped_column(String(64))
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """Who hears of what this person leaves unanswered."""
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """Who gets this person's reminders as well from `away_from` to `away_until`."""
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    quiet_from: Mapped[time | None]
    """Local time from which no letter is sent, until `quiet_until`; past midnight where it is the later of the two."""
    quiet_until: Mapped[time | None]
    working_days_only: Mapped[bool] = mapped_column(default=False)
    calendar: Mapped[str | None] = mapped_column(String(32))
    """Working days of this person; the organisation's where it is empty."""
    digest: Mapped[Rhythm] = mapped_column(Word(Rhythm), default=Rhythm.NEVER)
    """How often the reminders that are not urgent come together in one letter."""
    muted: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of obligations of which this person wants no reminders."""
    calendar_files: Mapped[bool] = mapped_column(default=True)
    """Whether the first letter about a deadline brings it as a calendar file."""
    bounced_at: Mapped[datetime | None]
    """Since when the address is known to take no letters; nothing is sent to it until somebody puts it right."""
    bounce: Mapped[str] = mapped_column(default="")
    """What the server said when it came back."""
    created_at: Mapped[datetime]
    sessions: Mapped[list["SignIn"]] = relationship(back_populates="person", cascade="all, delete-orphan")


class SignIn(Base):
    """A signed-in browser. Only the digest of its cookie is kept."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship(back_populates="sessions")


class Invitation(Base):
    """A single-use link: the first administrator's welcome, an invitation, or a new password."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """Whose password it sets; None makes the first administrator."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
