"""Working calendars of countries and their parts, from the `holidays` package.

A place is written as a country, with a part of it after a hyphen where that matters (CN, DE-BY, GB-ENG), as several
joined by a plus where all must be open (CN+HK), or as NONE, where every day is open.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import holidays
from holidays.version import __version__

from tracker.rules.calendars import NONE, SUNDAY, WorkingCalendar, joint, unique

PACKAGE = f"holidays {__version__}"
"""What is known comes from this release: another may know more years."""

_YEARS = (1990, 2080)
"""The first and last year to look at. What comes later will follow from laws nobody can know yet."""

_SHORTER: Mapping[str, tuple[int, int]] = {"BT": (1990, 2035), "IN": (2001, 2035)}
"""Where the package's tables of movable feasts hold fewer years than it says."""

_ANNOUNCED_YEARLY = frozenset({"AZ", "BY", "CN", "HU", "KG", "KZ", "LV", "MM", "RU", "UZ", "VN"})
"""Where the government moves working days by a decree for one year. `holidays` guesses the years not yet decreed."""

_CATEGORIES: Mapping[str, tuple[str, ...]] = {"HK": ("public", "optional")}
"""Hong Kong's general holidays include the days the package calls optional: Good Friday and Easter Saturday."""

_WEEKENDS: Mapping[str, frozenset[int]] = {"HK": frozenset({SUNDAY}), "SG": frozenset({SUNDAY})}
"""A Saturday counts: Interpretation and General Clauses Ordinance (Cap. 1) s. 71, Interpretation Act 1965 s. 50."""

EXCHANGED = "day off in exchange for a working day"
"""The name of a day off that is worked on another day."""


@cache
def known_places() -> Mapping[str, tuple[str, ...]]:
    """Every country whose holidays are known, with its parts."""
    countries = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(parts) for country, parts in sorted(countries.items())}


def is_place(name: str) -> bool:
    """Can `working_calendar` tell the working days of that place?"""
    return all(part == NONE.name or _is_known(part) for part in name.split("+"))


def _is_known(name: str) -> bool:
    country, hyphen, part = name.partition("-")
    return country in known_places() and (not hyphen or part in known_places()[country])


@cache
def working_calendar(place: str) -> WorkingCalendar:
    """The working days of a place, by its weekend and public holidays, for the years anybody can know.

    Raises:
        ValueError: no such place is known.
    """
    if not is_place(place):
        raise ValueError(f"No holidays are known for {place!r}. Write a country such as CN, HK or GB-ENG, or NONE.")
    if "+" in place:
        return joint(*map(working_calendar, place.split("+")))
    return NONE if place == NONE.name else _of_one(place)


def _of_one(place: str) -> WorkingCalendar:
    country, _, part = place.partition("-")
    found = _holidays(country, part or None)
    first, last = _known_years(country, found)
    return WorkingCalendar(
        place,
        _WEEKENDS.get(country, frozenset(found.weekend)),
        {day: _plain(name) for day, name in sorted(found.items()) if first <= day.year <= last}
        | {day: name for day, name in sorted(found.items()) if day.year > last and _is_fixed(name)},
        frozenset(day for day in found.weekend_workdays if first <= day.year <= last),
        (first, last),
    )


def _holidays(country: str, part: str | None, years: Sequence[int] = ()) -> holidays.HolidayBase:
    """The package's holidays in these years or in all it knows, with English names where it has them."""
    own = holidays.country_holidays(country, subdiv=part)
    first, last = _SHORTER.get(country, _YEARS)
    english = [language for language in (f"en_{country}", "en_US") if language in own.supported_languages]
    return holidays.country_holidays(
        country,
        subdiv=part,
        years=years or range(max(own.start_year, first), min(own.end_year, last) + 1),
        categories=_CATEGORIES.get(country),
        language=english[0] if english else own.default_language,
    )


def named_days(place: str, year: int) -> Iterator[tuple[date, str]]:
    """Every public holiday of a place in one year as its package names it, by day, whether announced or guessed."""
    country, _, part = place.partition("-")
    own = holidays.country_holidays(country, subdiv=part or None)
    first, last = _SHORTER.get(country, (own.start_year, own.end_year))
    if first <= year <= last:
        for day, names in sorted(_holidays(country, part or None, (year,)).items()):
            yield from ((day, name) for name in names.split("; ") if day.year == year)


def _known_years(country: str, found: holidays.HolidayBase) -> tuple[int, int]:
    """The longest run of years that are neither estimated nor still to be announced; (1, 0) if there is none."""
    announced = found.special_public_holidays if country in _ANNOUNCED_YEARLY else found.years
    estimated = {day.year for day, name in found.items() if "estimated" in name}
    known = [year for year in sorted(found.years) if min(announced) <= year <= max(announced) and year not in estimated]
    return max(_runs(known), key=lambda run: run[1] - run[0], default=(1, 0))


def _is_fixed(name: str) -> bool:
    """Whether the law itself fixes the day, so that it is off in years to come whatever is announced around it."""
    return not any(guess in name for guess in ("estimated", "(observed", "substituted"))


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches of consecutive years."""
    start = 0
    for at, year in enumerate(years):
        if at + 1 == len(years) or years[at + 1] != year + 1:
            yield years[start], year
            start = at + 1


def _plain(name: str) -> str:
    """A holiday's name, without a note that it is kept on another day."""
    if "substituted from" in name:
        return EXCHANGED
    return "; ".join(unique(part.partition(" (observed")[0] for part in name.split("; ")))
