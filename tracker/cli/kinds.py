"""`tracker kinds`: the kinds of contract known here; kind files checked, copied, put into use and taken away."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from tracker.actions.kinds import Kinds, check_kind, file_of, known_kinds
from tracker.actions.own_kinds import check_text, name_for, remove_kind, save_kind
from tracker.cli.desk import Desk
from tracker.cli.problems import line_of
from tracker.cli.table import table
from tracker.ports.kind_files import kind_file
from tracker.rules.kind_lines import line_of as line_in
from tracker.rules.problems import Problem

PROBLEMS = 2
"""Exit code."""


@click.command("kinds")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--copy", "copied", metavar="KIND", help="Print the file of a kind.")
@click.option("--save", is_flag=True, help="Put the kinds of FILEs into use here, in place of those with their codes.")
@click.option("--remove", "removed", metavar="KIND", help="Take away a kind of our own that no contract is of.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def kinds_command(
    desk: Desk, files: tuple[Path, ...], copied: str | None, save: bool, removed: str | None, as_json: bool
) -> None:
    """List the kinds of contract known here, or check kind FILEs without using them."""
    if copied is not None:
        _copy(desk, copied)
    elif removed is not None:
        _remove(desk, removed)
    elif save:
        _save(desk, files)
    elif files:
        _end(desk, [(str(path), path, check_kind(path)[1]) for path in files])
    else:
        _list(desk, as_json)


def _copy(desk: Desk, code: str) -> None:
    text = file_of(code)
    if text is None:
        name = _known(desk).files.get(code)
        if name is None:
            raise click.ClickException(desk.words.gettext("There is no kind with that code here."))
        text = kind_file(desk.tracker.settings.own_kinds / name).text
    click.echo(text, nl=False)


def _save(desk: Desk, files: tuple[Path, ...]) -> None:
    """Save what passes the check as a whole: one problem, and nothing is saved."""
    if not files:
        raise click.UsageError(desk.words.gettext("Name the files to save."))
    _end(desk, [(str(path), path, check_kind(path)[1]) for path in files])
    texts = {path: kind_file(path).text for path in files}
    with desk.transaction() as session:
        names = {path: name_for(session, text) for path, text in texts.items()}
        _end(desk, [(str(path), path, check_text(session, texts[path], names[path])[1]) for path in files])
        for path in files:
            kind = save_kind(session, desk.actor, texts[path], now=desk.now, name=names[path])
            click.echo(desk.words.gettext("%(file)s: saved as %(code)s", file=path, code=kind.code))


def _remove(desk: Desk, code: str) -> None:
    name = _known(desk).files.get(code)
    if name is None:
        raise click.ClickException(desk.words.gettext("There is no kind of our own with that code."))
    with desk.transaction() as session:
        remove_kind(session, desk.actor, name, now=desk.now)


def _known(desk: Desk) -> Kinds:
    return known_kinds(desk.tracker.settings.own_kinds)


def _list(desk: Desk, as_json: bool) -> None:
    kinds = _known(desk)
    language = desk.words.language
    if as_json:
        rows = [{"code": code, "name": name} for code, name in kinds.choices(language)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for line in table(kinds.choices(language)):
            click.echo(line)
    folder = desk.tracker.settings.own_kinds
    _end(desk, [(faulty.file, folder / faulty.file, faulty.problems) for faulty in kinds.faulty])


def _end(desk: Desk, checked: Iterable[tuple[str, Path, Iterable[Problem]]]) -> None:
    """Tell every problem by file, with its line; some make the command fail."""
    lines = []
    for name, path, problems in checked:
        text = kind_file(path).text
        lines += [f"{name}: {line_of(one, desk.words, line_in(text, one.place))}" for one in problems]
    for line in lines:
        click.echo(line, err=True)
    if lines:
        raise click.exceptions.Exit(PROBLEMS)
