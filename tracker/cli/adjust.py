"""`tracker adjust`: pausing and ending a series, moving one day, taking that back."""

from datetime import date

import click

from tracker.actions.access import contract_by_number, deadline_by_key
from tracker.actions.adjust import Wish, adjust, adjusted, resume, wanted, withdraw_adjustment
from tracker.actions.what_if import if_adjusted
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.record import told_of
from tracker.cli.table import table
from tracker.render.changes import change_lines
from tracker.rules.adjustments import Adjusting
from tracker.rules.section import prose

_REASON = click.option("--reason", default="", help="Why; needed.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; record nothing.")


@click.group("adjust")
def adjust_group() -> None:
    """Decide about a series or one day by hand; the contract stays as it is."""


@adjust_group.command("list")
@click.argument("number", metavar="CONTRACT")
@click.pass_obj
def list_command(desk: Desk, number: str) -> None:
    """List what is paused, ended or moved in CONTRACT."""
    with desk.tracker.reading() as session:
        rows = contract_by_number(session, desk.actor, number).adjustments
        cells = [[row.key, row.of, str(row.day), str(row.until or "-"), row.reason] for row in rows]
    for one in table(iter(cells)):
        click.echo(one)


@adjust_group.command("pause")
@click.argument("number", metavar="CONTRACT")
@click.argument("clause", metavar="OBLIGATION")
@click.argument("day", type=DAY, metavar="DATE")
@click.option("--until", type=DAY, metavar="DATE", help="The last day of the pause. [default: it goes on]")
@_REASON
@_DRY_RUN
@click.pass_obj
def pause_command(
    desk: Desk, number: str, clause: str, day: date, until: date | None, reason: str, dry_run: bool
) -> None:
    """Suspend what falls due under OBLIGATION (its key) of CONTRACT from DATE on."""
    wish = Wish(action=Adjusting.PAUSE, of=clause, day=day, until=until, reason=prose(reason))
    _apply(desk, number, wish, dry_run=dry_run, confirmed=True)


@adjust_group.command("end")
@click.argument("number", metavar="CONTRACT")
@click.argument("clause", metavar="OBLIGATION")
@click.argument("day", type=DAY, metavar="DATE")
@_REASON
@_DRY_RUN
@click.pass_obj
def end_command(desk: Desk, number: str, clause: str, day: date, reason: str, dry_run: bool) -> None:
    """Let nothing fall due under OBLIGATION (its key) of CONTRACT after DATE."""
    wish = Wish(action=Adjusting.END, of=clause, day=day, reason=prose(reason))
    _apply(desk, number, wish, dry_run=dry_run, confirmed=True)


@adjust_group.command("move")
@click.argument("key", metavar="KEY")
@click.argument("day", type=DAY, metavar="DATE")
@_REASON
@_DRY_RUN
@click.option("--yes", is_flag=True, help="Move it although the contract gives an earlier day.")
@click.pass_obj
def move_command(desk: Desk, key: str, day: date, reason: str, dry_run: bool, yes: bool) -> None:
    """Let the deadline KEY fall due on DATE; the rest of its series stays."""
    with desk.tracker.reading() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        number, of = deadline.contract.number, deadline.key
    _apply(
        desk, number, Wish(action=Adjusting.MOVE, of=of, day=day, reason=prose(reason)), dry_run=dry_run, confirmed=yes
    )


@adjust_group.command("resume")
@click.argument("number", metavar="CONTRACT")
@click.argument("name", metavar="ADJUSTMENT")
@click.argument("day", type=DAY, metavar="DATE")
@click.pass_obj
def resume_command(desk: Desk, number: str, name: str, day: date) -> None:
    """Let the pause ADJUSTMENT (as `list` shows it) be over: from DATE on the series goes on."""
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        changes = resume(session, desk.actor, contract.id, name, day=day, now=desk.now)
        told = [name, *told_of(desk, changes)]
    for one in told:
        click.echo(one)


@adjust_group.command("withdraw")
@click.argument("number", metavar="CONTRACT")
@click.argument("name", metavar="ADJUSTMENT")
@click.pass_obj
def withdraw_command(desk: Desk, number: str, name: str) -> None:
    """Take ADJUSTMENT (as `list` shows it) back, as if it had not been."""
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        changes = withdraw_adjustment(session, desk.actor, contract.id, name, now=desk.now)
        told = [name, *told_of(desk, changes)]
    for one in told:
        click.echo(one)


def _apply(desk: Desk, number: str, wish: Wish, *, dry_run: bool, confirmed: bool) -> None:
    if dry_run:
        _try(desk, number, wish)
        return
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        changes = adjust(session, desk.actor, contract.id, wish, now=desk.now, confirmed=confirmed)
        told = [max(contract.adjustments, key=lambda row: row.id).key, *told_of(desk, changes)]
    for one in told:
        click.echo(one)


def _try(desk: Desk, number: str, wish: Wish) -> None:
    with desk.tracker.reading() as session:
        contract = contract_by_number(session, desk.actor, number)
        value = wanted(session, contract, wish)
        found = if_adjusted(session, desk.actor, contract.id, lambda _, before: adjusted(before, value), now=desk.now)
        for one in change_lines(found, desk.words):
            click.echo(one)
    click.echo(desk.words.gettext("Nothing was saved."))
