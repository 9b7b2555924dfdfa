"""Logging that something was done, taking it back, letting it go."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.complete import undo, waive
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.records.deadlines import Deadline, State
from tracker.rules.problems import Problem

RENT = "payment/5"  # due by 6 January 2026


def taken_back(office: Office, reason: str = "", by: str = "Ana", key: str = RENT) -> Deadline:
    with office.tracker.transaction() as session:
        return undo(session, office.actor(by), office.deadline("L-1", key).id, reason=reason, now=office.now)


def waived(office: Office, reason: str = "the landlord let it go", by: str = "Ana") -> Deadline:
    with office.tracker.transaction() as session:
        return waive(session, office.actor(by), office.deadline("L-1", RENT).id, reason=reason, now=office.now)


def refused(office: Office, done_on: str, **more: Any) -> list[Problem]:
    with pytest.raises(Refused) as told:
        office.complete("L-1", RENT, done_on, **more)
    return list(told.value.problems)


def test_what_was_done_is_kept_with_who_when_and_how(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05", by="Ben", note="  paid by bank  ", link="https://bank.example/42")
    row = office.deadline("L-1", RENT)
    (completion,) = row.completions
    assert (row.state, row.remind_on) == (State.DONE, None)
    assert (completion.note, completion.link, completion.channel, completion.by_id) == (
        "paid by bank",
        "https://bank.example/42",
        "web",
        office.actor("Ben").person_id,
    )
    assert (str(completion.done_on), completion.recorded_at) == ("2026-01-05", office.now)
    event = office.events()[-1]
    assert (event.event, event.deadline_id, event.details["done_on"]) == ("deadline-completed", row.id, "2026-01-05")


def test_a_visible_change_raises_the_sequence_for_calendars(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", RENT)
    office.wait(minutes=5)
    office.complete("L-1", RENT, "2026-01-05")
    after = office.deadline("L-1", RENT)
    assert (after.sequence, after.modified_at) == (before.sequence + 1, office.now)


def test_the_same_form_sent_twice_is_recorded_once(office: Office) -> None:
    office.register(LEASE)
    first = office.complete("L-1", RENT, "2026-01-05", submission="form-1")
    again = office.complete("L-1", RENT, "2026-01-05", submission="form-1")
    assert again.id == first.id
    assert len(office.deadline("L-1", RENT).completions) == 1
    assert len(office.events()) == 2


def test_the_same_token_for_another_deadline_records_that_as_well(office: Office) -> None:
    """Found by test: it broke; and one that was sent again after it had been taken back said that it was recorded."""
    office.register(LEASE)
    for key in (RENT, "payment/2"):
        assert office.complete("L-1", key, "2026-01-05", submission="x" * 65).id
    assert len(office.deadline("L-1", "payment/2").completions) == 1
    taken_back(office)
    assert str(office.complete("L-1", RENT, "2026-01-06", submission="x" * 65).done_on) == "2026-01-06"
    assert office.deadline("L-1", RENT).state is State.DONE


def test_two_people_cannot_both_complete_it(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05", submission="form-1")
    assert [problem.place for problem in refused(office, "2026-01-05", by="Ben", submission="form-2")] == ["deadline"]


@pytest.mark.parametrize(
    ("done_on", "more", "place"),
    [
        ("2026-03-03", {}, "done_on"),
        ("2026-01-05", {"link": "javascript:alert(1)"}, "link"),
        ("2026-01-05", {"link": "file:///etc/passwd"}, "link"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, done_on: str, more: dict[str, str], place: str) -> None:
    office.register(LEASE)
    assert [problem.place for problem in refused(office, done_on, **more)] == [place]
    assert office.deadline("L-1", RENT).state is State.OPEN


def test_today_is_the_day_it_is_where_the_contract_is(office: Office) -> None:
    """At nine in Shanghai it is still yesterday in New York: a deadline there cannot be done on the 2nd yet."""
    office.register(contract(number="NY", law={"counting": "plain", "calendar": "US", "zone": "America/New_York"}))
    with pytest.raises(Refused):
        office.complete("NY", RENT, "2026-03-02")
    office.complete("NY", RENT, "2026-03-01")


def test_a_slip_is_taken_back_without_a_word_for_ten_minutes(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05")
    office.wait(minutes=10)
    before = office.deadline("L-1", RENT)
    taken_back(office)
    row = office.deadline("L-1", RENT)
    assert (row.state, row.revision) == (State.OPEN, before.revision + 1)
    assert row.completions[0].undone_at == office.now
    assert office.events()[-1].event == "deadline-reopened"


def test_after_that_it_takes_a_reason(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05")
    office.wait(minutes=11)
    with pytest.raises(Refused) as told:
        taken_back(office, reason="  ")
    assert [problem.place for problem in told.value.problems] == ["reason"]
    taken_back(office, reason="the bank sent it back")
    assert office.deadline("L-1", RENT).completions[0].undo_reason == "the bank sent it back"


def test_what_was_taken_back_can_be_completed_again_and_both_are_kept(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05", note="first")
    taken_back(office)
    office.complete("L-1", RENT, "2026-01-06", note="second")
    row = office.deadline("L-1", RENT)
    assert [(item.note, item.undone_at is None) for item in row.completions] == [("first", False), ("second", True)]


def test_what_a_fact_settled_is_put_right_at_the_fact(office: Office) -> None:
    office.turn_to("2026-10-20")
    office.register(LEASE)
    office.fact("L-1", "notice_not_to_renew", "2026-10-15")
    with pytest.raises(Refused):
        taken_back(office, reason="no", key="renewal-intention.us/1")


def test_what_was_never_done_cannot_be_taken_back(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Refused):
        taken_back(office)


def test_letting_it_go_takes_a_reason_and_can_be_taken_back(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Refused):
        waived(office, reason=" ")
    waived(office)
    row = office.deadline("L-1", RENT)
    assert (row.state, row.remind_on) == (State.WAIVED, None)
    assert office.events()[-1].details["reason"] == "the landlord let it go"
    with pytest.raises(Refused):
        waived(office)
    taken_back(office)
    assert office.deadline("L-1", RENT).state is State.OPEN


def test_only_those_who_see_a_contract_and_may_edit_can_complete(office: Office) -> None:
    office.register(contract(access={"only": ["ben@acme.example", "vic@acme.example"]}))
    for stranger in ("Cleo", "Ada"):
        with pytest.raises(Missing):
            office.complete("L-1", RENT, "2026-01-05", by=stranger)
    with pytest.raises(Forbidden):
        office.complete("L-1", RENT, "2026-01-05", by="Vic")
    with pytest.raises(Missing):
        waived(office, by="Cleo")
    office.complete("L-1", RENT, "2026-01-05", by="Ben")
    with pytest.raises(Missing):
        taken_back(office, by="Cleo")


def test_a_reminder_day_comes_back_with_the_deadline(office: Office) -> None:
    office.register(LEASE)
    before = office.deadline("L-1", "payment/6").remind_on
    office.complete("L-1", "payment/6", "2026-03-01")
    taken_back(office, key="payment/6")
    after = office.deadline("L-1", "payment/6").remind_on
    assert before is not None
    assert after == before
    assert after < (office.deadline("L-1", "payment/6").action_day or before) + timedelta(days=1)


def test_what_is_taken_back_after_its_clause_went_is_withdrawn_and_not_reminded_of(office: Office) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05")
    office.amend("L-1", contract(obligations=None))
    row = taken_back(office)
    assert (row.state, row.remind_on) == (State.WITHDRAWN, None)


def test_what_is_taken_back_stays_settled_where_a_fact_settles_it(office: Office) -> None:
    key = "renewal-intention.us/1"
    office.register(LEASE)
    office.complete("L-1", key, "2026-03-02")
    office.fact("L-1", "notice_not_to_renew", "2026-03-01", by="Ana")
    row = taken_back(office, key=key)
    assert (row.state, row.remind_on) == (State.DONE, None)
