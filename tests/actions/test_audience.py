"""Who hears of a deadline, and when, as planning and delivery have it."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Sink
from tracker.actions.actor import Actor
from tracker.actions.answers import acknowledge, disown, snooze
from tracker.actions.errors import Missing, Refused
from tracker.records.contracts import Access, Grant
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Role


def actor(desk: Desk, name: str) -> Actor:
    return Actor("web", desk.people[name], Role.EDITOR, "en")


def leads(desk: Desk, name: str) -> list[int]:
    """The reminders queued or sent for a person, by the days left."""
    return [lead for lead, state, _reason in desk.states(to=name) if state in ("queued", "sent")]


def contract_of(desk: Desk, deadline: int, **values: Any) -> int:
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, deadline).contract
        for name, value in values.items():
            setattr(contract, name, value)
        return contract.id


def turn(desk: Desk, day: str) -> None:
    """What is due on that day is planned, and goes out."""
    desk.clock.turn_to(morning(day))
    desk.plan()
    with desk.database.transaction() as session:
        session.execute(update(Letter).where(Letter.state == LetterState.QUEUED).values(state=LetterState.SENT))


def times(desk: Desk) -> list[datetime]:
    """When the letters that wait may go."""
    return [letter.not_before for letter in desk.letters if letter.state == "queued"]


# ------------------------------------------------------------------ further up


def test_a_manager_hears_a_week_before_of_a_notice_that_nobody_has_in_hand(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    for day in ("2026-01-01", "2026-01-17", "2026-01-24", "2026-01-28"):
        turn(desk, day)
    assert leads(desk, "Ana") == [30, 14, 7, 3]
    assert leads(desk, "Ben") == [7, 3]


def test_what_is_acknowledged_stays_with_the_owner_until_it_is_missed(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    with desk.database.transaction() as session:
        acknowledge(session, actor(desk, "Ana"), number, now=desk.clock.now())
    for day in ("2026-01-24", "2026-01-30", "2026-02-01"):
        turn(desk, day)
    assert leads(desk, "Ana") == [7, 1, -1]
    assert leads(desk, "Ben") == [-1]


def test_a_moved_day_asks_anew_who_has_it_in_hand(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    with desk.database.transaction() as session:
        row = acknowledge(session, actor(desk, "Ana"), number, now=desk.clock.now())
        row.begin_anew()
    turn(desk, "2026-01-24")
    assert leads(desk, "Ben") == [7]


def test_o08_after_a_sleep_past_the_day_owner_and_manager_get_one_mail_each(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    desk.clock.turn_to(morning("2026-02-05"))
    desk.tick(mail_to(sink.url))
    assert sorted(copy.recipients[0] for copy in sink.copies) == ["ana@acme.example", "ben@acme.example"]
    assert {copy.message["subject"].partition(":")[2][:16] for copy in sink.copies} == {" 5 days overdue:"}
    desk.later(hours=5)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 2


def test_a_manager_who_may_not_see_the_contract_is_not_told_of_it(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    contract_of(desk, number, access=Access.NAMED)
    desk.person("Ana", manager_id=desk.people["Cleo"], delegate_id=desk.people["Cleo"], away_from=date(2026, 1, 1))
    turn(desk, "2026-02-01")
    assert (leads(desk, "Ana"), leads(desk, "Cleo")) == ([-1], [])


# ------------------------------------------------------------ others, stand-ins


def test_somebody_who_is_to_be_told_as_well_is_told(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        contract.grants.append(Grant(person_id=desk.people["Cleo"], told=True))
    turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Cleo")) == ([30], [30])


@pytest.mark.parametrize(
    ("day", "stand_in"),
    [("2026-01-17", [14]), ("2026-01-24", [7]), ("2026-01-28", [])],
)
def test_whoever_stands_in_hears_of_it_while_the_other_is_away(desk: Desk, day: str, stand_in: list[int]) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    away = {"away_from": date(2026, 1, 17), "away_until": date(2026, 1, 24)}
    desk.person("Ana", delegate_id=desk.people["Ben"], **away)
    turn(desk, day)
    assert len(leads(desk, "Ana")) == 1
    assert leads(desk, "Ben") == stand_in


# ------------------------------------------------------------------- silence


def test_what_is_muted_is_not_heard_unless_it_is_a_notice_and_nobody_else_would_hear(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None, code="report")
    desk.deadline("2026-01-31", backup_id=None, code="renewal-intention")
    desk.person("Ana", muted=["report", "renewal-intention"])
    turn(desk, "2026-01-01")
    assert [letter.reason for letter in desk.letters if letter.person_id is None] == ["nobody wants to hear of it"]
    assert len(leads(desk, "Ana")) == 1
    turn(desk, "2026-01-02")
    assert len(desk.letters) == 2, "silence is noted once a reminder"


def test_an_address_that_takes_no_letters_is_not_written_to_but_whoever_is_left_up_to_the_administrators(
    desk: Desk,
) -> None:
    desk.deadline("2026-01-31")
    desk.person("Ana", bounced_at=desk.clock.now())
    desk.plan()
    assert (leads(desk, "Ana"), leads(desk, "Ben")) == ([], [30])
    desk.person("Ben", bounced_at=desk.clock.now())
    turn(desk, "2026-01-17")
    assert (leads(desk, "Ben"), leads(desk, "Cleo")) == ([], [14])
    desk.person("Cleo", bounced_at=desk.clock.now())
    turn(desk, "2026-01-24")
    assert [letter.reason for letter in desk.letters if letter.state == "failed"] == ["nobody to tell"]


def test_put_off_it_speaks_again_on_that_day_with_the_days_left_then(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31")
    desk.tick(mail_to(sink.url))
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ana"), number, date(2026, 1, 20), now=desk.clock.now())
    for day in ("2026-01-17", "2026-01-19", "2026-01-20", "2026-01-21", "2026-01-24"):
        desk.clock.turn_to(morning(day))
        desk.tick(mail_to(sink.url))
    assert leads(desk, "Ana") == [30, 11, 7]
    assert leads(desk, "Ben") == [30, 14, 7]
    assert any("11 days left" in str(copy.message["subject"]) for copy in sink.copies)


def test_whoever_hears_again_takes_no_letter_from_another_who_still_waits_for_theirs(desk: Desk) -> None:
    # 17 January 2026 is a Saturday: Ana's reminder of 14 days waits for Monday.
    number = desk.deadline("2026-01-31")
    desk.person("Ana", working_days_only=True)
    turn(desk, "2026-01-02")
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ben"), number, date(2026, 1, 18), now=desk.clock.now())
    for day in ("2026-01-17", "2026-01-18"):
        desk.clock.turn_to(morning(day))
        desk.plan()
    assert (leads(desk, "Ana"), leads(desk, "Ben")) == ([30, 14], [30, 13])


def test_a_reminder_that_waits_is_let_go_when_it_is_put_off(desk: Desk) -> None:
    number = desk.deadline("2026-01-31")
    desk.plan()
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ana"), number, date(2026, 1, 20), now=desk.clock.now())
    assert desk.states(to="Ana") == [(30, "suppressed", "snoozed")]


@pytest.mark.parametrize("until", ["2026-01-01", "2025-12-31", "2026-02-01"])
def test_it_is_put_off_to_a_day_that_comes_and_is_not_too_late(desk: Desk, until: str) -> None:
    number = desk.deadline("2026-01-31")
    with desk.database.transaction() as session, pytest.raises(Refused):
        snooze(session, actor(desk, "Ana"), number, date.fromisoformat(until), now=desk.clock.now())


def test_who_says_that_it_is_not_theirs_hears_no_more_until_it_moves(desk: Desk) -> None:
    number = desk.deadline("2026-01-31")
    with desk.database.transaction() as session:
        disown(session, actor(desk, "Ana"), number, now=desk.clock.now())
    turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Ben")) == ([], [30])
    desk.change(number, action_day=date(2026, 2, 28), legal=date(2026, 2, 28))
    turn(desk, "2026-01-29")
    assert leads(desk, "Ana") == [30]


def test_o12_the_last_who_would_hear_of_a_notice_cannot_fall_silent(desk: Desk) -> None:
    notice = desk.deadline("2026-01-31", backup_id=None)
    report = desk.deadline("2026-01-31", backup_id=None, code="report")
    with desk.database.transaction() as session:
        ana, now = actor(desk, "Ana"), desk.clock.now()
        with pytest.raises(Refused, match="Nobody else would hear"):
            disown(session, ana, notice, now=now)
        with pytest.raises(Refused, match="Nobody else would hear"):
            snooze(session, ana, notice, date(2026, 1, 9), now=now)
        snooze(session, ana, report, date(2026, 1, 9), now=now)
        disown(session, ana, report, now=now)


def test_what_is_said_to_be_nobodys_comes_to_the_owners_manager_at_once(desk: Desk) -> None:
    desk.person("Ana", manager_id=desk.people["Ben"])
    number = desk.deadline("2026-01-31", backup_id=None, code="report")
    turn(desk, "2026-01-24")
    with desk.database.transaction() as session:
        disown(session, actor(desk, "Ana"), number, now=desk.clock.now())
    turn(desk, "2026-01-24")
    turn(desk, "2026-01-26")
    turn(desk, "2026-01-30")
    assert (leads(desk, "Ana"), leads(desk, "Ben"), leads(desk, "Cleo")) == ([7], [7, 1], [])
    with desk.database.transaction() as session:
        disown(session, actor(desk, "Ben"), number, now=desk.clock.now())
    turn(desk, "2026-01-30")
    assert leads(desk, "Cleo") == [1]
    with desk.database.transaction() as session, pytest.raises(Refused, match="Nobody else would hear of this"):
        disown(session, actor(desk, "Cleo"), number, now=desk.clock.now())
    turn(desk, "2026-02-01")
    assert (leads(desk, "Ben"), leads(desk, "Cleo")) == ([7, 1], [1, -1])


def test_what_is_said_to_be_nobodys_stays_with_whoever_is_left_among_those_named(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report")
    desk.person("Ana", manager_id=desk.people["Cleo"])
    for name in ("Ana", "Ben"):
        with desk.database.transaction() as session:
            acknowledge(session, actor(desk, "Ana"), number, now=desk.clock.now())
            disown(session, actor(desk, name), number, now=desk.clock.now())
        turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Ben"), leads(desk, "Cleo")) == ([], [30], [30])


def test_what_somebody_has_put_off_is_still_theirs(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report")
    desk.person("Ana", manager_id=desk.people["Cleo"])
    with desk.database.transaction() as session:
        acknowledge(session, actor(desk, "Ana"), number, now=desk.clock.now())
        snooze(session, actor(desk, "Ana"), number, date(2026, 1, 9), now=desk.clock.now())
        disown(session, actor(desk, "Ben"), number, now=desk.clock.now())
    turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Cleo")) == ([], [])
    turn(desk, "2026-01-09")
    assert (leads(desk, "Ana"), leads(desk, "Ben"), leads(desk, "Cleo")) == ([30], [], [])


def test_a_notice_stays_with_those_who_are_silent_and_does_not_move_on(desk: Desk) -> None:
    number = desk.deadline("2026-01-31")
    with desk.database.transaction() as session:
        disown(session, actor(desk, "Ben"), number, now=desk.clock.now())
    desk.person("Ana", muted=["renewal-intention"])
    turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Ben"), leads(desk, "Cleo")) == ([30], [30], [])


def test_where_nobody_else_may_hear_of_it_it_cannot_be_said_to_be_nobodys(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None, code="report", access=Access.NAMED)
    with desk.database.transaction() as session, pytest.raises(Refused, match="Nobody else would hear of this"):
        disown(session, actor(desk, "Ana"), number, now=desk.clock.now())
    turn(desk, "2026-01-01")
    assert (leads(desk, "Ana"), leads(desk, "Cleo")) == ([30], [])


def test_an_answer_to_what_one_may_not_see_is_refused(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", access=Access.NAMED)
    with desk.database.transaction() as session, pytest.raises(Missing):
        acknowledge(session, actor(desk, "Cleo"), number, now=desk.clock.now())


# ------------------------------------------------------------------------ when


def test_a_letter_waits_for_the_end_of_quiet_hours(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", quiet_from=time(8), quiet_until=time(14))
    desk.tick(mail_to(sink.url))
    (letter,) = desk.letters
    assert (letter.state, letter.attempts, sink.copies) == ("queued", 0, [])
    assert letter.not_before == datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
    desk.later(hours=5)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == 1


def test_a_person_far_away_is_written_to_in_the_morning_there(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", zone="America/New_York")
    desk.plan()
    assert desk.letters[0].not_before == datetime(2026, 1, 1, 14, 0, tzinfo=UTC)


def test_on_days_off_a_letter_waits_for_the_next_working_day_unless_that_is_too_late(desk: Desk) -> None:
    # 17 January 2026 is a Saturday, 31 January too.
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", working_days_only=True)
    desk.clock.turn_to(morning("2026-01-17"))
    desk.plan()
    assert times(desk) == [datetime(2026, 1, 19, 1, 0, tzinfo=UTC)]
    turn(desk, "2026-01-30")
    desk.deadline("2026-02-01", backup_id=None)  # a Sunday: its last reminder cannot wait for Monday
    desk.clock.turn_to(morning("2026-01-31"))
    desk.plan()
    assert times(desk) == [datetime(2026, 1, 31, 1, 0, tzinfo=UTC)]
