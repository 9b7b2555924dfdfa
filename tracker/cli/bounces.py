"""`tracker bounce`."""

from typing import BinaryIO

import click

from tracker.actions.bounces import take_in
from tracker.cli.desk import Desk
from tracker.ports.bounces import LARGEST


@click.command("bounce")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.File("rb"))
@click.pass_obj
def bounce_command(desk: Desk, files: tuple[BinaryIO, ...]) -> None:
    """Take in the mails of FILEs (- for standard input) that report of letters which came back.

    For each one word: refused, given_up, delayed, known before, or foreign.
    """
    for file in files:
        with desk.transaction() as session:
            taken = take_in(session, desk.actor, file.read(LARGEST), now=desk.now)
        click.echo(f"{file.name}: {taken}")
