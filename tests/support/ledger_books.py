"""The books of the ledger: what happened to the letters, held against what had to happen."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.orm import defer

from tests.support.databases import Server, address
from tests.support.desk import Desk, furnish, morning
from tests.support.ledger_model import FIRST_DAY, Model
from tests.support.ledger_post import Killed, PostOffice
from tracker.ports.clock import FixedClock
from tracker.records.database import Database
from tracker.records.letters import Letter

WAITING = {"queued", "gathered", "retry", "unknown", "sending"}
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)


Letters = Mapping[tuple[int | None, int, int, int | None], Letter]
"""By deadline, revision, lead and person."""


class Books(RuleBasedStateMachine):
    """What is kept of all that happens, and what has to hold."""

    server: ClassVar[Server]
    template: ClassVar[URL]
    contracts: ClassVar[int] = 12

    def __init__(self) -> None:
        super().__init__()
        self.seed = 0
        self.kept: URL | None = None
        self.desk = self._office(self.template)
        self.desk.people = furnish(self.desk.database, self.desk.clock).people
        self.office = PostOffice(self.desk.clock)
        self.models: list[Model] = []
        self.places: dict[int, int] = {}
        self.active = {"Ana", "Ben"}
        self.backup: tuple[list[Model], set[str], Counter[str]] | None = None
        self.restored: set[str] = set()
        self.held_until = self.desk.clock.now()
        self.digests: dict[int, Letter] = {}
        self.looked_at: set[str] = set()

    def _office(self, source: URL) -> Desk:
        """A desk that goes on with a copy of a database which nobody uses."""
        clock = self.desk.clock if hasattr(self, "desk") else FixedClock(morning(FIRST_DAY))
        database = Database(address(self.server.create(source)))
        return Desk(database, clock, self.desk.people if hasattr(self, "desk") else {})

    def _leave(self) -> URL:
        """Close the database, so that it can be copied or thrown away."""
        self.desk.database.dispose()
        return self.desk.database.url

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def _tick(self, point: str = "") -> None:
        def checkpoint(name: str) -> None:
            if name == point:
                raise Killed

        smooth = not self.office.faults
        for model in self.models if point != "planned" else ():
            model.note(self.today, self.active)
        try:
            self._plan(checkpoint)
            self.desk.postman(self.office, checkpoint=checkpoint).deliver()
        except Killed:
            return
        letters = self._letters()
        self._balance(letters, smooth=smooth)
        planned = {(one.deadline_id, one.due_revision, one.lead, one.person_id) for one in letters}
        for model in self.models:
            for revision, lead, who in model.due:
                place = (model.number, revision, lead, self.desk.people[who])
                assert revision != model.revision or place in planned, "it was to be planned by now"

    def _balance(self, letters: Sequence[Letter], *, smooth: bool) -> None:
        self.digests = {one.id: one for one in letters if one.purpose == "digest"}
        reminders = [one for one in letters if one.purpose != "digest"]
        waiting = Counter((one.deadline_id, one.person_id) for one in reminders if one.state.value in WAITING)
        assert set(waiting.values()) <= {1}, "only the most urgent reminder waits"
        for letter in letters:
            self._balance_one(letter)
        for letter in reminders:
            self._balance_reminder(letter)
            assert not (smooth and self._is_left_lying(letter)), "nothing was in the way"

    def _plan(self, checkpoint: Callable[[str], None]) -> None:
        checkpoint("planned")
        self.desk.plan()
        checkpoint("plan committed")

    def _letters(self) -> Sequence[Letter]:
        with self.desk.database.reading() as session:
            return session.scalars(select(Letter).options(defer(Letter.message), defer(Letter.facts))).all()

    def _is_left_lying(self, letter: Letter) -> bool:
        now = self.desk.clock.now()
        if now < self.held_until:
            return False
        if letter.state.value == "gathered":
            digest = self.digests[letter.digest_id or 0]
            if digest.finished_at is not None:
                return digest.finished_at < now
            return digest.state.value == "queued" and now >= letter.created_at + A_WEEK + A_DAY
        return letter.state.value == "queued" and self._nine_of(letter) <= now

    def _still_true(self, letter: Letter) -> bool:
        model = self._model(letter)
        leads = [lead for revision, lead, _person in model.due if revision == model.revision]
        return model.is_open and letter.due_revision == model.revision and letter.lead == min(leads, default=None)

    def _model(self, letter: Letter) -> Model:
        return self.models[self.places[letter.deadline_id or 0]]

    def _nine_of(self, letter: Letter) -> datetime:
        """When it was to go: at nine in Shanghai, which keeps no summer time."""
        model = self._model(letter)
        return datetime.combine(model.days[letter.due_revision] - timedelta(letter.lead), time(1), UTC)

    def _balance_one(self, letter: Letter) -> None:
        """What holds for every letter of the outbox. What is told in a digest is no letter by itself."""
        name, state = letter.message_id, letter.state.value
        copies, doubts = self.office.copies[name], self.office.doubts[name]
        again = name in self.restored
        assert copies <= 1 + doubts or again, "a copy too many"
        assert len(self.office.contents.get(name, ())) <= 1 or again, "every copy is the same letter"
        if state == "sent" and letter.digest_id is None:
            assert copies >= 1, "it never left"
        elif state == "sent":
            assert copies == 0 or again, "it came twice, in a digest and by itself"
        elif state not in WAITING | {"failed"}:
            assert copies <= doubts or again, f"it left although it is {state}"

    def _balance_reminder(self, letter: Letter) -> None:
        now, state = self.desk.clock.now(), letter.state.value
        if state == "gathered" and letter.created_at == now:
            days_left = (self._model(letter).days[letter.due_revision] - self.today).days
            assert days_left > 7, "what is urgent does not wait"
        if state != "sent":
            return
        assert letter.finished_at is not None
        assert letter.finished_at >= self._nine_of(letter), "too early"
        assert letter.finished_at < now or self._still_true(letter), "there was nothing to say"
        if letter.message_id not in self.looked_at:
            self.looked_at.add(letter.message_id)
            self._balance_digests(letter, letter.finished_at)

    def _balance_digests(self, letter: Letter, finished_at: datetime) -> None:
        if letter.digest_id is not None:
            assert self._told_in(self.digests[letter.digest_id], letter), "its digest does not tell it"
            return
        for digest in self.digests.values():
            doubtful = self.office.doubts[digest.message_id] or digest.message_id in self.restored
            # One written before tells it as it stood then: an older reminder, to which this is the newer one.
            came = any(letter.created_at <= made <= at <= finished_at for made, at in self._told_in(digest, letter))
            assert doubtful or not came, "it came twice, in a digest and by itself"

    def _told_in(self, digest: Letter, letter: Letter) -> list[tuple[datetime, datetime]]:
        """When copies of the digest that tell it were written, and when they came to the reader of the reminder."""
        if digest.person_id != letter.person_id:
            return []
        here = f"  2026-{letter.deadline_id} Office lease"
        return [(made, at) for made, at, text in self.office.told.get(digest.message_id, ()) if here in text]

    def _accounted(self, model: Model, letter: Letter | None, letters: Letters) -> None:
        assert letter is not None, "a reminder was lost"
        state, reason, name = letter.state.value, letter.reason, letter.message_id
        if state == "failed":
            assert name in self.office.refused or self.office.doubts[name] >= 2
        elif state == "superseded":
            assert reason == "moved" or self._replacing(letter, letters)
        elif state == "suppressed":
            assert reason in ("moved", "done", "recipient disabled")
            assert reason != "moved" or letter.due_revision < model.revision
        else:
            assert state == "sent"

    def _replacing(self, letter: Letter, letters: Letters) -> bool:
        """Whether the more urgent letter that took its place is there, to whoever was here by then."""
        lead = int(letter.reason.removeprefix("by lead "))
        place = (letter.deadline_id, letter.due_revision, lead)
        return lead < letter.lead and any((*place, who) in letters for who in self.desk.people.values())
