"""Looking at what will be sent, as this or that person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.support.desk import Desk
from tracker.actions.actor import Actor
from tracker.actions.coming import Coming
from tracker.actions.outlook import outlook
from tracker.actions.reach import Span
from tracker.ports.mailer import Envelope, Receipt
from tracker.records.contracts import Access
from tracker.records.people import Role

TODAY = date(2026, 1, 1)
MONTH = Span(TODAY, date(2026, 1, 31))


@dataclass
class Taking:
    """A mail server that takes everything."""

    taken: list[str] = field(default_factory=list)

    @contextmanager
    def connection(self) -> Iterator["Taking"]:
        yield self

    def ready(self) -> bool:
        return True

    def open(self) -> None:
        """There is always a line."""

    def send(self, envelope: Envelope) -> Receipt:
        self.taken.append(envelope.message_id)
        return Receipt(250, "taken")


def actor(desk: Desk, who: str) -> Actor:
    return Actor("web", desk.people[who], Role.ADMIN if who == "Cleo" else Role.EDITOR)


def coming(desk: Desk, span: Span = MONTH, who: str = "Cleo", person: str = "") -> list[Coming]:
    with desk.database.reading() as session:
        chosen = desk.people[person] if person else None
        return list(outlook(session, actor(desk, who), span, desk.clock.now(), person_id=chosen).reminders)


def told(found: list[Coming]) -> list[tuple[str, str, int | None]]:
    """To whom, on which day and how many days before, of what really goes."""
    return [(one.person.name if one.person else "", f"{one.at:%m-%d}", one.lead) for one in found if one.goes]


def closed(desk: Desk, day: str = "2026-01-31", **more: Any) -> int:
    """A deadline of a contract that only Ana may see."""
    return desk.deadline(day, title="Quiet takeover", access=Access.NAMED, backup_id=None, **more)
