"""What an announcement may say besides, and where its faults are told."""

from datetime import date

import pytest

from tracker.rules.arrangement import read_arrangement


def told(text: str, year: int = 2026) -> dict[str, str]:
    return {problem.place: str(problem) for problem in read_arrangement(text, year)[1]}


def test_a_fault_is_told_with_its_line() -> None:
    found = told("关于放假的通知\n一、元旦：1月1日放假。\n二、春节：2月30日放假。\n2026-05-01,closed")
    assert found == {
        "line 3": "There is no such day: 2026-02-30.",
        "line 4": "Write the day, then off or on, then a name, with commas between.",
    }


def test_what_is_wrong_with_the_whole_is_told_of_the_text() -> None:
    assert told("nothing of use") == {"text": "No days off were found in this text."}
    both = "一、元旦：1月1日至3日放假。1月3日上班。"
    assert told(both) == {"text": "2026-01-03 is both off and worked."}


def test_a_day_needs_its_month_and_the_next_takes_it_over() -> None:
    assert told("一、元旦：1日放假。\n二、春节：2月1日放假。") == {"line 1": "A day stands without its month."}
    found, problems = read_arrangement("一、国庆节：9月30日至10月2日、5日放假。", 2026)
    assert problems == []
    assert sorted(found.off) == [date(2026, 9, 30), *(date(2026, 10, day) for day in (1, 2, 5))]


@pytest.mark.parametrize("word", ["放假", "休息", "放假调休"])
def test_days_off_are_called_so_or_days_of_rest(word: str) -> None:
    assert read_arrangement(f"一、元旦：1月1日{word}。", 2026)[0].off == {date(2026, 1, 1): "元旦"}


def test_a_sentence_about_neither_is_passed_over() -> None:
    found, _ = read_arrangement("一、元旦：1月1日放假。1月2日照常。", 2026)
    assert (list(found.off), found.on) == ([date(2026, 1, 1)], set())


@pytest.mark.parametrize("sunday", ["日", "天"])
def test_a_sunday_has_two_names(sunday: str) -> None:
    assert told(f"一、元旦：1月4日（周{sunday}）放假。") == {}
    assert "is not a 周" in told(f"一、元旦：1月5日（周{sunday}）放假。")["line 1"]
