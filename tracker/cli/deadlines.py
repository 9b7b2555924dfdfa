"""`tracker deadlines`."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click

from tracker.actions.access import contract_by_number
from tracker.actions.board import Wanted
from tracker.actions.deadline_list import Listed, list_deadlines
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.render.names import about_words, deadline_name, side_name
from tracker.render.texts import N_, Texts
from tracker.rules.deadlines import Certainty
from tracker.rules.late_fee import written
from tracker.rules.standing import Standing

STANDING_NAMES = {
    Standing.WAITING: N_("no day yet"),
    Standing.UPCOMING: N_("upcoming"),
    Standing.AT_RISK: N_("safe day passed"),
    Standing.OVERDUE: N_("overdue"),
    Standing.PASSED: N_("passed"),
    Standing.EVIDENCE_PENDING: N_("done, evidence pending"),
    Standing.IN_REVIEW: N_("done, awaiting review"),
    Standing.DONE: N_("done"),
    Standing.WAIVED: N_("waived"),
    Standing.SUSPENDED: N_("suspended"),
    Standing.WITHDRAWN: N_("withdrawn"),
}


@click.command("deadlines")
@click.option("--contract", "number", metavar="N", help="Only of the contract with this number.")
@click.option("--from", "start", type=DAY, metavar="D", help="Only with a day to act from this day on.")
@click.option("--to", "end", type=DAY, metavar="D", help="Only with a day to act up to this day.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON; the keys stand in docs/cli.md.")
@click.pass_obj
def deadlines_command(desk: Desk, number: str | None, start: date | None, end: date | None, as_json: bool) -> None:
    """List the deadlines of every contract that may be seen, the nearest first, those without a day last."""
    with desk.tracker.reading() as session:
        contract_id = contract_by_number(session, desk.actor, number).id if number else None
        wanted = Wanted(contract_id=contract_id, start=start, end=end)
        listed = list_deadlines(session, desk.actor, wanted, desk.today)
        if as_json:
            _print_json(listed)
        else:
            for line in table(_cells(desk.words, row) for row in listed):
                click.echo(line)


def _print_json(listed: Iterable[Listed]) -> None:
    """One array, a deadline a line, written as it is read."""
    click.echo("[", nl=False)
    for position, chunk in enumerate(_chunks(listed)):
        click.echo((",\n " if position else "\n ") + ",\n ".join(chunk), nl=False)
    click.echo("\n]")


def _chunks(listed: Iterable[Listed], size: int = 500) -> Iterator[list[str]]:
    chunk: list[str] = []
    for row in listed:
        chunk.append(f'{json.dumps(_row(row), ensure_ascii=False)[:-1]}, "steps": {row.steps}}}')
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _row(row: Listed) -> dict[str, Any]:
    """Everything but the steps, which are JSON already."""
    return {
        "contract": row.contract,
        "key": row.key,
        "code": row.code,
        "occurrence": row.occurrence,
        "side": row.side.value,
        "nature": row.nature.value,
        "legal": _iso(row.legal),
        "act_by": _iso(row.act_by),
        "send_by": _iso(row.send_by),
        "target": _iso(row.target),
        "grace_until": _iso(row.grace_until),
        "moved_from": _iso(row.moved_from),
        "disputed_on": _iso(row.disputed_on),
        "subject": row.subject,
        **_money(row),
        "state": row.standing.value,
        "certainty": row.certainty.value,
        "provisional": row.provisional,
    }


def _money(row: Listed) -> dict[str, Any]:
    """The sum and its late fee, for good once it was paid, so far until then."""
    fee = row.late.fee if row.late else None
    return {
        "amount": written(row.owed.money) if row.owed.money else None,
        "late_rate": str(row.owed.rate) if row.owed.rate else None,
        "days_late": row.late.days if row.late else 0,
        "late_fee": written(fee) if fee else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cells(words: Texts, row: Listed) -> list[str]:
    stands = words.gettext(STANDING_NAMES[row.standing])
    doubts = [words.gettext(text) for text in _doubts(row)]
    name = deadline_name(row.code, row.title, words)
    if row.subject:
        name = f"{name} ({about_words(row.occurrence, row.subject, words)})"
    return [
        _iso(row.action_day) or "-",
        row.contract,
        name,
        side_name(row.side, words),
        ", ".join([stands, *doubts]),
        row.key,
    ]


def _doubts(row: Listed) -> Iterator[str]:
    if row.disputed_on:
        yield N_("disputed")
    if row.moved_from:
        yield N_("moved by hand")
    if row.certainty is Certainty.UNCONFIRMED:
        yield N_("unconfirmed")
    if row.certainty is Certainty.PROJECTED:
        yield N_("projected")
    if row.provisional:
        yield N_("provisional")
