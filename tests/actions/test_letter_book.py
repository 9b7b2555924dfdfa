"""What a visitor may know of the letters."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.asked import asked_of
from tests.support.desk import Desk, mail_to
from tests.support.sink import Fault, Sink
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing
from tracker.actions.letter_book import Entry, LetterFilter, entries, entry, letters_about
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline
from tracker.records.letters import LetterState
from tracker.records.people import Role

TODAY = date(2026, 1, 1)
ANY = LetterFilter()


def actor(desk: Desk, who: str) -> Actor:
    return Actor("web", desk.people[who], Role.ADMIN if who == "Cleo" else Role.EDITOR)


def book(desk: Desk, who: str, wanted: LetterFilter = ANY, *, offset: int = 0, limit: int = 50) -> list[Entry]:
    with desk.database.reading() as session:
        return entries(session, actor(desk, who), wanted, offset=offset, limit=limit)[0]


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


def test_the_book_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    counts = []
    for size in (1, 10):
        for number in range(size):
            desk.deadline(TODAY + timedelta(9 + number))
        desk.plan()
        with asked_of(desk.database.engine) as asked:
            book(desk, "Ana")
        counts.append(len(asked))
    assert counts[0] == counts[1]
