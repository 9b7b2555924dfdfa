"""`tracker bounce`."""

import click

from tracker.actions.bounces import take_in
from tracker.cli.desk import Desk
from tracker.ports.bounces import LARGEST


@click.command("bounce")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, allow_dash=True))
@click.pass_obj
def bounce_command(desk: Desk, files: tuple[str, ...]) -> None:
    """Take in the mails of FILEs (- for standard input) that report of letters which came back.

    For each one word: refused, given_up, delayed, known (taken in before), or foreign (no report of one of ours).
    """
    for name in files:
        with click.open_file(name, "rb") as file:
            mail = file.read(LARGEST)
        with desk.transaction() as session:
            taken = take_in(session, desk.actor, mail, now=desk.now)
        click.echo(f"{name}: {taken}")
