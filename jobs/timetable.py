"""When the chores run. APScheduler is the clock and nothing more: a few ticks held in memory, each in one body that
catches and logs, so that no error ends a thread and no late tick is dropped."""

import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from types import MappingProxyType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from jobs.leader import Leader, leader_of
from tracker.chores import Chores
from tracker.ports.clock import Clock, SystemClock

log = logging.getLogger(__name__)

SECONDS: Mapping[str, float] = MappingProxyType(
    {"plan": 60, "dispatch": 10, "publish": 60, "heartbeat": 15, "coverage": 3600, "bounces": 60}
)
"""How often each chore runs. A process that stands by asks for the seat at every tick, so it takes over within ten."""
LOOK = 5.0
"""How often the machine's clock is looked at, in seconds."""


class Timetable:
    """The chores of one process, run while it leads."""

    def __init__(
        self,
        chores: Chores,
        *,
        leader: Leader | None = None,
        seconds: Mapping[str, float] = SECONDS,
        clock: Clock | None = None,
        look: float = LOOK,
    ) -> None:
        self._leader = leader or leader_of(chores.tracker.database)
        self._clock = clock or SystemClock()
        self._look = look
        self._stopping = Event()
        self._watch = Thread(target=self._watch_the_clock, name="clock watch", daemon=True)
        self._bodies: Mapping[str, Callable[[], object]] = {
            "plan": chores.plan,
            "dispatch": lambda: chores.dispatch(self._stopping.is_set),
            "publish": chores.publish,
            "heartbeat": chores.heartbeat,
            "coverage": chores.coverage,
            "bounces": chores.bounces,
        }
        self._begin = chores.begin
        self._seconds = {**SECONDS, **seconds}
        # It warns of every tick that finds the one before still at work, which is what coalescing is for.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        # The defaults would drop a tick that is more than a second late, as every tick is after a machine has slept.
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(len(self._bodies))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Start ticking, beginning now."""
        self._guarded("begin", self._begin)
        for name in self._bodies:
            every = {"seconds": self._seconds[name], "next_run_time": self._clock.now()}
            self._scheduler.add_job(self._tick, "interval", (name,), id=name, **every)
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Stop ticking; the letter in hand is finished first."""
        self._stopping.set()
        self._watch.join()
        self._scheduler.shutdown(wait=True)
        self._guarded("resign", self._leader.resign)

    def _watch_the_clock(self) -> None:
        """Run every chore at once when the machine's clock was set back: APScheduler keeps the times of the next ticks
        by that clock, and would stand still until they come round again."""
        before = self._clock.now()
        while not self._stopping.wait(self._look):
            now = self._clock.now()
            if now < before:
                log.warning("clock_set_back seconds=%.0f", (before - now).total_seconds())
                self._guarded("clock", self._begin_anew)
            before = now

    def _begin_anew(self) -> None:
        for name in self._bodies:
            self._scheduler.modify_job(name, next_run_time=self._clock.now())

    def _tick(self, name: str) -> None:
        self._guarded(name, lambda: self._leader.leads() and self._bodies[name]())

    def _guarded(self, name: str, body: Callable[[], object]) -> None:
        try:
            body()
        except Exception:
            log.exception("chore_failed chore=%s", name)
