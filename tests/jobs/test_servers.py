"""However many processes serve and work, each reminder is sent once. The processes are those that people start."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.chores import wait_until
from tests.support.desk import Desk, furnish
from tests.support.sink import Sink
from tracker.ports.clock import SystemClock, day_in
from tracker.records.database import Database

ROOT = Path(__file__).parents[2]
GUNICORN = ("gunicorn", "--workers=4", "--bind=127.0.0.1:{port}", "web.wsgi:application()")
CHORES = ("jobs",)
SERVE = ("web.serve", "--port={port}")
PRELOADED = ("gunicorn", "--preload", *GUNICORN[1:])
WAYS = {
    "four workers and the chores twice": (GUNICORN, CHORES, CHORES),
    "four workers forked from one that had loaded the app": (PRELOADED, CHORES),
    "workers that reload": ((*GUNICORN, "--reload"), CHORES),
    "the default process twice": (SERVE, SERVE),
}
AT_ONCE = PRELOADED, SERVE, SERVE, CHORES, CHORES
LETTERS = 12


@pytest.fixture
def busy(database_url: str) -> Iterator[Desk]:
    """A desk that goes by the real clock, with reminders that were due yesterday at nine."""
    clock = SystemClock()
    desk = furnish(Database(database_url), clock)  # type: ignore[arg-type]  # a clock that nobody turns
    in_a_month = day_in("Asia/Shanghai", clock.now()).toordinal() + 29
    for _ in range(LETTERS // 2):
        desk.deadline(clock.now().date().fromordinal(in_a_month))
    yield desk
    desk.database.dispose()


def test_s01_each_reminder_is_sent_once_by_all_that_may_serve_at_once(busy: Desk, sink: Sink, tmp_path: Path) -> None:
    serve_and_count(busy, sink, tmp_path, AT_ONCE)


@pytest.mark.prove
@pytest.mark.parametrize("way", WAYS)
def test_s01_each_reminder_is_sent_once_whatever_serves(busy: Desk, sink: Sink, tmp_path: Path, way: str) -> None:
    serve_and_count(busy, sink, tmp_path, WAYS[way])


def serve_and_count(busy: Desk, sink: Sink, tmp_path: Path, processes: tuple[tuple[str, ...], ...]) -> None:
    environment = {
        **os.environ,
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_DATABASE_URL": busy.database.url.render_as_string(hide_password=False),
        "TRACKER_SMTP_URL": sink.url,
        "TRACKER_MAIL_FROM": "desk@acme.example",
    }
    with ExitStack() as stack:
        started = [
            stack.enter_context(running(words, _free_port(position), environment, tmp_path / f"{position}.log"))
            for position, words in enumerate(processes)
        ]
        for is_up in started:
            wait_until(is_up, 120)
        wait_until(lambda: len(reminders_sent(busy)) >= LETTERS, 120)
    sent = reminders_sent(busy)
    assert len(sent) == LETTERS
    copies = Counter(copy.message_id for copy in sink.copies)
    assert [copies[name] for name in sent] == [1] * LETTERS


def reminders_sent(desk: Desk) -> list[str]:
    """Message-IDs of the reminders; that working days run out is told as well, by whatever day it is."""
    return [letter.message_id for letter in desk.letters if letter.deadline_id and letter.state == "sent"]


def _free_port(position: int) -> int:
    """A port of this test process's own, below those that the system gives to connections."""
    return 10_000 + os.getpid() % 10_000 * 2 + position


@contextmanager
def running(words: tuple[str, ...], port: int, environment: dict[str, str], log: Path) -> Iterator[Callable[[], bool]]:
    """A process started as people start it, which must end well when told to; whether it answers, or works."""
    command = [sys.executable, "-m", *(word.format(port=port) for word in words)]
    with log.open("wb") as said, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said) as it:
        try:
            yield lambda: b"jobs_started" in log.read_bytes() if words == CHORES else _answers(port)
            it.terminate()
            assert it.wait(60) == 0
        finally:
            it.kill()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/help", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
