"""Hours: from an instant they give an instant; from a bare day they give only a safe day."""

from datetime import UTC, date, datetime, timedelta

from tracker.rules.conventions import Direction
from tracker.rules.months import DAY
from tracker.rules.readings import Nature
from tracker.rules.reckoning import Reckoned
from tracker.rules.steps import Step, StepKind
from tracker.rules.walk import CannotCount, Refusal


def count_hours(start: datetime, n: int, direction: Direction = Direction.AFTER) -> datetime:
    """The instant `n` hours after (or before) `start`, in its zone; an hour the clocks skip or repeat is counted.

    Raises:
        ValueError: `start` has no zone.
        CannotCount: the instant lies beyond the years 1 to 9999.
    """
    if start.tzinfo is None:
        raise ValueError("Hours are counted from an instant with a time zone.")
    try:
        hours = timedelta(hours=n if direction is Direction.AFTER else -n)
        return (start.astimezone(UTC) + hours).astimezone(start.tzinfo)
    except OverflowError:
        raise CannotCount(Refusal.OUT_OF_RANGE, "This period ends beyond the years 1 to 9999.") from None


def whole_day(reckoned: Reckoned, trigger: date, n: int, direction: Direction, nature: Nature) -> Reckoned:
    """The safe day where hours run from some time unknown on the day `trigger`.

    To act: the last day wholly before the hours can have run out, yet not before the trigger. To wait, or to last: the
    first day by whose start they must have run out.
    """
    if nature is Nature.STATE:
        return reckoned
    try:
        day = _safe_day(reckoned.day, trigger, n, direction, nature)
    except OverflowError:
        raise CannotCount(Refusal.OUT_OF_RANGE, "This period ends beyond the years 1 to 9999.") from None
    step = Step(StepKind.WHOLE_DAY, reckoned.day, day)
    return reckoned._replace(day=day, steps=(*reckoned.steps, step))


def _safe_day(reached: date, trigger: date, n: int, direction: Direction, nature: Nature) -> date:
    forward = direction is Direction.AFTER
    if nature is Nature.BY:
        return max(reached - DAY, trigger) if forward else reached - DAY
    return trigger + DAY + timedelta(days=-(-n // 24) if forward else -(n // 24))
