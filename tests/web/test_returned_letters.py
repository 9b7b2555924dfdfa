"""What people see of letters that came back."""

import pytest

from tests.web.conftest import NOW, Office, text_of
from tracker.actions.actor import Actor
from tracker.actions.bounces import EVENTS
from tracker.actions.remember import remember


@pytest.mark.parametrize("event", EVENTS.values())
def test_o13_the_history_of_the_contract_tells_of_a_letter_that_did_not_arrive(
    office: Office, lease: int, event: str
) -> None:
    with office.tracker.transaction() as session:
        remember(session, Actor("jobs"), NOW, event, contract_id=lease, letter=1)
    page = text_of(office.sit("Ana").get(f"/contracts/{lease}"))
    assert "heard that a reminder" in page
    assert event not in page
