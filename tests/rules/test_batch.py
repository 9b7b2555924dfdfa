"""A file of cases is counted as far as it can be, and never brings anything down."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.batch import run_batch

GOOD: dict[str, Any] = {
    "trigger_date": "2026-09-01",
    "period": {"n": 30, "unit": "day"},
    "direction": "forward",
    "calendar": "CN",
    "roll": "following",
}
CN = {
    "weekend": [5, 6],
    "holidays": ["2026-10-01", "2026-10-02"],
    "workdays": ["2026-10-03"],
    "coverage": [2026, 2026],
}


def day_of(**changes: Any) -> str | None:
    case = {key: value for key, value in (GOOD | changes).items() if value != "left out"}
    return run_batch({"calendars": {"CN": CN, "BAD": 7}, "cases": [{"id": "it", "input": case}]})["it"]


def test_a_case_is_counted_by_the_calendar_that_came_with_it() -> None:
    assert day_of() == "2026-10-03"


def test_what_a_case_leaves_out_counts_as_not_asked_for() -> None:
    assert day_of(roll="left out") == "2026-10-01"
    assert day_of(roll=None, month_rule=None, clear_days=None, solve_latest=None, min_working_days=None) == "2026-10-01"
    assert day_of(calendar="left out") == "2026-10-01"
    assert day_of(calendar="NONE") == "2026-10-01"


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"count_trigger_day": True}, "2026-09-30"),
        ({"clear_days": True}, "2026-10-03"),
        ({"direction": "backward", "roll": "preceding"}, "2026-07-31"),
        ({"period": {"n": 20, "unit": "business_day"}}, "2026-09-29"),
        ({"period": {"n": 20, "unit": "working_day"}}, "2026-09-29"),
        ({"period": {"n": 1, "unit": "quarter"}}, "2026-12-01"),
        ({"period": {"n": 48, "unit": "hour"}}, "2026-09-03"),
        ({"period": {"n": 4, "unit": "day"}, "skip_off_days_if_n_le": 4}, "2026-09-07"),
        ({"period": {"n": 4, "unit": "day"}, "skip_off_days_if_n_le": 3}, "2026-09-07"),
        ({"trigger_date": "2026-09-04", "period": {"n": 2, "unit": "day"}, "min_working_days": 2}, "2026-09-08"),
        ({"period": {"n": 1, "unit": "month"}, "month_rule": "start_day", "roll": "none"}, "2026-10-01"),
        (
            {"trigger_date": "2027-02-28", "period": {"n": 1, "unit": "month"}, "direction": "backward"}
            | {"solve_latest": True, "roll": "none"},
            "2027-01-31",
        ),
    ],
)
def test_every_parameter_of_a_case_is_heard(changes: dict[str, Any], day: str) -> None:
    assert day_of(**changes) == day


def test_beyond_the_years_of_its_calendar_no_day_is_known() -> None:
    assert day_of(trigger_date="2026-12-20") is None
    assert day_of(trigger_date="2026-12-20", roll="none") == "2027-01-19", "a count that never asks the calendar"
    assert day_of(trigger_date="2026-12-28", period={"n": 9, "unit": "business_day"}) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"period": {"n": None, "unit": "day"}},
        {"period": {"n": -1, "unit": "day"}},
        {"period": {"n": 1.5, "unit": "day"}},
        {"period": {"n": True, "unit": "day"}},
        {"period": {"n": "3", "unit": "day"}},
        {"period": {"n": 3, "unit": "moon"}},
        {"period": {"n": 10**30, "unit": "month"}},
        {"period": {"n": 10**30, "unit": "day"}},
        {"period": {"n": 10**30, "unit": "business_day"}},
        {"period": [3, "day"]},
        {"period": "left out"},
        {"trigger_date": "2026-02-30"},
        {"trigger_date": 20260901},
        {"trigger_date": "left out"},
        {"direction": "sideways"},
        {"direction": "left out"},
        {"calendar": "MARS"},
        {"calendar": "BAD"},
        {"calendar": ["CN"]},
        {"roll": "sideways"},
        {"month_rule": "sideways"},
        {"clear_days": "yes"},
        {"count_trigger_day": 1},
        {"skip_off_days_if_n_le": "5"},
        {"min_working_days": 2.0},
    ],
)
def test_a_case_that_cannot_be_counted_has_no_day(changes: dict[str, Any]) -> None:
    assert day_of(**changes) is None


@pytest.mark.parametrize(
    "calendar",
    [
        {"weekend": [0, 1, 2, 3, 4, 5, 6]},
        {"weekend": [7]},
        {"weekend": ["Sunday"]},
        {"holidays": ["1 May"]},
        {"holidays": 5},
        {"workdays": [5]},
        {"coverage": [2026]},
        {"coverage": "ever"},
    ],
)
def test_a_calendar_that_is_not_one_gives_no_day(calendar: dict[str, Any]) -> None:
    case = GOOD | {"period": {"n": 3, "unit": "business_day"}}
    assert run_batch({"calendars": {"CN": calendar}, "cases": [{"id": "it", "input": case}]}) == {"it": None}


def test_a_calendar_may_leave_out_whatever_it_does_not_have() -> None:
    case = GOOD | {"period": {"n": 3, "unit": "business_day"}}
    assert run_batch({"calendars": {"CN": {}}, "cases": [{"id": "it", "input": case}]}) == {"it": "2026-09-04"}


def test_a_case_without_a_name_is_left_out_and_the_others_are_counted() -> None:
    cases = [{"input": GOOD}, 7, {"id": 3}, {"id": "empty"}, {"id": "it", "input": GOOD}]
    assert run_batch({"calendars": {"CN": CN}, "cases": cases}) == {"empty": None, "it": "2026-10-03"}


json_like = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.just("2026-01-31"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, *CN, "n", "unit"]), inner),
)


@given(json_like, json_like, json_like)
def test_whatever_the_file_holds_the_answer_is_days_and_unknowns(calendars: Any, case: Any, more: Any) -> None:
    answers = run_batch({"calendars": calendars, "cases": [{"id": "it", "input": case}, more]})
    assert answers["it"] is None or len(answers["it"]) == 10
    assert run_batch({"calendars": calendars, "cases": case}) == {}
