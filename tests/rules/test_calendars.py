"""Working days: whose, which, and for which years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import calendars_of_their_own
from tracker.rules.calendars import NONE, DayOff, Reason, WorkingCalendar, joint

OFFICE = WorkingCalendar(
    "OFFICE",
    frozenset({5, 6}),
    {date(2026, 10, 1): "National Day", date(2026, 10, 10): "Founders' Day"},
    frozenset({date(2026, 10, 11)}),
    (2025, 2026),
)
FRIDAY, SATURDAY, SUNDAY = date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 11)


def test_a_day_off_says_why() -> None:
    assert OFFICE.why_closed(date(2026, 10, 3)) == DayOff(date(2026, 10, 3), Reason.WEEKEND)
    assert OFFICE.why_closed(date(2026, 10, 1)) == DayOff(date(2026, 10, 1), Reason.HOLIDAY, "National Day")
    assert OFFICE.why_closed(FRIDAY) is None


def test_a_holiday_on_a_weekend_is_told_as_the_holiday() -> None:
    assert OFFICE.why_closed(SATURDAY) == DayOff(SATURDAY, Reason.HOLIDAY, "Founders' Day")


def test_a_make_up_day_is_open_although_it_is_on_a_weekend() -> None:
    assert OFFICE.is_open(SUNDAY)
    assert OFFICE.is_make_up(SUNDAY)
    assert not OFFICE.is_make_up(FRIDAY)
    assert not OFFICE.is_make_up(SATURDAY)


def test_a_calendar_knows_the_years_it_knows() -> None:
    years = range(2024, 2028)
    assert [OFFICE.covers(date(year, 6, 1)) for year in years] == [False, True, True, False]
    assert all(NONE.covers(date(year, 6, 1)) for year in years)


def test_an_organisation_adds_its_own_days_off_and_on() -> None:
    own = OFFICE.with_days({FRIDAY: "Stocktaking", SUNDAY: "Rest"}, [date(2026, 10, 1), SATURDAY])
    assert [own.is_open(day) for day in (FRIDAY, SUNDAY, date(2026, 10, 1), SATURDAY)] == [False, False, True, True]
    assert own.why_closed(FRIDAY) == DayOff(FRIDAY, Reason.HOLIDAY, "Stocktaking")
    assert OFFICE.is_open(FRIDAY), "the place itself stays as it was"
    assert own.name == OFFICE.name
    assert own.coverage == OFFICE.coverage


def test_an_announced_year_replaces_what_was_guessed_and_is_covered_from_then_on() -> None:
    settled = OFFICE.with_year(2027, {date(2027, 10, 1): "National Day"}, [date(2027, 10, 9)])
    assert settled.coverage == (2025, 2027)
    assert settled.is_open(date(2027, 10, 9))
    assert not settled.is_open(date(2027, 10, 1))
    again = settled.with_year(2027, {date(2027, 10, 4): "National Day"})
    assert again.is_open(date(2027, 10, 1))
    assert not again.is_open(date(2027, 10, 9))
    assert not again.is_open(date(2026, 10, 1)), "other years stay"
    assert again.coverage == (2025, 2027)


def test_a_year_before_the_known_ones_may_be_added_too() -> None:
    assert OFFICE.with_year(2024, {}).coverage == (2024, 2026)
    assert NONE.with_year(2027, {}).coverage is None


@pytest.mark.parametrize("year", [2023, 2028])
def test_an_arrangement_that_would_leave_a_gap_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=r"OFFICE is known from 2025 to 2026: add 2027 before"):
        OFFICE.with_year(year, {})


@pytest.mark.parametrize(("off", "on"), [({date(2026, 1, 1): "x"}, []), ({}, [date(2028, 1, 1)])])
def test_an_arrangement_holds_days_of_its_year_alone(off: dict[date, str], on: list[date]) -> None:
    with pytest.raises(ValueError, match="is not a day of 2027"):
        OFFICE.with_year(2027, off, on)


@given(calendars_of_their_own(), calendars_of_their_own(), st.dates(date(2018, 1, 1), date(2026, 1, 1)))
def test_several_places_are_open_together_only_when_each_is_open(
    one: WorkingCalendar, other: WorkingCalendar, day: date
) -> None:
    both = joint(one, other)
    assert both.is_open(day) == (one.is_open(day) and other.is_open(day))
    assert (both.why_closed(day) is None) == both.is_open(day)


def test_joint_calendars_cover_the_years_all_of_them_cover() -> None:
    longer = WorkingCalendar("B", coverage=(2020, 2030))
    assert joint(OFFICE, longer, NONE).coverage == (2025, 2026)
    assert joint(NONE, NONE).coverage is None
    strangers = joint(OFFICE, WorkingCalendar("C", coverage=(2030, 2031)))
    assert not any(strangers.covers(date(year, 1, 1)) for year in range(2020, 2035))


def test_a_joint_calendar_names_its_parts_and_the_holidays_of_each() -> None:
    other = WorkingCalendar("B", holidays={date(2026, 10, 1): "Harvest", FRIDAY: "Fair"})
    both = joint(OFFICE, other)
    assert both.name == "OFFICE+B"
    assert both.why_closed(date(2026, 10, 1)) == DayOff(date(2026, 10, 1), Reason.HOLIDAY, "National Day; Harvest")
    assert both.why_closed(FRIDAY) == DayOff(FRIDAY, Reason.HOLIDAY, "Fair")
