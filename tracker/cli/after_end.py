"""`tracker after-end`."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click

from tracker.actions.access import contract_by_number
from tracker.actions.after_end import Item, Plan, plan_of
from tracker.actions.shelf import open_contract
from tracker.cli.deadlines import STANDING_NAMES
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.ports.clock import day_in
from tracker.render.closing import free_line, obstacle_line
from tracker.render.names import code_name, deadline_name, side_name
from tracker.render.texts import Texts
from tracker.rules.deadlines import Certainty


@click.command("after-end")
@click.argument("number", metavar="CONTRACT")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON; the keys stand in docs/cli.md.")
@click.pass_obj
def after_end_command(desk: Desk, number: str, as_json: bool) -> None:
    """Show what survives the end of CONTRACT (its number), how far it is done, and what hinders closing it."""
    with desk.tracker.reading() as session:
        contract = open_contract(session, desk.actor, contract_by_number(session, desk.actor, number).id)
        plan = plan_of(session, contract, day_in(contract.zone, desk.now))
        if as_json:
            click.echo(json.dumps(_report(plan), ensure_ascii=False, indent=1))
            return
        for line in _lines(plan, desk.words):
            click.echo(line)


def _lines(plan: Plan, words: Texts) -> Iterator[str]:
    yield _end(plan, words)
    yield words.gettext("%(done)s of %(total)s settled", done=plan.done, total=len(plan.items))
    yield from table(_cells(item, words) for item in plan.items)
    if plan.left_over:
        yield f"{words.gettext('Still open from before the end')}:"
        yield from table(_cells(item, words) for item in plan.left_over)
    for clause in plan.endless:
        name = clause.body.get("title") or code_name(clause.body["code"], words)
        yield f"{words.gettext('Goes on for ever')}: {name}"
    for obstacle, number in plan.obstacles.items():
        yield obstacle_line(obstacle, number, words)
    if not plan.obstacles:
        yield free_line(plan.certificate, words)


def _end(plan: Plan, words: Texts) -> str:
    if plan.ended is None:
        return words.gettext("No end is known.")
    doubt = {Certainty.UNCONFIRMED: words.gettext("unconfirmed"), Certainty.PROJECTED: words.gettext("projected")}
    ended = words.gettext("Ended") if plan.ended.certainty is Certainty.CONFIRMED else words.gettext("Ends")
    told = [ended, plan.ended.day.isoformat(), *(text for kind, text in doubt.items() if kind is plan.ended.certainty)]
    return " ".join(told)


def _cells(item: Item, words: Texts) -> list[str]:
    row = item.deadline
    done = item.completion.done_on.isoformat() if item.completion else ""
    return [
        _iso(row.action_day) or "-",
        deadline_name(row.code, row.title, words),
        side_name(row.side, words),
        row.answers.name if row.answers else "-",
        " ".join(part for part in (words.gettext(STANDING_NAMES[item.stands]), done) if part),
        row.public_key,
    ]


def _report(plan: Plan) -> dict[str, Any]:
    return {
        "contract": plan.contract.number,
        "title": plan.contract.title,
        "today": plan.today.isoformat(),
        "ended": _iso(plan.ended.day) if plan.ended else None,
        "certainty": plan.ended.certainty.value if plan.ended else None,
        "how": plan.fact.how if plan.fact else "",
        "done": plan.done,
        "total": len(plan.items),
        "overdue": plan.overdue,
        "runs_until": _iso(plan.runs_until),
        "certificate": plan.certificate.value,
        "obstacles": {obstacle.value: number for obstacle, number in plan.obstacles.items()},
        "items": _rows(plan.items),
        "left_over": _rows(plan.left_over),
        "endless": [{"clause": clause.key, "code": clause.body["code"]} for clause in plan.endless],
    }


def _rows(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [_row(item) for item in items]


def _row(item: Item) -> dict[str, Any]:
    row, completion = item.deadline, item.completion
    return {
        "key": row.public_key,
        "code": row.code,
        "title": row.title,
        "subject": row.subject,
        "side": row.side.value,
        "owner": row.answers.email if row.answers else None,
        "legal": _iso(row.legal),
        "act_by": _iso(row.act_by),
        "target": _iso(row.target),
        "state": item.stands.value,
        "settled": item.is_settled,
        "reason": row.reason,
        "done_on": _iso(completion.done_on) if completion else None,
        "done_by": completion.by.email if completion and completion.by else None,
        "recorded_at": completion.recorded_at.isoformat() if completion else None,
        "note": completion.note if completion else "",
        "link": completion.link if completion else "",
        "evidence": [{"name": proof.name, "sha256": proof.sha256} for proof in completion.evidence]
        if completion
        else [],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
