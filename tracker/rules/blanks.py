"""The blanks that a kind of contract leaves open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.rules.late_rates import read_late_rate
from tracker.rules.periods import Period, Unit
from tracker.rules.phrases import read_money
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import Section, choice, day, flag, line, period, prose, whole
from tracker.rules.words import Words, need_words, read_words


class BlankType(StrEnum):
    """What may be written into a blank."""

    PERIOD = "period"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    RATE = "rate"
    TEXT = "text"
    LIST = "list"
    """Several short texts, one a line."""
    CHOICE = "choice"
    YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank. Values are kept as the text people write; the empty text is an empty blank.

    `default` stands in it from the start; `usual` is what such contracts mostly say, shown as a hint and never filled
    in unasked, because numbers come from the contract. `least` and `most` are the ends of the range in which a value
    makes sense. `words` lets a period be words without a number, such as 及时. `required` asks for a value wherever the
    blank is used; an optional one left empty drops what needs it.
    """

    name: str
    type: BlankType
    label: Words
    section: str
    help: Words = field(default_factory=dict)
    default: str = ""
    usual: str = ""
    required: bool = False
    least: str = ""
    most: str = ""
    words: bool = False
    choices: Mapping[str, Words] = field(default_factory=dict)

    def parse(self, value: object) -> str:
        """The value as it is kept, whatever its range. Raises ValueError for what is no value of the type."""
        return _READERS[self.type](self, _as_text(value))

    def check(self, value: object) -> str:
        """The value as it is kept. Raises ValueError also where it lies outside the range."""
        text = self.parse(value)
        if self.least and _less(self.type, text, self.least):
            raise Unfit(N_("This is less than %(least)s."), least=self._bound(self.least))
        if self.most and _less(self.type, self.most, text):
            raise Unfit(N_("This is more than %(most)s."), most=self._bound(self.most))
        return text

    def _bound(self, text: str) -> object:
        """An end of the range, so that a period can be told in the reader's words."""
        return period(text) if self.type is BlankType.PERIOD else text

    def plain(self, text: str) -> object:
        """A kept value as a contract document holds it where it fills a whole field."""
        if self.type is BlankType.YES_NO:
            return text == "yes"
        if self.type is BlankType.LIST:
            return text.split("\n")
        return int(text) if self.type is BlankType.NUMBER else text

    def samples(self) -> tuple[str, ...]:
        """Values of the kind that will be filled in, to try what is built around the blank."""
        if self.type is BlankType.CHOICE:
            return tuple(self.choices)
        if self.type is BlankType.YES_NO:
            return ("yes", "no")
        return (self.default or self.usual or self.least or self.most or _SAMPLES[self.type],)


_SAMPLES = {
    BlankType.PERIOD: "1 year",
    BlankType.NUMBER: "1",
    BlankType.DATE: "2026-01-01",
    BlankType.MONEY: "1 CNY",
    BlankType.RATE: "1%",
    BlankType.TEXT: "text",
    BlankType.LIST: "text",
}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(line(item) for item in value)
    return prose(value)


def _period(blank: Blank, text: str) -> str:
    length = period(text)
    if length.n is None and not blank.words:
        raise Unfit(N_("This needs a number, such as 30 days."))
    return str(length)


def _money(blank: Blank, text: str) -> str:
    money = read_money(line(text))
    return f"{money.amount} {money.currency}"


def _rate(blank: Blank, text: str) -> str:
    return str(read_late_rate(line(text)))


def _list(blank: Blank, text: str) -> str:
    return "\n".join(line(part) for part in text.split("\n") if part.strip())


def _choice(blank: Blank, text: str) -> str:
    if text not in blank.choices:
        raise Unfit(N_("Write one of: %(choices)s."), choices=", ".join(blank.choices))
    return text


_READERS: Mapping[BlankType, Callable[[Blank, str], str]] = {
    BlankType.PERIOD: _period,
    BlankType.NUMBER: lambda blank, text: str(whole(text)),
    BlankType.DATE: lambda blank, text: day(text).isoformat(),
    BlankType.MONEY: _money,
    BlankType.RATE: _rate,
    BlankType.TEXT: lambda blank, text: line(text),
    BlankType.LIST: _list,
    BlankType.CHOICE: _choice,
    BlankType.YES_NO: lambda blank, text: "yes" if flag(text) else "no",
}

_ROUGH_HOURS = {
    Unit.HOUR: Decimal(1),
    Unit.DAY: Decimal(24),
    Unit.WORKING_DAY: Decimal("33.6"),
    Unit.WEEK: Decimal(168),
    Unit.MONTH: Decimal(730),
    Unit.QUARTER: Decimal(2190),
    Unit.HALF_YEAR: Decimal(4380),
    Unit.YEAR: Decimal(8760),
}
"""Lengths to compare periods of different units by, for ranges only: no date is counted with them."""


def _length(text: str) -> Decimal | None:
    length = Period.parse(text)
    return None if length.n is None or length.unit is None else length.n * _ROUGH_HOURS[length.unit]


_SIZES: Mapping[BlankType, Callable[[str], Decimal | None]] = {
    BlankType.PERIOD: _length,
    BlankType.NUMBER: Decimal,
    BlankType.DATE: lambda text: Decimal(date.fromisoformat(text).toordinal()),
    BlankType.MONEY: lambda text: read_money(text).amount,
    BlankType.RATE: lambda text: read_late_rate(text).share,
}


def _less(type_: BlankType, one: str, other: str) -> bool:
    """Whether one value is smaller than the other; what has no size is neither smaller nor larger."""
    smaller, larger = _SIZES[type_](one), _SIZES[type_](other)
    return smaller is not None and larger is not None and smaller < larger


def read_blank(section: Section, name: str, sections: Mapping[str, Words]) -> Blank | None:
    """A blank as a kind file describes it; None, with the problems told, where it is not fit to be used."""
    before = len(section.problems)
    kind = section.need("type", lambda value: choice(value, BlankType))
    if kind is None:
        return None
    within = section.need("section", line) or ""
    if within and within not in sections:
        section.fault("section", N_("There is no section “%(name)s”."), name=within)
    blank = Blank(
        name=name,
        type=kind,
        label=need_words(section, "label"),
        section=within,
        help=read_words(section, "help"),
        required=section.read("required", flag) or False,
        words=section.read("words", flag) or False,
        choices=_choices(section, kind),
    )
    ranged = _with_range(section, blank)
    section.close()
    return ranged if len(section.problems) == before else None


def _choices(section: Section, kind: BlankType) -> dict[str, Words]:
    part = section.section("choices")
    if (part is None) == (kind is BlankType.CHOICE):
        section.fault("choices", N_("A blank of the type “choice” lists its choices, and no other does."))
    return {} if part is None else {name: need_words(part, name) for name in part.data}


def _with_range(section: Section, blank: Blank) -> Blank:
    """The blank with its range and its default, each checked by the blank itself."""
    if blank.words and blank.type is not BlankType.PERIOD:
        section.fault("words", N_("Only a period can be words without a number."))
    least, most = _end(section, "min", blank), _end(section, "max", blank)
    if least and most and _less(blank.type, most, least):
        section.fault("max", N_("The range ends before it begins."))
        return blank
    ranged = replace(blank, least=least, most=most)
    default, usual = (section.read(name, ranged.check) or "" for name in ("default", "usual"))
    return replace(ranged, default=default, usual=usual)


def _end(section: Section, name: str, blank: Blank) -> str:
    if blank.type not in _SIZES and section.raw(name) is not None:
        section.fault(name, N_("A blank of this type has no range."))
        return ""
    return section.read(name, blank.parse) or ""
