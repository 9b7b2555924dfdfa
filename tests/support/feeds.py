"""A small organisation for feed tests: Ana owns, Ben is on the team, Cleo must see nothing of the closed contract."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import icalendar
import pytest
from sqlalchemy.orm import Session
from waitress.server import create_server

from tracker.actions.access import acting
from tracker.actions.actor import Actor
from tracker.actions.feed_reading import FeedAnswer, Fragments, read_feed
from tracker.actions.feeds import Issued, NewFeed, create_feed
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Access, Contract, Grant, Party
from tracker.records.database import Database
from tracker.records.deadlines import Deadline
from tracker.records.people import Organisation, Person, Role
from tracker.render.lint import lint
from tracker.rules.counting import Nature
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
from tracker.settings import Settings
from tracker.wiring import Tracker, assemble

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
BASE = "https://tracker.example"


@dataclass(frozen=True)
class Shown:
    """An event as a calendar reads it."""

    uid: str
    day: date
    title: str
    description: str
    url: str
    status: str
    sequence: int
    stamp: datetime
    modified: datetime


def shown(data: bytes) -> list[Shown]:
    """The events of a feed that has no fault."""
    assert lint(data) == []
    return [_shown(event) for event in icalendar.Calendar.from_ical(data).events]


def _shown(event: icalendar.Event) -> Shown:
    return Shown(
        uid=str(event["UID"]),
        day=event.start,
        title=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        url=str(event.get("URL", "")),
        status=str(event["STATUS"]),
        sequence=event.sequence,
        stamp=event.stamp,
        modified=event.last_modified,
    )


@dataclass
class World:
    """The database and shorthands for what tests do with it."""

    database: Database

    def actor(self, name: str) -> Actor:
        with self.database.reading() as session:
            return acting(session.query(Person).filter_by(name=name).one(), "web")

    def subscribe(self, name: str, wanted: NewFeed | None = None) -> Issued:
        with self.database.transaction() as session:
            return create_feed(session, self.actor(name), wanted or NewFeed(label=f"{name}'s deadlines"), now=NOW)

    def read(self, token: str, now: datetime = NOW, **more: Any) -> FeedAnswer:
        with self.database.reading() as session:
            return read_feed(session, token, now=now, **{"base_url": BASE, "fragments": Fragments(), **more})

    def change(self, number: str, **values: object) -> None:
        """Set columns of every deadline of a contract, as an action that changes what is seen does."""
        with self.database.transaction() as session:
            for deadline in session.query(Deadline).join(Deadline.contract).filter(Contract.number == number):
                for name, value in values.items():
                    setattr(deadline, name, value)
                deadline.sequence += 1
                deadline.modified_at = NOW + timedelta(minutes=deadline.sequence)


@pytest.fixture
def feed_world(database_url: str) -> Iterator[World]:
    """The small organisation, on each database."""
    database = Database(database_url)
    yield furnish(database)
    database.dispose()


def furnish(database: Database) -> World:
    """The open contract L-1 with one deadline, and the closed S-2 of Ana and Ben with two."""
    with database.transaction() as session:
        session.add(
            Organisation(
                installation="5f0c2a", name="Acme", language="en", zone="Asia/Shanghai", calendar="CN", created_at=NOW
            )
        )
        ana, ben, _cleo = (_person(session, name, role) for name, role in _CAST)
        lease = _contract(session, "L-1", "Office lease", ana, kind="lease")
        _deadline(session, lease, "end:notice", "renewal-intention", date(2026, 6, 30))
        sale = _contract(session, "S-2", "Sale of the northern branch", ana, kind="transfer", access=Access.NAMED)
        sale.grants.append(Grant(person=ben))
        _deadline(session, sale, "price:1", "payment", date(2026, 5, 29), side=Side.THEM)
        _deadline(session, sale, "secrets:end", "confidentiality-end", date(2029, 2, 28))
    return World(database)


_CAST = (("Ana", Role.EDITOR), ("Ben", Role.EDITOR), ("Cleo", Role.ADMIN))


def _person(session: Session, name: str, role: Role) -> Person:
    person = Person(email=f"{name.lower()}@acme.example", name=name, role=role, language="en", created_at=NOW)
    session.add(person)
    session.flush()
    return person


def _contract(session: Session, number: str, title: str, owner: Person, **more: Any) -> Contract:
    contract = Contract(
        uid=number.lower().replace("-", "") * 4,
        number=number,
        title=title,
        language="en",
        owner=owner,
        preset="plain",
        calendar="CN",
        zone="Asia/Shanghai",
        created_at=NOW,
        changed_at=NOW,
        parties=[
            Party(position=1, role="A", name="Acme", is_us=True),
            Party(position=2, role="B", name="Hualong Trading", is_us=False),
        ],
        **more,
    )
    session.add(contract)
    return contract


def _deadline(session: Session, contract: Contract, key: str, code: str, day: date, **more: Any) -> None:
    session.add(deadline_row(contract, key, code, day, **more))
    session.flush()


def deadline_row(contract: Contract, key: str, code: str, day: date, **more: Any) -> Deadline:
    """A deadline whose action day is its legal day."""
    values: dict[str, Any] = {
        "contract": contract,
        "key": key,
        "clause_key": key.partition(":")[0],
        "code": code,
        "occurrence": key.partition(":")[2],
        "side": Side.US,
        "nature": Nature.BY,
        "legal": day,
        "act_by": day,
        "action_day": day,
        "certainty": Certainty.CONFIRMED,
        "created_at": NOW,
        "modified_at": NOW,
    }
    return Deadline(**(values | more))


@dataclass
class Served:
    """The product served by its real server, with the small organisation in it."""

    world: World
    tracker: Tracker
    clock: FixedClock
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
        """One request and its answer: status, headers, body. Underlines in header names stand for hyphens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, quote(path, safe="/%?="), headers=named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


@pytest.fixture
def served_feeds(feed_world: World, database_url: str, tmp_path: Path) -> Iterator[Served]:
    """The web application on a free port, its clock standing at NOW."""
    from web.app import create_app  # here, so that tests of other rooms do not load it

    clock = FixedClock(NOW)
    tracker = assemble(_settings(database_url, tmp_path), clock)
    server = create_server(create_app(tracker), host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield Served(feed_world, tracker, clock, int(server.effective_port))
    server.trigger.pull_trigger(server.close)
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()
    tracker.close()


def _settings(database_url: str, folder: Path) -> Settings:
    return Settings(
        instance=folder,
        database_url=database_url,
        secret_key="for tests only",
        base_url=BASE,
        host="127.0.0.1",
        port=None,
        smtp=None,
        mail_from="tracker@localhost",
        timezone="Asia/Shanghai",
    )
