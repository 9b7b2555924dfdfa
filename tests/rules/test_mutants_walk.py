"""Steps and edges of a walk over the calendar, each found by a change that no other test had noticed."""

from datetime import date, timedelta

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PLAIN, PRC, counted, days_of, kinds_of
from tracker.rules.calendars import NONE, DayOff, WorkingCalendar
from tracker.rules.conventions import Direction
from tracker.rules.counting import CannotCount, FirstDay, Refusal
from tracker.rules.presets import PRESETS


def closed_for(days: int, before: int) -> WorkingCalendar:
    """Open from 1 January 2024 on, but for so many days in a row that begin so many days later."""
    first = date(2024, 1, 1) + timedelta(before)
    return WorkingCalendar("HERMITAGE", holidays={first + timedelta(n): "retreat" for n in range(days)})


@pytest.mark.parametrize(("before", "period"), [(1, "1 working day"), (3, "3 working days")])
def test_four_hundred_days_off_in_a_row_are_waited_for(before: int, period: str) -> None:
    resumed = date(2024, 1, 1) + timedelta(before + 400)
    assert counted("2024-01-01", period, rules=PLAIN, calendar=closed_for(400, before)).legal == resumed


@pytest.mark.parametrize(("before", "period"), [(1, "1 working day"), (3, "3 working days")])
def test_a_longer_closure_is_taken_for_one_that_never_ends(before: int, period: str) -> None:
    with pytest.raises(CannotCount) as refused:
        counted("2024-01-01", period, rules=PLAIN, calendar=closed_for(401, before))
    assert refused.value.refusal is Refusal.NEVER_OPEN
    assert str(refused.value) == "The calendar HERMITAGE has no working day near 2024-01-02."


class Watched(WorkingCalendar):
    """Fails as soon as anybody looks at a day."""

    def why_closed(self, day: date) -> DayOff | None:
        raise AssertionError(day)


def test_more_working_days_than_there_are_days_are_refused_without_walking_them() -> None:
    with pytest.raises(CannotCount) as refused:
        counted("2026-01-01", f"{10**30} working days", rules=PLAIN, calendar=Watched("NEVER_ASKED"))
    assert refused.value.refusal is Refusal.OUT_OF_RANGE


def test_one_working_day_under_european_law_need_not_hold_two() -> None:
    assert str(counted("2026-03-02", "1 working day", rules=PRESETS["eu-1182-71"]).legal) == "2026-03-03"
    assert str(counted("2026-03-06", "2 days", rules=PRESETS["eu-1182-71"]).legal) == "2026-03-10"


@pytest.mark.parametrize(
    ("period", "direction", "day"),
    [
        ("23 hours", AFTER, "2026-03-04"),
        ("24 hours", AFTER, "2026-03-05"),
        ("47 hours", AFTER, "2026-03-05"),
        ("23 hours", BEFORE, "2026-03-03"),
        ("24 hours", BEFORE, "2026-03-03"),
        ("25 hours", BEFORE, "2026-03-02"),
    ],
)
def test_hours_from_a_bare_day_end_on_the_day_they_reach(period: str, direction: Direction, day: str) -> None:
    result = counted("2026-03-04", period, direction, PLAIN, NONE)
    assert str(result.legal) == day
    assert kinds_of(result) == ["hours"]


def test_each_step_says_what_it_did() -> None:
    assert kinds_of(counted("2026-03-04", "0 days")) == ["on_the_day", "open_day"]
    assert kinds_of(counted("2026-03-04", "5 days")) == ["not_counted", "days", "open_day"]
    german = counted("2027-02-28", "1 month", BEFORE, PRESETS["de-bgb"], NONE)
    assert kinds_of(german) == ["not_counted", "latest_start"]


def test_a_month_back_that_has_no_such_day_begins_on_the_first_and_cites_the_rule_of_month_ends() -> None:
    result = counted("2026-03-31", "1 month", BEFORE, PRC, CN, first_day=FirstDay.COUNTED)
    assert days_of(result)[0] == "2026-03-01"
    assert [(step.kind.value, step.article) for step in result.steps] == [
        ("counted", "prc-civil-code/204"),
        ("month_start", "prc-civil-code/202"),
    ]
