"""Who answers for one obligation: told of it in place of the contract's own people, as long as they may see it."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import LEASE, bare, contract
from tests.support.desk import Desk
from tests.support.office import Office
from tracker.actions.board import Wanted, deadlines
from tracker.actions.errors import Refused
from tracker.actions.recipients import recipients
from tracker.records.contracts import Access, Contract
from tracker.records.deadlines import Deadline

TERMS = [{"code": "report", "side": "us", "due": "on 2026-03-20"}, {"code": "training", "due": "on 2026-03-21"}]


def terms(access: object = None, **named: Any) -> dict[str, Any]:
    """Ana's contract with a report, for which these people answer, and a training."""
    report, training = TERMS
    return bare(backup="vic@acme.example", access=access, obligations=[{**report, **named}, training])


def told(office: Office, key: str) -> list[str]:
    with office.tracker.reading() as session:
        found = office.deadline("L-1", key).id
        return [person.name for person in recipients(session, [found]).get(found, ())]


def test_the_people_of_an_obligation_are_told_in_place_of_the_contracts(office: Office) -> None:
    office.register(terms(owner="Ben@acme.example", backup="cleo@acme.example"))
    assert told(office, "report/1") == ["Ben", "Cleo"]
    assert told(office, "training/1") == ["Ana", "Vic"]


def test_an_obligation_with_an_owner_of_its_own_keeps_the_contracts_backup(office: Office) -> None:
    office.register(terms(owner="ben@acme.example"))
    assert told(office, "report/1") == ["Ben", "Vic"]


def test_where_nobody_of_the_obligation_can_be_told_the_contracts_people_are(office: Office) -> None:
    office.register(terms(owner="ben@acme.example", backup="cleo@acme.example"))
    for who in ("Ben", "Cleo"):
        office.disable(who)
    assert told(office, "report/1") == ["Ana", "Vic"]
    for who in ("Ana", "Vic"):
        office.disable(who)
    assert told(office, "report/1") == ["Ada"], "and then the administrators"


def test_nobody_is_told_who_may_not_see_the_contract(desk: Desk) -> None:
    found = desk.deadline("2026-01-31")
    desk.change(found, owner_id=desk.people["Cleo"], backup_id=desk.people["Cleo"])
    with desk.database.transaction() as session:
        session.query(Contract).one().access = Access.NAMED
    desk.plan()
    assert {letter.recipient for letter in desk.letters} == {"ana@acme.example", "ben@acme.example"}


def test_a_reminder_goes_to_the_owner_of_the_obligation(desk: Desk) -> None:
    found = desk.deadline("2026-01-31")
    desk.change(found, owner_id=desk.people["Cleo"])
    desk.plan()
    assert {letter.recipient for letter in desk.letters} == {"cleo@acme.example", "ben@acme.example"}


@pytest.mark.parametrize("role", ["owner", "backup", "reviewer"])
def test_whoever_may_not_see_the_contract_cannot_be_named(office: Office, role: str) -> None:
    """Cleo would be told of a contract that is closed to her."""
    closed = {"only": ["ben@acme.example"]}
    for name in ("cleo", "ada", "nobody"):
        with pytest.raises(Refused) as refused:
            office.register(terms(access=closed, **{role: f"{name}@acme.example"}))
        assert [problem.place for problem in refused.value.problems] == [f"obligations[0].{role}"]
    office.register(terms(access=closed, **{role: "ben@acme.example"}))


def test_a_contract_cannot_be_closed_to_somebody_its_obligations_name(office: Office) -> None:
    office.register(terms(owner="cleo@acme.example"))
    with pytest.raises(Refused):
        office.amend("L-1", terms(owner="cleo@acme.example", access={"only": []}))
    assert office.contract("L-1").access is Access.ORGANISATION
    office.amend("L-1", terms(owner="cleo@acme.example", access={"only": ["cleo@acme.example"]}))


def test_somebody_who_may_only_look_cannot_review(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.register(terms(reviewer="vic@acme.example"))
    assert [problem.place for problem in refused.value.problems] == ["obligations[0].reviewer"]
    office.register(terms(owner="vic@acme.example"))


def test_a_list_by_owner_goes_by_who_answers_for_each(office: Office) -> None:
    office.register(contract(number="L-2"), by="Ben")
    office.register(terms(owner="ben@acme.example"))
    with office.tracker.reading() as session:
        mine = Wanted(owner_id=office.actor("Ana").person_id)
        found = deadlines(session, office.actor(), mine, date(2026, 3, 2))
        assert [row.key for row in found.rows] == ["training/1"]


def test_a_new_owner_takes_effect_at_once(office: Office) -> None:
    office.register(terms())
    office.amend("L-1", terms(owner="ben@acme.example", reviewer="cleo@acme.example"))
    row: Deadline = office.deadline("L-1", "report/1")
    assert (row.owner_id, row.reviewer_id) == (office.actor("Ben").person_id, office.actor("Cleo").person_id)
    office.amend("L-1", terms())
    row = office.deadline("L-1", "report/1")
    assert (row.owner_id, row.reviewer_id) == (None, None)


def test_the_dates_of_the_term_are_the_contract_owners(office: Office) -> None:
    office.register(LEASE)
    assert office.deadline("L-1", "term-end/1").owner_id is None
    assert told(office, "term-end/1") == ["Ana"]
