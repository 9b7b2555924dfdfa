"""What is known of the working days of particular countries, and which days of later years are off for certain."""

from importlib.metadata import version

import pytest

from tracker.rules.places import EXCHANGED, PACKAGE, is_place, known_places, named_days, working_calendar


def of_year(place: str, year: int) -> dict[str, str]:
    """The holidays of one year as month and day."""
    return {f"{day:%m-%d}": name for day, name in working_calendar(place).holidays.items() if day.year == year}


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("AZ", 2008, 2025),
        ("BY", 1998, 2026),
        ("CN", 2001, 2026),
        ("HU", 1991, 2026),
        ("KG", 2006, 2025),
        ("KZ", 2000, 2025),
        ("LV", 2001, 2026),
        ("MM", 2024, 2025),
        ("RU", 1991, 2027),
        ("UZ", 2018, 2026),
        ("VN", 2010, 2026),
    ],
)
def test_a_year_is_known_where_the_government_has_announced_its_working_days(place: str, first: int, last: int) -> None:
    assert working_calendar(place).coverage == (first, last)


@pytest.mark.parametrize("place", ["HK", "JP", "GB-ENG", "US-CA"])
def test_where_the_law_says_everything_the_years_from_1990_to_2080_are_known(place: str) -> None:
    calendar = working_calendar(place)
    assert calendar.coverage == (1990, 2080)
    assert {day.year for day in calendar.holidays} == set(range(1990, 2081))


def test_of_several_stretches_of_years_the_longest_is_known() -> None:
    assert working_calendar("TZ").coverage == (2013, 2025), "not 1991, 1994 or 2003, which stand alone"
    assert working_calendar("SS").coverage == (2020, 2022), "neither the first stretch nor the last"
    assert working_calendar("MK").coverage == (2010, 2025)


def test_where_every_year_has_guessed_feasts_no_year_is_known() -> None:
    assert working_calendar("JO").coverage == (1, 0)


def test_no_feasts_are_told_where_the_tables_of_them_end() -> None:
    assert max(working_calendar("BT").holidays).year == max(working_calendar("IN").holidays).year == 2035
    assert min(working_calendar("BT").holidays).year == 2007
    assert min(working_calendar("IN").holidays).year == 2001
    assert working_calendar("IN").coverage == (2001, 2026)


def test_every_day_of_the_first_and_the_last_known_year_is_told() -> None:
    russia, hungary = working_calendar("RU"), working_calendar("HU")
    assert of_year("HU", 1991)["12-25"] == of_year("HU", 2026)["12-25"] == "Christmas Day"
    assert min(hungary.holidays).year == 1991
    assert of_year("RU", 2027)["11-05"] == EXCHANGED
    assert {day.isoformat() for day in russia.workdays if day.year == 2027} == {"2027-02-20"}
    assert {day.year for day in working_calendar("BY").workdays} >= {1998, 2026}


def test_after_the_last_known_year_only_what_the_law_fixes_is_off() -> None:
    assert "10-04" not in of_year("CN", 2027), "moved off a Saturday by a guess"
    assert of_year("CN", 2027)["10-03"] == "National Day"
    emirates = of_year("AE", 2027)
    assert emirates == {"01-01": "New Year's Day", "12-02": "National Day", "12-03": "National Day"}, "no guessed feast"


def test_before_the_first_known_year_nothing_is_told() -> None:
    assert min(working_calendar("CN").holidays).year == 2001
    assert min(working_calendar("AE").holidays).year == 2017
    assert min(working_calendar("CN").workdays).year >= 2001


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("CA", "09-07", "Labour Day"),
        ("HK", "01-01", "The first day of January"),
        ("SG", "03-21", "Hari Raya Puasa"),
        ("DE", "10-03", "German Unity Day"),
        ("CN", "01-01", "New Year's Day"),
        ("US", "09-07", "Labor Day"),
    ],
)
def test_holidays_have_english_names_as_the_country_itself_writes_them(place: str, day: str, name: str) -> None:
    assert of_year(place, 2026)[day] == name


def test_a_part_of_a_country_keeps_its_own_days_every_year() -> None:
    assert all("01-06" in of_year("DE-BY", year) for year in range(1991, 2081))
    assert "01-06" not in of_year("DE", 2026)


def test_the_optional_holidays_of_hong_kong_are_general_holidays() -> None:
    assert of_year("HK", 2027)["03-27"] == "The day following Good Friday"
    assert of_year("HK", 2026)["04-03"] == "Good Friday"


def test_names_are_told_once_and_without_a_note_of_how_the_day_came_to_be() -> None:
    assert of_year("HK", 2026)["05-25"] == "The Birthday of the Buddha; The day following the Birthday of the Buddha"
    assert of_year("HU", 2026)["01-02"] == EXCHANGED == "day off in exchange for a working day"


def test_what_is_known_comes_from_the_release_that_is_installed() -> None:
    assert f"holidays {version('holidays')}" == PACKAGE


def test_countries_are_known_by_their_two_letters_alone() -> None:
    assert {len(country) for country in known_places()} == {2}
    assert not is_place("CHN")
    assert list(known_places()) == sorted(known_places())


# ------------------------------------------------------------ the holidays of one year, announced or not


def told(place: str, year: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for day, name in named_days(place, year):
        assert day.year == year
        found.setdefault(f"{day:%m-%d}", []).append(name)
    return found


def test_the_holidays_of_a_year_not_yet_announced_are_told_with_what_is_guessed() -> None:
    assert told("CN", 2027)["02-09"] == ["Chinese New Year (Spring Festival) (observed)"]
    assert next(iter(told("CN", 2026))) == "01-01"


def test_two_holidays_on_one_day_are_told_one_by_one() -> None:
    assert told("CN", 2028)["10-03"] == ["Mid-Autumn Festival", "National Day"]


def test_the_holidays_of_a_part_are_its_own() -> None:
    assert "01-06" in told("DE-BY", 2026)
    assert "01-06" not in told("DE", 2026)


@pytest.mark.parametrize(
    ("place", "years", "known"),
    [("CN", (1949, 1950, 2100, 2101), [1950, 2100]), ("BT", (2034, 2035, 2036), [2034, 2035])],
)
def test_no_holidays_are_told_of_years_that_the_tables_do_not_hold(
    place: str, years: tuple[int, ...], known: list[int]
) -> None:
    assert [year for year in years if told(place, year)] == known
