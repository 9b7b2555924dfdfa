"""What mail and calendars tell of what is suspended, disputed, in its grace, rejected, or done but not at its end."""

from datetime import date
from typing import Any

import pytest

from tests.actions.test_feed_follows_changes import Diary, diary
from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Sink
from tracker.records.deadlines import Completion, Deadline, Review, State

__all__ = ["diary"]  # the fixture


def text_of(sink: Sink, position: int = -1) -> str:
    body = sink.copies[position].message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPEN])
def test_only_what_is_open_is_reminded_of(desk: Desk, state: State) -> None:
    number = desk.deadline("2026-01-31")
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).state = state  # and remind_on left as it was
    desk.plan()
    assert desk.letters == []


@pytest.mark.parametrize("state", [State.EVIDENCE_PENDING, State.IN_REVIEW, State.SUSPENDED])
def test_a_letter_on_its_way_is_kept_back_once_it_is_not_open(desk: Desk, sink: Sink, state: State) -> None:
    number = desk.deadline("2026-01-31")
    desk.plan()
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).state = state
    desk.postman(mail_to(sink.url)).deliver()
    assert sink.copies == []
    assert {letter.reason for letter in desk.letters} == {state.value}


def test_in_its_grace_it_is_not_called_overdue(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", code="report", backup_id=None, grace_until=date(2026, 2, 5))
    desk.clock.turn_to(morning("2026-02-03"))
    desk.tick(mail_to(sink.url))
    assert "act now" in sink.copies[-1].message["subject"]
    assert "Not late until after: Thursday, 5 February 2026" in text_of(sink)
    assert "overdue" not in sink.copies[-1].message["subject"]


def test_a_letter_tells_of_a_dispute_and_of_what_was_not_accepted(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    with desk.database.transaction() as session:
        row = session.get_one(Deadline, number)
        row.disputed_on, row.reason = date(2025, 12, 30), "not ours"
        row.completions.append(
            Completion(
                done_on=date(2025, 12, 29),
                channel="web",
                recorded_at=desk.clock.now(),
                review=Review.REJECTED,
                review_note="page 3 is missing",
                undone_at=desk.clock.now(),
            )
        )
    desk.tick(mail_to(sink.url))
    assert "Disputed since 30 Dec 2025: not ours" in text_of(sink)
    assert "Logged, but not accepted: page 3 is missing" in text_of(sink)


# ---------------------------------------------------------------- calendars


def reports(**duty: Any) -> dict[str, Any]:
    return {"obligations": [{"code": "report", "side": "us", "due": "on 2026-07-01", **duty}]}


def status(diary: Diary, number: int) -> str:
    (found,) = (one for one in diary.read().values() if one.url.endswith(f"/{number}"))
    return found.status


def stand(diary: Diary, number: int, **values: Any) -> None:
    diary.later()
    with diary.world.database.transaction() as session:
        row = session.get_one(Deadline, number)
        for name, value in values.items():
            setattr(row, name, value)
        row.sequence += 1
        row.modified_at = diary.now


def told(diary: Diary, number: int) -> str:
    (found,) = (one for one in diary.read().values() if one.url.endswith(f"/{number}"))
    return found.description


def test_what_is_suspended_is_cancelled_in_calendars_and_comes_back(diary: Diary) -> None:
    diary.keep(**reports())
    number = diary.number_of("report")
    before = diary.read()
    pause = {"action": "pause", "of": "report", "day": "2026-06-15", "reason": "they asked"}
    diary.keep(**reports(), adjustments=[pause])
    assert status(diary, number) == "CANCELLED"
    diary.keep(**reports(), adjustments=[{**pause, "key": "pause-1", "until": "2026-06-30"}])
    assert status(diary, number) == "CONFIRMED"
    assert before.keys() == diary.read().keys(), "each keeps its identity"


def test_what_is_done_but_not_at_its_end_is_done_in_calendars_and_says_what_is_missing(diary: Diary) -> None:
    diary.keep(**reports(proof="required"), completions=[{"deadline": "report/1", "done_on": "2026-05-30"}])
    number = diary.number_of("report")
    assert "The evidence is still to be brought." in told(diary, number)
    stand(diary, number, state=State.IN_REVIEW)
    assert "The proof waits to be accepted." in told(diary, number)
    assert "Done on 30 May 2026" in told(diary, number)


def test_grace_a_move_and_a_dispute_are_told_in_calendars(diary: Diary) -> None:
    move = {"action": "move", "of": "report/1", "day": "2026-06-20", "reason": "agreed"}
    diary.keep(**reports(grace="5 days"), adjustments=[move])
    number = diary.number_of("report")
    assert "Moved by hand; the contract's rules give 1 Jul 2026." in told(diary, number)
    assert "Not late until after" in told(diary, number)
    stand(diary, number, disputed_on=date(2026, 6, 1), reason="not ours")
    assert "Disputed since 1 Jun 2026: not ours" in told(diary, number)
