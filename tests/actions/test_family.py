"""Contracts that belong together: whoever may not see one of them learns nothing of it."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.bundles import export_contract
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.family import family_of, parents_first, possible_parents, set_parent
from tracker.ports.contract_files import read_contract_file
from tracker.records.contracts import Contract

CHILD = contract(number="T-1", title="Call centre", kind="third-party", renewal=None)
CLOSED = contract(number="S-2", title="Quiet takeover", owner="ben@acme.example", access={"only": []})


def under(office: Office, number: str, parent: str, by: str = "Ana") -> bool:
    with office.tracker.transaction() as session:
        return set_parent(session, office.actor(by), office.contract(number).id, parent, now=office.now)


def seen(office: Office, number: str, by: str = "Ana") -> tuple[str, list[str]]:
    """The number of the parent and those of the children."""
    with office.tracker.reading() as session:
        found = family_of(session, office.actor(by), session.get_one(Contract, office.contract(number).id))
        return found.parent.number if found.parent else "", [child.contract.number for child in found.children]


def refused(office: Office, number: str, parent: str) -> dict[str, str]:
    with pytest.raises(Refused) as raised:
        under(office, number, parent)
    return {one.place: str(one) for one in raised.value.problems}


def exported(office: Office, number: str, by: str) -> dict[str, object]:
    with office.tracker.reading() as session:
        file = export_contract(session, office.actor(by), number, None, files=office.tracker.files, now=office.now)
    return dict(read_contract_file(file.data).document)


def test_a_contract_comes_under_the_one_its_file_names_by_number_or_id(office: Office) -> None:
    lease = office.register(LEASE).contract
    office.register({**CHILD, "parent": "L-1"})
    office.register({**CHILD, "number": "T-2", "parent": lease.uid})
    assert seen(office, "T-1") == ("L-1", [])
    assert seen(office, "L-1") == ("", ["T-1", "T-2"])


def test_children_come_by_what_is_to_be_done_next_and_say_how_much_is_open(office: Office) -> None:
    office.register(LEASE)
    office.register({**CHILD, "number": "T-0", "parent": "L-1", "term": {"end": "2027-06-30"}, "obligations": None})
    office.register({**CHILD, "number": "T-9", "parent": "L-1", "term": {"end": "2026-06-30"}, "obligations": None})
    with office.tracker.reading() as session:
        found = family_of(session, office.actor(), session.get_one(Contract, office.contract("L-1").id))
        assert [(one.contract.number, str(one.next_day), one.open_deadlines) for one in found.children] == [
            ("T-9", "2026-06-30", 1),
            ("T-0", "2027-06-30", 1),
        ]


def test_a_parent_is_set_changed_and_taken_away(office: Office) -> None:
    office.register(LEASE)
    office.register(contract(number="L-2"))
    office.register(CHILD)
    assert under(office, "T-1", "L-1")
    assert seen(office, "T-1")[0] == "L-1"
    assert under(office, "T-1", "L-2")
    assert seen(office, "T-1")[0] == "L-2"
    assert not under(office, "T-1", "L-2")
    assert under(office, "T-1", "")
    assert seen(office, "T-1")[0] == ""
    assert not under(office, "T-1", "")
    assert [event.event for event in office.events()[3:]] == ["parent-changed"] * 3


def test_a_file_without_the_field_leaves_the_parent_and_an_empty_one_takes_it_away(office: Office) -> None:
    office.register(LEASE)
    office.register({**CHILD, "parent": "L-1"})
    office.amend("T-1", CHILD)
    assert seen(office, "T-1")[0] == "L-1"
    assert office.amend("T-1", {**CHILD, "parent": None}).changed
    assert seen(office, "T-1")[0] == ""


def test_what_is_exported_names_the_parent_and_brings_it_back(office: Office) -> None:
    office.register(LEASE)
    office.register({**CHILD, "parent": "L-1"})
    document = exported(office, "T-1", "Ana")
    assert document["parent"] == "L-1"
    assert not office.import_document(document, "Ana").changed
    under(office, "T-1", "")
    office.import_document(document, "Ana")
    assert seen(office, "T-1")[0] == "L-1"


@pytest.mark.parametrize("closing", [["T-1", "T-1"], ["L-1", "T-1"], ["L-1", "T-2"]])
def test_no_contract_comes_to_belong_to_itself(office: Office, closing: list[str]) -> None:
    office.register(LEASE)
    office.register({**CHILD, "parent": "L-1"})
    office.register({**CHILD, "number": "T-2", "parent": "T-1"})
    assert refused(office, *closing) == {"parent": "This would make the contract belong to itself."}
    assert seen(office, "L-1") == ("", ["T-1"])
    assert seen(office, "T-1") == ("L-1", ["T-2"])


def test_a_new_contract_cannot_name_itself(office: Office) -> None:
    with pytest.raises(Refused, match="parent"):
        office.register({**CHILD, "parent": "T-1"})


def test_a_parent_that_may_not_be_seen_answers_like_one_that_is_not_there(office: Office) -> None:
    office.register(CLOSED)
    office.register(CHILD)

    def answer(name: str) -> str:
        return refused(office, "T-1", name)["parent"].replace(name, "…")

    assert answer("S-2") == answer("S-3") == answer(office.contract("S-2").uid)
    with office.tracker.reading() as session:
        ana = office.actor("Ana")
        child = session.get_one(Contract, office.contract("T-1").id)
        assert "S-2" not in {one.number for one in possible_parents(session, ana, child)}
        assert "S-2" in {one.number for one in possible_parents(session, office.actor("Ben"), child)}


def test_a_hidden_parent_is_neither_shown_nor_exported_nor_taken_away(office: Office) -> None:
    office.register(CLOSED)
    office.register({**CHILD, "parent": "S-2"}, "Ben")
    assert seen(office, "T-1", "Ben")[0] == "S-2"
    assert seen(office, "T-1", "Ana")[0] == ""
    assert "parent" not in exported(office, "T-1", "Ana")
    assert exported(office, "T-1", "Ben")["parent"] == "S-2"
    assert not under(office, "T-1", "", "Ana")
    assert not office.amend("T-1", {**CHILD, "parent": ""}, "Ana").changed
    assert seen(office, "T-1", "Ben")[0] == "S-2"


def test_a_hidden_child_is_missing_from_its_parent(office: Office) -> None:
    office.register(LEASE)
    office.register({**CLOSED, "parent": "L-1"}, "Ben")
    assert seen(office, "L-1", "Ben")[1] == ["S-2"]
    assert seen(office, "L-1", "Cleo")[1] == []


def test_who_may_not_change_the_child_does_not_move_it(office: Office) -> None:
    office.register(LEASE)
    office.register(CHILD)
    office.register(CLOSED)
    with pytest.raises(Forbidden):
        under(office, "T-1", "L-1", "Vic")
    with pytest.raises(Missing):
        under(office, "S-2", "L-1", "Cleo")


def test_a_contract_is_not_offered_itself_as_a_parent(office: Office) -> None:
    office.register(LEASE)
    office.register(CHILD)
    with office.tracker.reading() as session:
        child = session.get_one(Contract, office.contract("T-1").id)
        assert [one.number for one in possible_parents(session, office.actor(), child)] == ["L-1"]
        assert [one.number for one in possible_parents(session, office.actor(), None)] == ["L-1", "T-1"]


def test_two_changes_at_once_do_not_close_a_circle_that_neither_sees(office: Office) -> None:
    office.register(LEASE)
    office.register(CHILD)
    child = office.contract("T-1").id
    with ThreadPoolExecutor(1) as other:
        with office.tracker.transaction() as session:
            set_parent(session, office.actor(), child, "L-1", now=office.now)
            answer = other.submit(refused, office, "L-1", "T-1")
            sleep(0.3)
            assert not answer.done()
        assert "parent" in answer.result(timeout=60)


@pytest.mark.parametrize(
    ("documents", "order"),
    [
        ({"a": {"number": "1"}, "b": {"number": "2"}}, "ab"),
        ({"a": {"number": "1", "parent": "2"}, "b": {"number": "2"}}, "ba"),
        ({"a": {"number": "1", "parent": "xyz"}, "b": {"number": "2", "id": "xyz"}}, "ba"),
        ({"a": {"number": "1", "parent": 2}, "b": {"number": "2", "parent": "3"}, "c": {"number": "3"}}, "cba"),
        ({"a": {"number": "1", "parent": "9"}, "b": "no document", "c": {}}, "abc"),
        ({"a": {"number": "1", "parent": "2"}, "b": {"number": "2", "parent": "1"}}, "ba"),
        ({"a": {"number": "1", "parent": "1"}}, "a"),
    ],
)
def test_files_are_taken_in_with_each_parent_before_its_children(documents: dict[str, object], order: str) -> None:
    assert "".join(parents_first(documents)) == order
