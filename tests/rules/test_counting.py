"""One date is not enough: the legal day, the readings beside it, and the day to act by."""

from datetime import date
from typing import Any

import pytest

from tracker.rules.calendars import NONE, DayOff, Reason, WorkingCalendar
from tracker.rules.conventions import Articles, Convention, Direction, MonthRule, Preset, Roll
from tracker.rules.counting import (
    CannotCount,
    Counted,
    FirstDay,
    Nature,
    ReadingName,
    Refusal,
    StepKind,
    count,
    reckon,
)
from tracker.rules.periods import Period
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS

AFTER, BEFORE = Direction.AFTER, Direction.BEFORE
PRC, PLAIN = PRESETS["prc-civil-code"], PRESETS["plain"]
CN = working_calendar("CN")
WEEKENDS = WorkingCalendar("SAT_SUN", frozenset({5, 6}))


def counted(
    day: str,
    period: str,
    direction: Direction = AFTER,
    rules: Preset | Convention = PRC,
    calendar: WorkingCalendar = CN,
    nature: Nature = Nature.BY,
    first_day: FirstDay | None = None,
) -> Counted:
    return count(date.fromisoformat(day), Period.parse(period), direction, rules, calendar, nature, first_day)


def days_of(result: Counted) -> tuple[str, str]:
    return str(result.legal), str(result.act_by)


def readings_of(result: Counted) -> dict[str, str]:
    return {reading.name.value: str(reading.day) for reading in result.readings}


def kinds_of(result: Counted) -> list[str]:
    return [step.kind.value for step in result.steps]


# ------------------------------------------------------------------------------------------------- acts, counted on


def test_a_payment_that_falls_in_the_national_holiday_moves_on_by_law_and_back_to_be_safe() -> None:
    result = counted("2026-09-01", "30 days")
    assert days_of(result) == ("2026-10-08", "2026-09-30")
    assert readings_of(result) == {"legal": "2026-10-08", "not_moved": "2026-10-01"}
    assert str(result.nominal) == "2026-10-01"
    assert kinds_of(result) == ["not_counted", "days", "moved_on"]
    assert [step.article for step in result.steps] == ["prc-civil-code/201", "prc-civil-code/200", "prc-civil-code/203"]
    assert [step.kind for step in result.safe_steps] == ["not_counted", "days", "moved_back"]
    moved = result.steps[-1]
    assert (moved.start, moved.end) == (date(2026, 10, 1), date(2026, 10, 8))
    assert moved.skipped[0] == DayOff(date(2026, 10, 1), Reason.HOLIDAY, "National Day")
    assert len(moved.skipped) == 7


def test_a_make_up_saturday_is_a_working_day_and_nothing_moves() -> None:
    result = counted("2026-02-07", "7 days")
    assert days_of(result) == ("2026-02-14", "2026-02-14")
    assert kinds_of(result)[-1] == "make_up_day"
    assert readings_of(result) == {"legal": "2026-02-14"}


def test_the_day_after_that_saturday_rolls_over_the_spring_festival() -> None:
    assert days_of(counted("2026-02-07", "8 days")) == ("2026-02-24", "2026-02-14")


def test_working_days_pass_over_the_spring_festival_and_name_it() -> None:
    result = counted("2026-02-12", "5 working days")
    assert days_of(result) == ("2026-02-26", "2026-02-26")
    step = result.steps[1]
    assert (step.kind, step.article) == (StepKind.DAYS, "")
    assert [off.day.day for off in step.skipped] == list(range(15, 24))
    assert step.skipped[1].name == "Chinese New Year's Eve"


def test_an_act_due_in_a_break_that_began_before_the_event_is_due_when_work_resumes() -> None:
    """Nobody can act before the event: going back to the last working day would ask for just that."""
    assert days_of(counted("2026-10-03", "2 days")) == ("2026-10-08", "2026-10-08")


def test_without_a_moving_rule_such_an_act_is_due_on_the_day_although_it_is_off() -> None:
    result = counted("2026-10-03", "2 days", rules=PLAIN)
    assert days_of(result) == ("2026-10-05", "2026-10-05")
    assert kinds_of(result) == ["not_counted", "days"]


def test_a_day_known_in_advance_may_be_met_before_it_comes() -> None:
    result = count(date(2026, 10, 3), Period.parse("2 days"), AFTER, PRC, CN, foreseen=True)
    assert days_of(result) == ("2026-10-08", "2026-09-30")


# ------------------------------------------------------------------------------------------------ acts, counted back


def test_notice_sixty_days_before_the_end_is_safe_one_day_more_and_on_a_working_day() -> None:
    result = counted("2026-12-31", "60 days", BEFORE)
    assert days_of(result) == ("2026-11-01", "2026-10-30")
    assert readings_of(result) == {"legal": "2026-11-01", "clear_days": "2026-10-31"}
    assert kinds_of(result) == ["not_counted", "days"], "a notice day never moves by law"


def test_months_before_have_two_answers_and_the_earlier_is_safe() -> None:
    result = counted("2027-02-28", "1 month", BEFORE, PLAIN, NONE)
    assert days_of(result) == ("2027-01-28", "2027-01-28")
    assert readings_of(result) == {"legal": "2027-01-28", "latest_start": "2027-01-31"}


def test_german_notice_may_arrive_as_late_as_leaves_the_months_in_full() -> None:
    result = counted("2027-02-28", "1 month", BEFORE, PRESETS["de-bgb"], NONE)
    assert str(result.legal) == "2027-01-31"
    assert readings_of(result) == {
        "legal": "2027-01-31",
        "clear_days": "2027-01-30",
        "subtracted": "2027-01-28",
        "combined": "2027-01-27",
    }
    assert str(result.act_by) == "2027-01-27", "both doubts may be decided against us at once"


def test_the_latest_start_is_not_always_later_than_subtracting() -> None:
    """Where the first day counts, 28 August less six months is 1 March, from which six months run to 31 August."""
    result = counted("2015-08-28", "2 quarters", BEFORE, PLAIN, NONE, first_day=FirstDay.COUNTED)
    assert readings_of(result) == {"legal": "2015-03-01", "latest_start": "2015-02-28"}
    assert str(result.act_by) == "2015-02-28"


def test_federal_rules_go_back_further_when_the_day_before_is_off() -> None:
    result = counted("2026-07-18", "14 days", BEFORE, PRESETS["us-frcp"], working_calendar("US"))
    assert days_of(result) == ("2026-07-02", "2026-07-02")
    assert kinds_of(result)[-1] == "moved_back"
    assert result.steps[-1].article == "us-frcp/6(a)(5)"


@pytest.mark.parametrize("roll", [Roll.FOLLOWING, Roll.MODIFIED_FOLLOWING])
def test_even_a_clause_that_moves_days_on_does_not_move_a_notice_day_on(roll: Roll) -> None:
    result = counted("2026-11-15", "14 days", BEFORE, Convention(roll=roll), WEEKENDS)
    assert days_of(result) == ("2026-11-01", "2026-10-30")


# --------------------------------------------------------------------------------------------------- other natures


def test_a_window_opens_late_enough_for_every_reading() -> None:
    result = counted("2026-01-30", "30 days", nature=Nature.NOT_BEFORE)
    assert days_of(result) == ("2026-03-01", "2026-03-02")
    assert readings_of(result) == {"legal": "2026-03-01", "clear_days": "2026-03-02"}


def test_a_window_before_the_end_opens_on_the_legal_day_or_the_working_day_after_it() -> None:
    result = counted("2026-12-31", "90 days", BEFORE, nature=Nature.NOT_BEFORE)
    assert days_of(result) == ("2026-10-02", "2026-10-08")
    assert readings_of(result) == {"legal": "2026-10-02", "clear_days": "2026-10-01"}


def test_a_window_that_would_open_after_the_end_opens_when_it_lawfully_may() -> None:
    result = counted("2026-10-05", "3 days", BEFORE, nature=Nature.NOT_BEFORE)
    assert days_of(result) == ("2026-10-02", "2026-10-02")


def test_a_term_that_ends_on_a_holiday_ends_on_that_holiday() -> None:
    result = counted("2023-10-01", "3 years", nature=Nature.STATE)
    assert days_of(result) == ("2026-10-01", "2026-10-01")
    assert kinds_of(result) == ["not_counted", "same_date"]
    assert result.provisional == ()


def test_a_duty_lasts_to_the_latest_reading_and_is_not_moved() -> None:
    result = counted("2023-10-01", "3 years", nature=Nature.UNTIL, first_day=FirstDay.UNKNOWN)
    assert days_of(result) == ("2026-10-01", "2026-10-01")
    assert readings_of(result) == {"legal": "2026-10-01", "first_day_counted": "2026-09-30"}


def test_a_duty_that_ends_months_before_something_lasts_to_the_later_reading() -> None:
    result = counted("2027-02-28", "1 month", BEFORE, nature=Nature.UNTIL)
    assert days_of(result) == ("2027-01-28", "2027-01-31")


# --------------------------------------------------------------------------------------------------- the first day


@pytest.mark.parametrize(
    ("first_day", "legal", "others"),
    [
        (None, "2027-01-01", {}),
        (FirstDay.NOT_COUNTED, "2027-01-01", {}),
        (FirstDay.COUNTED, "2026-12-31", {}),
        (FirstDay.UNKNOWN, "2026-12-31", {"first_day_not_counted": "2027-01-01"}),
    ],
)
def test_three_years_from_new_year_end_as_the_clause_counts_its_first_day(
    first_day: FirstDay | None, legal: str, others: dict[str, str]
) -> None:
    result = counted("2024-01-01", "3 years", nature=Nature.STATE, first_day=first_day)
    assert readings_of(result) == {"legal": legal} | others


def test_where_the_first_day_is_in_doubt_an_act_is_due_by_the_earlier_day() -> None:
    result = counted("2026-03-02", "10 days", first_day=FirstDay.UNKNOWN)
    assert days_of(result) == ("2026-03-12", "2026-03-11")
    assert readings_of(result) == {"legal": "2026-03-12", "first_day_counted": "2026-03-11"}


def test_doubts_that_hide_behind_a_weekend_still_make_the_safe_day_earlier() -> None:
    """The first day counted or not, the law gives Monday; a Sunday that does not move, less a day, is Saturday."""
    result = counted("2026-03-05", "10 days", first_day=FirstDay.UNKNOWN, calendar=WEEKENDS)
    assert readings_of(result) == {"legal": "2026-03-16", "not_moved": "2026-03-15", "combined": "2026-03-14"}
    assert str(result.act_by) == "2026-03-13"


def test_counting_the_first_day_cites_the_rule_that_allows_it() -> None:
    step = counted("2024-01-01", "3 years", nature=Nature.STATE, first_day=FirstDay.COUNTED).steps[0]
    assert (step.kind, step.article, step.start, step.end) == (
        StepKind.COUNTED,
        "prc-civil-code/204",
        date(2024, 1, 1),
        date(2024, 1, 1),
    )


# ------------------------------------------------------------------------------------------------------ the unknown


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


# -------------------------------------------------------------------------------------------------------- refusals


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


# ------------------------------------------------------------------------------------------------- single rules


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
    ],
)
def test_each_rule_of_counting_alone(
    day: str, period: str, direction: Direction, convention: Convention, expected: str
) -> None:
    assert str(reckon(date.fromisoformat(day), Period.parse(period), direction, convention, WEEKENDS).day) == expected


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


# ----------------------------------------------------------------------------------------------------------- presets


def test_the_name_of_a_reading_is_legal_first() -> None:
    assert counted("2026-12-31", "60 days", BEFORE).readings[0].name is ReadingName.LEGAL


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_moves_a_day_counted_back_forward_or_a_day_counted_on_back(name: str) -> None:
    preset = PRESETS[name]
    assert preset.after.roll in (Roll.NONE, Roll.FOLLOWING)
    for in_months in (False, True):
        assert preset.convention(BEFORE, in_months).roll in (Roll.NONE, Roll.PRECEDING)
    assert preset.name == name


@pytest.mark.parametrize("name", [name for name in PRESETS if PRESETS[name].place])
def test_the_place_of_a_preset_has_a_calendar(name: str) -> None:
    assert working_calendar(PRESETS[name].place).name == PRESETS[name].place


def test_clear_days_in_english_procedure_are_for_days_and_not_for_months() -> None:
    for name in ("uk-cpr", "uk-insolvency"):
        assert str(counted("2026-12-31", "14 days", BEFORE, PRESETS[name], NONE).legal) == "2026-12-16"
        assert str(counted("2026-12-31", "1 month", BEFORE, PRESETS[name], NONE).legal) == "2026-11-30"
