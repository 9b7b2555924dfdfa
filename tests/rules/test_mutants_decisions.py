"""Decisions and occasions at their edges."""

from datetime import date

import pytest

from tests.support.cast import bare, deadlines, fact
from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.happenings import Known
from tracker.rules.problems import Unfit
from tracker.rules.starts import Occasion

DAY, LATER = date(2026, 5, 1), date(2026, 6, 1)


def test_what_is_decided_by_hand_has_a_reason() -> None:
    with pytest.raises(Unfit, match=r"^Say why\.$"):
        Adjustment("pause-1", Adjusting.PAUSE, "payment", DAY)
    with pytest.raises(Unfit, match=r"^Say why\.$"):
        Adjustment("pause-1", Adjusting.PAUSE, "payment", DAY, reason="  ")


def test_a_pause_may_last_one_day_and_nothing_else_has_a_last_day() -> None:
    assert Adjustment("pause-1", Adjusting.PAUSE, "payment", DAY, DAY, "Rebuilding").until == DAY
    with pytest.raises(Unfit, match="ends before it starts"):
        Adjustment("pause-1", Adjusting.PAUSE, "payment", LATER, DAY, "Rebuilding")
    for action in (Adjusting.END, Adjusting.MOVE):
        with pytest.raises(Unfit, match="only a pause has a last day"):
            Adjustment("end-1", action, "payment", DAY, LATER, "Rebuilding")


def test_an_occasion_concerns_nobody_unless_its_fact_names_somebody() -> None:
    assert Occasion("1", Known(DAY)).subject == ""


def test_a_limitation_without_a_period_is_not_interrupted_while_its_day_waits_for_a_working_day() -> None:
    """Due on Sunday 13 March 2022, and so on the Monday: a demand made on that Monday starts no period anew."""
    claim = {"code": "limitation", "side": "us", "due": "on overdue_payment"}
    facts = fact("overdue_payment", "2022-03-13"), fact("notice_served", "2022-03-14", about="overdue_payment-1")
    found = deadlines(bare(obligations=[claim]), "2026-06-01", *facts)["limitation/overdue_payment-1"]
    assert (found.since, found.legal) == (date(2022, 3, 13), date(2022, 3, 14))
