"""An office to work in: the real product on a fresh instance, a clock that stands until it is turned, the cast.

`office` runs each test on SQLite and on PostgreSQL.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from tests.support.cast import CAST
from tracker.actions.access import answering
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.complete import Done, complete
from tracker.actions.contracts import Kept, amend, import_document, register
from tracker.actions.facts import Happened, record_fact
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.people import NewPerson, new_person
from tracker.actions.reschedule import Changes
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Contract, Fact
from tracker.records.deadlines import Completion, Deadline, Evidence, State
from tracker.records.history import History
from tracker.records.people import Person
from tracker.rules.facts import FactKind
from tracker.wiring import Tracker, wire

ZONE = "Asia/Shanghai"
NINE = time(9)


def at(day: str, hour: time = NINE) -> datetime:
    """Nine in the morning of that day in Shanghai."""
    return datetime.combine(date.fromisoformat(day), hour, ZoneInfo(ZONE)).astimezone(UTC)


@dataclass
class Office:
    """The product with people in it, and shorthands for what tests do with it."""

    tracker: Tracker
    clock: FixedClock

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def turn_to(self, day: str) -> None:
        self.clock.turn_to(at(day))

    def wait(self, **time: float) -> None:
        self.clock.turn_to(self.now + timedelta(**time))

    # ------------------------------------------------------------- people

    def actor(self, name: str = "Ana", channel: str = "web") -> Actor:
        with self.tracker.reading() as session:
            return answering(session.scalars(select(Person).where(Person.name == name)).one(), channel)

    def disable(self, name: str) -> None:
        with self.tracker.transaction() as session:
            session.scalars(select(Person).where(Person.name == name)).one().active = False

    # ---------------------------------------------------------- contracts

    def register(self, document: Mapping[str, Any], by: str = "Ana", **more: Any) -> Kept:
        with self.tracker.transaction() as session:
            return register(session, self.actor(by), document, now=self.now, **{"confirmed": True, **more})

    def amend(self, number: str, document: Mapping[str, Any], by: str = "Ana", **more: Any) -> Kept:
        with self.tracker.transaction() as session:
            actor, found = self.actor(by), self.contract(number).id
            return amend(session, actor, found, document, now=self.now, **{"confirmed": True, **more})

    def import_document(self, document: Mapping[str, Any], by: str = "", **more: Any) -> Kept:
        with self.tracker.transaction() as session:
            actor = self.actor(by) if by else OPERATOR
            return import_document(session, actor, document, now=self.now, **{"confirmed": True, **more})

    def contract(self, number: str) -> Contract:
        with self.tracker.reading() as session:
            parts = (selectinload(Contract.facts), selectinload(Contract.parties), selectinload(Contract.clauses))
            return session.scalars(select(Contract).where(Contract.number == number).options(*parts)).one()

    # -------------------------------------------------------------- facts

    def fact(self, number: str, kind: str, day: str, by: str = "Ana", **more: Any) -> tuple[Fact, Changes]:
        happened = Happened(kind=FactKind(kind), day=date.fromisoformat(day), **more)
        with self.tracker.transaction() as session:
            found = self.contract(number).id
            return record_fact(session, self.actor(by), found, happened, now=self.now, confirmed=True)

    # ---------------------------------------------------------- deadlines

    def deadlines(self, number: str) -> dict[str, Deadline]:
        """Every deadline of a contract by key, the withdrawn ones too, with what was done about it."""
        with self.tracker.reading() as session:
            done = selectinload(Deadline.completions).selectinload(Completion.evidence)
            query = select(Deadline).join(Deadline.contract).where(Contract.number == number)
            query = query.options(done, contains_eager(Deadline.contract))
            return {row.key: row for row in session.scalars(query.order_by(Deadline.key))}

    def deadline(self, number: str, key: str) -> Deadline:
        return self.deadlines(number)[key]

    def standing(self, number: str) -> dict[str, str]:
        """The legal days of what has not been withdrawn, by key."""
        rows = self.deadlines(number).values()
        return {row.key: str(row.legal or "") for row in rows if row.state is not State.WITHDRAWN}

    def complete(self, number: str, key: str, done_on: str, by: str = "Ana", **more: Any) -> Completion:
        done = Done(done_on=date.fromisoformat(done_on), **more)
        with self.tracker.transaction() as session:
            found = self.deadline(number, key).id
            return complete(session, self.actor(by), found, done, files=self.tracker.files, now=self.now)

    # -------------------------------------------------------- what remains

    def events(self) -> list[History]:
        with self.tracker.reading() as session:
            return list(session.scalars(select(History).order_by(History.id)))

    def evidence(self) -> list[Evidence]:
        with self.tracker.reading() as session:
            return list(session.scalars(select(Evidence).order_by(Evidence.id)))


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The product on a fresh instance, on 2 March 2026, on each database."""
    clock = FixedClock(at("2026-03-02"))
    environment = {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": database_url}
    tracker = wire(environment, clock)
    made = Office(tracker, clock)
    people(tracker, clock.now())

    yield made
    tracker.close()


def people(tracker: Tracker, now: datetime) -> None:
    """The organisation and the cast."""
    with tracker.transaction() as session:
        set_up_organisation(session, Defaults(organisation="Acme", language="en", zone=ZONE, calendar="CN"), now=now)
        for name, role in CAST.items():
            wanted = NewPerson(email=f"{name.lower()}@acme.example", name=name, role=role)
            new_person(session, wanted, now=now)
