"""A count from a day that may have been a later one."""

from dataclasses import replace

from tracker.rules.counting import Counted
from tracker.rules.readings import Nature, Reading, ReadingName


def with_later(counted: Counted, later: Counted) -> Counted:
    """`counted`, safe also if its trigger was the later day that `later` counts from.

    A last day to act is safe from the earlier day already; a window that opens, or a duty that lasts, only from the
    later one.
    """
    if counted.nature not in (Nature.NOT_BEFORE, Nature.UNTIL) or later.legal is None:
        return counted
    known = {reading.day for reading in counted.readings}
    other = () if later.legal in known else (Reading(ReadingName.FIRST_DAY_NOT_COUNTED, later.legal, later.steps),)
    return replace(
        counted,
        act_by=later.act_by,
        safe_steps=later.safe_steps,
        readings=(*counted.readings, *other),
        provisional=tuple(sorted({*counted.provisional, *later.provisional})),
    )
