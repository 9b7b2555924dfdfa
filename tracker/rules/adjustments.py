"""What a team decides about a series or one occurrence, without a change of the contract itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.rules.problems import N_, Unfit


class Adjusting(StrEnum):
    """What is done."""

    PAUSE = "pause"
    """What would fall due in the meantime is suspended."""
    END = "end"
    """Nothing more comes after the day."""
    MOVE = "move"
    """One occurrence falls due on another day; the series stays as it is."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One decision. `of` is the key of a clause, for a move that of a deadline.

    `day` is the first day of a pause, the last day of a series or the new day; `until` the last day of a pause, None
    while it goes on.
    """

    key: str
    action: Adjusting
    of: str
    day: date
    until: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Unfit(N_("Say why."))
        if self.until and self.action is not Adjusting.PAUSE:
            raise Unfit(N_("only a pause has a last day"))
        if self.until and self.until < self.day:
            raise Unfit(N_("the pause ends before it starts"))
