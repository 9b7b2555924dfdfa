"""The outbox: every letter there was to send, every attempt to send it, and how it ended."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.records.base import Base, Word
from tracker.records.deadlines import Deadline
from tracker.records.people import Person


class LetterState(StrEnum):
    """Where a letter stands. Waiting: gathered, queued, sending, retry, unknown. The others are final."""

    QUEUED = "queued"
    GATHERED = "gathered"
    """Waits to be told in a digest, a letter of its own, whose fate it shares."""
    SENDING = "sending"
    RETRY = "retry"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    SUPERSEDED = "superseded"


class Letter(Base):
    """One letter to one recipient: a reminder, a digest of several, or an alarm."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_state_not_before", "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    """Idempotency key: deadline, due revision, lead, recipient and channel; of a digest, recipient and day."""
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="SET NULL"), index=True)
    """The digest in which it waits to be told, or was."""
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(40))
    lead: Mapped[int]
    """Days before the action day; negative after it."""
    due_revision: Mapped[int]
    facts: Mapped[dict[str, Any]]
    """What the letter says, fixed when it was planned."""
    message: Mapped[bytes | None]
    """The bytes as first rendered; every attempt sends these and no others."""
    message_id: Mapped[str] = mapped_column(String(200), index=True)
    state: Mapped[LetterState] = mapped_column(Word(LetterState), default=LetterState.QUEUED)
    reason: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(100))
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    deadline: Mapped[Deadline | None] = relationship()
    digest: Mapped["Letter | None"] = relationship(remote_side=id)
    person: Mapped[Person | None] = relationship()
    tries: Mapped[list["Attempt"]] = relationship(
        back_populates="letter", cascade="all, delete-orphan", order_by="Attempt.id"
    )

    @property
    def leaves_from(self) -> datetime:
        """The instant from which it may go, by itself or in its digest."""
        gathered = self.state is LetterState.GATHERED and self.digest is not None
        return self.digest.not_before if gathered and self.digest else self.not_before


class Attempt(Base):
    """One try at handing a letter to the mail server, written before the connection is made."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
    fence: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(40), default="")
    reply: Mapped[str] = mapped_column(default="")
    letter: Mapped[Letter] = relationship(back_populates="tries")


class Answering(StrEnum):
    """What one person said to the reminders of a deadline."""

    SNOOZED = "snoozed"
    NOT_MINE = "not_mine"


class Answer(Base):
    """One person's answer to the reminders of a deadline as it stood; a moved day asks anew."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("deadline_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    due_revision: Mapped[int]
    answer: Mapped[Answering] = mapped_column(Word(Answering))
    until: Mapped[date | None]
    """Until when a snooze lasts."""
    at: Mapped[datetime]
