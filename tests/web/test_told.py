"""Who was told, what became of it, and what is in the way: the same answers on every page that speaks of letters."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.web.conftest import LEASE, SECRET, Office, text_of
from tests.web.test_letters import fail, first_letter, tick
from tracker.actions.answers import acknowledge, disown, snooze
from tracker.actions.health import HEARTBEAT
from tracker.actions.outbox_statements import DIGEST, HALTED
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person

INSURANCE = {**LEASE, "renewal": None, "backup": "ben@acme.example"}


def page(office: Office, who: str, path: str) -> str:
    return text_of(office.sit(who).get(path))


def change(office: Office, letter_id: int, **values: Any) -> None:
    with office.tracker.transaction() as session:
        for name, value in values.items():
            setattr(session.get_one(Letter, letter_id), name, value)


def pulse(office: Office, name: str, **more: Any) -> None:
    with office.tracker.transaction() as session:
        session.merge(Pulse(name=name, at=office.clock.now(), details=more))


# ------------------------------------------------------------------------ a contract


def test_a_contract_tells_who_was_told_last_what_failed_and_who_is_next(office: Office) -> None:
    number = office.record(INSURANCE)
    assert "Nobody has been told yet." in page(office, "Vera", f"/contracts/{number}")
    tick(office)
    fail(office)
    shown = page(office, "Vera", f"/contracts/{number}")
    assert "22 Nov 2026 10:00</time></a>, to Ben" in shown
    assert "1 letter" in shown
    assert f'href="/letters/?contract={number}&amp;state=failed"' in shown
    following = shown.partition("What comes next")[2]
    assert "8 Dec 2026 09:00" in following
    assert "to Ana" in following
    assert "to Ben" in following


def test_the_letters_of_one_contract_stand_by_themselves(office: Office, lease: int, secret: int) -> None:
    tick(office)
    shown = page(office, "Ana", f"/letters/?contract={lease}")
    assert "About this contract only:" in shown
    assert "Office lease" in shown
    assert "Quiet takeover" not in shown
    assert office.sit("Cleo").get(f"/letters/?contract={secret}").status_code == 404


def test_the_history_tells_of_answers_in_words(office: Office, lease: int) -> None:
    deadline = office.deadline(lease, "insurance")
    other = office.deadline(lease, "term-end")
    with office.tracker.transaction() as session:
        now = office.clock.now()
        ben = office.actor("Ben")
        snooze(session, office.actor("Ana"), other, date(2026, 12, 1), now=now)
        acknowledge(session, ben, deadline, now=now)
        disown(session, ben, deadline, now=now)
    shown = page(office, "Ana", f"/contracts/{lease}")
    for words in ("put reminders off", "has a deadline in hand", "said that a deadline is not theirs"):
        assert words in shown
    assert "reminders-snoozed" not in shown


# ------------------------------------------------------------------------------ today


def test_today_tells_of_letters_that_did_not_arrive_to_those_whom_they_concern(office: Office) -> None:
    office.record(SECRET, "Ben", access={"only": []})
    tick(office)
    fail(office)
    assert "1 reminder did not arrive." in page(office, "Ben", "/")
    for outsider in ("Cleo", "Ana"):
        assert "did not arrive" not in page(office, outsider, "/")


def test_today_tells_when_the_visitor_was_last_sent_something(office: Office, lease: int) -> None:
    tick(office)
    shown = page(office, "Ana", "/")
    assert re.search(r"Last sent to you:\s*<time[^>]*>22 Nov 2026 10:00", shown)
    assert f'href="/letters/?person={office.people["Ana"]}"' in shown
    assert "Nothing has been sent to you yet" in page(office, "Ben", "/")


def test_each_person_is_a_click_from_their_letters(office: Office) -> None:
    shown = page(office, "Ana", "/people/")
    assert f'href="/letters/?person={office.people["Ben"]}"' in shown
    assert f'href="/letters/coming?person={office.people["Ben"]}"' in shown


# ------------------------------------------------------------------- what is in the way


@pytest.fixture
def places(office: Office, lease: int) -> list[str]:
    """Every page that speaks of letters."""
    tick(office)
    waits = {"state": LetterState.QUEUED, "finished_at": None, "attempts": 0, "not_before": office.clock.now()}
    change(office, first_letter(office), **waits)
    paths = ["/", "/letters/", "/letters/coming", f"/letters/{first_letter(office)}", f"/contracts/{lease}"]
    return [*paths, f"/obligations/{office.deadline(lease, 'insurance')}"]


def test_mail_that_is_stopped_is_told_everywhere_and_to_administrators_why(office: Office, places: list[str]) -> None:
    pulse(office, HALTED, reason="535 5.7.8 authentication failed")
    for path in places:
        assert "Mail is stopped" in page(office, "Ben", path), path
        assert "535 5.7.8" not in page(office, "Ben", path), path
        assert "535 5.7.8 authentication failed" in page(office, "Ana", path), path


def test_letters_held_since_a_restore_are_told_everywhere(office: Office, places: list[str]) -> None:
    with office.tracker.transaction() as session:
        session.query(Organisation).one().held_since = office.clock.now()
    for path in places:
        assert "A backup was restored" in page(office, "Ben", path), path
        assert "/letters/release" not in page(office, "Ben", path), path
        assert "/letters/release" in page(office, "Ana", path), path


def test_background_work_that_stands_still_and_a_server_that_takes_nothing_are_told(
    office: Office, places: list[str]
) -> None:
    for trouble in ("stands still", "wait longer"):
        assert trouble not in page(office, "Ben", places[0])
    pulse(office, HEARTBEAT)
    office.clock.turn_to(office.clock.now() + timedelta(hours=2))
    shown = page(office, "Ben", places[0])
    assert "its background work stands still" in shown
    assert "22 Nov 2026 10:00" in shown
    pulse(office, HEARTBEAT)
    assert "Letters wait longer than they should" in page(office, "Ben", places[0])


# --------------------------------------------------------------------- what became of it


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [
        (LetterState.FAILED, "refused for good", "Check the address"),
        (LetterState.FAILED, "may have been delivered", "Ask the recipient whether it arrived"),
        (LetterState.FAILED, "given up on the way", "Their mailbox may be full"),
        (LetterState.RETRY, "refused for now", "Nothing needs doing"),
        (LetterState.SUPPRESSED, "snoozed", "The recipient put it off."),
        (LetterState.SUPPRESSED, "recipient disabled", "or their address takes no letters"),
    ],
)
def test_what_became_of_a_letter_is_told_with_what_to_do_and_what_the_server_said(
    office: Office, lease: int, state: LetterState, reason: str, told: str
) -> None:
    tick(office)
    number = first_letter(office)
    change(office, number, state=state, reason=reason, reply="550 <no such user>", attempts=1)
    deadline = office.deadline(lease, "insurance")
    with office.tracker.reading() as session:
        about = session.get_one(Letter, number).deadline_id
    for path in (f"/obligations/{about or deadline}", "/letters/", f"/letters/{number}"):
        shown = page(office, "Ana", path)
        assert told in shown, path
        assert "550 &lt;no such user&gt;" in shown, path


def test_a_letter_of_several_reminders_names_those_the_visitor_may_see(office: Office, lease: int, secret: int) -> None:
    tick(office)
    with office.tracker.transaction() as session:
        ana = office.people["Ana"]
        letters = session.query(Letter).filter_by(person_id=ana, purpose="reminder").order_by(Letter.id).all()
        shared = {"facts": {}, "message_id": "<together@acme.example>", "created_at": office.clock.now()}
        digest = Letter(
            key="together", person_id=ana, recipient="ana@acme.example", language="en", purpose=DIGEST, lead=0,
            due_revision=0, message=b"Subject: Quiet takeover\r\n\r\nQuiet takeover\r\n", state=LetterState.SENT,
            not_before=office.clock.now(), finished_at=office.clock.now(), **shared,
        )  # fmt: skip
        session.add(digest)
        session.flush()
        for letter in letters:
            letter.digest_id = digest.id
        session.get_one(Person, office.people["Ben"]).role = session.get_one(Person, ana).role
        number, member = digest.id, letters[0].id
    shown = page(office, "Ana", f"/letters/{number}")
    assert "Several reminders in one letter" in shown
    assert "Office lease" in shown
    assert "Quiet takeover" in shown
    assert f'href="/letters/{number}"' in page(office, "Ana", f"/letters/{member}")
    assert "Several reminders in one letter" in page(office, "Ana", "/letters/")
    assert office.sit("Cleo").get(f"/letters/{number}").status_code == 404
