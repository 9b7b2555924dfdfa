"""Periods in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tracker.render.texts import Texts
from tracker.rules.periods import Period, Unit

_WORDS: Mapping[Unit, Callable[[Texts, int], str]] = MappingProxyType(
    {
        Unit.DAY: lambda texts, n: texts.ngettext("%(n)s day", "%(n)s days", n),
        Unit.WEEK: lambda texts, n: texts.ngettext("%(n)s week", "%(n)s weeks", n),
        Unit.MONTH: lambda texts, n: texts.ngettext("%(n)s month", "%(n)s months", n),
        Unit.QUARTER: lambda texts, n: texts.ngettext("%(n)s quarter", "%(n)s quarters", n),
        Unit.HALF_YEAR: lambda texts, n: texts.ngettext("%(n)s half-year", "%(n)s half-years", n),
        Unit.YEAR: lambda texts, n: texts.ngettext("%(n)s year", "%(n)s years", n),
        Unit.WORKING_DAY: lambda texts, n: texts.ngettext("%(n)s working day", "%(n)s working days", n),
        Unit.HOUR: lambda texts, n: texts.ngettext("%(n)s hour", "%(n)s hours", n),
    }
)


def period_words(period: Period, texts: Texts) -> str:
    """A period in the reader's language: 5 working days, 5个工作日; without a number, the clause's words quoted."""
    if period.n is None or period.unit is None:
        return texts.gettext("“%(words)s”", words=period.words)
    return _WORDS[period.unit](texts, period.n)
