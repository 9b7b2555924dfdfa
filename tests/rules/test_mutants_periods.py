"""Every word a period may be written in."""

import pytest

from tracker.rules.periods import Period, Unit

DAY, WEEK, MONTH, QUARTER, HALF_YEAR, YEAR = (
    Unit.DAY,
    Unit.WEEK,
    Unit.MONTH,
    Unit.QUARTER,
    Unit.HALF_YEAR,
    Unit.YEAR,
)
WORDS = [
    (DAY, "day days 日 天 自然日 日历天"),
    (WEEK, "week weeks 周 週 星期"),
    (MONTH, "month months 月"),
    (QUARTER, "quarter quarters 季 季度"),
    (HALF_YEAR, "half-year half-years 半年"),
    (YEAR, "year years 年"),
    (Unit.WORKING_DAY, "工作日"),
    (Unit.HOUR, "hour hours 小时 小時"),
]
DIGITS = ("零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")
PHRASES = [
    ("2 calendar days", DAY),
    ("2 calendar months", MONTH),
    ("2 half years", HALF_YEAR),
    ("2 working days", Unit.WORKING_DAY),
    ("2 business days", Unit.WORKING_DAY),
]


@pytest.mark.parametrize(("unit", "words"), WORDS, ids=lambda value: str(value).partition(" ")[0])
def test_every_word_for_a_unit_is_read(unit: Unit, words: str) -> None:
    assert [Period.parse(f"2 {word}").unit for word in words.split()] == [unit] * len(words.split())


@pytest.mark.parametrize(("text", "unit"), PHRASES)
def test_units_of_two_words_are_read(text: str, unit: Unit) -> None:
    assert Period.parse(text) == Period(2, unit)


@pytest.mark.parametrize(
    "words",
    [
        "promptly",
        "immediately",
        "without delay",
        "Without Delay",
        "及时",
        "及時",
        "立即",
        "即时",
        "即時",
        "尽快",
        "盡快",
        "定期",
    ],
)
def test_every_phrase_that_gives_no_number_is_kept(words: str) -> None:
    assert Period.parse(words) == Period.unspecified(words)


@pytest.mark.parametrize(
    ("written", "n"),
    [(digit, n) for n, digits in enumerate(DIGITS) for digit in digits],
)
def test_every_chinese_digit_is_read(written: str, n: int) -> None:
    assert Period.parse(f"{written}日").n == n
    if n:
        assert Period.parse(f"十{written}日").n == 10 + n
        assert written in "两兩" or Period.parse(f"{written}十日").n == 10 * n
        assert Period.parse(f"{written}百日").n == 100 * n
        assert Period.parse(f"一{written}〇日").n == 100 + 10 * n


@pytest.mark.parametrize("text", ["“尽快”", "「尽快」", '"尽快"', "  “尽快” "])
def test_words_are_quoted_by_marks_of_any_kind(text: str) -> None:
    assert Period.parse(text) == Period.unspecified("尽快")


def test_a_period_with_a_number_may_quote_the_clause_too() -> None:
    assert str(Period(30, DAY, "三十日内")) == "30 days"
