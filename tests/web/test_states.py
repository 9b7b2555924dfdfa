"""Evidence, review, disputes and adjustments in the browser: what a user would notice."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import LEASE, Office, csrf, send, text_of
from tests.web.test_completion import seen

TERMS = [
    {"key": "shown", "code": "training", "side": "us", "due": "on 2026-12-01", "proof": "required"},
    {"key": "checked", "code": "report", "side": "us", "due": "on 2026-12-02", "reviewer": "ana@acme.example"},
    {
        "key": "rent",
        "code": "payment",
        "title": "Rent",
        "side": "us",
        "due": "5 days after period_start",
        "every": "1 month",
        "first": "2026-11-01",
    },
]
DONE = "Done on 20 Nov 2026"


@pytest.fixture
def terms(office: Office) -> int:
    """Ana's contract with a training to show, a report she has to accept, and a rent."""
    return office.record(LEASE, number="T-1", obligations=TERMS, tracked_from="2026-11-20")


def path_of(office: Office, terms: int, code: str) -> str:
    return f"/obligations/{office.deadline(terms, code)}"


def logged(client: FlaskClient, path: str, **more: Any) -> str:
    """Log it as done on 20 November; the page it leads to."""
    answer = send(client, f"{path}/log", done_on="2026-11-20", **more)
    assert answer.status_code == 303, text_of(answer)
    return text_of(client.get(path))


def error(answer: TestResponse, name: str) -> str:
    found = re.search(rf'id="{name}-error".*?</svg>(.*?)</p>', text_of(answer), re.DOTALL)
    return found[1] if found else ""


# ------------------------------------------------------------ evidence, review


def test_what_waits_for_its_evidence_says_so_and_takes_it(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "training")
    page = logged(ben, path)
    assert "Its evidence is still to be brought." in page
    assert "evidence pending" in page
    assert f'href="{path}"' in text_of(ben.get("/obligations/?state=evidence_pending"))
    assert f'href="{path}"' not in text_of(ben.get("/obligations/?state=in_review"))
    data = {"csrf_token": csrf(ben), "files": (BytesIO(b"2026"), "名单.txt")}
    assert ben.post(f"{path}/evidence", data=data).location == path
    page = text_of(ben.get(path))
    assert "名单.txt" in page
    assert "evidence pending" not in page


def test_evidence_that_cannot_be_kept_is_told_at_its_field(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "training")
    logged(ben, path)
    assert "Bring a file or a link." in error(send(ben, f"{path}/evidence"), "files")
    refused = send(ben, f"{path}/evidence", link="ftp://files.example/1")
    assert "https://" in error(refused, "link")
    assert 'value="ftp://files.example/1"' in text_of(refused)
    data = {"csrf_token": csrf(ben), "link": "https://files.example/1", "files": (BytesIO(b"MZ\x90"), "scan.pdf")}
    disguised = ben.post(f"{path}/evidence", data=data)
    assert disguised.status_code == 422
    assert "scan.pdf is not the kind of file its name says" in error(disguised, "files")
    assert 'value="https://files.example/1"' in text_of(disguised)
    assert "Choose the files again" in text_of(disguised)


def test_a_reviewer_accepts_what_somebody_else_did(office: Office, terms: int) -> None:
    ben, ana, path = office.sit("Ben"), office.sit("Ana"), path_of(office, terms, "report")
    page = logged(ben, path, note="sent by mail")
    assert "It waits to be accepted by Ana." in page
    assert f'href="{path}/review"' not in page
    assert "Somebody else has to accept it" in text_of(ben.get(f"{path}/review"))
    today = text_of(ana.get("/"))
    assert "To review" in today
    assert f'href="{path}"' in today
    assert "To review" not in text_of(ben.get("/"))
    review = text_of(ana.get(f"{path}/review"))
    assert DONE in review
    assert "sent by mail" in review
    assert send(ana, f"{path}/approve", note="in order").location == path
    page = text_of(office.sit("Vera").get(path))
    assert "Accepted by Ana" in page
    assert "in order" in page
    assert "To review" not in text_of(ana.get("/"))


def test_a_reviewer_rejects_with_words_that_stay_beside_it(office: Office, terms: int) -> None:
    ben, ana, path = office.sit("Ben"), office.sit("Ana"), path_of(office, terms, "report")
    logged(ben, path)
    refused = send(ana, f"{path}/reject", reason=" ")
    assert refused.status_code == 422
    assert "Say what is missing." in error(refused, "reason")
    assert send(ana, f"{path}/reject", reason="page 3 is missing").status_code == 303
    page = text_of(ben.get(path))
    assert "Rejected by Ana" in page
    assert "page 3 is missing" in page
    assert f'href="{path}/log"' in page
    assert "rejected" in text_of(ben.get("/obligations/"))


def test_who_did_it_cannot_accept_it(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "report")
    logged(ben, path)
    assert send(ben, f"{path}/approve").status_code == 403


def test_what_was_accepted_already_is_told_not_broken(office: Office, terms: int) -> None:
    ben, ana, path = office.sit("Ben"), office.sit("Ana"), path_of(office, terms, "report")
    logged(ben, path)
    send(ana, f"{path}/approve")
    for action in ("approve", "reject"):
        again = send(ana, f"{path}/{action}", reason="late")
        assert again.status_code == 422
        assert "This does not wait for review any more." in text_of(again)


def test_evidence_to_bring_stands_on_the_first_page(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "training")
    assert "Evidence to bring" not in text_of(ben.get("/"))
    logged(ben, path)
    page = text_of(ben.get("/"))
    assert "Evidence to bring" in page
    assert f'href="{path}/evidence"' in page
    assert f'href="{path}/evidence"' not in text_of(office.sit("Vera").get("/"))


def test_what_was_done_late_says_by_how_many_days(office: Office) -> None:
    late = [{"code": "report", "side": "us", "due": "on 2026-11-17", "grace": "1 day"}]
    number = office.record(LEASE, number="T-2", obligations=late)
    assert "done, 2 days late" in logged(office.sit("Ben"), path_of(office, number, "report"))


def test_in_its_grace_it_is_not_overdue(office: Office) -> None:
    late = [{"code": "report", "side": "us", "due": "on 2026-11-20", "grace": "5 days"}]
    number = office.record(LEASE, number="T-2", obligations=late)
    page = text_of(office.sit("Ben").get(path_of(office, number, "report")))
    assert "grace to 25 Nov 2026" in page
    assert "overdue" not in page


# ----------------------------------------------------------------- disputes


def test_a_dispute_stays_beside_it_until_it_is_settled(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "payment")
    refused = send(ben, f"{path}/dispute", since="2026-11-30", reason="the sum is wrong")
    assert "still to come" in error(refused, "since")
    assert "the sum is wrong" in text_of(refused)
    assert send(ben, f"{path}/dispute", since="2026-11-21", reason="the sum is wrong").location == path
    page = text_of(ben.get(path))
    assert "Disputed since 21 Nov 2026" in page
    assert "the sum is wrong" in page
    assert f'href="{path}/log"' in page, "it is still to be done"
    assert f'href="{path}"' in text_of(ben.get("/obligations/?disputed=1"))
    assert send(ben, f"{path}/dispute/settle", how="a credit note").location == path
    assert "Disputed since" not in text_of(ben.get(path))
    assert f'href="{path}"' not in text_of(ben.get("/obligations/?disputed=1"))


def test_why_it_was_waived_stands_on_its_page(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "report")
    send(ben, f"{path}/waive", reason="they let it go")
    page = text_of(ben.get(path))
    assert "Waived on 22 Nov 2026" in page
    assert "they let it go" in page


# -------------------------------------------------------------- adjustments


def test_a_pause_is_looked_at_first_and_then_suspends(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "payment")
    assert "Rent" in text_of(ben.get(f"/contracts/{terms}/adjust?of=rent"))
    fields = {"action": "pause", "of": "rent", "day": "2026-11-01", "until": "", "reason": "the roof leaks"}
    shown = send(ben, f"/contracts/{terms}/adjust", **fields)
    assert shown.status_code == 200
    assert "suspended" in text_of(shown)
    assert "suspended" not in text_of(ben.get(path))
    saved = send(ben, f"/contracts/{terms}/adjust", confirmed=seen(shown), **fields)
    assert saved.status_code == 303
    page = text_of(ben.get(path))
    assert re.search(r"Recorded: \d+ (is|are) suspended\.", page)
    assert "Suspended: nobody is reminded of it meanwhile." in page
    assert "the roof leaks" in page
    contract = text_of(ben.get(f"/contracts/{terms}"))
    assert "paused since 1 Nov 2026" in contract
    assert f"/contracts/{terms}/adjustments/pause-1" in contract


def test_a_paused_series_goes_on_and_a_pause_is_taken_back(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "payment")
    fields = {"action": "pause", "of": "rent", "day": "2026-11-01", "until": "", "reason": "the roof leaks"}
    mark = seen(send(ben, f"/contracts/{terms}/adjust", **fields))
    send(ben, f"/contracts/{terms}/adjust", confirmed=mark, **fields)
    pause = f"/contracts/{terms}/adjustments/pause-1"
    refused = send(ben, f"{pause}/resume", day="2026-10-01")
    assert "This is not after the pause began" in error(refused, "day")
    assert send(ben, f"{pause}/resume", day="2026-12-01").status_code == 303
    contract = text_of(ben.get(f"/contracts/{terms}"))
    assert "paused from 1 Nov 2026 to 30 Nov 2026" in contract
    assert re.search(r"\d+ (is|are) asked for again", contract)
    assert send(ben, f"{pause}/withdraw").status_code == 303
    assert "Suspended" not in text_of(ben.get(path))
    assert ben.get(pause).status_code == 404


def test_one_day_is_moved_and_says_so(office: Office, terms: int) -> None:
    ben, path = office.sit("Ben"), path_of(office, terms, "report")
    refused = send(ben, f"{path}/move", day="31 Feb", reason="")
    assert refused.status_code == 422
    assert error(refused, "day")
    fields = {"day": "2026-12-09", "reason": "agreed by mail"}
    shown = send(ben, f"{path}/move", **fields)
    assert shown.status_code == 422
    assert "The contract gives an earlier day, 2 Dec 2026" in text_of(shown)
    assert send(ben, f"{path}/move", confirmed=seen(shown), **fields).location == path
    page = text_of(ben.get(path))
    assert "9 Dec 2026" in page
    assert "2 Dec 2026" in page, "the day by the contract stays beside it"
    assert "moved by hand" in page


def test_what_cannot_be_adjusted_is_told_at_its_field(office: Office, terms: int) -> None:
    ben = office.sit("Ben")
    fields = {"action": "end", "of": "report", "day": "2026-11-01", "until": "", "reason": ""}
    refused = send(ben, f"/contracts/{terms}/adjust", **{**fields, "of": "checked"})
    assert "no series to end" in error(refused, "of")
    assert "Say why" in error(refused, "reason")
    assert 'value="2026-11-01"' in text_of(refused)


def test_a_fact_says_which_earlier_one_it_concerns(office: Office, lease: int) -> None:
    ben, path = office.sit("Ben"), f"/contracts/{lease}"
    for day in ("2026-11-19", "2026-11-20"):
        fields = {"kind": "complaint_received", "day": day, "by": "them", "how": "", "subject": "Ms Wang"}
        send(ben, f"{path}/facts", **fields)
    assert "20 Nov 2026 Complaint received: Ms Wang</option>" in text_of(ben.get(path))
    fields = {"kind": "complaint_extended", "day": "2026-11-21", "by": "us", "how": "", "until": "2026-12-11"}
    shown = send(ben, f"{path}/facts", about="complaint_received-2", **fields)
    assert "11 Dec 2026" in text_of(shown)
    assert 'value="complaint_received-2" selected' in text_of(shown)
    send(ben, f"{path}/facts", about="complaint_received-2", confirmed=seen(shown), **fields)
    page = text_of(ben.get(path))
    assert "concerns: 20 Nov 2026 Complaint received: Ms Wang" in page
    form = text_of(ben.get(f"{path}/facts/complaint_extended-1"))
    assert 'value="complaint_received-2" selected' in form
    assert 'value="complaint_extended-1"' not in form, "no fact concerns itself"
    shown = send(ben, f"{path}/facts", about="complaint_received-7", **fields)
    refused = send(ben, f"{path}/facts", about="complaint_received-7", confirmed=seen(shown), **fields)
    assert refused.status_code == 422
    assert "There is no fact" in error(refused, "about")
