"""What is done but not shown yet, what somebody has to accept, and what is accepted or refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.cast import bare, contract
from tests.support.office import Office
from tracker.actions.complete import Shown, add_evidence, undo
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.evidence import Upload
from tracker.actions.review import approve, reject
from tracker.records.deadlines import Completion, Deadline, Review, State

REPORT = "report/1"  # due on 10 March 2026
SCAN = Upload("报告.txt", "2026年第一季度".encode())


def agreed(number: str = "R-1", access: object = None, **duty: Any) -> dict[str, Any]:
    """A contract of Ana's with one report, due on 10 March 2026."""
    report = {"code": "report", "side": "us", "due": "on 2026-03-10", **duty}
    return bare(number=number, access=access, effect={"when": "2026-01-01"}, obligations=[report])


def brought(office: Office, by: str = "Ana", key: str = REPORT, **shown: Any) -> Completion:
    with office.tracker.transaction() as session:
        found = office.deadline("R-1", key).id
        actor, files = office.actor(by), office.tracker.files
        return add_evidence(session, actor, found, Shown(**shown), files=files, now=office.now)


def approved(office: Office, by: str, note: str = "") -> Deadline:
    with office.tracker.transaction() as session:
        found = office.deadline("R-1", REPORT).id
        return approve(session, office.actor(by), found, note=note, now=office.now)


def rejected(office: Office, by: str, reason: str = "a page is missing") -> Deadline:
    with office.tracker.transaction() as session:
        found = office.deadline("R-1", REPORT).id
        return reject(session, office.actor(by), found, reason=reason, now=office.now)


def taken_back(office: Office, reason: str = "") -> Deadline:
    with office.tracker.transaction() as session:
        return undo(session, office.actor("Ana"), office.deadline("R-1", REPORT).id, reason=reason, now=office.now)


def stands(office: Office) -> State:
    return office.deadline("R-1", REPORT).state


# ---------------------------------------------------------------- evidence


def test_without_the_evidence_that_is_wanted_it_is_done_but_waits_for_it(office: Office) -> None:
    office.register(agreed(proof="required"))
    office.complete("R-1", REPORT, "2026-03-01")
    row = office.deadline("R-1", REPORT)
    assert (row.state, row.remind_on) == (State.EVIDENCE_PENDING, None)
    assert str(row.completions[0].done_on) == "2026-03-01"


@pytest.mark.parametrize("shown", [{"uploads": [SCAN]}, {"link": "https://files.example/7"}])
def test_evidence_is_brought_later_and_the_day_it_was_done_stays(office: Office, shown: dict[str, Any]) -> None:
    office.register(agreed(proof="required"))
    office.complete("R-1", REPORT, "2026-03-01")
    office.turn_to("2026-06-01")
    brought(office, by="Ben", **shown)
    row = office.deadline("R-1", REPORT)
    (completion,) = row.completions
    assert (row.state, str(completion.done_on)) == (State.DONE, "2026-03-01")
    assert [item.name for item in completion.evidence] == [item.name for item in shown.get("uploads", [])]
    assert completion.link == shown.get("link", "")
    assert office.events()[-1].event == "evidence-added"


@pytest.mark.parametrize("shown", [{"uploads": [SCAN]}, {"link": "https://files.example/7"}])
def test_with_evidence_from_the_start_it_is_done_at_once(office: Office, shown: dict[str, Any]) -> None:
    office.register(agreed(proof="required"))
    office.complete("R-1", REPORT, "2026-03-01", **shown)
    assert stands(office) is State.DONE


def test_more_evidence_may_come_after_it_is_done(office: Office) -> None:
    office.register(agreed())
    office.complete("R-1", REPORT, "2026-03-01", link="https://files.example/1")
    brought(office, uploads=[SCAN])
    row = office.deadline("R-1", REPORT)
    assert (row.state, row.completions[0].link) == (State.DONE, "https://files.example/1")
    assert [item.name for item in row.completions[0].evidence] == ["报告.txt"]


def test_evidence_needs_something_done_and_something_brought(office: Office) -> None:
    office.register(agreed(proof="required"))
    with pytest.raises(Refused):
        brought(office, uploads=[SCAN])
    office.complete("R-1", REPORT, "2026-03-01")
    for shown, place in (
        ({}, "files"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"uploads": [Upload("x.exe", b"MZ")]}, "files"),
    ):
        with pytest.raises(Refused) as told:
            brought(office, **shown)
        assert [problem.place for problem in told.value.problems] == [place]
    assert stands(office) is State.EVIDENCE_PENDING
    assert office.evidence() == []


def test_what_a_fact_settled_is_shown_by_documents_that_travel_with_the_contract(office: Office) -> None:
    """Evidence of what nobody logged would be left behind by an export."""
    office.turn_to("2026-10-20")
    office.register(contract(number="R-1"))
    office.fact("R-1", "notice_not_to_renew", "2026-10-15")
    with pytest.raises(Refused) as told:
        brought(office, key="renewal-intention.us/1", uploads=[SCAN])
    assert [problem.place for problem in told.value.problems] == ["deadline"]


def test_where_evidence_is_no_longer_wanted_it_is_done(office: Office) -> None:
    office.register(agreed(proof="required"))
    office.complete("R-1", REPORT, "2026-03-01")
    office.amend("R-1", agreed())
    assert stands(office) is State.DONE


def test_what_waits_for_evidence_is_taken_back_like_anything_done(office: Office) -> None:
    office.register(agreed(proof="required"))
    before = office.deadline("R-1", REPORT)
    office.complete("R-1", REPORT, "2026-03-01")
    row = taken_back(office)
    assert (row.state, row.revision, row.remind_on) == (State.OPEN, before.revision + 1, before.remind_on)


# ------------------------------------------------------------------ review


def reviewed(office: Office, reviewer: str = "ben@acme.example", by: str = "Ana", **duty: Any) -> None:
    """A report that Ana did and the reviewer has to accept."""
    office.register(agreed(reviewer=reviewer, **duty))
    office.complete("R-1", REPORT, "2026-03-01", by=by)


def test_what_somebody_has_to_accept_waits_for_that(office: Office) -> None:
    reviewed(office)
    row = office.deadline("R-1", REPORT)
    assert (row.state, row.remind_on, row.completions[0].review) == (State.IN_REVIEW, None, Review.WAITING)
    office.turn_to("2026-03-04")
    approved(office, "Ben", note="looks right")
    row = office.deadline("R-1", REPORT)
    (completion,) = row.completions
    assert (row.state, completion.review, completion.review_note) == (State.DONE, Review.APPROVED, "looks right")
    assert (completion.reviewed_by_id, completion.reviewed_at) == (office.actor("Ben").person_id, office.now)
    assert office.events()[-1].event == "completion-approved"


def test_evidence_comes_first_and_review_after_it(office: Office) -> None:
    reviewed(office, proof="required")
    assert stands(office) is State.EVIDENCE_PENDING
    with pytest.raises(Refused):
        approved(office, "Ben")
    brought(office, uploads=[SCAN])
    assert stands(office) is State.IN_REVIEW
    brought(office, link="https://files.example/2")
    assert stands(office) is State.IN_REVIEW
    approved(office, "Ben")
    assert stands(office) is State.DONE


def test_what_is_refused_stands_open_again_and_is_announced_afresh(office: Office) -> None:
    office.register(agreed(reviewer="ben@acme.example"))
    before = office.deadline("R-1", REPORT)
    office.complete("R-1", REPORT, "2026-03-01")
    rejected(office, "Ben")
    row = office.deadline("R-1", REPORT)
    (completion,) = row.completions
    assert (row.state, row.revision, row.remind_on) == (State.OPEN, before.revision + 1, before.remind_on)
    assert (completion.review, completion.review_note, completion.undo_reason) == (
        Review.REJECTED,
        "a page is missing",
        "a page is missing",
    )
    assert completion.undone_at == office.now
    office.complete("R-1", REPORT, "2026-03-02")
    assert stands(office) is State.IN_REVIEW


def test_refusing_takes_a_reason(office: Office) -> None:
    reviewed(office)
    with pytest.raises(Refused) as told:
        rejected(office, "Ben", reason="  ")
    assert [problem.place for problem in told.value.problems] == ["reason"]
    assert stands(office) is State.IN_REVIEW


def test_nobody_else_may_decide(office: Office) -> None:
    reviewed(office)
    for who in ("Ana", "Cleo", "Vic"):
        with pytest.raises(Forbidden):
            approved(office, who)
        with pytest.raises(Forbidden):
            rejected(office, who)
    assert stands(office) is State.IN_REVIEW


def test_an_administrator_may_decide_in_place_of_the_reviewer(office: Office) -> None:
    reviewed(office)
    approved(office, "Ada")
    assert stands(office) is State.DONE


def test_nobody_accepts_his_own_work(office: Office) -> None:
    reviewed(office, by="Ben")
    with pytest.raises(Forbidden):
        approved(office, "Ben")
    approved(office, "Ada")
    assert stands(office) is State.DONE


def test_unless_nobody_else_is_left_who_could(office: Office) -> None:
    reviewed(office, by="Ben")
    office.disable("Ada")
    approved(office, "Ben")
    assert stands(office) is State.DONE


def test_an_administrator_who_may_not_see_the_contract_is_nobody_else(office: Office) -> None:
    office.register(agreed(reviewer="ben@acme.example", access={"only": ["ben@acme.example"]}))
    office.complete("R-1", REPORT, "2026-03-01", by="Ben")
    with pytest.raises(Missing):
        approved(office, "Ada")
    approved(office, "Ben")
    assert stands(office) is State.DONE


def test_a_reviewer_who_has_left_does_not_make_it_done_by_itself(office: Office) -> None:
    reviewed(office)
    office.disable("Ben")
    office.fact("R-1", "service_requested", "2026-03-01")
    assert stands(office) is State.IN_REVIEW
    approved(office, "Ada")
    assert stands(office) is State.DONE


def test_of_two_decisions_the_first_counts(office: Office) -> None:
    reviewed(office)
    approved(office, "Ben")
    for late in (approved, rejected):
        with pytest.raises(Refused):
            late(office, "Ada")
    assert stands(office) is State.DONE


def test_what_was_taken_back_meanwhile_is_not_accepted(office: Office) -> None:
    reviewed(office)
    taken_back(office)
    with pytest.raises(Refused):
        approved(office, "Ben")
    assert stands(office) is State.OPEN


def test_what_was_accepted_may_be_opened_again_with_a_reason(office: Office) -> None:
    reviewed(office)
    approved(office, "Ben")
    office.wait(minutes=11)
    taken_back(office, reason="the wrong quarter")
    assert stands(office) is State.OPEN


@pytest.mark.parametrize("duty", [{"proof": "required"}, {"reviewer": "ben@acme.example"}])
def test_what_was_done_is_not_lost_when_its_clause_goes(office: Office, duty: dict[str, Any]) -> None:
    office.register(agreed(**duty))
    office.complete("R-1", REPORT, "2026-03-01")
    state = stands(office)
    office.amend("R-1", {**agreed(), "obligations": []})
    assert stands(office) is state


DEEDS: dict[str, Callable[[Office, str], object]] = {
    "evidence": lambda office, who: brought(office, by=who, uploads=[SCAN]),
    "approve": lambda office, who: approved(office, who),
    "reject": lambda office, who: rejected(office, who),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_outsiders_find_nothing_and_viewers_change_nothing(office: Office, deed: str) -> None:
    access = {"only": ["ben@acme.example", "vic@acme.example"]}
    office.register(agreed(reviewer="ben@acme.example", access=access))
    office.complete("R-1", REPORT, "2026-03-01")
    for who, answer in (("Cleo", Missing), ("Ada", Missing), ("Vic", Forbidden)):
        with pytest.raises(answer):
            DEEDS[deed](office, who)
    assert stands(office) is State.IN_REVIEW
    DEEDS[deed](office, "Ben")
