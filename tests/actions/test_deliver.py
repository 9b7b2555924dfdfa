"""Delivering: what leaves the outbox, counted at a mail server in a process of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.support.desk import HEAD, Desk, mail_to, morning
from tests.support.sink import Fault, Sink
from tracker.actions.outbox import LEASE, claim, mark_handing_over, settle
from tracker.ports.letterbox import FileMailer
from tracker.ports.mailer import Envelope, Receipt
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Organisation


def attempts(desk: Desk) -> list[str]:
    """Outcome of every attempt, in order."""
    return [attempt.outcome for letter in desk.letters for attempt in letter.tries]


def only_to_ana(desk: Desk, day: str = "2026-01-31", **more: Any) -> int:
    return desk.deadline(day, backup_id=None, **more)


def test_a_reminder_reaches_owner_and_backup_once(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.tick(mail_to(sink.url))
    desk.tick(mail_to(sink.url))
    assert sorted(copy.recipients[0] for copy in sink.copies) == ["ana@acme.example", "ben@acme.example"]
    assert {letter.state for letter in desk.letters} == {"sent"}
    assert desk.letters[0].reply == "250 2.0.0 taken"
    subject = "Office lease: 30 days left: Last day for notice on renewal (31 Jan 2026)"
    assert sink.copies[0].message["subject"] == subject


def test_nothing_leaves_before_nine(desk: Desk, sink: Sink) -> None:
    only_to_ana(desk)
    desk.clock.turn_to(morning("2026-01-01") - timedelta(minutes=2))
    assert desk.tick(mail_to(sink.url)).total() == 0
    desk.later(minutes=2)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 1


def test_later_reminders_answer_the_first(desk: Desk, sink: Sink) -> None:
    only_to_ana(desk)
    desk.tick(mail_to(sink.url))
    for day in ("2026-01-17", "2026-01-24"):
        desk.clock.turn_to(morning(day))
        desk.tick(mail_to(sink.url))
    first, second, third = (copy.message for copy in sink.copies)
    assert first["in-reply-to"] is None
    assert second["in-reply-to"] == third["in-reply-to"] == first["message-id"]
    assert len({first["subject"], second["subject"], third["subject"]}) == 3


@pytest.mark.parametrize("state", [State.DONE, State.WAIVED, State.WITHDRAWN])
def test_o06_what_was_settled_between_planning_and_sending_is_suppressed(desk: Desk, sink: Sink, state: State) -> None:
    number = only_to_ana(desk)
    desk.plan()
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).state = state
    desk.postman(mail_to(sink.url)).deliver()
    assert desk.states() == [(30, "suppressed", state.value)]
    assert (sink.copies, sink.verbs) == ([], [])


def test_o06_a_person_who_was_removed_gets_nothing(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    desk.person("Ana", active=False)
    desk.postman(mail_to(sink.url)).deliver()
    assert desk.states(to="Ana") == [(30, "suppressed", "recipient disabled")]
    assert [copy.recipients for copy in sink.copies] == [["ben@acme.example"]]


def test_o06_a_person_who_lost_sight_of_the_contract_gets_nothing(desk: Desk, sink: Sink) -> None:
    number = only_to_ana(desk)
    desk.plan()
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        contract.access, contract.owner_id = Access.NAMED, desk.people["Ben"]
    desk.postman(mail_to(sink.url)).deliver()
    assert desk.states() == [(30, "suppressed", "recipient may not see the contract")]
    assert sink.copies == []


def test_o09_a_deadline_moved_after_planning_is_not_announced_as_it_was(desk: Desk, sink: Sink) -> None:
    number = only_to_ana(desk, code="report")
    desk.plan()
    desk.change(number, action_day=morning("2026-12-31").date())
    desk.tick(mail_to(sink.url))
    assert desk.states() == [(30, "suppressed", "moved")]
    assert sink.copies == []


def test_t11_a_retry_sends_the_same_bytes(desk: Desk, sink: Sink) -> None:
    """Although a day has passed, and the person and the contract have changed their names."""
    number = only_to_ana(desk)
    sink.faults(Fault("BODY", drop=True, times=1))
    desk.tick(mail_to(sink.url))
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).contract.title = "Renamed"
    desk.person("Ana", name="Ana Maria", email="ana.maria@acme.example", language="zh-Hans")
    desk.later(days=1)
    desk.tick(mail_to(sink.url))
    first, second = sink.copies
    assert first.content == second.content
    assert first.recipients == second.recipients == ["ana@acme.example"]
    for header in ("message-id", "date", "subject", "from", "to"):
        assert len(first.message.get_all(header, [])) == 1


def test_t01_lost_after_the_dot_is_tried_once_more_after_a_quarter_of_an_hour_then_given_up(
    desk: Desk, sink: Sink
) -> None:
    only_to_ana(desk)
    sink.faults(Fault("BODY", drop=True, store=False))
    desk.tick(mail_to(sink.url))
    assert desk.states() == [(30, "unknown", "may have been delivered")]
    desk.later(minutes=14)
    desk.tick(mail_to(sink.url))
    assert attempts(desk) == ["unknown"]
    desk.later(minutes=1)
    desk.tick(mail_to(sink.url))
    assert desk.states() == [(30, "failed", "may have been delivered")]
    desk.later(days=1)
    desk.tick(mail_to(sink.url))
    assert attempts(desk) == ["unknown", "unknown"]
    assert sink.copies == []


@pytest.mark.parametrize("reply", ["451 4.3.0 busy", "552 5.2.2 full", "550 5.4.4 no route"])
def test_o05_what_is_refused_for_now_is_tried_again_after_1_5_15_60_minutes_and_hourly(
    desk: Desk, sink: Sink, reply: str
) -> None:
    only_to_ana(desk)
    sink.faults(Fault("RCPT", reply=reply, times=6))
    waits = []
    while not sink.copies:
        desk.tick(mail_to(sink.url))
        (letter,) = desk.letters
        waits.append((letter.not_before - desk.clock.now()) / timedelta(minutes=1))
        desk.clock.turn_to(max(letter.not_before, desk.clock.now()))
    for wait, least in zip(waits, (1, 5, 15, 60, 60, 60), strict=False):
        assert least <= wait < least * 1.1
    assert [letter.attempts for letter in desk.letters] == [7]
    assert len({copy.message_id for copy in sink.copies}) == len(sink.copies) == 1


@pytest.mark.parametrize("reply", ["550 5.1.1 no such user", "551 5.7.1 no", "553 5.1.3 bad", "554 5.7.1 no"])
def test_o05_what_is_refused_for_good_is_a_dead_letter_and_the_others_go(desk: Desk, sink: Sink, reply: str) -> None:
    desk.deadline("2026-01-31")
    sink.faults(Fault("RCPT", reply=reply, times=1))
    desk.tick(mail_to(sink.url))
    assert [(letter.state, letter.reply[:3]) for letter in desk.letters] == [("failed", reply[:3]), ("sent", "250")]
    desk.later(days=2)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 1


def test_o05_a_server_that_is_away_burns_one_attempt_and_not_the_whole_queue(desk: Desk) -> None:
    desk.deadline("2026-01-31")
    desk.tick(mail_to("smtp://127.0.0.1:9"))
    assert sorted(letter.attempts for letter in desk.letters) == [0, 1]
    assert desk.tally() == {"queued": 1, "retry": 1}


def test_o05_a_wrong_password_stops_the_queue_and_burns_no_attempt(desk: Desk, make_sink: Callable[..., Sink]) -> None:
    sink = make_sink(user="desk", password="open")
    desk.deadline("2026-01-31")
    mistaken = mail_to(sink.url.replace(":open@", ":shut@"))
    desk.tick(mistaken)
    assert {(letter.state, letter.attempts) for letter in desk.letters} == {("queued", 0)}
    assert len(sink.heard("AUTH")) > 0
    asked = len(sink.heard("AUTH"))
    desk.later(minutes=14)
    desk.tick(mistaken)
    assert len(sink.heard("AUTH")) == asked
    desk.later(minutes=1)
    desk.tick(mail_to(sink.url))
    assert desk.tally() == {"sent": 2}


def test_o10_a_restored_backup_sends_nothing_until_released(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    with desk.database.transaction() as session:
        session.query(Organisation).one().held_since = desk.clock.now()
    desk.tick(mail_to(sink.url))
    assert (desk.tally(), sink.verbs) == ({"queued": 2}, [])
    with desk.database.transaction() as session:
        session.query(Organisation).one().held_since = None
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 2


def test_an_address_that_is_none_fails_alone(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.person("Ana", email="ana at home")
    desk.tick(mail_to(sink.url))
    assert desk.states(to="Ana") == [(30, "failed", "not an e-mail address")]
    assert [copy.recipients for copy in sink.copies] == [["ben@acme.example"]]


def test_a_letter_that_cannot_be_written_does_not_keep_the_others(
    desk: Desk, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    desk.deadline("2026-01-31")
    desk.person("Ana", language="tlh")
    desk.tick(mail_to(sink.url))
    assert desk.states(to="Ana") == [(30, "retry", "could not be written")]
    assert [copy.recipients for copy in sink.copies] == [["ben@acme.example"]]
    assert "letter_not_written" in caplog.text
    desk.person("Ana", language="en")
    desk.later(minutes=2)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 2


def test_without_a_mail_server_letters_are_kept_as_files(desk: Desk, tmp_path: Path) -> None:
    desk.deadline("2026-01-31")
    desk.tick(FileMailer(tmp_path / "mail"))
    desk.tick(FileMailer(tmp_path / "mail"))
    assert len(list((tmp_path / "mail").iterdir())) == 2
    assert desk.tally() == {"sent": 2}


# ------------------------------------------------------------------ leases and fences


def test_o03_eight_claimers_share_out_every_letter_once(desk: Desk) -> None:
    for _ in range(100):
        desk.deadline("2026-01-31")
    desk.plan()
    taken: list[int] = []

    def claim_all(worker: str) -> None:
        while True:
            with desk.database.transaction() as session:
                right = claim(session, worker, desk.clock.now())
            if right is None:
                return
            taken.append(right.letter_id)

    workers = [Thread(target=claim_all, args=(f"worker {number}",)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 200


def test_o04_a_slow_living_worker_keeps_its_letter(desk: Desk, sink: Sink) -> None:
    only_to_ana(desk)
    desk.plan()
    with desk.database.transaction() as session:
        assert claim(session, "slow", desk.clock.now())
    desk.clock.turn_to(desk.clock.now() + LEASE - timedelta(seconds=1))
    assert desk.postman(mail_to(sink.url)).deliver().total() == 0
    assert sink.copies == []


def test_o04_an_old_fence_can_neither_send_nor_overwrite(desk: Desk, sink: Sink) -> None:
    only_to_ana(desk)
    desk.plan()
    with desk.database.transaction() as session:
        old = claim(session, "old", desk.clock.now())
        assert old is not None
    desk.clock.turn_to(desk.clock.now() + LEASE)
    desk.postman(mail_to(sink.url)).deliver()
    with desk.database.transaction() as session:
        assert not mark_handing_over(session, old)
        assert settle(session, old, Receipt(250, "too late"), desk.clock.now()) is None
    assert [(letter.state, letter.reply) for letter in desk.letters] == [("sent", "250 2.0.0 taken")]
    assert len(sink.copies) == 1


class SleepyMailer:
    """A mailer whose connecting takes longer than the lease."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.sent: list[Envelope] = []

    @contextmanager
    def connection(self) -> Iterator["SleepyMailer"]:
        yield self

    def ready(self) -> bool:
        return False

    def open(self) -> None:
        """Meanwhile the lease runs out and another worker delivers."""
        self.desk.clock.turn_to(self.desk.clock.now() + LEASE)
        other = SleepyMailer(self.desk)
        other.open = lambda: None  # type: ignore[method-assign]  # this one is awake
        self.desk.postman(other, "other").deliver()
        self.sent += other.sent

    def send(self, envelope: Envelope) -> Receipt:
        self.sent.append(envelope)
        return Receipt(250, "taken")


def test_o04_a_worker_that_overslept_its_lease_sends_nothing(desk: Desk) -> None:
    only_to_ana(desk)
    desk.plan()
    mailer = SleepyMailer(desk)
    desk.postman(mailer).deliver()
    assert len(mailer.sent) == 1
    assert desk.tally() == {"sent": 1}


def test_o14_whoever_has_begun_to_read_for_a_change_keeps_other_writers_out(sqlite_desk: Desk) -> None:
    path = sqlite_desk.database.url.database or ""
    with sqlite_desk.database.transaction() as session, closing(sqlite3.connect(path, timeout=0)) as other:
        assert session.query(Organisation).count() == 1
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


class Fading:
    """A database that is away when the outcome is to be written down, the first few times."""

    def __init__(self, desk: Desk, failures: int) -> None:
        self.desk = desk
        self.failures = failures
        self.sent = 0

    def checkpoint(self, point: str) -> None:
        if point == "handed over":
            self.sent += 1
        if point == "settling" and self.failures:
            self.failures -= 1
            raise OperationalError("COMMIT", {}, Exception("database is locked"))


def test_s05_an_outcome_that_cannot_be_written_down_at_once_is_kept_until_it_can(sqlite_desk: Desk, sink: Sink) -> None:
    """Forgetting it would send the letter a second time."""
    only_to_ana(sqlite_desk)
    sqlite_desk.plan()
    fading = Fading(sqlite_desk, failures=2)
    patient = sqlite_desk.postman(mail_to(sink.url), checkpoint=fading.checkpoint, settle_pause=0.01)
    patient.deliver()
    assert (fading.sent, sqlite_desk.tally()) == (1, {"sent": 1})
    assert len(sink.copies) == 1


def test_s08_asked_to_stop_it_finishes_the_letter_in_hand_and_no_other(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    asked = iter([False, True])
    desk.postman(mail_to(sink.url)).deliver(lambda: next(asked))
    assert desk.tally() == {"sent": 1, "queued": 1}
    assert len(sink.copies) == 1


def test_s03_two_hundred_due_at_once_are_all_delivered_over_one_connection(sqlite_desk: Desk, sink: Sink) -> None:
    for _ in range(100):
        sqlite_desk.deadline("2026-01-31")
    sqlite_desk.tick(mail_to(sink.url))
    assert len({copy.message_id for copy in sink.copies}) == len(sink.copies) == 200
    assert sink.sessions == 1


def test_the_link_leads_to_the_base_url_only(desk: Desk, sink: Sink) -> None:
    number = only_to_ana(desk)
    desk.tick(mail_to(sink.url))
    text = sink.copies[0].message.get_body(("plain",))
    assert text is not None
    assert f"https://tracker.example/obligations/{number}" in text.get_content()


def test_without_a_base_url_a_letter_has_no_link(desk: Desk, sink: Sink) -> None:
    only_to_ana(desk)
    desk.plan()
    replace(desk.postman(mail_to(sink.url)), letterhead=replace(HEAD, base_url="")).deliver()
    text = sink.copies[0].message.get_body(("plain",))
    assert text is not None
    assert "http" not in text.get_content()
