"""`tracker kinds`: the kinds of contract known here, a check of a kind file, and a copy to begin with."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from tracker.actions.kinds import check_kind, file_of, known_kinds
from tracker.cli.desk import Desk
from tracker.cli.problems import lines_of
from tracker.cli.table import table
from tracker.rules.problems import Problem

PROBLEMS = 2
"""Exit code."""


@click.command("kinds")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--copy", "code", metavar="KIND", help="Print the file of a kind that came with the product.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def kinds_command(desk: Desk, files: tuple[Path, ...], code: str | None, as_json: bool) -> None:
    """List the kinds of contract known here, or check kind FILEs without using them."""
    if code is not None:
        _copy(desk, code)
    elif files:
        _end(desk, [(str(path), check_kind(path)[1]) for path in files])
    else:
        _list(desk, as_json)


def _copy(desk: Desk, code: str) -> None:
    text = file_of(code)
    if text is None:
        raise click.ClickException(desk.words.gettext("No kind of that name came with the product."))
    click.echo(text, nl=False)


def _list(desk: Desk, as_json: bool) -> None:
    kinds = known_kinds(desk.tracker.settings.own_kinds)
    language = desk.words.language
    if as_json:
        rows = [{"code": code, "name": name} for code, name in kinds.choices(language)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for line in table(kinds.choices(language)):
            click.echo(line)
    _end(desk, [(faulty.file, faulty.problems) for faulty in kinds.faulty])


def _end(desk: Desk, checked: Iterable[tuple[str, tuple[Problem, ...]]]) -> None:
    """Tell every problem by file; some make the command fail."""
    lines = [f"{name}: {line}" for name, problems in checked for line in lines_of(problems, desk.words)]
    for line in lines:
        click.echo(line, err=True)
    if lines:
        raise click.exceptions.Exit(PROBLEMS)
