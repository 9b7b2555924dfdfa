"""`tracker import` and `tracker export`."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from tracker.actions.access import contracts_for
from tracker.actions.bundles import Form, export_contract, import_file, keep_files
from tracker.actions.contracts import Kept
from tracker.actions.errors import Odd, Refused
from tracker.actions.family import parents_first
from tracker.actions.what_if import Line, WhatIf, compare, snapshot
from tracker.cli.desk import Desk
from tracker.cli.problems import line_of, said
from tracker.ports.contract_files import LARGEST_BUNDLE, ContractFile, read_contract_file
from tracker.ports.plain_yaml import Unreadable
from tracker.ports.secret_file import write_private
from tracker.records.contracts import Contract
from tracker.render.changes import change_lines
from tracker.rules.problems import N_, Problem

PROBLEMS = 2
"""Exit code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem of one file, and whether it is only odd."""

    file: str
    problem: Problem
    line: int | None
    is_odd: bool = False


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Check the files and show what would change; save nothing.")
@click.option("--yes", is_flag=True, help="Save also what is lawful but odd.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed, or the problems, as JSON.")
@click.pass_obj
def import_command(desk: Desk, files: tuple[str, ...], dry_run: bool, yes: bool, as_json: bool) -> None:
    """Record the contracts of YAML, JSON or .zip FILEs (- for standard input), or bring them up to date.

    All files are saved, or none: a problem in one is told with its place, and nothing changes.
    """
    read, faults = _read_all(files)
    kept, changes, more = _save(desk, read, yes, dry_run or bool(faults))
    faults += more
    if faults:
        _tell_faults(desk, faults, as_json)
        raise click.exceptions.Exit(PROBLEMS)
    _tell_kept(desk, kept, as_json, changes if dry_run else None)


def _read_all(names: tuple[str, ...]) -> tuple[dict[str, ContractFile], list[Fault]]:
    read, faults = {}, []
    for name in names:
        try:
            read[name] = read_contract_file(_bytes_of(name))
        except Unreadable as error:
            faults += [Fault(name, problem, line) for problem, line in error.problems]
    return read, faults


def _bytes_of(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST_BUNDLE + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST_BUNDLE + 1)
    except OSError as error:
        problem = Problem("", N_("The file cannot be read: %(reason)s."), {"reason": error.strerror})
        raise Unreadable((problem, None)) from None


def _save(
    desk: Desk, read: dict[str, ContractFile], yes: bool, dry_run: bool
) -> tuple[list[Kept], list[WhatIf], list[Fault]]:
    """Import every file, each in turn; everything is undone when one has a fault, or nothing is to be saved."""
    kept: list[Kept] = []
    changes: list[WhatIf] = []
    faults: list[Fault] = []
    with desk.transaction() as session:
        for name in parents_first({name: file.document for name, file in read.items()}):
            file = read[name]
            try:
                with session.begin_nested():
                    before = _standing(session, desk, file)
                    kept.append(import_file(session, desk.actor, file, now=desk.now, confirmed=yes))
                    session.flush()
                    contract = kept[-1].contract
                    clauses = {clause.key for clause in contract.clauses}
                    changes.append(compare(before, snapshot(session, contract), clauses))
            except Refused as error:
                odd = isinstance(error, Odd)
                faults += [Fault(name, one, file.line_of(one.place), odd) for one in error.problems]
        if faults or dry_run:
            session.expunge_all()  # undoing would empty the contracts that are still to be told of
            session.rollback()
        else:
            for file in read.values():
                keep_files(file, desk.tracker.files)
    return kept, changes, faults


def _standing(session: Session, desk: Desk, file: ContractFile) -> Mapping[str, Line]:
    """The deadlines of the contract that a file is about, as they stand before it."""
    number = str(file.document.get("number", "")) if isinstance(file.document, Mapping) else ""
    found = session.scalar(contracts_for(desk.actor).where(Contract.number == number))
    return {} if found is None else snapshot(session, found)


def _tell_faults(desk: Desk, faults: list[Fault], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "file": fault.file,
                "place": fault.problem.place,
                "line": fault.line,
                "text": said(fault.problem, desk.words),
                "odd": fault.is_odd,
            }
            for fault in faults
        ]
        click.echo(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))
        return
    for fault in faults:
        click.echo(f"{fault.file}: {line_of(fault.problem, desk.words, fault.line)}", err=True)
    if all(fault.is_odd for fault in faults):
        click.echo(desk.words.gettext("If this is what you mean, give --yes as well."), err=True)
    click.echo(desk.words.gettext("Nothing was saved."), err=True)


def _tell_kept(desk: Desk, kept: list[Kept], as_json: bool, changes: list[WhatIf] | None) -> None:
    """What was saved; `changes`, of a dry run, what it would do to each deadline."""
    if as_json:
        rows = [_row(one) for one in kept]
        for row, found in zip(rows, changes or (), strict=False):
            row["changes"] = list(change_lines(found, desk.words))
        click.echo(json.dumps({"contracts": rows}, ensure_ascii=False, indent=1))
        return
    for position, one in enumerate(kept):
        click.echo(f"{one.contract.number}: {_summary(desk, one)}")
        for told in change_lines(changes[position], desk.words) if changes else ():
            click.echo(f"  {told}")
    if changes is not None:
        click.echo(desk.words.gettext("Nothing was saved."))


def _summary(desk: Desk, kept: Kept) -> str:
    words, changes = desk.words, kept.deadlines
    if not kept.changed:
        return words.gettext("unchanged")
    what = words.gettext("new") if kept.is_new else words.gettext("changed")
    appeared, moved, vanished = len(changes.appeared), len(changes.moved), len(changes.vanished)
    text = words.gettext("deadlines: %(new)s new, %(moved)s moved, %(gone)s gone")
    return f"{what}; " + text % {"new": appeared, "moved": moved, "gone": vanished}


def _row(kept: Kept) -> dict[str, Any]:
    return {
        "contract": kept.contract.number,
        "id": kept.contract.uid,
        "new": kept.is_new,
        "changed": kept.changed,
        "appeared": kept.deadlines.appeared,
        "moved": sorted(kept.deadlines.moved),
        "vanished": sorted(kept.deadlines.vanished),
    }


@click.command("export")
@click.argument("number")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), help="[default: by the contract]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write (mode 0600).")
@click.pass_obj
def export_command(desk: Desk, number: str, form: str | None, output: Path | None) -> None:
    """Write the contract NUMBER as YAML, or as a .zip bundle where it has files, to standard output or a file."""
    chosen = Form(form) if form else None
    with desk.tracker.reading() as session:
        exported = export_contract(session, desk.actor, number, chosen, files=desk.tracker.files, now=desk.now)
    if output is None:
        if exported.name.endswith(f".{Form.ZIP}") and sys.stdout.isatty():
            raise click.UsageError("A bundle is not for the screen: give -o FILE.")
        click.echo(exported.data, nl=False)
        return
    write_private(output, exported.data)
    click.echo(str(output), err=True)
