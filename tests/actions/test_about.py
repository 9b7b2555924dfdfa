"""Facts that concern an earlier fact."""

from typing import Any

import pytest

from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.actor import OPERATOR
from tracker.actions.errors import Refused
from tracker.actions.facts import Happened, correct_fact
from tracker.rules.facts import FactKind

ANSWERS: dict[str, Any] = contract(
    obligations=[{"code": "complaint-answer", "side": "us", "due": "5 days after complaint_received"}]
)
FIRST, SECOND = "complaint-answer/complaint_received-1", "complaint-answer/complaint_received-2"


def complaints(office: Office) -> None:
    """Two complaints about the same matter, to be answered by 4 and 6 March 2026."""
    office.register(ANSWERS)
    for day in ("2026-02-27", "2026-03-01"):
        office.fact("L-1", "complaint_received", day, subject="Ms Wang")


def put_off(office: Office, about: str) -> None:
    until = FactKind.COMPLAINT_EXTENDED
    day = office.now.date()
    office.fact("L-1", until, day.isoformat(), until=day.replace(day=20), about=about)


@pytest.mark.parametrize("about", ["complaint_received-1", "complaint_received-2"])
def test_only_the_complaint_it_concerns_is_put_off(office: Office, about: str) -> None:
    complaints(office)
    before = office.standing("L-1")
    put_off(office, about)
    after = office.standing("L-1")
    moved = {key for key in (FIRST, SECOND) if after[key] != before[key]}
    assert moved == {f"complaint-answer/{about}"}
    assert after[f"complaint-answer/{about}"] == "2026-03-20"


def test_what_it_concerns_must_be_there(office: Office) -> None:
    complaints(office)
    with pytest.raises(Refused) as told:
        put_off(office, "complaint_received-3")
    assert [problem.place for problem in told.value.problems] == ["about"]


def test_no_fact_concerns_itself(office: Office) -> None:
    complaints(office)
    found = office.contract("L-1").facts[0]
    happened = Happened(kind=found.kind, day=found.day, about=found.key)
    with office.tracker.transaction() as session, pytest.raises(Refused):
        correct_fact(session, OPERATOR, office.contract("L-1").id, found.key, happened, now=office.now)


def test_what_a_fact_concerns_can_be_corrected(office: Office) -> None:
    complaints(office)
    put_off(office, "complaint_received-1")
    found = next(fact for fact in office.contract("L-1").facts if fact.about)
    happened = Happened(kind=found.kind, day=found.day, until=found.until, about="complaint_received-2")
    with office.tracker.transaction() as session:
        correct_fact(session, OPERATOR, office.contract("L-1").id, found.key, happened, now=office.now, confirmed=True)
    after = office.standing("L-1")
    assert (after[FIRST], after[SECOND]) == ("2026-03-04", "2026-03-20")
    assert office.events()[-1].details["before"]["about"] == "complaint_received-1"
