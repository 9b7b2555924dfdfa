"""`tracker remind` and `tracker outbox`."""

import json
from datetime import date
from typing import Any

import click
from sqlalchemy.orm import Session

from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import is_held
from tracker.actions.outbox_desk import lay_to_rest, letters, release, try_again
from tracker.actions.outlook import AHEAD
from tracker.actions.reach import Span
from tracker.actions.remind import Planned, first_and_slot, preview_reminders
from tracker.actions.sending_hours import hours_of
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.outlook import print_outlook
from tracker.cli.table import table
from tracker.records.letters import Letter, LetterState
from tracker.render.names import deadline_name
from tracker.render.texts import N_


@click.command("remind")
@click.option("--dry-run", is_flag=True, required=True, help="Needed: only `tracker tick` and the server send letters.")
@click.option("--on", "day", type=DAY, metavar="DATE", help="As if it were this day. [default: today]")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Day by day from this day. [default: today]")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Day by day to this day. [default: 30 days on]")
@click.option("--person", metavar="EMAIL", help="Day by day, only what goes to this person or is kept from them.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON; the keys stand in docs/cli.md.")
@click.pass_obj
def remind_command(
    desk: Desk,
    dry_run: bool,
    day: date | None,
    first: date | None,
    last: date | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Show which reminders would be queued on a day, or would leave in a span of days: to whom, when, and why.

    Nothing is written or sent. With --from, --to or --person the days are played one after the other, as if nothing
    changed meanwhile.
    """
    if first or last or person:
        if day is not None:
            raise click.UsageError("--on is for one day, --from, --to and --person for several.")
        start = first or desk.today
        print_outlook(desk, Span(start, last or start + AHEAD), person, as_json)
        return
    with desk.tracker.reading() as session:
        planned = preview_reminders(session, desk.actor, day or desk.today)
        rows = [_reminder(desk, one, _together(session, one)) for one in planned]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in table(
        [row["contract"], row["name"], row["action_day"], _why(desk, row), _to(desk, row)] for row in rows
    ):
        click.echo(line)
    click.echo(desk.words.ngettext("%(n)s reminder", "%(n)s reminders", len(rows)), err=True)


def _together(session: Session, planned: Planned) -> dict[str, str]:
    """The day of the digest in which each hears of it who does not get it by itself, by address."""
    organisation = organisation_of(session)
    together = {}
    for person in planned.people:
        _first, slot = first_and_slot(planned, person, hours_of(session, person, organisation))
        if slot:
            together[person.email] = slot.day.isoformat()
    return together


def _reminder(desk: Desk, planned: Planned, together: dict[str, str]) -> dict[str, Any]:
    deadline = planned.deadline
    return {
        "contract": deadline.contract.number,
        "key": deadline.public_key,
        "name": deadline_name(deadline.code, deadline.title, desk.words),
        "action_day": planned.action_day.isoformat(),
        "lead": planned.lead,
        "to": [person.email for person in planned.people],
        "digests": together,
        "replaces": list(planned.superseded),
    }


def _why(desk: Desk, row: dict[str, Any]) -> str:
    lead = row["lead"]
    if lead < 0:
        return desk.words.ngettext("%(n)s day overdue", "%(n)s days overdue", -lead)
    return desk.words.ngettext("reminder %(n)s day before", "reminder %(n)s days before", lead)


def _to(desk: Desk, row: dict[str, Any]) -> str:
    return ", ".join(_reader(desk, row, email) for email in row["to"]) or desk.words.gettext("nobody to tell")


def _reader(desk: Desk, row: dict[str, Any], email: str) -> str:
    if email not in row["digests"]:
        return email
    day = desk.words.date(date.fromisoformat(row["digests"][email]))
    return desk.words.gettext("%(address)s (with others on %(day)s)", address=email, day=day)


@click.command("outbox")
@click.option("--state", type=click.Choice([state.value for state in LetterState]), multiple=True, help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON; the keys stand in docs/cli.md.")
@click.option("--release", "lift", is_flag=True, help="Let letters go that have been held since a restore.")
@click.option("--try-again", "again", type=int, metavar="ID", help="Give a letter that failed another start.")
@click.option("--let-rest", "rest", type=int, metavar="ID", help="Accept that a letter was not delivered.")
@click.pass_obj
def outbox_command(
    desk: Desk, state: tuple[str, ...], as_json: bool, lift: bool, again: int | None, rest: int | None
) -> None:
    """List the latest letters: where each stands and why."""
    if lift or again is not None or rest is not None:
        _act(desk, lift, again, rest)
        return
    with desk.tracker.reading() as session:
        held = is_held(session)
        rows = [_letter(letter) for letter in letters(session, desk.actor, [LetterState(one) for one in state])]
    if as_json:
        click.echo(json.dumps({"held": held, "letters": rows}, ensure_ascii=False, indent=1))
        return
    for line in table(
        [str(row["id"]), row["state"], row["to"], row["contract"] or row["purpose"], row["reason"]] for row in rows
    ):
        click.echo(line)
    if held:
        click.echo(desk.words.gettext("No letter leaves until you give: tracker outbox --release"), err=True)


def _act(desk: Desk, lift: bool, again: int | None, rest: int | None) -> None:
    with desk.transaction() as session:
        if lift:
            was_held = release(session, desk.actor, desk.now)
            told = N_("Letters may leave again.") if was_held else N_("Letters were not held.")
            click.echo(desk.words.gettext(told))
        if again is not None:
            try_again(session, desk.actor, again, desk.now)
        if rest is not None:
            lay_to_rest(session, desk.actor, rest, desk.now)


def _letter(letter: Letter) -> dict[str, Any]:
    deadline = letter.deadline
    return {
        "id": letter.id,
        "state": letter.state.value,
        "reason": letter.reason,
        "to": letter.recipient,
        "contract": deadline.contract.number if deadline else None,
        "key": deadline.public_key if deadline else None,
        "purpose": letter.purpose,
        "digest": letter.digest_id,
        "lead": letter.lead,
        "attempts": letter.attempts,
        "reply": letter.reply,
        "not_before": letter.not_before.isoformat(),
        "finished_at": letter.finished_at.isoformat() if letter.finished_at else None,
    }
