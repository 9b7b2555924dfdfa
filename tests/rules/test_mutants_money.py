"""Sums at their edges: the places of every currency, caps, and parts of a price."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import bare, drafted
from tracker.rules.contract_file import read_contract
from tracker.rules.late_fee import days_late, share_of, written
from tracker.rules.late_rates import LateRate
from tracker.rules.money import Money
from tracker.rules.money_form import MoneyTerms
from tracker.rules.periods import Unit
from tracker.rules.problems import Unfit

WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE = "BHD IQD JOD KWD LYD OMR TND"
HOW = "Write a limit as a share of the price, such as 50%, or as an amount, such as 60000 CNY."


def sum_of(amount: str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("currencies", "share", "text"),
    [(WITHOUT, "33", "100"), (THREE, "33.333", "100.000"), ("CNY HKD USD EUR", "33.33", "100.00")],
)
def test_a_share_has_the_places_of_its_currency(currencies: str, share: str, text: str) -> None:
    for currency in currencies.split():
        assert str(share_of(sum_of("100", currency), Decimal(1) / 3).amount) == share, currency
        assert written(sum_of("100", currency)) == f"{text} {currency}"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1020", "CNY", "1020.00 CNY"),
        ("1020.5", "CNY", "1020.50 CNY"),
        ("0.1250", "CNY", "0.125 CNY"),
        ("1E+5", "JPY", "100000 JPY"),
        ("0.5", "JPY", "0.5 JPY"),
    ],
)
def test_a_sum_is_written_as_it_is_and_never_rounded(amount: str, currency: str, text: str) -> None:
    assert written(sum_of(amount, currency)) == text


def test_what_is_not_late_is_no_days_late() -> None:
    due = date(2026, 3, 10)
    assert [days_late(due, date(2026, 3, day)) for day in (9, 10, 11)] == [0, 0, 1]
    assert [days_late(due, date(2026, 3, day), date(2026, 3, 15)) for day in (15, 16)] == [0, 6]


@pytest.mark.parametrize(
    ("share", "per"), [("-0.5", None), ("-0.01", Unit.DAY), ("1.01", None), ("0.01", Unit.WEEK), ("0.01", Unit.HOUR)]
)
def test_a_rate_is_a_share_for_a_day_a_month_or_a_year(share: str, per: Unit | None) -> None:
    with pytest.raises(Unfit):
        LateRate(Decimal(share), per)


# ----------------------------------------------------------------- the section


def terms(**money: Any) -> MoneyTerms:
    return drafted(bare(money=money)).money


def faults(**money: Any) -> list[str]:
    return [f"{problem.place}: {problem}" for problem in read_contract(bare(money=money))[1]]


def part(name: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "amount": amount, **more}


def test_a_contract_without_a_section_on_money_says_nothing_of_it() -> None:
    assert drafted(bare()).money == MoneyTerms()


def test_the_price_is_the_sum_of_its_parts_be_it_only_one() -> None:
    assert terms(parts=[part("Licence", "60000 CNY")]).total == sum_of("60000")
    assert terms(parts=[part("Licence", "60000 CNY"), part("Training", "500 CNY")]).total == sum_of("60500")


def test_parts_may_make_up_the_whole_and_no_more() -> None:
    licence, training = part("Licence", "60000 CNY"), part("Training", "500 CNY")
    assert faults(amount="60500 CNY", parts=[licence, training]) == []
    assert faults(amount="60499 CNY", parts=[licence, training]) == [
        "money.parts: The parts together are more than the whole."
    ]


def test_a_part_without_its_sum_or_with_more_than_a_part_has_is_told_where_it_stands() -> None:
    assert [text.partition(":")[0] for text in faults(amount="9 CNY", parts=[{"name": "Licence"}])] == [
        "money.parts[0].amount"
    ]
    assert [text.partition(":")[0] for text in faults(parts=[part("Licence", "9 CNY", colour="red")])] == [
        "money.parts[0].colour"
    ]


@pytest.mark.parametrize(("text", "share"), [("0.1%", "0.001"), ("100%", "1"), ("1000 %", "10")])
def test_a_cap_is_a_share_of_up_to_ten_times_the_price(text: str, share: str) -> None:
    assert terms(liability_cap=text).liability_cap == Decimal(share)


@pytest.mark.parametrize("text", ["0%", "-50%", "1000.1%", "half %"])
def test_no_other_share_is_a_cap(text: str) -> None:
    assert faults(liability_cap=text) == [f"money.liability_cap: {HOW}"]
