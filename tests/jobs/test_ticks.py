"""Ticks within one process: late ones, overrunning ones, and those that fail."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from jobs.leader import leader_of
from jobs.timetable import Timetable
from tests.support.chores import wait_until
from tests.support.desk import Desk
from tests.support.jobs_process import chores
from tests.support.sink import Fault, Sink
from tracker.actions.health import HEARTBEAT
from tracker.chores import Chores
from tracker.ports.clock import SystemClock
from tracker.records.history import Pulse

FAST = {"plan": 0.2, "dispatch": 0.1, "publish": 60.0, "heartbeat": 0.2}


def work_at(desk: Desk, sink: Sink) -> Chores:
    return chores(desk.database.url.render_as_string(hide_password=False), sink.url, desk.clock.now().isoformat())


@contextmanager
def running(work: Chores, **more: Any) -> Iterator[Timetable]:
    timetable = Timetable(work, seconds=FAST, **more)
    with closing(work.tracker):
        timetable.start()
        try:
            yield timetable
        finally:
            timetable.stop()


def test_s04_a_tick_that_overruns_makes_the_next_wait_and_none_is_lost(sqlite_desk: Desk, sink: Sink) -> None:
    """Each letter takes five ticks of the dispatcher, and one more deadline comes while it is at work."""
    at_work: list[str] = []

    def checkpoint(point: str) -> None:
        if point in ("claim committed", "settled"):
            at_work.append(point)

    for _ in range(2):
        sqlite_desk.deadline("2026-01-31")
    sink.faults(Fault("BODY", delay=0.5))
    with running(replace(work_at(sqlite_desk, sink), checkpoint=checkpoint)):
        wait_until(lambda: "DATA" in sink.verbs)
        sqlite_desk.deadline("2026-01-31")
        wait_until(lambda: sqlite_desk.tally() == {"sent": 6}, 30)
    assert set(Counter(copy.message_id for copy in sink.copies).values()) == {1}
    assert sink.sessions <= 2, "the ticks that came meanwhile are one, not one each"
    lone = [point for point, after in pairwise(at_work) if point == after]
    assert "settled" not in lone, "never two at once"


def test_s05_a_chore_that_fails_is_logged_and_runs_again(
    sqlite_desk: Desk, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    failures = iter([True, True])

    def checkpoint(point: str) -> None:
        if point == "planned" and next(failures, False):
            raise OperationalError("INSERT", {}, Exception("database is locked"))

    sqlite_desk.deadline("2026-01-31")
    with running(replace(work_at(sqlite_desk, sink), checkpoint=checkpoint)):
        wait_until(lambda: sqlite_desk.tally() == {"sent": 2}, 30)
    assert caplog.text.count("chore_failed chore=plan") == 2


def test_s09_the_heart_beats_while_the_timetable_runs(sqlite_desk: Desk, sink: Sink) -> None:
    def beats() -> bool:
        with sqlite_desk.database.reading() as session:
            return session.get(Pulse, HEARTBEAT) is not None

    with running(work_at(sqlite_desk, sink)):
        wait_until(beats)


def test_a_process_that_does_not_lead_does_nothing(
    sqlite_desk: Desk, sink: Sink, free_seat: Callable[[], None]
) -> None:
    sqlite_desk.deadline("2026-01-31")
    with running(work_at(sqlite_desk, sink)):
        with pytest.raises(AssertionError):
            wait_until(lambda: bool(sqlite_desk.letters), 1.0)
        free_seat()
        wait_until(lambda: sqlite_desk.tally() == {"sent": 2}, 30)


@pytest.fixture
def free_seat(sqlite_desk: Desk) -> Callable[[], None]:
    """Somebody else leads until this is called."""
    other = leader_of(sqlite_desk.database)
    assert other.leads()
    return other.resign


def test_the_leaders_seat_is_for_one_at_a_time(desk: Desk) -> None:
    first, second = leader_of(desk.database), leader_of(desk.database)
    assert (first.leads(), second.leads(), first.leads()) == (True, False, True)
    first.resign()
    assert (second.leads(), first.leads()) == (True, False)
    second.resign()


def test_the_file_of_the_leader_is_nobody_elses_to_read(sqlite_desk: Desk) -> None:
    leader = leader_of(sqlite_desk.database)
    assert leader.leads()
    file = Path(f"{sqlite_desk.database.url.database}.leader")
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    leader.resign()


class Wristwatch:
    """The time as a machine has it whose clock somebody sets."""

    def __init__(self) -> None:
        self.wrong_by = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.wrong_by

    @property
    def type(self) -> type[datetime]:
        """A `datetime` that goes by it, for a library that reads the machine's clock itself."""
        watch = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return watch.now().astimezone(tz)

        return Told


@pytest.mark.parametrize("hours", [-2, 2])
def test_s06_ticks_go_on_when_the_machines_clock_is_set(
    sqlite_desk: Desk, sink: Sink, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    watch = Wristwatch()
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", watch.type)
    sqlite_desk.deadline("2026-01-31")
    with running(work_at(sqlite_desk, sink), clock=watch, look=0.2):
        wait_until(lambda: sqlite_desk.tally() == {"sent": 2})
        watch.wrong_by = timedelta(hours=hours)
        sqlite_desk.deadline("2026-01-31")
        wait_until(lambda: sqlite_desk.tally() == {"sent": 4})
    assert set(Counter(copy.message_id for copy in sink.copies).values()) == {1}
