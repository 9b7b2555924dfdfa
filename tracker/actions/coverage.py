"""For how long working days are known: which calendars in use run out, and what rests on years nobody knows yet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Select, String, and_, cast, func, select, true
from sqlalchemy.orm import Session

from tracker.actions.access import visible
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.calendars import calendar_for, entered_years
from tracker.actions.on_calendar import THERE, mark, names_in_use, resting_on
from tracker.actions.recount import CLOCKWORK
from tracker.actions.remember import remember
from tracker.records.contracts import Clause, Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.history import Pulse
from tracker.records.people import Organisation, Role
from tracker.rules.law import places_of
from tracker.rules.places import PACKAGE, working_calendar

NOTICE = timedelta(days=60)
"""How long before known working days run out it is said."""
NEAR = timedelta(days=365)
"""A deadline this near should not be provisional."""
RUNS_OUT = "calendar-runs-out"
_KNOWN_DAYS = "calendar days"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of the working days of a place, and what rests on them.

    `first` and `last` are the years known, None without end; `entered` those that were entered here. `provisional`
    counts the open deadlines that wait for years beyond, `nearest` is the first of their days.
    """

    place: str
    first: int | None
    last: int | None
    entered: tuple[int, ...]
    contracts: int
    provisional: int
    nearest: date | None

    @property
    def next_year(self) -> int | None:
        """The year to enter next."""
        return None if self.last is None else self.last + 1

    def runs_out(self, today: date) -> bool:
        """Whether it is time to say so."""
        if self.last is None:
            return False
        soon = date(self.last, 12, 31) - today <= NOTICE
        return soon or (self.nearest is not None and self.nearest - today <= NEAR)


class _Waiting(NamedTuple):
    """Open deadlines on one calendar that wait for the same years."""

    calendar: str
    years: tuple[int, ...]
    number: int
    nearest: date | None


def coverage(session: Session, actor: Actor) -> list[Coverage]:
    """Every place in use; what rests on it is counted over the contracts the actor may see, for administrators over
    all, since a calendar that runs out is theirs to mend whoever owns the contract."""
    seen = true() if actor.role is Role.ADMIN else visible(actor)
    contracts: Counter[str] = Counter()
    waiting: list[_Waiting] = []
    for counted, unsettled in (_here(), _elsewhere()):
        for name, number in session.execute(counted.where(seen)):
            contracts.update(dict.fromkeys(places_of(name), number))
        for name, years, number, nearest in session.execute(unsettled.where(seen)):
            waiting.append(_Waiting(name, tuple(int(year) for year in years.strip("[]").split(",")), number, nearest))
    standard = session.scalar(select(Organisation.calendar)) or ""
    places = sorted({*contracts, *places_of(standard)} - {""})
    entered = entered_years(session)
    return [
        _coverage(session, place, contracts[place], waiting, tuple(row.year for row in entered if row.place == place))
        for place in places
    ]


_YEARS = cast(Deadline.provisional, String)
_NEAREST = func.min(func.coalesce(Deadline.action_day, Deadline.legal))
_UNSETTLED = and_(Deadline.state == State.OPEN, _YEARS != "[]")
_Counted = Select[str, int]
_Unsettled = Select[str, str, int, date | None]


def _here() -> tuple[_Counted, _Unsettled]:
    """How many contracts are counted on each calendar, and how many of their open deadlines wait for the same years,
    with the nearest of their days."""
    calendar = Contract.calendar
    counted = select(calendar, func.count()).group_by(calendar)
    unsettled = select(calendar, _YEARS, func.count(), _NEAREST).join(Deadline.contract).where(_UNSETTLED)
    return counted, unsettled.group_by(calendar, _YEARS)


def _elsewhere() -> tuple[_Counted, _Unsettled]:
    """The same by the calendars of places where notices arrive, if others."""
    arrives = and_(Clause.type == "delivery", Contract.calendar != THERE)
    counted = select(THERE, func.count(Contract.id.distinct())).join(Clause.contract).where(arrives).group_by(THERE)
    unsettled = select(THERE, _YEARS, func.count(Deadline.id.distinct()), _NEAREST).join(Deadline.contract)
    return counted, unsettled.join(Contract.clauses).where(arrives, _UNSETTLED).group_by(THERE, _YEARS)


def _coverage(
    session: Session, place: str, contracts: int, waiting: list[_Waiting], entered: tuple[int, ...]
) -> Coverage:
    calendar = calendar_for(session, place)
    mine = [
        one
        for one in waiting
        if place in places_of(one.calendar) and any(not calendar.covers(date(year, 1, 1)) for year in one.years)
    ]
    first, last = calendar.coverage or (None, None)
    nearest = min((one.nearest for one in mine if one.nearest), default=None)
    return Coverage(place, first, last, entered, contracts, sum(one.number for one in mine), nearest)


def running_out(session: Session, today: date) -> list[Coverage]:
    """The places of which administrators should enter or look for another year."""
    return [one for one in coverage(session, OPERATOR) if one.runs_out(today)]


def tell_once(session: Session, today: date, *, now: datetime) -> list[Coverage]:
    """Note each place that runs out, once for every last year it is known for; those that are new."""
    new = []
    for one in running_out(session, today):
        name = f"coverage {one.place} {one.last}"
        if session.get(Pulse, name) is None:
            session.add(Pulse(name=name, at=now, details={"deadlines": one.provisional}))
            remember(session, CLOCKWORK, now, RUNS_OUT, place=one.place, last=one.last, deadlines=one.provisional)
            new.append(one)
    return new


def mark_what_became_known(session: Session, *, now: datetime) -> int:
    """After the package of holidays was upgraded, mark the contracts on calendars that it now knows otherwise, such as
    for another year; how many. Nothing is looked at while the package stays the same."""
    known = session.get(Pulse, _KNOWN_DAYS)
    if known is not None and known.details.get("package") == PACKAGE:
        return 0
    before = known.details.get("days", {}) if known is not None else {}
    places = {place for name in names_in_use(session) for place in places_of(name)}
    days = {place: fingerprint(place) for place in sorted(places)}
    changed = sorted(place for place, digest in days.items() if before.get(place) != digest)
    found = {contract_id for place in changed for contract_id in resting_on(session, place)}
    mark(session, found)
    session.merge(Pulse(name=_KNOWN_DAYS, at=now, details={"package": PACKAGE, "days": days}))
    return len(found)


def fingerprint(place: str) -> str:
    """A name for exactly what the package knows of a place."""
    return sha256("\n".join(_told(place)).encode()).hexdigest()[:16]


def _told(place: str) -> Iterator[str]:
    calendar = working_calendar(place)
    yield f"{sorted(calendar.weekend)} {calendar.coverage}"
    yield from (f"{day} {name}" for day, name in sorted(calendar.holidays.items()))
    yield from (f"{day} on" for day in sorted(calendar.workdays))
