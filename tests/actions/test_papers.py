"""Documents of a contract: by kind, in versions, never lost, and nobody's business who may not see the contract."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.actions.test_evidence import PDF, PNG
from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.actor import Actor
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.evidence import Upload
from tracker.actions.papers import (
    Filed,
    add_version,
    correct_paper,
    put_on_file,
    remove_paper,
    the_paper,
    the_version,
)
from tracker.actions.shelf import open_contract
from tracker.records.contracts import Amendment, Paper
from tracker.rules.papers import PaperKind

SIGNED = Filed(kind=PaperKind.SIGNED_CONTRACT, day=date(2026, 2, 27))
SCAN = Upload("合同（正本）.pdf", PDF)
SECOND = Upload("scan.png", PNG)


def file(office: Office, upload: Upload | None = SCAN, by: str = "Ana", number: str = "L-1", **said: Any) -> Paper:
    found = office.contract(number).id
    with office.tracker.transaction() as session:
        filed = replace(SIGNED, **said)
        return put_on_file(session, office.actor(by), found, filed, upload, files=office.tracker.files, now=office.now)[
            0
        ]


def newer(office: Office, key: str, upload: Upload) -> int:
    with office.tracker.transaction() as session:
        actor, found = office.actor(), office.contract("L-1").id
        return add_version(session, actor, found, key, upload, files=office.tracker.files, now=office.now).number


def on_file(office: Office, number: str = "L-1") -> dict[str, Paper]:
    with office.tracker.reading() as session:
        found = open_contract(session, office.actor(), office.contract(number).id)
        return {paper.key: paper for paper in found.papers}


def refused(action: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        action()
    return [(problem.place, str(problem)) for problem in told.value.problems]


def test_a_document_is_kept_under_its_hash_with_what_is_said_of_it(office: Office) -> None:
    office.register(LEASE)
    fact, _ = office.fact("L-1", "signed", "2024-12-20")
    paper = file(office, title=" 正本 ", fact=fact.key, note="Original in the safe.")
    assert paper.key == "signed-contract-1"
    kept = on_file(office)[paper.key]
    assert (kept.kind, kept.title, kept.day) == (PaperKind.SIGNED_CONTRACT, "正本", date(2026, 2, 27))
    assert (kept.fact_key, kept.note) == ("signed-1", "Original in the safe.")
    (version,) = kept.versions
    assert (version.number, version.name, version.media_type) == (1, "合同（正本）.pdf", "application/pdf")
    assert (version.sha256, version.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert version.added_by_id == office.actor().person_id
    assert office.tracker.files.get(version.sha256) == PDF
    event = office.events()[-1]
    assert event.event == "paper-filed"
    assert event.details["paper"]["files"] == [{"sha256": version.sha256, "name": "合同（正本）.pdf"}]


def test_a_document_that_lies_elsewhere_says_where(office: Office) -> None:
    office.register(LEASE)
    file(office, None, note="Cabinet 3, folder 12")
    assert on_file(office)["signed-contract-1"].versions == []
    told = "Give a file, or say in the note where the document lies."
    assert refused(lambda: file(office, None, note=" ")) == [("files", told)]


def test_sending_the_same_form_twice_puts_it_on_file_once(office: Office) -> None:
    office.register(LEASE)
    assert file(office).key == file(office).key
    file(office, title="Second copy")
    file(office, kind=PaperKind.OTHER)
    assert list(on_file(office)) == ["signed-contract-1", "signed-contract-2", "other-1"]


def test_a_newer_version_leaves_the_older_one_as_it_was(office: Office) -> None:
    office.register(LEASE)
    key = file(office).key
    assert newer(office, key, SECOND) == 2
    assert newer(office, key, SECOND) == 2, "the newest once more"
    assert newer(office, key, SCAN) == 3, "an older one may come back"
    versions = on_file(office)[key].versions
    assert [version.name for version in versions] == ["合同（正本）.pdf", "scan.png", "合同（正本）.pdf"]
    assert [event.event for event in office.events()][-2:] == ["paper-version-added"] * 2


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_stored(office: Office) -> None:
    office.register(LEASE)
    disguised = Upload("合同.pdf", b"MZ\x90\x00")
    assert refused(lambda: file(office, disguised, day=date(2026, 3, 3), fact="signed-9")) == [
        ("day", "This day is still to come."),
        ("fact", "There is no fact “signed-9”."),
        ("files", "合同.pdf is not the kind of file its name says."),
    ]
    assert on_file(office) == {}
    assert not office.tracker.files.folder.exists()


def test_a_newer_version_is_looked_into_as_well(office: Office) -> None:
    office.register(LEASE)
    key = file(office).key
    assert refused(lambda: newer(office, key, Upload("a.exe", b"MZ")))[0][0] == "files"
    assert len(on_file(office)[key].versions) == 1


def test_today_is_the_day_in_the_contracts_own_zone(office: Office) -> None:
    office.register(contract(law={**LEASE["law"], "zone": "Pacific/Kiritimati"}))
    office.wait(hours=10)
    file(office, day=date(2026, 3, 3))


def test_what_is_said_of_a_document_can_be_put_right(office: Office) -> None:
    office.register(LEASE)
    key, found = file(office).key, office.contract("L-1").id
    filed = Filed(kind=PaperKind.SERVICE_AGREEMENT, day=date(2026, 2, 20), title="SLA")
    with office.tracker.transaction() as session:
        correct_paper(session, office.actor(), found, key, filed, now=office.now)
    kept = on_file(office)[key]
    assert (kept.kind, kept.day, kept.title) == (PaperKind.SERVICE_AGREEMENT, date(2026, 2, 20), "SLA")
    assert len(kept.versions) == 1
    details = office.events()[-1].details
    assert (details["before"]["kind"], details["paper"]["kind"]) == ("signed-contract", "service-agreement")


def test_a_document_without_a_file_cannot_lose_its_note(office: Office) -> None:
    office.register(LEASE)
    key, found = file(office, None, note="Cabinet 3").key, office.contract("L-1").id

    def correct() -> None:
        with office.tracker.transaction() as session:
            correct_paper(session, office.actor(), found, key, SIGNED, now=office.now)

    assert refused(correct)[0][0] == "files"


def remove(office: Office, key: str, reason: str, by: str = "Ana") -> None:
    with office.tracker.transaction() as session:
        remove_paper(session, office.actor(by), office.contract("L-1").id, key, reason=reason, now=office.now)


def test_taking_a_document_away_needs_a_reason_and_leaves_its_trace(office: Office) -> None:
    office.register(LEASE)
    key = file(office).key
    assert refused(lambda: remove(office, key, " ")) == [("reason", "Say why.")]
    remove(office, key, "wrong contract")
    assert on_file(office) == {}
    event = office.events()[-1]
    assert (event.event, event.details["reason"]) == ("paper-removed", "wrong contract")
    assert event.details["paper"]["files"][0]["name"] == "合同（正本）.pdf"
    assert office.tracker.files.get(event.details["paper"]["files"][0]["sha256"]) == PDF, "the file itself stays"


def test_the_name_of_a_document_taken_away_is_never_given_again(office: Office) -> None:
    office.register(LEASE)
    remove(office, file(office).key, "wrong contract")
    assert file(office).key == "signed-contract-2"


def test_a_document_that_an_amendment_rests_on_stays(office: Office) -> None:
    office.register(LEASE)
    key, day = file(office).key, date(2026, 1, 1)
    resting = {"key": "a-1", "title": "First supplement", "signed": day, "effective": day, "paper_key": key}
    with office.tracker.transaction() as session:
        found = open_contract(session, office.actor(), office.contract("L-1").id)
        found.amendments.append(Amendment(**resting, before={}, recorded_at=office.now))
    assert "First supplement" in refused(lambda: remove(office, key, "wrong"))[0][1]
    assert list(on_file(office)) == [key]


DOORS: dict[str, Callable[[Session, Actor, Office, int], object]] = {
    "put": lambda session, actor, office, found: put_on_file(
        session, actor, found, SIGNED, SECOND, files=office.tracker.files, now=office.now
    ),
    "version": lambda session, actor, office, found: add_version(
        session, actor, found, "signed-contract-1", SECOND, files=office.tracker.files, now=office.now
    ),
    "correct": lambda session, actor, office, found: correct_paper(
        session, actor, found, "signed-contract-1", SIGNED, now=office.now
    ),
    "remove": lambda session, actor, office, found: remove_paper(
        session, actor, found, "signed-contract-1", reason="mine", now=office.now
    ),
}
LOOKS: dict[str, Callable[[Session, Actor, Office, int], object]] = {
    "paper": lambda session, actor, _, found: the_paper(session, actor, found, "signed-contract-1"),
    "file": lambda session, actor, _, found: the_version(session, actor, found, "signed-contract-1", 1),
}


@pytest.mark.parametrize("door", [*DOORS, *LOOKS])
def test_nobody_reaches_the_documents_of_a_contract_that_is_not_theirs(office: Office, door: str) -> None:
    office.register(contract(owner="ana@acme.example", access={"only": ["vic@acme.example"]}))
    found, stored = office.contract("L-1").id, file(office)
    for name in ("Cleo", "Ada"):
        with office.tracker.transaction() as session, pytest.raises(Missing):
            (DOORS | LOOKS)[door](session, office.actor(name), office, found)
    assert [version.name for version in on_file(office)[stored.key].versions] == ["合同（正本）.pdf"]


@pytest.mark.parametrize("door", DOORS)
def test_who_may_only_look_changes_nothing(office: Office, door: str) -> None:
    office.register(LEASE)
    file(office)
    with office.tracker.transaction() as session, pytest.raises(Forbidden):
        DOORS[door](session, office.actor("Vic"), office, office.contract("L-1").id)
    with office.tracker.reading() as session:
        assert LOOKS["file"](session, office.actor("Vic"), office, office.contract("L-1").id)


@pytest.mark.parametrize(("key", "number"), [("signed-contract-2", 1), ("signed-contract-1", 2), ("", 1)])
def test_what_is_not_on_file_is_missing(office: Office, key: str, number: int) -> None:
    office.register(LEASE)
    file(office)
    with office.tracker.reading() as session, pytest.raises(Missing):
        the_version(session, office.actor(), office.contract("L-1").id, key, number)
