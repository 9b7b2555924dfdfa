"""Reminders that come together in one letter: none is lost, none comes twice, and what is urgent comes by itself."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from tests.support.asked import asked_of
from tests.support.desk import Desk, mail_to, morning
from tests.support.returned import postfix
from tests.support.sink import Copy, Fault, Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.alarms import raise_alarms
from tracker.actions.answers import snooze
from tracker.actions.bounces import Taken, take_in
from tracker.actions.errors import Missing
from tracker.actions.letter_book import LetterFilter, entry, letters_about, tally, text_of, told_together
from tracker.actions.outbox_desk import letters, try_again
from tracker.actions.remind import plan_reminders
from tracker.actions.wishes import Wishes, clear_bounce, wish
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Role
from tracker.rules.digests import Rhythm

ANA, BEN = "ana@acme.example", "ben@acme.example"


def reading_every_morning(desk: Desk) -> Desk:
    """Ana wants one letter every morning; it is four in the morning of the first of January."""
    desk.person("Ana", digest=Rhythm.DAILY)
    desk.clock.turn_to(datetime(2025, 12, 31, 20, 0, tzinfo=UTC))
    return desk


@pytest.fixture
def reader(desk: Desk) -> Desk:
    return reading_every_morning(desk)


@pytest.fixture
def quick_reader(sqlite_desk: Desk) -> Desk:
    """For what does not depend on the database."""
    return reading_every_morning(sqlite_desk)


def alone(desk: Desk, day: str, **more: Any) -> int:
    """A deadline of which Ana alone hears."""
    return desk.deadline(day, backup_id=None, **more)


def run(desk: Desk, sink: Sink, at: str = "") -> list[Copy]:
    """The chores once, on the morning of that day; what came meanwhile."""
    before = len(sink.copies)
    if at:
        desk.clock.turn_to(morning(at))
    desk.tick(mail_to(sink.url))
    return sink.copies[before:]


def text(copy: Copy) -> str:
    body = copy.message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def states(desk: Desk) -> list[tuple[str, int, str, str]]:
    return [(one.purpose, one.lead, one.state.value, one.reason) for one in desk.letters]


def actor(desk: Desk, name: str = "Ana") -> Actor:
    return Actor("web", desk.people[name], Role.EDITOR, "en")


# ------------------------------------------------------------------- together


def test_what_is_not_urgent_comes_in_one_letter_in_the_morning(reader: Desk, sink: Sink) -> None:
    for number, title in ((30, "Office lease"), (14, "Cleaning"), (60, "Car park")):
        alone(reader, str(date(2026, 1, 1) + timedelta(number)), title=title)
    assert run(reader, sink) == []
    assert states(reader)[0][0::2] == ("digest", "queued")
    (copy,) = run(reader, sink, "2026-01-01")
    assert copy.recipients == [ANA]
    assert copy.message["subject"] == "3 reminders: the nearest day is in 14 days (15 Jan 2026)"
    said = text(copy)
    assert said.index("Cleaning") < said.index("Office lease") < said.index("Car park")
    for number in (1, 2, 3):
        assert f"https://tracker.example/obligations/{number}\n" in said
    digest, *told = reader.letters
    assert {(one.state, one.digest_id, one.reply) for one in told} == {(LetterState.SENT, digest.id, digest.reply)}
    assert digest.reply.startswith("250")
    assert {one.finished_at for one in told} == {digest.finished_at}
    assert run(reader, sink, "2026-01-02") == []


def test_what_is_urgent_overdue_or_escalated_comes_by_itself_at_once(quick_reader: Desk, sink: Sink) -> None:
    quick_reader.person("Ana", manager_id=quick_reader.people["Ben"])
    quick_reader.person("Ben", digest=Rhythm.WEEKLY)
    for day in ("2026-01-08", "2026-01-02", "2025-12-31", "2025-12-01"):
        alone(quick_reader, day, code="report", title=day)
    for day in ("2026-01-09", "2026-01-08"):
        alone(quick_reader, day, title=f"notice {day}")
    copies = run(quick_reader, sink, "2026-01-01")
    to_ben = [copy for copy in copies if copy.recipients == [BEN]]
    assert len(to_ben) == 4, "missed twice, in one day, and a notice in seven days that nobody has in hand"
    assert not [letter for letter in quick_reader.letters if letter.state is LetterState.GATHERED]
    digests = [letter for letter in quick_reader.letters if letter.purpose == "digest"]
    assert [letter.person_id for letter in digests] == [quick_reader.people["Ana"]]
    (digest,) = [copy for copy in copies if "reminder" in str(copy.message["subject"])]
    assert "notice 2026-01-09" in text(digest)
    assert "notice 2026-01-08" not in text(digest)


def test_who_wants_each_by_itself_gets_each_by_itself(quick_reader: Desk, sink: Sink) -> None:
    quick_reader.deadline("2026-01-31")
    quick_reader.deadline("2026-03-02")
    copies = run(quick_reader, sink, "2026-01-01")
    assert sorted(copy.recipients[0] for copy in copies) == [ANA, BEN, BEN]


def test_on_mondays_unless_waiting_would_make_it_urgent(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-01-31", title="thirty days off")
    alone(sqlite_desk, "2026-01-15", title="fourteen days off, eleven on Monday")
    alone(sqlite_desk, "2026-01-12", code="report", title="eleven days off, seven on Monday")
    (urgent,) = run(sqlite_desk, sink, "2026-01-01")
    assert "seven on Monday" in str(urgent.message["subject"])
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        assert run(sqlite_desk, sink, day) == []
    subjects = [str(copy.message["subject"]) for copy in run(sqlite_desk, sink, "2026-01-05")]
    assert sorted(subjects)[0] == "2 reminders: the nearest day is in 10 days (15 Jan 2026)"
    assert "7 days left" in subjects[1]


def test_each_gets_it_at_nine_where_they_are(sqlite_desk: Desk) -> None:
    sqlite_desk.clock.turn_to(datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    sqlite_desk.deadline("2026-03-31")
    sqlite_desk.person("Ana", digest=Rhythm.DAILY, zone="America/New_York")
    sqlite_desk.person("Ben", digest=Rhythm.DAILY, zone="Asia/Shanghai")
    sqlite_desk.plan()
    due = {one.person_id: one.not_before for one in sqlite_desk.letters if one.purpose == "digest"}
    assert due[sqlite_desk.people["Ana"]] == datetime(2026, 1, 1, 14, 0, tzinfo=UTC)
    assert due[sqlite_desk.people["Ben"]] == datetime(2026, 1, 1, 1, 0, tzinfo=UTC)


def test_what_is_recorded_during_the_day_waits_for_the_next_morning(quick_reader: Desk, sink: Sink) -> None:
    alone(quick_reader, "2026-01-31")
    run(quick_reader, sink, "2026-01-01")
    quick_reader.later(hours=6)
    alone(quick_reader, "2026-02-10")
    alone(quick_reader, "2026-02-12")
    assert run(quick_reader, sink) == []
    (copy,) = run(quick_reader, sink, "2026-01-02")
    assert "2 reminders" in str(copy.message["subject"])


def test_a_machine_that_slept_sends_the_digest_when_it_wakes(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-02-03")  # thirty days before it is a Sunday
    alone(sqlite_desk, "2026-03-06")  # sixty days before it is a Monday
    (copy,) = run(sqlite_desk, sink, "2026-01-06")
    assert "2 reminders" in str(copy.message["subject"])
    assert sqlite_desk.tally() == {"sent": 3}


# ------------------------------------------------------ what happens meanwhile


def test_what_has_ended_meanwhile_is_left_out(reader: Desk, sink: Sink) -> None:
    numbers = [alone(reader, "2026-01-31", title=f"Contract {number}") for number in range(6)]
    reader.plan()
    reader.change(numbers[0], state=State.DONE)
    reader.change(numbers[1], state=State.WAIVED)
    reader.change(numbers[2], state=State.WITHDRAWN)
    reader.change(numbers[3], action_day=date(2026, 5, 31), legal=date(2026, 5, 31))
    with reader.database.transaction() as session:
        contract = session.get_one(Deadline, numbers[4]).contract
        contract.access, contract.owner_id = Access.NAMED, reader.people["Ben"]
    copies = run(reader, sink, "2026-01-01")
    (digest,) = [copy for copy in copies if copy.recipients == [ANA]]
    said = text(digest)
    assert [number for number in range(6) if f"Contract {number}" in said] == [5]
    ended = {(one.deadline_id, one.reason) for one in reader.letters if one.state is LetterState.SUPPRESSED}
    assert ended == {
        (numbers[0], "done"), (numbers[1], "waived"), (numbers[2], "withdrawn"), (numbers[3], "moved"),
        (numbers[4], "recipient may not see the contract"),
    }  # fmt: skip
    assert all(one.digest_id is None for one in reader.letters if one.state is LetterState.SUPPRESSED)
    reader.plan()
    assert [one.lead for one in reader.letters if one.person_id == reader.people["Ben"]] == [30], (
        "he answers for it now"
    )


def test_an_empty_digest_is_not_sent(quick_reader: Desk, sink: Sink) -> None:
    number = alone(quick_reader, "2026-01-31")
    quick_reader.plan()
    quick_reader.change(number, state=State.DONE)
    assert run(quick_reader, sink, "2026-01-01") == []
    assert states(quick_reader) == [
        ("digest", 0, "suppressed", "nothing left to say"),
        ("reminder", 30, "suppressed", "done"),
    ]


def test_put_off_it_is_not_told_in_the_digest(quick_reader: Desk, sink: Sink) -> None:
    number = alone(quick_reader, "2026-01-31", code="report")
    quick_reader.plan()
    with quick_reader.database.transaction() as session:
        snooze(session, actor(quick_reader), number, date(2026, 1, 10), now=quick_reader.clock.now())
    assert run(quick_reader, sink, "2026-01-01") == []
    (copy,) = run(quick_reader, sink, "2026-01-10")
    assert "21 days" in str(copy.message["subject"])
    assert copy.message_id == next(
        one.message_id for one in quick_reader.letters if one.purpose == "digest" and one.message
    )


def test_a_more_urgent_reminder_takes_the_place_of_one_that_waits(desk: Desk, sink: Sink) -> None:
    desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(desk, "2026-01-15")
    desk.plan()
    assert states(desk)[1][1:] == (14, "gathered", "")
    # The server keeps the digest waiting until the next reminder is due.
    sink.faults(Fault("RCPT", reply="451 later"))
    for day in range(5, 8):
        assert run(desk, sink, f"2026-01-0{day}") == []
    sink.faults()
    (copy,) = run(desk, sink, "2026-01-08")
    assert "7 days left" in str(copy.message["subject"])
    assert states(desk) == [
        ("digest", 0, "suppressed", "nothing left to say"),
        ("reminder", 14, "superseded", "by lead 7"),
        ("reminder", 7, "sent", ""),
    ]


def test_what_became_urgent_while_the_machine_slept_comes_by_itself(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-01-20", code="report", ladder="50, 19")
    alone(sqlite_desk, "2026-02-20", code="report", ladder="50, 19", title="Far off")
    sqlite_desk.plan()
    assert [one[2] for one in states(sqlite_desk)] == ["queued", "gathered", "gathered"]
    copies = run(sqlite_desk, sink, "2026-01-16")
    assert sorted(str(copy.message["subject"])[:20] for copy in copies) == [
        "1 reminder: its day ",
        "Office lease: 4 days",
    ]
    assert "Far off" in text(copies[0]) + text(copies[1])


# --------------------------------------------------------------- it cannot go


def test_refused_for_good_its_reminders_go_by_themselves(reader: Desk, sink: Sink) -> None:
    alone(reader, "2026-01-31")
    alone(reader, "2026-03-02")
    reader.plan()
    sink.faults(Fault("RCPT", reply="554 looks like a mailing", times=1))
    assert run(reader, sink, "2026-01-01") == []
    assert states(reader)[0][2:] == ("superseded", "refused for good")
    copies = run(reader, sink)
    assert sorted(str(copy.message["subject"])[14:21] for copy in copies) == ["30 days", "60 days"]
    assert reader.tally() == {"superseded": 1, "sent": 2}


def test_once_written_it_stays_as_it_is_and_nothing_joins_it(reader: Desk, sink: Sink) -> None:
    eve = reader.clock.now()
    done, other = alone(reader, "2026-01-31"), alone(reader, "2026-03-02")
    reader.plan()
    sink.faults(Fault("DATA", reply="451 later", times=1))
    assert run(reader, sink, "2026-01-01") == []
    written = reader.letters[0].message
    reader.change(done, state=State.DONE)
    late = alone(reader, "2026-02-01", modified_at=eve)
    reader.later(minutes=2)
    copies = run(reader, sink)
    assert sorted(str(copy.message["subject"])[:20] for copy in copies) == [
        "2 reminders: the nea",
        "Office lease: 31 day",
    ]
    assert next(copy.content for copy in copies if "2 reminders" in str(copy.message["subject"])) == written
    ended = {one.deadline_id: (one.state.value, one.digest_id) for one in reader.letters if one.purpose == "reminder"}
    assert ended == {done: ("suppressed", None), other: ("sent", 1), late: ("sent", None)}


def test_in_doubt_twice_its_reminders_go_by_themselves(reader: Desk, sink: Sink) -> None:
    alone(reader, "2026-01-31")
    reader.plan()
    for day in ("2026-01-01", "2026-01-02"):
        sink.faults(Fault("BODY", drop=True, times=1))
        assert len(run(reader, sink, day)) == 1
    assert states(reader)[0][2:] == ("superseded", "may have been delivered")
    (copy,) = run(reader, sink)
    assert "29 days left" in str(copy.message["subject"])
    assert len({(one.message_id, one.sha256) for one in sink.copies[:2]}) == 1


def test_what_cannot_be_written_keeps_nothing_else_from_going(quick_reader: Desk, sink: Sink) -> None:
    alone(quick_reader, "2026-01-31")
    alone(quick_reader, "2026-03-02", title="Far off")
    quick_reader.plan()
    with quick_reader.database.transaction() as session:
        session.query(Letter).filter(Letter.lead == 30).one().facts = {}
    assert run(quick_reader, sink, "2026-01-01") == []
    (copy,) = run(quick_reader, sink)
    assert "60 days left" in str(copy.message["subject"])
    assert states(quick_reader) == [
        ("digest", 0, "superseded", "could not be written"),
        ("reminder", 30, "retry", "could not be written"),
        ("reminder", 60, "sent", ""),
    ]


def test_switched_off_what_waits_comes_by_itself(desk: Desk, sink: Sink) -> None:
    desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(desk, "2026-01-31")
    assert run(desk, sink) == []
    with desk.database.transaction() as session:
        wish(session, actor(desk), Wishes(), now=desk.clock.now())
    (copy,) = run(desk, sink)
    assert "30 days left" in str(copy.message["subject"])
    assert run(desk, sink, "2026-01-05") == []
    assert states(desk)[0][2:] == ("suppressed", "nothing left to say")


@pytest.mark.parametrize("change", [{"active": False}, {"bounced_at": datetime(2026, 1, 1, tzinfo=UTC)}])
@pytest.mark.parametrize("written", [False, True])
def test_when_its_reader_is_gone_whoever_is_left_is_told_at_once(
    desk: Desk, sink: Sink, change: dict[str, Any], written: bool
) -> None:
    desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(desk, "2026-03-02")
    run(desk, sink)
    if written:
        sink.faults(Fault("RCPT", reply="451 later", times=1))
        run(desk, sink, "2026-01-05")
    desk.person("Ana", **change)
    desk.later(minutes=2)
    for _ in range(3):
        run(desk, sink)
    assert [(copy.recipients, str(copy.message["subject"])[14:21]) for copy in sink.copies] == [
        (["cleo@acme.example"], "56 days" if written else "60 days")
    ]
    assert not {one.state.value for one in desk.letters} & {"gathered", "queued", "retry"} or not written


def test_chosen_again_it_gathers_again(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-01-31")
    run(sqlite_desk, sink)
    sqlite_desk.person("Ana", digest=Rhythm.NEVER)
    assert len(run(sqlite_desk, sink)) == 1
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-02-01")
    assert run(sqlite_desk, sink) == []
    assert len(run(sqlite_desk, sink, "2026-01-05")) == 1


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


@pytest.fixture
def told(reader: Desk, sink: Sink) -> Desk:
    """Ana was told of three deadlines in one letter; Ben stands in for her at the first."""
    reader.deadline("2026-01-31", title="First", access=Access.NAMED)
    alone(reader, "2026-03-02", title="Second")
    alone(reader, "2026-04-01", title="Third")
    run(reader, sink, "2026-01-01")
    return reader


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


# ------------------------------------------------------------------ it came back


def comes_back(desk: Desk, status: str = "5.1.1") -> Taken:
    digest = next(one for one in desk.letters if one.purpose == "digest")
    mail = postfix(digest.message_id, ANA, status)
    with desk.database.transaction() as session:
        return take_in(session, OPERATOR, mail, now=desk.clock.now())


def test_o13_a_digest_that_came_back_is_told_in_one_alarm_and_its_reminders_go_to_whoever_is_left(
    told: Desk, sink: Sink
) -> None:
    assert comes_back(told) is Taken.REFUSED
    assert comes_back(told) is Taken.KNOWN
    reminders = [one for one in told.letters if one.person_id == told.people["Ana"] and one.purpose == "reminder"]
    assert {(one.state.value, one.reason, one.digest_id) for one in reminders} == {("failed", "came back", 1)}
    with told.database.transaction() as session:
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 2
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 0
    copies = run(told, sink)
    alarms = {copy.recipients[0]: text(copy) for copy in copies if "come back" in str(copy.message["subject"])}
    assert [("First" in alarms[BEN]), ("Third" in alarms[BEN])] == [True, True]
    assert [("First" in alarms["cleo@acme.example"]), ("Third" in alarms["cleo@acme.example"])] == [False, True]
    to_cleo = [copy for copy in copies if copy.recipients == ["cleo@acme.example"] and "days left" in text(copy)]
    assert len(to_cleo) == 2, "of the second and third nobody else heard"
    with told.database.transaction() as session:
        cleo = Actor("web", told.people["Cleo"], Role.ADMIN, "en")
        clear_bounce(session, cleo, told.people["Ana"], now=told.clock.now())
    again = run(told, sink)
    assert len(again) == 3
    assert {copy.recipients[0] for copy in again} == {ANA}
    assert [one.digest_id for one in told.letters if one.person_id == told.people["Ana"]] == [None] * 4


def test_o13_a_digest_given_up_on_the_way_is_an_alarm_and_no_more(told: Desk, sink: Sink) -> None:
    assert comes_back(told, status="5.2.2") is Taken.GIVEN_UP
    with told.database.transaction() as session:
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 2
    assert {one.reason for one in told.letters if one.digest_id} == {"given up on the way"}
    assert run(told, sink)
    assert told.letters[0].state is LetterState.SUPERSEDED
    second = next(one.id for one in told.letters if one.digest_id and one.lead == 60)
    with told.database.transaction() as session:
        try_again(session, OPERATOR, second, told.clock.now())
    (copy,) = run(told, sink)
    assert "60 days left" in str(copy.message["subject"])
    assert [one.lead for one in told.letters if one.digest_id] == [30, 90]
