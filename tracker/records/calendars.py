"""Working days that this installation knows beyond its package of holidays."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.records.base import Base


class CalendarYear(Base):
    """A year's official arrangement that somebody entered."""

    __tablename__ = "calendar_year"

    place: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime]


class CalendarDay(Base):
    """A day off or a day worked: of a place's entered year, or (place empty) of the organisation's own."""

    __tablename__ = "calendar_day"

    place: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_open: Mapped[bool]
    name: Mapped[str] = mapped_column(default="")
