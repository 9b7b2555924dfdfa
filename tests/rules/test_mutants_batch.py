"""What a case leaves out, and days that are their own count."""

from typing import Any

import pytest

from tests.support.cast import bare, deadlines
from tracker.rules.batch import run_batch
from tracker.rules.periods import Period, Unit


def day_of(calendar: dict[str, Any], **given: Any) -> str | None:
    case = {"period": {"n": 1, "unit": "month"}, "direction": "forward", "calendar": "X", **given}
    return run_batch({"calendars": {"X": calendar}, "cases": [{"id": "it", "input": case}]})["it"]


@pytest.mark.parametrize(
    ("rule", "day"),
    [({}, "2026-05-30"), ({"month_rule": "event_day"}, "2026-05-30"), ({"month_rule": "start_day"}, "2026-05-31")],
)
def test_months_end_on_the_date_of_the_event_unless_the_case_says_otherwise(rule: dict[str, str], day: str) -> None:
    assert day_of({}, trigger_date="2026-04-30", **rule) == day


def test_a_calendar_that_never_opens_gives_the_days_that_need_no_working_day() -> None:
    never = {"weekend": [0, 1, 2, 3, 4, 5, 6]}
    assert day_of(never, trigger_date="2026-04-30") == "2026-05-30"
    assert day_of(never, trigger_date="2026-04-30", roll="following") is None


def test_a_day_itself_is_told_as_a_period_of_no_days() -> None:
    (found,) = deadlines(bare(obligations=[{"code": "report", "due": "on 2026-05-08"}]), "2026-01-01").values()
    assert (found.steps[0].kind.value, found.steps[0].period) == ("on_the_day", Period(0, Unit.DAY))
