"""A form as it was sent: what was typed, kept whatever happens, and what is wrong with it, field by field."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from tracker.render.problem_words import problem_words
from tracker.rules import section
from tracker.rules.problems import N_, Problem
from tracker.rules.section import Section
from web.context import words

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Form:
    """One form, empty or sent.

    Field names are the places that problems carry, so that what any action refuses is shown beside the field it is
    about. Reading methods answer None for a field left empty, and remember a problem for one that cannot be used.
    """

    def __init__(self, typed: Mapping[str, str] | None = None) -> None:
        self.typed = dict(typed or {})
        self.problems: list[Problem] = []
        self._fields = Section(self.typed, "", self.problems)

    def value(self, name: str) -> str:
        """What stands in the field, exactly as typed."""
        return self.typed.get(name, "")

    @property
    def errors(self) -> dict[str, str]:
        """The first problem of every field, in the visitor's language."""
        told: dict[str, str] = {}
        for problem in self.problems:
            told.setdefault(problem.place, say(problem))
        return told

    def refuse(self, name: str, text: str, **values: object) -> None:
        """Remember a problem of a field; `text` is an English message id."""
        self.problems.append(Problem(name, text, values))

    def add(self, problems: Iterable[Problem]) -> None:
        """Remember what an action refused."""
        self.problems.extend(problems)

    def read(self, name: str, parse: Callable[[object], T], *, required: bool = False) -> T | None:
        """The field through a reader of `tracker.rules.section`."""
        return self._fields.need(name, parse) if required else self._fields.read(name, parse)

    def line(self, name: str, *, required: bool = False) -> str:
        """One line of text."""
        return self.read(name, section.line, required=required) or ""

    def prose(self, name: str) -> str:
        """Text of any number of lines."""
        return self._fields.prose(name)

    def choice(self, name: str, members: type[E]) -> E | None:
        """One of the words of an enumeration; a choice that is not offered is a problem."""
        if not self.value(name):
            self.refuse(name, N_("Choose one."))
        return self._fields.word(name, members)

    def one_of(self, name: str, offered: Iterable[str]) -> str:
        """One of the values offered."""
        if self.value(name) in set(offered):
            return self.value(name)
        self.refuse(name, N_("Choose one."))
        return ""

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.value(name))


def say(problem: Problem) -> str:
    """A problem in the visitor's language."""
    return problem_words(problem, words())
