"""`tracker feed` makes and ends calendar subscriptions; `tracker lint-feed` tells what is wrong with any feed."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from tracker.actions.access import contract_by_number
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feeds import Issued, NewFeed, create_feed, list_feeds, revoke_feed, rotate_feed
from tracker.actions.people import person_at
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.ports.fetch import CannotFetch, fetch
from tracker.records.feeds import Detail, Feed
from tracker.render.lint import lint
from tracker.render.texts import LANGUAGES
from tracker.rules.codes import CODES
from tracker.rules.facts import Side


@click.group("feed")
def feed_group() -> None:
    """Calendar subscriptions."""


@feed_group.command("create")
@click.argument("label")
@click.option("--for", "email", metavar="EMAIL", help="Whose feed it is, when nobody is named by --as.")
@click.option("--mine", is_flag=True, help="Only contracts the person owns or stands in for.")
@click.option("--contract", "numbers", multiple=True, metavar="NUMBER", help="Only this contract; may be repeated.")
@click.option("--kind", "kinds", multiple=True, help="Only contracts of this kind; may be repeated.")
@click.option("--code", "codes", multiple=True, type=click.Choice(list(CODES)), metavar="CODE", help="Only this code.")
@click.option(
    "--side", "sides", multiple=True, type=click.Choice([side.value for side in Side]), help="Only what this side owes."
)
@click.option("--hide-done", is_flag=True, help="Leave out what is done, rather than ticking it.")
@click.option(
    "--detail", type=click.Choice([detail.value for detail in Detail]), default=Detail.FULL.value, show_default=True
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="[default: the person's own]")
@click.option("--publish", is_flag=True, help="Also write it to the folder published/ of the instance.")
@click.option("--json", "as_json", is_flag=True, help="Print id, label and address as JSON.")
@click.pass_obj
def create(desk: Desk, /, label: str, email: str | None, as_json: bool, **asked: Any) -> None:
    """Make a subscription called LABEL and print its address, which is shown only this once."""
    with desk.transaction() as session:
        uids = tuple(contract_by_number(session, desk.actor, number).uid for number in asked.pop("numbers"))
        wanted = _wanted(label, uids, **asked)
        person_id = person_at(session, email, "--for").id if email else None
        if (person_id is None) is desk.actor.is_operator:
            raise click.UsageError("Say whose feed it is: give either --for, or --as before the command.")
        issued = create_feed(session, desk.actor, wanted, now=desk.now, person_id=person_id)
    _tell_address(desk, issued, as_json)


def _wanted(label: str, uids: tuple[str, ...], *, hide_done: bool, mine: bool, **asked: Any) -> NewFeed:
    chosen = {name: asked.pop(name) for name in ("kinds", "codes", "sides")}
    filters = FeedFilter(mine=mine, contracts=uids, done=not hide_done, **chosen)
    detail, language = Detail(asked.pop("detail")), asked.pop("language") or ""
    return NewFeed(label=label, filters=filters, detail=detail, language=language, **asked)


@feed_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """The subscriptions that stand, with when and by what each was last fetched."""
    with desk.tracker.reading() as session:
        rows = [_row(feed) for feed in list_feeds(session, desk.actor)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in table(
        [str(row["id"]), row["label"], row["person"], row["detail"], _fetched(desk, row)] for row in rows
    ):
        click.echo(line)


def _fetched(desk: Desk, row: dict[str, Any]) -> str:
    if not row["hits"]:
        return desk.words.gettext("never fetched")
    return desk.words.gettext(
        "last fetched %(time)s by %(client)s", time=row["last_fetched_at"], client=row["last_agent"]
    )


@feed_group.command("rotate")
@click.argument("feed_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print id, label and address as JSON.")
@click.pass_obj
def rotate(desk: Desk, feed_id: int, as_json: bool) -> None:
    """Give a subscription a new address; the old one ends at once."""
    with desk.transaction() as session:
        issued = rotate_feed(session, desk.actor, feed_id, now=desk.now)
    _tell_address(desk, issued, as_json)


@feed_group.command("revoke")
@click.argument("feed_id", type=int)
@click.pass_obj
def revoke(desk: Desk, feed_id: int) -> None:
    """End a subscription for good."""
    with desk.transaction() as session:
        revoke_feed(session, desk.actor, feed_id, now=desk.now)
    click.echo(desk.words.gettext("Feed %(number)s has ended.", number=feed_id))


@click.command("lint-feed")
@click.argument("source", metavar="FILE|URL")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON: line, code, message.")
def lint_feed(source: str, as_json: bool) -> None:
    """Tell what is wrong with a calendar file (- for standard input) or address; exit with 1 if anything is."""
    findings = lint(_bytes_of(source))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            click.echo(f"{finding.line}: {finding.code}: {finding.message}")
        click.echo(f"{len(findings)} findings", err=True)
    if findings:
        raise click.exceptions.Exit(1)


def _bytes_of(source: str) -> bytes:
    try:
        if "://" in source:
            return fetch(source)
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except (OSError, CannotFetch) as error:
        raise click.ClickException(f"{source} cannot be read: {error}") from None


def _tell_address(desk: Desk, issued: Issued, as_json: bool) -> None:
    address = desk.address(quote(issued.path))
    if as_json:
        click.echo(json.dumps({"id": issued.feed.id, "label": issued.feed.label, "address": address}))
        return
    click.echo(address)
    click.echo(desk.words.gettext("Whoever has this address sees this calendar. It is not shown again."), err=True)
    if address.startswith("/"):
        click.echo(desk.words.gettext("Put the address of the web app before it: no base address is set."), err=True)


def _row(feed: Feed) -> dict[str, Any]:
    fetched = feed.last_fetched_at
    return {
        "id": feed.id,
        "label": feed.label,
        "person": feed.person.email,
        "detail": feed.detail.value,
        "language": feed.language,
        "filters": feed.filters,
        "published_as": feed.published_as,
        "created_at": feed.created_at.isoformat(),
        "last_fetched_at": fetched.isoformat() if fetched else None,
        "last_agent": feed.last_agent,
        "hits": feed.hits,
    }
