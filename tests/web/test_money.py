"""Money and people on the pages of a contract."""

from typing import Any

import pytest

from tests.web.conftest import LEASE, Office, send, text_of

WANG = {"name": "王芳", "title": "总监", "phone": "021-5555", "birthday": "1992-02-29", "customer_class": "VIP"}
PAID: dict[str, Any] = {
    **LEASE,
    "parties": [LEASE["parties"][0], {**LEASE["parties"][1], "customer_class": "老", "contacts": [WANG]}],
    "law": {"counting": "plain", "calendar": "CN", "zone": "Asia/Shanghai"},
    "money": {
        "amount": "120000 CNY",
        "parts": [{"name": "Licence", "amount": "80000 CNY"}, {"name": "Support", "amount": "40000 CNY"}],
        "liquidated_damages": "20%",
        "liability_cap": "50%",
        "late_rate": "0.05% per day",
    },
    "obligations": [
        {"key": "first", "code": "payment", "side": "us", "due": "on 2026-11-05", "amount": "120000 CNY"},
        {"key": "flat", "code": "payment", "side": "them", "due": "on 2026-11-05", "amount": "5000 CNY",
         "late_rate": "2%"},
        {"key": "care", "code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["spring-festival"],
         "birthdays": True},
    ],
}  # fmt: skip
"""Today is 22 November 2026, seventeen days after 5 November."""


@pytest.fixture
def paid(office: Office) -> int:
    return office.record(PAID)


def test_the_page_shows_the_figures_worked_out(office: Office, paid: int) -> None:
    """A fifth of 120,000 is 24,000, half of it 60,000."""
    page = text_of(office.sit("Ben").get(f"/contracts/{paid}"))
    for told in ("CNY 120,000.00", "Licence", "CNY 80,000.00", "CNY 24,000.00", "20% of the price", "CNY 60,000.00"):
        assert told in page
    assert "0.05% of the overdue sum per day" in page


def test_late_payments_tell_their_days_and_fees(office: Office, paid: int) -> None:
    """17 days at 0.05 % of 120,000 are 1,020; 2 % of 5,000 are 100, however late."""
    page = text_of(office.sit("Ben").get(f"/contracts/{paid}"))
    assert "CNY 1,020.00 for 17 days of delay" in page
    assert "CNY 100.00 for 17 days of delay" in page


def test_a_payment_made_late_keeps_its_last_fee(office: Office, paid: int) -> None:
    """Paid on 15 November, ten days late: 600."""
    ben, number = office.sit("Ben"), office.deadline(paid, "payment")
    assert "CNY 1,020.00 for 17 days of delay" in text_of(ben.get(f"/obligations/{number}"))
    send(ben, f"/obligations/{number}/log", done_on="2026-11-15", submission="x")
    page = text_of(ben.get(f"/obligations/{number}"))
    assert "Paid late" in page
    assert "CNY 600.00 for 10 days of delay" in page


def test_a_payment_in_time_has_no_fee(office: Office, paid: int) -> None:
    ben, number = office.sit("Ben"), office.deadline(paid, "payment")
    send(ben, f"/obligations/{number}/log", done_on="2026-11-05", submission="x")
    page = text_of(ben.get(f"/obligations/{number}"))
    assert "Paid late" not in page
    assert "for 17 days" not in page


def test_what_is_waived_earns_nothing(office: Office, paid: int) -> None:
    ben, number = office.sit("Ben"), office.deadline(paid, "payment")
    send(ben, f"/obligations/{number}/waive", reason="Settled otherwise")
    assert "days of delay" not in text_of(ben.get(f"/obligations/{number}"))


def test_people_and_their_birthdays_stand_on_the_contract(office: Office, paid: int) -> None:
    page = text_of(office.sit("Ben").get(f"/contracts/{paid}"))
    for told in ("王芳", "总监", "021-5555", "birthday: 29 Feb 1992", "VIP", "returning"):
        assert told in page


def test_greetings_say_what_for(office: Office, paid: int) -> None:
    page = text_of(office.sit("Ben").get(f"/contracts/{paid}"))
    assert "Customer care greeting: Chinese New Year (Spring Festival)" in page
    assert "Customer care greeting: birthday of 王芳" in page


def test_a_limit_under_another_contract_is_told_only_to_who_may_see_that_one(office: Office) -> None:
    """A third of the 120,000 of the contract above would give its price away."""
    above = office.record({**PAID, "number": "P-1", "title": "Quiet framework", "access": {"only": []}})
    below = office.record(
        {**LEASE, "number": "C-1", "parent": "P-1", "money": {"amount": "1 CNY", "liability_cap": "30%"}}
    )
    ana, ben = (text_of(office.sit(name).get(f"/contracts/{below}")) for name in ("Ana", "Ben"))
    assert above
    assert "CNY 36,000.00" in ana
    assert "30% of the price of" in ana
    assert "36,000" not in ben
    assert "Quiet framework" not in ben
    assert "30% of the price of the contract above" in ben
