"""When notice about the end of a period may be given, and whether it was."""

from collections.abc import Sequence
from datetime import date

from tracker.rules.agreement import Counting
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.doubt import with_later
from tracker.rules.facts import Fact, Side
from tracker.rules.readings import Nature
from tracker.rules.terms import NoticeWindow


def latest_notice(counting: Counting, window: NoticeWindow, end: date | None) -> Counted | None:
    """Last day for notice before `end`."""
    return None if end is None else counting.count(end, window.at_least, Direction.BEFORE, Nature.BY)


def earliest_notice(
    counting: Counting, window: NoticeWindow, end: date | None, later: date | None = None
) -> Counted | None:
    """First day for notice before `end`, where the window says one; safe for the `later` end that the words may mean
    as well."""
    if end is None or window.not_earlier_than is None:
        return None
    counted = counting.count(end, window.not_earlier_than, Direction.BEFORE, Nature.NOT_BEFORE)
    if later is None:
        return counted
    return with_later(counted, counting.count(later, window.not_earlier_than, Direction.BEFORE, Nature.NOT_BEFORE))


def notice_in_window(
    counting: Counting, window: NoticeWindow, end: date | None, notices: Sequence[Fact]
) -> Fact | None:
    """The first of `notices` that is neither too early nor too late."""
    if not notices:
        return None
    closes, opens = latest_notice(counting, window, end), earliest_notice(counting, window, end)
    if closes is None or closes.legal is None:
        return None
    first = opens.legal if opens and opens.legal else date.min
    return next((fact for fact in notices if first <= fact.day <= closes.legal), None)


def may_be_from(fact: Fact, side: Side) -> bool:
    """Whether whoever acted is of `side`; nobody named is anybody."""
    return fact.by in (None, Side.BOTH, side) or side is Side.BOTH


def settles_for(fact: Fact, side: Side) -> bool:
    """Whether what was done leaves `side` nothing to do; where each side has to act, that is ours."""
    return fact.by in (None, Side.BOTH, side) or (side is Side.BOTH and fact.by is Side.US)
