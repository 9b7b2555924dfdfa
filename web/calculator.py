"""The date calculator: any period, counted and explained, with what else it might be. Nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, render_template, request

from tracker.actions.calendars import calendar_for
from tracker.render.days_off import why_off
from tracker.render.explain import full_list, reading_words, sentence, step_lines
from tracker.rules import section
from tracker.rules.calendars import DayOff, Reason, WorkingCalendar
from tracker.rules.conventions import Direction, MonthRule, Roll
from tracker.rules.counting import CannotCount, Counted, FirstDay, Nature, Refusal
from tracker.rules.dates import read_date
from tracker.rules.hours import count_hours
from tracker.rules.law import place_name
from tracker.rules.periods import Period, Unit
from tracker.rules.presets import PRESETS
from tracker.rules.problems import N_, Problem
from tracker.rules.question import Overrides, Question
from web import calculator_choices as choices
from web.context import _, today, tracker, words, zone
from web.forms import Form

screen = Blueprint("calculator", __name__, url_prefix="/calculator")
_REFUSED = {
    Refusal.UNSPECIFIED: N_("No number is given, so no day can be known."),
    Refusal.NEVER_OPEN: N_("This calendar has no working day in reach."),
    Refusal.OUT_OF_RANGE: N_("This period ends beyond the years 1 to 9999."),
}
_LABELS = {
    "day": N_("Day of the event"),
    "period": N_("Period"),
    "calendar": N_("Working days of"),
    "off": N_("Days off besides"),
    "on": N_("Days worked after all"),
}
"""Names of the fields that can be wrong."""
_MORE = (
    "first_day",
    "clear_days",
    "month_rule",
    "solve_latest",
    "roll",
    "skip_off_days_up_to",
    "min_working_days",
    "off",
    "on",
)
"""Fields that are folded away until one of them is used."""
DEFAULTS = {"direction": "after", "rules": "prc-civil-code", "nature": "by"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to, on which calendar, and beside what."""

    counted: Counted
    calendar: WorkingCalendar
    others: tuple[tuple[str, Counted], ...]
    """The same under other presets, by their names."""

    @property
    def sentence(self) -> str:
        return sentence(self.counted, words())

    @property
    def steps(self) -> tuple[str, ...]:
        return full_list(self.counted, words())

    @property
    def skipped(self) -> list[tuple[date, str, bool]]:
        """Every day that was left out or moved away from: the day, why, and whether it is a holiday."""
        steps = (*self.counted.steps, *self.counted.safe_steps)
        days = {off.day: off for step in steps for off in step.skipped}
        return [_skipped(days[day]) for day in sorted(days)]

    @property
    def readings(self) -> list[tuple[str, date, tuple[str, ...]]]:
        """Each reading in words, its day and its steps; the legal one first."""
        found = self.counted.readings
        return [(reading_words(one.name, words()), one.day, step_lines(one.steps, words())) for one in found]

    @property
    def beside(self) -> list[tuple[str, Counted, str]]:
        """The other presets: name, result, and the result in a sentence."""
        return [(name, counted, sentence(counted, words())) for name, counted in self.others]


@screen.get("/")
def show() -> str:
    """The form, and the answer once a period is given."""
    form = Form({"day": today().isoformat(), **DEFAULTS} | request.args.to_dict())
    asked = bool(form.value("period").strip())
    instant = _instant(form) if asked else None
    answer = _answer(form) if asked and instant is None else None
    labels = {name: _(label) for name, label in _LABELS.items()}
    more = any(form.value(name) for name in _MORE)
    return render_template(
        "calculator.html", form=form, choices=choices, answer=answer, instant=instant, labels=labels, more=more
    )


def _instant(form: Form) -> datetime | None:
    """The instant so many hours away, where the start is an instant and not a day."""
    try:
        start = datetime.fromisoformat(form.value("day").strip())
        period = Period.parse(form.value("period"))
        if period.unit is not Unit.HOUR or period.n is None or ":" not in form.value("day"):
            return None
        start = start if start.tzinfo else start.replace(tzinfo=zone())
        return count_hours(start, period.n, Direction(form.value("direction")))
    except ValueError:
        return None


def _answer(form: Form) -> Answer | None:
    question, place = _question(form), form.read("calendar", place_name) or ""
    if question is None or form.problems:
        return None
    with tracker().reading() as session:
        calendar = calendar_for(session, question.place(place))
    try:
        counted = question.answer(calendar)
        others = tuple((one.preset.name, one.answer(calendar)) for one in question.under_others(PRESETS))
    except CannotCount as error:
        form.refuse("period", _REFUSED[error.refusal])
        return None
    return Answer(counted, calendar, others)


def _question(form: Form) -> Question | None:
    trigger, period = form.read("day", section.day, required=True), form.read("period", section.period, required=True)
    direction, nature = form.choice("direction", Direction), form.choice("nature", Nature)
    preset = PRESETS.get(form.one_of("rules", PRESETS))
    first_day = form.choice("first_day", FirstDay) if form.value("first_day") else None
    overrides, off, on = _overrides(form), _days(form, "off"), _days(form, "on")
    if trigger is None or period is None or direction is None or nature is None or preset is None:
        return None
    return Question(
        trigger=trigger,
        period=period,
        direction=direction,
        preset=preset,
        nature=nature,
        first_day=first_day,
        overrides=overrides,
        off=off,
        on=on,
    )


def _overrides(form: Form) -> Overrides:
    return Overrides(
        clear_days=form.read("clear_days", section.flag),
        month_rule=form.choice("month_rule", MonthRule) if form.value("month_rule") else None,
        skip_off_days_up_to=form.read("skip_off_days_up_to", section.whole),
        min_working_days=form.read("min_working_days", section.whole),
        solve_latest=form.read("solve_latest", section.flag),
        roll=form.choice("roll", Roll) if form.value("roll") else None,
    )


def _days(form: Form, name: str) -> tuple[date, ...]:
    """Days with commas, semicolons or line breaks between them."""
    text = form.prose(name)
    for mark in "，、;；\n":
        text = text.replace(mark, ",")
    try:
        return tuple(read_date(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        form.add([Problem.of(name, error)])
        return ()


def _skipped(off: DayOff) -> tuple[date, str, bool]:
    return off.day, why_off(off, words()), off.reason is Reason.HOLIDAY
