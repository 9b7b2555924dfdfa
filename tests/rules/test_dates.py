"""Days as people write them; what could be two days is refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.dates import read_date
from tracker.rules.problems import Unfit


@pytest.mark.parametrize(
    "text",
    ["2026-03-05", "2026/3/5", "2026.03.05", "2026年3月5日", "2026年03月05日", "民國115年3月5日", "民国115年3月5日"],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text) == date(2026, 3, 5)


@given(st.dates(date(1912, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}/{month}/{number}",
        f"{year}年{month}月{number}日",
        f"民國{year - 1911}年{month}月{number}日",
    ):
        if "民國" not in text or year - 1911 < 1000:
            assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-02-30", "There is no such day: 2026-02-30."),
        ("2026-13-01", "There is no such day: 2026-13-01."),
        ("2025年2月29日", "There is no such day: 2025-02-29."),
        ("3/5/26", "This can be read in more than one way; write 2026-03-05 / 2026-05-03."),
        ("13/5/2026", "This can be read in more than one way; write 2026-05-13."),
        ("31/31/26", "There is no such day: 31/31/2026."),
        ("soon", "“soon” is not a date; write it as 2026-03-05."),
        ("2026-3", "“2026-3” is not a date; write it as 2026-03-05."),
        ("20260305", "“20260305” is not a date; write it as 2026-03-05."),
        ("2026-03-05T00:00", "“2026-03-05T00:00” is not a date; write it as 2026-03-05."),
        ("x" * 500, f"“{'x' * 40}” is not a date; write it as 2026-03-05."),
    ],
)
def test_anything_else_is_told_how_to_be_written(text: str, told: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_date(text)
    assert str(refused.value) == told


@given(st.text(max_size=30))
def test_nothing_anybody_types_breaks_it(text: str) -> None:
    with suppress(Unfit):
        assert isinstance(read_date(text), date)


@pytest.mark.parametrize(
    ("text", "told"),
    [("13/5/99", "2099-05-13"), ("13/5/00", "2000-05-13"), ("13/5/0099", "2099-05-13"), ("13/5/0100", "0100-05-13")],
)
def test_a_year_of_two_digits_is_one_of_this_century(text: str, told: str) -> None:
    with pytest.raises(Unfit, match=f"write {told}"):
        read_date(text)
