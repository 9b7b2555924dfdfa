"""The ledger of reminders balances, whatever happens to the machine, the mail and the contracts.

Two years pass over many contracts, in steps of days and sleeps of weeks, while the mail server fails in every way it
can, the process is killed at every point, dates move, things are done and opened again, people leave and come back,
read letter by letter or in digests, and backups are restored. A model that shares nothing with the product says which
reminder was due to whom when.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from hashlib import sha256
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, defer

from tests.support.databases import Server, SqliteFolder, address, on_each_database
from tests.support.desk import Desk, furnish, morning
from tracker.actions.actor import OPERATOR
from tracker.actions.outbox_desk import release
from tracker.ports.clock import FixedClock
from tracker.ports.mailer import (
    Envelope,
    PermanentFailure,
    Receipt,
    Stage,
    TransientFailure,
    UnknownOutcome,
)
from tracker.records.database import Database
from tracker.records.deadlines import State
from tracker.records.letters import Letter
from tracker.records.people import Organisation
from tracker.rules.reminders import Ladder

FIRST_DAY = date(2026, 1, 1)
TWO_YEARS = 730
BEFORE_NOTICE, BEFORE_OTHERS, AFTERWARDS = (90, 60, 30, 14, 7, 3, 1), (30, 7, 1), (1, 3, 7)
LEADS = {"renewal-intention": BEFORE_NOTICE, "report": BEFORE_OTHERS, "confidentiality-end": BEFORE_OTHERS}
ASKED_AFTER = {"renewal-intention", "report"}
FAULTS = ("refused for now", "refused for good", "lost and taken", "lost and not taken", "no connection")
POINTS = ("planned", "plan committed", "claimed", "claim committed", "connected", "marked", "handed over", "settling")
WAITING = {"queued", "gathered", "retry", "unknown", "sending"}
RHYTHMS = ("never", "daily", "weekly")
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)


Letters = Mapping[tuple[int | None, int, int, int | None], Letter]
"""By deadline, revision, lead and person."""


class Killed(BaseException):
    """The process died: nothing after this ran, and what was not committed is gone."""


@dataclass
class PostOffice:
    """A mail server that keeps count of what it took, and fails as it is told to."""

    clock: FixedClock
    faults: list[str] = field(default_factory=list)
    copies: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    """How often it was left unclear whether a letter was taken."""
    refused: set[str] = field(default_factory=set)
    contents: dict[str, set[bytes]] = field(default_factory=dict)
    """The check sums of all copies of a letter."""
    told: dict[str, list[tuple[datetime, datetime, str]]] = field(default_factory=dict)
    """When each copy of a digest was written and when it came, and what it said."""

    up: bool = False
    """Whether a connection stands."""

    @contextmanager
    def connection(self) -> Iterator["PostOffice"]:
        yield self
        self.up = False

    def ready(self) -> bool:
        return self.up

    def open(self) -> None:
        if self.faults and self.faults[0] == "no connection":
            self.faults.pop(0)
            raise TransientFailure(Stage.CONNECT, "nobody answers")
        self.up = True

    def send(self, envelope: Envelope) -> Receipt:
        fault = self.faults.pop(0) if self.faults else ""
        name = envelope.message_id
        if fault == "refused for now":
            raise TransientFailure(Stage.RCPT, "later", 451)
        if fault == "refused for good":
            self.refused.add(name)
            raise PermanentFailure(Stage.RCPT, "no such mailbox", 550)
        if fault != "lost and not taken":
            self.copies[name] += 1
            self.contents.setdefault(name, set()).add(sha256(envelope.message).digest())
            if b"\r\nList-Unsubscribe:" in envelope.message:
                self._read(name, envelope.message)
        if fault.startswith("lost"):
            self.up = False
            self.doubts[name] += 1
            raise UnknownOutcome(Stage.DOT, "the line broke")
        return Receipt(250, "taken")

    def _read(self, name: str, message: bytes) -> None:
        letter = message_from_bytes(message, policy=SMTP)
        body = letter.get_body(("plain",))
        assert body is not None
        written = parsedate_to_datetime(str(letter["Date"]))
        self.told.setdefault(name, []).append((written, self.clock.now(), str(body.get_content())))


@dataclass
class Model:
    """One deadline as somebody with pencil and paper keeps it."""

    number: int
    code: str
    day: date
    revision: int = 1
    is_open: bool = True
    due: set[tuple[int, int, str]] = field(default_factory=set)
    """Revision, days left by the ladder, person: every reminder that somebody had to hear of."""
    days: dict[int, date] = field(default_factory=dict)
    """The action day of each revision."""

    def __post_init__(self) -> None:
        self.days[self.revision] = self.day

    def change(self, days: int = 0) -> None:
        self.day += timedelta(days)
        self.revision += 1
        self.days[self.revision] = self.day

    def note(self, today: date, people: set[str]) -> None:
        """Write down the reminder that is the latest on the ladder by today, for those who are here to hear it."""
        come = [day for day in self.ladder_days(today) if day <= today]
        if not self.is_open or not come:
            return
        lead = (self.day - max(come)).days
        if not any(revision == self.revision and said <= lead for revision, said, _person in self.due):
            self.due |= {(self.revision, lead, person) for person in people}

    def ladder_days(self, today: date) -> Iterator[date]:
        yield from (self.day - timedelta(lead) for lead in LEADS[self.code])
        if self.code in ASKED_AFTER:
            yield from (self.day + timedelta(late) for late in AFTERWARDS)
            week = self.day + timedelta(14)
            while week <= today:
                yield week
                week += timedelta(7)


class Ledger(RuleBasedStateMachine):
    """What may happen, in any order."""

    server: ClassVar[Server]
    template: ClassVar[URL]
    contracts: ClassVar[int] = 12
    to_the_end: ClassVar[bool] = False
    """Whether two years pass, also where the steps are used up before."""

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

    @initialize(seed=st.integers(0, 1_000_000), rhythm=st.sampled_from(RHYTHMS[1:]))
    def contracts_are_signed(self, seed: int, rhythm: str) -> None:
        self.seed = seed
        self.desk.person("Ben", digest=rhythm)
        chance = Random(seed)
        for position in range(self.contracts):
            code = list(LEADS)[position % len(LEADS)]
            day = FIRST_DAY + timedelta(chance.randrange(TWO_YEARS))
            self.models.append(Model(self.desk.deadline(day, code), code, day))
        self.places = {model.number: place for place, model in enumerate(self.models)}

    # ---------------------------------------------------------------- time

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        """A sleep of some days; then the chores run once."""
        if (self.today - FIRST_DAY).days < TWO_YEARS:
            self.desk.later(days=days)
        self._tick()

    @rule(minutes=st.sampled_from([1, 16, 70]))
    def a_moment_passes(self, minutes: int) -> None:
        self.desk.later(minutes=minutes)
        self._tick()

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

    # ------------------------------------------------------------- mishaps

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4))
    def mail_fails(self, faults: list[str]) -> None:
        self.office.faults += faults

    @rule(point=st.sampled_from(POINTS), days=st.integers(0, 8))
    def killed(self, point: str, days: int) -> None:
        self.desk.later(days=days)
        self._tick(point)
        self.office.up = False
        for letter in self._letters():
            if letter.state.value == "sending":  # in hand when it happened: it may have been taken
                self.office.doubts[letter.message_id] += 1

    # --------------------------------------------------------------- edits

    @rule(pick=st.integers(0, 10_000), days=st.integers(-60, 60).filter(bool))
    def a_day_moves(self, pick: int, days: int) -> None:
        model = self.models[pick % len(self.models)]
        model.change(days)
        self.desk.change(model.number, action_day=model.day, legal=model.day, act_by=model.day)

    @rule(pick=st.integers(0, 10_000))
    def something_is_done_or_opened_again(self, pick: int) -> None:
        model = self.models[pick % len(self.models)]
        model.is_open = not model.is_open
        model.change()
        self.desk.change(model.number, state=State.OPEN if model.is_open else State.DONE)

    @rule(pick=st.integers(0, 10_000))
    def something_is_done_while_its_letter_waits_to_be_tried_again(self, pick: int) -> None:
        self.office.faults += ["refused for now"] * len(self.models)
        self.time_passes(7)
        self.office.faults.clear()
        waiting = {letter.deadline_id for letter in self._letters() if letter.state.value == "retry"}
        models = [model for model in self.models if model.is_open and model.number in waiting]
        if models:
            model = models[pick % len(models)]
            model.is_open = False
            model.change()
            self.desk.change(model.number, state=State.DONE)
            self.a_moment_passes(70)

    @rule(who=st.sampled_from(["Ana", "Ben"]))
    def somebody_leaves_or_comes_back(self, who: str) -> None:
        if who in self.active and len(self.active) == 1:
            return
        self.active ^= {who}
        self.desk.person(who, active=who in self.active)

    @rule(rhythm=st.sampled_from(RHYTHMS))
    def ben_wants_his_letters_otherwise(self, rhythm: str) -> None:
        self.desk.person("Ben", digest=rhythm)

    @rule(days=st.integers(3, 6))
    def ben_wants_no_digest_any_more_while_one_gathers(self, days: int) -> None:
        self.desk.person("Ben", digest="weekly")
        self.time_passes(days)
        self.desk.person("Ben", digest="never")
        self.a_moment_passes(70)

    # ------------------------------------------------------------- backups

    @rule()
    def a_backup_is_made(self) -> None:
        if self.kept is not None:
            self.server.drop(self.kept)
        self.kept = self.server.create(self._leave())
        self.backup = deepcopy((self.models, self.active, self.office.copies))

    @precondition(lambda self: self.backup is not None)
    @rule(days=st.integers(0, 5))
    def the_backup_is_restored_and_held_until_somebody_looked(self, days: int) -> None:
        assert self.backup is not None
        assert self.kept is not None
        self.models, self.active, sent_by_then = deepcopy(self.backup)
        self.restored |= set(self.office.copies - sent_by_then)
        self.server.drop(self._leave())
        self.desk = self._office(self.kept)
        with self.desk.database.transaction() as session:
            session.query(Organisation).one().held_since = self.desk.clock.now()
        copies = self.office.copies.total()
        self.held_until = self.desk.clock.now() + timedelta(days=days, seconds=1)
        self.desk.later(days=days)
        self._tick()
        assert self.office.copies.total() == copies, "nothing leaves while it is held"
        with self.desk.database.transaction() as session:
            release(session, OPERATOR, self.desk.clock.now())
        self.desk.later(seconds=1)
        self._tick()

    # ------------------------------------------------------------- what holds

    def _letters(self) -> Sequence[Letter]:
        with self.desk.database.reading() as session:
            return session.scalars(select(Letter).options(defer(Letter.message), defer(Letter.facts))).all()

    def _is_left_lying(self, letter: Letter) -> bool:
        now = self.desk.clock.now()
        if now < self.held_until:
            return False
        if letter.state.value == "gathered":
            digest = self.digests[letter.digest_id or 0]
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

    def _go_on_by_chance(self) -> None:
        """What is left of the two years, in which as much happens as before."""
        chance = Random(self.seed)
        happenings: tuple[Callable[[], object], ...] = (
            lambda: self.mail_fails(chance.choices(FAULTS, k=chance.randint(1, 4))),
            lambda: self.killed(chance.choice(POINTS), chance.randint(0, 8)),
            lambda: self.a_day_moves(chance.randrange(10_000), chance.choice([-60, -7, -1, 1, 7, 60])),
            lambda: self.something_is_done_or_opened_again(chance.randrange(10_000)),
            lambda: self.somebody_leaves_or_comes_back(chance.choice(["Ana", "Ben"])),
            lambda: self.ben_wants_his_letters_otherwise(chance.choice(RHYTHMS)),
            self.a_backup_is_made,
            lambda: self.backup and self.the_backup_is_restored_and_held_until_somebody_looked(chance.randint(0, 5)),
        )
        while (self.today - FIRST_DAY).days < TWO_YEARS:
            self.time_passes(chance.randint(1, 20))
            chance.choice(happenings)()

    def teardown(self) -> None:
        """The mail works again and time goes on: nothing waits any more, and nothing that was due is missing."""
        if self.to_the_end:
            self._go_on_by_chance()
        self.office.faults.clear()
        self.desk.person("Ben", digest="never")
        self.desk.clock.turn_to(morning(self.today) + A_WEEK + A_DAY)  # the day of any digest has come
        for _ in range(6):
            self._tick()
            self.desk.later(minutes=70)
        letters = {(one.deadline_id, one.due_revision, one.lead, one.person_id): one for one in self._letters()}
        assert not [one.key for one in letters.values() if one.state.value in WAITING]
        for model in self.models:
            for revision, lead, who in model.due:
                letter = letters.get((model.number, revision, lead, self.desk.people[who]))
                self._accounted(model, letter, letters)
        self.server.drop(self._leave())
        if self.kept is not None:
            self.server.drop(self.kept)

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


@on_each_database
def server_and_template(request: pytest.FixtureRequest) -> tuple[Server, URL]:
    return request.getfixturevalue(request.param), request.getfixturevalue(f"{request.param}_template")


def test_o11_the_ledger_balances_whatever_happens(server_and_template: tuple[Server, URL]) -> None:
    quick = server_and_template[1].get_backend_name() == "sqlite"
    run(*server_and_template, contracts=12, examples=4 if quick else 1, steps=25)


@pytest.mark.prove
def test_o11_the_ledger_of_five_hundred_contracts_balances_over_two_years(
    server_and_template: tuple[Server, URL],
) -> None:
    run(*server_and_template, contracts=500, examples=2, steps=60, to_the_end=True)


def _exact_day(ladder: Ladder, left: int) -> int | None:
    return left if left in ladder.leads else None


def _oldest(ladder: Ladder, left: int) -> int | None:
    return max((lead for lead in ladder.leads if lead >= left), default=None)


def _in_utc(day: date, _zone: str) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _whatever_its_state(session: Session, letter: Letter) -> str:
    return ""


MISTAKES: dict[str, tuple[str, object]] = {
    "a reminder speaks on its very day or never": ("tracker.rules.reminders._most_urgent", _exact_day),
    "the oldest reminder speaks": ("tracker.rules.reminders._most_urgent", _oldest),
    "older letters stay when a newer one comes": ("tracker.actions.remind._replace_waiting", lambda *_given: None),
    "what is done is reminded of": ("tracker.actions.deliver.reason_to_suppress", _whatever_its_state),
    "what is urgent waits for a digest": ("tracker.actions.digests.may_wait", lambda *_days: True),
    "what a digest told is told again": ("tracker.actions.outbox.DIGEST", "another purpose"),
    "nine o'clock is taken for that in London": ("tracker.rules.sending_hours.instant_of", _in_utc),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_o15_the_ledger_does_not_balance_with_a_mistake_in_the_product(
    sqlite: SqliteFolder, sqlite_template: URL, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    place, wrong = MISTAKES[mistake]
    monkeypatch.setattr(place, wrong)
    with pytest.raises(AssertionError):
        run(sqlite, sqlite_template, contracts=12, examples=60, steps=30)


def run(server: Server, template: URL, *, examples: int, steps: int, **more: object) -> None:
    machine = type("Run", (Ledger,), {"server": server, "template": template, **more})
    checks = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=checks,
            phases=(Phase.generate,),  # shrinking would take longer than all the rest
            print_blob=False,
        ),
    )
