"""Series paused and ended, single deadlines moved: by a decision of the team, with the contract as it is."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, contract, deadlines, fact, legal_days
from tracker.rules.deadlines import Deadline
from tracker.rules.steps import Step, StepKind

MONTHLY = {"code": "report", "side": "us", "due": "on period_end", "every": "1 month", "until": "6 months"}
"""From 1 April 2026 on. Due at the end of each month, but 31 May is a Sunday, so that 1 June stands in its place."""
DAYS = ["2026-04-30", "2026-06-01", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"]


def adjusted(*adjustments: dict[str, Any], obligation: dict[str, Any] = MONTHLY, **more: Any) -> dict[str, Deadline]:
    told = [{"reason": "As agreed.", **adjustment} for adjustment in adjustments]
    document = bare(effect={"when": "2026-04-01"}, obligations=[obligation], adjustments=told, **more)
    return deadlines(document, "2026-05-15")


def pause(day: str, until: str = "", **more: str) -> dict[str, str]:
    return {"action": "pause", "of": "report", "day": day, "until": until, **more}


def move(of: str, day: str, **more: str) -> dict[str, str]:
    return {"action": "move", "of": of, "day": day, **more}


def suspended(found: dict[str, Deadline]) -> dict[str, str]:
    return {key: deadline.suspended_by for key, deadline in found.items() if deadline.suspended_by}


def test_the_series_without_any_decision() -> None:
    found = adjusted()
    assert list(legal_days(found).values()) == DAYS
    assert suspended(found) == {}


# ---------------------------------------------------------------------- pause


def test_what_falls_due_in_a_pause_is_suspended_and_nothing_else() -> None:
    found = adjusted(pause("2026-06-01", "2026-07-30"))
    assert suspended(found) == {"report/2": "pause-1", "report/3": "pause-1"}
    assert list(legal_days(found).values()) == DAYS


def test_the_last_day_of_a_pause_belongs_to_it() -> None:
    assert list(suspended(adjusted(pause("2026-06-02", "2026-07-31")))) == ["report/3", "report/4"]


def test_an_open_pause_suspends_all_that_comes() -> None:
    assert list(suspended(adjusted(pause("2026-06-30")))) == ["report/3", "report/4", "report/5", "report/6"]


def test_two_pauses_that_overlap_count_once_and_the_first_is_named() -> None:
    both = [pause("2026-06-15", key="second"), pause("2026-06-01", "2026-06-30", key="first")]
    for order in (both, both[::-1]):
        found = suspended(adjusted(*order))
        assert found == {
            "report/2": "first",
            "report/3": "first",
            "report/4": "second",
            "report/5": "second",
            "report/6": "second",
        }


def test_a_pause_is_of_its_own_series_alone() -> None:
    assert suspended(adjusted({**pause("2026-01-01"), "of": "rent"})) == {}


def test_what_an_event_starts_in_a_pause_is_suspended_even_where_no_day_is_known() -> None:
    """No number is given, so it is the day of the request that lies in the pause."""
    duty = {"code": "report", "side": "us", "due": "promptly after service_requested"}
    asked = [fact("service_requested", "2026-05-01"), fact("service_requested", "2026-05-04")]
    assert suspended(adjusted(pause("2026-05-02"), obligation=duty, facts=asked)) == {
        "report/service_requested-2": "pause-1"
    }


def test_an_aim_of_ones_own_in_a_pause_is_suspended() -> None:
    """Three working days from Wednesday 6 May are 7, 8 and 9 May, a Saturday that is worked."""
    duty = {"code": "report", "side": "us", "due": "promptly after service_requested", "target": "3 working days"}
    asked = [fact("service_requested", "2026-05-06")]
    found = adjusted(pause("2026-05-09"), obligation=duty, facts=asked)
    assert found["report/service_requested-1"].target == date(2026, 5, 9)
    assert suspended(found) == {"report/service_requested-1": "pause-1"}


# ------------------------------------------------------------------------ end


def test_nothing_of_a_series_falls_due_after_its_end() -> None:
    found = adjusted({"action": "end", "of": "report", "day": "2026-06-30"})
    assert list(legal_days(found).values()) == DAYS[:3]


def test_the_earliest_of_several_ends_counts() -> None:
    ends = [{"action": "end", "of": "report", "day": day} for day in ("2026-08-31", "2026-05-31", "2026-12-31")]
    assert list(legal_days(adjusted(*ends)).values()) == DAYS[:1]


def test_an_end_is_of_its_own_series_alone() -> None:
    assert len(adjusted({"action": "end", "of": "rent", "day": "2026-01-01"})) == 6


def test_the_term_itself_is_neither_paused_nor_ended_nor_moved_by_hand() -> None:
    """A term ends when the contract says so; another end is an amendment or an event."""
    decisions = [
        {"action": action, "of": of, "day": "2026-03-02", "reason": "No more."}
        for action, of in (("pause", "term"), ("end", "term"), ("move", "term-end/1"), ("pause", "renewal"))
    ]
    plain = deadlines(contract(), "2026-05-15")
    assert deadlines(contract(adjustments=decisions), "2026-05-15") == plain


# ----------------------------------------------------------------------- move


def test_one_deadline_is_moved_and_the_others_stay() -> None:
    found = adjusted(move("report/3", "2026-07-06"))
    moved = found["report/3"]
    assert (moved.legal, moved.act_by, moved.moved_from) == (date(2026, 7, 6), date(2026, 7, 6), date(2026, 6, 30))
    assert list(legal_days(found).values()) == [*DAYS[:2], "2026-07-06", *DAYS[3:]]
    assert [deadline.moved_from for deadline in found.values()].count(None) == 5


def test_a_moved_day_says_that_it_was_set_by_hand_and_what_it_would_be() -> None:
    plain, moved = adjusted()["report/2"], adjusted(move("report/2", "2026-06-03"))["report/2"]
    assert moved.steps == (*plain.steps, Step(StepKind.MOVED_BY_HAND, date(2026, 6, 1), date(2026, 6, 3)))
    assert (moved.readings, moved.safe_steps) == ((), ())


def test_a_day_set_by_hand_stays_even_on_a_day_off_and_waits_for_no_calendar() -> None:
    """14 February 2027 is a Sunday of a year that is not announced; whoever sets it knows what they do."""
    far = {"code": "report", "due": "on 2027-02-14"}
    assert adjusted(obligation=far)["report/1"].provisional == (2027,)
    moved = adjusted(move("report/1", "2027-02-21"), obligation=far)["report/1"]
    assert (moved.legal, moved.act_by, moved.provisional) == (date(2027, 2, 21), date(2027, 2, 21), ())


def test_grace_and_the_day_to_send_follow_the_day_it_was_moved_to() -> None:
    """Moved to Wednesday 24 June 2026. A week of grace ends on 1 July. By courier in five days it arrives on the 24th
    when sent on the 18th, the day before the Dragon Boat holiday (19 to 21 June): the 23rd is five days later."""
    notice = {"code": "change-notice", "due": "on 2026-06-10", "grace": "1 week"}
    moved = adjusted(
        move("change-notice/1", "2026-06-24"),
        obligation=notice,
        delivery=[{"method": "courier", "allowance": "5 days"}],
    )["change-notice/1"]
    assert (moved.grace_until, moved.send_by) == (date(2026, 7, 1), date(2026, 6, 18))


def test_what_was_moved_into_a_pause_is_suspended_and_out_of_it_is_not() -> None:
    held = pause("2026-06-01", "2026-06-30")
    found = adjusted(held, move("report/2", "2026-07-01"), move("report/4", "2026-06-15"))
    assert list(suspended(found)) == ["report/3", "report/4"]


def test_a_series_that_has_ended_keeps_what_was_moved_beyond_its_end() -> None:
    found = adjusted({"action": "end", "of": "report", "day": "2026-06-30"}, move("report/3", "2026-07-06"))
    assert list(legal_days(found).values()) == [*DAYS[:2], "2026-07-06"]


def test_of_two_moves_the_later_key_counts() -> None:
    moves = [move("report/1", "2026-05-09", key="move-9"), move("report/1", "2026-05-10", key="move-10")]
    for order in (moves, moves[::-1]):
        assert adjusted(*order)["report/1"].legal == date(2026, 5, 10)


def test_a_move_of_something_that_is_not_there_does_nothing() -> None:
    assert adjusted(move("report/40", "2026-06-03")) == adjusted()


@pytest.mark.parametrize(("target", "aim"), [("3 working days", date(2026, 5, 9)), ("", None)])
def test_what_has_no_legal_day_is_given_an_aim_and_never_a_law(target: str, aim: date | None) -> None:
    duty = {"code": "report", "side": "us", "due": "promptly after service_requested", "target": target}
    asked = [fact("service_requested", "2026-05-06")]
    found = adjusted(move("report/service_requested-1", "2026-05-20"), obligation=duty, facts=asked)
    moved = found["report/service_requested-1"]
    assert (moved.legal, moved.target, moved.moved_from) == (None, date(2026, 5, 20), aim)
    assert moved.safe_steps[-1] == Step(StepKind.MOVED_BY_HAND, aim or date(2026, 5, 20), date(2026, 5, 20))


def test_an_aim_set_by_hand_waits_for_no_calendar() -> None:
    duty = {"code": "report", "side": "us", "due": "promptly after service_requested", "target": "3 working days"}
    asked = [fact("service_requested", "2027-03-01")]
    assert adjusted(obligation=duty, facts=asked)["report/service_requested-1"].provisional == (2027,)
    moved = adjusted(move("report/service_requested-1", "2027-03-10"), obligation=duty, facts=asked)
    assert moved["report/service_requested-1"].provisional == ()


def test_what_waits_for_its_start_is_not_moved() -> None:
    duty = {"code": "report", "due": "10 days after ended"}
    found = adjusted(move("report/1", "2026-06-03"), obligation=duty)["report/1"]
    assert (found.legal, found.target, found.waits_for) == (None, None, "ended")
