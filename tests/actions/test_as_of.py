"""A look back at a contract on any day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.test_amendments import LATER, LEASE, RENT, VISITS, lease, record, supplement
from tests.support.cast import fact
from tests.support.office import Office
from tracker.actions.actor import OPERATOR
from tracker.actions.as_of import AsOf, as_of
from tracker.actions.board import stands
from tracker.actions.complete import waive
from tracker.actions.demo import load_samples
from tracker.actions.errors import Missing
from tracker.records.contracts import Contract
from tracker.records.deadlines import State


def look(office: Office, day: str, by: str = "Ana", number: str = "L-1") -> AsOf:
    with office.tracker.reading() as session:
        return as_of(session, office.actor(by), office.contract(number).id, date.fromisoformat(day))


def stood(found: AsOf) -> dict[str, tuple[str, str]]:
    return {one.key: (str(one.legal or ""), one.standing.value) for one in found.deadlines}


def now(office: Office, number: str = "L-1") -> dict[str, tuple[str, str]]:
    today = office.now.date()
    rows = office.deadlines(number).values()
    return {
        row.key: (str(row.legal or ""), stands(row, today).value) for row in rows if row.state is not State.WITHDRAWN
    }


def test_as_of_today_is_what_the_page_shows(office: Office) -> None:
    office.turn_to("2026-11-22")
    with office.tracker.transaction() as session:
        load_samples(session, now=office.now)
        numbers = session.scalars(select(Contract.number)).all()
    assert len(numbers) > 10
    for number in numbers:
        with office.tracker.reading() as session:
            found = as_of(session, OPERATOR, office.contract(number).id, date(2026, 11, 22))
        assert stood(found) == now(office, number), number


def test_as_of_today_shows_what_is_agreed_for_later_as_the_page_does(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, {**VISITS, "every": "1 month"}), supplement("2026-08-01", signed="2026-02-20"))
    office.turn_to("2026-05-04")
    office.complete("L-1", "visits/1", "2026-03-30")
    with office.tracker.transaction() as session:
        waive(session, office.actor(), office.deadline("L-1", "rent/1").id, reason="Agreed", now=office.now)
    found = look(office, "2026-05-04")
    assert stood(found) == now(office)
    assert {key: found_[1] for key, found_ in stood(found).items()}["rent/1"] == "waived"
    assert [line.key for line in found.amendments] == ["amendment-1"]


def test_before_an_amendment_was_agreed_nothing_of_it_is_seen(office: Office) -> None:
    office.register(LEASE)
    before = look(office, "2026-03-02")
    office.turn_to("2026-06-01")
    record(office, lease(LATER, VISITS), supplement("2026-08-01", signed="2026-05-20"))
    assert stood(look(office, "2026-03-02")) == stood(before)
    assert look(office, "2026-05-19").amendments == ()
    agreed = look(office, "2026-05-20")
    assert [row.key for row in agreed.amendments] == ["amendment-1"]
    assert stood(agreed)["rent/4"][0] == "2027-01-15"
    assert rent_period(agreed) == 10, "in force are still the old terms"
    office.turn_to("2026-08-01")
    assert rent_period(look(office, "2026-08-01")) == 15


def rent_period(found: AsOf) -> int | None:
    rent: Any = next(clause for clause in found.terms.clauses if getattr(clause, "code", "") == "payment")
    return int(rent.due.period.n)


def test_an_amendment_with_effect_for_the_past_is_not_known_before_its_signature(office: Office) -> None:
    """Of two, the one signed later holds from the earlier day."""
    office.register(LEASE)
    office.turn_to("2026-09-01")
    monthly = {**VISITS, "every": "1 month"}
    record(office, lease(LATER, VISITS), supplement("2026-07-01", signed="2026-06-20"))
    record(office, lease(RENT, monthly), supplement("2026-04-01", signed="2026-08-20"))
    found = look(office, "2026-07-15")
    assert [row.key for row in found.amendments] == ["amendment-1"]
    assert "visits/3" in stood(found), "visits came every quarter, as far as anybody knew"
    assert rent_period(found) == 15


def test_facts_count_from_their_day_and_what_was_done_from_when_it_was_done(office: Office) -> None:
    answer = {"key": "answer", "code": "complaint-answer", "side": "us", "due": "10 days after complaint_received"}
    office.register(lease(answer))
    office.turn_to("2026-04-01")
    office.fact("L-1", "complaint_received", "2026-03-10")
    office.complete("L-1", "answer/complaint_received-1", "2026-03-25")
    key = "answer/complaint_received-1"
    told = {day: stood(look(office, day)).get(key) for day in ("2026-03-09", "2026-03-10", "2026-03-21", "2026-03-25")}
    assert told == {
        "2026-03-09": None,
        "2026-03-10": ("2026-03-20", "upcoming"),
        "2026-03-21": ("2026-03-20", "overdue"),
        "2026-03-25": ("2026-03-20", "done"),
    }


def test_an_end_that_was_intended_was_known_from_when_it_was_recorded(office: Office) -> None:
    office.register(lease(RENT, termination=[{"side": "both", "notice": "30 days"}]))
    office.turn_to("2026-04-01")
    office.fact("L-1", "end_intended", "2026-09-30")
    key = "termination-notice.termination-1/end_intended-1"
    assert key not in stood(look(office, "2026-03-31"))
    assert stood(look(office, "2026-04-01"))[key][0] == "2026-08-31"


def test_the_parties_are_those_of_the_day(office: Office) -> None:
    office.register(LEASE)
    parties = [LEASE["parties"][0], {"role": "B", "name": "New Hualong Ltd"}]
    record(office, lease(RENT, VISITS, parties=parties), supplement("2026-03-01"))
    assert [look(office, day).parties[1].name for day in ("2026-02-28", "2026-03-01")] == [
        "Hualong Trading",
        "New Hualong Ltd",
    ]


def test_what_was_done_is_seen_though_it_no_longer_follows_from_anything(office: Office) -> None:
    office.register(LEASE)
    office.turn_to("2026-05-04")
    office.complete("L-1", "visits/1", "2026-03-30")
    office.amend("L-1", lease(RENT))
    assert stood(look(office, "2026-05-04")) == now(office)
    assert "visits/1" not in stood(look(office, "2026-03-29"))


def test_nobody_looks_back_at_what_they_may_not_see(office: Office) -> None:
    office.register({**LEASE, "access": {"only": []}, "facts": [fact("signed", "2025-12-01")]})
    with pytest.raises(Missing):
        look(office, "2026-03-02", by="Cleo")
