"""`tracker calendar`: working days as they are known, a year's arrangement, the organisation's own days."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import BinaryIO

import click

from tracker.actions.access import must_administer
from tracker.actions.calendars import calendar_for, check_year, drop_own_day, enter_year, own_days, set_own_day
from tracker.actions.errors import Refused
from tracker.actions.recount import due_marked, recount_each
from tracker.actions.working_days import if_entered, moved_by
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.ports.text_files import decoded
from tracker.render.changes import change_lines
from tracker.render.holiday_names import holiday_name
from tracker.render.names import deadline_name
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.law import one_place, place_name
from tracker.rules.problems import N_, Problem
from tracker.rules.section import line

LARGEST = 200_000


@click.group("calendar")
def calendar_group() -> None:
    """Working days: what is known of them, a year's arrangement, the organisation's own days."""


@calendar_group.command("show")
@click.argument("place")
@click.option("--year", type=click.IntRange(1990, 2080), help="[default: this year]")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def show(desk: Desk, place: str, year: int | None, as_json: bool) -> None:
    """Show for which years the working days of PLACE (CN, GB-ENG, CN+HK, CN+OWN) are known, and one year's days off."""
    with desk.tracker.reading() as session:
        calendar = calendar_for(session, place_name(place))
    chosen = year or desk.today.year
    if as_json:
        click.echo(json.dumps(_data(calendar, chosen), ensure_ascii=False, indent=1))
        return
    for one in _told(desk, calendar, chosen):
        click.echo(one)


def _data(calendar: WorkingCalendar, year: int) -> dict[str, object]:
    return {
        "calendar": calendar.name,
        "known": list(calendar.coverage) if calendar.coverage else None,
        "year": year,
        "provisional": not calendar.covers(date(year, 1, 1)),
        "weekend": sorted(calendar.weekend),
        "off": {day.isoformat(): name for day, name in sorted(calendar.holidays.items()) if day.year == year},
        "on": [day.isoformat() for day in sorted(calendar.workdays) if day.year == year],
    }


def _told(desk: Desk, calendar: WorkingCalendar, year: int) -> Iterator[str]:
    words = desk.words
    if calendar.coverage is None:
        yield words.gettext("%(calendar)s: known without end", calendar=calendar.name)
    else:
        first, last = calendar.coverage
        yield words.gettext(
            "%(calendar)s: known from %(first)s to %(last)s", calendar=calendar.name, first=first, last=last
        )
    if not calendar.covers(date(year, 1, 1)):
        yield words.gettext(
            "%(year)s is not known yet: only its weekends are, and what rests on it is provisional.", year=year
        )
    off = sorted((day, name) for day, name in calendar.holidays.items() if day.year == year)
    on = sorted(day for day in calendar.workdays if day.year == year)
    yield from _days(desk, off, on)


def _days(desk: Desk, off: Iterable[tuple[date, str]], on: Iterable[date]) -> Iterator[str]:
    words = desk.words
    for name, run in groupby(off, lambda entry: entry[1]):
        days = [day for day, _name in run]
        what = ", ".join(holiday_name(part, words) for part in name.split("; ") if part)
        yield words.gettext("off   %(days)s  %(name)s", days=", ".join(map(str, days)), name=what).rstrip()
    for day in on:
        yield words.gettext("work  %(day)s  %(weekday)s", day=day, weekday=words.weekday(day))


@calendar_group.command("enter")
@click.argument("place")
@click.argument("year", type=click.IntRange(1990, 2080))
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Show what it would bring; save nothing.")
@click.pass_obj
def enter(desk: Desk, place: str, year: int, file: BinaryIO, dry_run: bool) -> None:
    """Enter the arrangement of a YEAR for PLACE from a FILE: the announcement as published, or one day a line
    (2027-02-05,off,Spring Festival or 2027-01-31,on). Deadlines that rest on it move and are announced again."""
    where, text = one_place(place), decoded(file.read(LARGEST))
    if dry_run:
        _dry_run(desk, where, year, text)
        return
    with desk.transaction() as session:
        event_id = enter_year(session, desk.actor, where, year, text, now=desk.now).event_id
    _recount(desk, event_id)


def _dry_run(desk: Desk, place: str, year: int, text: str) -> None:
    must_administer(desk.actor)
    with desk.tracker.reading() as session:
        found, problems = check_year(session, place, year, text)
        if problems:
            raise Refused(problems)
        for one in _days(desk, sorted(found.off.items()), sorted(found.on)):
            click.echo(one)
        for affected in if_entered(session, desk.actor, place, found, now=desk.now):
            click.echo(affected.contract.number)
            for one in change_lines(affected.changes, desk.words):
                click.echo(f"  {one}")
    click.echo(desk.words.gettext("Nothing was saved."))


@calendar_group.group("own")
def own_group() -> None:
    """The organisation's own days off and days worked; contracts on a calendar ending in +OWN are counted on them."""


@own_group.command("add")
@click.argument("day", type=DAY, metavar="DATE")
@click.option("--work", is_flag=True, help="A day that is worked. [default: a day off]")
@click.option("--name", default="", help="What it is.")
@click.pass_obj
def add(desk: Desk, day: date, work: bool, name: str) -> None:
    """Make DATE a day off, or with --work a day that is worked."""
    with desk.transaction() as session:
        event_id = set_own_day(session, desk.actor, day, is_open=work, name=line(name), now=desk.now)
    _recount(desk, event_id)


@own_group.command("remove")
@click.argument("day", type=DAY, metavar="DATE")
@click.pass_obj
def remove(desk: Desk, day: date) -> None:
    """Make DATE like any other day again."""
    with desk.transaction() as session:
        if day not in {row.day for row in own_days(session)}:
            raise Refused([Problem("", N_("%(day)s is none of the organisation's own days."), {"day": day})])
        event_id = drop_own_day(session, desk.actor, day, now=desk.now)
    _recount(desk, event_id)


@own_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def list_own(desk: Desk, as_json: bool) -> None:
    """List the organisation's own days."""
    with desk.tracker.reading() as session:
        rows = own_days(session)
    if as_json:
        data = [{"day": row.day.isoformat(), "work": row.is_open, "name": row.name} for row in rows]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    kinds = {True: desk.words.gettext("day worked"), False: desk.words.gettext("day off")}
    for one in table([(row.day.isoformat(), kinds[row.is_open], row.name) for row in rows]):
        click.echo(one)


def _recount(desk: Desk, event_id: int) -> None:
    """Recount what was marked, and tell what moved."""
    with desk.tracker.reading() as session:
        marked = due_marked(session)
    recount_each(desk.tracker.transaction, marked, now=desk.now, actor=desk.actor)
    words = desk.words
    with desk.tracker.reading() as session:
        moved = moved_by(session, desk.actor, event_id)
        for one in moved:
            name = deadline_name(one.deadline.code, one.deadline.title, words)
            days = {"old": one.old or "-", "new": one.new or "-"}
            click.echo(
                words.gettext(
                    "moved: %(number)s %(name)s, %(old)s → %(new)s", number=one.contract.number, name=name, **days
                )
            )
    click.echo(words.ngettext("%(n)s deadline moved", "%(n)s deadlines moved", len(moved)))
