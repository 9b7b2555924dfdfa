"""Which deadlines a calendar subscription holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, literal

from tracker.records.contracts import Contract
from tracker.records.deadlines import ACHIEVED, BACKUP, OWNER, Deadline
from tracker.rules.facts import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFilter:
    """What is let through; an empty tuple lets everything through.

    `mine`: only deadlines the subscriber answers for or stands in for. `contracts`: by uid. `sides`: by who owes, where
    what both owe belongs to either. `done`: whether completed deadlines stay, ticked.
    """

    mine: bool = False
    contracts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    done: bool = True

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The filter kept with a feed, as `stored` wrote it."""
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in stored.items()}
        return cls(**values)

    def stored(self) -> dict[str, Any]:
        """What differs from letting everything through, for keeping as JSON."""
        everything = asdict(EVERYTHING)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != everything[name]
        }

    def conditions(self, person_id: int) -> list[ColumnElement[bool]]:
        """SQL over `Deadline` joined with `Contract`."""
        found: list[ColumnElement[bool]] = []
        if self.mine:
            found.append(literal(person_id).in_((OWNER, BACKUP)))
        if self.contracts:
            found.append(Contract.uid.in_(self.contracts))
        if self.kinds:
            found.append(Contract.kind.in_(self.kinds))
        if self.codes:
            found.append(Deadline.code.in_(self.codes))
        if self.sides:
            found.append(Deadline.side.in_({*map(Side, self.sides), Side.BOTH}))
        if not self.done:
            found.append(Deadline.state.not_in(ACHIEVED))
        return found


EVERYTHING = FeedFilter()
