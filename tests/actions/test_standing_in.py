"""Who hears of a deadline in the place of somebody who is away."""

from datetime import date

from tests.actions.test_audience import contract_of, leads, turn
from tests.support.desk import Desk
from tracker.records.contracts import Access, Grant


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
