"""Late fees worked out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import bare
from tracker.rules.contract_file import read_contract
from tracker.rules.late_fee import Late, days_late, late, share_of
from tracker.rules.late_rates import LateRate, read_late_rate
from tracker.rules.money import Money
from tracker.rules.money_form import MoneyTerms
from tracker.rules.periods import Unit
from tracker.rules.problems import Unfit

DUE = date(2026, 3, 10)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def fee(rate: str, as_of: str, amount: Money | None = None, grace_until: str = "") -> str:
    """The fee on 120,000 yuan due on 10 March 2026."""
    grace = date.fromisoformat(grace_until) if grace_until else None
    found = late(amount or cny("120000"), read_late_rate(rate), DUE, date.fromisoformat(as_of), grace)
    return str(found.fee.amount) if found and found.fee else ""


def test_by_the_day_seventeen_days_late() -> None:
    """27 March is 17 days after 10 March: 120,000 x 0.0005 x 17 = 1,020."""
    found = late(cny("120000"), read_late_rate("0.05% per day"), DUE, date(2026, 3, 27))
    assert found == Late(17, cny("1020.00"))


def test_a_flat_rate_is_earned_once_however_late() -> None:
    """120,000 x 0.02 = 2,400."""
    assert fee("2%", "2026-03-11") == "2400.00"
    assert fee("2%", "2027-03-11") == "2400.00"


def test_nothing_is_late_on_the_day_itself() -> None:
    assert late(cny("120000"), read_late_rate("2%"), DUE, DUE) is None
    assert late(cny("120000"), read_late_rate("2%"), DUE, date(2026, 3, 1)) is None


def test_by_the_month_two_whole_months() -> None:
    """10 March to 10 May: 120,000 x 0.015 x 2 = 3,600."""
    assert fee("1.5% per month", "2026-05-10") == "3600.00"


def test_by_the_month_with_days_begun_of_the_third() -> None:
    """10 March to 16 May is two months and 6 days: 120,000 x 0.015 x (2 + 6/30) = 3,960."""
    assert fee("1.5% per month", "2026-05-16") == "3960.00"


def test_the_thirty_first_day_earns_no_more_than_the_whole_month() -> None:
    """From 10 March: 9 April is day 30, one month whole; 10 April is the month, and no more."""
    assert fee("3% per month", "2026-04-09") == fee("3% per month", "2026-04-10") == "3600.00"


def test_by_the_year_with_days_begun_of_the_second() -> None:
    """10 March 2026 to 22 May 2027 is a year and 73 days: 120,000 x 0.05 x 1.2 = 7,200."""
    assert fee("5% per year", "2027-05-22") == "7200.00"


def test_a_month_after_the_31st_is_the_end_of_the_next() -> None:
    """31 January to 28 February is a month."""
    found = late(cny("1000"), read_late_rate("1% per month"), date(2026, 1, 31), date(2026, 2, 28))
    assert found == Late(28, cny("10.00"))


def test_yen_have_no_smaller_unit() -> None:
    """333,333 x 0.0003 x 5 = 499.9995, which is 500 yen."""
    assert fee("0.03% per day", "2026-03-15", Money(Decimal(333333), "JPY")) == "500"


def test_dinars_have_a_thousandth() -> None:
    """100 x 0.00005 x 1 = 0.005 dinar."""
    assert fee("0.005% per day", "2026-03-11", Money(Decimal(100), "KWD")) == "0.005"


@pytest.mark.parametrize(("amount", "expected"), [("0.50", "0.01"), ("0.49", "0.00"), ("0.4949", "0.00")])
def test_half_a_fen_is_rounded_upwards_and_only_once(amount: str, expected: str) -> None:
    """1 % of 0.4949 is 0.004949: not 0.005 first and then 0.01."""
    assert str(share_of(cny(amount), Decimal("0.01")).amount) == expected


def test_within_the_grace_nothing_is_late() -> None:
    assert fee("0.05% per day", "2026-03-15", grace_until="2026-03-15") == ""


def test_after_the_grace_the_delay_counts_from_the_legal_day() -> None:
    """Six days after 10 March: 120,000 x 0.0005 x 6 = 360."""
    assert fee("0.05% per day", "2026-03-16", grace_until="2026-03-15") == "360.00"
    assert days_late(DUE, date(2026, 3, 16), date(2026, 3, 15)) == 6


def test_without_a_sum_the_days_are_told_and_no_fee() -> None:
    assert late(None, read_late_rate("2%"), DUE, date(2026, 3, 12)) == Late(2)
    assert late(cny("5"), None, DUE, date(2026, 3, 12)) == Late(2)


# -------------------------------------------------------------------------- rates


@pytest.mark.parametrize(
    ("text", "share", "per"),
    [
        ("2%", "0.02", None),
        ("2 %", "0.02", None),
        ("0.05% per day", "0.0005", Unit.DAY),
        ("0.05%/day", "0.0005", Unit.DAY),
        ("0.5‰ per day", "0.0005", Unit.DAY),
        ("1.5% per month", "0.015", Unit.MONTH),
        ("6% a year", "0.06", Unit.YEAR),
        ("每日0.05%", "0.0005", Unit.DAY),
        ("每日万分之五", "0.0005", Unit.DAY),
        ("日萬分之5", "0.0005", Unit.DAY),
        ("每月千分之三", "0.003", Unit.MONTH),
        ("百分之二", "0.02", None),
        ("2％", "0.02", None),
        ("年6％", "0.06", Unit.YEAR),
        ("每天0.5‰", "0.0005", Unit.DAY),
        ("2% every month", "0.02", Unit.MONTH),
        ("2% each year", "0.02", Unit.YEAR),
        *((f"万分之{digit}", f"0.000{value}", None) for value, digit in enumerate("一二三四五六七八九", 1)),
        ("千分之十", "0.01", None),
    ],
)
def test_rates_are_read_as_contracts_word_them(text: str, share: str, per: Unit | None) -> None:
    assert read_late_rate(text) == LateRate(Decimal(share), per)


@pytest.mark.parametrize("rate", ["2%", "0.05% per day", "1.5% per month", "100%", "0%"])
def test_a_rate_is_written_as_it_is_read(rate: str) -> None:
    assert str(read_late_rate(rate)) == rate


@pytest.mark.parametrize(
    "text", ["2", "-2%", "120%", "NaN%", "2% per week", "per day", "0,05% per day", "十分之一", ""]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_late_rate(text)
    assert str(refused.value) == "Write a late fee such as 2% (once), 0.05% per day or 1.5% per month."


# ----------------------------------------------------------------------- the terms


def terms(**money: Any) -> MoneyTerms:
    draft, problems = read_contract(bare(money=money))
    assert draft is not None, [str(problem) for problem in problems]
    return draft.money


def faults(**money: Any) -> dict[str, str]:
    _draft, problems = read_contract(bare(money=money))
    return {problem.place: str(problem) for problem in problems}


PARTS = [{"name": "Licence", "amount": "80000 CNY"}, {"name": "Support", "amount": "40000 CNY"}]


def test_damages_and_limit_are_worked_out_of_the_price() -> None:
    """20 % of 120,000 is 24,000; half of it 60,000."""
    found = terms(amount="120000 CNY", liquidated_damages="20%", liability_cap="50%")
    assert (found.damages, found.cap()) == (cny("24000.00"), cny("60000.00"))


def test_a_limit_may_be_a_sum_or_more_than_the_price() -> None:
    assert terms(amount="120000 CNY", liability_cap="90000 CNY").cap() == cny("90000")
    assert terms(amount="120000 CNY", liability_cap="150%").cap() == cny("180000.00")


def test_a_limit_of_a_contract_under_another_is_a_share_of_that_ones_price() -> None:
    assert terms(amount="1 CNY", liability_cap="30%").cap(of=cny("120000")) == cny("36000.00")


def test_the_parts_together_are_the_price_where_none_is_stated() -> None:
    found = terms(parts=PARTS, liquidated_damages="10%")
    assert (found.total, found.damages) == (cny("120000"), cny("12000.00"))


def test_without_a_price_a_share_stays_a_share() -> None:
    found = terms(liquidated_damages="20%", liability_cap="50%")
    assert (found.total, found.damages, found.cap()) == (None, None, None)
    assert found.liquidated_damages == Decimal("0.2")


def test_a_contract_that_says_nothing_about_money_has_no_figures() -> None:
    assert terms() == MoneyTerms()


@pytest.mark.parametrize(
    ("money", "place", "text"),
    [
        ({"amount": "-5 CNY"}, "amount", "an amount must be a number that is not negative"),
        ({"amount": "lots"}, "amount", "Write an amount with its currency, such as 120000.00 CNY."),
        ({"amount": "5 yuan"}, "amount", "a currency is a three-letter code such as CNY"),
        ({"liquidated_damages": "NaN%"}, "liquidated_damages", "Write a rate in per cent, such as 2%."),
        ({"liability_cap": "2000%"}, "liability_cap", "Write a limit as a share"),
        ({"liability_cap": "NaN%"}, "liability_cap", "Write a limit as a share"),
        ({"late_rate": "some"}, "late_rate", "Write a late fee such as"),
        ({"amount": "100000 CNY", "parts": PARTS}, "parts", "The parts together are more than the whole."),
        ({"amount": "120000 USD", "parts": PARTS}, "parts", "The parts and the whole have to be in the same currency."),
        ({"parts": [{"name": "Licence"}]}, "parts[0].amount", "This is needed."),
        ({"price": "5 CNY"}, "price", "Unknown field"),
    ],
)
def test_bad_amounts_are_refused_in_clear_words(money: dict[str, Any], place: str, text: str) -> None:
    told = faults(**money)
    assert list(told) == [f"money.{place}"]
    assert text in told[f"money.{place}"]
