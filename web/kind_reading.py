"""Between the form of a kind's blanks and the contract document."""

from collections.abc import Mapping
from typing import Any

from tracker.rules.kind_fill import begin
from tracker.rules.kind_fit import blanks_at
from tracker.rules.kind_match import role_of
from tracker.rules.kinds import Item, Kind, Where
from tracker.rules.problems import Problem
from web.contract_form import MONEY, Reading
from web.forms import Form

BLANK = "blanks."
"""Before the name of a blank in the form."""
WITH = "with."
"""Before the key of an obligation that comes without any blank: whether the contract holds it."""
HEAD = (
    "number", "title", "parent", "owner", "backup", "tracked_from", "law.counting", "law.calendar", "law.zone",
)  # fmt: skip
"""Paths of single values above and below the blanks."""


class KindReading(Reading):
    """The document that filled-in blanks give, laid over what the document held before.

    What is wrong with a blank is told to the form; the document is then without it.
    """

    def __init__(self, form: Form, base: Mapping[str, Any], kind: Kind, without: frozenset[str]) -> None:
        self.kind = kind
        self.without = without
        super().__init__(form, base)

    def _take(self, base: Mapping[str, Any]) -> None:
        self._values(("language",))
        given = {name: self.form.value(BLANK + name) for name in self.kind.open_blanks}
        written, problems = begin(self.kind, given, self.document, us=self._us(), without=self.without)
        self.document = written
        self.form.add(Problem(BLANK + problem.place, problem.text, problem.values) for problem in problems)
        self._values((*HEAD, *MONEY))
        for name in ("parties", "money.parts"):
            self._rows(name, base)
        self._access()

    def _us(self) -> str:
        """The role of the party that is us."""
        number = self.form.value("us")
        role = self.form.value(f"parties[{number}].role")
        return role_of(role, int(number)) if role and number.isdecimal() and len(number) < 4 else ""

    def _field(self, place: str) -> str:
        """Problems stand at the blanks that the place is written from, at one that is filled in if there is any."""
        names = [BLANK + name for name in blanks_at(self.kind, self.document, place)]
        return next((name for name in names if self.form.value(name)), names[0]) if names else super()._field(place)


def unasked(kind: Kind) -> list[Item]:
    """Obligations that no empty blank leaves out and no other blank decides on."""
    obligations = (item for item in kind.items if item.where is Where.OBLIGATIONS and not item.only_if)
    return [item for item in obligations if all(kind.open_blanks[name].required for name in item.needed_blanks)]


def left_out(kind: Kind, form: Form, before: frozenset[str]) -> frozenset[str]:
    """The items to do without: those of the unasked that are not ticked, and others that were left out before."""
    asked = {item.key for item in unasked(kind)}
    return (before - asked) | frozenset(key for key in asked if not form.ticked(WITH + key))
