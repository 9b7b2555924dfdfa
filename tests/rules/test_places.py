"""Working days of real places."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from tracker.rules.calendars import NONE, Reason
from tracker.rules.law import places_of
from tracker.rules.places import EXCHANGED, is_place, known_places, working_calendar

CN = working_calendar("CN")
MISTAKEN = {date(2005, 12, 31)}
"""chinesecalendar has this Saturday off; the State Council had it worked (notice 35 of 16 December 2005)."""


def test_chinese_working_days_agree_with_a_second_library_on_every_day_of_every_announced_year() -> None:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    every = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    assert {day for day in every if CN.is_open(day) != chinese_calendar.is_workday(day)} == MISTAKEN


def test_a_chinese_year_is_known_only_once_the_state_council_has_announced_it() -> None:
    assert CN.coverage == (2001, 2026)
    assert not any(day.year > 2026 for day in CN.workdays)


def test_days_that_the_law_fixes_are_off_in_years_not_yet_announced() -> None:
    """A safe day once fell on 1 October of such a year, which no announcement can make a working day."""
    assert not any(CN.is_open(date(2027, month, day)) for month, day in ((1, 1), (2, 8), (4, 5), (6, 9), (10, 1)))
    assert CN.is_open(date(2027, 10, 4)), "the days moved around the holidays are the announcement's to say"
    assert CN.is_open(date(2027, 2, 10))
    assert not CN.covers(date(2027, 10, 1)), "whatever rests on that year stays provisional"


def test_the_chinese_arrangement_for_2026_is_as_announced() -> None:
    off = {day for day in CN.holidays if day.year == 2026 and day.weekday() not in CN.weekend}
    assert date(2026, 10, 7) in off
    assert sorted(day.isoformat() for day in CN.workdays if day.year == 2026) == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
    assert CN.holidays[date(2026, 10, 1)] == "National Day"
    assert CN.holidays[date(2026, 10, 5)] == "National Day", "a holiday kept on another day is still that holiday"
    assert CN.holidays[date(2026, 10, 7)] == EXCHANGED


def test_in_hong_kong_good_friday_is_off_and_saturday_counts() -> None:
    hong_kong = working_calendar("HK")
    assert [hong_kong.is_open(date(2026, 4, day)) for day in (3, 4, 6, 7)] == [False] * 4
    assert hong_kong.is_open(date(2026, 4, 11))
    closed = hong_kong.why_closed(date(2026, 4, 12))
    assert closed is not None
    assert closed.reason is Reason.WEEKEND
    assert hong_kong.holidays[date(2026, 4, 6)] == "Easter Monday; The day following Ching Ming Festival"


def test_in_singapore_saturday_counts_and_estimated_holidays_are_not_known() -> None:
    singapore = working_calendar("SG")
    assert singapore.is_open(date(2026, 3, 14))
    assert not singapore.is_open(date(2026, 3, 15))
    assert singapore.covers(date(2026, 1, 1))
    assert not singapore.covers(date(2030, 1, 1))


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert working_calendar("DE").is_open(epiphany)
    assert not working_calendar("DE-BY").is_open(epiphany)


def test_two_places_together_are_open_when_both_are() -> None:
    both = working_calendar("CN+HK")
    assert both.name == "CN+HK"
    assert not both.is_open(date(2026, 4, 3)), "Good Friday in Hong Kong"
    assert not both.is_open(date(2026, 10, 5)), "National Day in China"
    assert both.is_open(date(2026, 10, 10)), "a make-up day in China, a Saturday that counts in Hong Kong"
    assert both.coverage == (2001, 2026)


def test_no_place_is_a_calendar_without_days_off() -> None:
    assert working_calendar("NONE") is NONE


@pytest.mark.parametrize("name", ["", "XX", "cn", "CN-", "DE-ZZ", "CN+", "CN+XX", "ISO"])
def test_an_unknown_place_is_refused(name: str) -> None:
    assert not is_place(name)
    with pytest.raises(ValueError, match="No holidays are known for"):
        working_calendar(name)


def test_the_working_days_of_every_known_country_can_be_told() -> None:
    assert {"CN", "HK", "SG", "JP", "TW", "GB", "DE", "US", "AU"} <= known_places().keys()
    for country in known_places():
        calendar = working_calendar(country)
        assert calendar.coverage is not None
        assert all(calendar.covers(day) for day in calendar.workdays)
        assert len(calendar.weekend) < 7


def test_a_country_whose_feasts_are_always_estimated_is_never_known() -> None:
    unknown = working_calendar("JO")
    assert not any(unknown.covers(date(year, 1, 1)) for year in range(1990, 2081))


def test_a_place_is_worked_out_once() -> None:
    assert working_calendar("JP") is working_calendar("JP")


def test_a_calendar_joins_the_places_of_its_name() -> None:
    assert places_of("CN+HK+OWN") == ["CN", "HK"]
    assert places_of("CN") == ["CN"]
    assert places_of("NONE") == places_of("NONE+OWN") == []
