"""The limitation of a claim, interrupted and counted anew (Civil Code arts. 188, 195)."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, deadlines, fact
from tracker.rules.deadlines import Deadline
from tracker.rules.steps import Step, StepKind

CLAIM = {"code": "limitation", "side": "us", "due": "3 years after overdue_payment"}
OVERDUE = fact("overdue_payment", "2022-03-10", subject="Invoice 7")


def claim(*facts: dict[str, Any], obligation: dict[str, Any] = CLAIM, **more: Any) -> Deadline:
    document = bare(obligations=[obligation], facts=[OVERDUE, *facts], **more)
    return deadlines(document, "2026-06-01")[f"{obligation['code']}/overdue_payment-1"]


def about(kind: str, day: str, key: str = "overdue_payment-1") -> dict[str, Any]:
    return fact(kind, day, about=key)


def test_a_claim_lapses_three_years_after_it_was_known() -> None:
    """10 March 2022 is not counted (201), the corresponding day is 10 March 2025, a Monday (202)."""
    assert claim().legal == date(2025, 3, 10)


@pytest.mark.parametrize("kind", ["breach_notice", "dispute_raised", "notice_served"])
def test_a_demand_or_an_action_starts_it_anew(kind: str) -> None:
    """On 20 May 2024 it had not lapsed; three years from then end on 20 May 2027, a Thursday."""
    found = claim(about(kind, "2024-05-20"))
    assert (found.legal, found.since) == (date(2027, 5, 20), date(2024, 5, 20))
    assert (found.key, found.subject) == ("limitation/overdue_payment-1", "Invoice 7")


def test_the_interruption_is_told_with_its_article() -> None:
    found = claim(about("notice_served", "2024-05-20"))
    assert found.steps[0] == Step(StepKind.INTERRUPTED, date(2022, 3, 10), date(2024, 5, 20), "prc-civil-code/195")
    assert (found.steps[1].kind, found.steps[1].start) == (StepKind.NOT_COUNTED, date(2024, 5, 20))


def test_interrupted_on_its_last_day_it_starts_anew_and_a_day_later_it_is_over() -> None:
    assert claim(about("notice_served", "2025-03-10")).legal == date(2028, 3, 10)
    assert claim(about("notice_served", "2025-03-11")).legal == date(2025, 3, 10)


def test_each_interruption_must_come_before_it_has_lapsed() -> None:
    first, second = about("notice_served", "2024-05-20"), about("breach_notice", "2027-05-20")
    assert claim(first, second).legal == date(2030, 5, 20)
    assert claim(second).legal == date(2025, 3, 10)
    assert claim(first, about("breach_notice", "2027-05-21")).legal == date(2027, 5, 20)


def test_what_happened_before_the_claim_interrupts_nothing() -> None:
    assert claim(about("notice_served", "2022-03-09")).legal == date(2025, 3, 10)


def test_on_the_day_of_the_claim_nothing_has_run_that_could_be_interrupted() -> None:
    assert claim(about("notice_served", "2022-03-10")) == claim()
    assert claim(about("notice_served", "2022-03-11")).legal == date(2025, 3, 11)


def test_only_what_is_about_this_claim_interrupts_it() -> None:
    assert claim(fact("notice_served", "2024-05-20", subject="Invoice 7")).legal == date(2025, 3, 10)
    assert claim(about("notice_served", "2024-05-20", "overdue_payment-2")).legal == date(2025, 3, 10)
    assert claim(about("complaint_received", "2024-05-20")).legal == date(2025, 3, 10)


def test_other_periods_are_not_interrupted() -> None:
    """The right to rescind lapses without interruption (art. 199)."""
    right = {"code": "rescission-right-lapses", "due": "1 year after overdue_payment"}
    assert claim(about("notice_served", "2022-09-01"), obligation=right).legal == date(2023, 3, 10)


def test_other_laws_ask_for_more_than_a_fact_tells() -> None:
    law = {"counting": "uk-common-law", "calendar": "GB-ENG"}
    assert claim(about("notice_served", "2024-05-20"), law=law).legal == date(2025, 3, 10)


@pytest.mark.parametrize(
    "due", ["on overdue_payment", "10 days before overdue_payment", "promptly after overdue_payment"]
)
def test_what_is_not_counted_on_from_the_claim_is_not_interrupted(due: str) -> None:
    plain = claim(obligation={**CLAIM, "due": due})
    assert claim(about("notice_served", "2022-03-10"), obligation={**CLAIM, "due": due}) == plain
