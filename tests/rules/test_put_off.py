"""An answer to a complaint put off: told in time it moves the day, told late it does not.

Five working days from Monday 2 March 2026 end on Monday 9 March.
"""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, deadlines, fact
from tracker.rules.deadlines import Deadline
from tracker.rules.steps import Step, StepKind

ANSWER = {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"}
COMPLAINT = fact("complaint_received", "2026-03-02", subject="Hualong")
KEY = "complaint-answer/complaint_received-1"


def extended(day: str, until: str = "2026-03-16", **more: object) -> dict[str, Any]:
    return fact("complaint_extended", day, until=until, **more)


def answers(*facts: dict[str, Any], obligation: dict[str, Any] = ANSWER, **more: Any) -> dict[str, Deadline]:
    return deadlines(bare(obligations=[obligation], facts=list(facts), **more), "2026-03-20")


def legal(*facts: dict[str, Any], key: str = KEY) -> str:
    found = answers(COMPLAINT, *facts)[key].legal
    return found.isoformat() if found else ""


def test_without_a_word_it_is_due_on_the_fifth_working_day() -> None:
    assert legal() == "2026-03-09"


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-06", "2026-03-09"])
def test_told_on_the_last_day_or_before_the_answer_is_put_off(day: str) -> None:
    assert legal(extended(day)) == "2026-03-16"


def test_told_a_day_too_late_it_changes_nothing() -> None:
    assert legal(extended("2026-03-10")) == "2026-03-09"


def test_the_key_and_the_nature_stay_and_a_step_says_why() -> None:
    plain, put_off = answers(COMPLAINT)[KEY], answers(COMPLAINT, extended("2026-03-06"))[KEY]
    assert (put_off.key, put_off.nature, put_off.subject) == (plain.key, plain.nature, "Hualong")
    assert put_off.steps == (*plain.steps, Step(StepKind.PUT_OFF, date(2026, 3, 9), date(2026, 3, 16)))
    assert (put_off.act_by, put_off.readings) == (date(2026, 3, 16), ())


def test_a_day_named_on_a_day_off_is_safe_on_the_working_day_before() -> None:
    """Sunday 15 March was promised. Nothing moves a day that somebody names; to be safe, answer on Friday the 13th."""
    found = answers(COMPLAINT, extended("2026-03-06", "2026-03-15"))[KEY]
    assert (found.legal, found.act_by) == (date(2026, 3, 15), date(2026, 3, 13))
    assert [step.kind for step in found.safe_steps[-2:]] == [StepKind.ON_THE_DAY, StepKind.MOVED_BACK]
    assert found.safe_steps[: len(found.steps)] == found.steps


def test_put_off_again_it_must_be_told_before_the_day_as_put_off() -> None:
    first = extended("2026-03-06")
    assert legal(first, extended("2026-03-16", "2026-03-25")) == "2026-03-25"
    assert legal(first, extended("2026-03-17", "2026-03-25")) == "2026-03-16"


def test_the_order_in_which_it_is_written_down_does_not_matter() -> None:
    assert legal(extended("2026-03-16", "2026-03-25"), extended("2026-03-06")) == "2026-03-25"


def test_an_earlier_day_puts_nothing_off() -> None:
    assert legal(extended("2026-03-04", "2026-03-06")) == "2026-03-09"
    assert legal(extended("2026-03-06"), extended("2026-03-09", "2026-03-12")) == "2026-03-16"


def test_without_a_day_nothing_is_put_off() -> None:
    assert legal(fact("complaint_extended", "2026-03-06")) == "2026-03-09"


def test_grace_runs_from_the_day_as_put_off() -> None:
    found = answers(COMPLAINT, extended("2026-03-06"), obligation={**ANSWER, "grace": "2 days"})[KEY]
    assert found.grace_until == date(2026, 3, 18)


def test_where_no_number_is_given_the_day_named_is_an_aim_and_no_law() -> None:
    prompt = {**ANSWER, "due": "promptly after complaint_received"}
    found = answers(COMPLAINT, extended("2026-03-06", "2026-03-15"), obligation=prompt)[KEY]
    assert (found.legal, found.target) == (None, date(2026, 3, 13))
    assert found.safe_steps[0] == Step(StepKind.PUT_OFF, date(2026, 3, 6), date(2026, 3, 15))


def test_what_runs_on_a_calendar_not_announced_stays_provisional() -> None:
    complaint = fact("complaint_received", "2027-03-01")
    found = answers(complaint, extended("2027-03-02", "2027-03-20"))[KEY]
    assert found.provisional == (2027,)


def test_put_off_into_a_year_not_announced_the_safe_day_is_provisional() -> None:
    """Five working days from 18 December 2026 end on the 25th; 20 January 2027 may yet be a day off."""
    found = answers(fact("complaint_received", "2026-12-18"), extended("2026-12-21", "2027-01-20"))[KEY]
    assert (found.legal, found.provisional) == (date(2027, 1, 20), (2027,))
    assert answers(fact("complaint_received", "2026-12-18"))[KEY].provisional == ()


# ------------------------------------------------------------- which complaint


def several(*facts: dict[str, Any]) -> dict[str, str]:
    """Three complaints, due on 9, 10 and 11 March: two of Hualong, one of Meihe between them."""
    told = [
        COMPLAINT,
        fact("complaint_received", "2026-03-03", subject="Meihe"),
        fact("complaint_received", "2026-03-04", subject="Hualong"),
    ]
    found = answers(*told, *facts)
    return {key[-1]: deadline.legal.isoformat()[-2:] for key, deadline in found.items() if deadline.legal}


def test_it_is_about_the_complaint_that_it_names() -> None:
    assert several(extended("2026-03-05", about="complaint_received-1")) == {"1": "16", "2": "10", "3": "11"}


def test_it_is_about_the_latest_complaint_of_its_subject() -> None:
    assert several(extended("2026-03-05", subject=" hualong ")) == {"1": "09", "2": "10", "3": "16"}
    assert several(extended("2026-03-05", subject="Meihe")) == {"1": "09", "2": "16", "3": "11"}


def test_it_is_about_no_complaint_that_came_after_it() -> None:
    assert several(extended("2026-03-03", subject="Hualong")) == {"1": "16", "2": "10", "3": "11"}


@pytest.mark.parametrize("more", [{}, {"subject": "Xinda"}, {"about": "nothing-1"}])
def test_where_it_is_not_clear_which_complaint_none_is_put_off(more: dict[str, str]) -> None:
    assert several(extended("2026-03-05", **more)) == {"1": "09", "2": "10", "3": "11"}


def test_the_only_complaint_need_not_be_named() -> None:
    assert legal(extended("2026-03-06", subject="")) == "2026-03-16"
    nameless = fact("complaint_received", "2026-03-02")
    assert answers(nameless, extended("2026-03-06", subject="Hualong"))[KEY].legal == date(2026, 3, 16)


def test_only_the_answer_is_put_off_and_no_other_duty_that_a_complaint_starts() -> None:
    log = {"code": "log", "title": "Log it", "due": "5 working days after complaint_received"}
    found = answers(COMPLAINT, extended("2026-03-06"), obligation=log)
    assert found["log/complaint_received-1"].legal == date(2026, 3, 9)
