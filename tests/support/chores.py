"""Starting the chores in processes of their own, and waiting for what they do."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess

from tests.support import jobs_process
from tests.support.desk import Desk
from tests.support.sink import Sink

# A server that has imported everything forks each process anew: they share nothing, and start in no time.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.support.jobs_process"])


@contextmanager
def chores_once(desk: Desk, sink: Sink, kill_at: str = "") -> Iterator[ForkServerProcess]:
    """A process that plans and dispatches once, as the clock at the desk stands now."""
    process = _PROCESSES.Process(target=jobs_process.once, args=(*_where(desk, sink), kill_at))
    with _ended(process):
        yield process


@contextmanager
def ticking(desk: Desk, sink: Sink, seconds: Mapping[str, float] = jobs_process.FAST) -> Iterator[ForkServerProcess]:
    """A process with a running timetable; told to stop at the end, if it still runs."""
    started = _PROCESSES.Event()
    process = _PROCESSES.Process(target=jobs_process.timetable, args=(*_where(desk, sink), started, seconds))
    with _ended(process):
        assert started.wait(60)
        yield process
        if process.is_alive():
            process.terminate()
            process.join(30)
            assert process.exitcode == 0


@contextmanager
def _ended(process: ForkServerProcess) -> Iterator[None]:
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()
        process.close()


def _where(desk: Desk, sink: Sink) -> tuple[str, str, str]:
    return desk.database.url.render_as_string(hide_password=False), sink.url, desk.clock.now().isoformat()


def wait_until(true: Callable[[], bool], seconds: float = 60) -> float:
    """Wait for something to become true; after how many seconds it did."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began
