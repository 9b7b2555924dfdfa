"""Rows follow the schedule by key, any number of times."""

from datetime import date, timedelta

from sqlalchemy import select

from tests.rules.worked.customer_maintenance import DOCUMENT as MAINTENANCE
from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.reschedule import Changes, reschedule
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import State
from tracker.rules.deadlines import Certainty


def again(office: Office, number: str = "L-1") -> Changes:
    with office.tracker.transaction() as session:
        row = session.scalars(select(Contract).where(Contract.number == number)).one()
        return reschedule(session, row, now=office.now)


def test_doing_it_again_changes_nothing(office: Office) -> None:
    office.register(LEASE)
    before = office.deadlines("L-1")
    office.wait(hours=1)
    assert not again(office)
    after = office.deadlines("L-1")
    assert {key: (row.sequence, row.revision, row.modified_at) for key, row in after.items()} == {
        key: (row.sequence, row.revision, row.modified_at) for key, row in before.items()
    }


def test_time_alone_brings_the_next_period(office: Office) -> None:
    office.turn_to("2026-02-20")
    office.import_document(MAINTENANCE)
    assert "term-end/3" in office.deadlines("W-4")
    assert "term-end/4" not in office.deadlines("W-4")
    office.turn_to("2026-03-01")
    appeared = again(office, "W-4").appeared
    assert {"term-end/4", "renewal-intention.us/3", "follow-up-visit/13"} <= {*appeared, *office.deadlines("W-4")}
    assert "term-end/4" in appeared


def test_a_contract_says_when_time_alone_may_change_it(office: Office) -> None:
    """On the day after the last notice day passes in silence the renewal is no longer merely projected."""
    office.turn_to("2026-01-20")
    office.import_document(MAINTENANCE)
    looked_at = office.contract("W-4").scheduled_to
    assert looked_at == date(2026, 1, 30), "the day after our last notice day, 29 January"
    office.turn_to("2026-01-30")
    again(office, "W-4")
    assert office.deadline("W-4", "term-end/3").certainty is Certainty.UNCONFIRMED


def test_a_contract_is_looked_at_every_two_months_at_least(office: Office) -> None:
    office.register(contract(term=None, renewal=None))
    today = day_in("Asia/Shanghai", office.now)
    assert office.contract("L-1").scheduled_to == today + timedelta(days=60)


def test_no_step_of_time_leaves_a_change_unseen(office: Office) -> None:
    """Looking only on the days the contract names finds what looking every day finds."""
    office.turn_to("2025-11-01")
    office.import_document(MAINTENANCE)
    day = date(2025, 11, 1)
    while day < date(2026, 4, 1):
        office.turn_to(day.isoformat())
        due = (office.contract("W-4").scheduled_to or day) <= day
        before = {key: (row.certainty, row.state) for key, row in office.deadlines("W-4").items()}
        again(office, "W-4")
        after = {key: (row.certainty, row.state) for key, row in office.deadlines("W-4").items()}
        assert due or after == before, day
        day += timedelta(days=5)


def test_a_completed_deadline_that_moves_stays_completed(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", "payment/5", "2026-01-04")
    office.amend("L-1", contract(obligations=[{**LEASE["obligations"][0], "due": "8 days after period_start"}]))
    done = office.deadline("L-1", "payment/5")
    assert (done.state, len(done.completions), str(done.legal)) == (State.DONE, 1, "2026-01-09")


def test_a_waived_deadline_that_is_dropped_is_withdrawn(office: Office) -> None:
    office.register(LEASE)
    with office.tracker.transaction() as session:
        row = session.merge(office.deadline("L-1", "payment/8"), load=True)
        row.state = State.WAIVED
    office.amend("L-1", contract(obligations=None))
    assert office.deadline("L-1", "payment/8").state is State.WITHDRAWN


def test_the_explanation_is_kept_with_the_dates(office: Office) -> None:
    office.register(LEASE)
    told = office.deadline("L-1", "renewal-intention.us/1").explanation
    assert [reading["day"] for reading in told["readings"]] == ["2026-11-01", "2026-10-31"]
    assert {"steps", "safe_steps", "send_steps", "waits_for"} <= told.keys()


def test_a_contract_that_starts_later_is_looked_at_on_its_first_day(office: Office) -> None:
    """A term that renews itself every month: two months late, its last notice days would be over."""
    monthly = contract(
        effect={"when": "2026-03-20"},
        term={"length": "1 month", "first_day_counts": True},
        renewal={"mode": "automatic", "notice": [{"side": "us", "at_least": "5 days"}]},
    )
    office.register(monthly)
    assert office.contract("L-1").scheduled_to == date(2026, 3, 20)
    office.turn_to("2026-03-20")
    assert "term-end/2" in again(office).appeared


def test_a_deadline_that_becomes_a_notice_is_reminded_of_as_early_as_one(office: Office) -> None:
    """The day stays; what it is, and with it how early it is spoken of, does not."""
    due = {"key": "quit", "side": "us", "due": "on 2026-05-20"}
    office.register(contract(obligations=[{**due, "code": "own", "title": "Quit the flat"}]))
    assert office.deadline("L-1", "quit/1").remind_on == date(2026, 4, 20)
    office.amend("L-1", contract(obligations=[{**due, "code": "change-notice"}]))
    row = office.deadline("L-1", "quit/1")
    assert (row.remind_on, row.revision) == (date(2026, 2, 19), 1)


def test_what_was_suspended_is_owed_again_on_the_day_performance_is_resumed(office: Office) -> None:
    """Rent of the quarter from 1 April is due on the 7th, after the holiday of 4 to 6 April; by the 20th it is late."""
    office.turn_to("2026-03-02")
    stopped = {"kind": "performance_suspended", "day": "2026-03-01", "by": "us"}
    resumed = {"kind": "performance_resumed", "day": "2026-04-20", "by": "us"}
    office.register(contract(facts=[stopped, resumed]))
    row = office.deadline("L-1", "payment/6")
    assert (row.state, str(row.legal), row.remind_on) == (State.SUSPENDED, "2026-04-07", None)
    assert office.contract("L-1").scheduled_to == date(2026, 4, 20)
    office.turn_to("2026-04-20")
    again(office)
    back = office.deadline("L-1", "payment/6")
    assert (back.state, str(back.legal), back.revision) == (State.OPEN, "2026-04-07", row.revision + 1)
