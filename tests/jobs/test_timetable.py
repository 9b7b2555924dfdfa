"""The timetable in processes of its own, as the product runs it."""

import os
import signal
import time
from collections import Counter
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from jobs.timetable import SECONDS
from tests.support.chores import chores_once, ticking, wait_until
from tests.support.desk import Desk, morning
from tests.support.sink import Fault, Sink

CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def each_once(sink: Sink, letters: int) -> None:
    """Wait until all have arrived, and a little longer: each must be there once."""
    wait_until(lambda: len({copy.message_id for copy in sink.copies}) >= letters)
    time.sleep(1.0)
    assert Counter(Counter(copy.message_id for copy in sink.copies).values()) == {1: letters}


def test_s01_two_schedulers_at_once_send_each_letter_once(desk: Desk, sink: Sink) -> None:
    for _ in range(30):
        desk.deadline("2026-01-31")
    with ticking(desk, sink), ticking(desk, sink):
        each_once(sink, 60)
    assert desk.tally() == {"sent": 60}


def test_s01_processes_that_know_of_no_leader_send_each_letter_once(desk: Desk, sink: Sink) -> None:
    for _ in range(30):
        desk.deadline("2026-01-31")
    with ExitStack() as stack:
        for process in [stack.enter_context(chores_once(desk, sink)) for _ in range(4)]:
            process.join(60)
            assert process.exitcode == 0
    each_once(sink, 60)


def test_s02_when_the_leader_is_killed_another_takes_over_within_half_a_minute(desk: Desk, sink: Sink) -> None:
    with ticking(desk, sink) as leader, ticking(desk, sink):
        desk.deadline("2026-01-31")
        each_once(sink, 2)
        leader.kill()
        leader.join(10)
        desk.deadline("2026-01-31")
        assert wait_until(lambda: len(sink.copies) == 4, 30) < 30
        each_once(sink, 4)


@pytest.mark.prove
def test_s02_with_the_ticks_of_the_product_another_takes_over_within_half_a_minute(
    desk: Desk, sink: Sink, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a letter that waits: what is new is planned every minute, by whom ever."""
    with ticking(desk, sink, dict(SECONDS)) as leader, ticking(desk, sink, dict(SECONDS)):
        desk.deadline("2026-01-31")
        desk.plan()
        wait_until(lambda: len(sink.copies) == 2, 40)
        leader.kill()
        leader.join(10)
        desk.deadline("2026-01-31")
        desk.plan()
        taken = wait_until(lambda: len(sink.copies) == 4, 40)
    with capsys.disabled():
        print(f"\n{desk.database.url.get_backend_name()}: {taken:.1f} s from kill to delivery")
    assert taken <= 30


def test_s05_a_database_that_drops_every_connection_costs_a_tick_and_no_more(desk: Desk, sink: Sink) -> None:
    """As PostgreSQL does when it restarts. SQLite has no connections to drop, so there nothing happens."""
    with ticking(desk, sink):
        desk.deadline("2026-01-31")
        each_once(sink, 2)
        if not desk.database.is_sqlite:
            with desk.database.engine.connect() as connection:
                connection.execute(text(CUT_OFF))
        desk.deadline("2026-01-31")
        each_once(sink, 4)


def test_s06_a_process_that_was_suspended_goes_on_where_it_stood(desk: Desk, sink: Sink) -> None:
    with ticking(desk, sink) as process:
        desk.deadline("2026-01-31")
        each_once(sink, 2)
        with (
            desk.database.transaction()
        ):  # while it holds SQLite's one write lock, the process cannot be stopped with it
            os.kill(process.pid or 0, signal.SIGSTOP)
            time.sleep(0.2)
        desk.deadline("2026-01-31")
        time.sleep(2.0)
        assert len(sink.copies) == 2
        os.kill(process.pid or 0, signal.SIGCONT)
        each_once(sink, 4)


def test_s08_told_to_stop_in_the_middle_of_a_letter_it_finishes_that_letter(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    sink.faults(Fault("BODY", delay=2.0, store=True))
    with ticking(desk, sink) as process:
        wait_until(lambda: "DATA" in sink.verbs)
        process.terminate()
        process.join(30)
        assert process.exitcode == 0
    assert desk.tally() == {"sent": 1, "queued": 1}
    assert len(sink.copies) == 1
    assert sink.verbs[-1] == "QUIT"


@pytest.mark.prove
def test_s03_two_hundred_due_at_once_at_a_slow_server_are_all_delivered(desk: Desk, sink: Sink) -> None:
    for _ in range(100):
        desk.deadline("2026-01-31")
    sink.faults(Fault("BODY", delay=0.2))
    with ticking(desk, sink):
        wait_until(lambda: len(sink.copies) >= 200, 120)
        each_once(sink, 200)


def test_s06_a_clock_set_back_or_forward_sends_nothing_twice(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    for hour in (0, -2, 2, -26, 26):
        desk.clock.turn_to(morning("2026-01-01"))
        desk.later(hours=hour)
        with chores_once(desk, sink) as process:
            process.join(60)
            assert process.exitcode == 0
    each_once(sink, 2)
