"""`tracker amendments` and `tracker as-of`: dated changes of the terms, and a contract as it stood on a day."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from tracker.actions.access import contract_by_number
from tracker.actions.amendments import (
    Supplement,
    amend_by,
    amendment_in,
    document_amended,
    document_without,
    new_amendment_key,
    withdraw_amendment,
)
from tracker.actions.as_of import AsOf, Stood, as_of
from tracker.actions.contracts import preview
from tracker.actions.errors import Refused
from tracker.actions.what_if import against_rows
from tracker.cli.arguments import DAY
from tracker.cli.deadlines import STANDING_NAMES
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.ports.clock import day_in
from tracker.ports.contract_files import read_contract_file
from tracker.records.contracts import Amendment, Contract
from tracker.render.changes import change_lines
from tracker.render.names import deadline_name
from tracker.render.terms import term_lines
from tracker.rules.problems import N_, Problem
from tracker.rules.section import handle, line, prose

APART = ("amendments", "completions", "papers", "marks")
"""Sections of a file that say nothing of the terms."""
_YES = click.option("--yes", is_flag=True, help="Save it although it looks odd.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show which deadlines would appear, move or go; save nothing.")


@click.group("amendments")
def amendments_group() -> None:
    """Dated changes of the terms. What began before one stays under the old terms."""


@amendments_group.command("list")
@click.argument("number", metavar="CONTRACT")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with the terms before each.")
@click.pass_obj
def list_command(desk: Desk, number: str, as_json: bool) -> None:
    """List the amendments of CONTRACT by the days from which they hold."""
    with desk.tracker.reading() as session:
        rows = contract_by_number(session, desk.actor, number).amendments
        data, cells = [_row(row) for row in rows], [_cells(row) for row in rows]
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for one in table(iter(cells)):
        click.echo(one)


@amendments_group.command("record")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="What it is called.")
@click.option("--signed", type=DAY, required=True, metavar="DATE", help="The day it was signed.")
@click.option("--effective", type=DAY, metavar="DATE", help="The first day of the new terms. [default: when signed]")
@click.option("--paper", default="", metavar="KEY", help="The document on file that makes the change.")
@click.option("--note", default="", help="A note.")
@click.option("--as-fact", is_flag=True, help="Record as a fact as well that a change was signed.")
@_DRY_RUN
@_YES
@click.pass_obj
def record_command(
    desk: Desk,
    path: Path,
    title: str,
    signed: date,
    effective: date | None,
    paper: str,
    note: str,
    as_fact: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Amend a contract: FILE says what is agreed from the day of effect on, as a contract file does."""
    supplement = Supplement(
        title=line(title),
        signed=signed,
        effective=effective or signed,
        paper=handle(80)(paper) if paper else "",
        note=prose(note),
    )
    document = _terms_in(path)
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, str(document.get("number", "")))
        whole = document_amended(contract, document, new_amendment_key(session, contract), supplement)
        told = list(_changes(desk, session, contract, whole))
        if not dry_run:
            how: dict[str, Any] = {"now": desk.now, "confirmed": yes, "as_fact": as_fact}
            amend_by(session, desk.actor, contract.id, document, supplement, **how)
    _tell(desk, told, dry_run)


@amendments_group.command("withdraw")
@click.argument("number", metavar="CONTRACT")
@click.argument("key", metavar="AMENDMENT")
@_DRY_RUN
@_YES
@click.pass_obj
def withdraw_command(desk: Desk, number: str, key: str, dry_run: bool, yes: bool) -> None:
    """Take back AMENDMENT (its key) of CONTRACT, which was never agreed; the history keeps it."""
    with desk.transaction() as session:
        contract = contract_by_number(session, desk.actor, number)
        amendment_in(contract, key)
        told = list(_changes(desk, session, contract, document_without(contract, key)))
        if not dry_run:
            withdraw_amendment(session, desk.actor, contract.id, key, now=desk.now, confirmed=yes)
    _tell(desk, told, dry_run)


@click.command("as-of")
@click.argument("number", metavar="CONTRACT")
@click.argument("day", type=DAY, metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def as_of_command(desk: Desk, number: str, day: date, as_json: bool) -> None:
    """Show CONTRACT as it stood on DATE: the terms in force, and how each deadline stood."""
    if day > desk.today:
        raise Refused([Problem("DATE", N_("This day is still to come."))])
    with desk.tracker.reading() as session:
        found = as_of(session, desk.actor, contract_by_number(session, desk.actor, number).id, day)
        data, lines = _as_data(found, desk), list(_as_lines(found, desk))
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for one in lines:
        click.echo(one)


# ------------------------------------------------------------------------- telling


def _terms_in(path: Path) -> Mapping[str, Any]:
    document = read_contract_file(path.read_bytes()).document
    if not isinstance(document, Mapping):
        raise Refused([Problem("document", N_("Write this as named fields."))])
    return {name: value for name, value in document.items() if name not in APART}


def _changes(desk: Desk, session: Session, contract: Contract, whole: Mapping[str, Any]) -> Iterable[str]:
    computed, _odd = preview(session, whole, day_in(contract.zone, desk.now))
    return change_lines(against_rows(session, contract, computed, whole), desk.words)


def _tell(desk: Desk, told: Iterable[str], dry_run: bool) -> None:
    for one in told:
        click.echo(one)
    if dry_run:
        click.echo(desk.words.gettext("Nothing was saved."))


def _row(row: Amendment) -> dict[str, Any]:
    return {
        "key": row.key,
        "title": row.title,
        "signed": row.signed.isoformat(),
        "effective": row.effective.isoformat(),
        "paper": row.paper_key,
        "note": row.note,
        "before": row.before,
    }


def _cells(row: Amendment) -> list[str]:
    return [row.effective.isoformat(), row.title, row.signed.isoformat(), row.key]


def _as_data(found: AsOf, desk: Desk) -> dict[str, Any]:
    return {
        "contract": found.contract.number,
        "day": found.day.isoformat(),
        "title": found.title,
        "parties": [{"role": party.role, "name": party.name} for party in found.parties],
        "terms": [{"name": name, "reference": place, "words": words} for name, place, words in _terms(found, desk)],
        "amendments": [row.key for row in found.amendments],
        "facts": [{"key": fact.key, "kind": fact.kind.value, "day": fact.day.isoformat()} for fact in found.facts],
        "deadlines": [_stood(one) for one in found.deadlines],
    }


def _stood(one: Stood) -> dict[str, Any]:
    return {
        "key": one.key,
        "legal": one.legal.isoformat() if one.legal else None,
        "day": one.day.isoformat() if one.day else None,
        "state": one.standing.value,
        "done_on": one.done_on.isoformat() if one.done_on else None,
    }


def _terms(found: AsOf, desk: Desk) -> list[tuple[str, str, str]]:
    lines = term_lines(found.terms.effect, found.terms.clauses, desk.words)
    return [(one.name, one.reference, one.words) for one in lines]


def _as_lines(found: AsOf, desk: Desk) -> Iterable[str]:
    words = desk.words
    yield f"{found.contract.number} {found.title}: " + words.gettext("as it stood on %(day)s", day=found.day)
    yield from (f"  {name}: {told}" for name, _place, told in _terms(found, desk))
    rows = (
        [
            one.day.isoformat() if one.day else "-",
            words.gettext(STANDING_NAMES[one.standing]),
            deadline_name(one.code, one.title, words),
            one.key,
        ]
        for one in found.deadlines
    )
    yield from table(rows)
