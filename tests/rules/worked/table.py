"""The shape of a table of deadlines worked out by hand."""

from dataclasses import dataclass
from datetime import date

from tests.rules.worked.day_walk import Walked
from tracker.rules.deadlines import Certainty
from tracker.rules.readings import Nature

BY, NOT_BEFORE, UNTIL, STATE = Nature.BY, Nature.NOT_BEFORE, Nature.UNTIL, Nature.STATE
CONFIRMED, UNCONFIRMED, PROJECTED = Certainty.CONFIRMED, Certainty.UNCONFIRMED, Certainty.PROJECTED

TODAY = date(2026, 11, 22)
"""The day on which every table is read."""


@dataclass(frozen=True)
class Row:
    """One deadline as a lawyer would write it down: its dates, the readings beside the legal one, and why."""

    key: str
    nature: Nature
    legal: date | None
    act_by: date | None
    because: str
    walk: Walked | None = None
    send_by: date | None = None
    target: date | None = None
    beside: tuple[date, ...] = ()
    """What else the words may mean."""
    certainty: Certainty = CONFIRMED
    provisional: tuple[int, ...] = ()

    @property
    def readings(self) -> set[date]:
        return {*self.beside} | ({self.legal} if self.legal else set())


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def row(
    key: str,
    nature: Nature,
    legal: str,
    act_by: str,
    walk: Walked | None,
    because: str,
    *,
    send_by: str = "",
    target: str = "",
    beside: str = "",
    certainty: Certainty = CONFIRMED,
    provisional: tuple[int, ...] = (),
) -> Row:
    """A row with its dates as text; `beside` holds several, parted by spaces."""
    others = tuple(date.fromisoformat(part) for part in beside.split())
    return Row(
        key, nature, day(legal), day(act_by), because, walk, day(send_by), day(target), others, certainty, provisional
    )
