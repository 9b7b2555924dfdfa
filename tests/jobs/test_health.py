"""What a watchdog is told at ``/healthz``."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from flask.testing import FlaskClient

from jobs.timetable import Timetable
from tests.actions.test_amendments import lease
from tests.support.chores import wait_until
from tests.support.office import Office
from tracker.chores import Chores
from tracker.records.contracts import Contract
from web.app import create_app

FAST = {"plan": 60.0, "dispatch": 60.0, "publish": 60.0, "heartbeat": 0.1}


def asked(watchdog: FlaskClient) -> tuple[int, list[str]]:
    answer = watchdog.get("/healthz")
    told = answer.get_json()
    assert told["status"] == ("green" if answer.status_code == 200 else "red")
    return answer.status_code, told["problems"]


@contextmanager
def ticking(office: Office) -> Iterator[None]:
    timetable = Timetable(Chores(office.tracker, ""), seconds=FAST)
    timetable.start()
    try:
        yield
    finally:
        timetable.stop()


class Deadly:
    """A clock that whoever reads it dies of: an end of the thread that no handler of errors catches."""

    @staticmethod
    def now(_zone: object) -> None:
        raise SystemExit


@pytest.mark.filterwarnings("ignore:Exception in thread APScheduler")
def test_s09_a_scheduler_whose_thread_died_is_told_within_a_minute(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    watchdog = create_app(office.tracker).test_client()
    assert asked(watchdog) == (503, ["heartbeat"])
    with ticking(office):
        wait_until(lambda: asked(watchdog) == (200, []))
        (thread,) = [one for one in threading.enumerate() if one.name == "APScheduler"]
        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Deadly)
        thread.join(10)
        assert not thread.is_alive()
        office.wait(seconds=60)
        assert asked(watchdog) == (503, ["heartbeat"])


def test_planning_that_fails_turns_it_red_although_the_heart_beats(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A contract whose dates cannot be counted anew, and then no planning at all."""
    watchdog, chores = create_app(office.tracker).test_client(), Chores(office.tracker, "")

    def ticks(minutes: int) -> tuple[int, list[str]]:
        office.wait(minutes=minutes)
        with suppress(Unworkable):
            chores.plan()
        chores.heartbeat()
        return asked(watchdog)

    office.register(lease())
    assert ticks(1) == (200, [])
    with monkeypatch.context() as fault:
        fault.setattr("tracker.chores.recount", unworkable)
        with office.tracker.transaction() as session:
            session.query(Contract).one().scheduled_to = None
        assert ticks(1) == (503, ["planning"])
    assert ticks(1) == (200, [])
    monkeypatch.setattr("tracker.chores.plan_reminders", unworkable)
    assert ticks(9) == (200, [])
    assert ticks(2) == (503, ["planning"])


class Unworkable(Exception):
    """What nobody foresaw."""


def unworkable(*_given: object, **_more: object) -> None:
    raise Unworkable
