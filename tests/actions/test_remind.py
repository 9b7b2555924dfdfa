"""Planning: which letters come to wait in the outbox."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tests.support.asked import asked_of
from tests.support.desk import HEAD, Desk, mail_to, morning
from tests.support.sink import Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.remind import plan_reminders, preview_reminders
from tracker.records.contracts import Access, Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Role
from tracker.rules.facts import Side


def test_a_reminder_is_queued_for_the_owner_and_the_backup_at_nine_local(desk: Desk) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    assert desk.states(to="Ana") == desk.states(to="Ben") == [(30, "queued", "")]
    assert desk.states(to="Cleo") == []
    (letter, _) = desk.letters
    assert letter.not_before == datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
    assert letter.message is None


def test_planning_again_changes_nothing(desk: Desk) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    before = [(letter.key, letter.state, letter.message_id) for letter in desk.letters]
    desk.later(hours=3)
    assert desk.plan() == 0
    assert [(letter.key, letter.state, letter.message_id) for letter in desk.letters] == before


def test_o02_planning_twice_in_parallel_queues_each_letter_once(desk: Desk) -> None:
    ids = [desk.deadline("2026-01-31") for _ in range(40)]
    with ThreadPoolExecutor(4) as pool:
        looked_at = list(pool.map(lambda _: desk.plan(), range(4)))
    assert sum(looked_at) >= len(ids)
    assert desk.tally() == {"queued": 80}


def test_o02_a_planner_that_stood_still_in_between_adds_nothing(desk: Desk) -> None:
    """Its deadlines are set back to unplanned, as if it had read them before the other one wrote."""
    number = desk.deadline("2026-01-31")
    desk.plan()
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).remind_on = morning("2026-01-01").date()
    desk.plan()
    assert desk.tally() == {"queued": 2}


def test_o07_a_machine_that_slept_past_three_leads_sends_one_letter(desk: Desk) -> None:
    desk.deadline("2026-01-31", code="termination-notice")
    desk.plan()
    desk.clock.turn_to(morning("2026-01-29"))
    desk.plan()
    assert sorted(desk.states()) == [
        (3, "queued", ""),
        *((lead, "superseded", "by lead 3") for lead in (7, 14, 30)),
    ]


def test_o08_a_machine_that_slept_past_the_day_says_once_that_it_was_missed(desk: Desk) -> None:
    desk.deadline("2026-01-03", code="report")
    desk.clock.turn_to(morning("2026-01-08"))
    desk.plan()
    assert [row for row in desk.states() if row[1] == "queued"] == [(-3, "queued", "")]
    assert desk.tally()["queued"] == 2


def test_o09_a_moved_deadline_voids_what_waits_and_is_announced_anew(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report")
    desk.plan()
    desk.later(days=1)
    desk.change(number, action_day=morning("2026-01-08").date())
    desk.plan()
    assert desk.states() == [(30, "superseded", "moved"), (7, "queued", "")]


def test_o09_a_deadline_moved_away_and_back_is_announced_again(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report")
    desk.plan()
    desk.change(number, action_day=morning("2026-12-31").date())
    desk.plan()
    desk.change(number, action_day=morning("2026-01-31").date())
    desk.plan()
    assert desk.states() == [(30, "superseded", "moved"), (30, "queued", "")]


def test_o15_what_is_done_waived_or_withdrawn_is_not_planned(desk: Desk) -> None:
    for state in (State.DONE, State.WAIVED, State.WITHDRAWN):
        number = desk.deadline("2026-01-31")
        with desk.database.transaction() as session:
            session.get_one(Deadline, number).state = state  # and remind_on left as it was
    assert desk.plan() == 3
    assert desk.letters == []
    assert desk.plan() == 0


def test_a_day_that_is_not_known_is_not_reminded_of(desk: Desk) -> None:
    desk.change(desk.deadline("2026-01-31"), action_day=None, act_by=None, legal=None)
    assert desk.plan() == 0


def test_people_who_were_disabled_are_not_written_to(desk: Desk) -> None:
    desk.person("Ana", active=False)
    desk.deadline("2026-01-31")
    desk.plan()
    assert (desk.states(to="Ana"), desk.states(to="Ben")) == ([], [(30, "queued", "")])


def test_without_owner_and_backup_the_administrators_are_told(desk: Desk) -> None:
    desk.deadline("2026-01-31", owner_id=None, backup_id=None)
    desk.plan()
    assert (desk.states(to="Cleo"), desk.states(to="Ana")) == ([(30, "queued", "")], [])


def test_a_closed_contract_is_never_told_to_whoever_may_not_see_it(desk: Desk) -> None:
    """Rather a dead letter, which raises the alarm."""
    desk.deadline("2026-01-31", access=Access.NAMED, owner_id=None, backup_id=None)
    desk.plan()
    (letter,) = desk.letters
    assert (letter.state, letter.reason, letter.person_id, letter.recipient) == ("failed", "nobody to tell", None, "")


def test_a_window_is_announced_when_it_opens(desk: Desk) -> None:
    desk.deadline("2026-01-02", code="renewal-window-opens")
    assert desk.plan() == 0
    desk.later(days=1)
    desk.plan()
    assert desk.states() == [(0, "queued", "")]


def test_the_other_sides_choice_is_not_asked_after(desk: Desk) -> None:
    number = desk.deadline("2026-01-02", side=Side.THEM)
    desk.plan()
    with desk.database.reading() as session:
        assert session.get_one(Deadline, number).remind_on is None


def test_before_the_first_run_there_is_nothing_to_plan(empty_desk: Desk) -> None:
    assert empty_desk.plan() == 0


def test_a_preview_says_what_would_be_sent_and_writes_nothing(desk: Desk) -> None:
    open_one = desk.deadline("2026-01-31")
    closed = desk.deadline("2026-02-28", access=Access.NAMED)
    day = morning("2026-01-30").date()
    with desk.database.reading() as session:
        planned = preview_reminders(session, OPERATOR, day)
        assert [(one.deadline.id, one.lead, [person.name for person in one.people]) for one in planned] == [
            (open_one, 1, ["Ana", "Ben"]),
            (closed, 30, ["Ana", "Ben"]),
        ]
        cleo = Actor("cli", desk.people["Cleo"], Role.ADMIN)
        assert [one.deadline.id for one in preview_reminders(session, cleo, day)] == [open_one]
    assert desk.letters == []


def test_a_batch_is_one_transaction_and_the_rest_comes_next(desk: Desk) -> None:
    for _ in range(3):
        desk.deadline("2026-01-31")
    with desk.database.transaction() as session:
        assert plan_reminders(session, domain=HEAD.domain, now=desk.clock.now(), batch=2) == 2
    assert desk.tally() == {"queued": 4}
    assert desk.plan() == 1


def test_a_reminder_nobody_could_be_told_of_is_given_once_there_is_an_owner(desk: Desk) -> None:
    deadline_id = desk.deadline("2026-01-31", access=Access.NAMED, owner_id=None, backup_id=None)
    desk.plan()
    desk.later(hours=1)
    assert desk.plan() == 0, "asked again tomorrow, not every minute"
    with desk.database.transaction() as session:
        session.get_one(Deadline, deadline_id).contract.owner_id = desk.people["Ana"]
    desk.later(days=1)
    desk.plan()
    assert desk.states(to="Ana") == [(30, "queued", "")]
    desk.later(days=1)
    assert desk.plan() == 0


def test_a_reminder_whose_reader_left_before_it_went_is_given_to_whoever_is_left(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.plan()
    desk.person("Ana", active=False)
    with desk.database.transaction() as session:
        session.query(Contract).one().backup_id = desk.people["Ben"]
    desk.tick(mail_to(sink.url))
    desk.tick(mail_to(sink.url))
    assert (desk.states(to="Ana"), desk.states(to="Ben")) == (
        [(30, "suppressed", "recipient disabled")],
        [(30, "sent", "")],
    )
    desk.later(hours=1)
    assert desk.plan() == 0, "and once only"


def test_a_reminder_that_somebody_else_was_told_is_not_said_again_when_one_reader_leaves(
    desk: Desk, sink: Sink
) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    desk.person("Ana", active=False)
    for _ in range(3):
        desk.tick(mail_to(sink.url))
    assert desk.tally() == {"suppressed": 1, "sent": 1}


def test_a_tick_finds_what_is_due_by_an_index_whatever_else_there_is(sqlite_desk: Desk) -> None:
    engine = sqlite_desk.database.engine
    with asked_of(engine) as asked:
        sqlite_desk.plan()
    question = next(one for one in asked if "remind_on <=" in one.statement)
    with engine.connect() as connection:
        plan = question.plan(connection)
    assert any("USING INDEX ix_deadline_remind_on (remind_on<?)" in line for line in plan)
    assert not any(line.startswith("SCAN deadline") for line in plan)
