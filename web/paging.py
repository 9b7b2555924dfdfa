"""Long lists in pages, by links that keep the filters."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import request

from tracker.actions.board import PAGE


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list the visitor is."""

    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, ceil(self.total / PAGE))

    @property
    def offset(self) -> int:
        """How many entries stand before this page."""
        return (self.number - 1) * PAGE

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        values = {name: value for name, value in request.args.items() if value and name != "page"}
        return f"{request.script_root}{request.path}?{urlencode({**values, 'page': number})}"


def page_asked() -> int:
    """The page the address asks for, 1 where it asks for none."""
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
