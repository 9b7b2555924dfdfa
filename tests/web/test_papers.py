"""Documents in the browser: put on file where one is missing, kept in versions, handed out safely."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import LEASE, Office, csrf, send, text_of
from tests.web.test_contract_form import again, submit
from tracker.actions.papers import the_paper
from tracker.records.contracts import Amendment, Contract, Paper
from tracker.records.deadlines import Deadline, State

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SAID = {"kind": "third-party-agreement", "day": "2026-11-20", "title": "", "fact": "", "note": ""}
WITH_PAPERS: dict[str, Any] = {
    "number": "P-1",
    "title": "Serviced office",
    "obligations": [
        {"code": "copies-custody", "side": "us", "due": "10 days after signed", "paper": "signed-contract"},
        {
            "code": "third-party-agreement",
            "side": "us",
            "due": "30 days after third_party_engaged",
            "paper": "third-party-agreement",
        },
    ],
    "facts": [
        {"kind": "signed", "day": "2026-11-15"},
        {"kind": "third_party_engaged", "day": "2026-11-10", "subject": "Blue Logistics"},
        {"kind": "third_party_engaged", "day": "2026-11-12", "subject": "Red Cleaning"},
    ],
}


@pytest.fixture
def serviced(office: Office) -> int:
    """A contract that wants its signed copy and an agreement with each of two third parties on file."""
    return office.record(LEASE, **WITH_PAPERS)


def put(client: FlaskClient, contract_id: int, file: tuple[bytes, str] | None = None, **said: str) -> TestResponse:
    fields: dict[str, Any] = {"csrf_token": csrf(client), **SAID, **said}
    if file:
        fields["files"] = (BytesIO(file[0]), file[1])
    return client.post(f"/contracts/{contract_id}/papers/new", data=fields)


def on_file(office: Office, contract_id: int, key: str) -> Paper:
    with office.tracker.reading() as session:
        paper = the_paper(session, office.actor("Ana"), contract_id, key)
        assert paper.versions is not None
        return paper


def part(page: str, section: str) -> str:
    """The text of one section of a page."""
    start = page.index(f'<section class="card" id="{section}"')
    return " ".join(re.sub(r"<[^>]+>", " ", page[start : page.index("</section>", start)]).split())


def test_what_is_missing_stands_on_the_contract_and_leads_to_the_filled_form(office: Office, serviced: int) -> None:
    ben = office.sit("Ben")
    page = text_of(ben.get(f"/contracts/{serviced}"))
    told = part(page, "papers")
    assert "Missing Signed contract" in told
    assert told.count("Third-party agreement") >= 2
    link = re.search(rf'href="(/contracts/{serviced}/papers/new\?kind=third-party-agreement[^"]+engaged-2)"', page)
    assert link is not None
    form = text_of(ben.get(link[1].replace("&amp;", "&")))
    assert '<option value="third-party-agreement" selected>' in form
    assert '<option value="third_party_engaged-2" selected>12 Nov 2026 Third party engaged: Red Cleaning' in form


def test_a_document_put_on_file_settles_what_waited_for_it(office: Office, serviced: int) -> None:
    ben = office.sit("Ben")
    answer = put(ben, serviced, (PDF, "三方协议.pdf"), fact="third_party_engaged-2", title="Red Cleaning")
    assert answer.location == f"/contracts/{serviced}#papers"
    page = text_of(ben.get(answer.location))
    assert "On file. It settles: Agreement with the third party on file." in page
    told = part(page, "papers")
    assert "On file Red Cleaning Third-party agreement 20 Nov 2026" in told
    with office.tracker.reading() as session:
        query = session.query(Deadline.occurrence, Deadline.state).filter_by(code="third-party-agreement")
        assert dict(query.all()) == {"third_party_engaged-1": State.OPEN, "third_party_engaged-2": State.DONE}
    facts = page[page.index('aria-labelledby="facts"') :]
    assert "Red Cleaning</bdi></a>" in facts[: facts.index("</section>")], "the fact shows its document"
    own = text_of(ben.get(f"/contracts/{serviced}/papers/third-party-agreement-1"))
    assert "Agreement with the third party on file" in own
    assert "Third party engaged: <bdi>Red Cleaning</bdi>" in own


def test_a_file_goes_out_as_it_came_in(office: Office, serviced: int) -> None:
    put(office.sit("Ben"), serviced, (PDF, "三方协议\u202e（正本）.pdf"))
    answer = office.sit("Vera").get(f"/contracts/{serviced}/papers/third-party-agreement-1/versions/1")
    assert answer.data == PDF
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "%E4%B8%89%E6%96%B9%E5%8D%8F%E8%AE%AE%EF%BC%88%E6%AD%A3%E6%9C%AC%EF%BC%89.pdf" in disposition
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("said", "file", "told"),
    [
        ({"kind": ""}, (PDF, "a.pdf"), "Choose one."),
        ({"kind": "invented"}, (PDF, "a.pdf"), "Write one of"),
        ({"day": "2026-11-23"}, (PDF, "a.pdf"), "This day is still to come."),
        ({"day": ""}, (PDF, "a.pdf"), "This is needed."),
        ({"fact": "signed-9"}, (PDF, "a.pdf"), "There is no fact “signed-9”."),
        ({}, None, "Give a file, or say in the note where the document lies."),
        ({}, (b"MZ\x90\x00", "a.pdf"), "a.pdf is not the kind of file its name says."),
        ({}, (PDF, "a.exe"), "a.exe cannot be kept"),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_stays(
    office: Office, serviced: int, said: dict[str, str], file: tuple[bytes, str] | None, told: str
) -> None:
    answer = put(office.sit("Ben"), serviced, file, title="Agreement of all agreements", **said)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "Agreement of all agreements" in text_of(answer)
    assert ("Choose the files again" in text_of(answer)) == (file is not None)
    assert not office.tracker.files.folder.exists()


def test_two_files_are_not_one_document(office: Office, serviced: int) -> None:
    ben = office.sit("Ben")
    files = [(BytesIO(PDF), "a.pdf"), (BytesIO(PDF), "b.pdf")]
    answer = ben.post(f"/contracts/{serviced}/papers/new", data={"csrf_token": csrf(ben), **SAID, "files": files})
    assert "Choose one file" in text_of(answer)


def test_a_newer_version_is_offered_first_and_the_older_one_stays(office: Office, serviced: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{serviced}/papers/third-party-agreement-1"
    put(ben, serviced, (PDF, "draft.pdf"))
    fields = {"csrf_token": csrf(ben), "files": (BytesIO(b"signed"), "signed.txt")}
    assert ben.post(f"{path}/versions", data=fields).location == path
    page = text_of(ben.get(path))
    assert page.index("signed.txt") < page.index("draft.pdf")
    assert "Ben" in page
    assert ben.get(f"{path}/versions/1").data == PDF
    assert ben.get(f"{path}/versions/2").data == b"signed"
    assert f"{path}/versions/2" in text_of(ben.get(f"/contracts/{serviced}"))
    refused = send(ben, f"{path}/versions")
    assert (refused.status_code, "Choose one file." in text_of(refused)) == (422, True)


def test_what_is_said_of_a_document_is_put_right(office: Office, serviced: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{serviced}/papers/third-party-agreement-1"
    put(ben, serviced, (PDF, "a.pdf"))
    assert send(ben, path, **{**SAID, "title": "Blue", "day": "2026年11月1日"}).location == path
    assert "1 Nov 2026" in text_of(ben.get(path))
    refused = send(ben, path, **{**SAID, "title": "Kept as typed", "day": "soon"})
    assert refused.status_code == 422
    assert 'value="Kept as typed"' in text_of(refused)


def test_a_document_is_taken_away_with_a_reason(office: Office, serviced: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{serviced}/papers/signed-contract-1"
    put(ben, serviced, (PDF, "a.pdf"), kind="signed-contract")
    assert "Missing Signed contract" not in part(text_of(ben.get(f"/contracts/{serviced}")), "papers")
    assert "Say why." in text_of(send(ben, f"{path}/remove", reason=""))
    assert send(ben, f"{path}/remove", reason="belongs to P-2").location == f"/contracts/{serviced}#papers"
    page = text_of(ben.get(f"/contracts/{serviced}"))
    assert "Missing Signed contract" in part(page, "papers")
    assert "took a document away" in page
    assert "belongs to P-2" in page
    assert ben.get(path).status_code == 404


def test_a_document_without_a_file_says_where_it_lies(office: Office, serviced: int) -> None:
    ben = office.sit("Ben")
    put(ben, serviced, kind="signed-contract", note="Cabinet 3, folder 12")
    assert "Cabinet 3, folder 12" in part(text_of(ben.get(f"/contracts/{serviced}")), "papers")
    page = text_of(ben.get(f"/contracts/{serviced}/papers/signed-contract-1"))
    assert "there is no file" in page


def test_all_that_is_missing_is_listed_over_the_contracts_one_may_see(office: Office, serviced: int) -> None:
    closed = office.record(LEASE, **WITH_PAPERS | {"number": "S-9", "title": "Quiet office", "access": {"only": []}})
    ana, cleo = text_of(office.sit("Ana").get("/papers/")), text_of(office.sit("Cleo").get("/papers/"))
    assert ("Serviced office" in cleo, "Quiet office" in cleo) == (True, False)
    assert "3 entries" in cleo
    assert "6 entries" in ana
    assert "Quiet office" in ana
    narrowed = text_of(office.sit("Ana").get("/papers/?kind=signed-contract&text=S-9"))
    assert "1 entry" in narrowed
    assert "Serviced office" not in narrowed
    put(office.sit("Ana"), closed, (PDF, "a.pdf"), kind="signed-contract")
    assert "Nothing matches" in text_of(office.sit("Ana").get("/papers/?kind=signed-contract&text=S-9"))


def test_where_nothing_is_missing_that_is_said(office: Office, lease: int) -> None:
    assert "No document is missing" in text_of(office.sit("Ana").get("/papers/"))
    assert "None on file yet." in part(text_of(office.sit("Ana").get(f"/contracts/{lease}")), "papers")
    assert 'id="papers"' not in text_of(office.sit("Vera").get(f"/contracts/{lease}"))


def test_the_page_of_a_deadline_leads_to_its_document(office: Office, serviced: int) -> None:
    ben, path = office.sit("Ben"), f"/obligations/{office.deadline(serviced, 'copies-custody')}"
    page = text_of(ben.get(path))
    assert "· not on file" in page
    assert f"/contracts/{serviced}/papers/new?kind=signed-contract" in page
    assert "/papers/new" not in text_of(office.sit("Vera").get(path)), "who only reads puts nothing on file"
    put(ben, serviced, (PDF, "a.pdf"), kind="signed-contract")
    page = text_of(ben.get(path))
    assert f'<a href="/contracts/{serviced}/papers/signed-contract-1">on file</a>' in page
    assert "Done on 20 Nov 2026" in page
    assert "· not on file" not in page


def test_changing_the_contract_leaves_its_documents_and_what_they_settled(office: Office, serviced: int) -> None:
    ben = office.sit("Ben")
    put(ben, serviced, (PDF, "a.pdf"), kind="signed-contract")
    path = f"/contracts/{serviced}/edit"
    shown = submit(ben, path, title="Serviced office, fourth floor")
    assert "stepped in without consent" in text_of(shown), "what is odd has to be looked at first"
    assert "appears" not in text_of(shown), "and no deadline opens again"
    assert again(ben, path, shown).status_code == 303
    page = text_of(ben.get(f"/contracts/{serviced}"))
    assert "fourth floor" in page
    assert "On file Signed contract" in part(page, "papers")
    assert "Missing Signed contract" not in part(page, "papers")


def test_a_document_that_an_amendment_rests_on_is_not_taken_away(office: Office, serviced: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{serviced}/papers/signed-contract-1"
    put(ben, serviced, (PDF, "a.pdf"), kind="signed-contract")
    day = office.clock.now().date()
    with office.tracker.transaction() as session:
        resting = {"key": "a-1", "title": "First supplement", "signed": day, "effective": day}
        row = Amendment(**resting, paper_key="signed-contract-1", before={}, recorded_at=office.clock.now())
        contract = session.get_one(Contract, serviced)
        contract.amendments.append(row)
    refused = send(ben, f"{path}/remove", reason="mistake")
    assert (refused.status_code, "First supplement" in text_of(refused)) == (422, True)
