"""What kinds of contract require on file, and how a document settles it, whatever starts the clock."""

from datetime import date
from pathlib import Path

import pytest

from tests.actions.test_evidence import PDF
from tests.support.asked import asked_of
from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.evidence import Upload
from tracker.actions.kinds import known_kinds
from tracker.actions.paper_lists import missing_papers
from tracker.actions.papers import Filed, correct_paper, put_on_file, remove_paper
from tracker.records.deadlines import State
from tracker.rules.papers import PaperKind

REQUIRED = {
    "crm-implementation": {
        "copies-custody": "signed-contract",
        "document-on-file": "signed-contract",
        "change-on-file": "supplementary-agreement",
        "third-party-agreement": "third-party-agreement",
        "exit-agreement": "third-party-exit-agreement",
    },
    "customer-strategy": {"copies-custody": "signed-contract"},
    "third-party": {
        "third-party-agreement": "third-party-agreement",
        "exit-agreement": "third-party-exit-agreement",
    },
    "business-transfer": {"ending-certificate": "termination-certificate"},
}
WANTED = contract(
    obligations=[
        {"code": "copies-custody", "side": "us", "due": "10 days after signed", "paper": "signed-contract"},
        {
            "key": "change",
            "code": "document-on-file",
            "due": "10 days after contract_change_signed",
            "paper": "consent",
        },
        {
            "code": "report",
            "side": "us",
            "due": "5 days after period_end",
            "every": "1 month",
            "paper": "analysis-report",
        },
    ],
    tracked_from="2026-01-01",
    facts=[{"kind": "signed", "day": "2026-02-20"}],
)


def test_what_the_kinds_require_on_file(tmp_path: Path) -> None:
    found = {
        kind.code: {str(item.key): item.fields["paper"] for item in kind.items if "paper" in item.fields}
        for kind in known_kinds(tmp_path).by_code.values()
    }
    assert {code: papers for code, papers in found.items() if papers} == REQUIRED


@pytest.fixture
def desk(office: Office) -> Office:
    office.register(WANTED)
    return office


def file(office: Office, kind: str, day: str, fact: str = "") -> str:
    filed = Filed(kind=PaperKind(kind), day=date.fromisoformat(day), fact=fact)
    with office.tracker.transaction() as session:
        actor, found, files = office.actor(), office.contract("L-1").id, office.tracker.files
        upload = Upload(f"{kind} {day}.pdf", PDF)
        return put_on_file(session, actor, found, filed, upload, files=files, now=office.now)[0].key


def states(office: Office, clause: str) -> dict[str, State]:
    rows = office.deadlines("L-1").values()
    return {row.occurrence: row.state for row in rows if row.clause_key == clause and row.state is not State.WITHDRAWN}


def test_what_comes_once_is_settled_on_the_day_its_document_came(desk: Office) -> None:
    file(desk, "signed-contract", "2026-02-26")
    row = desk.deadline("L-1", "copies-custody/1")
    assert (row.state, row.met_by, row.remind_on) == (State.DONE, "paper:signed-contract-1", None)
    assert [one.done_on for one in row.completions] == [date(2026, 2, 26)]


def test_a_document_of_another_kind_settles_nothing(desk: Office) -> None:
    file(desk, "supplementary-agreement", "2026-02-26")
    assert states(desk, "copies-custody") == {"1": State.OPEN}


def test_each_event_waits_for_the_document_that_names_it(desk: Office) -> None:
    first, _ = desk.fact("L-1", "contract_change_signed", "2026-02-20")
    second, _ = desk.fact("L-1", "contract_change_signed", "2026-02-25")
    file(desk, "consent", "2026-02-26")
    assert set(states(desk, "change").values()) == {State.OPEN}, "it names none"
    file(desk, "consent", "2026-02-27", fact=second.key)
    assert states(desk, "change") == {first.key: State.OPEN, second.key: State.DONE}


def test_each_round_takes_a_document_of_its_own_and_the_oldest_that_waits_comes_first(desk: Office) -> None:
    file(desk, "analysis-report", "2026-01-20")
    file(desk, "analysis-report", "2026-02-03")
    file(desk, "analysis-report", "2026-02-04")
    done = {name for name, state in states(desk, "report").items() if state is State.DONE}
    assert done == {"12", "13"}, "of December, due on 5 January, then of January; February's cannot be there yet"


def test_what_a_document_settled_stands_open_again_when_it_goes_and_is_announced_afresh(desk: Office) -> None:
    key = file(desk, "signed-contract", "2026-02-26")
    before = desk.deadline("L-1", "copies-custody/1").revision
    with desk.tracker.transaction() as session:
        remove_paper(session, desk.actor(), desk.contract("L-1").id, key, reason="not ours", now=desk.now)
    row = desk.deadline("L-1", "copies-custody/1")
    assert (row.state, row.met_by) == (State.OPEN, None)
    assert row.revision > before
    assert row.remind_on is not None


def test_a_document_that_turns_out_to_be_another_settles_no_longer(desk: Office) -> None:
    key = file(desk, "signed-contract", "2026-02-26")
    other = Filed(kind=PaperKind.OTHER, day=date(2026, 2, 26))
    with desk.tracker.transaction() as session:
        correct_paper(session, desk.actor(), desk.contract("L-1").id, key, other, now=desk.now)
    assert states(desk, "copies-custody") == {"1": State.OPEN}


def test_a_corrected_day_is_the_day_it_was_done(desk: Office) -> None:
    key = file(desk, "signed-contract", "2026-02-26")
    earlier = Filed(kind=PaperKind.SIGNED_CONTRACT, day=date(2026, 2, 23))
    with desk.tracker.transaction() as session:
        correct_paper(session, desk.actor(), desk.contract("L-1").id, key, earlier, now=desk.now)
    row = desk.deadline("L-1", "copies-custody/1")
    assert [one.done_on for one in row.completions if one.undone_at is None] == [date(2026, 2, 23)]


def test_what_somebody_logged_by_hand_stays_as_it_was(desk: Office) -> None:
    desk.complete("L-1", "copies-custody/1", "2026-02-24")
    key = file(desk, "signed-contract", "2026-02-26")
    with desk.tracker.transaction() as session:
        remove_paper(session, desk.actor(), desk.contract("L-1").id, key, reason="not ours", now=desk.now)
    row = desk.deadline("L-1", "copies-custody/1")
    assert (row.state, [one.done_on for one in row.completions]) == (State.DONE, [date(2026, 2, 24)])


def test_what_is_missing_over_all_contracts_takes_three_statements_at_most(desk: Office) -> None:
    for number in range(2, 8):
        desk.register({**WANTED, "number": f"L-{number}"})
    actor = desk.actor()
    with asked_of(desk.tracker.database.engine) as asked, desk.tracker.reading() as session:
        found = missing_papers(session, actor, kind=PaperKind.SIGNED_CONTRACT)
        assert [row.contract.parties[1].name for row in found.rows] == ["Hualong Trading"] * 7
    assert sum(question.statement.startswith("SELECT") for question in asked) <= 4
    with desk.tracker.reading() as session:
        assert missing_papers(session, desk.actor("Cleo"), number="L-3", limit=None).total >= 2
