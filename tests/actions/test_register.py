"""Contracts come in by one document, and the same document again changes nothing."""

from typing import Any

import pytest

from tests.rules.worked import business_transfer, confidentiality, crm_implementation, customer_maintenance
from tests.rules.worked.table import TODAY
from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.contracts import preview
from tracker.actions.documents import document_of
from tracker.actions.errors import Forbidden, Odd, Refused
from tracker.records.contracts import Contract
from tracker.records.deadlines import Completion, Deadline

WORKED = (crm_implementation, confidentiality, business_transfer, customer_maintenance)


def problems_of(refused: Refused) -> dict[str, str]:
    return {problem.place: str(problem) for problem in refused.problems}


def test_a_new_contract_has_its_deadlines_and_its_history(office: Office) -> None:
    kept = office.register(LEASE)
    assert (kept.is_new, kept.changed) == (True, True)
    assert sorted(kept.deadlines.appeared) == sorted(office.deadlines("L-1"))
    assert office.standing("L-1")["term-end/1"] == "2026-12-31"
    (event,) = office.events()
    assert (event.event, event.channel, event.contract_id, event.actor_id) == (
        "contract-registered",
        "web",
        kept.contract.id,
        office.actor("Ana").person_id,
    )


def test_whoever_registers_a_contract_owns_it_unless_the_document_names_another(office: Office) -> None:
    office.register(LEASE)
    office.register(contract(number="L-2", owner="ben@acme.example", backup="ana@acme.example"))
    people = {name: office.actor(name).person_id for name in ("Ana", "Ben")}
    assert office.contract("L-1").owner_id == people["Ana"]
    assert (office.contract("L-2").owner_id, office.contract("L-2").backup_id) == (people["Ben"], people["Ana"])


@pytest.mark.parametrize("module", WORKED, ids=lambda module: str(module.DOCUMENT["number"]))
def test_a_worked_contract_is_stored_as_it_was_worked_out(office: Office, module: Any) -> None:
    office.turn_to(TODAY.isoformat())
    number = module.DOCUMENT["number"]
    office.import_document(module.DOCUMENT)
    rows = office.deadlines(number)
    assert sorted(rows) == sorted(row.key for row in module.TABLE)
    for row in module.TABLE:
        stored = rows[row.key]
        assert (stored.legal, stored.act_by, stored.send_by, stored.target) == (
            row.legal,
            row.act_by,
            row.send_by,
            row.target,
        ), row.because
        assert (tuple(stored.provisional), stored.certainty) == (row.provisional, row.certainty)


@pytest.mark.parametrize("module", WORKED, ids=lambda module: str(module.DOCUMENT["number"]))
def test_importing_the_same_document_or_the_exported_one_changes_nothing(office: Office, module: Any) -> None:
    office.turn_to(TODAY.isoformat())
    office.import_document(module.DOCUMENT)
    before = office.deadlines(module.DOCUMENT["number"])
    again = office.import_document(module.DOCUMENT)
    assert (again.is_new, again.changed, bool(again.deadlines)) == (False, False, False)
    with office.tracker.reading() as session:
        exported = document_of(session.get_one(Contract, again.contract.id))
    once_more = office.import_document(exported)
    assert (once_more.is_new, once_more.changed, bool(once_more.deadlines)) == (False, False, False)
    after = office.deadlines(module.DOCUMENT["number"])
    assert {key: (row.id, row.sequence) for key, row in after.items()} == {
        key: (row.id, row.sequence) for key, row in before.items()
    }
    assert len(office.events()) == 1


def test_an_export_brings_a_lost_contract_back_under_the_same_names(office: Office) -> None:
    kept = office.register(contract(facts=[{"kind": "signed", "day": "2024-12-20", "note": "in the small hall"}]))
    office.complete("L-1", "payment/1", "2025-01-05", note="paid")
    with office.tracker.reading() as session:
        stored = session.get_one(Contract, kept.contract.id)
        done = list(session.query(Completion).join(Deadline).filter(Deadline.contract_id == stored.id))
        exported = document_of(stored, done)
    names = {row.public_key for row in office.deadlines("L-1").values()}
    with office.tracker.transaction() as session:
        session.delete(session.get_one(Contract, kept.contract.id))
    office.import_document(exported)
    assert {row.public_key for row in office.deadlines("L-1").values()} == names
    completion = office.deadline("L-1", "payment/1").completions[0]
    assert (str(completion.done_on), completion.note) == ("2025-01-05", "paid")
    assert office.contract("L-1").facts[0].note == "in the small hall"


def test_a_number_can_be_taken_once(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Refused) as refused:
        office.register(LEASE)
    assert problems_of(refused.value) == {"number": "This number is taken by another contract."}


def test_a_bad_document_is_refused_with_every_problem_and_leaves_nothing_behind(office: Office) -> None:
    bad = contract(
        title="",
        parties=[{"name": "Acme", "us": True}],
        term={"length": "-1 years"},
        effect={"when": "2025-02-30"},
        colour="red",
    )
    with pytest.raises(Refused) as refused:
        office.register(bad)
    assert problems_of(refused.value).keys() == {"title", "parties", "term.length", "effect.when", "colour"}
    assert office.events() == []


def test_people_nobody_knows_are_told_with_their_place(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.register(contract(owner="eve@acme.example", access={"only": ["ben@acme.example", "mallory@x.example"]}))
    told = {place: text.partition(". ")[0] for place, text in problems_of(refused.value).items()}
    assert told == {
        "owner": "Nobody here has the address eve@acme.example",
        "access.only[1]": "Nobody here has the address mallory@x.example",
    }
    assert office.events() == []


def test_what_is_odd_but_lawful_is_saved_once_confirmed(office: Office) -> None:
    odd = contract(
        renewal={"mode": "agreement", "notice": [{"side": "us", "at_least": "3 years"}]},
        facts=[{"kind": "signed", "day": "2025-03-01"}],
    )
    with pytest.raises(Odd) as told:
        office.register(odd, confirmed=False)
    assert problems_of(told.value) == {
        "term.start": "The term starts before the contract was signed.",
        "renewal.notice[0].at_least": "The notice period is longer than the term.",
    }
    assert office.events() == []
    assert office.register(odd).is_new


def test_a_viewer_registers_nothing(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.register(LEASE, by="Vic")


def test_a_preview_shows_the_deadlines_and_stores_nothing(office: Office) -> None:
    with office.tracker.reading() as session:
        deadlines, problems = preview(session, LEASE, TODAY)
    assert problems == []
    kept = office.register(LEASE)
    assert {deadline.key for deadline in deadlines} == set(kept.deadlines.appeared)
    with office.tracker.reading() as session:
        assert preview(session, {"format": "contract/1"}, TODAY)[0] == ()


def test_a_contract_without_a_law_is_counted_by_the_organisations_own(office: Office) -> None:
    office.register(contract(law=None))
    stored = office.contract("L-1")
    assert (stored.preset, stored.calendar, stored.zone) == ("prc-civil-code", "CN", "Asia/Shanghai")
