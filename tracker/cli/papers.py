"""`tracker papers`: documents on file and missing ones, and putting one on file."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from tracker.actions.access import contract_by_number
from tracker.actions.errors import Refused
from tracker.actions.paper_lists import missing_papers, papers_on_file, settled_by
from tracker.actions.papers import Filed, add_version, put_on_file
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.files import upload_of
from tracker.cli.table import table
from tracker.ports.clock import day_in
from tracker.records.contracts import Paper
from tracker.records.deadlines import Deadline
from tracker.render.names import deadline_name
from tracker.render.paper_names import paper_name, paper_title
from tracker.rules.papers import PaperKind
from tracker.rules.problems import N_, Problem
from tracker.rules.section import line, prose


@click.group("papers")
def papers_group() -> None:
    """Documents of contracts, by kind."""


@papers_group.command("list")
@click.argument("number", metavar="[CONTRACT]", default="")
@click.option("--missing", is_flag=True, help="What contracts require and nobody has put on file.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(desk: Desk, number: str, missing: bool, as_json: bool) -> None:
    """List the documents on file, of CONTRACT or of all."""
    with desk.tracker.reading() as session:
        if missing:
            lacking = missing_papers(session, desk.actor, number=number, limit=None).rows
            data, lines = [_lacking(one) for one in lacking], [_lacking_cells(desk, one) for one in lacking]
        else:
            papers = papers_on_file(session, desk.actor, number)
            data, lines = [_row(paper) for paper in papers], [_cells(desk, paper) for paper in papers]
    _print(data, lines, as_json)


@papers_group.command("add")
@click.argument("number", metavar="CONTRACT")
@click.argument("path", metavar="[FILE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([kind.value for kind in PaperKind]), metavar="KIND", help="Kind of document.")
@click.option("--on", "day", type=DAY, metavar="DATE", help="The day it came on file. [default: today]")
@click.option("--title", default="", help="What to call it, where its kind does not say it all.")
@click.option("--fact", default="", metavar="KEY", help="The fact that it shows.")
@click.option("--note", default="", help="A note; without FILE it says where the document lies.")
@click.option("--new-version-of", "key", metavar="KEY", help="Put FILE on file as a newer version of this document.")
@click.pass_obj
def add_command(
    desk: Desk,
    number: str,
    path: Path | None,
    kind: str | None,
    day: date | None,
    title: str,
    fact: str,
    note: str,
    key: str | None,
) -> None:
    """Put FILE on file as a document of CONTRACT (its number)."""
    if key is not None:
        _add_version(desk, number, key, path)
        return
    if kind is None:
        raise click.UsageError("Say which --kind of document it is: " + ", ".join(PaperKind))
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        on = day or day_in(contract.zone, desk.now)
        filed = Filed(kind=PaperKind(kind), day=on, title=line(title), fact=line(fact), note=prose(note))
        upload, files = (upload_of(path) if path else None), desk.tracker.files
        paper, _changes = put_on_file(session, desk.actor, contract.id, filed, upload, files=files, now=desk.now)
        settled = settled_by(session, paper)
        told = [paper.key, *(f"{contract.number} {_settles(desk, one)}" for one in settled)]
    for one in told:
        click.echo(one)


def _add_version(desk: Desk, number: str, key: str, path: Path | None) -> None:
    if path is None:
        raise Refused([Problem("FILE", N_("This is needed."))])
    with desk.transaction() as session:
        found = contract_by_number(session, desk.actor, number).id
        upload, files = upload_of(path), desk.tracker.files
        version = add_version(session, desk.actor, found, key, upload, files=files, now=desk.now)
        told = desk.words.gettext("version %(number)s", number=version.number)
    click.echo(f"{key}: {told}")


def _settles(desk: Desk, deadline: Deadline) -> str:
    name = deadline_name(deadline.code, deadline.title, desk.words)
    return desk.words.gettext("settled: %(name)s", name=name)


def _print(data: list[dict[str, Any]], lines: Iterable[list[str]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for one in table(lines):
        click.echo(one)


def _row(paper: Paper) -> dict[str, Any]:
    return {
        "contract": paper.contract.number,
        "key": paper.key,
        "kind": paper.kind.value,
        "day": paper.day.isoformat(),
        "title": paper.title,
        "fact": paper.fact_key,
        "note": paper.note,
        "versions": [
            {"number": one.number, "name": one.name, "size": one.size, "sha256": one.sha256} for one in paper.versions
        ],
    }


def _cells(desk: Desk, paper: Paper) -> list[str]:
    where = paper.versions[-1].name if paper.versions else paper.note.partition("\n")[0]
    title = paper_title(paper.kind, paper.title, desk.words)
    return [paper.contract.number, paper.day.isoformat(), title, where, paper.key]


def _lacking(deadline: Deadline) -> dict[str, Any]:
    return {
        "contract": deadline.contract.number,
        "key": deadline.public_key,
        "kind": deadline.paper_kind,
        "act_by": deadline.action_day.isoformat() if deadline.action_day else None,
        "subject": deadline.subject,
    }


def _lacking_cells(desk: Desk, deadline: Deadline) -> list[str]:
    kind = paper_name(PaperKind(deadline.paper_kind), desk.words)
    day = deadline.action_day.isoformat() if deadline.action_day else "-"
    return [deadline.contract.number, day, kind, deadline.subject, deadline.public_key]
