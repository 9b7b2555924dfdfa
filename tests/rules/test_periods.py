"""Periods as clauses write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.periods import Period, Unit


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("60 days", 60, Unit.DAY),
        ("1 day", 1, Unit.DAY),
        ("30 Calendar Days", 30, Unit.DAY),
        ("5 working days", 5, Unit.WORKING_DAY),
        ("10  business   days", 10, Unit.WORKING_DAY),
        ("2 weeks", 2, Unit.WEEK),
        ("3 months", 3, Unit.MONTH),
        ("1 quarter", 1, Unit.QUARTER),
        ("2 half-years", 2, Unit.HALF_YEAR),
        ("3 years", 3, Unit.YEAR),
        ("72 hours", 72, Unit.HOUR),
        ("0 days", 0, Unit.DAY),
        ("60日", 60, Unit.DAY),
        ("30 天", 30, Unit.DAY),
        ("３０日", 30, Unit.DAY),
        ("十五日", 15, Unit.DAY),
        ("十日", 10, Unit.DAY),
        ("三十日", 30, Unit.DAY),
        ("九十九天", 99, Unit.DAY),
        ("一百日", 100, Unit.DAY),
        ("一百二十日", 120, Unit.DAY),
        ("一百零五日", 105, Unit.DAY),
        ("一百五十六日", 156, Unit.DAY),
        ("二十一天", 21, Unit.DAY),
        ("零日", 0, Unit.DAY),
        ("一百一十日", 110, Unit.DAY),
        ("一百十日", 110, Unit.DAY),
        ("一二〇日", 120, Unit.DAY),
        ("5个工作日", 5, Unit.WORKING_DAY),
        ("五個工作日", 5, Unit.WORKING_DAY),
        ("2周", 2, Unit.WEEK),
        ("两个星期", 2, Unit.WEEK),
        ("6个月", 6, Unit.MONTH),
        ("六个月", 6, Unit.MONTH),
        ("一季度", 1, Unit.QUARTER),
        ("两个季度", 2, Unit.QUARTER),
        ("半年", 1, Unit.HALF_YEAR),
        ("3年", 3, Unit.YEAR),
        ("两年", 2, Unit.YEAR),
        ("24小时", 24, Unit.HOUR),
    ],
)
def test_a_period_is_read_as_written(text: str, n: int, unit: Unit) -> None:
    assert Period.parse(text) == Period(n, unit)


@pytest.mark.parametrize("words", ["及时", "立即", "定期", "promptly", "Immediately"])
def test_words_without_a_number_stay_words(words: str) -> None:
    period = Period.parse(words)
    assert (period.n, period.unit, period.words) == (None, None, words)
    assert period.months is None
    assert period.days is None


@pytest.mark.parametrize(
    "text",
    ["", "days", "30", "-5 days", "1.5 months", "30 moons", "thirty days", "十十日", "百日", "一百百日", "一百五日"],
)
def test_what_is_no_period_is_refused_with_a_hint_of_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write a whole number and a unit, such as .30 days."):
        Period.parse(text)


@pytest.mark.parametrize(("n", "unit"), [(-1, Unit.DAY), (True, Unit.DAY), (1.0, Unit.DAY), (1, None)])
def test_a_period_cannot_be_less_than_nothing_or_a_part(n: int, unit: Unit) -> None:
    with pytest.raises(ValueError, match="Write a whole number and a unit"):
        Period(n, unit)


@pytest.mark.parametrize(("unit", "words"), [(Unit.DAY, "promptly"), (None, "")])
def test_a_period_without_a_number_needs_the_words_of_the_clause(unit: Unit | None, words: str) -> None:
    with pytest.raises(ValueError, match="quotes the words of the clause"):
        Period(None, unit, words)


@given(st.builds(Period, st.integers(0, 10_000), st.sampled_from(list(Unit))))
def test_a_period_reads_back_what_it_writes(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_quoted_words_read_back_too() -> None:
    period = Period.unspecified("within a reasonable time")
    assert str(period) == "“within a reasonable time”"
    assert Period.parse(str(period)) == period


def test_periods_know_their_length_in_months_or_days() -> None:
    assert [Period(2, unit).months for unit in (Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR)] == [2, 6, 12, 24]
    assert [Period(2, unit).days for unit in (Unit.DAY, Unit.WEEK)] == [2, 14]
    assert Period(2, Unit.DAY).months is None
    assert Period(2, Unit.YEAR).days is None
    assert Period(2, Unit.WORKING_DAY).days is None


def test_one_is_written_in_the_singular() -> None:
    assert [str(Period(n, Unit.WORKING_DAY)) for n in (1, 2)] == ["1 working day", "2 working days"]
    assert str(Period(1, Unit.HALF_YEAR)) == "1 half-year"
