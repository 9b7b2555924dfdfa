"""What survives the end of a contract, from the command line."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD

ENDED = (
    GOOD
    + """\
  - deadline: customer-notice/1
    done_on: 2026-05-15
    note: by phone
"""
)
SURVIVES = """\
  - {code: customer-notice, side: us, due: 5 days after ended}
  - {code: ending-certificate, side: us, due: 15 days after ended}
  - {code: after-sales, title: Spare parts, side: us, due: 12 months after ended}
  - {code: confidentiality-tail, side: both, due: perpetual}
facts:
  - {kind: ended, day: 2026-05-11, how: agreement}
"""


@pytest.fixture
def ended(shell: Shell) -> Shell:
    """The good contract with duties after its end, which came on 11 May 2026."""
    shell.ok("import", "--yes", shell.write("ended.yaml", ENDED.replace("facts:\n", SURVIVES)))
    return shell


def test_it_lists_what_survives_and_what_hinders_closing(ended: Shell) -> None:
    lines = ended.ok("--lang", "en", "after-end", "S-7").splitlines()
    assert lines[0] == "Ended 2026-05-11"
    assert lines[1] == "1 of 3 settled"
    assert re.match(r"2026-05-15 +Tell the affected customers +us +Ana +done 2026-05-15 ", lines[2])
    assert re.match(r"2026-05-2\d +Certificate of ending +us +Ana +overdue ", lines[3])
    assert re.match(r"2027-05-11 +Spare parts +us +Ana +upcoming ", lines[4])
    assert "Still open from before the end:" in lines
    assert "Goes on for ever: Confidentiality after the end" in lines
    assert lines[-3:] == [
        "1 duty is still to be done.",
        "2 duties from before the end are still open.",
        "No certificate of ending is on record.",
    ]


def test_the_report_for_programs_holds_who_did_what_and_what_shows_it(ended: Shell) -> None:
    report = ended.json("after-end", "S-7")
    assert (report["ended"], report["certainty"], report["how"]) == ("2026-05-11", "confirmed", "agreement")
    assert (report["done"], report["total"], report["runs_until"], report["certificate"]) == (
        1,
        3,
        "2027-05-11",
        "missing",
    )
    assert report["obstacles"] == {"to-do": 1, "left-over": 2, "no-certificate": 1}
    assert report["endless"] == [{"clause": "confidentiality-tail", "code": "confidentiality-tail"}]
    notice, certificate, _parts = report["items"]
    assert (notice["done_on"], notice["note"], notice["settled"]) == ("2026-05-15", "by phone", True)
    proof = ended.write("certificate.txt", "Ended by agreement.")
    ended.ok("--as", "ana@acme.example", "complete", certificate["key"], "--evidence", proof)
    after = ended.json("after-end", "S-7")
    assert after["certificate"] == "proven"
    assert after["items"][1]["done_by"] == "ana@acme.example"
    digest = sha256(b"Ended by agreement.").hexdigest()
    assert after["items"][1]["evidence"] == [{"name": "certificate.txt", "sha256": digest}]


def test_nothing_hinders_once_all_is_done(ended: Shell) -> None:
    report = ended.json("after-end", "S-7")
    for row in (*report["items"][1:2], *report["left_over"]):
        ended.ok("complete", row["key"], "--link", "https://files.example/1")
    assert "Nothing stands in the way" in ended.ok("--lang", "en", "after-end", "S-7")


def test_an_open_ended_contract_has_no_end_yet(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    assert shell.ok("--lang", "en", "after-end", "S-7").startswith("No end is known.\n0 of 0 settled")


def test_cleo_is_told_there_is_nothing(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD + "access: {only: [ben@acme.example]}\n"))
    shell.ok("--as", "ben@acme.example", "after-end", "S-7")
    assert "There is no such thing" in shell.refused("--as", "cleo@acme.example", "after-end", "S-7")


def test_the_documentation_names_every_key(ended: Shell) -> None:
    text = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", text))
    report = ended.json("after-end", "S-7")
    assert {*report, *report["items"][0], *report["endless"][0]} <= named
