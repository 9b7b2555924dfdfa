"""Reading a document field by field: every fault is told with its place."""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum

import pytest

from tracker.rules.problems import Problem, Unfit
from tracker.rules.section import Section, choice, day, flag, hour, line, period, prose, whole


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def section(data: object) -> tuple[Section, list[Problem]]:
    problems: list[Problem] = []
    return Section.of(data, "terms[0]", problems), problems


def told(problems: list[Problem]) -> dict[str, str]:
    return {problem.place: str(problem) for problem in problems}


def test_what_was_not_asked_for_is_reported_with_what_was_meant() -> None:
    part, problems = section({"lenght": "1 year", "colour": "red"})
    part.read("length", period)
    part.close()
    assert told(problems) == {
        "terms[0].lenght": "Unknown field; did you mean “length”?",
        "terms[0].colour": "Unknown field.",
    }


def test_a_field_that_is_needed_is_told_when_absent_or_empty() -> None:
    part, problems = section({"title": ""})
    assert (part.need("title", line), part.need("number", line)) == (None, None)
    assert told(problems) == {"terms[0].title": "This is needed.", "terms[0].number": "This is needed."}


@pytest.mark.parametrize("data", [None, "text", 7, ["a"], {1: "a"}])
def test_what_is_not_a_mapping_reads_as_empty_and_is_told(data: object) -> None:
    part, problems = section(data)
    assert part.text("title") == ""
    assert told(problems) == {"terms[0]": "Write this as named fields."}


def test_a_list_gives_its_sections_with_their_places() -> None:
    part, problems = section({"notice": [{"side": "us"}, "them"], "other": {"a": 1}})
    assert [item.place for item in part.sections("notice")] == ["terms[0].notice[0]", "terms[0].notice[1]"]
    assert list(part.sections("other")) == []
    assert told(problems) == {
        "terms[0].notice[1]": "Write this as named fields.",
        "terms[0].other": "Write this as a list.",
    }


@pytest.mark.parametrize(
    ("read", "value", "wanted"),
    [
        (line, "  Acme  ", "Acme"),
        (line, 7, "7"),
        (line, 2.5, "2.5"),
        (prose, "a\r\nb\tc", "a\nb\tc"),
        (day, "2026-03-05", date(2026, 3, 5)),
        (day, date(2026, 3, 5), date(2026, 3, 5)),
        (flag, True, True),
        (flag, "No", False),
        (flag, "on", True),
        (whole, "12", 12),
        (whole, 0, 0),
    ],
)
def test_values_are_read(read: Callable[[object], object], value: object, wanted: object) -> None:
    assert read(value) == wanted


@pytest.mark.parametrize(
    ("read", "value", "problem"),
    [
        (line, "a\nb", "Write this on one line, without control characters."),
        (line, "a\x00b", "Write this on one line, without control characters."),
        (line, "a\u2028b", "Write this on one line, without control characters."),
        (line, "x" * 501, "This is too long: at most 500 characters."),
        (line, "\ud800", "This holds a broken character."),
        (line, ["a"], "Write this as text."),
        (line, True, "Write this as text."),
        (prose, "a\x1bb", "Take out the control characters."),
        (prose, "x" * 20_001, "This is too long: at most 20000 characters."),
        (day, datetime(2026, 3, 5, 9, 0), "Write a date without a time, such as 2026-03-05."),  # noqa: DTZ001  as YAML
        (day, "1899-12-31", "Write a year from 1900 to 2999."),
        (day, "9999-12-31", "Write a year from 1900 to 2999."),
        (period, "201 years", "This is too long: at most 200 years."),
        (period, "99999999999999999999 days", "This is too long: at most 200 years."),
        (period, "2000000 hours", "This is too long: at most 200 years."),
        (flag, "perhaps", "Write yes or no."),
        (whole, "-1", "Write a whole number."),
        (whole, True, "Write a whole number."),
        (whole, "1.5", "Write a whole number."),
    ],
)
def test_what_cannot_be_is_refused(read: Callable[[object], object], value: object, problem: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(value)
    assert str(refused.value) == problem


@pytest.mark.parametrize("turning", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_nothing_that_turns_round_the_text_after_it_is_let_in(turning: str) -> None:
    with pytest.raises(Unfit, match="Write this on one line, without control characters"):
        line(f"Acme {turning} Ltd")
    assert line("XXL") == "XXL"


def test_the_longest_that_is_let_in_stays_inside_the_calendar() -> None:
    assert period("200 years").months == 2400
    assert day("2999-12-31") == date(2999, 12, 31)


def test_a_choice_is_one_of_its_words() -> None:
    assert choice("red", Colour) is Colour.RED
    with pytest.raises(Unfit, match="Write one of: red, blue"):
        choice("green", Colour)


@pytest.mark.parametrize("written", ["17:00", "17：00", "17:00:30", "17:00:00.5", "17:00+02:00", " 17:00 "])
def test_an_hour_is_read_to_the_minute(written: str) -> None:
    assert hour(written) == time(17)
    assert hour(written).tzinfo is None


def test_an_hour_may_have_one_figure_and_nothing_else_is_one() -> None:
    assert hour("8:05") == time(8, 5)
    for text in ("25:00", "late", "8"):
        with pytest.raises(Unfit, match="Write a time such as"):
            hour(text)
