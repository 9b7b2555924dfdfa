"""Periods: a number and a unit, or words that give no number at all (及时, "promptly")."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.rules.problems import N_, Unfit


class Unit(StrEnum):
    """What a period is measured in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    WORKING_DAY = "working_day"
    HOUR = "hour"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_ENGLISH = {
    "day": Unit.DAY,
    "calendar day": Unit.DAY,
    "week": Unit.WEEK,
    "month": Unit.MONTH,
    "calendar month": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "half-year": Unit.HALF_YEAR,
    "half year": Unit.HALF_YEAR,
    "year": Unit.YEAR,
    "working day": Unit.WORKING_DAY,
    "business day": Unit.WORKING_DAY,
    "hour": Unit.HOUR,
}
_CHINESE = {
    "日": Unit.DAY,
    "天": Unit.DAY,
    "自然日": Unit.DAY,
    "日历天": Unit.DAY,
    "周": Unit.WEEK,
    "週": Unit.WEEK,
    "星期": Unit.WEEK,
    "月": Unit.MONTH,
    "季": Unit.QUARTER,
    "季度": Unit.QUARTER,
    "半年": Unit.HALF_YEAR,
    "年": Unit.YEAR,
    "工作日": Unit.WORKING_DAY,
    "小时": Unit.HOUR,
    "小時": Unit.HOUR,
}
_NUMBERLESS = frozenset(
    {"promptly", "immediately", "without delay", "及时", "及時", "立即", "即时", "即時", "尽快", "盡快", "定期"}
)
_DIGITS = {
    character: value
    for value, characters in enumerate(("零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for character in characters
}
# 一百五 is 150 to many and 105 to some: the look-ahead leaves it unread.
_COUNTED = re.compile(
    r"(?:([一二两兩三四五六七八九])百(?![^十]$))?[零〇]?(?:([一二三四五六七八九])?(十))?([一二两兩三四五六七八九])?"
)
_WRITTEN = re.compile(r"(?P<n>\d+|[零〇一二两兩三四五六七八九十百]+)\s*[个個]?(?P<unit>\D+)")
_QUOTED = re.compile(r"[“「\"](?P<words>.+)[”」\"]", re.DOTALL)
_HOW_TO_WRITE = N_("Write a whole number and a unit, such as “30 days”, “5 working days”, “3 months” or “60日”.")
_NOT_A_PERIOD = N_(
    "“%(text)s” is not a period. Write a whole number and a unit, such as “30 days”, “5 working days”, “3 months” or "
    "“60日”."
)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a clause gives it, such as 60 days or 3 years.

    Without a number (`n` is None) the clause names none, and `words` quotes it: the law then gives no date
    (PRC Civil Code art. 511(4)). With a number, `words` may still quote the clause.
    """

    n: int | None
    unit: Unit | None
    words: str = ""

    def __post_init__(self) -> None:
        if self.n is None:
            self._refuse_unless_quoted()
        elif type(self.n) is not int or self.n < 0 or self.unit is None:
            raise Unfit(_HOW_TO_WRITE)

    def _refuse_unless_quoted(self) -> None:
        if self.unit is not None or not self.words:
            raise Unfit(N_("A period without a number quotes the words of the clause, such as “promptly”."))

    @classmethod
    def unspecified(cls, words: str) -> "Period":
        """A period that the clause leaves without a number; `words` are the clause's own."""
        return cls(None, None, words)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "60 days", "5 working days", "3年", "六个月", "promptly", or words in quotation marks.

        Raises ValueError with a sentence saying what to write.
        """
        text = " ".join(text.split())
        if quoted := _QUOTED.fullmatch(text):
            return cls.unspecified(quoted["words"])
        if text.casefold() in _NUMBERLESS:
            return cls.unspecified(text)
        if text == "半年":
            return cls(1, Unit.HALF_YEAR)
        written = _WRITTEN.fullmatch(text)
        unit = written and _unit(written["unit"])
        if written is None or unit is None:
            raise Unfit(_NOT_A_PERIOD, text=text[:40])
        return cls(_number(written["n"]), unit)

    @property
    def months(self) -> int | None:
        """Its length in months, where its unit is a number of months."""
        return None if self.n is None or self.unit not in _MONTHS else self.n * _MONTHS[self.unit]

    @property
    def days(self) -> int | None:
        """Its length in calendar days, where its unit is a number of days."""
        return None if self.n is None or self.unit not in _DAYS else self.n * _DAYS[self.unit]

    def __str__(self) -> str:
        """As `parse` reads it: "60 days", or the clause's words in quotation marks."""
        if self.n is None or self.unit is None:
            return f"“{self.words}”"
        name = "half-year" if self.unit is Unit.HALF_YEAR else self.unit.replace("_", " ")
        return f"{self.n} {name}" if self.n == 1 else f"{self.n} {name}s"


def _unit(name: str) -> Unit | None:
    plain = name.casefold()
    return _CHINESE.get(name) or _ENGLISH.get(plain) or _ENGLISH.get(plain.removesuffix("s"))


def _number(written: str) -> int:
    """The value of 15, １５, 十五, 三十, 一百零五 or 一二〇."""
    if written.isdecimal():
        return int(written)
    if counted := _COUNTED.fullmatch(written):
        hundreds, tens, ten, ones = counted.groups()
        return 100 * _DIGITS.get(hundreds, 0) + 10 * _DIGITS.get(tens, 1 if ten else 0) + _DIGITS.get(ones, 0)
    if _DIGITS.keys() >= set(written):
        return int("".join(str(_DIGITS[digit]) for digit in written))
    raise Unfit(_NOT_A_PERIOD, text=written[:40])
