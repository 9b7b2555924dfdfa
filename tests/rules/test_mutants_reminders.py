"""Reminders on the very days of their leads."""

from datetime import date, timedelta

import pytest

from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.reminders import Choice, Ladder, choose, first_day, ladder_for, next_day

LAST_DAY = date(2026, 1, 31)
LONG_AGO = date(2020, 1, 1)
NOTICE = ladder_for("renewal-intention", Nature.BY, Side.US)
ENDING = ladder_for("term-end", Nature.STATE, Side.BOTH)


def on(lead: int) -> date:
    return LAST_DAY - timedelta(lead)


@pytest.mark.parametrize(
    ("today", "following"), [(90, 60), (61, 60), (60, 30), (1, -1), (-7, -14), (-14, -21), (-15, -21)]
)
def test_the_next_reminder_after_one_is_the_next_lead(today: int, following: int) -> None:
    assert next_day(NOTICE, LAST_DAY, on(today)) == on(following)


def test_after_the_last_lead_of_what_ends_by_itself_nothing_more_comes() -> None:
    assert next_day(ENDING, LAST_DAY, on(2)) == on(1)
    assert next_day(ENDING, LAST_DAY, on(1)) is None


def test_a_lead_on_the_day_the_deadline_came_to_be_was_missed_and_is_replaced() -> None:
    assert choose(NOTICE, LAST_DAY, on(6), set(), since=on(14)) == Choice(7, (14,))
    assert choose(NOTICE, LAST_DAY, on(6), set(), since=on(13)) == Choice(7, ())


def test_a_short_ladder_replaces_each_lead_above_the_one_that_speaks() -> None:
    assert choose(ENDING, LAST_DAY, on(0), set(), LONG_AGO) == Choice(1, (30, 7))
    assert choose(ENDING, LAST_DAY, on(-300), set(), LONG_AGO) == Choice(1, (30, 7))
    assert choose(Ladder((0,)), LAST_DAY, on(-1), set(), LONG_AGO) == Choice(0, ())


def test_the_first_reminder_is_the_first_lead() -> None:
    assert first_day(NOTICE, LAST_DAY) == date(2025, 11, 2)
    assert first_day(ENDING, LAST_DAY) == date(2026, 1, 1)
