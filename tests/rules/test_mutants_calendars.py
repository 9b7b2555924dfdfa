"""Calendars put together: what an organisation adds, and two places at once."""

from datetime import date

from tracker.rules.calendars import DayOff, Reason, WorkingCalendar, joint

NEW_YEAR, MAY_DAY = date(2026, 1, 1), date(2026, 5, 1)
SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 1, number) for number in (3, 4, 5, 6))
OFFICE = WorkingCalendar(
    "OFFICE",
    frozenset({5, 6}),
    {NEW_YEAR: "New Year", MONDAY: "Stocktaking"},
    frozenset({SATURDAY}),
    (2025, 2026),
)
SHOP = WorkingCalendar(
    "SHOP",
    frozenset({6}),
    {NEW_YEAR: "New Year's Day", MAY_DAY: "Labour Day"},
    frozenset({SUNDAY, MONDAY}),
    (2026, 2027),
)
MILL = WorkingCalendar("MILL", holidays={TUESDAY: "Flood"}, workdays=frozenset({TUESDAY}))


def test_days_off_that_an_organisation_leaves_alone_stay_off() -> None:
    own = OFFICE.with_days({TUESDAY: "Fair"}, [MONDAY])
    assert own.holidays == {NEW_YEAR: "New Year", TUESDAY: "Fair"}
    assert own.workdays == {SATURDAY, MONDAY}


def test_a_day_worked_in_one_place_and_off_in_the_other_is_off_and_named() -> None:
    both = joint(OFFICE, SHOP)
    assert both.why_closed(MONDAY) == DayOff(MONDAY, Reason.HOLIDAY, "Stocktaking")
    assert both.why_closed(MAY_DAY) == DayOff(MAY_DAY, Reason.HOLIDAY, "Labour Day")
    assert both.why_closed(NEW_YEAR) == DayOff(NEW_YEAR, Reason.HOLIDAY, "New Year; New Year's Day")


def test_a_make_up_day_of_one_place_is_open_in_both_where_the_other_works_anyway() -> None:
    both = joint(OFFICE, SHOP)
    assert both.is_open(SATURDAY), "the shop is open on Saturdays"
    assert both.is_make_up(SATURDAY)
    assert both.why_closed(SUNDAY) == DayOff(SUNDAY, Reason.HOLIDAY), "the office is not open on Sundays"
    assert both.workdays == {SATURDAY}
    assert both.weekend == {5, 6}


def test_days_special_to_neither_are_left_to_the_week() -> None:
    assert joint(OFFICE, SHOP).holidays.keys() == {NEW_YEAR, SUNDAY, MONDAY, MAY_DAY}
    assert joint(MILL, WorkingCalendar("YARD")).workdays == {TUESDAY}
    assert joint(WorkingCalendar("YARD"), MILL).workdays == {TUESDAY}
    assert joint(MILL, WorkingCalendar("YARD")).holidays == {}


def test_years_known_to_both_are_known() -> None:
    assert joint(OFFICE, SHOP).coverage == (2026, 2026)
    assert joint(SHOP, OFFICE).coverage == (2026, 2026)
    assert joint(OFFICE, MILL).coverage == (2025, 2026)
    assert joint(MILL, OFFICE).coverage == (2025, 2026)
