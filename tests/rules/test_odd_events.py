"""Facts and decisions that come to nothing are pointed out before they are saved."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import agreed, bare, drafted, fact
from tracker.rules.oddities import newly_told, oddities
from tracker.rules.problems import Problem

ANSWER = {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"}
"""A complaint of Monday 2 March 2026 is to be answered by the 9th."""
RENT = {"code": "payment", "key": "rent", "due": "on period_end", "every": "1 month", "until": "4 months"}
COMPLAINT = fact("complaint_received", "2026-03-02")


def odd(*facts: dict[str, Any], **more: Any) -> list[str]:
    sections = {"effect": {"when": "2026-01-01"}, "obligations": [ANSWER, RENT], **more}
    draft = drafted(bare(facts=list(facts), **sections))
    return [f"{item.place}: {item}" for item in oddities(agreed(draft), draft.facts, date(2026, 8, 1))]


def decided(*adjustments: dict[str, Any], **more: Any) -> list[str]:
    return odd(adjustments=[{"reason": "Agreed.", **adjustment} for adjustment in adjustments], **more)


def extended(day: str, until: str = "2026-03-16", **more: str) -> dict[str, Any]:
    return fact("complaint_extended", day, until=until, **more)


# ------------------------------------------------------------------ complaints


def test_an_answer_put_off_in_time_is_not_odd() -> None:
    assert odd(COMPLAINT, extended("2026-03-09"), extended("2026-03-16", "2026-03-20")) == []


def test_told_too_late_it_is_said_which_day_stays() -> None:
    assert odd(COMPLAINT, extended("2026-03-10")) == [
        "facts[1].day: Told after the answer was due, this puts nothing off: the day stays 2026-03-09."
    ]
    assert odd(COMPLAINT, extended("2026-03-09"), extended("2026-03-17", "2026-03-20")) == [
        "facts[2].day: Told after the answer was due, this puts nothing off: the day stays 2026-03-16."
    ]


def test_put_off_to_an_earlier_day_it_is_said_which_day_stays() -> None:
    assert odd(COMPLAINT, extended("2026-03-04", "2026-03-06")) == [
        "facts[1].until: The day named is before the one on which the answer is due anyway, 2026-03-09."
    ]


def test_put_off_without_a_day_is_odd() -> None:
    assert odd(COMPLAINT, fact("complaint_extended", "2026-03-04")) == [
        "facts[1].until: Say until when it is put off: without a day nothing changes."
    ]


def test_put_off_without_a_complaint_or_with_two_is_odd() -> None:
    unclear = "It is not clear which complaint this is about, so nothing changes."
    assert odd(extended("2026-03-04")) == [f"facts[0].about: {unclear}"]
    two = [fact("complaint_received", "2026-03-02", subject=name) for name in ("Hualong", "Meihe")]
    assert odd(*two, extended("2026-03-04")) == [f"facts[2].about: {unclear}"]
    assert odd(*two, extended("2026-03-04", subject="Meihe")) == []


def test_told_on_the_last_day_it_is_the_earlier_day_that_is_odd() -> None:
    assert odd(COMPLAINT, extended("2026-03-09", "2026-03-06")) == [
        "facts[1].until: The day named is before the one on which the answer is due anyway, 2026-03-09."
    ]


def test_only_answers_are_put_off_so_nothing_else_is_told_of() -> None:
    log = {"code": "log", "title": "Log it", "due": "1 day after complaint_received"}
    assert odd(COMPLAINT, extended("2026-03-09"), obligations=[ANSWER, log]) == []


def test_the_same_day_once_more_is_not_odd() -> None:
    assert odd(COMPLAINT, extended("2026-03-04", "2026-03-09")) == []


def test_where_no_number_is_given_no_word_comes_too_late() -> None:
    prompt = {**ANSWER, "due": "promptly after complaint_received"}
    assert odd(COMPLAINT, extended("2026-06-04"), obligations=[prompt]) == []


# ------------------------------------------------------------------- about what


def test_what_is_about_no_fact_that_is_there_is_odd() -> None:
    told = "This is said to be about “breach-9”, but there is no such fact."
    assert odd(fact("notice_served", "2026-03-02", about="breach-9")) == [f"facts[0].about: {told}"]
    assert odd(COMPLAINT, fact("notice_served", "2026-03-02", about="complaint_received-1")) == []


def test_what_is_about_itself_is_odd() -> None:
    told = "This is said to be about “notice_served-1”, but there is no such fact."
    assert odd(fact("notice_served", "2026-03-02", about="notice_served-1")) == [f"facts[0].about: {told}"]


# ---------------------------------------------------------------- third parties


def third(kind: str, day: str, subject: str = "Xinda") -> dict[str, Any]:
    return fact(f"third_party_{kind}", day, subject=subject)


def test_a_third_party_that_steps_in_without_consent_is_odd() -> None:
    told = "The third party stepped in without consent on record: Xinda."
    assert odd(third("proposed", "2026-03-02"), third("engaged", "2026-04-01")) == [f"facts[1]: {told}"]
    assert odd(third("consented", "2026-04-02"), third("engaged", "2026-04-01")) == [f"facts[1]: {told}"]
    assert odd(third("consented", "2026-03-02", "Meihe"), third("engaged", "2026-04-01")) == [f"facts[1]: {told}"]


def test_with_consent_on_the_day_at_the_latest_it_is_not() -> None:
    assert odd(third("consented", "2026-04-01"), third("engaged", "2026-04-01")) == []


def test_a_third_party_without_a_name_is_told_by_the_name_of_the_fact() -> None:
    assert odd(third("engaged", "2026-04-01", "")) == [
        "facts[0]: The third party stepped in without consent on record: third_party_engaged-1."
    ]


def test_nothing_is_odd_about_a_third_party_that_is_only_proposed() -> None:
    assert odd(third("proposed", "2026-03-02")) == []


# ------------------------------------------------------------------- suspension


def test_what_names_no_obligation_suspends_nothing_and_is_odd() -> None:
    told = "No obligation has the key “rant”, so nothing is suspended or resumed."
    assert odd(fact("performance_suspended", "2026-03-02", subject="rant")) == [f"facts[0].subject: {told}"]
    assert odd(fact("performance_suspended", "2026-03-02", subject="rent")) == []


def test_resuming_what_was_never_suspended_is_odd() -> None:
    nothing = "Nothing had been suspended before this."
    assert odd(fact("performance_resumed", "2026-03-02")) == [f"facts[0]: {nothing}"]
    stop = fact("performance_suspended", "2026-03-03")
    assert odd(stop, fact("performance_resumed", "2026-03-02")) == [f"facts[1]: {nothing}"]
    assert odd(stop, fact("performance_resumed", "2026-03-03")) == []
    assert odd(stop, fact("performance_resumed", "2026-03-04", subject="rant")) == [
        "facts[1].subject: No obligation has the key “rant”, so nothing is suspended or resumed."
    ]


# -------------------------------------------------------------------- decisions


def test_decisions_about_what_is_there_are_not_odd() -> None:
    assert (
        decided(
            {"action": "pause", "of": "rent", "day": "2026-03-02"},
            {"action": "end", "of": "complaint-answer", "day": "2026-03-02"},
            {"action": "move", "of": "rent/2", "day": "2026-03-06"},
            {"action": "move", "of": "rent/3", "day": "2026-04-06"},
        )
        == []
    )


@pytest.mark.parametrize("action", ["pause", "end"])
def test_a_decision_about_no_obligation_is_odd(action: str) -> None:
    for key in ("rant", "rent/2", "term"):
        assert decided({"action": action, "of": key, "day": "2026-03-02"}, term={"length": "1 year"}) == [
            f"adjustments[0].of: No obligation has the key “{key}”, so this changes nothing."
        ]


@pytest.mark.parametrize("key", ["rent/9", "rent", "term-end/1", "asset-handover/1"])
def test_moving_what_is_not_there_or_has_no_day_or_belongs_to_the_term_is_odd(key: str) -> None:
    waiting = {"code": "asset-handover", "due": "10 days after ended"}
    obligations = [RENT, {**waiting, "due": "10 days after signed"} if key.startswith("asset") else waiting]
    term = None if key.startswith("asset") else {"length": "1 year"}
    assert decided({"action": "move", "of": key, "day": "2026-03-02"}, obligations=obligations, term=term) == [
        f"adjustments[0].of: There is no deadline “{key}” that could be moved, so this changes nothing."
    ]


def test_moving_the_same_deadline_twice_is_odd_for_the_move_that_does_not_count() -> None:
    moves = [{"action": "move", "of": "rent/2", "day": day} for day in ("2026-03-06", "2026-03-09")]
    assert decided(*moves) == ["adjustments[0].of: This deadline is moved more than once; the last move counts."]


def test_what_was_ended_or_paused_is_still_there_to_be_moved() -> None:
    assert (
        decided(
            {"action": "end", "of": "rent", "day": "2026-02-01"},
            {"action": "move", "of": "rent/3", "day": "2026-04-06"},
        )
        == []
    )


# ---------------------------------------------------------------- what is new


def test_new_is_what_is_told_more_often_than_before() -> None:
    early, future = Problem("facts[0].day", "early"), Problem("facts[1].day", "future")
    again = Problem("facts[2].day", "early")
    assert newly_told([early], [early, future]) == [future]
    assert newly_told([early], [again]) == []
    assert newly_told([early], [early, again]) == [again]
    assert newly_told([early], [future, early]) == [future]
    assert newly_told([early, again], [early, again, early]) == [early]
    assert newly_told([], []) == []


def test_the_same_told_of_another_is_new() -> None:
    one, other = (Problem("facts[0]", "without consent: %(name)s", {"name": name}) for name in ("Xinda", "Meihe"))
    assert newly_told([one], [one, other]) == [other]
