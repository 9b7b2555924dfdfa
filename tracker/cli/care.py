"""`tracker backup`, `restore` and `migrate`."""

import json
from pathlib import Path

import click

from tracker.actions.backups import Place, back_up, restore
from tracker.actions.errors import Forbidden
from tracker.cli.desk import Desk

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("target", type=FILE, metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print what the backup holds as JSON.")
@click.pass_obj
def backup_command(desk: Desk, target: Path, as_json: bool) -> None:
    """Write everything there is (database, documents, evidence, generated key) to a new private FILE.

    Nobody is stopped by it.
    """
    _must_be_operator(desk)
    manifest = back_up(_place(desk), target, now=desk.now)
    if as_json:
        click.echo(json.dumps(manifest, indent=1))
        return
    click.echo(desk.words.gettext("%(name)s: %(number)s files", name=target, number=len(manifest["files"])))


@click.command("restore")
@click.argument("source", type=FILE, metavar="FILE")
@click.option("--force", is_flag=True, help="Replace what is here, which is lost.")
@click.pass_obj
def restore_command(desk: Desk, source: Path, force: bool) -> None:
    """Bring back the backup FILE into an empty instance. Letters are held until `tracker outbox --release`."""
    _must_be_operator(desk)
    manifest = restore(_place(desk), source, now=desk.now, force=force)
    click.echo(desk.words.gettext("Restored as of %(instant)s.", instant=manifest["made_at"]))
    click.echo(desk.words.gettext("No letter leaves until you give: tracker outbox --release"), err=True)


@click.command("migrate")
@click.pass_obj
def migrate_command(desk: Desk) -> None:
    """Bring the database to the newest shape."""
    _must_be_operator(desk)
    desk.tracker.migrate()


def _must_be_operator(desk: Desk) -> None:
    if not desk.actor.is_operator:
        raise Forbidden


def _place(desk: Desk) -> Place:
    return Place(desk.tracker.database, desk.tracker.files, desk.tracker.settings.instance)
