"""How a deadline stands on each day around its safe day and its legal day."""

from datetime import date

import pytest

from tracker.rules.facts import Side
from tracker.rules.readings import Nature
from tracker.rules.standing import Standing, can_be_overdue, days_late, standing

SAFE, LEGAL = date(2026, 1, 29), date(2026, 1, 31)


@pytest.mark.parametrize(
    ("day", "an_act", "an_end"),
    [
        (28, Standing.UPCOMING, Standing.UPCOMING),
        (29, Standing.UPCOMING, Standing.UPCOMING),
        (30, Standing.AT_RISK, Standing.UPCOMING),
        (31, Standing.AT_RISK, Standing.UPCOMING),
        (32, Standing.OVERDUE, Standing.PASSED),
    ],
)
def test_a_deadline_is_at_risk_after_its_safe_day_and_overdue_after_its_legal_day(
    day: int, an_act: Standing, an_end: Standing
) -> None:
    today = date.fromordinal(date(2026, 1, 1).toordinal() + day - 1)
    assert standing(SAFE, LEGAL, today, overdue_possible=True) is an_act
    assert standing(SAFE, LEGAL, today, overdue_possible=False) is an_end


def test_without_a_day_it_waits() -> None:
    assert standing(None, None, SAFE, overdue_possible=True) is Standing.WAITING
    assert standing(None, LEGAL, date(2030, 1, 1), overdue_possible=True) is Standing.WAITING


def test_without_a_legal_day_it_is_never_overdue() -> None:
    assert standing(SAFE, None, date(2030, 1, 1), overdue_possible=True) is Standing.AT_RISK
    assert standing(SAFE, None, SAFE, overdue_possible=True) is Standing.UPCOMING


@pytest.mark.parametrize("nature", list(Nature))
def test_only_a_last_day_to_act_can_be_missed(nature: Nature) -> None:
    assert can_be_overdue("report", nature, Side.THEM) is (nature is Nature.BY)


@pytest.mark.parametrize("code", ["renewal-intention", "termination-notice"])
def test_what_the_other_side_may_leave_is_not_missed(code: str) -> None:
    missed = {side: can_be_overdue(code, Nature.BY, side) for side in Side}
    assert missed == {Side.US: True, Side.BOTH: True, Side.THEM: False}


@pytest.mark.parametrize(("done_on", "late"), [(LEGAL, 0), (SAFE, 0), (date(2026, 2, 1), 1), (date(2026, 2, 28), 28)])
def test_what_was_done_late_was_late_by_the_days_after_its_last_day(done_on: date, late: int) -> None:
    assert days_late(done_on, LEGAL, overdue_possible=True) == late
    assert days_late(done_on, LEGAL, overdue_possible=False) == 0
    assert days_late(done_on, None, overdue_possible=True) == 0
