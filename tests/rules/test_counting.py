"""One date is not enough: the legal day, the readings beside it, and the day to act by."""

from datetime import date

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PLAIN, PRC, WEEKENDS, counted, days_of, kinds_of, readings_of
from tracker.rules.calendars import NONE, DayOff, Reason
from tracker.rules.conventions import Convention, Direction, Roll
from tracker.rules.counting import FirstDay, Nature, StepKind, count
from tracker.rules.periods import Period
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS
from tracker.rules.readings import plan


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


@pytest.mark.parametrize("roll", [Roll.FOLLOWING, Roll.MODIFIED_FOLLOWING])
def test_a_day_that_was_moved_on_is_safe_where_it_was_before(roll: Roll) -> None:
    """Ten days after 5 November 2026 are a Sunday; a payment is made on the Friday before it."""
    result = counted("2026-11-05", "10 days", AFTER, Convention(roll=roll), WEEKENDS)
    assert days_of(result) == ("2026-11-16", "2026-11-13")
    assert readings_of(result) == {"legal": "2026-11-16", "not_moved": "2026-11-15"}


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
    assert str(result.act_by) == legal, "a term ends when it ends"


def test_where_the_first_day_is_in_doubt_an_act_is_due_by_the_earlier_day() -> None:
    result = counted("2026-03-02", "10 days", first_day=FirstDay.UNKNOWN)
    assert days_of(result) == ("2026-03-12", "2026-03-11")
    assert readings_of(result) == {"legal": "2026-03-12", "first_day_counted": "2026-03-11"}


def test_where_the_first_day_counted_back_is_in_doubt_an_act_is_due_by_the_earlier_day_too() -> None:
    result = counted("2026-03-12", "10 days", BEFORE, PLAIN, first_day=FirstDay.UNKNOWN)
    assert days_of(result) == ("2026-03-02", "2026-03-02")
    assert readings_of(result) == {"legal": "2026-03-02", "first_day_counted": "2026-03-03"}


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


def test_a_term_that_ends_months_before_something_has_one_reading() -> None:
    assert readings_of(counted("2027-02-28", "1 month", BEFORE, nature=Nature.STATE)) == {"legal": "2027-01-28"}


@pytest.mark.parametrize(
    ("direction", "in_months", "nature", "names"),
    [
        (AFTER, False, Nature.BY, ["legal", "not_moved"]),
        (AFTER, True, Nature.BY, ["legal", "not_moved"]),
        (AFTER, True, Nature.STATE, ["legal"]),
        (AFTER, False, Nature.UNTIL, ["legal"]),
        (AFTER, False, Nature.NOT_BEFORE, ["legal", "clear_days"]),
        (BEFORE, False, Nature.BY, ["legal", "clear_days"]),
        (BEFORE, False, Nature.UNTIL, ["legal"]),
        (BEFORE, True, Nature.UNTIL, ["legal", "latest_start"]),
        (BEFORE, True, Nature.STATE, ["legal"]),
    ],
)
def test_only_readings_that_can_matter_are_counted(
    direction: Direction, in_months: bool, nature: Nature, names: list[str]
) -> None:
    """Counting is repeated for each of them, for every deadline of every contract."""
    assert [name.value for name, _ in plan(PRC, direction, in_months, nature, None).conventions] == names
