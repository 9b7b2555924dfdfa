"""Decisions about series and single deadlines that change nothing, or contradict one another."""

from collections.abc import Iterator, Mapping

from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.agreement import Agreement
from tracker.rules.by_hand import counting_move
from tracker.rules.deadlines import Deadline
from tracker.rules.problems import N_, Problem


def odd_decisions(agreement: Agreement, plain: Mapping[str, Deadline]) -> Iterator[Problem]:
    """Everything odd about the adjustments; `plain` is the schedule as if there were none."""
    keys = {deadline.clause for deadline in plain.values() if deadline.obligation}
    keys |= {obligation.source.key for obligation in agreement.obligations}
    for position, adjustment in enumerate(agreement.adjustments):
        place = f"adjustments[{position}]"
        if adjustment.action is Adjusting.MOVE:
            yield from _move(agreement, adjustment, plain.get(adjustment.of), place)
        elif adjustment.of not in keys:
            text = N_("No obligation has the key “%(key)s”, so this changes nothing.")
            yield Problem(f"{place}.of", text, {"key": adjustment.of})


def _move(agreement: Agreement, move: Adjustment, deadline: Deadline | None, place: str) -> Iterator[Problem]:
    if deadline is None or deadline.obligation is None or deadline.waits_for:
        text = N_("There is no deadline “%(key)s” that could be moved, so this changes nothing.")
        yield Problem(f"{place}.of", text, {"key": move.of})
    elif counting_move(agreement.adjustments, move.of) != move:
        yield Problem(f"{place}.of", N_("This deadline is moved more than once; the last move counts."))
