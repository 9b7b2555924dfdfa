"""Documents seen through kinds: who is us, what a field says, and what filling in leaves behind."""

from datetime import date
from typing import Any

import pytest

from tests.rules.kind_desk import KINDS, filled, paper
from tracker.rules.blanks import Blank, BlankType
from tracker.rules.kind_fill import fill, values_of
from tracker.rules.kind_match import role_of, us_in
from tracker.rules.patterns import blanks_in, matched
from tracker.rules.patterns import filled as filled_in

SERVICE = KINDS["customer-service"]
TIME = Blank("time", BlankType.PERIOD, {"": "Time"}, "s")
DAY = Blank("day", BlankType.DATE, {"": "Day"}, "s")
SIDE = Blank("side", BlankType.CHOICE, {"": "Side"}, "s", choices={"a.b": {}, "ab": {}})
BLANKS = {"time": TIME, "day": DAY, "side": SIDE}

# ------------------------------------------------------------------- patterns


def test_a_field_names_its_blanks() -> None:
    assert blanks_in("{time} after {day}") == ("time", "day")
    assert blanks_in("none") == blanks_in(7) == ()


def test_a_field_is_filled_in_whole_or_not_at_all() -> None:
    assert filled_in("{time} after {day}", {"time": "3 days", "day": "2026-05-01"}, BLANKS) == "3 days after 2026-05-01"
    assert filled_in("{time} after {day}", {"time": "3 days", "day": ""}, BLANKS) is None
    assert filled_in(date(2026, 5, 1), {}, BLANKS) == "2026-05-01"
    assert filled_in(True, {}, BLANKS) is True


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (True, "yes"), (True, "true"), ("yes", True), (False, "no"), (False, "False"), ("no", False),
        (3, "3"), (date(2026, 5, 1), "2026-05-01"), ("a  b", "a b"), ("a b", "a\nb"),
    ],
)  # fmt: skip
def test_what_files_write_in_several_ways_is_the_same(pattern: object, written: object) -> None:
    assert matched(pattern, written, BLANKS) == {}


@pytest.mark.parametrize(("pattern", "written"), [(True, "no"), (False, True), (3, 4), ("a b", "ab"), ("yes", "no")])
def test_what_differs_is_not_the_same(pattern: object, written: object) -> None:
    assert matched(pattern, written, BLANKS) is None


@pytest.mark.parametrize(
    ("pattern", "written", "values"),
    [
        ("{time}", "3 days", {"time": "3 days"}),
        ("{time}", "soon", None),
        ("{day}", date(2026, 5, 1), {"day": "2026-05-01"}),
        ("{time} after {day}", "3  days after\n2026-05-01", {"time": "3 days", "day": "2026-05-01"}),
        ("{time} after {day}", "3 days before 2026-05-01", None),
        ("{time} after {day}", "3 days after May", None),
        ("{time} or {time}", "3 days or 3 days", {"time": "3 days"}),
        ("{time} or {time}", "3 days or 4 days", None),
        ("by {side}", "by a.b", {"side": "a.b"}),
        ("by {side}", "by axb", None),
        ("in {time} (or so)", "in 3 days (or so)", {"time": "3 days"}),
    ],
)
def test_blanks_are_read_out_of_a_field(pattern: str, written: object, values: dict[str, str] | None) -> None:
    assert matched(pattern, written, BLANKS) == values


# ------------------------------------------------------------------ who is us


@pytest.mark.parametrize(
    ("written", "position", "role"),
    [
        ("A", 3, "A"), ("Z", 0, "Z"), ("甲方", 1, "A"), ("乙方", 0, "B"), ("丙方", 0, "C"), ("丁方", 0, "D"),
        ("landlord", 0, "A"), ("landlord", 1, "B"), ("", 25, "Z"), ("", 26, "A"), ("a", 2, "C"), ("AB", 1, "B"),
        ("Ä", 1, "B"), ("1", 1, "B"),
    ],
)  # fmt: skip
def test_a_role_is_a_letter_or_a_place_in_the_list(written: str, position: int, role: str) -> None:
    assert role_of(written, position) == role


@pytest.mark.parametrize("yes", [True, "yes", "true"])
def test_the_party_that_is_us_may_be_marked_in_three_ways(yes: object) -> None:
    parties: list[dict[str, Any]] = [{"role": "A", "us": False}, {"role": "乙方", "us": yes}, {"us": yes}]
    assert us_in({"parties": parties}) == "B"
    assert us_in({"parties": parties[2:]}) == "A"


@pytest.mark.parametrize("document", [{}, {"parties": None}, {"parties": [{"role": "A"}, {"role": "B", "us": "no"}]}])
def test_nobody_may_be_us_yet(document: dict[str, Any]) -> None:
    assert us_in(document) == ""


# ----------------------------------------------------------------- filling in


def test_a_document_of_a_kind_says_its_format_kind_language_and_law() -> None:
    document = filled(SERVICE, paper(SERVICE))
    assert [document[name] for name in ("format", "kind", "language")] == ["contract/1", "customer-service", "zh-Hans"]
    assert document["law"] == {"counting": "prc-civil-code", "calendar": "CN"}
    own = filled(SERVICE, {**paper(SERVICE), "language": "en", "law": {"counting": "plain"}})
    assert (own["language"], own["law"]) == ("en", {"counting": "plain"})


def test_a_blank_that_is_needed_is_told_by_its_name_and_once() -> None:
    _, problems = fill(SERVICE, {"nonsense": "1", "term_length": "soon"}, paper(SERVICE))
    told = {problem.place: str(problem) for problem in problems}
    assert told["nonsense"] == "This kind of contract has no such blank."
    assert "is not a period" in told["term_length"]
    assert len(told) == len(problems)


def test_a_section_that_its_blanks_drop_is_taken_out_of_the_document() -> None:
    with_day = filled(SERVICE, paper(SERVICE), effect_day="2026-01-01")
    assert with_day["effect"] == {"when": "2026-01-01"}
    without, problems = fill(SERVICE, {**values_of(SERVICE, with_day).values, "effect_day": ""}, with_day)
    assert problems == []
    assert without is not None
    assert "effect" not in without


def test_values_are_read_back_as_they_were_given_with_spaces_around_them_gone() -> None:
    document = filled(SERVICE, paper(SERVICE), effect_day=" 2026-01-01 ")
    assert values_of(SERVICE, document).values["effect_day"] == "2026-01-01"


def test_every_kind_names_the_party_that_is_usually_us_and_the_sides_of_its_duties() -> None:
    for kind in KINDS.values():
        assert kind.us in {party.role for party in kind.parties}
        assert {duty.side for duty in kind.duties("en")} <= {"A", "B", "C", "both", "us", "them"} | {
            f"{{{name}}}" for name in kind.open_blanks
        }


def test_a_blank_is_empty_open_and_without_limits_unless_its_kind_says_more() -> None:
    blank = Blank("name", BlankType.TEXT, {"": "Name"}, "s")
    assert (blank.help, blank.choices) == ({}, {})
    assert [blank.default, blank.usual, blank.least, blank.most] == [""] * 4
    assert (blank.required, blank.words) == (False, False)
