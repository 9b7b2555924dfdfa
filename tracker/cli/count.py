"""`tracker count`: the date calculator, and the proof that anybody can run."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TextIO

import click

from tracker.cli.desk import Desk
from tracker.render.explain import full_list, sentence
from tracker.render.texts import LANGUAGES, texts
from tracker.rules.batch import run_batch
from tracker.rules.calendars import NONE
from tracker.rules.conventions import Direction, MonthRule, Roll
from tracker.rules.counting import Counted, FirstDay, Nature
from tracker.rules.dates import read_date
from tracker.rules.hours import count_hours
from tracker.rules.law import OWN_DAYS
from tracker.rules.periods import Period, Unit
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS
from tracker.rules.question import Overrides, Question

_DAY = click.DateTime(["%Y-%m-%d"])


def _one_of(values: type[Direction | FirstDay | MonthRule | Nature | Roll]) -> click.Choice[str]:
    return click.Choice([value.value for value in values])


@click.command("count")
@click.argument("period", required=False)
@click.option("--after", metavar="DAY", help="Count on from this day (or instant, for hours).")
@click.option("--before", metavar="DAY", help="Count back from this day (or instant, for hours).")
@click.option("--rules", type=click.Choice(list(PRESETS)), default="plain", help="Whose rules of counting.")
@click.option("--calendar", "place", metavar="PLACE", help="Working days of CN, GB-ENG, CN+HK, NONE … [by the rules]")
@click.option("--off", multiple=True, type=_DAY, metavar="DAY", help="One more day off; may be repeated.")
@click.option("--on", multiple=True, type=_DAY, metavar="DAY", help="A day that is worked after all; may be repeated.")
@click.option("--nature", type=_one_of(Nature), default=Nature.BY.value, help="What the date is.", show_default=True)
@click.option("--first-day", type=_one_of(FirstDay), help="Does the day of the event count? [by the rules]")
@click.option("--clear-days/--no-clear-days", default=None, help="Clear days: one more. [by the rules]")
@click.option("--month-rule", type=_one_of(MonthRule), help="Where months end. [by the rules]")
@click.option("--skip-off-days-up-to", type=click.IntRange(0), help="Short periods skip days off. [by the rules]")
@click.option("--min-working-days", type=click.IntRange(0), help="Least working days in a period. [by the rules]")
@click.option("--solve-latest/--subtract", default=None, help="How months count back. [by the rules]")
@click.option("--roll", type=_one_of(Roll), help="Where a last day that is off moves. [by the rules]")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="[as `tracker --lang`]")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option(
    "--batch", type=click.File(encoding="utf-8-sig"), help="Count all cases of a JSON file (- for standard input)."
)
@click.pass_context
def count_command(
    context: click.Context,
    /,
    period: str | None,
    batch: TextIO | None,
    language: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Count a PERIOD such as "30 days", "5 working days" or "3个月" after or before a day, and explain it."""
    if batch is not None:
        click.echo(json.dumps(_batch(batch), indent=1))
        return
    if period is None or (options["after"] is None) is (options["before"] is None):
        raise click.UsageError("Give a period, and either --after or --before with a day.")
    try:
        desk = context.ensure_object(Desk)
        _count(desk, Period.parse(period), language or desk.words.language, as_json, options)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _batch(file: TextIO) -> dict[str, str | None]:
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"This is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise click.ClickException('Write an object with "calendars" and "cases".')
    return run_batch(data)


def _count(desk: Desk, period: Period, language: str, as_json: bool, options: Mapping[str, Any]) -> None:
    direction = Direction.AFTER if options["after"] is not None else Direction.BEFORE
    trigger: str = options["after"] if options["after"] is not None else options["before"]
    if period.unit is Unit.HOUR and period.n is not None and "T" in trigger:
        click.echo(count_hours(datetime.fromisoformat(trigger), period.n, direction).isoformat())
        return
    question = Question(
        trigger=read_date(trigger),
        period=period,
        direction=direction,
        preset=PRESETS[options["rules"]],
        nature=Nature(options["nature"]),
        first_day=FirstDay(options["first_day"]) if options["first_day"] else None,
        overrides=_overrides(options),
        off=tuple(day.date() for day in options["off"]),
        on=tuple(day.date() for day in options["on"]),
    )
    place = question.place(options["place"])
    if period.unit is Unit.WORKING_DAY and place == NONE.name and not options["place"]:
        raise click.UsageError("Say whose working days: --calendar CN …, or --calendar NONE where every day is one.")
    counted = _answer(desk, question, place)
    click.echo(_as_json(counted, language) if as_json else _as_text(counted, language))


def _overrides(options: Mapping[str, Any]) -> Overrides:
    return Overrides(
        clear_days=options["clear_days"],
        month_rule=MonthRule(options["month_rule"]) if options["month_rule"] else None,
        skip_off_days_up_to=options["skip_off_days_up_to"],
        min_working_days=options["min_working_days"],
        solve_latest=options["solve_latest"],
        roll=Roll(options["roll"]) if options["roll"] else None,
    )


def _answer(desk: Desk, question: Question, place: str) -> Counted:
    """On the days everybody knows; where those do not reach, also on what was entered in this instance."""
    if not place.endswith(OWN_DAYS):
        counted = question.answer(working_calendar(place))
        if not counted.provisional or not desk.has_instance:
            return counted
    from tracker.actions.calendars import calendar_for

    with desk.tracker.reading() as session:
        return question.answer(calendar_for(session, place))


def _as_json(counted: Counted, language: str) -> str:
    explained = {"sentence": sentence(counted, texts(language)), "explanation": full_list(counted, texts(language))}
    return json.dumps(counted.to_data() | explained, ensure_ascii=False, indent=1)


def _as_text(counted: Counted, language: str) -> str:
    lines = full_list(counted, texts(language))
    said = sentence(counted, texts(language))
    return "\n".join([said] + [f"- {line}" for line in lines if line != said])
