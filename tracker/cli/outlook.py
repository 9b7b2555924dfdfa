"""Printing which letters leave in a span of days: `tracker remind --from --to`."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import click

from tracker.actions.coming import Coming
from tracker.actions.organisations import organisation_of
from tracker.actions.outlook import outlook
from tracker.actions.people import person_at
from tracker.actions.reach import Span
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.render.names import deadline_name
from tracker.render.reader_words import hold_words, silence_words, why_words


def print_outlook(desk: Desk, span: Span, email: str | None, as_json: bool) -> None:
    """Print what leaves in these days, to everybody or one person. Raises Refused."""
    with desk.tracker.reading() as session:
        person = person_at(session, email, "--person") if email else None
        found = outlook(session, desk.actor, span, desk.now, person_id=person.id if person else None)
        zone = ZoneInfo(organisation_of(session).zone)
        rows = [_row(desk, one) for one in found.reminders]
        times = [desk.words.datetime(one.at, zone) for one in found.reminders]
    if as_json:
        until = found.until.isoformat() if found.until else None
        click.echo(json.dumps({"unknown_from": until, "letters": rows}, ensure_ascii=False, indent=1))
        return
    told = zip(times, rows, strict=True)
    for line in table([at, row["to"] or "–", row["contract"] or "–", row["name"], _remark(row)] for at, row in told):
        click.echo(line)
    click.echo(desk.words.ngettext("%(n)s letter", "%(n)s letters", sum(row["goes"] for row in rows)), err=True)
    if found.until:
        click.echo(desk.words.gettext("From %(day)s on letters are missing here.", day=found.until), err=True)


def _remark(row: dict[str, Any]) -> str:
    """Why the reader is told, or is not, and what the letter waits for."""
    return "; ".join(part for part in (row["why"], row["kept"], *row["waits"]) if part)


def _row(desk: Desk, one: Coming) -> dict[str, Any]:
    deadline, words = one.deadline, desk.words
    return {
        "at": one.at.isoformat(),
        "to": one.person.email if one.person else "",
        "goes": one.goes and one.person is not None,
        "contract": deadline.contract.number if deadline else None,
        "key": deadline.public_key if deadline else None,
        "name": deadline_name(deadline.code, deadline.title, words) if deadline else "",
        "action_day": one.action_day.isoformat() if one.action_day else None,
        "lead": one.lead,
        "why": why_words(one.why, one.of.name if one.of else "", one.lead or 0, words) if one.why else "",
        "kept": silence_words(one.silence, one.until, words) if one.silence else "",
        "waits": hold_words(one.holds, words),
        "letter": one.letter_id,
    }
