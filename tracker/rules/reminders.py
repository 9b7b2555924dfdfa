"""Which reminder speaks on a given day: the ladder, what has been said before, and nothing else.

A lead is a number of days before the action day, negative after it. The question is always "has its day come?" and
never "is it today?", so a machine that slept loses nothing; of all that fell due meanwhile only the most urgent speaks.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.rules.codes import CODES
from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.standing import can_be_overdue

NINE = time(9)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Leads in falling order; after the last of them one more every `then_every` days, if given, without end."""

    leads: tuple[int, ...]
    then_every: int | None = None


_NOTICE = (90, 60, 30, 14, 7, 3, 1)
_OTHER = (30, 7, 1)
_AFTERWARDS = (-1, -3, -7)
GREETINGS = frozenset({"customer-care"})
"""What is over with its day: once it is asked after, and no more."""
_WINDOW_OPENS = Ladder((0,))


def ladder_for(code: str, nature: Nature, side: Side) -> Ladder:
    """The ladder a deadline gets by what it is.

    A window is announced when it opens. A greeting that was missed is asked after once. What merely ends or lasts, and
    what the other side may but need not do, is not asked after once its day has passed.
    """
    if nature is Nature.NOT_BEFORE:
        return _WINDOW_OPENS
    leads = _NOTICE if code in CODES and CODES[code].notice else _OTHER
    if not can_be_overdue(code, nature, side):
        return Ladder(leads)
    return Ladder((*leads, -1)) if code in GREETINGS else Ladder(leads + _AFTERWARDS, then_every=7)


def first_day(ladder: Ladder, action_day: date) -> date | None:
    """The day of the first reminder; None for a ladder without any."""
    return action_day - timedelta(ladder.leads[0]) if ladder.leads else None


def next_day(ladder: Ladder, action_day: date, today: date) -> date | None:
    """The day of the next reminder after `today`, None when no more come."""
    left = (action_day - today).days
    lead = next((lead for lead in ladder.leads if lead < left), None)
    if lead is None and ladder.then_every:
        last = ladder.leads[-1]
        lead = last - ((last - left) // ladder.then_every + 1) * ladder.then_every
    return None if lead is None else action_day - timedelta(lead)


def days_between(ladder: Ladder, action_day: date, after: date, until: date) -> tuple[date, ...]:
    """The days after `after`, up to and with `until`, on which a reminder speaks if nothing changes."""
    days: list[date] = []
    day = next_day(ladder, action_day, after)
    while day is not None and day <= until:
        days.append(day)
        day = next_day(ladder, action_day, day)
    return tuple(days)


@dataclass(frozen=True, slots=True)
class Choice:
    """The lead that speaks now, if any, and those whose turn was missed and which it replaces."""

    speak: int | None
    superseded: tuple[int, ...] = ()


def choose(ladder: Ladder, action_day: date, today: date, said: Collection[int], since: date) -> Choice:
    """What to say today, when the leads in `said` have been said or replaced already.

    `since` is the first day on which anything could be said (the deadline came to be, or moved, on it): leads whose day
    lies before were never missed and are not counted as replaced.
    """
    lead = _most_urgent(ladder, (action_day - today).days)
    if lead is None or any(earlier <= lead for earlier in said):
        return Choice(None)
    passed = (other for other in _above(ladder, lead) if action_day - timedelta(other) >= since)
    return Choice(lead, tuple(other for other in passed if other not in said))


def _most_urgent(ladder: Ladder, left: int) -> int | None:
    """The lowest lead whose day has come when so many days are left."""
    lead = min((lead for lead in ladder.leads if lead >= left), default=None)
    if lead is not None and lead == ladder.leads[-1] and ladder.then_every:
        return lead - (lead - left) // ladder.then_every * ladder.then_every
    return lead


def _above(ladder: Ladder, lead: int) -> list[int]:
    """Every lead that comes before this one, in falling order."""
    further = range(ladder.leads[-1], lead, -ladder.then_every) if ladder.then_every else ()
    return [other for other in (*ladder.leads[:-1], *further) if other > lead]


def instant_of(day: date, zone: str, at: time = NINE) -> datetime:
    """The UTC instant at which clocks in `zone` show `at` on `day`; the first of the two where an hour comes twice."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
