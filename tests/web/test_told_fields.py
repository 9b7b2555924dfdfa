"""Who else is told, and when, in the contract form: kept as typed, said at the field, the same in the file."""

from typing import Any

import pytest

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_contract_form import fields_of, submit
from tests.web.test_kind_form import recorded, showroom

__all__ = ["showroom"]
from tracker.actions.contracts import import_document
from tracker.actions.documents import document_of
from tracker.actions.shelf import open_contract
from tracker.records.people import Person

REX, BEN = "rex@acme.example", "ben@acme.example"
TOLD = {
    "told.rex@acme.example": "1",
    "reminders[0].code": "*",
    "reminders[0].ladder": "20, 5",
    "reminders[1].code": "renewal-intention",
    "reminders[1].ladder": "120,60, 1; after 1",
}


def document(office: Office, contract_id: int) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(open_contract(session, office.actor("Ana"), contract_id))


def test_they_are_filled_in_shown_and_the_same_in_the_file(office: Office, lease: int) -> None:
    ana, path = office.sit("Ana"), f"/contracts/{lease}/edit?every=1"
    assert submit(ana, path, **TOLD).status_code == 303
    found = document(office, lease)
    assert found["told"] == [REX]
    assert found["reminders"] == {"*": "20, 5", "renewal-intention": "120, 60, 1; after 1"}
    page = text_of(ana.get(f"/contracts/{lease}"))
    assert "Also told" in page
    assert "<bdi>Rex</bdi>" in page
    assert "120, 60, 1; after 1" in page
    kept = fields_of(text_of(ana.get(path)))
    assert {name: kept[name] for name in TOLD} == {**TOLD, "reminders[1].ladder": "120, 60, 1; after 1"}
    assert submit(ana, path).status_code == 303
    assert document(office, lease) == found
    with office.tracker.transaction() as session:
        again_by_file = import_document(session, office.actor("Ana"), found, now=office.clock.now(), confirmed=True)
        assert not again_by_file.changed


def test_nobody_ticked_and_no_days_take_away_what_was_there(office: Office) -> None:
    ana = office.sit("Ana")
    number = office.record(LEASE, told=[REX, BEN], reminders={"*": "20, 5", "insurance": "9"})
    path = f"/contracts/{number}/edit?every=1"
    fields = fields_of(text_of(ana.get(path)))
    without = {name: value for name, value in fields.items() if name not in ("told.rex@acme.example",)}
    assert send(ana, path, **{**without, "reminders[1].ladder": "", "do": "save"}).status_code == 303
    found = document(office, number)
    assert (found["told"], found["reminders"]) == ([BEN], {"*": "20, 5"})
    without = {name: value for name, value in without.items() if name != "told.ben@acme.example"}
    revision = fields_of(text_of(ana.get(path)))["revision"]
    cleared = {"reminders[0].ladder": "", "reminders[1].ladder": "", "revision": revision}
    assert send(ana, path, **{**without, **cleared, "do": "save"}).status_code == 303
    assert not {"told", "reminders"} & document(office, number).keys()


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"reminders[0].ladder": "soon"}, "reminders[0].ladder", "Write days such as"),
        ({"reminders[0].ladder": "off"}, "reminders[0].ladder", "A day for notice needs a reminder before it."),
        ({"reminders[1].code": "*"}, "reminders[1].code", "Another line says this already."),
        ({"reminders[1].code": ""}, "reminders[1].code", "Choose one."),
        ({"told.ghost@acme.example": "1"}, "told", "Nobody here has the address ghost@acme.example."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    office: Office, lease: int, typed: dict[str, str], field: str, text: str
) -> None:
    ana, path = office.sit("Ana"), f"/contracts/{lease}/edit?every=1"
    sent = submit(ana, path, **{**TOLD, **typed})
    assert sent.status_code == 422
    page = text_of(sent)
    assert text in page.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert f'href="#{field}"' in page
    kept = fields_of(page)
    assert {name: kept[name] for name in TOLD} == {**TOLD, **{n: v for n, v in typed.items() if n in TOLD}}
    assert not {"told", "reminders"} & document(office, lease).keys()


def test_the_form_of_the_blanks_leaves_them_as_they_are(office: Office, showroom: Office) -> None:
    ana, blanks = office.sit("Ana"), recorded(office)
    number = int(blanks.split("/")[2])
    whole = f"/contracts/{number}/edit?every=1"
    assert submit(ana, whole, **{**TOLD, "told.ben@acme.example": "1"}).status_code == 303
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ben"]).active = False  # stays named while shut out
    assert ana.get(f"/contracts/{number}/edit").location == blanks
    assert submit(ana, blanks, title="Renamed").status_code == 303
    found = document(office, number)
    assert (found["title"], found["told"], found["reminders"]["*"]) == ("Renamed", [BEN, REX], "20, 5")
    assert "ben@acme.example (disabled)" in text_of(ana.get(whole))
