"""Letters on screen: was I told, when, by which mail, what did the server say, and what comes next?"""

from datetime import timedelta

import pytest

from tests.web.conftest import LEASE, SECRET, Office, send, text_of
from tracker.chores import Chores
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation


def tick(office: Office) -> None:
    Chores(office.tracker, "http://localhost").all_once()


def first_letter(office: Office) -> int:
    with office.tracker.reading() as session:
        return session.query(Letter).order_by(Letter.id).first().id  # type: ignore[union-attr]  # there is one


def fail(office: Office) -> int:
    """Let the first letter have been refused; answers its id."""
    number = first_letter(office)
    with office.tracker.transaction() as session:
        letter = session.get_one(Letter, number)
        letter.state, letter.reason, letter.reply = LetterState.FAILED, "refused for good", "550 no such user"
    return number


def test_a_deadline_tells_what_was_sent_what_the_server_said_and_what_comes(office: Office, lease: int) -> None:
    tick(office)
    deadline = office.deadline(lease, "insurance")
    page = text_of(office.sit("Ana").get(f"/obligations/{deadline}"))
    assert "30 days before" in page
    assert "250 kept as" in page
    assert "7 days before" in page
    assert '<time datetime="2026-12-08T01:00:00+00:00">' in page
    assert "You were last told on 22 Nov 2026 10:00 (30 days before)." in page
    assert "You hear of it next on 8 Dec 2026 09:00." in page
    assert "You have not been told of it." in text_of(office.sit("Ben").get(f"/obligations/{deadline}"))


def test_the_list_shows_who_was_told_of_what_and_the_servers_words(office: Office, lease: int) -> None:
    tick(office)
    page = text_of(office.sit("Ana").get("/letters/"))
    assert "to Ana" in page
    assert "Office lease" in page
    assert "250 kept as" in page
    assert "Nothing matches" in text_of(office.sit("Ana").get("/letters/?state=failed"))
    assert "Nothing matches" in text_of(office.sit("Ana").get(f"/letters/?person={office.people['Cleo']}"))


def test_a_letter_is_shown_as_it_was_written(office: Office, lease: int) -> None:
    tick(office)
    page = text_of(office.sit("Ana").get(f"/letters/{first_letter(office)}"))
    assert "Office lease: " in page
    assert "You receive this because you look after this contract, or are to be told of it." in page
    assert "Message-ID" in page


def test_an_administrator_outside_a_contract_sees_envelopes_only(office: Office) -> None:
    office.record(SECRET, "Ben", access={"only": []})
    tick(office)
    ana = office.sit("Ana")
    for path in ("/letters/", f"/letters/{first_letter(office)}", "/letters/coming"):
        page = text_of(ana.get(path))
        assert "Ben" in page, path
        assert "contract you may not see" in page, path
        assert "Quiet takeover" not in page, path
    assert "No letter yet" in text_of(office.sit("Cleo").get("/letters/"))


def test_what_comes_stands_under_the_name_of_whom_it_goes_to_with_its_hour_and_why(office: Office, lease: int) -> None:
    office.record({**LEASE, "number": "L-8", "title": "Van lease"}, "Ben")
    ana = office.sit("Ana")
    page = text_of(ana.get("/letters/coming"))
    assert ">Ana<" in page
    assert ">Ben<" in page
    assert "8 Dec 2026 09:00" in page
    assert "answers for it" in page
    filtered = text_of(ana.get(f"/letters/coming?person={office.people['Ben']}"))
    assert "Van lease" in filtered
    assert "Office lease" not in filtered
    assert "No reminder leaves in these days" in text_of(ana.get(f"/letters/coming?person={office.people['Vera']}"))


def test_who_does_not_administer_sees_only_what_they_will_be_sent(office: Office, lease: int) -> None:
    office.record({**LEASE, "number": "L-8", "title": "Van lease"}, "Ben")
    ben = office.sit("Ben")
    page = text_of(ben.get("/letters/coming"))
    assert "Van lease" in page
    assert "Office lease" not in page
    assert 'name="person"' not in page
    assert ben.get(f"/letters/coming?person={office.people['Ana']}").status_code == 403


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("from=2026-12-01&to=2026-11-01", "The last day lies before the first."),
        ("from=2026-12-01&to=2027-12-01", "Choose at most 92 days."),
        ("from=3/5/26", "3/5/26"),
        ("from=2126-12-01", "Choose days within 30 years of today."),
    ],
)
def test_days_that_cannot_be_shown_are_refused_with_what_was_typed(office: Office, asked: str, told: str) -> None:
    answer = office.sit("Ana").get(f"/letters/coming?{asked}")
    assert answer.status_code == 422
    assert told in text_of(answer)


@pytest.mark.parametrize(("what", "state"), [("again", LetterState.QUEUED), ("rest", LetterState.SUPPRESSED)])
def test_a_dead_letter_is_looked_after_once_it_is_confirmed(
    office: Office, lease: int, what: str, state: LetterState
) -> None:
    tick(office)
    number = fail(office)
    ana = office.sit("Ana")
    assert "this letter" in text_of(ana.get(f"/letters/{number}/{what}"))
    with office.tracker.reading() as session:
        assert session.get_one(Letter, number).state is LetterState.FAILED
    assert send(ana, f"/letters/{number}/{what}").status_code == 303
    with office.tracker.reading() as session:
        assert session.get_one(Letter, number).state is state


def test_a_letter_that_was_sent_is_not_sent_again(office: Office, lease: int) -> None:
    tick(office)
    ana = office.sit("Ana")
    answer = send(ana, f"/letters/{first_letter(office)}/again")
    assert "Only a letter that could not be delivered" in text_of(ana.get(answer.location))


def test_letters_held_since_a_restore_leave_once_it_is_confirmed(office: Office) -> None:
    ana = office.sit("Ana")
    assert "Letters are not held" in text_of(ana.get("/letters/release"))
    with office.tracker.transaction() as session:
        session.query(Organisation).one().held_since = office.clock.now()
    assert "A backup was restored" in text_of(ana.get("/letters/"))
    assert "once more" in text_of(ana.get("/letters/release"))
    send(ana, "/letters/release")
    assert "A backup was restored" not in text_of(ana.get("/letters/"))


def test_who_does_not_administer_looks_after_no_letter(office: Office, lease: int) -> None:
    tick(office)
    number = fail(office)
    ben = office.sit("Ben")
    for path in (f"/letters/{number}/again", f"/letters/{number}/rest", "/letters/release", "/settings/trial"):
        assert send(ben, path).status_code == 403, path
    assert "/again" not in text_of(ben.get(f"/letters/{number}"))


def test_the_test_letter_tells_the_servers_words_and_is_throttled(office: Office) -> None:
    ana = office.sit("Ana")
    for _press in range(5):
        office.clock.turn_to(office.clock.now() + timedelta(seconds=1))
        assert send(ana, "/settings/trial").status_code == 303
    page = text_of(ana.get("/settings/"))
    assert "Handed over for ana@acme.example." in page
    assert "kept as" in page
    assert send(ana, "/settings/trial").status_code == 429


def test_today_and_the_menu_lead_to_the_letters(office: Office) -> None:
    assert text_of(office.sit("Ana").get("/help")).count('href="/letters/"') == 1
    assert 'href="/letters/"' in text_of(office.sit("Vera").get("/"))
