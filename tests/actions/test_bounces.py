"""Letters that came back: the address is written to no more, and what it should have heard is not lost."""

import pytest

from tests.actions.test_alarms import alarms, texts
from tests.support.desk import Desk, mail_to
from tests.support.returned import SERVERS, Writer, answer, postfix
from tests.support.sink import Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.bounces import Taken, take_in
from tracker.actions.errors import Forbidden
from tracker.actions.outbox import Claim, settle
from tracker.actions.wishes import clear_bounce
from tracker.ports.mailer import Receipt
from tracker.records.contracts import Access
from tracker.records.history import History
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role

ANA = "ana@acme.example"


def message_id(desk: Desk, who: str = "Ana") -> str:
    """Of the latest letter to somebody."""
    return [letter.message_id for letter in desk.letters if letter.person_id == desk.people[who]][-1]


def comes_back(desk: Desk, mail: bytes) -> Taken:
    with desk.database.transaction() as session:
        return take_in(session, OPERATOR, mail, now=desk.clock.now())


def refused(desk: Desk, who: str = "Ana") -> Taken:
    return comes_back(desk, postfix(message_id(desk, who), f"{who.lower()}@acme.example"))


def person(desk: Desk, who: str) -> Person:
    with desk.database.reading() as session:
        return session.get_one(Person, desk.people[who])


def events(desk: Desk) -> list[str]:
    with desk.database.reading() as session:
        return [one.event for one in session.query(History).order_by(History.id)]


def heard(desk: Desk, who: str) -> list[tuple[int, str]]:
    return [(lead, state) for lead, state, _reason in desk.states(to=who) if state != "superseded"]


@pytest.fixture
def told(desk: Desk, sink: Sink) -> Desk:
    """Ana and Ben were told of a deadline thirty days ahead."""
    desk.deadline("2026-01-31")
    desk.tick(mail_to(sink.url))
    return desk


@pytest.mark.parametrize("write", SERVERS.values(), ids=SERVERS)
def test_o13_a_permanent_bounce_disables_the_address_and_tells_the_backup_and_the_administrators(
    told: Desk, sink: Sink, write: Writer
) -> None:
    assert comes_back(told, write(message_id(told), ANA)) is Taken.REFUSED
    ana = person(told, "Ana")
    assert ana.bounced_at == told.clock.now()
    assert ana.bounce.startswith("5.")
    assert alarms(told) == 2
    told.tick(mail_to(sink.url))
    for who in ("ben", "cleo"):
        alarm = texts(sink)[who]
        assert "Letters to ana@acme.example come back" in alarm
        assert "Office lease: Last day for notice on renewal (31 Jan 2026)" in alarm
        assert f"It came back: {ana.bounce}" in " ".join(alarm.split())
        assert "No letter goes to this address until an administrator clears it among the people." in " ".join(
            alarm.split()
        )
    told.later(days=16)
    told.tick(mail_to(sink.url))
    assert heard(told, "Ana") == [(30, "failed")]
    assert heard(told, "Ben") == [(30, "sent"), (0, "sent"), (14, "sent")]


def test_o13_the_letter_says_that_it_came_back_and_what_the_server_said(told: Desk) -> None:
    refused(told)
    letter = next(letter for letter in told.letters if letter.recipient == ANA)
    assert (letter.state, letter.reason) == ("failed", "came back")
    assert letter.reply == f"5.1.1 550 5.1.1 <{ANA}>: Recipient address rejected: User unknown"
    assert letter.tries[0].outcome == "sent", "what the server said at first is kept"
    with told.database.reading() as session:
        event = session.query(History).filter_by(event="letter-came-back").one()
        assert (event.deadline_id, event.contract_id) == (letter.deadline_id, 1)
        assert (event.details["letter"], event.details["person"]) == (letter.id, told.people["Ana"])
        assert (event.details["status"], event.details["recipient"]) == ("5.1.1", ANA)


def test_o13_of_what_a_backup_was_told_as_well_nothing_is_said_twice(told: Desk, sink: Sink) -> None:
    refused(told)
    told.tick(mail_to(sink.url))
    assert heard(told, "Ben") == [(30, "sent")]
    assert heard(told, "Cleo") == []


def test_o13_what_only_that_address_was_told_goes_to_whoever_is_left(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.tick(mail_to(sink.url))
    assert heard(desk, "Cleo") == []
    refused(desk)
    desk.later(days=2)
    desk.tick(mail_to(sink.url))
    assert heard(desk, "Cleo") == [(30, "sent")]
    assert "28 days left" in texts(sink)["cleo"]
    desk.tick(mail_to(sink.url))
    assert heard(desk, "Cleo") == [(30, "sent")]


def test_o13_where_nobody_may_be_told_instead_alarm_is_raised_until_the_address_is_right(
    desk: Desk, sink: Sink
) -> None:
    desk.deadline("2026-01-31", backup_id=None, access=Access.NAMED)
    desk.tick(mail_to(sink.url))
    refused(desk)
    desk.tick(mail_to(sink.url))
    assert [letter.reason for letter in desk.letters if letter.state == "failed"] == ["came back", "nobody to tell"]
    desk.later(days=1)
    desk.person("Ana", email="ana.new@acme.example")
    cleared(desk)
    desk.tick(mail_to(sink.url))
    assert heard(desk, "Ana") == [(30, "sent")]
    assert sink.copies[-1].recipients == ["ana.new@acme.example"]
    assert "29 days left" in texts(sink)["ana.new"]


def cleared(desk: Desk) -> None:
    with desk.database.transaction() as session:
        clear_bounce(session, OPERATOR, desk.people["Ana"], now=desk.clock.now())


def test_o13_what_was_done_meanwhile_is_not_written_again(told: Desk, sink: Sink) -> None:
    refused(told)
    told.change(1, state="waived")
    cleared(told)
    told.tick(mail_to(sink.url))
    assert told.states() == [(30, "suppressed", "waived")]
    assert len(sink.copies) == 2


def test_o13_an_address_that_is_cleared_too_soon_raises_another_alarm(told: Desk, sink: Sink) -> None:
    first = postfix(message_id(told), ANA)
    comes_back(told, first)
    assert alarms(told) == 2
    cleared(told)
    told.tick(mail_to(sink.url))
    assert heard(told, "Ana") == [(30, "sent")]
    assert comes_back(told, first) is Taken.KNOWN, "the old report says nothing of the new copy"
    assert person(told, "Ana").bounced_at is None
    told.later(minutes=5)
    assert comes_back(told, first.replace(b"Undelivered", b"Once more undelivered")) is Taken.REFUSED
    assert alarms(told) == 2


@pytest.mark.parametrize(
    ("status", "action", "taken"),
    [
        ("4.4.1", "delayed", Taken.DELAYED),
        ("5.2.2", "delayed", Taken.DELAYED),
        ("4.4.1", "failed", Taken.GIVEN_UP),
        ("5.2.2", "failed", Taken.GIVEN_UP),
    ],
)
def test_o13_a_transient_bounce_does_not_disable_the_address(
    told: Desk, sink: Sink, status: str, action: str, taken: Taken
) -> None:
    assert comes_back(told, postfix(message_id(told), ANA, status, action)) is taken
    assert person(told, "Ana").bounced_at is None
    told.later(days=16)
    told.tick(mail_to(sink.url))
    assert heard(told, "Ana")[-1] == (14, "sent")


def test_o13_a_letter_that_is_late_is_noted_and_nobody_is_alarmed(told: Desk) -> None:
    comes_back(told, postfix(message_id(told), ANA, "4.4.1", "delayed"))
    assert events(told) == ["letter-delayed"]
    assert heard(told, "Ana") == [(30, "sent")]
    assert alarms(told) == 0


def test_o13_a_letter_that_was_given_up_is_told_to_the_others_without_stopping_the_next(told: Desk, sink: Sink) -> None:
    comes_back(told, postfix(message_id(told), ANA, "4.4.1", "delayed"))
    comes_back(told, postfix(message_id(told), ANA, "4.4.1", "failed", said="connect to mail.example: timed out"))
    assert told.states() == [(30, "failed", "given up on the way")]
    assert alarms(told) == 2
    told.tick(mail_to(sink.url))
    assert "A reminder could not be delivered" in texts(sink)["cleo"]
    assert "It came back: 4.4.1 connect to mail.example: timed out" in texts(sink)["cleo"]
    assert "No letter goes to this address" not in texts(sink)["cleo"]


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_o13_the_same_report_twice_is_one(told: Desk, action: str) -> None:
    mail = postfix(message_id(told), ANA, action=action)
    comes_back(told, mail)
    since, before = person(told, "Ana").bounced_at, events(told)
    told.later(hours=2)
    assert comes_back(told, mail) is Taken.KNOWN
    assert (person(told, "Ana").bounced_at, events(told)) == (since, before)


def test_o13_another_report_of_a_letter_that_came_back_says_nothing_new(told: Desk) -> None:
    refused(told)
    for mail in (
        postfix(message_id(told), ANA, "5.7.1"),
        postfix(message_id(told), ANA, "4.4.1"),
    ):
        assert comes_back(told, mail) is Taken.KNOWN
    assert person(told, "Ana").bounce.startswith("5.1.1")


@pytest.mark.parametrize("forge", [answer, lambda _ours: postfix("<deadbeef@acme.example>", ANA), lambda _ours: b""])
def test_o13_answers_of_people_and_reports_of_letters_that_are_not_ours_change_nothing(
    told: Desk, forge: Writer
) -> None:
    assert comes_back(told, forge(message_id(told))) is Taken.FOREIGN
    assert person(told, "Ana").bounced_at is None
    assert heard(told, "Ana") == [(30, "sent")]
    assert events(told) == []


def test_o13_a_letter_that_was_never_written_cannot_come_back(desk: Desk) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    assert refused(desk) is Taken.FOREIGN


def test_o13_whose_address_is_another_by_now_is_written_to_as_before(told: Desk) -> None:
    told.person("Ana", email="ana.new@acme.example")
    assert refused(told) is Taken.REFUSED
    assert person(told, "Ana").bounced_at is None
    assert heard(told, "Ana") == [(30, "failed")]
    assert alarms(told) >= 2


def test_o13_that_an_alarm_came_back_is_told_to_the_other_administrators(told: Desk, sink: Sink) -> None:
    told.person("Ben", role=Role.ADMIN)
    refused(told)
    alarms(told)
    told.tick(mail_to(sink.url))
    refused(told, "Cleo")
    assert person(told, "Cleo").bounced_at is not None
    assert alarms(told) == 1
    told.tick(mail_to(sink.url))
    assert "Letters to cleo@acme.example come back" in texts(sink)["ben"]


def test_o13_two_mailboxes_that_are_full_do_not_alarm_each_other_for_ever(told: Desk, sink: Sink) -> None:
    refused(told)
    alarms(told)
    told.tick(mail_to(sink.url))
    comes_back(told, postfix(message_id(told, "Cleo"), "cleo@acme.example", "5.2.2"))
    assert alarms(told) == 0


def test_o13_a_letter_that_gave_way_meanwhile_stays_as_it_is_but_the_address_is_off(told: Desk) -> None:
    with told.database.transaction() as session:
        letter = session.query(Letter).filter_by(recipient=ANA).one()
        letter.state, letter.reason = LetterState.SUPERSEDED, "moved"
    refused(told)
    assert told.states() == [(30, "superseded", "moved")]
    assert person(told, "Ana").bounce.startswith("5.1.1 550")


def test_o13_a_worker_that_tries_a_letter_once_more_writes_nothing_over_that_it_came_back(told: Desk) -> None:
    with told.database.transaction() as session:
        letter = session.query(Letter).filter_by(recipient=ANA).one()
        letter.state, letter.fence = LetterState.SENDING, 2
        right = Claim(letter.id, 2)
    refused(told)
    with told.database.transaction() as session:
        assert settle(session, right, Receipt(250, "2.0.0 ok"), told.clock.now()) is None
    assert told.states() == [(30, "failed", "came back")]


def test_o13_only_the_machine_and_administrators_take_reports_in(told: Desk) -> None:
    ana = Actor("cli", told.people["Ana"], Role.EDITOR)
    with told.database.transaction() as session, pytest.raises(Forbidden):
        take_in(session, ana, postfix(message_id(told), ANA), now=told.clock.now())
