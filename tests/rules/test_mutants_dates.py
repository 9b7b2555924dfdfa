"""Dates at their edges: months without such a day, the first and last years, and what is said of what is not read."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, contract, deadlines, drafted
from tracker.rules.conventions import Convention, MonthRule
from tracker.rules.law import Law
from tracker.rules.months import from_event_day, from_first_day, latest_start
from tracker.rules.periods import Period, Unit
from tracker.rules.phrases import read_due, read_money, read_rate
from tracker.rules.problems import Unfit
from tracker.rules.steps import StepKind

# ------------------------------------------------------------------- months


@pytest.mark.parametrize(
    ("first", "months", "last", "kind"),
    [
        ("2026-01-15", 1, "2026-02-14", StepKind.BEFORE_SAME_DATE),
        ("2026-01-31", 1, "2026-02-28", StepKind.MONTH_END),
        ("2024-01-30", 1, "2024-02-29", StepKind.MONTH_END),
        ("2026-05-15", -1, "2026-04-16", StepKind.AFTER_SAME_DATE),
        ("2026-03-31", -1, "2026-03-01", StepKind.MONTH_START),
        ("2026-12-31", -6, "2026-07-01", StepKind.MONTH_START),
        ("2026-03-31", -12, "2025-04-01", StepKind.AFTER_SAME_DATE),
    ],
)
def test_months_of_which_the_first_day_counts(first: str, months: int, last: str, kind: StepKind) -> None:
    assert from_first_day(date.fromisoformat(first), months) == (date.fromisoformat(last), kind)


@pytest.mark.parametrize(
    ("day", "months", "end", "kind"),
    [
        ("2026-01-31", 1, "2026-02-28", StepKind.MONTH_END),
        ("2026-03-31", -1, "2026-02-28", StepKind.MONTH_END),
        ("2026-01-15", -1, "2025-12-15", StepKind.SAME_DATE),
        ("0001-02-15", -1, "0001-01-15", StepKind.SAME_DATE),
        ("9999-11-30", 1, "9999-12-30", StepKind.SAME_DATE),
    ],
)
def test_months_from_the_day_of_an_event(day: str, months: int, end: str, kind: StepKind) -> None:
    assert from_event_day(date.fromisoformat(day), months) == (date.fromisoformat(end), kind)


@pytest.mark.parametrize(("day", "months"), [("0001-01-15", -1), ("9999-12-01", 1)])
def test_months_beyond_the_years_there_are_cannot_be_counted(day: str, months: int) -> None:
    with pytest.raises(OverflowError):
        from_event_day(date.fromisoformat(day), months)


@pytest.mark.parametrize(
    ("limit", "months", "start"),
    [
        ("2027-02-28", 1, "2027-01-31"),
        ("2026-09-30", 1, "2026-08-31"),
        ("2026-09-15", 1, "2026-08-15"),
        ("9999-12-01", 1, "9999-11-01"),
        ("9999-06-01", 12, "9998-06-01"),
    ],
)
def test_the_latest_start_that_leaves_so_many_months_in_full(limit: str, months: int, start: str) -> None:
    by_event = Convention(month_rule=MonthRule.EVENT_DAY)
    assert latest_start(date.fromisoformat(limit), months, by_event) == date.fromisoformat(start)


# ------------------------------------------------------------------ periods


def said(text: str) -> str:
    with pytest.raises(Unfit) as refused:
        Period.parse(text)
    return str(refused.value)


HOW = "Write a whole number and a unit, such as “30 days”, “5 working days”, “3 months” or “60日”."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("soon", "soon"),
        ("3 blobs", "3 blobs"),
        ("x" * 41, "x" * 40),
        ("x" * 39, "x" * 39),
        ("十十日", "十十"),
        (f"{'十' * 41}日", "十" * 40),
    ],
)
def test_what_is_no_period_is_quoted_by_its_first_forty_characters(text: str, quoted: str) -> None:
    assert said(text) == f"“{quoted}” is not a period. {HOW}"


def test_a_number_may_use_every_digit_there_is() -> None:
    assert Period.parse("一二三四五六七八九〇零两兩日") == Period(1234567890022, Unit.DAY)
    assert Period.parse("一零〇二三四五六七八九二两兩日").n == 10023456789222


def test_a_period_with_a_number_quotes_nothing_unless_told_to() -> None:
    assert Period(30, Unit.DAY).words == Period.parse("30 days").words == ""


# ------------------------------------------------------------------ phrases


@pytest.mark.parametrize(("word", "quoted"), [("whenever", "whenever"), ("x" * 41, "x" * 40), ("x" * 39, "x" * 39)])
def test_what_is_no_starting_point_is_quoted_by_its_first_forty_characters(word: str, quoted: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_due(f"on {word}")
    assert str(refused.value) == f"“{quoted}” is not a starting point."


@pytest.mark.parametrize(("text", "rate"), [("2%", "0.02"), ("0%", "0"), ("100 %", "1"), ("0.05%", "0.0005")])
def test_rates_from_nothing_to_the_whole_are_read(text: str, rate: str) -> None:
    assert str(read_rate(text).normalize()) == rate


@pytest.mark.parametrize("text", ["2", "-1%", "101%", "100.01%", "two%", "%"])
def test_what_is_no_rate_is_told_with_an_example(text: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_rate(text)
    assert str(refused.value) == "Write a rate in per cent, such as 2%."


def test_an_amount_has_a_number_and_a_currency() -> None:
    assert str(read_money("120,000.50  CNY").amount) == "120000.50"
    assert read_money("120,000.50  CNY").currency == "CNY"
    with pytest.raises(Unfit, match=r"such as 120000\.00 CNY"):
        read_money("much CNY")


# -------------------------------------------------------------------- law


@pytest.mark.parametrize(
    ("section", "law"),
    [
        (None, Law("", "", "")),
        ({"counting": "plain"}, Law("plain", "", "")),
        ({"calendar": "CN+OWN"}, Law("", "CN+OWN", "")),
        ({"zone": "Asia/Tokyo"}, Law("", "", "Asia/Tokyo")),
    ],
)
def test_what_the_contract_does_not_say_is_left_to_the_organisation(section: dict[str, Any] | None, law: Law) -> None:
    assert drafted(contract(law=section)).law == law
    assert drafted(bare(law=section)).law == law


# ------------------------------------------------------------------- series


def test_a_series_that_goes_on_for_hours_ends_on_their_day_even_if_it_is_off() -> None:
    daily = {"code": "report", "due": "on period_start", "every": "1 day", "first": "2026-05-01", "until": "24 hours"}
    found = deadlines(bare(obligations=[daily]), "2026-06-01")
    assert list(found) == ["report/1", "report/2"], "not every day up to the end of the holidays"
