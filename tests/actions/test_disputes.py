"""Recording that somebody disputes a deadline; letting one go with a reason that stays beside it."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.board import Wanted, deadlines
from tracker.actions.complete import undo, waive
from tracker.actions.disputes import dispute, settle_dispute
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.records.deadlines import Deadline, State

RENT = "payment/5"  # due by 6 January 2026


def disputed(office: Office, reason: str = "the sum is wrong", by: str = "Ana", **more: Any) -> Deadline:
    with office.tracker.transaction() as session:
        found = office.deadline("L-1", RENT).id
        return dispute(session, office.actor(by), found, reason=reason, now=office.now, **more)


def settled(office: Office, by: str = "Ana") -> Deadline:
    with office.tracker.transaction() as session:
        return settle_dispute(
            session, office.actor(by), office.deadline("L-1", RENT).id, how="they agreed", now=office.now
        )


def test_what_is_disputed_stays_open_and_keeps_its_reminders(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", RENT)
    disputed(office, since=date(2026, 2, 20))
    row = office.deadline("L-1", RENT)
    assert (row.state, row.remind_on, row.revision) == (State.OPEN, before.remind_on, before.revision)
    assert (str(row.disputed_on), row.reason) == ("2026-02-20", "the sum is wrong")
    assert row.sequence == before.sequence + 1, "calendars tell of it"
    event = office.events()[-1]
    assert (event.event, event.details["since"]) == ("deadline-disputed", "2026-02-20")


def test_without_a_day_it_is_disputed_from_today(office: Office) -> None:
    office.register(LEASE)
    disputed(office)
    assert str(office.deadline("L-1", RENT).disputed_on) == "2026-03-02"


def test_a_list_shows_what_is_disputed(office: Office) -> None:
    office.register(LEASE)
    disputed(office)
    with office.tracker.reading() as session:
        found = deadlines(session, office.actor(), Wanted(disputed=True), date(2026, 3, 2))
        assert [row.key for row in found.rows] == [RENT]


def test_a_dispute_that_is_settled_leaves_its_trace_in_the_history_alone(office: Office) -> None:
    office.register(LEASE)
    disputed(office)
    settled(office)
    row = office.deadline("L-1", RENT)
    assert (row.disputed_on, row.reason) == (None, "")
    event = office.events()[-1]
    assert (event.event, event.details["reason"], event.details["how"]) == (
        "dispute-settled",
        "the sum is wrong",
        "they agreed",
    )
    with pytest.raises(Refused):
        settled(office)


def test_a_dispute_takes_a_reason_a_day_that_has_come_and_something_open(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Refused):
        disputed(office, reason=" ")
    with pytest.raises(Refused) as told:
        disputed(office, since=date(2026, 3, 3))
    assert [problem.place for problem in told.value.problems] == ["since"]
    office.complete("L-1", RENT, "2026-01-05")
    with pytest.raises(Refused):
        disputed(office)


def test_only_those_who_see_it_and_may_edit_can_dispute(office: Office) -> None:
    office.register(contract(access={"only": ["vic@acme.example"]}))
    for who, answer in (("Cleo", Missing), ("Ada", Missing), ("Vic", Forbidden)):
        with pytest.raises(answer):
            disputed(office, by=who)
        with pytest.raises(answer):
            settled(office, by=who)


def test_why_it_was_let_go_stays_beside_it_until_that_is_taken_back(office: Office) -> None:
    office.register(LEASE)
    disputed(office)
    with office.tracker.transaction() as session:
        waive(session, office.actor(), office.deadline("L-1", RENT).id, reason=" let go ", now=office.now)
    row = office.deadline("L-1", RENT)
    assert (row.state, str(row.waived_on), row.reason, row.disputed_on) == (State.WAIVED, "2026-03-02", "let go", None)
    with office.tracker.transaction() as session:
        undo(session, office.actor(), row.id, now=office.now)
    row = office.deadline("L-1", RENT)
    assert (row.state, row.waived_on, row.reason) == (State.OPEN, None, "")
