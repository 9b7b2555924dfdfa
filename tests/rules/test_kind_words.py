"""What a kind says in the languages of the product, and in which it is said where one is missing."""

from typing import Any

import pytest

from tracker.rules.problems import Problem
from tracker.rules.section import Section
from tracker.rules.words import need_words, read_words, said

EVERYWHERE = {"en": "Rent", "zh-Hans": "租金（简）", "zh-Hant": "租金（繁）", "": "RENT"}


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["en", "", "zh-Hans", "zh-Hant"]),
        ("zh-Hans", ["zh-Hans", "", "zh-Hant", "en"]),
        ("zh-Hant", ["zh-Hant", "zh-Hans", "", "en"]),
    ],
)
def test_a_text_is_said_in_the_nearest_language_there_is(language: str, order: list[str]) -> None:
    left = dict(EVERYWHERE)
    for name in order:
        assert said(left, language) == EVERYWHERE[name]
        left[name] = ""
    assert said(left, language) == said({}, language) == ""


def read(value: Any, *, needed: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """The words and what is wrong with them, by place."""
    problems: list[Problem] = []
    section = Section.of({} if value is None else {"label": value}, "blanks.rent", problems)
    words = (need_words if needed else read_words)(section, "label")
    return dict(words), {problem.place: str(problem) for problem in problems}


def test_a_text_is_one_for_everybody_or_a_table_by_language() -> None:
    both = {"en": "Rent\nand all", "zh-Hans": "租金"}
    assert read(" Rent ") == ({"": "Rent"}, {})
    assert read(both) == (both, {})
    assert read({**both, "zh-Hant": ""}) == (both, {})
    assert read({**both, "zh-Hant": "租金"}) == ({**both, "zh-Hant": "租金"}, {})
    assert read(None) == read("  ") == ({}, {})


def test_a_translation_that_is_missing_is_told() -> None:
    told = "The translation is missing."
    assert read({"en": "Rent"})[1] == {"blanks.rent.label.zh-Hans": told}
    assert read({"zh-Hans": "租金", "zh-Hant": "租金"})[1] == {"blanks.rent.label.en": told}
    assert read({"en": "Rent", "zh-Hans": "租金", "fr": "Loyer"})[1] == {"blanks.rent.label.fr": "Unknown field."}
    assert read(None, needed=True)[1] == {"blanks.rent.label": "This is needed."}
    assert read(EVERYWHERE["en"], needed=True)[1] == {}
