"""Days off in words: which holiday, which weekend, how many."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tracker.render.holiday_names import holiday_name
from tracker.render.texts import Texts
from tracker.rules.calendars import DayOff, Reason


def why_off(off: DayOff, texts: Texts) -> str:
    """Why one day is off: the holiday, or the day of the week."""
    return texts.pgettext("between items of a list", ", ").join(_names(off, texts)) or texts.weekday(off.day)


def days_off(skipped: Sequence[DayOff], texts: Texts) -> str:
    """Days off in brief: holidays with the weekends beside them by name, the other weekend days by number."""
    separator = texts.pgettext("between items of a list", ", ")
    parts, weekend = [], 0
    for run in _runs(sorted(skipped, key=lambda off: off.day)):
        names = dict.fromkeys(name for off in run for name in _names(off, texts))
        if names:
            parts.append(texts.gettext("%(days)s (%(why)s)", days=_span(run, texts), why=separator.join(names)))
        else:
            weekend += len(run)
    if weekend:
        parts.append(texts.ngettext("%(n)s weekend day", "%(n)s weekend days", weekend))
    return separator.join(parts)


def _names(off: DayOff, texts: Texts) -> list[str]:
    """The holidays of one day; none for a weekend."""
    if off.reason is Reason.WEEKEND:
        return []
    return [holiday_name(name, texts) for name in off.name.split("; ")] if off.name else [texts.gettext("holiday")]


def _runs(days: Sequence[DayOff]) -> Iterator[list[DayOff]]:
    """The stretches of days in a row."""
    run: list[DayOff] = []
    for off in days:
        if run and off.day - run[-1].day != timedelta(days=1):
            yield run
            run = []
        run.append(off)
    if run:
        yield run


def _span(run: list[DayOff], texts: Texts) -> str:
    first, last = texts.date(run[0].day), texts.date(run[-1].day)
    return first if first == last else texts.gettext("%(first)s to %(last)s", first=first, last=last)
