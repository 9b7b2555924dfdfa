"""What a document on file may say, and by which key it goes."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.cast import bare, drafted
from tracker.rules.contract_file import read_contract
from tracker.rules.papers import Paper, PaperKind

HASH = "0123456789abcdef" * 4
SCAN = {"sha256": HASH, "name": "Lease.pdf"}
NEEDED = "This is needed."
NO_FILE = "Give a file, or say in the note where the document lies."
NO_HASH = "Write a SHA-256: 64 hexadecimal digits."


def paper(**fields: Any) -> dict[str, Any]:
    """A consent of 5 January 2026 in the cabinet, with other fields; None leaves one out."""
    usual = {"kind": "consent", "day": "2026-01-05", "note": "In the cabinet."}
    return {name: value for name, value in {**usual, **fields}.items() if value is not None}


def told(*papers: Any) -> list[str]:
    return sorted(f"{problem.place}: {problem}" for problem in read_contract(bare(papers=list(papers)))[1])


def test_a_document_is_read_with_all_that_is_said_of_it() -> None:
    older = {"sha256": " " + HASH.upper(), "name": "Draft.pdf"}
    whole = paper(key="scan", kind="signed-contract", title="The lease", fact="signed-1", versions=[older, SCAN])
    (read,) = drafted(bare(papers=[whole])).papers
    assert read.paper == Paper("scan", PaperKind.SIGNED_CONTRACT, date(2026, 1, 5), "signed-1")
    assert (read.title, read.note) == ("The lease", "In the cabinet.")
    assert read.versions == ((HASH, "Draft.pdf"), (HASH, "Lease.pdf"))


def test_the_kinds_of_document_are_those_the_documentation_lists() -> None:
    page = (Path(__file__).parents[2] / "docs" / "contract-file.md").read_text("utf-8")
    listed = page.partition("Kinds of document:")[2].partition(".")[0]
    assert re.findall(r"`([^`]+)`", listed) == [kind.value for kind in PaperKind]


def test_a_document_without_a_key_goes_by_its_kind_and_its_place_among_them() -> None:
    read = drafted(bare(papers=[paper(), paper(kind="other", title="Note"), paper(key="own"), paper()])).papers
    assert [one.paper.key for one in read] == ["consent-1", "other-1", "own", "consent-3"]
    assert [(one.paper.fact, one.title, one.versions) for one in read] == [
        ("", "", ()),
        ("", "Note", ()),
        ("", "", ()),
        ("", "", ()),
    ]


@pytest.mark.parametrize("more", [{"note": None, "versions": [SCAN]}, {"key": "x" * 70, "fact": "y" * 80}])
def test_what_is_just_enough_is_enough(more: dict[str, Any]) -> None:
    assert told(paper(**more)) == []


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"kind": None}, [f"kind: {NEEDED}"]),
        ({"day": None}, [f"day: {NEEDED}"]),
        ({"kind": None, "day": None}, [f"day: {NEEDED}", f"kind: {NEEDED}"]),
        ({"note": None}, [f"versions: {NO_FILE}"]),
        ({"note": None, "versions": []}, [f"versions: {NO_FILE}"]),
        ({"note": None, "versions": [{"sha256": "ab", "name": "a"}]}, [f"versions[0].sha256: {NO_HASH}"]),
        ({"versions": [SCAN, {"sha256": "g" * 64, "name": "a"}]}, [f"versions[1].sha256: {NO_HASH}"]),
        ({"versions": [{"sha256": HASH + "0", "name": "a"}]}, [f"versions[0].sha256: {NO_HASH}"]),
        ({"versions": [{"sha256": HASH}]}, [f"versions[0].name: {NEEDED}"]),
        ({"versions": [{"name": "a"}]}, [f"versions[0].sha256: {NEEDED}"]),
        ({"versions": [{**SCAN, "names": "a"}]}, ["versions[0].names: Unknown field; did you mean “name”?"]),
        ({"key": "x" * 71}, ["key: This is too long: at most 70 characters."]),
        ({"fact": "x" * 81}, ["fact: This is too long: at most 80 characters."]),
        ({"facts": "signed-1"}, ["facts: Unknown field; did you mean “fact”?"]),
    ],
)
def test_what_must_not_be_is_told_with_its_place(fields: dict[str, Any], problems: list[str]) -> None:
    assert told(paper(**fields)) == [f"papers[0].{problem}" for problem in problems]


def test_two_documents_of_one_key_are_told_at_the_second() -> None:
    two = "papers[1].key: Two documents have the key “consent-2”."
    assert told(paper(key="consent-2"), paper()) == [two]
    assert told(paper(key="consent-2"), paper(key="consent-2", kind="other")) == [two]
