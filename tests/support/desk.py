"""A desk to send reminders from: an organisation, its people, contracts with deadlines, and the outbox.

Ana owns, Ben stands in for her, Cleo must see nothing of a closed contract.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from tests.support.databases import SqliteFolder, address
from tracker.actions.deliver import Postman
from tracker.actions.letterhead import Letterhead
from tracker.actions.remind import plan_reminders
from tracker.actions.reschedule import first_reminder
from tracker.ports.clock import FixedClock
from tracker.ports.mailer import Mailer
from tracker.ports.smtp import SmtpMailer
from tracker.ports.smtp_settings import smtp_settings
from tracker.ports.smtp_steps import Patience
from tracker.records.contracts import Access, Contract, Party
from tracker.records.database import Database
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person, Role
from tracker.rules.codes import CODES
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side

NINE_IN_SHANGHAI = 1  # o'clock UTC
HEAD = Letterhead("desk@acme.example", "https://tracker.example", "a secret of the desk")
QUICK = Patience(step=5.0, final=5.0)


def morning(day: date | str) -> datetime:
    """One minute past nine in Shanghai."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(day.year, day.month, day.day, NINE_IN_SHANGHAI, 1, tzinfo=UTC)


@dataclass
class Desk:
    """A database with an organisation in it, and shorthands for what happens at the desk."""

    database: Database
    clock: FixedClock
    people: dict[str, int] = field(default_factory=dict)

    def deadline(self, day: date | str, code: str = "renewal-intention", **more: Any) -> int:
        """A deadline of a contract of Ana's, with Ben behind her; answers its id."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        contract_values = {
            name: more.pop(name) for name in ("title", "access", "owner_id", "backup_id") if name in more
        }
        with self.database.transaction() as session:
            row = _deadline(self._contract(session, **contract_values), code, day, self.clock.now(), more)
            session.add(row)
            session.flush()
            row.remind_on = first_reminder(row)
            return row.id

    def _contract(self, session: Session, **more: Any) -> Contract:
        number = (session.scalar(select(func.max(Contract.id))) or 0) + 1
        values: dict[str, Any] = {
            "uid": f"c{number:08}",
            "number": f"2026-{number}",
            "title": "Office lease",
            "kind": "general",
            "language": "en",
            "access": Access.ORGANISATION,
            "owner_id": self.people["Ana"],
            "backup_id": self.people["Ben"],
            "preset": "plain",
            # Its deadlines are put there by hand: neither time nor working days that become known shall recount them.
            "calendar": "NONE",
            "zone": "Asia/Shanghai",
            "scheduled_to": date.max,
            "created_at": self.clock.now(),
            "changed_at": self.clock.now(),
        }
        parties = [
            Party(position=1, role="A", name="Acme", is_us=True),
            Party(position=2, role="B", name="Hualong Trading", is_us=False),
        ]
        contract = Contract(**(values | more), parties=parties)
        session.add(contract)
        session.flush()
        return contract

    def change(self, deadline_id: int, **values: Any) -> None:
        """Set columns of a deadline as the actions that change it do: a revision for every move and reopening."""
        with self.database.transaction() as session:
            row = session.get_one(Deadline, deadline_id)
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1
            row.modified_at = self.clock.now()
            row.remind_on = first_reminder(row)

    def person(self, who: str, /, **values: Any) -> None:
        """Change a person."""
        with self.database.transaction() as session:
            row = session.get_one(Person, self.people[who])
            for column, value in values.items():
                setattr(row, column, value)

    def plan(self) -> int:
        """Plan until nothing is left to plan; how many deadlines were looked at."""
        looked_at = 0
        while True:
            with self.database.transaction() as session:
                found = plan_reminders(session, domain=HEAD.domain, now=self.clock.now())
            looked_at += found
            if not found:
                return looked_at

    def postman(self, mailer: Mailer, worker: str = "worker", **more: Any) -> Postman:
        return Postman(self.database.transaction, mailer, self.clock, HEAD, worker, **more)

    def tick(self, mailer: Mailer) -> Counter[LetterState]:
        """Plan and deliver."""
        self.plan()
        return self.postman(mailer).deliver()

    def later(self, **by: float) -> None:
        """Let time pass: ``later(minutes=16)``."""
        self.clock.turn_to(self.clock.now() + timedelta(**by))

    @property
    def letters(self) -> list[Letter]:
        """Every letter, in order, with its attempts."""
        with self.database.reading() as session:
            letters = list(session.scalars(select(Letter).order_by(Letter.id)))
            for letter in letters:
                _ = letter.tries, letter.person
            return letters

    def states(self, *, to: str = "Ana") -> list[tuple[int, str, str]]:
        """Lead, state and reason of every letter to a person."""
        mine = [letter for letter in self.letters if letter.person_id == self.people[to]]
        return [(letter.lead, letter.state.value, letter.reason) for letter in mine]

    def tally(self) -> Counter[str]:
        return Counter(letter.state.value for letter in self.letters)


def _deadline(contract: Contract, code: str, day: date, now: datetime, more: dict[str, Any]) -> Deadline:
    values: dict[str, Any] = {
        "contract": contract,
        "key": f"{code}:1",
        "clause_key": "renewal",
        "code": code,
        "occurrence": "1",
        "side": Side.US,
        "nature": CODES[code].nature,
        "legal": day,
        "act_by": day,
        "action_day": day,
        "certainty": Certainty.CONFIRMED,
        "provisional": [],
        "explanation": {"steps": [], "safe_steps": [], "send_steps": [], "readings": [], "waits_for": None},
        "state": State.OPEN,
        "revision": 1,
        "created_at": now,
        "modified_at": now,
    }
    return Deadline(**(values | more))


def furnish(database: Database, clock: FixedClock, zone: str = "Asia/Shanghai") -> Desk:
    """An organisation in that zone with Ana, Ben and Cleo the administrator."""
    desk = Desk(database, clock)
    with database.transaction() as session:
        session.add(
            Organisation(
                installation="5f0c2a", name="Acme", language="en", zone=zone, calendar="CN", created_at=clock.now()
            )
        )
        for name, role in (("Ana", Role.EDITOR), ("Ben", Role.EDITOR), ("Cleo", Role.ADMIN)):
            email = f"{name.lower()}@acme.example"
            person = Person(email=email, name=name, role=role, language="en", created_at=clock.now())
            session.add(person)
            session.flush()
            desk.people[name] = person.id
    return desk


def mail_to(url: str, patience: Patience = QUICK) -> SmtpMailer:
    """The real transport to the sink at that address."""
    return SmtpMailer(smtp_settings(url), patience=patience)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A desk on each database, on the morning of 1 January 2026."""
    database = Database(database_url)
    yield furnish(database, FixedClock(morning("2026-01-01")))
    database.dispose()


@pytest.fixture
def empty_desk(database_url: str) -> Iterator[Desk]:
    """A database before the first run: no organisation, no people."""
    database = Database(database_url)
    yield Desk(database, FixedClock(morning("2026-01-01")))
    database.dispose()


@pytest.fixture
def sqlite_desk(sqlite: SqliteFolder, sqlite_template: URL) -> Iterator[Desk]:
    """A desk on SQLite alone, for what does not depend on the database."""
    database = Database(address(sqlite.create(sqlite_template)))
    yield furnish(database, FixedClock(morning("2026-01-01")))
    database.dispose()
