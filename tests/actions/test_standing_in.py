"""Who hears of a deadline in the place of somebody who is away."""

from datetime import date
from typing import Any

import pytest

from tests.actions.test_audience import contract_of, leads, turn
from tests.support.desk import Desk, morning
from tracker.actions.actor import Actor
from tracker.actions.answers import snooze
from tracker.records.contracts import Access, Grant
from tracker.records.deadlines import Deadline
from tracker.records.people import Role


def test_whoever_stands_in_for_one_who_is_away_too_hears_of_it(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", delegate_id=desk.people["Ben"], away_from=date(2026, 1, 1))
    desk.person("Ben", delegate_id=desk.people["Cleo"], away_from=date(2026, 1, 10), away_until=date(2026, 1, 20))
    for day in ("2026-01-01", "2026-01-17", "2026-01-24"):
        turn(desk, day)
    assert (leads(desk, "Ana"), leads(desk, "Ben")) == ([30, 14, 7], [30, 14, 7])
    assert leads(desk, "Cleo") == [14]


def test_who_stand_in_for_each_other_hear_of_it_once_each(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    for one, other in (("Ana", "Ben"), ("Ben", "Cleo"), ("Cleo", "Ana")):
        desk.person(one, delegate_id=desk.people[other], away_from=date(2026, 1, 1))
    turn(desk, "2026-01-01")
    assert [leads(desk, who) for who in ("Ana", "Ben", "Cleo")] == [[30], [30], [30]]


def test_nobody_stands_in_through_one_who_may_not_see_the_contract(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", backup_id=None, access=Access.NAMED)
    contract = contract_of(desk, number)
    with desk.database.transaction() as session:
        session.add(Grant(contract_id=contract, person_id=desk.people["Cleo"], told=False))
    desk.person("Ana", delegate_id=desk.people["Ben"], away_from=date(2026, 1, 1))
    desk.person("Ben", delegate_id=desk.people["Cleo"], away_from=date(2026, 1, 1))
    turn(desk, "2026-01-01")
    assert [leads(desk, who) for who in ("Ana", "Ben", "Cleo")] == [[30], [], []]


def test_a_manager_who_is_away_is_stood_in_for_as_well(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    desk.person("Ben", delegate_id=desk.people["Cleo"], away_from=date(2026, 1, 1))
    turn(desk, "2026-01-24")
    assert [leads(desk, who) for who in ("Ana", "Ben", "Cleo")] == [[7], [7], [7]]


@pytest.mark.parametrize("gone", [{"active": False}, {"bounced_at": morning("2026-01-01")}])
def test_what_the_backup_wants_not_to_hear_goes_to_an_administrator_when_the_owner_cannot_be_told(
    desk: Desk, gone: dict[str, Any]
) -> None:
    desk.deadline("2026-01-31", code="report")
    desk.person("Ben", muted=["report"])
    desk.person("Ana", **gone)
    for day in ("2026-01-01", "2026-01-02", "2026-01-24", "2026-02-01"):
        turn(desk, day)
    assert leads(desk, "Cleo") == [30, 7, -1]
    assert {letter.person_id for letter in desk.letters} == {desk.people["Cleo"]}


def test_what_the_owner_wants_not_to_hear_goes_to_an_administrator_when_the_backup_cannot_be_told(desk: Desk) -> None:
    desk.deadline("2026-01-31", code="report")
    desk.person("Ana", muted=["report"])
    desk.person("Ben", bounced_at=morning("2026-01-01"))
    turn(desk, "2026-01-01")
    assert leads(desk, "Cleo") == [30]


def test_where_an_obligation_has_an_owner_of_its_own_who_is_gone_those_of_the_contract_are_asked_first(
    desk: Desk,
) -> None:
    number = desk.deadline("2026-01-31", code="report", access=Access.NAMED)
    desk.person("Ben", muted=["report"])
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).owner_id = desk.people["Cleo"]
    desk.person("Cleo", active=False)
    turn(desk, "2026-01-01")
    assert [letter.deadline_id for letter in desk.letters if letter.person_id == desk.people["Ana"]] == [number]


def test_where_nobody_else_may_see_it_that_is_an_alarm_and_no_wish(desk: Desk) -> None:
    desk.deadline("2026-01-31", code="report", access=Access.NAMED)
    desk.person("Ben", muted=["report"])
    desk.person("Ana", active=False)
    turn(desk, "2026-01-01")
    assert [(letter.state.value, letter.reason) for letter in desk.letters] == [("failed", "nobody to tell")]


def test_what_nobody_wants_to_hear_goes_to_nobody(desk: Desk) -> None:
    desk.deadline("2026-01-31", code="report")
    for who in ("Ana", "Ben"):
        desk.person(who, muted=["report"])
    turn(desk, "2026-01-01")
    assert [letter.reason for letter in desk.letters] == ["nobody wants to hear of it"]


def test_who_is_left_and_put_it_off_hears_of_it_again_before_anybody_else(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report")
    turn(desk, "2026-01-01")
    with desk.database.transaction() as session:
        ben = Actor("web", desk.people["Ben"], Role.EDITOR)
        snooze(session, ben, number, date(2026, 1, 26), now=desk.clock.now())
    desk.person("Ana", active=False)
    for day in ("2026-01-24", "2026-01-26"):
        turn(desk, day)
    assert (leads(desk, "Ben"), leads(desk, "Cleo")) == ([30, 7], [])
