"""Killed at any point, no reminder is lost, and one comes twice only in the one window in which that cannot be helped:
after the final dot and before our own commit. Then it is the same letter, byte for byte.

Copies are counted at the mail server, a process of its own; the killed process is a process of its own as well.
"""

import signal
from collections import Counter
from datetime import timedelta

import pytest

from tests.support.chores import chores_once, wait_until
from tests.support.desk import Desk, morning
from tests.support.sink import Fault, Sink
from tracker.actions.outbox import LEASE

QUICK_RUN, LONG_PROOF = 1, 20

OWN_POINTS = (
    "planned",
    "plan committed",
    "claimed",
    "claim committed",
    "connected",
    "marked",
    "handed over",
    "settling",
    "settled",
)
"""Checkpoints of ours; in the window between `handed over` and `settling` a second copy may come."""
SERVER_POINTS = ("EHLO", "MAIL", "RCPT", "DATA", "BODY")
"""Moments of the conversation: the server falls silent there, and the process is killed meanwhile."""
WINDOW = {"handed over", "settling", "BODY"}


@pytest.mark.parametrize("point", [*OWN_POINTS, *SERVER_POINTS])
def test_o01_killed_at_any_point_every_reminder_arrives(desk: Desk, sink: Sink, point: str) -> None:
    kill_and_restart(desk, sink, point, QUICK_RUN)


@pytest.mark.prove
@pytest.mark.parametrize("point", [*OWN_POINTS, *SERVER_POINTS])
def test_o01_killed_at_any_point_time_and_again_every_reminder_arrives(desk: Desk, sink: Sink, point: str) -> None:
    kill_and_restart(desk, sink, point, LONG_PROOF)


def kill_and_restart(desk: Desk, sink: Sink, point: str, kills: int) -> None:
    """For each kill a new deadline, whose two reminders are due now."""
    for _ in range(kills):
        desk.deadline(desk.clock.now().date() + timedelta(days=30))
        run_and_kill(desk, sink, point)
        desk.later(seconds=LEASE.total_seconds())
        run_to_the_end(desk, sink)
    copies = Counter(copy.message_id for copy in sink.copies)
    assert len(copies) == 2 * kills
    assert desk.tally() == {"sent": 2 * kills}
    assert copies.total() - len(copies) == (kills if point in WINDOW else 0)
    assert len({(copy.message_id, copy.sha256) for copy in sink.copies}) == len(copies)


@pytest.mark.parametrize("point", ["plan committed", "claimed", "claim committed", "BODY", "settling", "settled"])
def test_o01_killed_at_any_point_a_digest_arrives_with_all_that_it_gathered(desk: Desk, sink: Sink, point: str) -> None:
    gather_kill_and_restart(desk, sink, point, QUICK_RUN)


@pytest.mark.prove
@pytest.mark.parametrize("point", [*OWN_POINTS, *SERVER_POINTS])
def test_o01_killed_at_any_point_time_and_again_every_digest_arrives(desk: Desk, sink: Sink, point: str) -> None:
    gather_kill_and_restart(desk, sink, point, LONG_PROOF)


def gather_kill_and_restart(desk: Desk, sink: Sink, point: str, kills: int) -> None:
    """For each kill a morning of its own, with a digest of two reminders that is due now."""
    desk.person("Ana", digest="daily")
    for _ in range(kills):
        desk.clock.turn_to(morning(desk.clock.now().date() + timedelta(days=1)))
        eve, day = desk.clock.now() - timedelta(hours=2), desk.clock.now().date() + timedelta(days=30)
        for _ in range(2):
            desk.deadline(day, "confidentiality-end", backup_id=None, modified_at=eve)
        run_and_kill(desk, sink, point)
        desk.later(seconds=LEASE.total_seconds())
        run_to_the_end(desk, sink)
    copies = Counter(copy.message_id for copy in sink.copies)
    assert len(copies) == kills
    assert desk.tally() == {"sent": 3 * kills}
    assert copies.total() - len(copies) == (kills if point in WINDOW else 0)
    assert len({(copy.message_id, copy.sha256) for copy in sink.copies}) == len(copies)
    assert {str(copy.message["subject"])[:12] for copy in sink.copies} == {"2 reminders:"}


@pytest.mark.parametrize("point", sorted(WINDOW))
def test_o01_killed_twice_in_the_window_a_letter_is_given_up_with_an_alarm_not_sent_a_third_time(
    desk: Desk, sink: Sink, point: str
) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    for _ in range(2):
        run_and_kill(desk, sink, point)
        desk.later(seconds=LEASE.total_seconds())
    run_to_the_end(desk, sink)
    copies = [copy for copy in sink.copies if copy.recipients == ["ana@acme.example"]]
    assert len(copies) == 2
    assert len({copy.sha256 for copy in copies}) == 1
    (alarm,) = [copy for copy in sink.copies if copy not in copies]
    assert (alarm.recipients, alarm.message["subject"]) == (["cleo@acme.example"], "A reminder could not be delivered")
    assert desk.states() == [(30, "failed", "may have been delivered")]


@pytest.mark.parametrize("point", ["claim committed", "connected", "EHLO"])
def test_o01_killed_many_times_before_the_letter_was_begun_it_is_never_given_up(
    desk: Desk, sink: Sink, point: str
) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    for _ in range(4):
        run_and_kill(desk, sink, point)
        desk.later(seconds=LEASE.total_seconds())
    run_to_the_end(desk, sink)
    assert len(sink.copies) == 1
    assert desk.states() == [(30, "sent", "")]


def run_and_kill(desk: Desk, sink: Sink, point: str) -> None:
    """Run the chores once in a process that is killed at this point, which it must reach."""
    if point in SERVER_POINTS:
        kill_during(desk, sink, point)
        return
    with chores_once(desk, sink, point) as process:
        process.join(60)
        assert process.exitcode == -signal.SIGKILL


def kill_during(desk: Desk, sink: Sink, point: str) -> None:
    """Kill the process while the server keeps it waiting."""
    verb = "DATA" if point == "BODY" else point
    heard, stored = sink.verbs.count(verb), len(sink.copies)
    sink.faults(Fault(point, delay=30.0, times=1))
    with chores_once(desk, sink) as process:
        wait_until(lambda: sink.verbs.count(verb) > heard and len(sink.copies) > stored - (point != "BODY"))
        process.kill()
        process.join(10)
        assert process.exitcode == -signal.SIGKILL
    sink.faults()


def run_to_the_end(desk: Desk, sink: Sink) -> None:
    with chores_once(desk, sink) as process:
        process.join(60)
        assert process.exitcode == 0
