"""Several processes at once lose nothing of what any of them wrote."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cast import contract
from tests.support.office import Office

ROOT = Path(__file__).parents[2]
PROCESSES = 4
SERVICE = contract(obligations=[{"code": "complaint-answer", "due": "5 working days after complaint_received"}])


def edited(office: Office, url: str, edit: str, times: int) -> set[str]:
    """Let the processes run to their end; the marks they left, as each wrote them."""
    settings = office.tracker.settings
    command = [sys.executable, "-m", "tests.support.editor", str(settings.instance), url, edit, "L-1", str(times)]
    running = [
        subprocess.Popen([*command, f"p{number}"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    told = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, told
    return {f"p{number}-{turn}" for number in range(PROCESSES) for turn in range(times)}


def check(office: Office, url: str, edit: str, times: int) -> None:
    office.register(SERVICE)
    marks = edited(office, url, edit, times)
    kept = office.contract("L-1")
    if edit == "tags":
        assert sorted(kept.tags) == sorted(marks)
    else:
        assert sorted(fact.subject for fact in kept.facts) == sorted(marks)
        answers = [key for key in office.deadlines("L-1") if key.startswith("complaint-answer/")]
        assert len(answers) == len(marks), "each complaint has its deadline"
    events = "contract-amended" if edit == "tags" else "fact-recorded"
    assert sum(event.event == events for event in office.events()) == len(marks)


@pytest.mark.parametrize("edit", ["facts", "tags"])
def test_four_processes_editing_one_contract_lose_no_update(office: Office, database_url: str, edit: str) -> None:
    check(office, database_url, edit, 8)


@pytest.mark.prove
@pytest.mark.parametrize("edit", ["facts", "tags"])
def test_four_processes_with_two_hundred_edits_each_lose_no_update(
    office: Office, database_url: str, edit: str
) -> None:
    check(office, database_url, edit, 200)
