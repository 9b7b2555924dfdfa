"""Reminders that come together in one letter: none is lost, none comes twice, and what is urgent comes by itself."""

from datetime import UTC, date, datetime, timedelta

from tests.support.desk import Desk
from tests.support.digests import ANA, BEN, actor, alone, run, states, text
from tests.support.sink import Fault, Sink
from tracker.actions.answers import snooze
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import LetterState
from tracker.rules.digests import Rhythm

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
