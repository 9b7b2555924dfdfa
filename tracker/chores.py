"""What has to be done again and again, as plain functions: the timetable and ``tracker tick`` call them.

Each may run at any time, any number of times, in any number of processes: the database decides what is left to do.
"""

import logging
import os
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from tracker.actions.alarms import raise_alarms, tell_of_running_out
from tracker.actions.bounces import Taken, take_in
from tracker.actions.coverage import mark_what_became_known, tell_once
from tracker.actions.deliver import Postman
from tracker.actions.feed_reading import Fragments, published_feeds
from tracker.actions.health import HEARTBEAT, PLANNED
from tracker.actions.letterhead import Letterhead
from tracker.actions.outbox import resume
from tracker.actions.proof_letters import plan_proof_letters
from tracker.actions.recount import CLOCKWORK, due_for_recount, recount
from tracker.actions.remind import plan_reminders
from tracker.ports.clock import day_in
from tracker.ports.maildir import arrived, put_away
from tracker.ports.published import PublishedFolder
from tracker.records.history import Pulse
from tracker.records.letters import LetterState
from tracker.records.people import Organisation
from tracker.wiring import Tracker

log = logging.getLogger(__name__)


def _worker() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"


def _nothing(point: str) -> None:
    """The checkpoint outside of tests."""


@dataclass(frozen=True, slots=True)
class Chores:
    """The chores of a wired tracker. `base_url` is what links in letters and published feeds begin with."""

    tracker: Tracker
    base_url: str
    worker: str = field(default_factory=_worker)
    checkpoint: Callable[[str], None] = _nothing
    fragments: Fragments = field(default_factory=Fragments)

    def begin(self) -> None:
        """Once per process, before the others: settings may have been put right since mail was halted."""
        with self.tracker.transaction() as session:
            resume(session)

    def plan(self) -> int:
        """Recount the contracts that time has changed, then queue the reminders that are due; how many were looked at.

        A contract that cannot be recounted keeps its deadlines as they are and does not stop the others; the health
        page tells that there is one.
        """
        failed = sum(not self._recounted(contract_id) for contract_id in self._due_for_recount())
        looked_at = 0
        while found := self._plan_batch():
            looked_at += found
        for tell in (self._tell_of_proof, self._raise_alarms):
            try:
                tell()
            except Exception:  # another process was telling of the same: the next look finds what is left
                log.exception("telling_failed what=%s", tell.__name__)
        with self.tracker.transaction() as session:
            session.merge(Pulse(name=PLANNED, at=self.tracker.clock.now(), details={"failed": failed}))
        return looked_at

    def _recounted(self, contract_id: int) -> bool:
        try:
            with self.tracker.transaction() as session:
                recount(session, contract_id, now=self.tracker.clock.now())
        except Exception:
            log.exception("recount_failed contract=%s", contract_id)
            return False
        return True

    def _tell_of_proof(self) -> None:
        with self.tracker.transaction() as session:
            if session.query(Organisation).first() is not None:
                plan_proof_letters(session, domain=self._letterhead().domain, now=self.tracker.clock.now())

    def _raise_alarms(self) -> None:
        with self.tracker.transaction() as session:
            if session.query(Organisation).first() is not None:
                raise_alarms(session, domain=self._letterhead().domain, now=self.tracker.clock.now())

    def bounces(self) -> Counter[Taken]:
        """Take in what came back to the sender's address; how many mails were what.

        A mail that cannot be read or taken in stays where it is and does not stop the others.
        """
        folder = self.tracker.settings.bounces
        found: Counter[Taken] = Counter()
        for name, mail in arrived(folder) if folder else ():
            try:
                with self.tracker.transaction() as session:
                    found[take_in(session, CLOCKWORK, mail, now=self.tracker.clock.now())] += 1
                put_away(name)
            except Exception:
                log.exception("bounce_not_taken_in file=%s", name.name)
        if found:
            log.info("bounces %s", " ".join(f"{what}={count}" for what, count in sorted(found.items())))
        return found

    def dispatch(self, stop: Callable[[], bool] = lambda: False) -> Counter[LetterState]:
        """Send the letters that are due, until `stop`; how many came to stand where."""
        tracker = self.tracker
        head = self._letterhead()
        postman = Postman(tracker.transaction, tracker.mailer, tracker.clock, head, self.worker, self.checkpoint)
        tally = postman.deliver(stop)
        if tally:
            log.info("dispatched %s", " ".join(f"{state}={count}" for state, count in sorted(tally.items())))
        return tally

    def coverage(self) -> None:
        """Have recounted what a newer package of holidays knows better, and tell of working days that run out."""
        now = self.tracker.clock.now()
        with self.tracker.transaction() as session:
            organisation = session.query(Organisation).first()
            if organisation is None:
                return
            marked = mark_what_became_known(session, now=now)
            told = tell_once(session, day_in(organisation.zone, now), now=now)
            tell_of_running_out(session, told, domain=self._letterhead().domain, now=now)
        if marked:
            log.info("calendars_changed contracts=%s", marked)
        for one in told:
            log.warning("calendar_runs_out place=%s last=%s deadlines=%s", one.place, one.last, one.provisional)

    def publish(self) -> list[str]:
        """Write the feeds that are also files; the names of those that changed."""
        now = self.tracker.clock.now()
        with self.tracker.reading() as session:
            if session.query(Organisation).first() is None:
                return []
            files = published_feeds(session, now=now, base_url=self.base_url, fragments=self.fragments)
        return PublishedFolder(self.tracker.folder("published")).hold(files)

    def heartbeat(self) -> None:
        """A sign of life for the health page."""
        with self.tracker.transaction() as session:
            session.merge(Pulse(name=HEARTBEAT, at=self.tracker.clock.now(), details={"worker": self.worker}))

    def all_once(self) -> Counter[LetterState]:
        """Every chore once, in order; what became of the letters."""
        self.coverage()
        self.bounces()
        self.plan()
        tally = self.dispatch()
        self.publish()
        self.heartbeat()
        return tally

    def _letterhead(self) -> Letterhead:
        settings = self.tracker.settings
        return Letterhead(settings.mail_from, self.base_url, settings.secret_key)

    def _due_for_recount(self) -> list[int]:
        with self.tracker.reading() as session:
            organisation = session.query(Organisation).first()
            if organisation is None:
                return []
            return due_for_recount(session, day_in(organisation.zone, self.tracker.clock.now()))

    def _plan_batch(self) -> int:
        with self.tracker.transaction() as session:
            found = plan_reminders(session, domain=self._letterhead().domain, now=self.tracker.clock.now())
            self.checkpoint("planned")
        self.checkpoint("plan committed")
        return found
