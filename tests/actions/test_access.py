"""Nobody sees a contract that is not theirs, by any way of looking."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.cast import CAST, LEASE, contract
from tests.support.office import Office
from tracker.actions.access import (
    acting,
    answering,
    contract_by_number,
    contracts_for,
    deadline_by_key,
    deadlines_for,
    must_administer,
    must_edit,
    the_contract,
    the_deadline,
    the_deadline_to_log,
    visible_to,
)
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.board import Wanted, band_counts, contracts, deadlines
from tracker.actions.errors import Forbidden, Missing
from tracker.actions.paper_lists import missing_papers, papers_on_file
from tracker.actions.papers import the_paper
from tracker.actions.shelf import contract_with_uid, open_contract, open_deadline
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role

OPEN = LEASE
CLOSED = contract(
    number="S-2",
    title="Sale of the northern branch",
    owner="ana@acme.example",
    backup="ben@acme.example",
    access={"only": ["vic@acme.example"]},
    obligations=[{"code": "document-on-file", "due": "on 2026-06-01", "paper": "signed-contract"}],
    papers=[{"key": "annex", "kind": "other", "day": "2026-01-05", "note": "In the safe."}],
)
INSIDERS = {"Ana": "owns it", "Ben": "stands in", "Vic": "is named"}
OUTSIDERS = {"Cleo": "is not named", "Ada": "administers, and is not named"}

Look = Callable[[Session, Actor, Contract, Deadline], object]


def furnish(office: Office) -> None:
    office.register(OPEN)
    office.register(CLOSED)


def listed(office: Office, session: Session, actor: Actor, wanted: Wanted) -> set[str]:
    today = day_in("Asia/Shanghai", office.now)
    page = deadlines(session, actor, wanted, today, limit=None)
    assert page.total == len(page.rows)
    return {row.contract.number for row in page.rows}


@pytest.mark.parametrize("name", INSIDERS)
def test_whoever_is_let_in_sees_the_closed_contract(office: Office, name: str) -> None:
    furnish(office)
    with office.tracker.reading() as session:
        assert set(session.scalars(contracts_for(office.actor(name)).with_only_columns(Contract.number))) == {
            "L-1",
            "S-2",
        }


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_else_finds_it_in_any_list(office: Office, name: str) -> None:
    furnish(office)
    actor = office.actor(name)
    today = day_in("Asia/Shanghai", office.now)
    with office.tracker.reading() as session:
        assert set(session.scalars(contracts_for(actor).with_only_columns(Contract.number))) == {"L-1"}
        assert {row.contract.number for row in session.scalars(deadlines_for(actor))} == {"L-1"}
        assert listed(office, session, actor, Wanted()) == {"L-1"}
        assert listed(office, session, actor, Wanted(text="northern")) == set()
        assert listed(office, session, actor, Wanted(contract_id=office.contract("S-2").id)) == set()
        found, total = contracts(session, actor)
        assert ([item.contract.number for item in found], total) == (["L-1"], 1)
        assert contracts(session, actor, "northern") == ([], 0)
        assert papers_on_file(session, actor) == []
        assert missing_papers(session, actor).total == 0
        seen = session.scalar(select(func.count()).select_from(Deadline).join(Contract).where(Contract.number == "L-1"))
        assert sum(band_counts(session, actor, today).values()) <= (seen or 0)


LOOKS: dict[str, Look] = {
    "the_contract": lambda session, actor, closed, _: the_contract(session, actor, closed.id),
    "contract_by_number": lambda session, actor, closed, _: contract_by_number(session, actor, closed.number),
    "the_deadline": lambda session, actor, _, deadline: the_deadline(session, actor, deadline.id),
    "deadline_by_key": lambda session, actor, _, deadline: deadline_by_key(session, actor, deadline.public_key),
    "open_contract": lambda session, actor, closed, _: open_contract(session, actor, closed.id),
    "open_deadline": lambda session, actor, _, deadline: open_deadline(session, actor, deadline.id),
    "the_paper": lambda session, actor, closed, _: the_paper(session, actor, closed.id, "annex"),
    "papers_on_file": lambda session, actor, closed, _: papers_on_file(session, actor, closed.number),
    "missing_papers": lambda session, actor, closed, _: missing_papers(session, actor, number=closed.number),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CAST)
def test_looking_straight_at_it_shows_it_to_insiders_alone(office: Office, look: str, name: str) -> None:
    furnish(office)
    closed, deadline = office.contract("S-2"), office.deadline("S-2", "term-end/1")
    with office.tracker.reading() as session:
        if name in INSIDERS:
            assert LOOKS[look](session, office.actor(name), closed, deadline) is not None
        else:
            with pytest.raises(Missing):
                LOOKS[look](session, office.actor(name), closed, deadline)


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_hidden_looks_like_what_is_not_there(office: Office, look: str) -> None:
    furnish(office)
    closed, deadline = office.contract("S-2"), office.deadline("S-2", "term-end/1")
    absent = Contract(id=9_999, number="X-9", uid="nowhere")
    missing = Deadline(id=9_999, key="term-end/1", contract=absent)

    def answer(contract: Contract, deadline: Deadline) -> Any:
        with office.tracker.reading() as session, pytest.raises(Missing) as told:
            LOOKS[look](session, office.actor("Cleo"), contract, deadline)
        return told.value.args

    assert answer(closed, deadline) == answer(absent, missing)


def test_a_lasting_name_does_not_give_a_closed_contract_away(office: Office) -> None:
    furnish(office)
    uid = office.contract("S-2").uid
    with office.tracker.reading() as session:
        assert contract_with_uid(session, office.actor("Cleo"), uid) is None
        assert contract_with_uid(session, office.actor("Ben"), uid) is not None


@pytest.mark.parametrize("name", INSIDERS)
def test_somebody_who_was_removed_sees_nothing_at_all(office: Office, name: str) -> None:
    furnish(office)
    actor = office.actor(name)
    office.disable(name)
    with office.tracker.reading() as session:
        assert session.scalars(contracts_for(actor)).all() == []
        assert session.scalars(deadlines_for(actor)).all() == []
        person = session.get_one(Person, actor.person_id)
        with pytest.raises(Forbidden):
            acting(person, "web")


def test_a_closed_contract_that_is_opened_is_seen_and_one_that_is_closed_is_not(office: Office) -> None:
    furnish(office)
    cleo = office.actor("Cleo")
    office.amend("S-2", {**CLOSED, "access": "organisation"})
    office.amend("L-1", {**LEASE, "access": {"only": []}})
    with office.tracker.reading() as session:
        assert set(session.scalars(contracts_for(cleo).with_only_columns(Contract.number))) == {"S-2"}


def test_a_recipient_sees_only_the_contracts_that_name_them(office: Office) -> None:
    furnish(office)
    rex = office.actor("Rex", "letter")

    def seen() -> set[str]:
        with office.tracker.reading() as session:
            looked = {row.contract.number for row in session.scalars(deadlines_for(rex))}
            pairs = select(Contract.number).join(Person, visible_to(Person.id)).where(Person.name == "Rex")
            assert looked == set(session.scalars(contracts_for(rex).with_only_columns(Contract.number)))
            assert looked == set(session.scalars(pairs))
            return looked

    assert seen() == set()
    office.amend("L-1", {**LEASE, "told": ["rex@acme.example"]})
    assert seen() == {"L-1"}
    office.amend("S-2", {**CLOSED, "backup": "rex@acme.example"})
    assert seen() == {"L-1", "S-2"}
    office.amend("L-1", {**LEASE, "told": []})
    assert seen() == {"S-2"}
    office.disable("Rex")
    assert seen() == set()


def test_a_recipient_comes_in_by_no_door_but_their_letters(office: Office) -> None:
    with office.tracker.reading() as session:
        rex = session.scalars(select(Person).where(Person.name == "Rex")).one()
        with pytest.raises(Forbidden):
            acting(rex, "web")
        assert answering(rex, "letter").role is Role.RECIPIENT
        rex.active = False
        with pytest.raises(Forbidden):
            answering(rex, "letter")


@pytest.mark.parametrize("name", CAST)
def test_who_may_say_that_it_was_done(office: Office, name: str) -> None:
    office.register({**OPEN, "told": ["rex@acme.example", "vic@acme.example"]})
    with office.tracker.reading() as session:
        number, actor = office.deadline("L-1", "term-end/1").id, office.actor(name, "letter")
        if name == "Vic":
            with pytest.raises(Forbidden):
                the_deadline_to_log(session, actor, number)
        else:
            assert the_deadline_to_log(session, actor, number).id == number
        if name in ("Vic", "Rex"):
            with pytest.raises(Forbidden):
                the_deadline(session, actor, number, to_change=True)


def test_who_is_not_named_any_more_sees_it_no_more(office: Office) -> None:
    furnish(office)
    office.amend("S-2", {**CLOSED, "access": {"only": ["cleo@acme.example"]}})
    with office.tracker.reading() as session:
        numbers = {
            name: set(session.scalars(contracts_for(office.actor(name)).with_only_columns(Contract.number)))
            for name in ("Cleo", "Vic")
        }
    assert numbers == {"Cleo": {"L-1", "S-2"}, "Vic": {"L-1"}}


def test_a_document_that_says_nothing_about_access_leaves_it_closed(office: Office) -> None:
    furnish(office)
    office.amend("S-2", {name: value for name, value in CLOSED.items() if name != "access"})
    with office.tracker.reading() as session, pytest.raises(Missing):
        contract_by_number(session, office.actor("Cleo"), "S-2")


def test_the_predicate_can_be_asked_for_many_people_at_once(office: Office) -> None:
    """Found by test: asked for people, it let those in who had been removed."""
    furnish(office)
    office.disable("Vic")
    with office.tracker.reading() as session:
        pairs = select(Person.name).join(Contract, visible_to(Person.id)).where(Contract.number == "S-2")
        assert set(session.scalars(pairs)) == {"Ana", "Ben"}


def test_the_operator_at_the_machine_sees_everything(office: Office) -> None:
    furnish(office)
    with office.tracker.reading() as session:
        assert len(session.scalars(contracts_for(OPERATOR)).all()) == 2


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_do(role: Role) -> None:
    actor = Actor("web", 1, role)
    allowed = {Role.ADMIN: (True, True), Role.EDITOR: (True, False), Role.VIEWER: (False, False)}.get(
        role, (False, False)
    )
    for check, may in zip((must_edit, must_administer), allowed, strict=True):
        if may:
            check(actor)
        else:
            with pytest.raises(Forbidden):
                check(actor)
