"""People, greetings and money in the forms of a contract."""

from typing import Any

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_contract_form import again, fields_of, submit
from tests.web.test_money import PAID
from tracker.actions.documents import document_of
from tracker.actions.shelf import open_contract

NEW = "/contracts/new?kind=general"
FILLED = {
    "number": "M-9",
    "title": "Care",
    "parties[0].name": "Acme",
    "parties[1].name": "Hualong",
    "parties[1].customer_class": "老客户",
    "parties[1].contacts[0].name": "王芳",
    "parties[1].contacts[0].birthday": "2月29日",
    "effect.mode": "date",
    "effect.when": "2026-01-01",
    "law.calendar": "CN",
    "money.amount": "120000 CNY",
    "money.late_rate": "每日万分之五",
    "money.liability_cap": "50%",
    "money.parts[0].name": "Licence",
    "money.parts[0].amount": "80000 CNY",
    "obligations[0].has": "1",
    "obligations[0].code": "customer-care",
    "obligations[0].anchor": "greeting",
    "obligations[0].holidays": "中秋节、spring-festival",
    "obligations[0].classes": "VIP, 老客户",
    "obligations[0].birthdays": "yes",
}


def document(office: Office, contract_id: int) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(open_contract(session, office.actor("Ana"), contract_id))


def test_people_greetings_and_money_are_filled_in(office: Office) -> None:
    ana = office.sit("Ana")
    answer = submit(ana, NEW, **FILLED)
    assert answer.status_code == 303, text_of(answer)
    page = text_of(ana.get(answer.headers["Location"]))
    assert "birthday: 29 February" in page
    assert "Customer care greeting: Chinese New Year (Spring Festival)" in page
    assert "Customer care greeting: birthday of 王芳" in page
    assert "CNY 60,000.00" in page
    found = document(office, 1)
    assert found["parties"][1]["contacts"] == [{"key": "王芳", "name": "王芳", "birthday": "02-29"}]
    assert found["obligations"][0]["holidays"] == ["中秋节", "spring-festival"]
    assert found["obligations"][0]["due"] == "on greeting"
    assert found["money"] == {
        "amount": "120000 CNY",
        "late_rate": "每日万分之五",
        "liability_cap": "50%",
        "parts": [{"name": "Licence", "amount": "80000 CNY"}],
    }


def test_what_was_filled_in_is_there_to_change_and_saving_it_changes_nothing(office: Office) -> None:
    ana, number = office.sit("Ana"), office.record(PAID)
    before = document(office, number)
    assert submit(ana, f"/contracts/{number}/edit").status_code == 303
    assert document(office, number) == before


def test_a_person_is_taken_out_by_emptying_the_row(office: Office) -> None:
    ana, number = office.sit("Ana"), office.record(PAID)
    empty = {f"parties[1].contacts[0].{name}": "" for name in ("name", "title", "phone", "birthday", "customer_class")}
    shown = submit(ana, f"/contracts/{number}/edit", **empty)
    assert "Look before it is saved" in text_of(shown)
    assert again(ana, f"/contracts/{number}/edit", shown).status_code == 303
    assert "contacts" not in document(office, number)["parties"][1]


def test_a_renamed_person_keeps_the_greetings(office: Office) -> None:
    ana, number = office.sit("Ana"), office.record(PAID)
    answer = submit(ana, f"/contracts/{number}/edit", **{"parties[1].contacts[0].name": "王芳华"})
    assert answer.status_code == 303
    assert document(office, number)["parties"][1]["contacts"][0]["key"] == "王芳"
    assert "birthday of 王芳华" in text_of(ana.get(f"/contracts/{number}"))


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(office: Office) -> None:
    wrong = {
        "parties[1].contacts[0].birthday": "30 February",
        "money.amount": "lots",
        "obligations[0].late_rate": "a little",
    }
    answer = submit(office.sit("Ana"), NEW, **(FILLED | wrong))
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Write a birthday such as 1990-02-28" in page
    assert "Write an amount with its currency" in page
    assert "Write a late fee such as" in page
    fields = fields_of(page)
    assert {name: fields[name] for name in wrong} == wrong
    assert 'id="parties[1].contacts[0].birthday-error"' in page or "contacts[0].birthday" in page


def test_a_holiday_the_calendar_does_not_have_is_told_with_those_it_has(office: Office) -> None:
    answer = submit(office.sit("Ana"), NEW, **(FILLED | {"obligations[0].holidays": "thanksgiving"}))
    assert answer.status_code == 422
    page = text_of(answer)
    assert "“thanksgiving” is no public holiday of the calendar CN" in page
    assert "new-year, spring-festival-eve, spring-festival, tomb-sweeping" in page


def test_a_customer_class_is_changed_by_a_fact(office: Office) -> None:
    """New Year is greeted for VIPs alone; the customer becomes one on 20 November."""
    care = {"key": "care", "code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["new-year"]}
    law = {**LEASE["law"], "calendar": "CN"}
    number = office.record({**LEASE, "law": law, "obligations": [{**care, "classes": ["vip"]}]})
    ana = office.sit("Ana")
    assert "Customer care greeting" not in text_of(ana.get(f"/contracts/{number}"))
    fields = {"kind": "customer_class_changed", "day": "2026-11-20", "by": "", "how": "", "customer_class": "VIP"}
    assert send(ana, f"/contracts/{number}/facts", **fields).status_code == 303
    page = text_of(ana.get(f"/contracts/{number}"))
    assert "Customer care greeting: New Year&#39;s Day" in page
    correct = text_of(ana.get(f"/contracts/{number}/facts/customer_class_changed-1"))
    assert 'value="VIP"' in correct
