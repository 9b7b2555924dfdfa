"""What happened is recorded, put right or taken back, and the schedule follows."""

from datetime import date

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.errors import Forbidden, Missing, Odd
from tracker.actions.facts import Happened, correct_fact, record_fact, withdraw_fact
from tracker.records.deadlines import State
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import FactKind

COMPLAINTS = [{"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"}]
SERVICE = contract(obligations=COMPLAINTS)


def happened(kind: str, day: str, **more: object) -> Happened:
    return Happened(kind=FactKind(kind), day=date.fromisoformat(day), **more)  # type: ignore[arg-type]  # test values


def correct(office: Office, key: str, what: Happened, by: str = "Ana", **more: bool) -> None:
    with office.tracker.transaction() as session:
        correct_fact(session, office.actor(by), office.contract("L-1").id, key, what, now=office.now, **more)


def withdraw(office: Office, key: str, by: str = "Ana") -> None:
    with office.tracker.transaction() as session:
        withdraw_fact(session, office.actor(by), office.contract("L-1").id, key, now=office.now)


def test_a_complaint_starts_its_clock(office: Office) -> None:
    office.register(SERVICE)
    _, changes = office.fact("L-1", "complaint_received", "2026-02-12")
    assert changes.appeared == ["complaint-answer/complaint_received-1"]
    assert office.standing("L-1")["complaint-answer/complaint_received-1"] == "2026-02-26"


def test_a_corrected_day_moves_the_deadline_under_its_name(office: Office) -> None:
    office.register(SERVICE)
    office.fact("L-1", "complaint_received", "2026-02-12")
    before = office.deadline("L-1", "complaint-answer/complaint_received-1")
    correct(office, "complaint_received-1", happened("complaint_received", "2026-02-24"))
    after = office.deadline("L-1", "complaint-answer/complaint_received-1")
    assert (after.id, str(after.legal), after.revision) == (before.id, "2026-03-02", before.revision + 1), (
        "28 February is worked"
    )
    details = office.events()[-1].details
    assert (details["before"]["day"], details["fact"]["day"]) == ("2026-02-12", "2026-02-24")


def test_a_fact_taken_back_takes_its_deadline_along_and_its_name_is_never_given_again(office: Office) -> None:
    office.register(SERVICE)
    office.fact("L-1", "complaint_received", "2026-02-12")
    withdraw(office, "complaint_received-1")
    assert office.deadline("L-1", "complaint-answer/complaint_received-1").state is State.WITHDRAWN
    fact, _ = office.fact("L-1", "complaint_received", "2026-02-24")
    assert fact.key == "complaint_received-2"
    assert [event.event for event in office.events()[1:]] == ["fact-recorded", "fact-withdrawn", "fact-recorded"]


def test_an_answered_complaint_stays_answered_when_the_fact_is_taken_back(office: Office) -> None:
    office.register(SERVICE)
    office.fact("L-1", "complaint_received", "2026-02-12")
    office.complete("L-1", "complaint-answer/complaint_received-1", "2026-02-20")
    withdraw(office, "complaint_received-1")
    assert office.deadline("L-1", "complaint-answer/complaint_received-1").state is State.DONE


def test_notice_given_in_time_settles_its_deadline_with_its_day(office: Office) -> None:
    office.turn_to("2026-10-20")
    office.register(LEASE)
    office.fact("L-1", "notice_not_to_renew", "2026-10-15")
    notice = office.deadline("L-1", "renewal-intention.us/1")
    assert (notice.state, notice.met_by, notice.remind_on) == (State.DONE, "notice_not_to_renew-1", None)
    (settled,) = notice.completions
    assert (settled.channel, str(settled.done_on)) == ("fact", "2026-10-15")


def test_notice_taken_back_opens_its_deadline_again_and_announces_it(office: Office) -> None:
    office.turn_to("2026-10-20")
    office.register(LEASE)
    before = office.deadline("L-1", "renewal-intention.us/1")
    office.fact("L-1", "notice_not_to_renew", "2026-10-15")
    withdraw(office, "notice_not_to_renew-1")
    notice = office.deadline("L-1", "renewal-intention.us/1")
    assert (notice.state, notice.met_by) == (State.OPEN, None)
    assert notice.completions[0].undone_at == office.now
    assert notice.revision > before.revision
    assert notice.remind_on is not None


def test_a_corrected_notice_moves_the_day_it_was_settled_on(office: Office) -> None:
    office.turn_to("2026-10-20")
    office.register(LEASE)
    office.fact("L-1", "notice_not_to_renew", "2026-10-15")
    correct(office, "notice_not_to_renew-1", happened("notice_not_to_renew", "2026-10-14"))
    (settled,) = office.deadline("L-1", "renewal-intention.us/1").completions
    assert str(settled.done_on) == "2026-10-14"


def test_what_somebody_logged_is_not_taken_over_by_a_fact(office: Office) -> None:
    office.turn_to("2026-10-20")
    office.register(LEASE)
    office.complete("L-1", "renewal-intention.us/1", "2026-10-14", note="by courier")
    office.fact("L-1", "notice_not_to_renew", "2026-10-15")
    notice = office.deadline("L-1", "renewal-intention.us/1")
    assert [completion.note for completion in notice.completions] == ["by courier"]
    withdraw(office, "notice_not_to_renew-1")
    assert office.deadline("L-1", "renewal-intention.us/1").state is State.DONE


def test_a_recorded_end_turns_what_was_projected_into_what_is_sure(office: Office) -> None:
    secrets = [{"code": "confidentiality-end", "side": "us", "due": "3 years after ended"}]
    office.register(contract(obligations=secrets))
    assert office.deadline("L-1", "confidentiality-end/1").certainty is Certainty.PROJECTED
    office.fact("L-1", "ended", "2026-02-27", how="agreement")
    ended = office.deadline("L-1", "confidentiality-end/1")
    assert (ended.certainty, str(ended.legal)) == (Certainty.CONFIRMED, "2029-02-27")


def test_what_a_fact_newly_makes_odd_is_asked_about_first(office: Office) -> None:
    office.register(LEASE)
    tomorrow, found = happened("complaint_received", "2026-03-03"), office.contract("L-1").id
    with office.tracker.reading() as session, pytest.raises(Odd):
        record_fact(session, office.actor(), found, tomorrow, now=office.now)
    assert office.contract("L-1").facts == []


def test_nobody_records_facts_on_what_they_may_not_change(office: Office) -> None:
    office.register(contract(access={"only": ["vic@acme.example"]}))
    with pytest.raises(Missing):
        office.fact("L-1", "complaint_received", "2026-02-12", by="Cleo")
    with pytest.raises(Forbidden):
        office.fact("L-1", "complaint_received", "2026-02-12", by="Vic")
    with pytest.raises(Missing):
        withdraw(office, "never-1")
