"""Somebody who reads in digests, and shorthands for what comes to them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Copy, Sink
from tracker.actions.actor import Actor
from tracker.records.contracts import Access
from tracker.records.people import Role
from tracker.rules.digests import Rhythm

ANA, BEN = "ana@acme.example", "ben@acme.example"


def reading_every_morning(desk: Desk) -> Desk:
    """Ana wants one letter every morning; it is four in the morning of the first of January."""
    desk.person("Ana", digest=Rhythm.DAILY)
    desk.clock.turn_to(datetime(2025, 12, 31, 20, 0, tzinfo=UTC))
    return desk


@pytest.fixture
def reader(desk: Desk) -> Desk:
    return reading_every_morning(desk)


@pytest.fixture
def quick_reader(sqlite_desk: Desk) -> Desk:
    """For what does not depend on the database."""
    return reading_every_morning(sqlite_desk)


def alone(desk: Desk, day: str, **more: Any) -> int:
    """A deadline of which Ana alone hears."""
    return desk.deadline(day, backup_id=None, **more)


def run(desk: Desk, sink: Sink, at: str = "") -> list[Copy]:
    """The chores once, on the morning of that day; what came meanwhile."""
    before = len(sink.copies)
    if at:
        desk.clock.turn_to(morning(at))
    desk.tick(mail_to(sink.url))
    return sink.copies[before:]


def text(copy: Copy) -> str:
    body = copy.message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def states(desk: Desk) -> list[tuple[str, int, str, str]]:
    return [(one.purpose, one.lead, one.state.value, one.reason) for one in desk.letters]


def actor(desk: Desk, name: str = "Ana") -> Actor:
    return Actor("web", desk.people[name], Role.EDITOR, "en")


@pytest.fixture
def told(reader: Desk, sink: Sink) -> Desk:
    """Ana was told of three deadlines in one letter; Ben stands in for her at the first."""
    reader.deadline("2026-01-31", title="First", access=Access.NAMED)
    alone(reader, "2026-03-02", title="Second")
    alone(reader, "2026-04-01", title="Third")
    run(reader, sink, "2026-01-01")
    return reader
