"""Pausing a series and letting it go on, ending it, moving one of its days, taking any of that back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.adjust import Wish, adjust, adjusted, resume, resumed, wanted, withdraw_adjustment
from tracker.actions.board import stands
from tracker.actions.complete import undo
from tracker.actions.errors import Forbidden, Missing, Odd, Refused
from tracker.actions.reschedule import Changes
from tracker.actions.what_if import SUSPENDED, WhatIf, if_adjusted
from tracker.records.deadlines import State
from tracker.rules.adjustments import Adjusting
from tracker.rules.standing import Standing

RENT = "payment/6"  # the second quarter of 2026: due by 7 April, as the 6th is a holiday
NEXT = "payment/7"  # due by 6 July


def wish(action: str, of: str, day: str, until: str = "", reason: str = "agreed by mail") -> Wish:
    last = date.fromisoformat(until) if until else None
    return Wish(action=Adjusting(action), of=of, day=date.fromisoformat(day), until=last, reason=reason)


def done(office: Office, *values: str, by: str = "Ana", confirmed: bool = True, **more: str) -> Changes:
    with office.tracker.transaction() as session:
        found = office.contract("L-1").id
        return adjust(session, office.actor(by), found, wish(*values, **more), now=office.now, confirmed=confirmed)


def goes_on(office: Office, key: str, day: str, by: str = "Ana") -> Changes:
    with office.tracker.transaction() as session:
        found = office.contract("L-1").id
        return resume(session, office.actor(by), found, key, day=date.fromisoformat(day), now=office.now)


def taken_back(office: Office, key: str, by: str = "Ana") -> Changes:
    with office.tracker.transaction() as session:
        return withdraw_adjustment(session, office.actor(by), office.contract("L-1").id, key, now=office.now)


def what_if(office: Office, *values: str) -> WhatIf:
    with office.tracker.reading() as session:
        return if_adjusted(
            session,
            office.actor(),
            office.contract("L-1").id,
            lambda contract, before: adjusted(before, wanted(session, contract, wish(*values))),
            now=office.now,
        )


def states(office: Office) -> dict[str, str]:
    rows = office.deadlines("L-1").items()
    return {key: row.state.value for key, row in rows if key.startswith("payment/") and key >= RENT}


# ------------------------------------------------------------------- pauses


def test_what_falls_into_a_pause_is_suspended_and_nobody_is_reminded_of_it(office: Office) -> None:
    office.register(LEASE)
    done(office, "pause", "payment", "2026-04-01", "2026-06-30")
    assert states(office) == {RENT: "suspended", NEXT: "open", "payment/8": "open"}
    row = office.deadline("L-1", RENT)
    assert (row.remind_on, row.explanation["suspended_by"]) == (None, "pause-1")
    assert str(row.legal) == "2026-04-07"
    event = office.events()[-1]
    assert (event.event, event.details["adjustment"]["reason"]) == ("adjusted", "agreed by mail")


def test_an_open_pause_lasts_until_the_series_goes_on(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", RENT)
    done(office, "pause", "payment", "2026-04-01")
    assert set(states(office).values()) == {"suspended"}
    goes_on(office, "pause-1", "2026-07-01")
    assert states(office) == {RENT: "suspended", NEXT: "open", "payment/8": "open"}
    goes_on(office, "pause-1", "2026-04-06")
    row = office.deadline("L-1", RENT)
    assert (row.state, row.remind_on) == (State.OPEN, before.remind_on)
    assert row.revision > before.revision, "its reminders start afresh"
    assert office.events()[-1].event == "series-resumed"


def test_what_was_done_or_let_go_stays_so_in_a_pause(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-03-01")
    done(office, "pause", "payment", "2026-04-01")
    assert office.deadline("L-1", RENT).state is State.DONE
    taken_back(office, "pause-1")
    assert states(office) == {RENT: "done", NEXT: "open", "payment/8": "open"}


def test_a_pause_that_is_withdrawn_leaves_all_as_it_was(office: Office) -> None:
    office.register(LEASE)
    before = office.standing("L-1")
    done(office, "pause", "payment", "2026-04-01")
    taken_back(office, "pause-1")
    assert office.standing("L-1") == before
    assert set(states(office).values()) == {"open"}
    assert office.events()[-1].event == "adjustment-withdrawn"


def test_a_pause_can_only_go_on_after_it_began(office: Office) -> None:
    office.register(LEASE)
    done(office, "pause", "payment", "2026-04-01")
    done(office, "end", "payment", "2026-09-30")
    for key, day, place in (("pause-1", "2026-04-01", "day"), ("end-1", "2026-05-01", "adjustment")):
        with pytest.raises(Refused) as told:
            goes_on(office, key, day)
        assert [problem.place for problem in told.value.problems] == [place]
    with pytest.raises(Missing):
        goes_on(office, "pause-7", "2026-05-01")


def test_performance_that_is_suspended_is_not_asked_for_until_it_is_resumed(office: Office) -> None:
    """What fell due meanwhile is owed again, on its own day: it comes back and is overdue."""
    office.register(LEASE)
    office.fact("L-1", "performance_suspended", "2026-03-01", by="Ana")
    row = office.deadline("L-1", RENT)
    assert (row.state, row.remind_on) == (State.SUSPENDED, None)
    assert row.explanation["suspended_by"] == "performance_suspended-1"
    office.turn_to("2026-05-04")
    office.fact("L-1", "performance_resumed", "2026-05-01", by="Ana")
    row = office.deadline("L-1", RENT)
    assert (row.state, str(row.legal)) == (State.OPEN, "2026-04-07")
    assert stands(row, office.now.date()) is Standing.OVERDUE
    assert states(office)[NEXT] == "open"


def test_what_is_suspended_can_be_done_all_the_same(office: Office) -> None:
    office.register(LEASE)
    done(office, "pause", "payment", "2026-04-01")
    office.complete("L-1", RENT, "2026-03-01")
    assert office.deadline("L-1", RENT).state is State.DONE
    taken = office.deadline("L-1", RENT)
    with office.tracker.transaction() as session:
        undo(session, office.actor(), taken.id, now=office.now)
    assert office.deadline("L-1", RENT).state is State.SUSPENDED


# ----------------------------------------------------------- the end, a move


def test_an_ended_series_gives_nothing_after_the_day_and_keeps_what_was_done(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", NEXT, "2026-03-01")
    changes = done(office, "end", "payment", "2026-04-30")
    assert states(office) == {RENT: "open", NEXT: "done", "payment/8": "withdrawn"}
    assert changes.vanished == ["payment/8"]
    done(office, "end", "payment", "2026-12-31")
    assert states(office)["payment/8"] == "open"
    assert [row.key for row in adjustments(office)] == ["end-2"], "the later end replaces the earlier"


def adjustments(office: Office) -> list[Any]:
    with office.tracker.reading() as session:
        return list(session.merge(office.contract("L-1"), load=False).adjustments)


def test_one_day_is_moved_and_the_series_stays(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", RENT)
    changes = done(office, "move", RENT, "2026-04-02")
    row = office.deadline("L-1", RENT)
    assert (str(row.legal), str(row.action_day), str(row.moved_from)) == ("2026-04-02", "2026-04-02", "2026-04-07")
    assert row.revision == before.revision + 1, "the new day is announced"
    assert list(changes.moved) == [RENT]
    assert str(office.deadline("L-1", NEXT).legal) == "2026-07-06"
    done(office, "move", RENT, "2026-04-01")
    row = office.deadline("L-1", RENT)
    assert (str(row.legal), str(row.moved_from)) == ("2026-04-01", "2026-04-07")
    assert len(adjustments(office)) == 1
    taken_back(office, "move-2")
    row = office.deadline("L-1", RENT)
    assert (row.legal, row.moved_from) == (before.legal, None)


def test_a_day_later_than_agreed_is_asked_about_first(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Odd) as told:
        done(office, "move", RENT, "2026-04-08", confirmed=False)
    (problem,) = told.value.problems
    assert (problem.place, problem.values) == ("day", {"day": date(2026, 4, 7)})
    assert adjustments(office) == []
    done(office, "move", RENT, "2026-04-07", confirmed=False)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (("pause", "nothing", "2026-04-01"), "of"),
        (("pause", "renewal", "2026-04-01"), "of"),
        (("end", "complaints", "2026-04-01"), "of"),
        (("move", "payment/99", "2026-04-01"), "of"),
        (("move", "payment/5", "2026-04-01"), "of"),
        (("move", "term-end/1", "2026-04-01"), "of"),
        (("pause", "payment", "2026-04-01", "2026-03-31"), "until"),
        (("end", "payment", "2026-04-01", "2026-04-02"), "until"),
        (("pause", "payment", "2026-04-01", "", "  "), "reason"),
    ],
)
def test_what_cannot_be_adjusted_is_refused(office: Office, values: tuple[str, ...], place: str) -> None:
    complaints = {"key": "complaints", "code": "complaint-answer", "due": "5 days after complaint_received"}
    office.register(contract(obligations=[*LEASE["obligations"], complaints]))
    office.complete("L-1", "payment/5", "2026-01-05")
    with pytest.raises(Refused) as told:
        done(office, *values)
    assert [problem.place for problem in told.value.problems] == [place]
    assert adjustments(office) == []


# ------------------------------------------------------------------ what if


def test_beforehand_it_is_told_what_would_be_suspended_move_or_go(office: Office) -> None:
    office.register(LEASE)
    paused = what_if(office, "pause", "payment", "2026-04-01", "2026-06-30")
    assert [(one.key, one.because) for one in paused.suspend] == [(RENT, SUSPENDED)]
    moved = what_if(office, "move", RENT, "2026-04-02")
    assert [(one.key, str(one.old), str(one.new)) for one in moved.move] == [(RENT, "2026-04-03", "2026-04-02")]
    ended = what_if(office, "end", "payment", "2026-07-31")
    assert [one.key for one in ended.vanish] == ["payment/8"]
    assert adjustments(office) == []


def test_beforehand_it_is_told_what_comes_back(office: Office) -> None:
    office.register(LEASE)
    done(office, "pause", "payment", "2026-04-01")
    with office.tracker.reading() as session:
        found = if_adjusted(
            session,
            office.actor(),
            office.contract("L-1").id,
            lambda _, before: tuple(resumed(one, date(2026, 7, 1)) for one in before),
            now=office.now,
        )
    assert [one.key for one in found.appear] == [NEXT, "payment/8"]


# -------------------------------------------------------------------- access

LOOKS: dict[str, Callable[[Office, str], object]] = {
    "adjust": lambda office, who: done(office, "pause", "payment", "2026-04-01", by=who),
    "resume": lambda office, who: goes_on(office, "pause-1", "2026-11-01", by=who),
    "withdraw": lambda office, who: taken_back(office, "pause-1", by=who),
}


@pytest.mark.parametrize("look", LOOKS)
def test_only_those_who_see_it_and_may_edit_adjust_anything(office: Office, look: str) -> None:
    office.register(contract(access={"only": ["vic@acme.example", "ben@acme.example"]}))
    done(office, "pause", "payment", "2026-10-01")
    for who, answer in (("Cleo", Missing), ("Ada", Missing), ("Vic", Forbidden)):
        with pytest.raises(answer):
            LOOKS[look](office, who)
    LOOKS[look](office, "Ben")


def test_what_stays_suspended_is_not_called_done_when_its_day_moves(office: Office) -> None:
    office.register(LEASE)
    done(office, "pause", "payment", "2026-04-01")
    moved = what_if(office, "move", RENT, "2026-04-02")
    assert (moved.stay_closed, moved.move) == ((), ())
