"""Blanks: what may be written into each, and the ends of their ranges."""

from datetime import date
from typing import Any

import pytest

from tracker.rules.blanks import Blank, BlankType, read_blank
from tracker.rules.problems import Problem, Unfit
from tracker.rules.section import Section


def blank(type_: str, **more: Any) -> Blank:
    return Blank("name", BlankType(type_), {"": "Name"}, "s", **more)


def read(**fields: Any) -> tuple[Blank | None, dict[str, str]]:
    problems: list[Problem] = []
    given = {"type": "text", "section": "s", "label": "Name", **fields}
    section = Section.of({name: value for name, value in given.items() if value is not None}, "b", problems)
    return read_blank(section, "name", {"s": {"": "S"}}), {problem.place: str(problem) for problem in problems}


@pytest.mark.parametrize(
    ("type_", "written", "kept", "plain"),
    [
        ("period", "30  日", "30 days", "30 days"),
        ("number", 3, "3", 3),
        ("date", date(2026, 5, 1), "2026-05-01", "2026-05-01"),
        ("date", "2026/5/1", "2026-05-01", "2026-05-01"),
        ("money", "1,200 CNY", "1200 CNY", "1200 CNY"),
        ("rate", "2 %", "2%", "2%"),
        ("text", " a text ", "a text", "a text"),
        ("list", ["one", "two"], "one\ntwo", ["one", "two"]),
        ("list", "one\n\n two ", "one\ntwo", ["one", "two"]),
        ("yes/no", True, "yes", True),
        ("yes/no", False, "no", False),
        ("yes/no", "on", "yes", True),
    ],
)
def test_a_value_is_kept_as_text_and_stands_in_a_document_as_it_should(
    type_: str, written: object, kept: str, plain: object
) -> None:
    assert blank(type_).check(written) == kept
    assert blank(type_).plain(kept) == plain


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        ("period", "soon"), ("period", "promptly"), ("number", "-1"), ("date", "May"), ("money", "much"),
        ("rate", "200%"), ("rate", "2"), ("text", "a\nb"), ("yes/no", "maybe"), ("choice", "c"),
    ],
)  # fmt: skip
def test_what_is_no_value_of_the_type_is_refused(type_: str, written: str) -> None:
    with pytest.raises(Unfit):
        blank(type_, choices={"a": {}, "b": {}}).parse(written)


def test_a_period_may_be_words_where_the_blank_allows_it() -> None:
    assert blank("period", words=True, least="1 day", most="2 days").check("promptly") == "“promptly”"
    with pytest.raises(Unfit, match=r"This needs a number, such as 30 days\."):
        blank("period").parse("promptly")


@pytest.mark.parametrize(
    ("type_", "samples"),
    [
        ("period", ("1 year",)), ("number", ("1",)), ("date", ("2026-01-01",)), ("money", ("1 CNY",)),
        ("rate", ("1%",)), ("text", ("text",)), ("list", ("text",)), ("choice", ("a", "b")), ("yes/no", ("yes", "no")),
    ],
)  # fmt: skip
def test_a_blank_is_tried_with_values_of_its_type(type_: str, samples: tuple[str, ...]) -> None:
    assert blank(type_, choices={"a": {}, "b": {}}).samples() == samples


def test_a_blank_is_tried_with_its_own_values_first() -> None:
    own = {"most": "9 days", "least": "2 days", "usual": "4 days", "default": "3 days"}
    for name, value in own.items():
        more = dict(list(own.items())[: list(own).index(name) + 1])
        assert blank("period", **more).samples() == (value,)


@pytest.mark.parametrize(
    ("most", "hours"),
    [
        ("1 day", 24),
        ("1 working day", 33),
        ("1 week", 168),
        ("1 month", 730),
        ("1 quarter", 2190),
        ("1 half-year", 4380),
        ("1 year", 8760),
    ],
)
def test_periods_of_different_units_are_compared_by_their_length(most: str, hours: int) -> None:
    longest = blank("period", most=most)
    assert longest.check(f"{hours} hours") == f"{hours} hours"
    with pytest.raises(Unfit, match=f"This is more than {most}"):
        longest.check(f"{hours + 1} hours")
    shortest = blank("period", least=f"{hours + 1} hours")
    with pytest.raises(Unfit, match=f"This is less than {hours + 1} hours"):
        shortest.check(most)
    assert blank("period", least=f"{hours} hours").check(most) == most


@pytest.mark.parametrize(
    ("type_", "least", "most", "within", "below", "above"),
    [
        ("number", "2", "10", ("2", "3", "10"), "1", "11"),
        ("date", "2026-01-31", "2026-02-02", ("2026-01-31", "2026-02-02"), "2026-01-30", "2026-02-03"),
        ("money", "9 CNY", "10.5 CNY", ("9 CNY", "10.5 CNY"), "8.9 CNY", "10.51 CNY"),
        ("rate", "2%", "10%", ("2%", "10%"), "1.9%", "11%"),
    ],
)
def test_a_value_lies_within_its_range(
    type_: str, least: str, most: str, within: tuple[str, ...], below: str, above: str
) -> None:
    ranged = blank(type_, least=least, most=most)
    assert tuple(ranged.check(value) for value in within) == within
    with pytest.raises(Unfit, match="This is less than"):
        ranged.check(below)
    with pytest.raises(Unfit, match="This is more than"):
        ranged.check(above)


# --------------------------------------------------------------- kind files


def test_a_blank_of_a_kind_file_is_read_field_by_field() -> None:
    found, problems = read(
        type="period",
        help="Help",
        required=True,
        words=True,
        min="1 day",
        max="9 days",
        default="3 days",
        usual="4 days",
    )
    assert problems == {}
    assert found == blank(
        "period",
        help={"": "Help"},
        required=True,
        words=True,
        least="1 day",
        most="9 days",
        default="3 days",
        usual="4 days",
    )
    assert read() == (blank("text"), {})


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"type": None}, "b.type", "This is needed."),
        ({"type": "shoe"}, "b.type", "Write one of: period, number, date, money, rate, text, list, choice, yes/no."),
        ({"section": None}, "b.section", "This is needed."),
        ({"section": "t"}, "b.section", "There is no section “t”."),
        ({"label": None}, "b.label", "This is needed."),
        ({"colour": "red"}, "b.colour", "Unknown field."),
        ({"type": "choice"}, "b.choices", "A blank of the type “choice” lists its choices, and no other does."),
        ({"choices": {"a": "A"}}, "b.choices", "A blank of the type “choice” lists its choices, and no other does."),
        ({"words": True}, "b.words", "Only a period can be words without a number."),
        ({"type": "number", "min": 3, "max": 2}, "b.max", "The range ends before it begins."),
        ({"type": "number", "min": "x"}, "b.min", "Write a whole number."),
        ({"type": "number", "max": 2, "default": 3}, "b.default", "This is more than 2."),
        ({"type": "number", "max": 2, "usual": 3}, "b.usual", "This is more than 2."),
    ],
)
def test_a_blank_with_a_fault_is_told_and_left_out(fields: dict[str, Any], place: str, told: str) -> None:
    found, problems = read(**fields)
    assert found is None
    assert problems[place] == told


def test_a_range_may_be_of_one_value() -> None:
    found, problems = read(type="number", min=2, max=2)
    assert problems == {}
    assert found is not None
    assert (found.least, found.most) == ("2", "2")


@pytest.mark.parametrize(
    ("words", "periods"), [({"type": "text", "min": "a"}, "b.min"), ({"type": "list", "max": "a"}, "b.max")]
)
def test_what_has_no_size_has_no_range(words: dict[str, str], periods: str) -> None:
    assert periods in read(**words)[1]


def test_where_there_is_no_range_its_ends_are_told_and_nothing_is_measured_by_them() -> None:
    found, problems = read(type="text", min="b", max="a", default="c")
    assert found is None
    assert problems == dict.fromkeys(("b.min", "b.max"), "A blank of this type has no range.")
