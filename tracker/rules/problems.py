"""What is wrong with given values, said so that any door can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a text for the catalogues where it is written down, to be translated where it is shown."""
    return message


class Unfit(ValueError):
    """A value that may not exist. `text` is an English message id, `values` fill its `%(name)s` after translation."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text % values if values else text)
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `place` is a path such as ``term.length`` or ``parties[1].name``; `text` an English message id."""

    place: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, place: str, error: ValueError) -> "Problem":
        """The problem that a value's refusal is."""
        return cls(place, error.text, error.values) if isinstance(error, Unfit) else cls(place, str(error))

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text
