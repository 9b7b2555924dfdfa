"""Reading one section of a document field by field, gathering every problem with its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from tracker.rules.dates import read_date
from tracker.rules.periods import Period, Unit
from tracker.rules.problems import N_, Problem, Unfit

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
LONGEST_LINE = 500
LONGEST_TEXT = 20_000
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HANDLE = re.compile(r"[\w.-]+")
FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_YEARS = 200
"""Far enough for any contract, and near enough that nothing counted from it leaves the calendar."""


@dataclass(slots=True)
class Section:
    """A mapping being read: what was asked for is remembered, so that what was not can be reported."""

    data: Mapping[str, object]
    place: str
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, value: object, place: str, problems: list[Problem]) -> "Section":
        """The section `value` is; anything but a mapping is a problem and reads as empty."""
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return cls(value, place, problems)
        problems.append(Problem(place or N_("document"), N_("Write this as named fields.")))
        return cls({}, place, problems)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def raw(self, name: str) -> object:
        self.asked.add(name)
        value = self.data.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def fault(self, name: str, text: str, /, **values: object) -> None:
        self.problems.append(Problem(self.at(name), text, values))

    def read(self, name: str, parse: Callable[[object], T]) -> T | None:
        """The field through `parse`, which refuses by ValueError; None when absent or refused."""
        value = self.raw(name)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueError as error:
            self.problems.append(Problem.of(self.at(name), error))
            return None

    def need(self, name: str, parse: Callable[[object], T]) -> T | None:
        """Like `read`, but absence is a problem."""
        if self.raw(name) is None:
            self.fault(name, N_("This is needed."))
        return self.read(name, parse)

    def text(self, name: str) -> str:
        return self.read(name, line) or ""

    def prose(self, name: str) -> str:
        return self.read(name, prose) or ""

    def word(self, name: str, members: type[E]) -> E | None:
        return self.read(name, lambda value: choice(value, members))

    def build(self, name: str, make: Callable[[], T]) -> T | None:
        """The value `make` builds; its refusal is a problem of the field `name`."""
        try:
            return make()
        except ValueError as error:
            self.problems.append(Problem.of(self.at(name) if name else self.place, error))
            return None

    def section(self, name: str) -> "Section | None":
        value = self.raw(name)
        return None if value is None else Section.of(value, self.at(name), self.problems)

    def sections(self, name: str) -> Iterator["Section"]:
        value = self.raw(name)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(name, N_("Write this as a list."))
            return
        for position, item in enumerate(value):
            yield Section.of(item, f"{self.at(name)}[{position}]", self.problems)

    def close(self) -> None:
        """Report every field that nobody asked for."""
        for name in self.data.keys() - self.asked:
            near = get_close_matches(name, self.asked, 1)
            if near:
                self.fault(name, N_("Unknown field; did you mean “%(name)s”?"), name=near[0])
            else:
                self.fault(name, N_("Unknown field."))


def read_lines(section: Section, name: str, read: Callable[[object], str] | None = None) -> tuple[str, ...]:
    """A list of single lines, or of what `read` makes of each."""
    value = section.raw(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        section.fault(name, N_("Write this as a list."))
        return ()
    found = []
    for position, item in enumerate(value):
        try:
            found.append((read or line)(item))
        except ValueError as error:
            section.problems.append(Problem.of(f"{section.at(name)}[{position}]", error))
    return tuple(found)


def line(value: object) -> str:
    """One line of text without control characters, nor those that turn round the text after them (UAX 9)."""
    text = _text(value, LONGEST_LINE)
    if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" or char in _TURNING for char in text):
        raise Unfit(N_("Write this on one line, without control characters."))
    return text


def up_to(longest: int) -> Callable[[object], str]:
    """One line of at most so many characters."""

    def read(value: object) -> str:
        text = line(value)
        if len(text) > longest:
            raise Unfit(N_("This is too long: at most %(longest)s characters."), longest=longest)
        return text

    return read


def handle(longest: int) -> Callable[[object], str]:
    """A name by which something is referred to: letters of any script, digits, dots, hyphens and underlines."""

    def read(value: object) -> str:
        text = up_to(longest)(value)
        if not _HANDLE.fullmatch(text):
            raise Unfit(N_("Write a name of letters, digits, dots and hyphens, such as annual-fee."))
        return text

    return read


def prose(value: object) -> str:
    """Text of any number of lines."""
    text = _text(value, LONGEST_TEXT).replace("\r\n", "\n")
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise Unfit(N_("Take out the control characters."))
    return text


def _text(value: object, longest: int) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise Unfit(N_("Write this as text."))
    text = str(value).strip()
    if len(text) > longest:
        raise Unfit(N_("This is too long: at most %(longest)s characters."), longest=longest)
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise Unfit(N_("This holds a broken character."))
    return text


def day(value: object) -> date:
    """A calendar day."""
    if isinstance(value, datetime):
        raise Unfit(N_("Write a date without a time, such as 2026-03-05."))
    found = value if isinstance(value, date) else read_date(line(value))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unfit(N_("Write a year from %(first)s to %(last)s."), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def hour(value: object) -> time:
    """A time of day such as 22:00 or 8:00."""
    text = line(value).replace("：", ":")
    try:
        found = time.fromisoformat(text if text[1:2] != ":" else f"0{text}")
    except ValueError:
        raise Unfit(N_("Write a time such as 22:00.")) from None
    return found.replace(second=0, microsecond=0, tzinfo=None)


def period(value: object) -> Period:
    """A length of time; words in quotation marks are a period without a number."""
    found = Period.parse(line(value))
    if _years(found) > LONGEST_YEARS:
        raise Unfit(N_("This is too long: at most %(longest)s years."), longest=LONGEST_YEARS)
    return found


def _years(length: Period) -> float:
    """About how many years it lasts."""
    if length.months is not None:
        return length.months / 12
    hours = length.n if length.unit is Unit.HOUR else (length.days or length.n or 0) * 24
    return (hours or 0) / 24 / 365


def flag(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False}
    if str(value).lower() not in known:
        raise Unfit(N_("Write yes or no."))
    return known[str(value).lower()]


def whole(value: object) -> int:
    """A whole number that is not negative."""
    if isinstance(value, bool) or not str(value).isdecimal():
        raise Unfit(N_("Write a whole number."))
    return int(str(value))


def choice(value: object, members: type[E]) -> E:
    """One of the known words."""
    try:
        return members(str(value))
    except ValueError:
        raise Unfit(N_("Write one of: %(choices)s."), choices=", ".join(members)) from None
