"""What is wrong, in the reader's words."""

from datetime import date

import pytest

from tracker.render.problem_words import problem_words
from tracker.render.texts import texts
from tracker.rules.blanks import Blank, BlankType
from tracker.rules.problems import Problem


def test_a_range_is_told_as_the_readers_language_writes_periods() -> None:
    blank = Blank("time", BlankType.PERIOD, {"en": "Time"}, "term", least="1 day", most="2 years")
    with pytest.raises(ValueError, match="less than") as short:
        blank.check("0 days")
    with pytest.raises(ValueError, match="more than") as long:
        blank.check("3 years")
    assert problem_words(Problem.of("time", short.value), texts("zh-Hans")) == "小于下限 1日。"
    assert "2年" in problem_words(Problem.of("time", long.value), texts("zh-Hans"))
    assert problem_words(Problem.of("time", short.value), texts("en")) == "This is less than 1 day."


def test_a_day_in_a_problem_is_never_in_figures_alone() -> None:
    problem = Problem(
        "day",
        "Told after the answer was due, this puts nothing off: the day stays %(day)s.",
        {"day": date(2026, 10, 15)},
    )
    assert "2026年10月15日" in problem_words(problem, texts("zh-Hans"))
    assert "15 Oct 2026" in problem_words(problem, texts("en"))
