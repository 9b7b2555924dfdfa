"""A problem in the reader's words."""

from datetime import date

from tracker.render.periods import period_words
from tracker.render.texts import Texts
from tracker.rules.periods import Period
from tracker.rules.problems import Problem


def problem_words(problem: Problem, texts: Texts) -> str:
    """The problem without its place; periods it speaks of as this language writes them."""
    return texts.gettext(problem.text, **{name: _worded(value, texts) for name, value in problem.values.items()})


def _worded(value: object, texts: Texts) -> object:
    if isinstance(value, Period):
        return period_words(value, texts)
    return texts.date(value) if isinstance(value, date) else value
