"""Hours: exact from an instant, careful from a bare day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction
from tracker.rules.counting import CannotCount, Nature, Refusal, StepKind, count
from tracker.rules.hours import count_hours
from tracker.rules.periods import Period

AFTER, BEFORE = Direction.AFTER, Direction.BEFORE
BERLIN = ZoneInfo("Europe/Berlin")


def test_seventy_two_hours_from_an_instant_end_at_the_same_time_of_day() -> None:
    assert count_hours(datetime(2026, 3, 1, 10, tzinfo=UTC), 72) == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert count_hours(datetime(2026, 3, 4, 10, tzinfo=UTC), 72, BEFORE) == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_or_repeat_is_still_an_hour() -> None:
    spring = count_hours(datetime(2026, 3, 28, 12, tzinfo=BERLIN), 24)
    autumn = count_hours(datetime(2026, 10, 24, 12, tzinfo=BERLIN), 24)
    assert (spring.isoformat(), autumn.isoformat()) == ("2026-03-29T13:00:00+02:00", "2026-10-25T11:00:00+01:00")


def test_hours_need_a_time_zone() -> None:
    with pytest.raises(ValueError, match="with a time zone"):
        count_hours(datetime(2026, 3, 1, 10), 1)  # noqa: DTZ001 -- that it has none is the point


def test_hours_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(CannotCount) as caught:
        count_hours(datetime(9999, 12, 31, 10, tzinfo=UTC), 24)
    assert caught.value.refusal is Refusal.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("hours", "direction", "nature", "legal", "safe"),
    [
        # to act: the last day wholly before the hours can have run out, counted from midnight
        (72, AFTER, Nature.BY, "2026-03-05", "2026-03-04"),
        (24, AFTER, Nature.BY, "2026-03-03", "2026-03-02"),
        (4, AFTER, Nature.BY, "2026-03-02", "2026-03-02"),
        (36, AFTER, Nature.BY, "2026-03-03", "2026-03-02"),
        (48, BEFORE, Nature.BY, "2026-02-28", "2026-02-27"),
        (4, BEFORE, Nature.BY, "2026-03-01", "2026-02-28"),
        # to wait or to last: the first day by whose start they must have run out, counted from the next midnight
        (24, AFTER, Nature.NOT_BEFORE, "2026-03-03", "2026-03-04"),
        (30, AFTER, Nature.NOT_BEFORE, "2026-03-03", "2026-03-05"),
        (24, AFTER, Nature.UNTIL, "2026-03-03", "2026-03-04"),
        (24, BEFORE, Nature.NOT_BEFORE, "2026-03-01", "2026-03-02"),
        (30, BEFORE, Nature.NOT_BEFORE, "2026-02-28", "2026-03-02"),
        (24, AFTER, Nature.STATE, "2026-03-03", "2026-03-03"),
    ],
)
def test_from_a_bare_day_hours_give_a_safe_whole_day(
    hours: int, direction: Direction, nature: Nature, legal: str, safe: str
) -> None:
    period = Period.parse(f"{hours} hours")
    counted = count(date(2026, 3, 2), period, direction, Convention(), NONE, nature)
    assert (str(counted.legal), str(counted.act_by)) == (legal, safe)
    assert [step.kind for step in counted.steps] == [StepKind.HOURS]


def test_the_safe_whole_day_is_a_working_day_too() -> None:
    weekends = WorkingCalendar("SAT_SUN", frozenset({5, 6}))
    counted = count(date(2026, 3, 5), Period.parse("72 hours"), AFTER, Convention(), weekends)
    assert (str(counted.legal), str(counted.act_by)) == ("2026-03-08", "2026-03-06")
    assert [step.kind for step in counted.safe_steps] == [StepKind.HOURS, StepKind.WHOLE_DAY, StepKind.MOVED_BACK]
