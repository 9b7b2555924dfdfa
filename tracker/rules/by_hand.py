"""What the team decided by hand about series and single deadlines, put into effect."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.deadlines import Deadline
from tracker.rules.steps import Step, StepKind


def counting_move(adjustments: Iterable[Adjustment], deadline: str) -> Adjustment | None:
    """The move that counts: of several of one deadline that whose key comes last, `move-10` after `move-9`."""
    moves = (item for item in adjustments if item.action is Adjusting.MOVE and item.of == deadline)
    return max(moves, key=lambda move: (len(move.key), move.key), default=None)


@dataclass(frozen=True, slots=True)
class ByHand:
    """The adjustments of a contract; their order carries no meaning."""

    adjustments: tuple[Adjustment, ...]

    def goes_on(self, clause: str, day: date) -> bool:
        """Whether the series of the clause has not been ended before `day`."""
        ends = (item.day for item in self.adjustments if item.action is Adjusting.END and item.of == clause)
        return all(day <= end for end in ends)

    def moved(self, deadline: Deadline) -> Deadline:
        """The deadline on the day it was moved to. What has no legal day gets an aim: no law is made by hand."""
        move = counting_move(self.adjustments, deadline.key)
        if move is None:
            return deadline
        step = Step(StepKind.MOVED_BY_HAND, deadline.legal or deadline.target or move.day, move.day)
        if deadline.legal is None:
            aim = replace(deadline, moved_from=deadline.target, target=move.day, provisional=())
            return replace(aim, safe_steps=(*deadline.safe_steps, step))
        return replace(
            deadline,
            moved_from=deadline.legal,
            legal=move.day,
            act_by=move.day,
            steps=(*deadline.steps, step),
            safe_steps=(),
            readings=(),
            provisional=(),
        )

    def paused(self, deadline: Deadline, day: date) -> Deadline:
        """The deadline, suspended where its `day` lies in a pause of its series."""
        pauses = [item for item in self.adjustments if item.action is Adjusting.PAUSE and item.of == deadline.clause]
        held = [pause for pause in pauses if pause.day <= day and (pause.until is None or day <= pause.until)]
        first = min(held, key=lambda pause: (pause.day, pause.key), default=None)
        return replace(deadline, suspended_by=first.key) if first else deadline
