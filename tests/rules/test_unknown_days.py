"""A day that cannot be known is not guessed."""

from datetime import date

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PLAIN, PRC, WEEKENDS, counted, days_of
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Direction
from tracker.rules.counting import CannotCount, Refusal
from tracker.rules.presets import PRESETS


def test_a_period_without_a_number_has_no_day_at_all() -> None:
    result = counted("2026-01-15", "及时")
    assert (result.legal, result.act_by, result.nominal) == (None, None, None)
    assert (result.readings, result.steps, result.safe_steps, result.provisional) == ((), (), (), ())
    assert result.to_data()["legal"] is None


def test_a_day_beyond_the_announced_years_is_provisional() -> None:
    result = counted("2026-12-20", "30 days")
    assert days_of(result) == ("2027-01-19", "2027-01-19")
    assert result.provisional == (2027,)


def test_a_day_is_provisional_too_when_only_its_safe_day_lies_beyond_the_announced_years() -> None:
    assert counted("2027-03-31", "60 days", BEFORE).provisional == (2027,)
    assert counted("2027-02-28", "60 days", BEFORE).provisional == ()


def test_a_count_across_several_unknown_years_names_each() -> None:
    short = WorkingCalendar("SHORT", frozenset({5, 6}), coverage=(2024, 2024))
    result = counted("2024-12-30", "300 working days", calendar=short)
    assert result.provisional == (2025, 2026)


def test_a_year_before_the_known_ones_is_unknown_too() -> None:
    late = WorkingCalendar("LATE", frozenset({5, 6}), coverage=(2026, 2030))
    assert counted("2026-01-05", "10 days", BEFORE, PRC, late).provisional == (2025,)


def test_a_provisional_day_settles_when_the_year_is_announced() -> None:
    announced = CN.with_year(2027, {date(2027, 1, 18): "x", date(2027, 1, 19): "x"})
    result = counted("2026-12-20", "30 days", calendar=announced)
    assert days_of(result) == ("2027-01-20", "2027-01-15")
    assert result.provisional == ()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("direction", [AFTER, BEFORE])
def test_at_the_ends_of_the_calendar_a_day_is_right_or_refused(day: str, direction: Direction) -> None:
    for period in ("0 days", "1 day", "1 month", "1 working day", "1 year"):
        for rules in PRESETS.values():
            try:
                result = counted(day, period, direction, rules, WEEKENDS)
            except CannotCount as error:
                assert error.refusal is Refusal.OUT_OF_RANGE  # noqa: PT017 -- either outcome is right, no other is
            else:
                assert result.legal is not None


def test_a_day_to_act_by_that_no_calendar_holds_is_refused() -> None:
    with pytest.raises(CannotCount, match="beyond the years"):
        counted("0001-01-05", "1 day", BEFORE, PLAIN, WorkingCalendar("SATURDAYS", frozenset({6, 0, 1, 2, 3, 4})))
