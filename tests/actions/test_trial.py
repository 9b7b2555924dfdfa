"""Trying out the mail settings."""

from collections.abc import Callable

import pytest

from tests.support.desk import HEAD, Desk, mail_to
from tests.support.sink import Sink
from tracker.actions.actor import Actor
from tracker.actions.errors import Forbidden
from tracker.actions.outbox_statements import HALTED
from tracker.actions.trial import hand_over, remember_trial, trial_letter
from tracker.ports.mailer import HaltFailure, MailFailure, Receipt
from tracker.records.history import History, Pulse
from tracker.records.people import Person, Role
from tracker.render.trial_letter import read_letter


def attempt(desk: Desk, url: str) -> Receipt | MailFailure:
    """Cleo, the administrator, presses the button."""
    cleo = Actor("web", desk.people["Cleo"], Role.ADMIN)
    with desk.database.reading() as session:
        person = session.get_one(Person, desk.people["Cleo"])
        envelope = trial_letter(session, cleo, person, HEAD, desk.clock.now())
    result = hand_over(mail_to(url), envelope)
    with desk.database.transaction() as session:
        remember_trial(session, cleo, result, desk.clock.now())
    return result


def test_a_test_letter_arrives_at_once_and_the_servers_words_are_kept(sqlite_desk: Desk, sink: Sink) -> None:
    result = attempt(sqlite_desk, sink.url)
    assert isinstance(result, Receipt)
    (copy,) = sink.copies
    assert copy.recipients == ["cleo@acme.example"]
    assert read_letter(copy.content).subject == "Test letter from Acme"
    assert "There is nothing to do." in read_letter(copy.content).text
    with sqlite_desk.database.reading() as session:
        assert session.query(History).one().details == {"outcome": "sent", "reply": f"250 {result.text}"}


def test_a_test_letter_speaks_the_readers_language(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Cleo", language="zh-Hans")
    attempt(sqlite_desk, sink.url)
    assert "Acme" in read_letter(sink.copies[0].content).subject
    assert "There is nothing to do." not in read_letter(sink.copies[0].content).text


def test_a_wrong_password_is_told_in_the_servers_words(sqlite_desk: Desk, make_sink: Callable[..., Sink]) -> None:
    sink = make_sink(user="desk", password="open")
    result = attempt(sqlite_desk, sink.url.replace(":open@", ":shut@"))
    assert isinstance(result, HaltFailure)
    assert result.code == 535


def test_a_test_letter_that_arrives_sets_halted_mail_going(sqlite_desk: Desk, make_sink: Callable[..., Sink]) -> None:
    sink = make_sink(user="desk", password="open")
    sqlite_desk.deadline("2026-01-31")
    sqlite_desk.tick(mail_to(sink.url.replace(":open@", ":shut@")))
    attempt(sqlite_desk, sink.url)
    with sqlite_desk.database.reading() as session:
        assert session.get(Pulse, HALTED) is None


def test_only_an_administrator_tries_out_the_mail(sqlite_desk: Desk) -> None:
    ana = Actor("web", sqlite_desk.people["Ana"], Role.EDITOR)
    with sqlite_desk.database.reading() as session:
        person = session.get_one(Person, sqlite_desk.people["Ana"])
        with pytest.raises(Forbidden):
            trial_letter(session, ana, person, HEAD, sqlite_desk.clock.now())
