"""What happens to a reminder between its planning and its sending: it tells what holds, to whoever is there, once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Fault, Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.answers import snooze
from tracker.actions.errors import Refused
from tracker.actions.outbox_desk import try_again
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline
from tracker.records.letters import LetterState
from tracker.records.people import Organisation, Role
from tracker.rules.digests import Rhythm

LATER = Fault("RCPT", reply="451 later", times=1)
GONE: tuple[dict[str, Any], dict[str, Any]] = ({"active": False}, {"active": True})
UNREACHABLE: tuple[dict[str, Any], dict[str, Any]] = ({"bounced_at": morning("2026-01-01")}, {"bounced_at": None})


def subjects(sink: Sink) -> list[str]:
    return [str(copy.message["subject"]).partition(": ")[2] for copy in sink.copies]


def run(desk: Desk, sink: Sink, day: str) -> None:
    """The chores on the morning of that day, once for what is there and once for what comes of it."""
    desk.clock.turn_to(morning(day))
    for _ in range(2):
        desk.tick(mail_to(sink.url))


# ------------------------------------------------------------------ a newer one


def test_one_in_somebodys_hands_while_a_newer_one_is_planned_gives_way_when_it_comes_back(
    desk: Desk, sink: Sink
) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.clock.turn_to(morning("2026-01-23"))
    desk.plan()
    desk.later(hours=14, minutes=57)  # two minutes to midnight

    def checkpoint(point: str) -> None:
        if point == "handed over" and len(desk.letters) == 2:
            desk.later(minutes=5)
            desk.plan()

    sink.faults(LATER)
    desk.postman(mail_to(sink.url), checkpoint=checkpoint).deliver()
    run(desk, sink, "2026-01-24")
    assert [subject[:11] for subject in subjects(sink)] == ["7 days left"]
    assert desk.states()[0] == (14, "superseded", "by lead 7")


@pytest.mark.parametrize("rhythm", [Rhythm.NEVER, Rhythm.DAILY])
def test_o07_a_machine_that_wakes_and_sends_before_it_has_planned_sends_one_letter(
    desk: Desk, sink: Sink, rhythm: Rhythm
) -> None:
    """It fell asleep between midnight, when the letter was planned, and nine, when it was to go."""
    desk.person("Ana", digest=rhythm)
    desk.deadline("2026-03-02", backup_id=None)
    desk.clock.turn_to(morning("2026-01-01") - timedelta(hours=8))
    desk.plan()
    desk.clock.turn_to(morning("2026-02-02"))
    desk.postman(mail_to(sink.url)).deliver()
    assert sink.copies == []
    for day in ("2026-02-02", "2026-02-03", "2026-02-04"):
        run(desk, sink, day)
    assert len(sink.copies) == 1
    assert [row for row in desk.states() if row[0]] == [(60, "superseded", "by lead 30"), (30, "sent", "")]


def test_o07_what_was_refused_before_the_machine_slept_waits_for_planning_too(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    sink.faults(LATER)
    run(desk, sink, "2026-01-01")
    desk.clock.turn_to(morning("2026-01-24"))
    desk.postman(mail_to(sink.url)).deliver()
    run(desk, sink, "2026-01-24")
    assert [subject[:11] for subject in subjects(sink)] == ["7 days left"]


def test_where_nothing_is_planned_any_more_what_waits_goes_all_the_same(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-03-02", backup_id=None)
    desk.clock.turn_to(morning("2026-01-01") - timedelta(hours=8))
    desk.plan()
    desk.clock.turn_to(morning("2026-02-02"))
    for _ in range(2):
        desk.postman(mail_to(sink.url)).deliver()
        desk.later(minutes=3)
    assert [subject[:12] for subject in subjects(sink)] == ["28 days left"]


def test_one_tried_again_by_hand_gives_way_to_a_newer_one_unless_that_is_dead_too(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", code="report", backup_id=None)
    sink.faults(Fault("RCPT", reply="550 no such mailbox"))
    run(desk, sink, "2026-01-01")
    run(desk, sink, "2026-01-24")
    sink.faults()

    def again(lead: int) -> None:
        number = next(one.id for one in desk.letters if one.lead == lead)
        with desk.database.transaction() as session:
            try_again(session, OPERATOR, number, desk.clock.now())
        desk.postman(mail_to(sink.url)).deliver()

    again(30)
    assert desk.states()[0] == (30, "sent", "")
    again(7)
    assert desk.states()[1] == (7, "sent", "")


# -------------------------------------------------------------- somebody is back


@pytest.mark.parametrize(("gone", "back"), [GONE, UNREACHABLE])
@pytest.mark.parametrize("rhythm", [Rhythm.NEVER, Rhythm.WEEKLY])
def test_who_could_not_be_told_is_told_when_they_can_if_nobody_else_was(
    desk: Desk, sink: Sink, gone: dict[str, Any], back: dict[str, Any], rhythm: Rhythm
) -> None:
    desk.person("Ana", digest=rhythm)
    desk.deadline("2026-01-31", code="report", backup_id=None, access=Access.NAMED, ladder="30, 1")
    desk.plan()
    desk.person("Ana", **gone)
    run(desk, sink, "2026-01-01")
    assert sink.copies == []
    desk.person("Ana", **back)
    for day in ("2026-01-02", "2026-01-05", "2026-01-06"):
        run(desk, sink, day)
    assert len(sink.copies) == 1
    assert [row for row in desk.states() if row[0] == 30] == [(30, "sent", "")]


def test_who_sees_the_contract_again_is_told_with_the_days_that_are_left(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", code="report", backup_id=None, access=Access.NAMED, ladder="30, 1")
    sink.faults(LATER)
    run(desk, sink, "2026-01-01")

    def owner(name: str | None) -> None:
        with desk.database.transaction() as session:
            session.get_one(Deadline, number).contract.owner_id = desk.people[name] if name else None

    owner(None)
    run(desk, sink, "2026-01-02")
    owner("Ana")
    run(desk, sink, "2026-01-03")
    assert [subject[:12] for subject in subjects(sink)] == ["28 days left"]


def test_what_somebody_else_was_told_is_not_told_again_to_who_comes_back(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", code="report", ladder="30, 1")
    desk.plan()
    desk.person("Ana", active=False)
    run(desk, sink, "2026-01-01")
    desk.person("Ana", active=True)
    run(desk, sink, "2026-01-02")
    assert [copy.recipients for copy in sink.copies] == [["ben@acme.example"]]
    assert desk.tally() == {LetterState.SENT.value: 1, LetterState.SUPPRESSED.value: 1}


# ------------------------------------------------------------- what holds by then


@pytest.mark.parametrize("rhythm", [Rhythm.NEVER, Rhythm.WEEKLY])
def test_a_letter_tells_what_holds_when_it_is_written_where_its_day_is_the_same(
    desk: Desk, sink: Sink, rhythm: Rhythm
) -> None:
    desk.person("Ana", digest=rhythm)
    number = desk.deadline("2026-01-31", backup_id=None)
    desk.clock.turn_to(morning("2026-01-01") - timedelta(hours=3))
    desk.plan()
    desk.later(hours=1)
    with desk.database.transaction() as session:
        row = session.get_one(Deadline, number)
        row.grace_until, row.modified_at = date(2026, 2, 10), desk.clock.now()
        row.contract.title = "Lease of the new office"
    run(desk, sink, "2026-01-05")
    (copy,) = sink.copies
    body = copy.message.get_body(("plain",))
    assert body is not None
    said = str(body.get_content())
    assert "Lease of the new office" in said
    assert "10 February 2026" in said


def test_a_letter_never_tells_more_days_than_are_left_where_the_contract_counts_them(desk: Desk, sink: Sink) -> None:
    """The organisation sits in Los Angeles; nine in the morning there is one in the morning of the next in Shanghai."""
    with desk.database.transaction() as session:
        session.query(Organisation).one().zone = "America/Los_Angeles"
    desk.deadline("2026-01-31", code="report", backup_id=None, ladder="1; after 1")
    for day in ("2026-01-30", "2026-01-31"):
        desk.clock.turn_to(datetime.fromisoformat(f"{day}T17:01+00:00"))
        desk.tick(mail_to(sink.url))
    (only,) = subjects(sink)
    assert only == "today is the last day: Report (31 Jan 2026)"
    desk.clock.turn_to(datetime.fromisoformat("2026-02-01T17:01+00:00"))
    desk.tick(mail_to(sink.url))
    assert subjects(sink)[1:] == ["2 days overdue: Report (31 Jan 2026)"]


def test_nothing_is_put_off_until_a_day_that_has_come_already_here(desk: Desk, sink: Sink) -> None:
    """In Los Angeles, where the contract counts its days, it is still the day before."""
    number = desk.deadline("2026-01-31", code="report")
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).contract.zone = "America/Los_Angeles"
    run(desk, sink, "2026-01-02")
    ana = Actor("web", desk.people["Ana"], Role.EDITOR)
    with desk.database.transaction() as session, pytest.raises(Refused):
        snooze(session, ana, number, date(2026, 1, 2), now=desk.clock.now())
    with desk.database.transaction() as session:
        snooze(session, ana, number, date(2026, 1, 3), now=desk.clock.now())
    desk.later(minutes=2)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 2
    run(desk, sink, "2026-01-03")
    assert [copy.recipients for copy in sink.copies[2:]] == [["ana@acme.example"]]


def test_a_letter_of_a_day_that_the_machine_slept_through_waits_for_a_working_day(desk: Desk, sink: Sink) -> None:
    desk.person("Ana", working_days_only=True)
    desk.deadline("2026-01-25", backup_id=None, ladder="10, 1")
    desk.deadline("2026-01-18", backup_id=None, ladder="10")
    run(desk, sink, "2026-01-17")  # a Saturday
    assert [subject[:10] for subject in subjects(sink)] == ["1 day left"], "the other can wait for Monday"
    run(desk, sink, "2026-01-19")
    assert [subject[:11] for subject in subjects(sink)[1:]] == ["6 days left"]
