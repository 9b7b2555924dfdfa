"""Evidence, review, disputes and adjustments from the command line."""

import pytest

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD
from tests.cli.test_deadlines import key, row

TERMS = """obligations:
  - {code: training, side: us, due: on 2026-06-10, proof: required}
  - {code: report, side: us, due: on 2026-06-11, reviewer: ben@acme.example}
  - {code: payment, key: fee, side: us, due: on period_end, every: 1 month, first: 2026-06-01}
  - {code: complaint-answer, side: us, due: 5 days after complaint_received}
"""
DOCUMENT = GOOD[: GOOD.index("obligations:")] + TERMS
NUMBER = "S-7"


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    """An instance with a contract of Ana's."""
    shell.ok("import", shell.write("terms.yaml", DOCUMENT))
    return shell


def test_evidence_is_brought_after_it_was_logged(stocked: Shell) -> None:
    training = key(stocked, "training/1")
    assert "done, evidence pending" in stocked.ok("complete", training, "--on", "2026-06-01")
    assert row(stocked, "training/1")["state"] == "evidence_pending"
    proof = stocked.folder / "proof.txt"
    proof.write_text("signed by all", encoding="utf-8")
    assert stocked.ok("evidence", training, str(proof)).startswith("done: ")
    assert row(stocked, "training/1")["state"] == "done"


def test_a_reviewer_accepts_or_rejects(stocked: Shell) -> None:
    report = key(stocked, "report/1")
    assert "awaiting review" in stocked.ok("--as", "ana@acme.example", "complete", report)
    assert stocked.refused("--as", "ana@acme.example", "approve", report)
    assert stocked.ok("--as", "ben@acme.example", "reject", report, "--reason", "no date").startswith("rejected:")
    assert row(stocked, "report/1")["state"] == "upcoming"
    stocked.ok("--as", "ana@acme.example", "complete", report)
    assert stocked.ok("--as", "ben@acme.example", "approve", report).startswith("accepted:")
    assert row(stocked, "report/1")["state"] == "done"


def test_a_dispute_is_recorded_and_settled(stocked: Shell) -> None:
    report = key(stocked, "report/1")
    stocked.ok("dispute", report, "--reason", "not ours", "--since", "2026-05-30")
    found = row(stocked, "report/1")
    assert (found["state"], found["disputed_on"]) == ("upcoming", "2026-05-30")
    assert "disputed" in stocked.ok("deadlines")
    stocked.ok("dispute", report, "--settled", "--reason", "it is")
    assert row(stocked, "report/1")["disputed_on"] is None


def test_a_series_is_paused_goes_on_and_ends(stocked: Shell) -> None:
    pause = ("adjust", "pause", NUMBER, "fee", "2026-06-01", "--reason", "by mail")
    assert "is suspended: Payment" in stocked.ok(*pause, "--dry-run")
    assert row(stocked, "fee/1")["state"] == "upcoming"
    assert stocked.ok(*pause).splitlines()[0] == "pause-1"
    assert row(stocked, "fee/1")["state"] == "suspended"
    assert "by mail" in stocked.ok("adjust", "list", NUMBER)
    stocked.ok("adjust", "resume", NUMBER, "pause-1", "2026-07-01")
    assert [row(stocked, f"fee/{n}")["state"] for n in (1, 2)] == ["suspended", "upcoming"]
    assert "gone: fee/2" in stocked.ok("adjust", "end", NUMBER, "fee", "2026-07-01", "--reason", "x")
    stocked.ok("adjust", "withdraw", NUMBER, "pause-1")
    assert row(stocked, "fee/1")["state"] == "upcoming"


def test_one_day_is_moved_once_it_is_confirmed(stocked: Shell) -> None:
    report = key(stocked, "report/1")
    move = ("adjust", "move", report, "2026-06-20", "--reason", "by mail")
    assert "moves:" in stocked.ok(*move, "--dry-run")
    assert "11 Jun 2026" in stocked.refused(*move)
    stocked.ok(*move, "--yes")
    found = row(stocked, "report/1")
    assert (found["legal"], found["moved_from"]) == ("2026-06-20", "2026-06-11")


def test_a_fact_names_the_one_it_concerns(stocked: Shell) -> None:
    for day in ("2026-05-30", "2026-05-31"):
        stocked.ok("fact", NUMBER, "complaint_received", day, "--yes")
    extended = ("fact", NUMBER, "complaint_extended", "2026-06-01", "--until", "2026-06-20", "--yes")
    assert "complaint_received-9" in stocked.refused(*extended, "--about", "complaint_received-9")
    stocked.ok(*extended, "--about", "complaint_received-1")
    legal = [row(stocked, f"complaint-answer/complaint_received-{n}")["legal"] for n in (1, 2)]
    assert legal == ["2026-06-20", "2026-06-05"]
