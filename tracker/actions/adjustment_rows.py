"""Between the adjustments of a contract as rows, as values of the schedule, and as a section of its document."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tracker.actions.actor import Actor
from tracker.records.contracts import Adjustment, Contract
from tracker.rules.adjustments import Adjustment as AdjustmentValue


def adjustment_values(rows: Iterable[Adjustment]) -> tuple[AdjustmentValue, ...]:
    """The adjustments the schedule reads."""
    return tuple(AdjustmentValue(row.key, row.action, row.of, row.day, row.until, row.reason) for row in rows)


def adjustments_section(contract: Contract) -> list[dict[str, Any]]:
    """The adjustments as the contract document has them."""
    return [
        {
            "key": row.key,
            "action": row.action.value,
            "of": row.of,
            "day": row.day,
            "until": row.until,
            "reason": row.reason,
        }
        for row in contract.adjustments
    ]


def apply_adjustments(contract: Contract, values: Iterable[AdjustmentValue], actor: Actor, now: datetime) -> bool:
    """Have the rows say what a document says; those that it does not name stay. Whether anything differed."""
    rows = {row.key: row for row in contract.adjustments}
    differed = False
    for value in values:
        row = rows.get(value.key)
        if row is None:
            contract.adjustments.append(new_row(value, actor, now))
            differed = True
        elif adjustment_values([row]) != (value,):
            put(row, value)
            differed = True
    return differed


def new_row(value: AdjustmentValue, actor: Actor, now: datetime) -> Adjustment:
    """The row of an adjustment that is recorded now."""
    row = Adjustment(key=value.key, recorded_by_id=actor.person_id, recorded_at=now)
    put(row, value)
    return row


def put(row: Adjustment, value: AdjustmentValue) -> None:
    """Have the row say what the value says."""
    row.action, row.of, row.day, row.until, row.reason = value.action, value.of, value.day, value.until, value.reason
