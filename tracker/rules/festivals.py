"""The days of public holidays by names that last, such as ``mid-autumn``: movable ones in any year.

What is wanted here is the festival itself, not the day off in its place: no observed or exchanged days. Lunar
festivals of the Chinese calendar are the same day wherever it is kept, also where another day is off for them.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType

from tracker.rules.calendars import NONE
from tracker.rules.law import OWN_DAYS
from tracker.rules.places import is_place, named_days

_COMMON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "new-year": ("New Year's Day", "The first day of January", "Founding Day of the Republic of China"),
        "spring-festival-eve": ("Chinese New Year's Eve",),
        "spring-festival": (
            "Chinese New Year (Spring Festival)", "Lunar New Year's Day", "Chinese New Year", "Lunar New Year",
        ),
        "tomb-sweeping": ("Tomb-Sweeping Day", "Ching Ming Festival"),
        "labour-day": ("Labor Day", "Labour Day", "International Labor Day", "National Labor Day"),
        "dragon-boat": ("Dragon Boat Festival", "Tuen Ng Festival"),
        "mid-autumn": (
            "Mid-Autumn Festival",
            "The day following the Chinese Mid-Autumn Festival",
            "The Day following Chong Chao (Mid-Autumn) Festival",
        ),
        "double-ninth": ("Chung Yeung Festival", "Chung Yeung Festival (Festival of Ancestors)"),
        "national-day": ("National Day", "National Day of the People's Republic of China"),
        "christmas": ("Christmas Day", "Christmas"),
        "vesak": ("The Birthday of the Buddha", "Vesak Day", "Buddha's Birthday"),
    }
)  # fmt: skip
"""Short names for what places call differently, with the name to show first.

Every other holiday goes by its own name, such as deepavali.
"""

_IN_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "元旦": "new-year", "新年": "new-year", "除夕": "spring-festival-eve", "春": "spring-festival",
        "清明": "tomb-sweeping", "劳动": "labour-day", "勞動": "labour-day", "五一": "labour-day",
        "端午": "dragon-boat", "中秋": "mid-autumn", "重阳": "double-ninth", "重陽": "double-ninth",
        "国庆": "national-day", "國慶": "national-day", "圣诞": "christmas", "聖誕": "christmas",
        "佛诞": "vesak", "佛誕": "vesak",
    }
)  # fmt: skip

_LUNAR = frozenset({"spring-festival-eve", "spring-festival", "dragon-boat", "mid-autumn"})
"""Taken from the Chinese calendar as mainland China keeps it, which tells the festival itself."""
_CHINESE = frozenset({"CN", "HK", "MO", "TW", "SG", "MY"})
"""Where the Chinese calendar's festivals fall on its own days; Vietnam and Korea reckon from their own meridians."""

_JOINED = frozenset({("VN", 9, 1)})
"""Days that share the name of the holiday after them, to which they are joined in some years."""

_NOT_ITSELF = re.compile(r"observed|in lieu|substitut|alternative holiday", re.IGNORECASE)
_BESIDE = re.compile(r"(the )?(day|first weekday|second|third|fourth|fifth) .*|.*\((second|third) day\)", re.IGNORECASE)
_ESTIMATED = re.compile(r"\s*\(estimated\)")
_LOOKED_AT = range(2020, 2033)
"""Names are known from these years; what comes in fewer than half of them, such as polling day, is none."""
LONGEST = 90
"""Names are cut there, so that the key of a greeting stays within what the database holds."""
_APART = 60
"""A holiday of the same name so many days later is another one: a lunar year may begin twice in a solar one."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One holiday in one year. `estimated`: the day depends on an observation or an announcement still to come."""

    name: str
    day: date
    title: str
    """What to call it, in English."""
    estimated: bool = False


def festival_named(text: str) -> str:
    """The lasting name of a holiday that may be written in Chinese: 中秋节 is mid-autumn."""
    return _IN_CHINESE.get(text.strip().rstrip("节節日"), _handle(text))


def festival_title(name: str) -> str:
    """What to call the holiday of a lasting name, in English; the name itself where it has no other."""
    return _COMMON.get(name, (name,))[0]


@cache
def festival_names(calendar: str) -> tuple[str, ...]:
    """Every name that a holiday of that calendar can be called by, in the order of the year."""
    named = [festival for year in _LOOKED_AT for festival in festivals(calendar, year)]
    times = Counter(festival.name for festival in named)
    ordered = sorted(named, key=lambda festival: (festival.day.month, festival.day.day))
    usual = (festival.name for festival in ordered if times[festival.name] > len(_LOOKED_AT) // 2)
    return tuple(dict.fromkeys(usual))


def festivals(calendar: str, year: int) -> tuple[Festival, ...]:
    """The holidays of a calendar such as CN or CN+HK in one year by day; none for what is no place.

    Where places of a joint calendar keep a holiday on different days, the one named first decides.
    """
    found: dict[tuple[str, int], Festival] = {}
    for place in calendar.removesuffix(OWN_DAYS).split("+"):
        if is_place(place) and place != NONE.name:
            for name, several in _of_place(place, year).items():
                for number, festival in enumerate(several):
                    found.setdefault((name, number), festival)
    return tuple(sorted(found.values(), key=lambda festival: (festival.day, festival.name)))


@lru_cache(maxsize=512)
def _of_place(place: str, year: int) -> Mapping[str, tuple[Festival, ...]]:
    found: dict[str, list[Festival]] = {}
    for day, title in named_days(place, year):
        festival = _festival(day, title)
        if festival is None or festival.name in _lunar_names(place) or (place, day.month, day.day) in _JOINED:
            continue
        before = found.setdefault(festival.name, [])
        if not before or (festival.day - before[-1].day).days > _APART:
            before.append(festival)
    moving = {
        name: [Festival(name, day, _COMMON[name][0])]
        for name, day in _lunar(year).items()
        if name in _lunar_names(place)
    }
    return MappingProxyType({name: tuple(several) for name, several in (found | moving).items()})


def _festival(day: date, title: str) -> Festival | None:
    """The holiday that a day off is; None for a day off that only stands beside one or in its place."""
    official = _ESTIMATED.sub("", title)
    name = _common_name(official)
    if _NOT_ITSELF.search(title) or (name is None and _BESIDE.fullmatch(official)):
        return None
    shown = _COMMON[name][0] if name else official
    return Festival(name or _handle(official), day, shown, official != title)


def _common_name(official: str) -> str | None:
    return next((name for name, titles in _COMMON.items() if official in titles), None)


@cache
def _lunar_names(place: str) -> frozenset[str]:
    """The festivals of the Chinese calendar that are public holidays of the place; of every year, for where one falls
    on a Sunday some places tell only the day off in its stead."""
    if place.partition("-")[0] not in _CHINESE:
        return frozenset()
    titles = {title for year in _LOOKED_AT for _, title in named_days(place, year)}
    return frozenset(name for name in _LUNAR if not titles.isdisjoint(_COMMON[name]))


@cache
def _lunar(year: int) -> Mapping[str, date]:
    """The festivals of the Chinese calendar in one year, as mainland China keeps them."""
    days: dict[str, date] = {}
    for day, title in named_days("CN", year):
        name = _common_name(title)
        if name in _LUNAR:
            days.setdefault(name, day)
    if "spring-festival" in days:
        days["spring-festival-eve"] = days["spring-festival"] - timedelta(days=1)
    return MappingProxyType(days)


def _handle(title: str) -> str:
    """A holiday's own name as it is written in files: ``Hari Raya Puasa`` is hari-raya-puasa."""
    return "-".join(re.findall(r"\w+", title.replace("'", "").replace("’", "").casefold()))[:LONGEST]
