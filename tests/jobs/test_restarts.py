"""The database goes away in the middle of a tick: that tick is lost, and nothing else."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from threading import Timer

import pytest
from sqlalchemy.exc import OperationalError

from jobs.timetable import Timetable
from tests.jobs.test_crashes import OWN_POINTS
from tests.support.chores import wait_until
from tests.support.databases import address
from tests.support.desk import Desk, furnish, morning
from tests.support.jobs_process import chores
from tests.support.postgres import MortalPostgres, mortal_postgres
from tests.support.sink import Sink
from tracker.actions.deliver import Postman
from tracker.ports.clock import Clock, FixedClock
from tracker.records.database import Database
from tracker.records.migrate import upgrade

OFTEN = {"plan": 0.2, "dispatch": 0.2, "publish": 60.0, "heartbeat": 60.0}
AWAY, PATIENCE = 0.6, 2.0
"""Seconds for which the server is gone, and between the six tries to write an outcome down."""


@pytest.fixture(scope="module")
def mortal() -> Iterator[MortalPostgres]:
    with mortal_postgres() as server:
        yield server


@pytest.fixture
def mortal_desk(mortal: MortalPostgres) -> Iterator[Desk]:
    url = mortal.create()
    database = Database(address(url))
    upgrade(database)
    yield furnish(database, FixedClock(morning("2026-01-01")))
    database.dispose()
    mortal.drop(url)


@dataclass
class Outage:
    """Kills the server at a point of the work, once, and has it started again a little later."""

    server: MortalPostgres
    point: str = ""

    def checkpoint(self, point: str) -> None:
        if point == self.point:
            self.point = ""
            self.server.kill()
            Timer(AWAY, self.server.start).start()


@pytest.fixture
def outage(mortal: MortalPostgres, monkeypatch: pytest.MonkeyPatch) -> Outage:
    monkeypatch.setattr("tracker.chores.Postman", partial(Postman, settle_pause=PATIENCE))
    return Outage(mortal)


def survive(desk: Desk, sink: Sink, outage: Outage, points: Sequence[str], caplog: pytest.LogCaptureFixture) -> None:
    """For each point one reminder during which the server goes."""
    url = desk.database.url.render_as_string(hide_password=False)
    work = replace(chores(url, sink.url, desk.clock.now().isoformat()), checkpoint=outage.checkpoint)
    timetable = Timetable(work, seconds=OFTEN)
    with closing(work.tracker):
        timetable.start()
        try:
            for number, point in enumerate(points, 1):
                caplog.clear()
                outage.point = point
                desk.deadline("2026-01-31", backup_id=None)
                wait_until(lambda: not outage.point, 60)
                wait_until(partial(_is_through, desk, number, caplog, work.tracker.clock), 60)
        finally:
            timetable.stop()
    assert set(Counter(copy.message_id for copy in sink.copies).values()) == {1}
    assert len(sink.copies) == len(points)


def _is_through(desk: Desk, sent: int, caplog: pytest.LogCaptureFixture, clock: Clock) -> bool:
    """Whether everything is sent; where a claim died with its tick, its lease passes."""
    try:
        letters = desk.letters
    except OperationalError:
        return False
    claimed = [letter.lease_until for letter in letters if letter.lease_until]
    if claimed and "chore_failed chore=dispatch" in caplog.text:
        assert isinstance(clock, FixedClock)
        clock.turn_to(max(claimed))
    return [letter.state for letter in letters] == ["sent"] * sent


def test_s05_a_postgresql_that_restarts_in_the_middle_of_a_tick_costs_that_tick(
    mortal_desk: Desk, outage: Outage, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    survive(mortal_desk, sink, outage, ("planned", "handed over"), caplog)


@pytest.mark.prove
def test_s05_a_postgresql_that_restarts_at_any_point_loses_and_doubles_nothing(
    mortal_desk: Desk, outage: Outage, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    survive(mortal_desk, sink, outage, OWN_POINTS * 3, caplog)


def test_s05_a_database_that_somebody_locks_costs_the_ticks_until_it_is_free(
    sqlite_desk: Desk, sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The waiting for the lock is cut short; else this test would take a minute."""
    monkeypatch.setattr("tracker.records.database.BUSY_SECONDS", 0.2)
    caplog.set_level(logging.ERROR)
    sqlite_desk.deadline("2026-01-31")
    path = str(sqlite_desk.database.url.database)
    work = chores(f"sqlite:///{path}", sink.url, sqlite_desk.clock.now().isoformat())
    timetable = Timetable(work, seconds=OFTEN)
    with closing(work.tracker), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        timetable.start()
        try:
            wait_until(lambda: all(f"chore_failed chore={name}" in caplog.text for name in ("plan", "dispatch")))
            other.execute("ROLLBACK")
            wait_until(lambda: sqlite_desk.tally() == {"sent": 2})
        finally:
            timetable.stop()
    assert "database is locked" in caplog.text
    assert len(sink.copies) == 2
