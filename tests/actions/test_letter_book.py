"""What a visitor may know of the letters, and which reminders come."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.desk import Desk, mail_to
from tests.support.sink import Fault, Sink
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing
from tracker.actions.letter_book import (
    Coming,
    Entry,
    LetterFilter,
    entries,
    entry,
    letters_about,
    next_reminders,
    outlook,
)
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import LetterState
from tracker.records.people import Role

TODAY = date(2026, 1, 1)
ANY = LetterFilter()


def actor(desk: Desk, who: str) -> Actor:
    return Actor("web", desk.people[who], Role.ADMIN if who == "Cleo" else Role.EDITOR)


def book(desk: Desk, who: str, wanted: LetterFilter = ANY, *, offset: int = 0, limit: int = 50) -> list[Entry]:
    with desk.database.reading() as session:
        return entries(session, actor(desk, who), wanted, offset=offset, limit=limit)[0]


def ahead(desk: Desk, who: str = "Ana", today: date = TODAY) -> list[Coming]:
    with desk.database.reading() as session:
        return list(outlook(session, actor(desk, who), today).reminders)


def told(coming: list[Coming]) -> list[tuple[str, str, int | None]]:
    return [(one.person.name if one.person else "", f"{one.day:%m-%d}", one.lead) for one in coming]


def closed(desk: Desk, day: str = "2026-01-31", **more: Any) -> int:
    """A deadline of a contract that only Ana may see."""
    return desk.deadline(day, title="Quiet takeover", access=Access.NAMED, backup_id=None, **more)


def test_an_administrator_sees_the_envelope_of_a_closed_letter_and_not_what_it_is_about(desk: Desk, sink: Sink) -> None:
    closed(desk)
    desk.tick(mail_to(sink.url))
    (seen,) = book(desk, "Cleo")
    assert (seen.letter.recipient, seen.letter.state) == ("ana@acme.example", LetterState.SENT)
    assert seen.letter.reply.startswith("250")
    assert seen.deadline is None
    assert book(desk, "Ana")[0].deadline is not None
    assert book(desk, "Ben") == []


def test_who_lost_sight_of_a_contract_still_sees_that_letters_came_but_not_why_they_stopped(
    desk: Desk, sink: Sink
) -> None:
    number = closed(desk)
    desk.plan()
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        contract.owner_id = desk.people["Ben"]
    desk.postman(mail_to(sink.url)).deliver()
    (mine,) = book(desk, "Ana")
    assert (mine.letter.state, mine.deadline, mine.reason) == (LetterState.SUPPRESSED, None, "")
    assert book(desk, "Ben")[0].reason != ""


def test_letters_are_narrowed_by_state_and_person_and_come_in_pages(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    sink.faults(Fault("RCPT", reply="550 5.1.1 no such user", times=1))
    desk.tick(mail_to(sink.url))
    ben = desk.people["Ben"]
    assert [one.letter.person_id for one in book(desk, "Ana", LetterFilter(person_id=ben))] == [ben]
    failed = book(desk, "Ana", LetterFilter((LetterState.FAILED,)))
    assert [one.letter.reply for one in failed] == ["550 5.1.1 no such user"]
    newest, next_one = book(desk, "Ana", limit=1), book(desk, "Ana", offset=1, limit=1)
    assert newest[0].letter.id > next_one[0].letter.id


def test_one_letter_is_shown_with_its_attempts_to_those_who_may_know_of_it(desk: Desk, sink: Sink) -> None:
    closed(desk)
    desk.tick(mail_to(sink.url))
    number = desk.letters[0].id
    with desk.database.reading() as session:
        mine = entry(session, actor(desk, "Ana"), number)
        assert [one.outcome for one in mine.letter.tries] == ["sent"]
        with pytest.raises(Missing):
            entry(session, actor(desk, "Ben"), number)
        with pytest.raises(Missing):
            entry(session, actor(desk, "Ana"), number + 1)


def test_a_deadline_tells_of_its_letters_only_to_those_who_may_see_it(desk: Desk) -> None:
    number = closed(desk)
    desk.plan()
    with desk.database.reading() as session:
        assert [one.lead for one in letters_about(session, actor(desk, "Ana"), number)] == [30]
        assert letters_about(session, actor(desk, "Cleo"), number) == []


def test_the_outlook_is_what_planning_then_does(desk: Desk) -> None:
    desk.deadline("2026-01-20")
    desk.deadline("2026-02-20", code="payment")
    desk.plan()
    promised = told(ahead(desk))
    before = len(desk.letters)
    for _day in range(30):
        desk.later(days=1)
        desk.plan()
    planned = {
        (one.person.name, f"{one.not_before:%m-%d}", one.lead)
        for one in desk.letters[before:]
        if one.person is not None
    }
    assert set(promised) == planned
    assert promised == sorted(promised)


def test_what_is_due_and_not_planned_yet_is_promised_for_today(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    assert told(ahead(desk))[0] == ("Ana", "01-01", 30)
    desk.plan()
    assert told(ahead(desk))[0] == ("Ana", "01-17", 14)


def test_a_reminder_for_nobody_is_announced_as_such(desk: Desk) -> None:
    closed(desk, "2026-01-20", owner_id=None)
    assert {one.person for one in ahead(desk, "Cleo")} == {None}


def test_the_outlook_shows_an_administrator_no_closed_contract(desk: Desk) -> None:
    closed(desk, "2026-01-20")
    assert {(one.deadline, one.lead) for one in ahead(desk, "Cleo")} == {(None, None)}
    assert {one.person.name for one in ahead(desk, "Cleo") if one.person} == {"Ana"}
    assert ahead(desk, "Ben") == []


def test_nothing_comes_of_what_is_done(desk: Desk) -> None:
    number = desk.deadline("2026-01-20")
    desk.change(number, state=State.DONE)
    assert ahead(desk) == []
    with desk.database.reading() as session:
        assert next_reminders(session, session.get_one(Deadline, number), TODAY) == []


def test_a_deadline_tells_what_comes_next(desk: Desk) -> None:
    number = desk.deadline("2026-04-30", backup_id=None)
    with desk.database.reading() as session:
        coming = next_reminders(session, session.get_one(Deadline, number), TODAY, most=3)
    assert told(coming) == [("Ana", "01-30", 90), ("Ana", "03-01", 60), ("Ana", "03-31", 30)]


def test_the_outlook_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    asked: list[str] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *told: asked.append(str(told[2])))
    counts = []
    for size in (1, 10):
        for number in range(size):
            desk.deadline(TODAY + timedelta(9 + number))
        asked.clear()
        ahead(desk)
        book(desk, "Ana")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_both_who_look_after_a_deadline_are_named_on_each_of_its_days(desk: Desk) -> None:
    number = desk.deadline("2026-04-30")
    with desk.database.reading() as session:
        coming = next_reminders(session, session.get_one(Deadline, number), TODAY, most=1)
    assert told(coming) == [("Ana", "01-30", 90), ("Ben", "01-30", 90)]
