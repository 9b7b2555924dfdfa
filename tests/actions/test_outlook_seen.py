"""Who sees what of the letters to come, how far ahead, and what is told of one deadline."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.asked import asked_of
from tests.support.desk import Desk, morning
from tests.support.outlook import MONTH, TODAY, actor, closed, coming, told
from tracker.actions import reach, rehearsal
from tracker.actions.errors import Forbidden, Refused
from tracker.actions.outlook import next_reminders, outlook
from tracker.actions.reach import Span
from tracker.records.base import Base
from tracker.records.deadlines import Deadline, State


def contents(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with desk.database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Base.metadata.tables.values()
        }


# -------------------------------------------------------------------- who may see it


def test_who_does_not_administer_sees_their_own_letters_only(desk: Desk) -> None:
    desk.deadline("2026-01-20", backup_id=None)
    closed(desk, "2026-01-21")
    assert {one.person.name for one in coming(desk, who="Ana") if one.person} == {"Ana"}
    assert coming(desk, who="Ben") == []
    with pytest.raises(Forbidden):
        coming(desk, who="Ben", person="Ana")
    assert coming(desk, person="Ben") == []


def test_an_administrator_sees_of_a_closed_contract_to_whom_and_when_and_no_more(desk: Desk) -> None:
    closed(desk, "2026-01-20", code="report")
    found = coming(desk, person="Ana")
    assert [(one.deadline, one.lead, one.action_day, one.why) for one in found] == [(None, None, None, None)] * len(
        found
    )
    assert {one.person.name for one in found if one.person} == {"Ana"}
    desk.person("Ana", muted=["report"])
    assert coming(desk) == [], "what somebody wants to hear is not for outsiders"


# ----------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-02", "2026-01-01"),
        ("2026-01-01", "2026-04-03"),
        ("1926-01-01", "1926-01-02"),
        ("9999-12-30", "9999-12-31"),
    ],
)
def test_a_span_that_is_turned_round_too_long_or_too_far_away_is_refused(desk: Desk, first: str, last: str) -> None:
    with pytest.raises(Refused):
        coming(desk, Span(date.fromisoformat(first), date.fromisoformat(last)))
    assert coming(desk, Span(TODAY, TODAY + timedelta(91))) == []


def test_beyond_what_can_be_played_it_says_from_which_day_on_letters_are_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-01-31", "2026-02-04", "2026-02-08"):
        desk.deadline(day, code="report", backup_id=None)
    for module, name in ((reach, "MOST"), (reach, "MOST_LOOKED_AT"), (rehearsal, "MOST_TURNS")):
        with monkeypatch.context() as patch, desk.database.reading() as session:
            patch.setattr(module, name, 2)
            found = outlook(session, actor(desk, "Cleo"), MONTH, desk.clock.now())
            assert found.until == date(2026, 1, 9), name
            past = outlook(session, actor(desk, "Cleo"), MONTH, morning("2026-03-01"))
            assert past.until is not None, name
            assert MONTH.first <= past.until <= MONTH.last, name
    with desk.database.reading() as session:
        assert outlook(session, actor(desk, "Cleo"), MONTH, desk.clock.now()).until is None


def test_looking_asks_as_often_for_many_as_for_one_and_writes_nothing(desk: Desk) -> None:
    counts = []
    for size in (1, 10):
        for number in range(size):
            desk.deadline(TODAY + timedelta(9 + number))
        desk.plan()
        before = contents(desk)
        with asked_of(desk.database.engine) as asked:
            coming(desk, Span(TODAY - timedelta(20), TODAY + timedelta(30)))
        counts.append(len(asked))
        assert contents(desk) == before
    assert counts[0] == counts[1]


# ------------------------------------------------------------------- one deadline


def test_a_deadline_tells_what_comes_next_and_to_whom(desk: Desk) -> None:
    number = desk.deadline("2026-04-30")
    with desk.database.reading() as session:
        found = next_reminders(session, session.get_one(Deadline, number), desk.clock.now(), most=2)
    assert told(found) == [("Ana", "01-30", 90), ("Ben", "01-30", 90), ("Ana", "03-01", 60), ("Ben", "03-01", 60)]


def test_nothing_comes_of_what_is_done(desk: Desk) -> None:
    number = desk.deadline("2026-01-20")
    desk.change(number, state=State.DONE)
    assert coming(desk) == []
    with desk.database.reading() as session:
        assert next_reminders(session, session.get_one(Deadline, number), desk.clock.now()) == []
