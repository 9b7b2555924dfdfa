"""The working days contracts are counted on: those of places, with entered years, and the organisation's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.actions.access import must_administer
from tracker.actions.actor import Actor
from tracker.actions.errors import Refused
from tracker.actions.on_calendar import OWN, mark, resting_on
from tracker.actions.remember import remember
from tracker.records.calendars import CalendarDay, CalendarYear
from tracker.rules.arrangement import Arrangement, read_arrangement
from tracker.rules.calendars import WorkingCalendar, joint
from tracker.rules.law import OWN_DAYS
from tracker.rules.places import working_calendar
from tracker.rules.problems import N_, Problem

YEAR_ENTERED = "calendar-year-entered"
CALENDAR_EVENTS = (YEAR_ENTERED, "own-day-set", "own-day-dropped")


def calendar_for(session: Session, name: str) -> WorkingCalendar:
    """The calendar of that name, such as CN, CN+HK or CN+OWN; looked up once per session."""
    known: dict[str, WorkingCalendar] = session.info.setdefault("calendars", {})
    if name not in known:
        places = name.removesuffix(OWN_DAYS).split("+")
        calendar = reduce(joint, (_place(session, place) for place in places))
        known[name] = _with_own_days(session, calendar) if name.endswith(OWN_DAYS) else calendar
    return known[name]


def assume(session: Session, calendar: WorkingCalendar) -> None:
    """Count as if the place of that name had these working days, in this session alone; nothing is stored."""
    session.info.setdefault("assumed", {})[calendar.name] = calendar
    session.info.pop("calendars", None)


def _place(session: Session, place: str) -> WorkingCalendar:
    """A place's calendar with every year entered here that its package does not know."""
    assumed: dict[str, WorkingCalendar] = session.info.get("assumed", {})
    if place in assumed:
        return assumed[place]
    calendar = working_calendar(place)
    for year in session.scalars(select(CalendarYear).where(CalendarYear.place == place).order_by(CalendarYear.year)):
        if not calendar.covers(date(year.year, 1, 1)):
            off, on = _days(session, place, year.year)
            calendar = calendar.with_year(year.year, off, on)
    return calendar


def _with_own_days(session: Session, calendar: WorkingCalendar) -> WorkingCalendar:
    off, on = _days(session, OWN, None)
    return calendar.with_days(off, on)


def _days(session: Session, place: str, year: int | None) -> tuple[dict[date, str], set[date]]:
    query = select(CalendarDay).where(CalendarDay.place == place)
    if year is not None:
        query = query.where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    rows = session.scalars(query).all()
    return {row.day: row.name for row in rows if not row.is_open}, {row.day for row in rows if row.is_open}


@dataclass(frozen=True, slots=True)
class Entered:
    """A year that was entered: its days, and the event under which history keeps it."""

    arrangement: Arrangement
    event_id: int


def enter_year(session: Session, actor: Actor, place: str, year: int, text: str, *, now: datetime) -> Entered:
    """Enter a year's official arrangement, in place of one entered before, and mark for recounting what rests on it.

    Raises Refused, Forbidden.
    """
    must_administer(actor)
    found, problems = check_year(session, place, year, text)
    if problems:
        raise Refused(problems)
    mark(session, resting_on(session, place, None if is_entered(session, place, year) else year))
    session.execute(delete(CalendarDay).where(CalendarDay.place == place, CalendarDay.day.between(*_span(year))))
    session.execute(delete(CalendarYear).where(CalendarYear.place == place, CalendarYear.year == year))
    session.add(CalendarYear(place=place, year=year, entered_by_id=actor.person_id, entered_at=now))
    session.add_all(_rows(place, found))
    event = remember(session, actor, now, YEAR_ENTERED, place=place, year=year)
    forget(session)
    return Entered(found, event.id)


def check_year(session: Session, place: str, year: int, text: str) -> tuple[Arrangement, list[Problem]]:
    """What entering the text would bring, and every problem it has; nothing is stored."""
    found, problems = read_arrangement(text, year)
    covered = working_calendar(place).coverage
    if covered is None or covered[0] <= year <= covered[1]:
        problems.append(Problem("year", N_("The working days of this year are known already.")))
    elif not problems:
        try:
            calendar_for(session, place).with_year(year, found.off, found.on)
        except ValueError:
            problems.append(Problem("year", N_("Enter the year before it first.")))
    return found, problems


def set_own_day(session: Session, actor: Actor, day: date, *, is_open: bool, name: str = "", now: datetime) -> int:
    """Make a day the organisation's own day off, or a day it works, and mark for recounting what rests on it.

    Answers the event under which history keeps it. Raises Forbidden.
    """
    must_administer(actor)
    row = session.get(CalendarDay, (OWN, day)) or CalendarDay(place=OWN, day=day)
    row.is_open, row.name = is_open, name
    session.add(row)
    mark(session, resting_on(session, OWN))
    event = remember(session, actor, now, "own-day-set", day=day.isoformat(), is_open=is_open)
    forget(session)
    return event.id


def drop_own_day(session: Session, actor: Actor, day: date, *, now: datetime) -> int:
    """Make the day like any other again, as `set_own_day`. Raises Forbidden."""
    must_administer(actor)
    session.execute(delete(CalendarDay).where(CalendarDay.place == OWN, CalendarDay.day == day))
    mark(session, resting_on(session, OWN))
    event = remember(session, actor, now, "own-day-dropped", day=day.isoformat())
    forget(session)
    return event.id


def own_days(session: Session) -> list[CalendarDay]:
    """The organisation's own days, in order."""
    return list(session.scalars(select(CalendarDay).where(CalendarDay.place == OWN).order_by(CalendarDay.day)))


def is_entered(session: Session, place: str, year: int) -> bool:
    """Whether somebody has entered that year's arrangement here."""
    return session.get(CalendarYear, (place, year)) is not None


def entered_years(session: Session) -> list[CalendarYear]:
    """Every year's arrangement that was entered here, by place."""
    return list(session.scalars(select(CalendarYear).order_by(CalendarYear.place, CalendarYear.year)))


def forget(session: Session) -> None:
    """Look calendars up anew from here on in this session."""
    session.flush()
    session.info.pop("calendars", None)


def _rows(place: str, found: Arrangement) -> Iterable[CalendarDay]:
    yield from (CalendarDay(place=place, day=day, is_open=False, name=name) for day, name in found.off.items())
    yield from (CalendarDay(place=place, day=day, is_open=True) for day in found.on)


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
