"""What becomes of deadlines travels in the contract file: exported and imported, it stands as it stood."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.actor import OPERATOR
from tracker.actions.adjust import Wish, adjust
from tracker.actions.bundles import Form, export_contract, import_file
from tracker.actions.complete import waive
from tracker.actions.disputes import dispute
from tracker.actions.errors import Refused
from tracker.actions.review import approve
from tracker.ports.contract_files import ContractFile, read_contract_file
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, Review, State
from tracker.rules.adjustments import Adjusting

SHOWN = {"key": "shown", "code": "training", "due": "on 2026-03-10", "proof": "required"}
SEEN = {"key": "seen", "code": "report", "due": "on 2026-03-11", "reviewer": "ben@acme.example"}
GRACE = {"key": "grace", "code": "data-maintenance", "due": "on 2026-03-12", "grace": "5 days", "priority": "high"}
FULL = contract(obligations=[*LEASE["obligations"], SHOWN, SEEN, {**SEEN, "key": "seen-2"}, GRACE])


def furnished(office: Office) -> None:
    """A contract with a deadline in every state that a person can bring about."""
    office.register(FULL)
    office.complete("L-1", "shown/1", "2026-03-01")
    office.complete("L-1", "seen/1", "2026-03-01", note="sent")
    office.complete("L-1", "seen-2/1", "2026-02-27", link="https://files.example/2")
    office.complete("L-1", "payment/5", "2026-01-05")
    with office.tracker.transaction() as session:
        ana, found = office.actor(), office.contract("L-1").id
        approve(session, office.actor("Ben"), office.deadline("L-1", "seen-2/1").id, note="fine", now=office.now)
        waive(session, ana, office.deadline("L-1", "payment/4").id, reason="let go", now=office.now)
        since = date(2026, 2, 1)
        dispute(session, ana, office.deadline("L-1", "grace/1").id, reason="not ours", since=since, now=office.now)
        for action, of, day in (
            ("pause", "payment", "2026-07-01"),
            ("move", "payment/6", "2026-04-02"),
            ("pause", "grace", "2026-03-05"),
        ):
            wish = Wish(action=Adjusting(action), of=of, day=date.fromisoformat(day), reason="agreed")
            adjust(session, ana, found, wish, now=office.now)


def exported(office: Office) -> dict[str, Any]:
    with office.tracker.reading() as session:
        file = export_contract(session, OPERATOR, "L-1", Form.YAML, files=office.tracker.files, now=office.now)
    document = read_contract_file(file.data).document
    assert isinstance(document, dict)
    return document


def copied(office: Office, number: str = "COPY", by: str = "", **changes: Any) -> None:
    """Import what was exported, as another contract."""
    document = {**exported(office), "number": number, **changes}
    del document["id"]
    with office.tracker.transaction() as session:
        actor = office.actor(by) if by else OPERATOR
        import_file(session, actor, ContractFile(document, {}), now=office.now, confirmed=True)


def whole(row: Deadline) -> dict[str, Any]:
    """Everything about a deadline but its own numbers and instants."""
    names = {column.key for column in Deadline.__table__.columns}
    kept = names - {"id", "contract_id", "revision", "sequence", "created_at", "modified_at", "withdrawn_at"}
    done = [
        (one.done_on, one.note, one.link, one.review, one.review_note, one.reviewed_by_id, one.undone_at)
        for one in row.completions
    ]
    return {name: getattr(row, name) for name in kept} | {"completions": done}


def adjustments(office: Office, number: str) -> list[tuple[object, ...]]:
    with office.tracker.reading() as session:
        found = session.get_one(Contract, office.contract(number).id).adjustments
        return [(row.key, row.action, row.of, row.day, row.until, row.reason) for row in found]


def test_every_state_stands_as_it_stood_after_export_and_import(office: Office) -> None:
    furnished(office)
    copied(office)
    before, after = office.deadlines("L-1"), office.deadlines("COPY")
    assert {row.state for row in before.values()} >= set(State) - {State.WITHDRAWN}
    assert {key: whole(row) for key, row in after.items()} == {key: whole(row) for key, row in before.items()}
    assert adjustments(office, "COPY") == adjustments(office, "L-1")


def test_what_somebody_logged_before_a_fact_settled_it_stays_as_it_was_logged(office: Office) -> None:
    key = "renewal-intention.us/1"
    office.register(LEASE)
    office.complete("L-1", key, "2026-03-02", note="said by telephone")
    office.fact("L-1", "notice_not_to_renew", "2026-03-01", by="Ana")
    copied(office)
    before, after = whole(office.deadline("L-1", key)), whole(office.deadline("COPY", key))
    assert after == before
    assert after["completions"][0][1] == "said by telephone"


def test_importing_the_same_again_changes_nothing(office: Office) -> None:
    furnished(office)
    before = {key: (whole(row), row.sequence, row.revision) for key, row in office.deadlines("L-1").items()}
    office.wait(minutes=5)
    kept = office.import_document(exported(office))
    assert kept.changed is False
    assert {key: (whole(row), row.sequence, row.revision) for key, row in office.deadlines("L-1").items()} == before


def test_only_who_could_have_accepted_a_proof_brings_that_it_was(office: Office) -> None:
    """An editor who writes that his own work was accepted has not had it accepted."""
    furnished(office)
    copied(office, "BY-ANA", by="Ana")
    row = office.deadline("BY-ANA", "seen-2/1")
    assert (row.state, row.completions[0].review) == (State.IN_REVIEW, Review.WAITING)
    for who in ("Ben", "Ada"):
        copied(office, f"BY-{who}", by=who, owner="ana@acme.example")
        assert office.deadline(f"BY-{who}", "seen-2/1").state is State.DONE


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"marks": [{"deadline": "nothing/1", "mark": "waived", "reason": "x"}]}, "marks[0].deadline"),
        ({"marks": [{"deadline": "grace/1", "mark": "forgotten", "reason": "x"}]}, "marks[0].mark"),
        ({"marks": [{"deadline": "grace/1", "mark": "waived"}]}, "marks[0].reason"),
        ({"adjustments": [{"action": "pause", "of": "grace", "day": "2026-03-01"}]}, "adjustments[0].reason"),
        (
            {"completions": [{"deadline": "seen/1", "done_on": "2026-03-01", "review": {"day": "2026-03-03"}}]},
            "completions[0].review.day",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place(office: Office, change: dict[str, Any], place: str) -> None:
    with pytest.raises(Refused) as told:
        office.register({**FULL, **change})
    assert [problem.place for problem in told.value.problems] == [place]


def test_a_mark_without_a_day_counts_from_today(office: Office) -> None:
    office.register({**FULL, "marks": [{"deadline": "grace/1", "mark": "disputed", "reason": "not ours"}]})
    row = office.deadline("L-1", "grace/1")
    assert (str(row.disputed_on), row.reason, row.state) == ("2026-03-02", "not ours", State.OPEN)


def test_a_file_takes_nothing_back(office: Office) -> None:
    furnished(office)
    document = exported(office)
    office.amend("L-1", {name: part for name, part in document.items() if name not in ("marks", "adjustments")})
    assert office.deadline("L-1", "payment/4").state is State.WAIVED
    assert len(adjustments(office, "L-1")) == 3
    marks = [{"deadline": key, "mark": "waived", "reason": "x"} for key in ("seen-2/1", "payment/4")]
    office.amend("L-1", {**document, "marks": marks})
    rows = office.deadlines("L-1")
    assert (rows["seen-2/1"].state, rows["payment/4"].reason) == (State.DONE, "let go")
