"""How many copies of a letter leave, whatever comes between; counted at a mail server in a process of its own."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.header import decode_header, make_header
from threading import Thread

import pytest

from tests.support.chores import wait_until
from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Fault, Sink
from tracker.actions.health import health
from tracker.actions.outbox import LEASE
from tracker.ports.smtp_steps import Patience
from tracker.records.deadlines import Deadline
from tracker.records.people import Organisation

STEPS = 12
"""Answers that are waited for at most: greeting, EHLO, STARTTLS, handshake, EHLO, three for the login, MAIL, RCPT,
DATA, and one for the letter to be taken off our hands."""


def test_t01_a_letter_stored_and_never_confirmed_makes_one_copy_an_attempt_two_in_all(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    sink.faults(Fault("BODY", store=True, drop=True))
    for copies, state in enumerate(("unknown", "failed", "failed"), 1):
        desk.tick(mail_to(sink.url))
        assert desk.states() == [(30, state, "may have been delivered")]
        assert len(sink.copies) == min(copies, 2)
        desk.later(minutes=15)
    assert len({(copy.message_id, copy.sha256) for copy in sink.copies}) == 1


def test_t02_while_a_server_takes_its_time_nobody_else_sends_the_letter(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.plan()
    sink.faults(Fault("BODY", delay=1.0))
    waiting = Thread(target=desk.postman(mail_to(sink.url)).deliver)
    waiting.start()
    wait_until(lambda: bool(sink.copies))
    assert desk.postman(mail_to(sink.url), "another").deliver().total() == 0
    waiting.join()
    assert (len(sink.copies), desk.tally()) == (1, {"sent": 1})


def test_t02_a_claim_outlasts_the_slowest_server() -> None:
    patience = Patience()
    assert timedelta(seconds=patience.final + STEPS * patience.step) < LEASE


@pytest.mark.parametrize("certificate", ["self-signed", "wrong-name"])
def test_t04_a_bad_certificate_halts_the_queue_and_burns_no_attempt(
    desk: Desk, make_sink: Callable[..., Sink], certificate: str
) -> None:
    """With the context that the product makes itself, which trusts whom the machine trusts."""
    sink = make_sink(tls="starttls", certificate=certificate, user="desk", password="open")
    halted(desk, sink, sink.url)
    assert "AUTH" not in sink.verbs


def test_t05_a_server_that_stopped_offering_encryption_halts_the_queue(
    desk: Desk, make_sink: Callable[..., Sink]
) -> None:
    sink = make_sink(user="desk", password="open")
    halted(desk, sink, sink.url.replace("smtp://", "smtp+starttls://"))
    assert "AUTH" not in sink.verbs


def halted(desk: Desk, sink: Sink, url: str) -> None:
    """The queue stands still, every letter in it is as it was, and people are told."""
    desk.deadline("2026-01-31")
    desk.tick(mail_to(url))
    assert {(letter.state, letter.attempts, letter.owner) for letter in desk.letters} == {("queued", 0, None)}
    with desk.database.reading() as session:
        assert health(session, desk.clock.now()).halted
    assert sink.copies == []


def test_t10_chinese_names_and_titles_arrive_as_they_were_written(desk: Desk, sink: Sink) -> None:
    with desk.database.transaction() as session:
        session.query(Organisation).one().name = "上海安可企业管理有限公司"
    desk.person("Ana", name="王芳", email="fang@例子.example", language="zh-Hans")
    desk.deadline("2026-01-31", backup_id=None, title="办公室租赁合同（上海市黄浦区）及其补充协议" * 3)
    desk.tick(mail_to(sink.url))
    (copy,) = sink.copies
    assert copy.recipients == ["fang@xn--fsqu00a.example"]
    assert copy.message["subject"].startswith("办公室租赁合同（上海市黄浦区）及其补充协议" * 3)
    for header, name in (("From", "上海安可企业管理有限公司"), ("To", "王芳")):
        raw = dict(copy.message.raw_items())[header].replace("\r\n", "")
        assert str(make_header(decode_header(raw))).startswith((name, f'"{name}"'))
    assert max(map(len, copy.content.split(b"\r\n"))) <= 998


def test_o04_a_worker_that_was_stopped_past_its_lease_sends_nothing_over_the_connection_in_hand(
    desk: Desk, sink: Sink
) -> None:
    """As when a machine sleeps: its second letter is claimed, and goes while it stands still."""
    desk.deadline("2026-01-31")
    desk.plan()
    passed: list[str] = []

    def checkpoint(point: str) -> None:
        passed.append(point)
        if passed.count("claim committed") == 2 and point == "claim committed":
            desk.clock.turn_to(desk.clock.now() + LEASE)
            desk.postman(mail_to(sink.url), "another").deliver()

    desk.postman(mail_to(sink.url), checkpoint=checkpoint).deliver()
    assert Counter(Counter(copy.message_id for copy in sink.copies).values()) == {1: 2}
    assert desk.tally() == {"sent": 2}


def test_o07_after_a_sleep_past_three_leads_one_letter_arrives_with_the_days_that_are_truly_left(
    desk: Desk, sink: Sink
) -> None:
    desk.deadline("2026-01-31", code="termination-notice", backup_id=None)
    desk.plan()
    desk.clock.turn_to(morning("2026-01-28"))
    desk.tick(mail_to(sink.url))
    (copy,) = sink.copies
    assert "3 days left" in copy.message["subject"]
    assert desk.tally() == {"sent": 1, "superseded": 3}


def test_o09_of_a_day_that_was_moved_only_the_new_one_is_told(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", code="report", backup_id=None)
    desk.plan()
    desk.change(number, action_day=morning("2026-01-08").date(), legal=None, act_by=None)
    desk.tick(mail_to(sink.url))
    (copy,) = sink.copies
    assert "(8 Jan 2026)" in copy.message["subject"]
    with desk.database.reading() as session:
        assert session.get_one(Deadline, number).revision == 2
    assert desk.states() == [(30, "superseded", "moved"), (7, "sent", "")]


def test_o04_a_receipt_that_comes_late_still_counts_while_nobody_has_taken_the_letter_up_again(
    desk: Desk, sink: Sink
) -> None:
    """The machine was paused after the final dot, and on waking planning frees the letter before the reply is read."""
    desk.deadline("2026-01-31", backup_id=None)
    desk.plan()

    def checkpoint(point: str) -> None:
        if point == "handed over" and desk.letters[0].fence == 1:
            desk.clock.turn_to(desk.clock.now() + LEASE)
            desk.plan()
            assert desk.states() == [(30, "unknown", "may have been delivered")]

    desk.postman(mail_to(sink.url), checkpoint=checkpoint).deliver()
    desk.later(hours=1)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 1
    assert desk.states() == [(30, "sent", "")]
