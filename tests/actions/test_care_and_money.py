"""Greetings and late fees as they are kept, sent and read: letters, calendars, files, and who learns a birthday."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import contract, fact
from tests.support.office import Office
from tracker.actions.documents import document_of
from tracker.actions.errors import Missing
from tracker.actions.feed_entries import Reader, entry_of
from tracker.actions.lateness import lateness
from tracker.actions.letter_facts import facts_of, reminder_of
from tracker.actions.shelf import open_contract
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.feeds import Detail
from tracker.render.envelope import Cover
from tracker.render.letter import write_reminder
from tracker.render.texts import texts
from tracker.rules.late_fee import Late
from tracker.rules.money import Money

WANG = {"name": "王芳", "title": "总监", "birthday": "1992-03-05", "customer_class": "VIP"}
CARED: dict[str, Any] = contract(
    parties=[
        {"role": "A", "name": "Acme", "us": True},
        {"role": "B", "name": "Hualong Trading", "customer_class": "老", "contacts": [WANG]},
    ],
    renewal=None,
    money={"amount": "120000 CNY", "late_rate": "0.05% per day", "parts": [{"name": "Fee", "amount": "120000 CNY"}]},
    obligations=[
        {"key": "fee", "code": "payment", "side": "us", "due": "on 2026-02-13", "amount": "120000 CNY"},
        {"key": "care", "code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["中秋节"],
         "birthdays": True, "classes": ["vip"]},
    ],
)  # fmt: skip
"""Today is 2 March 2026, seventeen days after Friday 13 February."""


def in_session(office: Office, key: str, use: Any) -> Any:
    """What `use` makes of a deadline while its session is open."""
    found = office.deadline("L-1", key).id
    with office.tracker.reading() as session:
        return use(session.get_one(Deadline, found))


def letter(office: Office, key: str, day: str, language: str = "en") -> str:
    today = date.fromisoformat(day)
    facts = json.loads(json.dumps(in_session(office, key, lambda row: facts_of(row, today))))
    cover = Cover(
        sender="desk@acme.example", sender_name="Acme", recipient="ana@acme.example", recipient_name="Ana",
        message_id="<1@acme.example>", written_at=office.now,
    )  # fmt: skip
    reminder = reminder_of(facts, today, texts(language), "")
    assert write_reminder(reminder, cover, language)
    return f"{reminder.what}|{reminder.late}|{reminder}"


def entry(office: Office, key: str, detail: Detail = Detail.FULL) -> str:
    reader = Reader("en", detail, "https://tracker.example", "5f0c2a")
    found = in_session(office, key, lambda row: entry_of(row, reader))
    return "\n".join([found.title, *found.lines])


def test_a_letter_tells_the_delay_and_the_fee_as_on_the_day_it_was_planned(office: Office) -> None:
    """17 days at 0.05 % of 120,000 are 1,020."""
    office.register(CARED)
    assert "CNY 1,020.00 for 17 days of delay, as of 2 Mar 2026" in letter(office, "fee/1", "2026-03-02")


def test_a_letter_of_a_payment_that_is_not_late_tells_no_delay(office: Office) -> None:
    office.register(CARED)
    assert "delay" not in letter(office, "fee/1", "2026-02-13").partition("|")[2].partition("|")[0]


def test_a_letter_planned_before_there_were_late_fees_can_still_be_written(office: Office) -> None:
    office.register(CARED)
    facts = in_session(office, "fee/1", lambda row: facts_of(row, date(2026, 3, 2)))
    old = {name: value for name, value in facts.items() if name not in ("late", "subject", "occurrence")}
    assert reminder_of(old, date(2026, 3, 2), texts("en"), "").what == "Payment"


def test_a_greeting_in_a_letter_says_for_whom_and_not_how_old(office: Office) -> None:
    office.register(CARED)
    told = letter(office, "care/2026-birthday-王芳", "2026-03-02")
    assert told.startswith("Customer care greeting: birthday of 王芳|")
    assert "1992" not in told
    assert "Mid-Autumn Festival" in letter(office, "care/2026-mid-autumn", "2026-09-20")


def test_the_calendar_tells_the_rate_and_the_fee_only_once_it_is_final(office: Office) -> None:
    """Equal rows give equal calendars on every day, so what still grows is left to the page."""
    office.register(CARED)
    assert "Late fee: 0.05% of the overdue sum per day" in entry(office, "fee/1")
    assert "1,020" not in entry(office, "fee/1")
    office.complete("L-1", "fee/1", "2026-02-23")
    assert "Paid late: CNY 600.00 for 10 days of delay" in entry(office, "fee/1")


def test_only_a_calendar_in_full_tells_whose_birthday_it_is(office: Office) -> None:
    office.register(CARED)
    key = "care/2026-birthday-王芳"
    assert "birthday of 王芳" in entry(office, key)
    assert "王芳" not in entry(office, key, Detail.TITLES)
    assert "1992" not in entry(office, key)


def test_a_payment_done_late_keeps_its_fee_whatever_time_passes(office: Office) -> None:
    office.register(CARED)
    office.complete("L-1", "fee/1", "2026-02-23")
    office.turn_to("2027-01-01")
    found = in_session(office, "fee/1", lambda row: lateness(row, date(2027, 1, 1)))
    assert found == Late(10, Money(Decimal("600.00"), "CNY"))


def test_a_rate_of_its_own_wins_over_that_of_the_contract(office: Office) -> None:
    """2 % of 120,000 are 2,400."""
    document = {**CARED, "obligations": [{**CARED["obligations"][0], "late_rate": "2%"}]}
    office.register(document)
    assert "CNY 2,400.00" in letter(office, "fee/1", "2026-03-02")


def test_a_sum_that_is_not_paid_is_never_late(office: Office) -> None:
    """The cap of a third party's liability is a sum as well; an obligation of the team's own is taken to be paid."""
    cap = {"key": "cap", "code": "third-party-cap", "side": "us", "due": "on 2026-02-13", "amount": "5000 CNY"}
    deposit = {**cap, "key": "deposit", "code": "deposit-return", "title": "Deposit"}
    office.register({**CARED, "obligations": [cap, deposit]})
    assert letter(office, "cap/1", "2026-03-02").split("|")[1] == ""
    assert "Late fee" not in entry(office, "cap/1")
    assert "CNY 42.50 for 17 days" in letter(office, "deposit/1", "2026-03-02")


def test_grace_is_respected(office: Office) -> None:
    """Five days after 13 February is in the Spring Festival holidays, so the 24th; then the fee of all days."""
    document = {**CARED, "obligations": [{**CARED["obligations"][0], "grace": "5 days"}]}
    office.register(document)
    assert office.deadline("L-1", "fee/1").grace_until == date(2026, 2, 24)
    assert letter(office, "fee/1", "2026-02-24").split("|")[1] == ""
    assert "CNY 720.00 for 12 days" in letter(office, "fee/1", "2026-02-25")


def test_a_new_rate_is_a_visible_change(office: Office) -> None:
    office.register(CARED)
    before = office.deadline("L-1", "fee/1").sequence
    office.wait(minutes=1)
    office.amend("L-1", {**CARED, "money": {**CARED["money"], "late_rate": "1%"}})
    assert office.deadline("L-1", "fee/1").sequence > before
    assert "Late fee: 1% of the overdue sum, once" in entry(office, "fee/1")


def test_export_and_import_give_the_same_people_money_and_greetings(office: Office) -> None:
    office.register({**CARED, "facts": [fact("customer_class_changed", "2026-01-10", how="VIP", subject="B")]})
    before = office.standing("L-1")
    with office.tracker.reading() as session:
        document = document_of(open_contract(session, office.actor(), office.contract("L-1").id))
    assert document["money"] == CARED["money"]
    assert document["parties"][1]["contacts"] == [{"key": "王芳", **WANG}]
    assert not office.import_document(document).changed
    with office.tracker.transaction() as session:
        session.delete(session.get_one(Contract, office.contract("L-1").id))
    office.import_document(document)
    assert office.standing("L-1") == before
    assert {"care/2026-mid-autumn", "care/2026-birthday-王芳"} <= before.keys()


def test_a_greeting_that_was_sent_stays_when_the_class_is_corrected(office: Office) -> None:
    office.register(CARED)
    office.turn_to("2026-03-06")
    office.complete("L-1", "care/2026-birthday-王芳", "2026-03-05")
    office.fact("L-1", "customer_class_changed", "2026-03-01", subject="王芳", how="老")
    assert office.deadline("L-1", "care/2026-birthday-王芳").state is State.DONE
    assert office.deadline("L-1", "care/2026-mid-autumn").state is State.WITHDRAWN


def test_no_birthday_is_written_to_history_or_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.register(CARED)
    office.amend("L-1", {**CARED, "title": "Renamed"})
    office.fact("L-1", "customer_class_changed", "2026-03-01", subject="王芳", how="老")
    remembered = json.dumps([event.details for event in office.events()], default=str)
    assert "1992" not in remembered + caplog.text
    assert "03-05" not in remembered + caplog.text


def test_whom_the_contract_is_hidden_from_the_birthday_is_hidden_from(office: Office) -> None:
    office.register({**CARED, "access": {"only": []}})
    with office.tracker.reading() as session, pytest.raises(Missing):
        open_contract(session, office.actor("Cleo"), office.contract("L-1").id)
