"""Calendar subscriptions. The secret in the address is kept only as its digest."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.records.base import Base, Word
from tracker.records.people import Person


class Detail(StrEnum):
    """How much a feed says about each deadline."""

    FULL = "full"
    TITLES = "titles"
    DATES = "dates"


class Feed(Base):
    """One subscription of one person."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    detail: Mapped[Detail] = mapped_column(Word(Detail), default=Detail.FULL)
    language: Mapped[str] = mapped_column(String(16))
    published_as: Mapped[str | None] = mapped_column(String(120), unique=True)
    """File name under ``instance/published`` where the feed is also written, if it is."""
    created_at: Mapped[datetime]
    rotated_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_fetched_at: Mapped[datetime | None]
    last_agent: Mapped[str] = mapped_column(default="")
    hits: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person] = relationship()
