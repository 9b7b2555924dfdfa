"""Decisions and occasions at their edges."""

from datetime import date

import pytest

from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.happenings import Known
from tracker.rules.problems import Unfit
from tracker.rules.starts import Occasion

DAY, LATER = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_what_is_decided_by_hand_has_a_reason(reason: str | None) -> None:
    given = {} if reason is None else {"reason": reason}
    with pytest.raises(Unfit, match=r"^Say why\.$"):
        Adjustment("pause-1", Adjusting.PAUSE, "payment", DAY, **given)


def test_a_pause_may_last_one_day_and_nothing_else_has_a_last_day() -> None:
    assert Adjustment("pause-1", Adjusting.PAUSE, "payment", DAY, DAY, "Rebuilding").until == DAY
    with pytest.raises(Unfit, match="ends before it starts"):
        Adjustment("pause-1", Adjusting.PAUSE, "payment", LATER, DAY, "Rebuilding")
    for action in (Adjusting.END, Adjusting.MOVE):
        with pytest.raises(Unfit, match="only a pause has a last day"):
            Adjustment("end-1", action, "payment", DAY, LATER, "Rebuilding")


def test_an_occasion_concerns_nobody_unless_its_fact_names_somebody() -> None:
    assert Occasion("1", Known(DAY)).subject == ""
