"""A contract can be put right, and what was done before stays done."""

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.errors import Forbidden, Missing, Refused, Stale
from tracker.records.deadlines import State

LONGER = contract(term={"length": "3 years", "first_day_counts": True})


def test_a_longer_term_moves_its_end_and_brings_more_payments(office: Office) -> None:
    office.register(LEASE)
    changes = office.amend("L-1", LONGER).deadlines
    assert sorted(changes.appeared) == ["payment/10", "payment/11", "payment/12", "payment/9"]
    assert sorted(changes.moved) == ["renewal-formalities/1", "renewal-intention.us/1", "term-end/1"]
    assert changes.vanished == []
    assert office.standing("L-1")["term-end/1"] == "2027-12-31"


def test_a_moved_deadline_keeps_its_row_and_is_announced_afresh(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", "term-end/1")
    office.wait(hours=1)
    office.amend("L-1", LONGER)
    after = office.deadline("L-1", "term-end/1")
    assert after.id == before.id
    assert (after.revision, after.sequence) == (before.revision + 1, before.sequence + 1)
    assert after.modified_at == office.now


def test_what_no_longer_follows_is_withdrawn_and_comes_back_with_its_name(office: Office) -> None:
    office.register(LONGER)
    dropped = office.deadline("L-1", "payment/12")
    changes = office.amend("L-1", LEASE).deadlines
    assert "payment/12" in changes.vanished
    gone = office.deadline("L-1", "payment/12")
    assert (gone.state, gone.withdrawn_at, gone.remind_on) == (State.WITHDRAWN, office.now, None)
    assert "payment/12" in office.amend("L-1", LONGER).deadlines.appeared
    back = office.deadline("L-1", "payment/12")
    assert (back.id, back.state, back.withdrawn_at) == (dropped.id, State.OPEN, None)
    assert back.revision > dropped.revision, "it is announced afresh"


def test_what_was_done_stays_done_when_the_contract_changes(office: Office) -> None:
    office.register(LONGER)
    office.complete("L-1", "payment/5", "2026-01-05")
    office.amend("L-1", contract(obligations=None))
    done = office.deadline("L-1", "payment/5")
    assert (done.state, len(done.completions)) == (State.DONE, 1)
    office.amend("L-1", LONGER)
    assert office.deadline("L-1", "payment/5").state is State.DONE


def test_facts_a_document_does_not_name_stay(office: Office) -> None:
    office.register(LEASE)
    office.fact("L-1", "complaint_received", "2026-02-02", subject="the lift")
    office.amend("L-1", LONGER)
    assert [fact.subject for fact in office.contract("L-1").facts] == ["the lift"]


def test_an_old_page_cannot_overwrite_a_newer_contract(office: Office) -> None:
    revision = office.register(LEASE).contract.revision
    office.wait(minutes=1)
    office.amend("L-1", LONGER, revision=revision)
    with pytest.raises(Stale):
        office.amend("L-1", LEASE, revision=revision, by="Ben")
    assert office.standing("L-1")["term-end/1"] == "2027-12-31"


def test_a_change_is_written_down_with_what_it_touched(office: Office) -> None:
    office.register(LEASE)
    office.amend("L-1", contract(**{**LONGER, "title": "Office and warehouse lease"}), by="Ben")
    event = office.events()[-1]
    assert (event.event, event.actor_id) == ("contract-amended", office.actor("Ben").person_id)
    assert event.details["changed"] == ["term", "title"]


def test_a_contract_can_be_renumbered_and_keeps_its_public_keys(office: Office) -> None:
    office.register(LEASE)
    keys = {row.public_key for row in office.deadlines("L-1").values()}
    office.amend("L-1", contract(number="L-1/2026"))
    assert {row.public_key for row in office.deadlines("L-1/2026").values()} == keys


def test_a_number_of_another_contract_is_refused(office: Office) -> None:
    office.register(LEASE)
    office.register(contract(number="L-2"))
    with pytest.raises(Refused):
        office.amend("L-2", contract(number="L-1"))


def test_only_those_who_see_a_contract_and_may_edit_can_amend_it(office: Office) -> None:
    office.register(contract(access={"only": ["ben@acme.example", "vic@acme.example"]}))
    with pytest.raises(Missing):
        office.amend("L-1", LONGER, by="Cleo")
    with pytest.raises(Missing):
        office.amend("L-1", LONGER, by="Ada")
    with pytest.raises(Forbidden):
        office.amend("L-1", LONGER, by="Vic")
    assert office.amend("L-1", LONGER, by="Ben").changed


def test_importing_over_a_contract_one_may_not_see_does_not_touch_it(office: Office) -> None:
    office.register(contract(access={"only": []}))
    with pytest.raises(Refused):
        office.import_document(LONGER, by="Cleo")
    assert office.standing("L-1")["term-end/1"] == "2026-12-31"
