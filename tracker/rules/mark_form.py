"""What was recorded about deadlines other than that they were met, as plain data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.rules.section import Section, choice, day, line, prose


class Mark(StrEnum):
    """What is recorded."""

    WAIVED = "waived"
    """Nobody insists on it any more."""
    DISPUTED = "disputed"
    """Somebody disputes it; it stays open."""


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """A mark of one deadline; without a `day` it counts from the day it is read."""

    deadline: str
    mark: Mark
    day: date | None
    reason: str


def read_marks(top: Section) -> tuple[MarkDraft, ...]:
    """The marks of the document."""
    return tuple(item for part in top.sections("marks") if (item := _mark(part)))


def _mark(section: Section) -> MarkDraft | None:
    deadline, mark = section.need("deadline", line), section.need("mark", lambda value: choice(value, Mark))
    on, reason = section.read("day", day), section.need("reason", prose)
    section.close()
    return MarkDraft(deadline, mark, on, reason) if deadline and mark and reason else None
