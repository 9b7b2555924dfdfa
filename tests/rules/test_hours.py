"""Hours: exact from an instant, careful from a bare day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Roll
from tracker.rules.counting import CannotCount, Nature, Refusal, StepKind, count
from tracker.rules.hours import count_hours
from tracker.rules.periods import Period
from tracker.rules.presets import PRESETS
from tracker.rules.question import Overrides, Question

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
    with pytest.raises(CannotCount, match="beyond the years"):
        count_hours(datetime(2026, 3, 1, 10, tzinfo=UTC), 10**20)


@pytest.mark.parametrize(
    ("day", "direction", "nature"),
    [("9999-12-30", AFTER, Nature.NOT_BEFORE), ("0001-01-02", BEFORE, Nature.BY)],
)
def test_a_safe_day_beyond_the_calendar_is_refused_too(day: str, direction: Direction, nature: Nature) -> None:
    """Found by hand: the program broke off, where the hours ended within the calendar and the safe day did not."""
    with pytest.raises(CannotCount, match="beyond the years") as caught:
        count(date.fromisoformat(day), Period.parse("24 hours"), direction, Convention(), NONE, nature)
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


# 72 hours from Wednesday 4 March 2026 end on a Saturday.


@pytest.mark.parametrize(
    ("rules", "legal", "cited"),
    [
        ("eu-1182-71", "2026-03-07", ["eu-1182-71/3(2)(a)"]),
        ("us-frcp", "2026-03-09", ["us-frcp/6(a)(2)(B)", "us-frcp/6(a)(2)(C)"]),
        ("us-ny-gcl", "2026-03-09", ["us-ny-gcl/20", "us-ny-gcl/25"]),
    ],
)
def test_whether_hours_that_end_on_a_day_off_run_on_is_for_the_rules_to_say(
    rules: str, legal: str, cited: list[str]
) -> None:
    """Found by hand: they did under Regulation 1182/71, which moves periods "expressed otherwise than in hours"."""
    weekends = WorkingCalendar("SAT_SUN", frozenset({5, 6}))
    counted = count(date(2026, 3, 4), Period.parse("72 hours"), AFTER, PRESETS[rules], weekends)
    assert (str(counted.legal), str(counted.act_by)) == (legal, "2026-03-06")
    assert [step.article for step in counted.steps] == cited


def test_days_under_the_same_rules_move_on_and_hours_do_where_that_is_asked_for() -> None:
    weekends, preset = WorkingCalendar("SAT_SUN", frozenset({5, 6})), PRESETS["eu-1182-71"]
    asked = Question(trigger=date(2026, 3, 4), period=Period.parse("72 hours"), direction=AFTER, preset=preset)
    assert str(replace(asked, period=Period.parse("3 days")).answer(weekends).legal) == "2026-03-09"
    assert str(replace(asked, overrides=Overrides(roll=Roll.FOLLOWING)).answer(weekends).legal) == "2026-03-09"
    assert str(replace(asked, overrides=Overrides(min_working_days=2)).answer(weekends).legal) == "2026-03-07"
