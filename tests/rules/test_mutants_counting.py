"""Readings, safe days and their data at the edges that no other test had touched."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PLAIN, PRC, WEEKENDS, counted, days_of, readings_of
from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Preset
from tracker.rules.counting import CannotCount, FirstDay, Nature, Refusal
from tracker.rules.steps import Step, StepKind

FIRST_DAY_COUNTS = Convention(count_trigger_day=True)


def test_a_count_as_data_names_everything_that_was_found() -> None:
    assert counted("2026-02-07", "8 days").to_data() == {
        "trigger": "2026-02-07",
        "period": "8 days",
        "direction": "after",
        "nature": "by",
        "calendar": "CN",
        "legal": "2026-02-24",
        "act_by": "2026-02-14",
        "nominal": "2026-02-15",
        "readings": [reading.to_data() for reading in counted("2026-02-07", "8 days").readings],
        "steps": [step.to_data() for step in counted("2026-02-07", "8 days").steps],
        "safe_steps": [step.to_data() for step in counted("2026-02-07", "8 days").safe_steps],
        "provisional": [],
    }
    unknown = counted("2026-12-20", "30 days").to_data()
    assert unknown["provisional"] == [2027]
    assert [reading["name"] for reading in unknown["readings"]] == ["legal"]
    assert [step["kind"] for step in unknown["steps"]] == ["not_counted", "days", "open_day"]
    silent = counted("2026-12-20", "promptly").to_data()
    assert (silent["legal"], silent["act_by"], silent["nominal"]) == (None, None, None)
    assert (silent["period"], silent["readings"]) == ("“promptly”", [])


def test_a_step_as_data_says_only_what_it_has() -> None:
    steps = counted("2026-09-10", "2 working days", rules=PLAIN, calendar=WEEKENDS).steps
    assert [step.to_data() for step in steps] == [
        {"kind": "not_counted", "start": "2026-09-10", "end": "2026-09-11"},
        {
            "kind": "days",
            "start": "2026-09-11",
            "end": "2026-09-14",
            "period": "2 working days",
            "skipped": [["2026-09-12", "weekend", ""], ["2026-09-13", "weekend", ""]],
        },
    ]
    bare = Step(StepKind.SENT, date(2026, 3, 2), date(2026, 3, 1))
    assert bare.to_data() == {"kind": "sent", "start": "2026-03-02", "end": "2026-03-01"}
    assert Step.from_data(bare.to_data()) == bare == (StepKind.SENT, bare.start, bare.end, "", None, ())
    first, *_rest = counted("2026-02-07", "8 days").steps
    assert first.to_data()["article"] == "prc-civil-code/201"


def test_the_day_of_the_event_itself_is_in_time_when_the_next_is_off() -> None:
    assert days_of(counted("2026-09-04", "1 day")) == ("2026-09-07", "2026-09-04")


def test_a_window_may_open_on_the_very_day_it_is_counted_from() -> None:
    result = counted("2026-09-07", "1 day", BEFORE, PLAIN, WEEKENDS, Nature.NOT_BEFORE)
    assert days_of(result) == ("2026-09-06", "2026-09-07")


def test_of_several_doubts_at_once_only_the_safe_one_is_shown() -> None:
    cautious = Preset("own", FIRST_DAY_COUNTS, FIRST_DAY_COUNTS, safe_clear_days=True)
    result = counted("2027-02-28", "1 month", BEFORE, cautious, NONE, first_day=FirstDay.UNKNOWN)
    assert readings_of(result) == {
        "legal": "2027-01-29",
        "clear_days": "2027-01-28",
        "latest_start": "2027-02-01",
        "combined": "2027-01-27",
    }
    assert str(result.act_by) == "2027-01-27"


def test_rules_that_count_the_first_day_do_so_where_the_clause_is_silent() -> None:
    assert str(counted("2026-03-02", "5 days", rules=FIRST_DAY_COUNTS, calendar=NONE).legal) == "2026-03-06"
    assert str(counted("2026-03-02", "5 days", BEFORE, FIRST_DAY_COUNTS, NONE).legal) == "2026-02-26"


def test_where_the_first_day_may_not_count_after_all_one_day_earlier_is_safe() -> None:
    result = counted("2026-03-02", "5 days", BEFORE, FIRST_DAY_COUNTS, NONE, first_day=FirstDay.UNKNOWN)
    assert readings_of(result) == {"legal": "2026-02-26", "first_day_not_counted": "2026-02-25"}
    assert str(result.act_by) == "2026-02-25"
    later = counted("2026-03-02", "5 days", AFTER, FIRST_DAY_COUNTS, NONE, first_day=FirstDay.UNKNOWN)
    assert readings_of(later) == {"legal": "2026-03-06", "first_day_not_counted": "2026-03-07"}
    assert str(later.act_by) == "2026-03-06"


@pytest.mark.parametrize(
    ("period", "direction", "waited_for"),
    [
        ("23 hours", AFTER, "2026-03-06"),
        ("24 hours", AFTER, "2026-03-06"),
        ("25 hours", AFTER, "2026-03-07"),
        ("48 hours", AFTER, "2026-03-07"),
        ("49 hours", AFTER, "2026-03-08"),
        ("23 hours", BEFORE, "2026-03-05"),
        ("24 hours", BEFORE, "2026-03-04"),
        ("47 hours", BEFORE, "2026-03-04"),
        ("48 hours", BEFORE, "2026-03-03"),
    ],
)
def test_hours_from_some_time_on_a_day_have_run_out_by_the_start_of_a_day(
    period: str, direction: Direction, waited_for: str
) -> None:
    """From 4 March at an hour unknown: 24 hours may last until just before midnight of the 5th."""
    result = counted("2026-03-04", period, direction, PLAIN, NONE, Nature.UNTIL)
    assert str(result.act_by) == waited_for


def test_a_safe_day_before_the_first_of_all_days_is_refused_as_out_of_range() -> None:
    never = WorkingCalendar("SATURDAYS", frozenset({6, 0, 1, 2, 3, 4}))
    with pytest.raises(CannotCount) as refused:
        counted("0001-01-05", "1 day", BEFORE, PLAIN, never)
    assert refused.value.refusal is Refusal.OUT_OF_RANGE
    assert str(refused.value) == "This period ends beyond the years 1 to 9999."


def test_a_day_known_by_a_make_up_day_is_provisional_with_its_year() -> None:
    short = replace(CN, coverage=(2001, 2025))
    assert counted("2026-02-07", "7 days", rules=PRC, calendar=short).provisional == (2026,)
