"""The reminders of a deadline as somebody with pencil and paper keeps them, for the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_DAY = date(2026, 1, 1)
TWO_YEARS = 730
BEFORE_NOTICE, BEFORE_OTHERS, AFTERWARDS = (90, 60, 30, 14, 7, 3, 1), (30, 7, 1), (1, 3, 7)
LEADS = {"renewal-intention": BEFORE_NOTICE, "report": BEFORE_OTHERS, "confidentiality-end": BEFORE_OTHERS}
ASKED_AFTER = {"renewal-intention", "report"}


@dataclass
class Model:
    """One deadline as somebody with pencil and paper keeps it."""

    number: int
    code: str
    day: date
    revision: int = 1
    is_open: bool = True
    due: set[tuple[int, int, str]] = field(default_factory=set)
    """Revision, days left by the ladder, person: every reminder that somebody had to hear of."""
    days: dict[int, date] = field(default_factory=dict)
    """The action day of each revision."""

    def __post_init__(self) -> None:
        self.days[self.revision] = self.day

    def change(self, days: int = 0) -> None:
        self.day += timedelta(days)
        self.revision += 1
        self.days[self.revision] = self.day

    def note(self, today: date, people: set[str]) -> None:
        """Write down the reminder that is the latest on the ladder by today, for those who are here to hear it."""
        come = [day for day in self.ladder_days(today) if day <= today]
        if not self.is_open or not come:
            return
        lead = (self.day - max(come)).days
        if not any(revision == self.revision and said <= lead for revision, said, _person in self.due):
            self.due |= {(self.revision, lead, person) for person in people}

    def ladder_days(self, today: date) -> Iterator[date]:
        yield from (self.day - timedelta(lead) for lead in LEADS[self.code])
        if self.code in ASKED_AFTER:
            yield from (self.day + timedelta(late) for late in AFTERWARDS)
            week = self.day + timedelta(14)
            while week <= today:
                yield week
                week += timedelta(7)
