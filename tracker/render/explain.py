"""How a day was found, in words: one sentence, and the full list of steps. The steps come from `tracker.rules`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

from tracker.render.citations import citation
from tracker.render.days_off import days_off, why_off
from tracker.render.periods import period_words
from tracker.render.texts import N_, Texts
from tracker.rules.counting import Nature, Reading, ReadingName, Step, StepKind

_ROLLS = frozenset({StepKind.OPEN_DAY, StepKind.MAKE_UP_DAY, StepKind.MOVED_ON, StepKind.MOVED_BACK})

_STEPS: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.NOT_COUNTED: N_("%(start)s, the day of the event, is not counted"),
        StepKind.COUNTED: N_("%(start)s is counted as the first day"),
        StepKind.ON_THE_DAY: N_("it falls on that day itself, %(end)s"),
        StepKind.DAYS: N_("counting %(period)s from %(start)s leads to %(end)s"),
        StepKind.SAME_DATE: N_("the same date %(period)s later is %(end)s"),
        StepKind.MONTH_END: N_("there is no such date %(period)s later, so it is the end of that month, %(end)s"),
        StepKind.BEFORE_SAME_DATE: N_("the day before the date of %(start)s, %(period)s later, is %(end)s"),
        StepKind.AFTER_SAME_DATE: N_("the day after the date of %(start)s, %(period)s earlier, is %(end)s"),
        StepKind.MONTH_START: N_(
            "there is no such date %(period)s earlier, so it is the start of the month after, %(end)s"
        ),
        StepKind.LATEST_START: N_("the latest day that leaves %(period)s until %(start)s is %(end)s"),
        StepKind.HOURS: N_("counting %(period)s from the start of %(start)s leads to %(end)s"),
        StepKind.WHOLE_DAY: N_("the hour is not known, so the safe day is %(end)s"),
        StepKind.MIN_WORKING_DAYS: N_("it must hold a least number of working days, so it runs to %(end)s"),
        StepKind.CLEAR_DAY: N_("for clear days one day more is needed: %(end)s"),
        StepKind.OPEN_DAY: N_("%(end)s is a working day and stays"),
        StepKind.MAKE_UP_DAY: N_("%(end)s is on a weekend but worked in exchange for another day, and stays"),
        StepKind.MOVED_ON: N_("%(start)s is off (%(why)s), so it moves on to the next working day, %(end)s"),
        StepKind.SENT: N_("to arrive by %(start)s it is sent by %(end)s, allowing %(period)s for the way"),
        StepKind.NEXT_DAY_THERE: N_("before %(start)s is over here, it is %(end)s where it arrives"),
        StepKind.AFTER_HOURS: N_(
            "what arrives on %(start)s after the cut-off hour counts on the next working day there, %(end)s"
        ),
        StepKind.MOVED_BACK: N_("%(start)s is off (%(why)s), so it moves back to the working day before, %(end)s"),
        StepKind.MOVED_BY_HAND: N_("somebody set this one date by hand: %(end)s instead of %(start)s"),
        StepKind.INTERRUPTED: N_("what had run since %(start)s was interrupted on %(end)s and is counted anew"),
        StepKind.PUT_OFF: N_("word came by %(start)s, in time, that it would be %(end)s"),
    }
)
_BACK: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.DAYS: N_("counting %(period)s back from %(start)s leads to %(end)s"),
        StepKind.SAME_DATE: N_("the same date %(period)s earlier is %(end)s"),
        StepKind.MONTH_END: N_("there is no such date %(period)s earlier, so it is the end of that month, %(end)s"),
        StepKind.HOURS: N_("counting %(period)s back from the start of %(start)s leads to %(end)s"),
    }
)
"""The words for a step that goes back in time, where they differ."""

_SET_ANEW: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.MOVED_BY_HAND: N_("%(count)s, set by hand to %(day)s"),
        StepKind.PUT_OFF: N_("%(count)s, put off in time to %(day)s"),
    }
)
"""What a day that does not follow from counting adds to the count in brief."""

_READINGS: Mapping[ReadingName, str] = MappingProxyType(
    {
        ReadingName.LEGAL: N_("by the rules chosen"),
        ReadingName.NOT_MOVED: N_("if a day off does not move the last day"),
        ReadingName.CLEAR_DAYS: N_("if clear days are meant"),
        ReadingName.SUBTRACTED: N_("if the months are subtracted"),
        ReadingName.LATEST_START: N_("if it is enough that the months are left in full"),
        ReadingName.FIRST_DAY_COUNTED: N_("if the first day counts"),
        ReadingName.FIRST_DAY_NOT_COUNTED: N_("if the first day does not count"),
        ReadingName.COMBINED: N_("if several doubts are decided this way at once"),
        ReadingName.STATED: N_("by the date that the contract names"),
        ReadingName.COMPUTED: N_("by the length that the contract gives"),
        ReadingName.WITHIN_LAST: N_("if any day of that last stretch will do"),
        ReadingName.SO_LONG_BEFORE: N_("if it must be done so long before"),
    }
)
_SAFE: Mapping[Nature, str] = MappingProxyType(
    {
        Nature.BY: N_("%(sentence)s; to be safe, act by %(day)s"),
        Nature.NOT_BEFORE: N_("%(sentence)s; to be safe, not before %(day)s"),
        Nature.UNTIL: N_("%(sentence)s; to be safe, until the end of %(day)s"),
    }
)


class Explained(Protocol):
    """What can be explained: a counted period, or a deadline that rests on one."""

    @property
    def nature(self) -> Nature: ...
    @property
    def legal(self) -> date | None: ...
    @property
    def act_by(self) -> date | None: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def safe_steps(self) -> tuple[Step, ...]: ...
    @property
    def readings(self) -> tuple[Reading, ...]: ...
    @property
    def provisional(self) -> tuple[int, ...]: ...


def sentence(result: Explained, texts: Texts) -> str:
    """The whole in one sentence: the count, what moved it, the safe day, and what is not settled."""
    if result.legal is None:
        return _full(texts.gettext("no number is given, so no day can be known"), texts)
    said = _counted(result.steps, result.legal, texts)
    if result.act_by is not None and result.act_by != result.legal and result.nature in _SAFE:
        said = texts.gettext(_SAFE[result.nature], sentence=said, day=texts.date(result.act_by))
    if result.provisional:
        said = texts.gettext("%(sentence)s; %(note)s", sentence=said, note=_unsettled(result.provisional, texts))
    return _full(said, texts)


def full_list(result: Explained, texts: Texts) -> tuple[str, ...]:
    """Every step to the legal day, then the other readings, the way to the safe day, and what is not settled."""
    if result.legal is None:
        return (sentence(result, texts),)
    return tuple(_full(line, texts) for line in _lines(result, texts))


def _lines(result: Explained, texts: Texts) -> Iterator[str]:
    yield from (_step(step, texts) for step in result.steps)
    for reading in result.readings[1:]:
        label = reading_words(reading.name, texts)
        yield texts.gettext("%(reading)s: %(day)s", reading=label, day=texts.date(reading.day))
    if result.act_by is not None and result.act_by != result.legal:
        yield texts.gettext("the safe day, under every reading: %(day)s", day=texts.date(result.act_by))
        yield from (_step(step, texts) for step in result.safe_steps if step not in result.steps)
    if result.provisional:
        yield _unsettled(result.provisional, texts)


def reading_words(name: ReadingName, texts: Texts) -> str:
    """What a reading takes the words to mean."""
    return texts.gettext(_READINGS[name])


def step_lines(steps: Sequence[Step], texts: Texts) -> tuple[str, ...]:
    """Each step as a sentence with the article it rests on."""
    return tuple(_full(_step(step, texts), texts) for step in steps)


def _step(step: Step, texts: Texts) -> str:
    words = _BACK.get(step.kind, _STEPS[step.kind]) if step.end < step.start else _STEPS[step.kind]
    said = texts.gettext(
        words,
        start=texts.date(step.start),
        end=texts.date(step.end),
        period=period_words(step.period, texts) if step.period else "",
        why=why_off(step.skipped[0], texts) if step.skipped else "",
    )
    if step.skipped and step.kind not in _ROLLS:
        said = texts.gettext("%(step)s, leaving out %(days)s", step=said, days=days_off(step.skipped, texts))
    if step.article:
        said = texts.gettext("%(step)s (%(article)s)", step=said, article=citation(step.article, texts))
    return said


def _counted(steps: tuple[Step, ...], legal: date, texts: Texts) -> str:
    """The count in brief: so long after or before that day, and where it ends up."""
    if steps and steps[-1].kind in _SET_ANEW:
        count = _counted(steps[:-1], steps[-1].start, texts)
        return texts.gettext(_SET_ANEW[steps[-1].kind], count=count, day=texts.date(legal))
    counted = [step for step in steps if step.kind not in _ROLLS and step.kind is not StepKind.INTERRUPTED]
    if not counted:
        return texts.date(legal)
    said = texts.gettext(
        _relation(counted),
        period=next((period_words(step.period, texts) for step in counted if step.period), ""),
        trigger=texts.date(counted[0].start),
        day=texts.date(counted[-1].end),
    )
    moved = steps[-1]
    if moved.kind not in (StepKind.MOVED_ON, StepKind.MOVED_BACK):
        return said
    return texts.gettext(
        "%(count)s, which is off (%(why)s) and moves to %(day)s",
        count=said,
        why=why_off(moved.skipped[0], texts),
        day=texts.date(legal),
    )


def _relation(counted: list[Step]) -> str:
    first, last = counted[0], counted[-1]
    included = first.kind is StepKind.COUNTED
    if first.kind is StepKind.ON_THE_DAY:
        return N_("on the day itself: %(day)s")
    if last.end < first.start:
        return (
            N_("%(period)s back from %(trigger)s, counting that day: %(day)s")
            if included
            else N_("%(period)s before %(trigger)s: %(day)s")
        )
    return (
        N_("%(period)s from %(trigger)s, counting that day: %(day)s")
        if included
        else N_("%(period)s after %(trigger)s: %(day)s")
    )


def _unsettled(years: tuple[int, ...], texts: Texts) -> str:
    separator = texts.pgettext("between items of a list", ", ")
    return texts.gettext(
        "provisional, because the working days of %(years)s are not known yet",
        years=separator.join(str(year) for year in years),
    )


def _full(said: str, texts: Texts) -> str:
    """As a sentence, with its capital letter and full stop."""
    return texts.gettext("%(sentence)s.", sentence=said[:1].upper() + said[1:])
