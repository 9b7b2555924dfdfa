"""Each rule of counting alone, its steps and articles, and what it refuses."""

from datetime import date, timedelta
from typing import Any

import pytest

from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Articles, Convention, Direction, MonthRule, Roll
from tracker.rules.counting import CannotCount, Refusal, reckon
from tracker.rules.periods import Period

AFTER, BEFORE = Direction.AFTER, Direction.BEFORE
WEEKENDS = WorkingCalendar("SAT_SUN", frozenset({5, 6}))


@pytest.mark.parametrize(
    ("day", "period", "direction", "convention", "expected"),
    [
        # the first day counted
        ("2026-03-02", "1 day", AFTER, Convention(count_trigger_day=True), "2026-03-02"),
        ("2026-03-02", "1 week", AFTER, Convention(count_trigger_day=True), "2026-03-08"),
        ("2026-03-02", "3 days", BEFORE, Convention(count_trigger_day=True), "2026-02-28"),
        ("2026-03-07", "1 working day", AFTER, Convention(count_trigger_day=True), "2026-03-09"),
        ("2026-03-06", "1 working day", AFTER, Convention(count_trigger_day=True), "2026-03-06"),
        # months from the event day and from the first day counted
        ("2026-04-30", "1 month", AFTER, Convention(), "2026-05-30"),
        ("2026-04-30", "1 month", AFTER, Convention(month_rule=MonthRule.START_DAY), "2026-05-31"),
        ("2024-02-29", "1 year", AFTER, Convention(), "2025-02-28"),
        ("2024-02-29", "1 year", AFTER, Convention(month_rule=MonthRule.START_DAY), "2025-02-28"),
        ("2024-02-29", "1 year", AFTER, Convention(count_trigger_day=True), "2025-02-28"),
        ("2024-02-29", "4 years", AFTER, Convention(), "2028-02-29"),
        ("2026-01-31", "1 month", AFTER, Convention(count_trigger_day=True), "2026-02-28"),
        ("2026-12-15", "1 quarter", AFTER, Convention(), "2027-03-15"),
        ("2026-08-31", "1 half-year", AFTER, Convention(), "2027-02-28"),
        # months back
        ("2026-03-31", "1 month", BEFORE, Convention(), "2026-02-28"),
        ("2026-03-31", "1 month", BEFORE, Convention(month_rule=MonthRule.START_DAY), "2026-03-01"),
        ("2026-04-01", "1 month", BEFORE, Convention(month_rule=MonthRule.START_DAY), "2026-03-01"),
        ("2026-12-31", "3 months", BEFORE, Convention(count_trigger_day=True), "2026-10-01"),
        ("2026-12-31", "12 months", BEFORE, Convention(), "2025-12-31"),
        ("2026-03-31", "1 month", BEFORE, Convention(solve_latest=True), "2026-02-28"),
        ("2026-02-28", "1 month", BEFORE, Convention(solve_latest=True, month_rule=MonthRule.START_DAY), "2026-01-31"),
        ("2026-05-30", "1 month", BEFORE, Convention(solve_latest=True), "2026-04-30"),
        ("2026-05-30", "1 month", BEFORE, Convention(solve_latest=True, month_rule=MonthRule.START_DAY), "2026-04-29"),
        ("2026-01-01", "2025 years", BEFORE, Convention(), "0001-01-01"),
        ("2026-01-01", "7973 years", AFTER, Convention(), "9999-01-01"),
        # clear days
        ("2026-03-02", "7 days", BEFORE, Convention(clear_days=True), "2026-02-22"),
        ("2026-03-02", "7 days", AFTER, Convention(clear_days=True), "2026-03-10"),
        ("2026-03-02", "1 month", AFTER, Convention(clear_days=True), "2026-04-03"),
        ("2026-03-09", "3 working days", BEFORE, Convention(clear_days=True), "2026-03-03"),
        ("2026-03-06", "3 days", BEFORE, Convention(clear_days=True, skip_off_days_up_to=3), "2026-03-02"),
        ("2026-03-05", "3 days", BEFORE, Convention(clear_days=True, skip_off_days_up_to=3), "2026-02-27"),
        ("2026-03-05", "3 days", BEFORE, Convention(clear_days=True, skip_off_days_up_to=2), "2026-03-01"),
        # short periods skip days off
        ("2026-03-05", "6 days", AFTER, Convention(skip_off_days_up_to=6), "2026-03-13"),
        ("2026-03-05", "7 days", AFTER, Convention(skip_off_days_up_to=6), "2026-03-12"),
        ("2026-03-05", "1 week", AFTER, Convention(skip_off_days_up_to=6), "2026-03-12"),
        ("2026-03-05", "1 month", AFTER, Convention(skip_off_days_up_to=6), "2026-04-05"),
        # a least number of working days
        ("2026-03-06", "2 days", AFTER, Convention(min_working_days=2), "2026-03-10"),
        ("2026-03-06", "1 day", AFTER, Convention(min_working_days=2), "2026-03-07"),
        ("2026-03-09", "2 days", BEFORE, Convention(min_working_days=2), "2026-03-05"),
        ("2026-03-04", "2 days", AFTER, Convention(min_working_days=2), "2026-03-06"),
        ("2026-03-06", "1 week", AFTER, Convention(min_working_days=2), "2026-03-13"),
        ("2026-03-06", "1 week", AFTER, Convention(min_working_days=6), "2026-03-16"),
        # moving
        ("2026-02-27", "1 day", AFTER, Convention(roll=Roll.FOLLOWING), "2026-03-02"),
        ("2026-02-27", "1 day", AFTER, Convention(roll=Roll.PRECEDING), "2026-02-27"),
        ("2026-02-27", "1 day", AFTER, Convention(roll=Roll.MODIFIED_FOLLOWING), "2026-02-27"),
        ("2026-02-20", "1 day", AFTER, Convention(roll=Roll.MODIFIED_FOLLOWING), "2026-02-23"),
        ("2026-02-19", "1 day", AFTER, Convention(roll=Roll.MODIFIED_FOLLOWING), "2026-02-20"),
        ("2026-02-27", "1 day", AFTER, Convention(), "2026-02-28"),
        # no length at all
        ("2026-02-28", "0 days", AFTER, Convention(), "2026-02-28"),
        ("2026-02-28", "0 months", BEFORE, Convention(month_rule=MonthRule.START_DAY), "2026-02-28"),
        ("2026-02-28", "0 working days", AFTER, Convention(roll=Roll.FOLLOWING), "2026-03-02"),
        ("2026-02-28", "0 days", BEFORE, Convention(clear_days=True, count_trigger_day=True), "2026-02-27"),
        # hours from a bare day
        ("2026-03-02", "24 hours", AFTER, Convention(), "2026-03-03"),
        ("2026-03-02", "4 hours", AFTER, Convention(), "2026-03-02"),
        ("2026-03-02", "36 hours", BEFORE, Convention(), "2026-02-28"),
        ("2026-03-02", "48 hours", BEFORE, Convention(), "2026-02-28"),
        ("2026-03-02", "25 hours", BEFORE, Convention(), "2026-02-28"),
    ],
)
def test_each_rule_of_counting_alone(
    day: str, period: str, direction: Direction, convention: Convention, expected: str
) -> None:
    assert str(reckon(date.fromisoformat(day), Period.parse(period), direction, convention, WEEKENDS).day) == expected


def test_a_period_that_holds_just_enough_working_days_is_not_carried_on() -> None:
    for day, direction in ((date(2026, 3, 3), AFTER), (date(2026, 3, 5), BEFORE)):
        result = reckon(day, Period.parse("2 days"), direction, Convention(min_working_days=2), WEEKENDS)
        assert [step.kind.value for step in result.steps] == ["not_counted", "days"]


def test_the_longest_closure_that_is_believed_is_four_hundred_days() -> None:
    start, next_day = date(2026, 1, 1), Convention(roll=Roll.FOLLOWING)

    def closed(days: int) -> WorkingCalendar:
        return WorkingCalendar("CLOSED", holidays={start + timedelta(days=at): "closed" for at in range(days)})

    assert reckon(start, Period.parse("0 days"), AFTER, next_day, closed(400)).day == start + timedelta(days=400)
    with pytest.raises(CannotCount):
        reckon(start, Period.parse("0 days"), AFTER, next_day, closed(401))


def test_closures_are_judged_each_alone_however_many_there_are() -> None:
    sundays = WorkingCalendar("SUNDAYS", frozenset(range(6)))
    assert (
        str(reckon(date(2026, 1, 4), Period.parse("100 working days"), AFTER, Convention(), sundays).day)
        == "2027-12-05"
    )


def test_modified_following_never_asks_about_the_month_it_avoids() -> None:
    short = WorkingCalendar("SHORT", frozenset({5, 6}), coverage=(2021, 2022))
    convention = Convention(roll=Roll.MODIFIED_FOLLOWING)
    result = reckon(date(2022, 12, 30), Period.parse("1 day"), AFTER, convention, short)
    assert (str(result.day), result.uncovered) == ("2022-12-30", ())


def test_every_step_names_the_article_of_its_own_rule() -> None:
    articles = Articles("excluded", "included", "days", "months", "month end", "clear", "skip", "minimum", "roll")

    def cited(period: str, **changes: Any) -> list[str]:
        convention = Convention(articles=articles, **changes)
        return [
            step.article for step in reckon(date(2026, 1, 30), Period.parse(period), AFTER, convention, WEEKENDS).steps
        ]

    assert cited("1 day") == ["excluded", "days"]
    assert cited("1 day", count_trigger_day=True) == ["included", "days"]
    assert cited("1 day", skip_off_days_up_to=1) == ["excluded", "skip"]
    assert cited("1 working day") == ["excluded", ""]
    assert cited("2 months") == ["excluded", "months"]
    assert cited("1 month") == ["excluded", "month end"]
    assert cited("2 months", month_rule=MonthRule.START_DAY) == ["excluded", "months"]
    assert cited("1 day", clear_days=True) == ["excluded", "days", "clear"]
    assert cited("2 days", min_working_days=2) == ["excluded", "days", "minimum"]
    assert cited("1 day", roll=Roll.FOLLOWING) == ["excluded", "days", "roll"]
    assert cited("3 days", roll=Roll.FOLLOWING) == ["excluded", "days", ""]
    assert cited("48 hours") == ["days"]
    assert cited("0 days") == [""]


def test_days_passed_over_beyond_the_end_are_named_when_a_period_is_carried_on() -> None:
    result = reckon(date(2026, 3, 6), Period.parse("2 days"), AFTER, Convention(min_working_days=2), WEEKENDS)
    assert [(step.kind.value, str(step.start), str(step.end)) for step in result.steps[1:]] == [
        ("days", "2026-03-07", "2026-03-08"),
        ("min_working_days", "2026-03-08", "2026-03-10"),
    ]
    assert result.steps[-1].skipped == ()
    longer = reckon(date(2026, 3, 5), Period.parse("2 days"), AFTER, Convention(min_working_days=2), WEEKENDS)
    assert [str(off.day) for off in longer.steps[-1].skipped] == ["2026-03-08"]


NEVER = WorkingCalendar("NEVER", frozenset(range(7)))


@pytest.mark.parametrize(
    ("period", "direction", "rules", "calendar", "refusal"),
    [
        ("promptly", AFTER, Convention(), NONE, Refusal.UNSPECIFIED),
        ("3 working days", AFTER, Convention(), NEVER, Refusal.NEVER_OPEN),
        ("3 days", AFTER, Convention(roll=Roll.FOLLOWING), NEVER, Refusal.NEVER_OPEN),
        ("3 days", AFTER, Convention(roll=Roll.PRECEDING), NEVER, Refusal.NEVER_OPEN),
        ("3 days", AFTER, Convention(roll=Roll.MODIFIED_FOLLOWING), NEVER, Refusal.NEVER_OPEN),
        ("3 days", AFTER, Convention(min_working_days=2), NEVER, Refusal.NEVER_OPEN),
        ("9000 years", AFTER, Convention(), NONE, Refusal.OUT_OF_RANGE),
        ("9000 years", BEFORE, Convention(), NONE, Refusal.OUT_OF_RANGE),
        ("9000 years", BEFORE, Convention(solve_latest=True), NONE, Refusal.OUT_OF_RANGE),
        ("9999999 days", AFTER, Convention(), NONE, Refusal.OUT_OF_RANGE),
        ("99999999999999999999 weeks", AFTER, Convention(), NONE, Refusal.OUT_OF_RANGE),
        ("9999999 working days", AFTER, Convention(), WEEKENDS, Refusal.OUT_OF_RANGE),
        ("9999999999 hours", BEFORE, Convention(), WEEKENDS, Refusal.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_reason(
    period: str, direction: Direction, rules: Convention, calendar: WorkingCalendar, refusal: Refusal
) -> None:
    with pytest.raises(CannotCount) as caught:
        reckon(date(2026, 1, 1), Period.parse(period), direction, rules, calendar)
    assert caught.value.refusal is refusal
