"""What follows once something was done, from the command line: evidence, review; and disputes."""

from datetime import date
from pathlib import Path

import click

from tracker.actions.access import deadline_by_key
from tracker.actions.complete import Shown, add_evidence
from tracker.actions.disputes import dispute, settle_dispute
from tracker.actions.review import approve, reject
from tracker.cli.arguments import DAY
from tracker.cli.deadlines import STANDING_NAMES
from tracker.cli.desk import Desk
from tracker.cli.files import upload_of
from tracker.cli.record import name_of
from tracker.rules.section import line, prose
from tracker.rules.standing import Standing


@click.command("evidence")
@click.argument("key", metavar="KEY")
@click.argument("files", metavar="FILE", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--link", default="", help="Where the proof can be seen: an https:// address.")
@click.pass_obj
def evidence_command(desk: Desk, key: str, files: tuple[Path, ...], link: str) -> None:
    """Bring FILEs, or a link, that show that the deadline KEY was met as logged."""
    shown = Shown(link=line(link), uploads=[upload_of(path) for path in files])
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        add_evidence(session, desk.actor, deadline.id, shown, files=desk.tracker.files, now=desk.now)
        told = f"{desk.words.gettext(STANDING_NAMES[Standing(deadline.state.value)])}: {name_of(desk, deadline)}"
    click.echo(told)


@click.command("approve")
@click.argument("key", metavar="KEY")
@click.option("--note", default="", help="A note.")
@click.pass_obj
def approve_command(desk: Desk, key: str, note: str) -> None:
    """Accept the proof that the deadline KEY was met."""
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        approve(session, desk.actor, deadline.id, note=prose(note), now=desk.now)
        name = name_of(desk, deadline)
    click.echo(desk.words.gettext("accepted: %(name)s", name=name))


@click.command("reject")
@click.argument("key", metavar="KEY")
@click.option("--reason", default="", help="What is missing.")
@click.pass_obj
def reject_command(desk: Desk, key: str, reason: str) -> None:
    """Reject the proof that the deadline KEY was met: it stands open again."""
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        reject(session, desk.actor, deadline.id, reason=prose(reason), now=desk.now)
        name = name_of(desk, deadline)
    click.echo(desk.words.gettext("rejected: %(name)s", name=name))


@click.command("dispute")
@click.argument("key", metavar="KEY")
@click.option("--reason", default="", help="Who disputes what; with --settled, how it was settled.")
@click.option("--since", type=DAY, metavar="DATE", help="Since when. [default: today]")
@click.option("--settled", is_flag=True, help="Nobody disputes it any more.")
@click.pass_obj
def dispute_command(desk: Desk, key: str, reason: str, since: date | None, settled: bool) -> None:
    """Record that the deadline KEY is disputed; it stays open and reminders go on."""
    with desk.transaction() as session:
        deadline = deadline_by_key(session, desk.actor, key)
        if settled:
            settle_dispute(session, desk.actor, deadline.id, how=prose(reason), now=desk.now)
        else:
            dispute(session, desk.actor, deadline.id, reason=prose(reason), since=since, now=desk.now)
        name = name_of(desk, deadline)
    told = (
        desk.words.gettext("settled: %(name)s", name=name)
        if settled
        else desk.words.gettext("disputed: %(name)s", name=name)
    )
    click.echo(told)
