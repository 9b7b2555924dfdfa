"""Recording from the command line: what happened, what was done, what was taken back or given up."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from tracker.actions.access import contract_by_number, deadline_by_key
from tracker.actions.complete import Done, complete, undo, waive
from tracker.actions.facts import Happened, new_key, newly_odd, record_fact
from tracker.actions.reschedule import Changes
from tracker.actions.what_if import if_recorded
from tracker.cli.arguments import DAY
from tracker.cli.deadlines import STANDING_NAMES
from tracker.cli.desk import Desk
from tracker.cli.files import upload_of
from tracker.cli.problems import lines_of
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline, State
from tracker.render.changes import change_lines
from tracker.render.names import called
from tracker.rules.facts import Ending, FactKind, Side
from tracker.rules.section import line, prose, up_to
from tracker.rules.standing import Standing


@click.command("fact")
@click.argument("number", metavar="CONTRACT")
@click.argument("kind", type=click.Choice([kind.value for kind in FactKind]), metavar="KIND")
@click.argument("day", type=DAY, metavar="DATE")
@click.option("--by", type=click.Choice([side.value for side in Side]), help="Which side did it.")
@click.option("--subject", default="", help="Whom or what it is about: a condition, a customer, a third party.")
@click.option("--until", type=DAY, metavar="DATE", help="The end agreed or intended.")
@click.option("--how", help="How the contract ended, or the customer class that it changed to.")
@click.option("--about", default="", metavar="FACT", help="The earlier fact it concerns, such as complaint_received-2.")
@click.option("--note", default="", help="A note.")
@click.option("--dry-run", is_flag=True, help="Show which deadlines would appear, move or go; record nothing.")
@click.option("--yes", is_flag=True, help="Record it although it looks odd.")
@click.pass_obj
def fact_command(
    desk: Desk,
    number: str,
    kind: str,
    day: date,
    by: str | None,
    subject: str,
    until: date | None,
    how: str | None,
    about: str,
    note: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record for CONTRACT (its number) that KIND happened on DATE; every deadline that depends on it is recomputed."""
    if how and kind != FactKind.CUSTOMER_CLASS_CHANGED and how not in tuple(Ending):
        raise click.BadParameter(desk.words.gettext("Write one of: %(choices)s.", choices=", ".join(Ending)))
    happened = Happened(
        kind=FactKind(kind),
        day=day,
        by=Side(by) if by else None,
        subject=line(subject),
        until=until,
        how=up_to(40)(how or ""),
        about=line(about),
        note=prose(note),
    )
    if dry_run:
        _dry_run(desk, number, happened)
        return
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        fact, changes = record_fact(session, desk.actor, contract.id, happened, now=desk.now, confirmed=yes)
        told = [fact.key, *told_of(desk, changes)]
    for one in told:
        click.echo(one)


def _dry_run(desk: Desk, number: str, happened: Happened) -> None:
    with desk.tracker.reading() as session:
        contract = contract_by_number(session, desk.actor, number)
        found = if_recorded(session, desk.actor, contract.id, happened, now=desk.now)
        odd = newly_odd(session, contract, new_key(session, contract, happened.kind), happened, desk.now)
        for one in (*change_lines(found, desk.words), *lines_of(odd, desk.words)):
            click.echo(one)
    click.echo(desk.words.gettext("Nothing was saved."))


def told_of(desk: Desk, changes: Changes) -> Iterable[str]:
    """What became of the deadlines, a line each."""
    words = desk.words
    for key in changes.appeared:
        yield words.gettext("new: %(key)s", key=key)
    for key, (before, after) in changes.moved.items():
        days = {"before": before or "-", "after": after or "-"}
        yield words.gettext("moved: %(key)s from %(before)s to %(after)s", key=key, **days)
    for key in changes.vanished:
        yield words.gettext("gone: %(key)s", key=key)
    for key in changes.suspended:
        yield words.gettext("suspended: %(key)s", key=key)
    for key in changes.resumed:
        yield words.gettext("asked for again: %(key)s", key=key)


@click.command("complete")
@click.argument("key", metavar="KEY")
@click.option("--on", "day", type=DAY, metavar="DATE", help="The day it was done. [default: today]")
@click.option("--note", default="", help="A note.")
@click.option("--link", default="", help="Where the proof can be seen: an https:// address.")
@click.option(
    "--evidence",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that proves it; may be repeated.",
)
@click.pass_obj
def complete_command(desk: Desk, key: str, day: date | None, note: str, link: str, files: tuple[Path, ...]) -> None:
    """Log that the deadline KEY (as `tracker deadlines` shows it) was met."""
    uploads = [upload_of(path) for path in files]
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        done_on = day or day_in(deadline.contract.zone, desk.now)
        done = Done(done_on=done_on, note=prose(note), link=line(link), uploads=uploads)
        complete(session, desk.actor, deadline.id, done, files=desk.tracker.files, now=desk.now)
        name, state = name_of(desk, deadline), deadline.state
    click.echo(desk.words.gettext("done on %(day)s: %(name)s", day=done_on, name=name))
    if state is not State.DONE:
        click.echo(desk.words.gettext(STANDING_NAMES[Standing(state.value)]))


@click.command("undo")
@click.argument("key", metavar="KEY")
@click.option("--reason", default="", help="Why; needed once ten minutes have passed.")
@click.pass_obj
def undo_command(desk: Desk, key: str, reason: str) -> None:
    """Take back that the deadline KEY was met or waived: it stands open again."""
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        state = undo(session, desk.actor, deadline.id, reason=prose(reason), now=desk.now).state
        name = name_of(desk, deadline)
    if state is State.OPEN:
        click.echo(desk.words.gettext("open again: %(name)s", name=name))
    else:
        click.echo(f"{desk.words.gettext(STANDING_NAMES[Standing(state.value)])}: {name}")


@click.command("waive")
@click.argument("key", metavar="KEY")
@click.option("--reason", default="", help="Why nobody insists on it.")
@click.pass_obj
def waive_command(desk: Desk, key: str, reason: str) -> None:
    """Record that nobody will insist on the deadline KEY; no more reminders go out for it."""
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        waive(session, desk.actor, deadline.id, reason=prose(reason), now=desk.now)
        name = name_of(desk, deadline)
    click.echo(desk.words.gettext("waived: %(name)s", name=name))


def name_of(desk: Desk, deadline: Deadline) -> str:
    """Contract and deadline, as the command line tells of them."""
    what = called(deadline.code, deadline.title, deadline.occurrence, deadline.subject, desk.words)
    return f"{deadline.contract.number} {what}"
