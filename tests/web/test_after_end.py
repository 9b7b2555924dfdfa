"""The checklist of what survives a contract, its end confirmed and corrected there, and the report to keep."""

from hashlib import sha256
from io import BytesIO

import pytest

from tests.rules.worked.business_transfer import DOCUMENT
from tests.web.conftest import LEASE, SECRET, Office, csrf, send, text_of
from tests.web.test_completion import seen

ENDED = {"day": "2026-02-03", "how": "notice", "note": "received on Tuesday"}


@pytest.fixture
def transfer(office: Office) -> int:
    """The worked contract that was rescinded on 31 January 2026."""
    return office.record(DOCUMENT, language="en")


def log(office: Office, deadline_id: int, then: str = "", who: str = "Ben") -> str:
    """Log a completion; answers where that leads."""
    browser = office.sit(who)
    fields = {
        "csrf_token": csrf(browser),
        "done_on": "2026-02-06",
        "note": "Told by phone",
        "submission": str(deadline_id),
    }
    files = {"files": (BytesIO("已通知".encode()), "通知客户.txt")}
    answer = browser.post(f"/obligations/{deadline_id}/log?then={then}", data={**fields, **files})
    assert answer.status_code == 303
    return answer.location


def test_the_checklist_says_what_is_done_what_is_next_and_what_hinders_closing(office: Office, transfer: int) -> None:
    log(office, office.deadline(transfer, "customer-notice"))
    page = text_of(office.sit("Ben").get(f"/contracts/{transfer}/after-the-end"))
    assert "3 of 10 settled" in page  # what was logged, and two times that have run out since
    assert "5 overdue" in page
    assert "the last of it runs until 31 Jan 2031" in page
    assert "通知客户.txt" in page
    assert "No certificate of ending is on record." in page
    assert "5 duties are still to be done." in page
    assert page.count("Log completion") == 5


def test_what_is_completed_from_the_checklist_leads_back_to_it(office: Office, transfer: int) -> None:
    notice, path = office.deadline(transfer, "customer-notice"), f"/contracts/{transfer}/after-the-end"
    form = f"/obligations/{notice}/log?then=after-the-end"
    assert form in text_of(office.sit("Ben").get(path))
    assert f'href="{path}">Cancel' in text_of(office.sit("Ben").get(form))
    assert log(office, notice, "after-the-end") == f"{path}#d{notice}"
    assert log(office, office.deadline(transfer, "data-migration")).startswith("/obligations/")


def test_the_page_of_the_contract_leads_to_the_checklist(office: Office, transfer: int, lease: int) -> None:
    ben = office.sit("Ben")
    page = text_of(ben.get(f"/contracts/{transfer}"))
    assert 'href="#after-end"' in page
    assert f"/contracts/{transfer}/after-the-end" in page
    projected = text_of(ben.get(f"/contracts/{lease}"))
    assert "1 duty will then begin or fall due." in projected
    assert "settled" not in projected


def test_correcting_the_end_shows_what_moves_and_keeps_what_is_done(office: Office, transfer: int) -> None:
    log(office, office.deadline(transfer, "customer-notice"))
    ben, path = office.sit("Ben"), f"/contracts/{transfer}/after-the-end"
    shown = send(ben, path, **ENDED)
    page = text_of(shown)
    assert shown.status_code == 200
    assert "7 deadlines move" in page
    assert "1 deadline was done or waived and stays so, although its day moves" in page
    assert "received on Tuesday" in page
    assert "3 Feb 2026" not in text_of(ben.get(path))
    assert send(ben, path, confirmed=seen(shown), **ENDED).status_code == 303
    after = text_of(ben.get(path))
    assert "3 Feb 2026" in after
    assert "3 of 10 settled" in after
    assert "5 May 2026" not in after
    assert "6 May 2026" in after


def test_a_day_that_cannot_be_read_is_told_at_its_field_and_what_was_typed_stays(office: Office, transfer: int) -> None:
    refused = send(
        office.sit("Ben"), f"/contracts/{transfer}/after-the-end", day="3/2/26", how="notice", note="keep me"
    )
    page = text_of(refused)
    assert refused.status_code == 422
    assert 'value="3/2/26"' in page
    assert "keep me" in page
    assert 'id="day-error"' in page


def test_an_end_is_recorded_where_there_was_none(office: Office, lease: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{lease}/after-the-end"
    assert "projected" in text_of(ben.get(path))
    fields = {"day": "2026-11-20", "how": "agreement", "note": ""}
    shown = send(ben, path, **fields)
    assert send(ben, path, confirmed=seen(shown), **fields).status_code == 303
    page = text_of(ben.get(path))
    assert "by agreement" in page
    assert "projected" not in page


def test_an_end_that_time_brought_about_is_confirmed_by_one_button(office: Office) -> None:
    number = office.record(LEASE, effect={"when": "2023-02-01"})
    ben = office.sit("Ben")
    for path in (f"/contracts/{number}", f"/contracts/{number}/after-the-end"):
        assert "By what is recorded it ended on 31 Jan 2026. Nobody has confirmed that." in text_of(ben.get(path))
    assert send(ben, f"/contracts/{number}/after-the-end/confirm").status_code == 303
    page = text_of(ben.get(f"/contracts/{number}/after-the-end"))
    assert "its term ran out" in page
    assert "unconfirmed" not in page
    twice = send(ben, f"/contracts/{number}/after-the-end/confirm")
    assert twice.status_code == 303
    assert "There is no end to confirm." in text_of(ben.get(twice.location))


def test_a_renewal_by_silence_is_confirmed_by_one_button(office: Office) -> None:
    notice = [{"side": "both", "at_least": "60 days"}]
    number = office.record(LEASE, effect={"when": "2023-02-01"}, renewal={"mode": "automatic", "notice": notice})
    ben = office.sit("Ben")
    page = text_of(ben.get(f"/contracts/{number}"))
    assert "so it renewed itself until 31 Jan 2029. Nobody has confirmed that." in page
    assert send(ben, f"/contracts/{number}/renewal/confirm").status_code == 303
    assert "Nobody has confirmed that." not in text_of(ben.get(f"/contracts/{number}"))


def test_the_report_holds_who_did_what_and_when_with_the_hash_of_what_shows_it(office: Office, transfer: int) -> None:
    log(office, office.deadline(transfer, "customer-notice"))
    page = text_of(office.sit("Vera").get(f"/contracts/{transfer}/after-the-end/report"))
    digest = sha256("已通知".encode()).hexdigest()
    for told in ("Told by phone", "通知客户.txt", digest, "Ben", "6 Feb 2026", "drawn up by Vera", "31 Jan 2031"):
        assert told in page, told
    assert "our own aim; the contract gives no number" in page
    assert "<button" not in page.split('<main id="main"')[1].split("</main>")[0]


def test_somebody_who_only_reads_sees_the_checklist_and_changes_nothing(office: Office, transfer: int) -> None:
    vera = office.sit("Vera")
    page = text_of(vera.get(f"/contracts/{transfer}/after-the-end"))
    assert "Settlement of debts" in page
    assert "Log completion" not in page
    assert "Correct the end" not in page
    for path in ("after-the-end", "after-the-end/confirm", "renewal/confirm"):
        assert send(vera, f"/contracts/{transfer}/{path}", **ENDED).status_code == 403, path


def test_an_outsider_is_told_there_is_nothing(office: Office) -> None:
    number = office.record(SECRET, access={"only": []})
    for who in ("Cleo", "Ben"):
        browser = office.sit(who)
        assert browser.get(f"/contracts/{number}/after-the-end").status_code == 404
        assert browser.get(f"/contracts/{number}/after-the-end/report").status_code == 404
        assert send(browser, f"/contracts/{number}/after-the-end", **ENDED).status_code == 404


def test_a_certificate_on_file_certifies_the_ending_and_stands_in_the_report(office: Office, transfer: int) -> None:
    ben = office.sit("Ben")
    fields = {"kind": "termination-certificate", "day": "2026-02-13", "title": "解除证明", "csrf_token": csrf(ben)}
    data = {**fields, "files": (BytesIO("解除".encode()), "解除证明.txt")}
    assert ben.post(f"/contracts/{transfer}/papers/new", data=data).status_code == 303
    assert "No certificate of ending" not in text_of(ben.get(f"/contracts/{transfer}/after-the-end"))
    page = text_of(ben.get(f"/contracts/{transfer}/after-the-end/report"))
    assert "解除证明.txt" in page
    assert sha256("解除".encode()).hexdigest() in page


def test_what_a_document_settles_is_put_on_file_from_the_checklist_and_told_with_it(office: Office) -> None:
    wanted = {"code": "document-on-file", "title": "Agreement to end it", "side": "us", "due": "5 days after ended"}
    ended = {"kind": "ended", "day": "2026-11-02", "how": "agreement"}
    number = office.record(
        LEASE, obligations=[{**wanted, "paper": "termination-agreement"}], facts=[*LEASE["facts"], ended]
    )
    ben = office.sit("Ben")
    page = text_of(ben.get(f"/contracts/{number}/after-the-end"))
    assert f"/contracts/{number}/papers/new?kind=termination-agreement" in page
    assert "Log completion" not in page
    fields = {"kind": "termination-agreement", "day": "2026-11-03", "title": "Signed by both", "csrf_token": csrf(ben)}
    data = {**fields, "files": (BytesIO(b"ended"), "end.txt")}
    assert ben.post(f"/contracts/{number}/papers/new", data=data).status_code == 303
    assert "Signed by both" in text_of(ben.get(f"/contracts/{number}/after-the-end"))
    report = text_of(ben.get(f"/contracts/{number}/after-the-end/report"))
    assert "settled by a document on file" in report
    assert report.count(sha256(b"ended").hexdigest()) == 2


def test_evidence_that_is_missing_is_brought_from_the_checklist(office: Office, transfer: int) -> None:
    certificate = office.deadline(transfer, "ending-certificate")
    ben, path = office.sit("Ben"), f"/contracts/{transfer}/after-the-end"
    send(ben, f"/obligations/{certificate}/log", done_on="2026-02-13", submission="c")
    page = text_of(ben.get(path))
    assert "Nothing shows the certificate of ending: bring a file or a link." in page
    assert f"/obligations/{certificate}/evidence" in page
    send(ben, f"/obligations/{certificate}/evidence", link="https://files.example/certificate")
    assert "certificate of ending: bring" not in text_of(ben.get(path))
