"""The sample contracts, lived with, written out and taken in elsewhere: nothing is lost and nothing is another.

What is compared is every column of every row that belongs to a contract; see `tests.stories.rows`.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.conftest import Shell
from tests.stories.rows import BELONGING, rows_of
from tracker.actions.actor import OPERATOR
from tracker.actions.amendments import Supplement, amend_by
from tracker.actions.documents import document_of
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Contract
from tracker.records.database import Database
from tracker.wiring import wire

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PEOPLE = {"ana@example.com": "editor", "ben@example.com": "editor", "cleo@example.com": "viewer"}
PDF = b"%%PDF-1.4\n%%%d\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n"


@pytest.fixture
def shell(empty_database_url: str, tmp_path: Path) -> Shell:
    """Where the sample contracts are."""
    environment = {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": empty_database_url}
    shell = Shell(environment, FixedClock(NOW), tmp_path)
    shell.ok("demo", "--load-only")
    return shell


@pytest.fixture
def elsewhere(shell: Shell) -> Shell:
    """Another installation, with the same people and nothing else."""
    place = {"TRACKER_INSTANCE": str(shell.folder / "elsewhere")}
    other = Shell(
        {**place, "TRACKER_DATABASE_URL": f"sqlite:///{shell.folder}/elsewhere.db"}, shell.clock, shell.folder
    )
    for address, role in PEOPLE.items():
        other.ok("user", "add", address, "--role", role)
    return other


def rows(shell: Shell) -> dict[str, list[str]]:
    """What belongs to the contracts of an installation."""
    database = Database(shell.environment["TRACKER_DATABASE_URL"])
    found = rows_of(database)
    database.dispose()
    return found


# ------------------------------------------------------------------------- life


def live(shell: Shell) -> None:
    """What happens to contracts: documents and evidence, days moved and series paused, disputes and waivers."""
    key = {row["key"].partition(":")[2] + "@" + row["contract"]: row["key"] for row in shell.json("deadlines")}
    shell.ok("papers", "add", "DEMO-01", file(shell, "主合同.pdf"), "--kind", "signed-contract", "--title", "主合同")
    shell.ok("papers", "add", "DEMO-01", file(shell, "主合同（盖章）.pdf"), "--new-version-of", "signed-contract-1")
    shell.ok("papers", "add", "DEMO-09", "--kind", "other", "--note", "Cabinet 3, folder 12", "--on", "2026-11-02")
    shell.ok("complete", key["payment/17@DEMO-10"], "--on", "2026-11-20", "--evidence", file(shell, "回单.pdf"))
    shell.ok(
        "complete", key["follow-up-visit/11@DEMO-04"], "--note", "by telephone\n第二行", "--link", "https://a.example/1"
    )
    shell.ok("evidence", key["follow-up-visit/11@DEMO-04"], file(shell, "visit.pdf"))
    shell.ok("complete", key["report/3@DEMO-06"], "--on", "2026-11-12")
    shell.ok("undo", key["report/3@DEMO-06"], "--reason", "another report")
    shell.ok("waive", key["channel-check/1@DEMO-07"], "--reason", "no channels yet")
    shell.ok("dispute", key["payment/4@DEMO-05"], "--reason", "service was late", "--since", "2026-11-10")
    shell.ok(
        "adjust",
        "pause",
        "DEMO-08",
        "classification-review",
        "2026-12-01",
        "--until",
        "2027-04-30",
        "--reason",
        "stock-taking",
    )
    shell.ok("adjust", "end", "DEMO-07", "channel-check", "2027-06-30", "--reason", "portal closed")
    shell.ok("adjust", "move", key["report/4@DEMO-06"], "2026-12-17", "--reason", "they are away", "--yes")
    shell.ok(
        "fact",
        "DEMO-05",
        "complaint_extended",
        "2026-11-22",
        "--about",
        "complaint_received-1",
        "--until",
        "2026-12-04",
        "--yes",
    )


def amend(shell: Shell) -> None:
    """From 2027 on rent is due five days later, as the supplement on file says."""
    shell.ok("papers", "add", "DEMO-10", file(shell, "补充协议.pdf"), "--kind", "supplementary-agreement")
    tracker = wire(shell.environment, shell.clock)
    with tracker.transaction() as session:
        contract = session.scalars(select(Contract).where(Contract.number == "DEMO-10")).one()
        document = document_of(contract)
        rent = next(item for item in document["obligations"] if item["code"] == "payment")
        rent["due"] = "20 days after period_start"
        words = Supplement(
            title="Supplement 1",
            signed=date(2026, 11, 20),
            effective=date(2027, 1, 1),
            paper="supplementary-agreement-1",
            note="agreed by telephone first",
        )
        amend_by(session, OPERATOR, contract.id, document, words, now=NOW, confirmed=True)
    tracker.close()


def file(shell: Shell, name: str) -> str:
    """A document with content of its own."""
    return shell.write(name, PDF % len(name.encode()))


# ------------------------------------------------------------------- the journey


def test_contracts_that_were_lived_with_are_the_same_elsewhere(shell: Shell, elsewhere: Shell) -> None:
    live(shell)
    amend(shell)
    before = rows(shell)
    assert [table for table, found in before.items() if not found] == []
    files = [str(export(shell, number)) for number in numbers(shell)]
    elsewhere.ok("import", "--yes", *files)
    after = rows(elsewhere)
    for table in BELONGING:
        assert sorted({*before[table]} ^ {*after[table]}) == []
        assert len(after[table]) == len(before[table])
    assert elsewhere.contents()["files"] == shell.contents()["files"]
    assert {Path(name).suffix for name in files} == {".yaml", ".zip"}
    for number in numbers(shell):
        assert elsewhere.run("export", number).stdout_bytes == shell.run("export", number).stdout_bytes
    told = elsewhere.ok("import", "--yes", *files)
    assert told == "".join(f"{number}: unchanged\n" for number in numbers(shell))


def numbers(shell: Shell) -> list[str]:
    return sorted({row["contract"] for row in shell.json("deadlines")})


def export(shell: Shell, number: str) -> Path:
    """The contract as a file, a bundle where it has files."""
    data = shell.run("export", number).stdout_bytes
    path = shell.folder / f"{number}.{'zip' if data.startswith(b'PK') else 'yaml'}"
    path.write_bytes(data)
    return path
