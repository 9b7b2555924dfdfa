"""The chores as they run in a process of their own, one that kills itself where it is told to."""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from threading import Event

from jobs.timetable import Timetable
from tests.support.desk import QUICK
from tracker.chores import Chores
from tracker.ports.clock import FixedClock
from tracker.ports.smtp import SmtpMailer
from tracker.ports.smtp_settings import smtp_settings
from tracker.settings import Settings
from tracker.wiring import assemble

FAST = {"plan": 0.5, "dispatch": 0.3, "publish": 60.0, "heartbeat": 0.5}


def chores(database_url: str, smtp_url: str, now: str, kill_at: str = "") -> Chores:
    """Wired like the product, but for a clock that stands still and less patience with the mail server."""
    smtp = smtp_settings(smtp_url)
    settings = Settings(
        instance=Path(os.environ.get("TMPDIR", "/tmp")),
        database_url=database_url,
        secret_key="for tests only",
        base_url="https://tracker.example",
        host="127.0.0.1",
        port=None,
        smtp=smtp,
        mail_from="desk@acme.example",
        timezone="Asia/Shanghai",
    )
    tracker = assemble(settings, FixedClock(datetime.fromisoformat(now)))
    tracker = replace(tracker, mailer=SmtpMailer(smtp, patience=QUICK))
    return Chores(tracker, "https://tracker.example", checkpoint=_killing(kill_at))


def _killing(kill_at: str) -> Callable[[str], None]:
    def checkpoint(point: str) -> None:
        if point == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


def once(database_url: str, smtp_url: str, now: str, kill_at: str) -> None:
    """Plan and dispatch; at the checkpoint `kill_at` die as by ``kill -9``, with nothing cleaned up."""
    work = chores(database_url, smtp_url, now, kill_at)
    work.plan()
    work.dispatch()


def timetable(database_url: str, smtp_url: str, now: str, started: Signal, seconds: Mapping[str, float]) -> None:
    """The real timetable, with these ticks, until SIGTERM."""
    told = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: told.set())
    ticking = Timetable(chores(database_url, smtp_url, now), seconds=seconds)
    ticking.start()
    started.set()
    told.wait()
    ticking.stop()
