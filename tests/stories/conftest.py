"""A team at work in the browser, on each database: contracts come in, things happen, days are seen and logged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.support.office import at, people
from tests.web.conftest import Office, build, csrf, text_of
from tests.web.test_completion import seen
from tracker.actions.sign_in import open_visit
from tracker.chores import Chores
from tracker.ports.clock import FixedClock
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Person


@dataclass
class Team:
    """An office with the cast in it, and Ana's browser."""

    office: Office
    ana: FlaskClient
    token: str

    # ----------------------------------------------------------------- time

    def turn_to(self, day: date | str) -> None:
        """Nine in the morning of that day, and never back; Ana signs in again, as her visit may be over."""
        self.office.clock.turn_to(max(self.office.clock.now(), at(str(day))))
        with self.office.tracker.transaction() as session, self.ana.session_transaction() as kept:
            ana = session.get_one(Person, self.office.people["Ana"])
            kept["visit"] = open_visit(session, ana, agent="test", now=self.office.clock.now())

    def passes(self, day: str) -> None:
        """Time passes, and the chores are done."""
        self.turn_to(day)
        Chores(self.office.tracker, "http://localhost").plan()

    # ------------------------------------------------------------ contracts

    def record(self, document: dict[str, Any]) -> int:
        return self.office.record(document)

    def happens(self, contract: int, kind: str, day: str, **more: str) -> str:
        """Record a fact on the day it happens, confirming what the page asks about; answers what the page then says."""
        self.turn_to(day)
        typed = {"kind": kind, "day": day, "by": "", "how": "", **more}
        answer = self.send(f"/contracts/{contract}/facts", **typed)
        if answer.status_code in (200, 422):
            answer = self.send(f"/contracts/{contract}/facts", **typed, confirmed=seen(answer))
        assert answer.status_code == 303, text_of(answer)
        assert answer.location == f"/contracts/{contract}"
        return self.read(answer.location)

    def is_asked(self, contract: int, kind: str, day: str, **more: str) -> str:
        """What the page asks before such a fact is recorded on its day; it is not recorded."""
        self.turn_to(day)
        answer = self.send(f"/contracts/{contract}/facts", kind=kind, day=day, by="", how="", **more)
        assert answer.status_code == 422
        return unescape(text_of(answer))

    # ------------------------------------------------------------ deadlines

    def deadline(self, contract: int, key: str) -> Deadline:
        with self.office.tracker.reading() as session:
            query = select(Deadline).where(Deadline.contract_id == contract, Deadline.key == key)
            return session.scalars(query.options(selectinload(Deadline.completions))).one()

    def keys(self, contract: int) -> list[str]:
        """The keys of what has not been withdrawn."""
        with self.office.tracker.reading() as session:
            query = select(Deadline.key).where(Deadline.contract_id == contract, Deadline.state != State.WITHDRAWN)
            return list(session.scalars(query.order_by(Deadline.key)))

    def days(self, contract: int) -> dict[str, str]:
        """The legal days by key of what has not been withdrawn; empty where none is known."""
        with self.office.tracker.reading() as session:
            query = select(Deadline).where(Deadline.contract_id == contract, Deadline.state != State.WITHDRAWN)
            return {row.key: str(row.legal or "") for row in session.scalars(query)}

    def page(self, contract: int, key: str) -> str:
        """What the page of a deadline shows."""
        return self.read(f"/obligations/{self.deadline(contract, key).id}")

    def log(self, contract: int, key: str, done_on: date | str, **more: Any) -> str:
        """Log a completion in the browser, not before that day; answers the page that follows."""
        self.turn_to(done_on)
        path = f"/obligations/{self.deadline(contract, key).id}"
        submission = re.search(r'name="submission" value="([^"]+)"', self.read(f"{path}/log"))
        assert submission is not None
        answer = self.send(f"{path}/log", submission=submission[1], done_on=str(done_on), **more)
        assert answer.status_code == 303, text_of(answer)
        return self.read(path)

    def legal(self, contract: int, key: str) -> str:
        return str(self.deadline(contract, key).legal)

    # -------------------------------------------------------------- browser

    def read(self, path: str) -> str:
        answer = self.ana.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return unescape(text_of(answer))

    def send(self, path: str, **fields: Any) -> Any:
        return self.ana.post(path, data={"csrf_token": self.token, **fields})


@pytest.fixture
def team(database_url: str, tmp_path: Path) -> Iterator[Team]:
    """The cast on the morning of 6 January 2026, on each database."""
    clock = FixedClock(at("2026-01-06"))
    office = build(database_url, tmp_path / "instance", clock)
    people(office.tracker, clock.now())
    with office.tracker.reading() as session:
        office.people = {person.name: person.id for person in session.scalars(select(Person))}
    ana = office.sit("Ana")
    yield Team(office, ana, csrf(ana))
    office.tracker.close()
