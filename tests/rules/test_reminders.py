"""Which reminder speaks on which day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.reminders import Choice, Ladder, choose, days_between, first_day, instant_of, ladder_for, next_day

NOTICE = ladder_for("renewal-intention", Nature.BY, Side.US)
REPORT = ladder_for("report", Nature.BY, Side.US)
OPENING = ladder_for("renewal-window-opens", Nature.NOT_BEFORE, Side.US)
ENDING = ladder_for("term-end", Nature.STATE, Side.BOTH)
LAST_DAY = date(2026, 1, 31)
LONG_AGO = date(2020, 1, 1)


def on(lead: int) -> date:
    """The day so many days before the last."""
    return LAST_DAY - timedelta(lead)


def spoken(ladder: Ladder, days: range) -> list[int]:
    """Leads said by a machine that runs on each of these days, given as days left."""
    said: list[int] = []
    for left in days:
        choice = choose(ladder, LAST_DAY, on(left), said, LONG_AGO)
        said += [] if choice.speak is None else [choice.speak]
    return said


def test_a_notice_is_announced_seven_times_then_asked_after_weekly() -> None:
    assert spoken(NOTICE, range(120, -29, -1)) == [90, 60, 30, 14, 7, 3, 1, -1, -3, -7, -14, -21, -28]


def test_any_other_duty_is_announced_three_times_then_asked_after_weekly() -> None:
    assert spoken(REPORT, range(120, -22, -1)) == [30, 7, 1, -1, -3, -7, -14, -21]


def test_a_greeting_is_over_with_its_day_and_asked_after_once() -> None:
    greeting = ladder_for("customer-care", Nature.BY, Side.US)
    assert spoken(greeting, range(120, -120, -1)) == [30, 7, 1, -1]
    assert spoken(greeting, range(-40, -120, -1)) == [-1]  # a machine that slept says it once


def test_a_window_is_announced_when_it_opens_and_not_before_or_after() -> None:
    assert spoken(OPENING, range(120, -120, -1)) == [0]


def test_an_end_that_comes_by_itself_is_not_asked_after() -> None:
    assert spoken(ENDING, range(120, -120, -1)) == [30, 7, 1]


@pytest.mark.parametrize("code", ["renewal-intention", "termination-notice"])
def test_what_the_other_side_chose_not_to_do_is_not_asked_after(code: str) -> None:
    assert ladder_for(code, Nature.BY, Side.THEM).then_every is None
    assert ladder_for("payment", Nature.BY, Side.THEM).then_every == 7


def test_a_code_of_the_teams_own_has_the_ladder_of_any_other_duty() -> None:
    assert ladder_for("water-the-plants", Nature.BY, Side.US) == REPORT


def test_o07_a_machine_that_slept_past_three_leads_says_the_most_urgent_one() -> None:
    assert choose(NOTICE, LAST_DAY, on(5), {90, 60}, LONG_AGO) == Choice(7, (30, 14))


def test_o08_a_machine_that_slept_past_the_day_says_once_that_it_was_missed() -> None:
    assert choose(REPORT, LAST_DAY, on(-2), {30}, LONG_AGO) == Choice(-1, (7, 1))
    assert choose(REPORT, LAST_DAY, on(-2), {30, 7, 1, -1}, LONG_AGO) == Choice(None)


def test_o08_months_of_sleep_after_the_day_are_one_reminder() -> None:
    assert choose(REPORT, LAST_DAY, on(-23), {30, 7, 1, -1, -3, -7}, LONG_AGO) == Choice(-21, (-14,))
    assert choose(REPORT, LAST_DAY, on(-23), {30, 7, 1}, LONG_AGO) == Choice(-21, (-1, -3, -7, -14))


def test_leads_from_before_the_deadline_existed_were_not_missed() -> None:
    assert choose(NOTICE, LAST_DAY, on(20), set(), since=on(20)) == Choice(30, ())
    assert choose(NOTICE, LAST_DAY, on(6), set(), since=on(20)) == Choice(7, (14,))


def test_nothing_is_said_before_its_day_or_twice() -> None:
    assert choose(NOTICE, LAST_DAY, on(91), set(), LONG_AGO) == Choice(None)
    assert choose(NOTICE, LAST_DAY, on(89), {90}, LONG_AGO) == Choice(None)
    assert choose(NOTICE, LAST_DAY, on(89), {60}, LONG_AGO) == Choice(None)  # the more urgent one is out already


LADDERS = st.sampled_from([NOTICE, REPORT, OPENING, ENDING])


@given(LADDERS, st.lists(st.integers(-400, 400), unique=True, min_size=1))
def test_however_the_machine_sleeps_each_lead_speaks_or_is_replaced_once(ladder: Ladder, awake: list[int]) -> None:
    settled: list[int] = []
    for left in sorted(awake, reverse=True):
        choice = choose(ladder, LAST_DAY, on(left), settled, LONG_AGO)
        settled += [*choice.superseded, *([] if choice.speak is None else [choice.speak])]
    assert sorted(settled, reverse=True) == spoken(ladder, range(500, min(awake) - 1, -1))


@given(LADDERS, st.integers(-400, 400))
def test_the_next_day_is_the_next_on_which_a_machine_that_never_sleeps_speaks(ladder: Ladder, left: int) -> None:
    said = spoken(ladder, range(left, -500, -1))
    before = spoken(ladder, range(left, left - 1, -1))
    later = [lead for lead in said if lead not in before]
    assert next_day(ladder, LAST_DAY, on(left)) == (on(later[0]) if later else None)


@given(LADDERS)
def test_nothing_is_said_before_the_first_day(ladder: Ladder) -> None:
    day = first_day(ladder, LAST_DAY)
    assert day is not None
    assert choose(ladder, LAST_DAY, day - timedelta(1), set(), LONG_AGO).speak is None
    assert choose(ladder, LAST_DAY, day, set(), LONG_AGO).speak is not None


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        (date(2026, 3, 7), "America/New_York", (14, 0)),
        (date(2026, 3, 8), "America/New_York", (13, 0)),
        (date(2026, 10, 31), "America/New_York", (13, 0)),
        (date(2026, 11, 1), "America/New_York", (14, 0)),
        (date(2026, 3, 28), "Europe/London", (9, 0)),
        (date(2026, 3, 29), "Europe/London", (8, 0)),
        (date(2026, 10, 25), "Europe/London", (9, 0)),
        (date(2026, 4, 4), "Australia/Lord_Howe", (22, 0)),
        (date(2026, 4, 5), "Australia/Lord_Howe", (22, 30)),
        (date(2026, 10, 3), "Australia/Lord_Howe", (22, 30)),
        (date(2026, 10, 4), "Australia/Lord_Howe", (22, 0)),
        (date(2026, 2, 14), "Asia/Shanghai", (1, 0)),
        (date(2026, 7, 14), "Asia/Shanghai", (1, 0)),
    ],
)
def test_s07_nine_in_the_morning_is_this_instant(day: date, zone: str, utc: tuple[int, int]) -> None:
    """By hand: New York UTC-5/-4, London UTC+0/+1, Lord Howe UTC+11/+10:30 (half an hour), Shanghai UTC+8.

    On Lord Howe nine in the morning is still the evening before in UTC.
    """
    evening_before = utc[0] > 20
    assert instant_of(day, zone) == datetime.combine(day - timedelta(evening_before), time(*utc), UTC)


def test_s07_an_hour_that_comes_twice_counts_the_first_time() -> None:
    assert instant_of(date(2026, 11, 1), "America/New_York", time(1, 30)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@given(st.integers(-60, 120), st.integers(0, 200))
def test_the_days_to_come_are_those_on_which_a_daily_machine_speaks(left: int, ahead: int) -> None:
    after = on(left)
    days = days_between(NOTICE, LAST_DAY, after, after + timedelta(ahead))
    rungs = {*NOTICE.leads, *range(-14, -400, -7)}
    assert [(LAST_DAY - day).days for day in days] == sorted(
        (r for r in rungs if left - ahead <= r < left), reverse=True
    )


def test_a_window_has_no_day_to_come_once_it_is_open() -> None:
    assert days_between(OPENING, LAST_DAY, on(1), on(-100)) == (LAST_DAY,)
    assert days_between(OPENING, LAST_DAY, on(0), on(-100)) == ()
