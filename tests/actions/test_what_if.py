"""What a change would do is what it then does."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.contracts import preview
from tracker.actions.documents import document_of
from tracker.actions.errors import Forbidden, Missing
from tracker.actions.facts import Happened, correct_fact, record_fact, withdraw_fact
from tracker.actions.reschedule import Changes
from tracker.actions.shelf import open_contract
from tracker.actions.what_if import CLAUSE_GONE, NOT_FOLLOWING, WhatIf, against_rows, if_recorded, if_withdrawn
from tracker.ports.clock import day_in
from tracker.records.contracts import Fact
from tracker.records.deadlines import State
from tracker.rules.facts import FactKind, Side
from tracker.rules.section import day

RENT = {"code": "payment", "side": "us", "due": "5 days after period_start", "every": "3 months", "amount": "9000 CNY"}
TAIL = {"code": "confidentiality-tail", "side": "both", "due": "2 years after ended"}
ANSWER = {"code": "complaint-answer", "side": "us", "due": "15 days after complaint_received"}
LEASE: dict[str, Any] = contract(obligations=[RENT, TAIL, ANSWER], facts=[{"kind": "signed", "day": "2024-12-20"}])

FACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("ended", "2026-02-20", {"how": "agreement"}),
    ("complaint_received", "2026-02-20", {"by": Side.THEM}),
    ("notice_of_renewal_intention", "2026-02-20", {"by": Side.US}),
    ("notice_not_to_renew", "2026-02-20", {"by": Side.THEM}),
    ("renewed", "2026-02-20", {"until": day("2028-12-31")}),
    ("effective", "2025-03-01", {}),
    ("notice_to_terminate", "2026-02-20", {"by": Side.THEM, "until": day("2026-06-30")}),
]


def happened(kind: str, on: str, more: Mapping[str, Any]) -> Happened:
    return Happened(kind=FactKind(kind), day=day(on), **more)


def record(office: Office, kind: str, on: str, more: Mapping[str, Any]) -> tuple[Fact, Changes]:
    with office.tracker.transaction() as session:
        number, value = office.contract("L-1").id, happened(kind, on, more)
        return record_fact(session, office.actor(), number, value, now=office.now, confirmed=True)


def keys(found: WhatIf) -> dict[str, set[str]]:
    groups = {"appeared": found.appear, "moved": found.move, "vanished": found.vanish}
    return {name: {one.key for one in group} for name, group in groups.items()}


def done(changes: Changes, office: Office) -> dict[str, set[str]]:
    """What was done to deadlines that stand open: those already settled are nobody's business any more."""
    states = {key: row.state for key, row in office.deadlines("L-1").items()}
    still = {key for key, state in states.items() if state is State.OPEN}
    appeared = set(changes.appeared)
    return {
        "appeared": appeared & still,
        "moved": (set(changes.moved) & still) - appeared,
        "vanished": set(changes.vanished),
    }


@pytest.mark.parametrize(("kind", "on", "more"), FACTS, ids=[kind for kind, _, _ in FACTS])
def test_what_was_told_of_a_fact_happens_when_it_is_recorded(
    office: Office, kind: str, on: str, more: dict[str, Any]
) -> None:
    office.register(LEASE)
    with office.tracker.reading() as session:
        number = office.contract("L-1").id
        told = if_recorded(session, office.actor(), number, happened(kind, on, more), now=office.now)
    stood = {key for key, row in office.deadlines("L-1").items() if row.state is State.OPEN}
    _fact, changes = record(office, kind, on, more)
    assert keys(told) == done(changes, office)
    met = {key for key, row in office.deadlines("L-1").items() if row.state is State.DONE}
    assert {one.key for one in told.settle} == stood & met
    after = office.deadlines("L-1")
    for one in (*told.appear, *told.move):
        assert one.new == (after[one.key].action_day or after[one.key].legal)


@pytest.mark.parametrize(("kind", "on", "more"), FACTS, ids=[kind for kind, _, _ in FACTS])
def test_what_was_told_of_taking_a_fact_back_happens(office: Office, kind: str, on: str, more: dict[str, Any]) -> None:
    office.register(LEASE)
    fact, _changes = record(office, kind, on, more)
    number = office.contract("L-1").id
    with office.tracker.reading() as session:
        told = if_withdrawn(session, office.actor(), number, fact.key, now=office.now)
    stood = {key for key, row in office.deadlines("L-1").items() if row.state is State.OPEN}
    with office.tracker.transaction() as session:
        changes = withdraw_fact(session, office.actor(), number, fact.key, now=office.now)
    stand = {key for key, row in office.deadlines("L-1").items() if row.state is State.OPEN}
    assert {one.key for one in told.appear} == stand - stood
    assert {one.key for one in told.vanish} == stood - stand
    assert {one.key for one in told.move} == set(changes.moved) & stood & stand


def test_a_corrected_day_moves_what_rests_on_it_with_the_reason(office: Office) -> None:
    office.register(LEASE)
    fact, _changes = office.fact("L-1", "complaint_received", "2026-02-20")
    number, later = office.contract("L-1").id, happened("complaint_received", "2026-02-24", {})
    with office.tracker.reading() as session:
        told = if_recorded(session, office.actor(), number, later, now=office.now, key=fact.key)
    (move,) = told.move
    assert (str(move.old), str(move.new)) == ("2026-03-06", "2026-03-11")
    assert move.why is not None
    assert str(move.why.legal) == "2026-03-11"
    with office.tracker.transaction() as session:
        _fact, changes = correct_fact(session, office.actor(), number, fact.key, later, now=office.now)
    assert list(changes.moved) == [move.key]


def test_a_changed_term_tells_what_moves_and_a_dropped_clause_why_its_deadlines_go(office: Office) -> None:
    office.register(LEASE)
    with office.tracker.reading() as session:
        found = open_contract(session, office.actor(), office.contract("L-1").id)
        document = document_of(found) | {"term": {"length": "3 years", "first_day_counts": True}, "obligations": [TAIL]}
        computed, problems = preview(session, document, day_in(found.zone, office.now))
        assert problems == []
        told = against_rows(session, found, computed, document)
    assert {one.because for one in told.vanish} == {CLAUSE_GONE}
    assert {one.code for one in told.vanish} == {"payment"}
    assert {"term-end", "renewal-intention"} <= {one.code for one in told.move}
    changes = office.amend("L-1", document).deadlines
    assert keys(told) == done(changes, office)


def test_what_no_longer_follows_says_so(office: Office) -> None:
    office.register(LEASE)
    office.fact("L-1", "complaint_received", "2026-02-20")
    with office.tracker.reading() as session:
        told = if_withdrawn(session, office.actor(), office.contract("L-1").id, "complaint_received-1", now=office.now)
    assert [one.because for one in told.vanish] == [NOT_FOLLOWING]


def test_what_people_have_done_is_left_out(office: Office) -> None:
    office.register(LEASE)
    office.fact("L-1", "complaint_received", "2026-02-20")
    key = next(key for key, row in office.deadlines("L-1").items() if row.code == "complaint-answer" and row.legal)
    office.complete("L-1", key, "2026-03-01")
    with office.tracker.reading() as session:
        told = if_withdrawn(session, office.actor(), office.contract("L-1").id, "complaint_received-1", now=office.now)
    assert not told


def test_trying_shows_nobody_what_is_not_theirs(office: Office) -> None:
    office.register({**LEASE, "access": {"only": ["ben@acme.example"]}})
    number, fact = office.contract("L-1").id, happened("ended", "2026-02-20", {})
    with office.tracker.reading() as session:
        with pytest.raises(Missing):
            if_recorded(session, office.actor("Cleo"), number, fact, now=office.now)
        with pytest.raises(Missing):
            if_withdrawn(session, office.actor("Cleo"), number, "signed-1", now=office.now)
    office.register({**LEASE, "number": "L-2"})
    with office.tracker.reading() as session, pytest.raises(Forbidden):
        if_recorded(session, office.actor("Vic"), office.contract("L-2").id, fact, now=office.now)


def test_what_was_done_and_moves_far_is_shown_so_that_somebody_can_open_it_again(office: Office) -> None:
    """A notice logged for one end stayed done, unseen, when the term was corrected to end two years later."""
    office.register(LEASE)
    office.complete("L-1", "renewal-intention.us/1", "2026-03-01")
    with office.tracker.reading() as session:
        found = open_contract(session, office.actor(), office.contract("L-1").id)
        document = document_of(found) | {"term": {"length": "5 years", "first_day_counts": True}}
        computed, _problems = preview(session, document, day_in(found.zone, office.now))
        told = against_rows(session, found, computed, document)
    assert [one.key for one in told.stay_closed] == ["renewal-intention.us/1"]
    assert told.disturbs
    assert "renewal-intention.us/1" not in {one.key for one in told.move}
