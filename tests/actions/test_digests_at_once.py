"""Digests while several things happen at one time: what they cost, and who may know of them."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from tests.support.asked import asked_of
from tests.support.desk import Desk, mail_to, morning
from tests.support.digests import actor, alone, run, text
from tests.support.sink import Fault, Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.errors import Missing
from tracker.actions.letter_book import LetterFilter, entry, letters_about, tally, text_of, told_together
from tracker.actions.outbox_desk import letters
from tracker.actions.remind import plan_reminders
from tracker.records.contracts import Access
from tracker.records.people import Role
from tracker.rules.digests import Rhythm

# ------------------------------------------------------------------ at one time


def test_what_is_being_gathered_is_in_the_digest_or_goes_by_itself_never_both(reader: Desk, sink: Sink) -> None:
    """A digest is due while a second reminder is just joining it."""
    eve = reader.clock.now()
    alone(reader, "2026-01-31", title="First")
    reader.plan()
    reader.clock.turn_to(morning("2026-01-01"))
    alone(reader, "2026-03-02", title="Second", modified_at=eve)
    postman = Thread(target=reader.postman(mail_to(sink.url)).deliver)
    with reader.database.transaction() as session:
        plan_reminders(session, domain="acme.example", now=reader.clock.now())
        session.flush()
        postman.start()
        postman.join(0.5)
        assert sink.copies == [], "it is not written while something joins it"
    postman.join()
    run(reader, sink)
    assert [str(copy.message["subject"])[:11] for copy in sink.copies] == ["2 reminders"]
    assert reader.tally() == {"sent": 3}


def test_what_comes_while_a_digest_is_written_goes_by_itself(reader: Desk, sink: Sink) -> None:
    eve = reader.clock.now()
    alone(reader, "2026-01-31", title="First")
    reader.plan()
    reader.clock.turn_to(morning("2026-01-01"))
    alone(reader, "2026-03-02", title="Second", modified_at=eve)
    planner = Thread(target=reader.plan)

    def checkpoint(point: str) -> None:
        """Within the transaction in which it is claimed and written."""
        if point == "claimed" and not planner.ident:
            planner.start()
            planner.join(0.5)

    reader.postman(mail_to(sink.url), checkpoint=checkpoint).deliver()
    planner.join()
    run(reader, sink)
    told = [text(copy) for copy in sink.copies]
    assert sorted(sum(title in one for one in told) for title in ("First", "Second")) == [1, 1]
    assert reader.tally() == {"sent": 3}


# --------------------------------------------------------------------- the cost


def test_gathering_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    desk.person("Ana", digest=Rhythm.DAILY)
    counts = []
    for size in (1, 20):
        for number in range(size):
            alone(desk, str(date(2026, 1, 31) + timedelta(number)), code="renewal-intention")
        with asked_of(desk.database.engine) as asked:
            desk.plan()
        counts.append(len(asked))
        desk.clock.turn_to(morning("2026-01-02"))
    assert counts[0] == counts[1]


def test_a_tick_finds_what_will_not_be_told_by_indexes_whatever_else_there_is(sqlite_desk: Desk) -> None:
    engine = sqlite_desk.database.engine
    with asked_of(engine) as asked:
        sqlite_desk.plan()
    question = next(one for one in asked if "SELECT letter_1.digest_id" in one.statement)
    with engine.connect() as connection:
        plan = question.plan(connection)
    assert any("USING INDEX ix_letter_state_not_before (state=?)" in line for line in plan)
    assert not [line for line in plan if line.startswith("SCAN")]


# -------------------------------------------------------------- who may know of it


def test_who_looks_at_a_digest_sees_what_they_may_see_of_it(told: Desk) -> None:
    def seen(who: str, role: Role = Role.EDITOR) -> tuple[list[bool], bool]:
        me = Actor("web", told.people[who], role, "en")
        with told.database.reading() as session:
            found = entry(session, me, 1)
            members = told_together(session, me, found.letter)
            return [one.deadline is not None for one in members], text_of(session, me, found) is not None

    assert seen("Ana") == ([True, True, True], True)
    assert seen("Cleo", Role.ADMIN) == ([False, True, True], False), "the first contract is closed to her"
    with pytest.raises(Missing):
        seen("Ben")
    told.person("Ana", active=False)
    assert seen("Ana") == ([False, False, False], False)


def test_what_has_left_a_written_digest_keeps_its_text_from_those_who_may_not_see_it(reader: Desk, sink: Sink) -> None:
    """It was written and refused: its reminders go by themselves, and its text still speaks of them."""
    alone(reader, "2026-01-31", title="Quiet takeover", access=Access.NAMED)
    reader.plan()
    sink.faults(Fault("RCPT", reply="554 looks like a mailing", times=1))
    run(reader, sink, "2026-01-01")
    run(reader, sink)

    def shown(who: str, role: Role) -> bytes | None:
        me = Actor("web", reader.people[who], role, "en")
        with reader.database.reading() as session:
            found = entry(session, me, 1)
            assert told_together(session, me, found.letter) == []
            return text_of(session, me, found)

    assert b"Quiet takeover" in (shown("Ana", Role.EDITOR) or b"")
    assert shown("Cleo", Role.ADMIN) is None


def test_the_desk_lists_digests_and_what_goes_with_them(told: Desk) -> None:
    with told.database.reading() as session:
        listed = [(one.purpose, one.digest_id) for one in letters(session, OPERATOR)]
        assert listed.count(("reminder", 1)) == 3
        assert ("digest", None) in listed
        assert [one.purpose for one in letters(session, actor(told, "Ben"))].count("digest") == 0


def test_what_waits_leaves_when_its_digest_leaves(quick_reader: Desk) -> None:
    quick_reader.person("Ana", digest=Rhythm.WEEKLY)
    alone(quick_reader, "2026-01-31")
    quick_reader.plan()
    with quick_reader.database.reading() as session:
        ((found,),) = (letters_about(session, actor(quick_reader), 1),)
        assert found.leaves_from == datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
        assert found.not_before == datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
        assert tally(session, actor(quick_reader), LetterFilter()).waiting == 1
