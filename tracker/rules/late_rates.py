"""The rate of a late fee as contracts word it: once, or for every day, month or year of delay."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tracker.rules.periods import Unit
from tracker.rules.problems import N_, Unfit

HOW_TO_WRITE = N_("Write a late fee such as %(once)s (once), %(daily)s per day or %(monthly)s per month.")
_EXAMPLES = {"once": "2%", "daily": "0.05%", "monthly": "1.5%"}
_SIGNS = {"%": 100, "％": 100, "‰": 1000, "百分之": 100, "千分之": 1000, "万分之": 10_000, "萬分之": 10_000}
_UNITS = {
    "day": Unit.DAY,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
    "日": Unit.DAY,
    "天": Unit.DAY,
    "月": Unit.MONTH,
    "年": Unit.YEAR,
}
_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九十")}
_WESTERN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?) ?(?P<sign>[%％‰])(?: ?(?:per|a|every|each|/) ?(?P<unit>day|month|year))?"
)
_CHINESE = re.compile(
    r"(?:每?(?P<unit>[日天月年]))?(?:(?P<sign>[百千万萬]分之)(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十])"
    r"|(?P<number2>\d+(?:\.\d+)?)(?P<sign2>[%％‰]))"
)


@dataclass(frozen=True, slots=True)
class LateRate:
    """A share of the overdue sum: `per` None once, however late; else for every day, month or year of delay."""

    share: Decimal
    per: Unit | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or self.per not in (None, Unit.DAY, Unit.MONTH, Unit.YEAR):
            raise Unfit(HOW_TO_WRITE, **_EXAMPLES)

    def __str__(self) -> str:
        """As `read_late_rate` reads it: ``2%``, ``0.05% per day``."""
        per_cent = f"{(self.share * 100).normalize():f}%"
        return f"{per_cent} per {self.per}" if self.per else per_cent


def read_late_rate(text: str) -> LateRate:
    """A late fee such as ``2%``, ``0.05% per day``, ``1.5% per month``, ``每日万分之五``.

    Raises Unfit for any other.
    """
    text = " ".join(text.split())
    match = _WESTERN.fullmatch(text) or _CHINESE.fullmatch(text)
    if match is None:
        raise Unfit(HOW_TO_WRITE, **_EXAMPLES)
    found = match.groupdict()
    number, sign = found["number"] or found["number2"], found["sign"] or found["sign2"]
    share = Decimal(_DIGITS.get(number, number)) / _SIGNS[sign]
    return LateRate(share, _UNITS[found["unit"]] if found["unit"] else None)
