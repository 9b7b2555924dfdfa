"""An office in a browser: Ana owns, Ben is on the team, Vera only reads, Rex only gets letters, Cleo must see nothing
of a closed contract."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.engine import URL
from werkzeug.test import TestResponse

from tests.support.databases import SqliteFolder, address
from tests.support.remembered import TEMPLATES
from tracker.actions.actor import Actor
from tracker.actions.contracts import register
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.people import NewPerson, new_person, set_password
from tracker.actions.sign_in import open_visit
from tracker.ports.clock import FixedClock
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role
from tracker.settings import read_settings
from tracker.wiring import Tracker, assemble
from web.app import create_app

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

LEASE: dict[str, Any] = {
    "format": "contract/1",
    "number": "L-7",
    "title": "Office lease",
    "language": "en",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Harbour Estates"}],
    "law": {"counting": "plain", "calendar": "NONE", "zone": "Asia/Shanghai"},
    "effect": {"when": "2024-02-01"},
    "term": {"length": "3 years", "first_day_counts": True, "reference": "3.1"},
    "renewal": {"mode": "agreement", "notice": [{"side": "us", "at_least": "60 days", "not_earlier_than": "180 days"}]},
    "obligations": [
        {"code": "insurance", "side": "us", "due": "on 2026-12-15", "reference": "9.4", "quote": "Keep it insured."},
        {"code": "confidentiality-tail", "side": "both", "due": "3 years after ended"},
        {"code": "complaint-answer", "side": "us", "due": "5 days after complaint_received"},
    ],
    "facts": [{"kind": "signed", "day": "2024-01-15"}],
}
SECRET = {**LEASE, "number": "Hush-1-of-2026", "title": "Quiet takeover", "tags": []}
SECRET["parties"] = [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Whisper Holdings"}]


@dataclass
class Office:
    """A wired product, its web application, and shorthands for what happens in browsers."""

    tracker: Tracker
    clock: FixedClock
    app: Flask
    people: dict[str, int] = field(default_factory=dict)

    def browser(self) -> FlaskClient:
        """Somebody's browser, signed in as nobody."""
        return self.app.test_client()

    def sit(self, who: str) -> FlaskClient:
        """The browser of somebody who has signed in."""
        client = self.browser()
        with self.tracker.transaction() as session:
            token = open_visit(session, session.get_one(Person, self.people[who]), agent="test", now=self.clock.now())
        with client.session_transaction() as kept:
            kept["visit"] = token
        return client

    def actor(self, who: str) -> Actor:
        with self.tracker.reading() as session:
            person = session.get_one(Person, self.people[who])
        return Actor("web", person.id, person.role, person.language)

    def record(self, document: dict[str, Any], who: str = "Ana", **more: Any) -> int:
        """Register a contract; answers its id."""
        with self.tracker.transaction() as session:
            kept = register(session, self.actor(who), {**document, **more}, now=self.clock.now(), confirmed=True)
            return kept.contract.id

    def deadline(self, contract_id: int, code: str) -> int:
        """The id of a contract's first deadline of a code."""
        query = select(Deadline.id).where(Deadline.contract_id == contract_id, Deadline.code == code)
        with self.tracker.reading() as session:
            return session.scalars(query.order_by(Deadline.id)).first() or 0


def csrf(client: FlaskClient) -> str:
    """The token that this browser's forms carry."""
    page = client.get("/help").get_data(as_text=True)
    match = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert match is not None
    return match[1]


def send(client: FlaskClient, path: str, /, **fields: Any) -> TestResponse:
    """Send a form as this browser would."""
    return client.post(path, data={"csrf_token": csrf(client), **fields})


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def build(url: str, folder: Path, clock: FixedClock, **environment: str) -> Office:
    """An office over a database, with nobody in it."""
    base = {"TRACKER_DATABASE_URL": url, "TRACKER_INSTANCE": str(folder), "TRACKER_BASE_URL": "http://localhost"}
    tracker = assemble(read_settings({**base, **environment}), clock)
    app = create_app(tracker)
    app.testing = False
    app.jinja_env.bytecode_cache = TEMPLATES
    return Office(tracker, clock, app)


@pytest.fixture
def office_database(sqlite: SqliteFolder, sqlite_template: URL) -> str:
    """Where the office keeps its rows; a module whose tests depend on the database answers `database_url` instead."""
    return address(sqlite.create(sqlite_template))


@pytest.fixture
def bare_office(office_database: str, tmp_path: Path) -> Iterator[Office]:
    """Before the first run: no organisation, no people."""
    office = build(office_database, tmp_path / "instance", FixedClock(NOW))
    yield office
    office.tracker.close()


@pytest.fixture
def office(bare_office: Office) -> Office:
    """The office with its people: Ana an administrator, Ben and Cleo editors, Vera a viewer, Rex a recipient."""
    with bare_office.tracker.transaction() as session:
        defaults = Defaults(organisation="Acme Legal", language="en", zone="Asia/Shanghai", calendar="NONE")
        set_up_organisation(session, defaults, now=NOW)
        roles = {"Ana": Role.ADMIN, "Ben": Role.EDITOR, "Cleo": Role.EDITOR, "Vera": Role.VIEWER}
        roles["Rex"] = Role.RECIPIENT
        for name, role in roles.items():
            wanted = NewPerson(email=f"{name.lower()}@acme.example", name=name, role=role, language="en")
            bare_office.people[name] = new_person(session, wanted, now=NOW).id
    return bare_office


@pytest.fixture
def with_passwords(office: Office) -> Office:
    """The same, but Ana can sign in by her password; hashing takes a moment, so only where it is needed."""
    with office.tracker.transaction() as session:
        set_password(session.get_one(Person, office.people["Ana"]), PASSWORD)
    return office


@pytest.fixture
def lease(office: Office) -> int:
    """An open contract of Ana's."""
    return office.record(LEASE)


@pytest.fixture
def secret(office: Office) -> int:
    """A contract only Ana and Ben may see."""
    return office.record(SECRET, access={"only": ["ben@acme.example"]})
