"""What may happen to reminders in two years, in any order, for the ledger."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from random import Random
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy.engine import URL

from tests.support.databases import Server
from tests.support.desk import morning
from tests.support.ledger_books import A_DAY, A_WEEK, WAITING, Books
from tests.support.ledger_model import FIRST_DAY, LEADS, TWO_YEARS, Model
from tests.support.ledger_post import FAULTS
from tracker.actions.actor import OPERATOR
from tracker.actions.outbox_desk import release
from tracker.records.deadlines import State
from tracker.records.people import Organisation

POINTS = ("planned", "plan committed", "claimed", "claim committed", "connected", "marked", "handed over", "settling")
RHYTHMS = ("never", "daily", "weekly")


class Ledger(Books):
    """What may happen, in any order."""

    to_the_end: ClassVar[bool] = False
    """Whether two years pass, also where the steps are used up before."""

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

    # ------------------------------------------------------------- mishaps

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4))
    def mail_fails(self, faults: list[str]) -> None:
        self.office.faults += faults

    @rule(point=st.sampled_from(POINTS), days=st.integers(0, 8))
    def killed(self, point: str, days: int) -> None:
        self.desk.later(days=days, seconds=1)  # what was sent before is not of this moment
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

    @rule(days=st.integers(3, 20))
    def the_server_takes_digests_for_mailings(self, days: int) -> None:
        """Until the week in which one gathered is over; then all is well again."""
        self.desk.person("Ben", digest="weekly")
        self.office.takes_digests = False
        self.time_passes(days)
        self.time_passes(7)
        self.office.takes_digests = True
        self.office.faults.clear()
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
            lambda: self.the_server_takes_digests_for_mailings(chance.randint(3, 20)),
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
