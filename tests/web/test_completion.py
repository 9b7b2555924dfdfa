"""Logging what was done, taking it back, recording facts: what a user would notice."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.support.asked import asked_of
from tests.web.conftest import LEASE, NOW, Office, csrf, send, text_of
from tracker.records.deadlines import Completion, Deadline, State

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def due(office: Office, lease: int) -> int:
    """Ana's insurance, due on 15 December 2026."""
    return office.deadline(lease, "insurance")


def form_of(office: Office, who: str, deadline_id: int) -> dict[str, Any]:
    page = text_of(office.sit(who).get(f"/obligations/{deadline_id}/log"))
    submission = re.search(r'name="submission" value="([^"]+)"', page)
    day = re.search(r'id="done_on"[^>]*value="([^"]+)"', page)
    assert submission is not None
    assert day is not None
    return {"submission": submission[1], "done_on": day[1]}


def count(office: Office) -> int:
    with office.tracker.reading() as session:
        return session.scalar(select(func.count(Completion.id))) or 0


def test_a_completion_is_logged_with_its_proof(office: Office, due: int) -> None:
    ben = office.sit("Ben")
    fields = form_of(office, "Ben", due)
    assert fields["done_on"] == "2026-11-22"
    proof = (BytesIO(PDF), "保单 2026.pdf")
    answer = ben.post(
        f"/obligations/{due}/log",
        data={
            "csrf_token": csrf(ben),
            **fields,
            "done_on": "2026年11月20日",
            "note": "with AXA",
            "files": proof,
        },
    )
    assert answer.location == f"/obligations/{due}"
    page = text_of(ben.get(answer.location))
    assert "Done on 20 Nov 2026" in page
    assert "with AXA" in page
    link = re.search(r'href="(/obligations/\d+/evidence/\d+)"', page)
    assert link is not None
    download = office.sit("Vera").get(link[1])
    assert download.data == PDF
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert "%E4%BF%9D%E5%8D%95%202026.pdf" in download.headers["Content-Disposition"]
    assert download.headers["Content-Type"] == "application/pdf"
    assert download.headers["Cache-Control"] == "no-store"
    assert "Log completion" not in text_of(ben.get(f"/obligations/{due}"))


def test_sending_it_twice_logs_it_once(office: Office, due: int) -> None:
    ben = office.sit("Ben")
    fields = form_of(office, "Ben", due)
    answers = [send(ben, f"/obligations/{due}/log", **fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(office) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"done_on": ""}, "This is needed"),
        ({"done_on": "2026-11-23"}, "still to come"),
        ({"done_on": "3/5/26"}, "2026-03-05 / 2026-05-03"),
        ({"link": "javascript:alert(1)"}, "starts with https://"),
        ({"note": "x" * 20_001}, "too long"),
        ({"files": (BytesIO(b"MZ\x90"), "invoice.exe")}, "cannot be kept"),
        ({"files": (BytesIO(b"MZ\x90" + b"\x00" * 64), "invoice.pdf")}, "not the kind of file its name says"),
        ({"files": (BytesIO(b""), "empty.pdf")}, "is empty"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(
    office: Office, due: int, fields: dict[str, Any], told: str
) -> None:
    ben = office.sit("Ben")
    typed = {**form_of(office, "Ben", due), "note": "Posted by registered mail", **fields}
    answer = ben.post(f"/obligations/{due}/log", data={"csrf_token": csrf(ben), **typed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert typed["note"] in text_of(answer)
    assert count(office) == 0
    if "files" in fields:
        assert "Choose the files again" in text_of(answer)


def test_it_can_be_taken_back_for_ten_minutes_and_with_a_reason_after(office: Office, due: int) -> None:
    ben = office.sit("Ben")
    path = f"/obligations/{due}"
    send(ben, f"{path}/log", **form_of(office, "Ben", due))
    office.clock.turn_to(NOW + timedelta(minutes=10))
    assert "Undo" in text_of(ben.get(path))
    assert send(ben, f"{path}/undo").status_code == 303
    assert "Log completion" in text_of(ben.get(path))
    send(ben, f"{path}/log", **form_of(office, "Ben", due))
    office.clock.turn_to(NOW + timedelta(minutes=21))
    page = text_of(ben.get(path))
    assert "Undo" not in page
    assert "Reopen" in page
    assert "Say why" in text_of(send(ben, f"{path}/undo"))
    assert send(ben, f"{path}/undo", reason="Wrong policy").status_code == 303
    assert "Wrong policy" in text_of(ben.get(path))
    assert count(office) == 2


def test_waiving_needs_a_reason_and_can_be_undone(office: Office, due: int) -> None:
    ben = office.sit("Ben")
    path = f"/obligations/{due}"
    assert send(ben, f"{path}/waive").status_code == 422
    assert send(ben, f"{path}/waive", reason="Landlord insures").status_code == 303
    assert "waived" in text_of(ben.get(path))
    assert send(ben, f"{path}/undo", reason="Not so").status_code == 303
    with office.tracker.reading() as session:
        assert session.get_one(Deadline, due).state is State.OPEN


def test_a_fact_moves_dates_and_says_how_many(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    fields = {"kind": "complaint_received", "day": "2026-11-20", "by": "them", "how": "", "subject": "Lift"}
    answer = send(ben, f"/contracts/{lease}/facts", **fields)
    page = text_of(ben.get(answer.location))
    assert "Recorded: 1 appeared." in page
    assert "25 Nov 2026" in page, "five days after 20 November"
    assert "recorded a fact" in page


def seen(shown: TestResponse) -> str:
    """What a page that asks to look first would confirm."""
    return text_of(shown).partition('name="confirmed" value="')[2].partition('"')[0]


def test_an_odd_fact_asks_first(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    fields = {"kind": "complaint_received", "day": "2023-01-01", "by": "", "how": ""}
    answer = send(ben, f"/contracts/{lease}/facts", **fields)
    assert answer.status_code == 422
    assert "before the contract was signed" in text_of(answer)
    assert 'value="2023-01-01"' in text_of(answer)
    confirmed = seen(answer)
    assert (
        send(ben, f"/contracts/{lease}/facts", confirmed=confirmed, **{**fields, "day": "2023-01-02"}).status_code
        == 422
    )
    assert send(ben, f"/contracts/{lease}/facts", confirmed=confirmed, **fields).status_code == 303


def test_a_fact_is_corrected_and_withdrawn(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    send(ben, f"/contracts/{lease}/facts", kind="complaint_received", day="2026-11-20", by="", how="")
    path = f"/contracts/{lease}/facts/complaint_received-1"
    assert 'value="2026-11-20"' in text_of(ben.get(path))
    correction = {"kind": "complaint_received", "day": "2026-11-18", "by": "", "how": ""}
    shown = send(ben, path, **correction)
    assert "1 deadline moves" in text_of(shown)
    assert send(ben, path, confirmed=seen(shown), **correction).status_code == 303
    assert "23 Nov 2026" in text_of(ben.get(f"/contracts/{lease}"))
    assert send(ben, f"{path}/withdraw").status_code == 303
    page = text_of(ben.get(f"/contracts/{lease}"))
    assert "corrected a fact" in page
    assert "withdrew a fact" in page
    assert ben.get(path).status_code == 404


def test_today_counts_each_deadline_in_one_band_and_each_tile_leads_to_its_list(office: Office, lease: int) -> None:
    page = text_of(office.sit("Ana").get("/"))
    tiles = dict(re.findall(r'href="/obligations/\?band=(\w+)"><b>(\d+)</b>', page))
    assert set(tiles) == {"overdue", "30", "60", "90"}
    for band, number in tiles.items():
        listed = text_of(office.sit("Ana").get(f"/obligations/?band={band}"))
        assert len(re.findall(r'class="what"', listed)) == int(number), band
    # 60 days before 31 January 2027 is 2 December; the insurance ends on 15 December.
    assert tiles["30"] == "2"


def test_today_asks_the_database_the_same_number_of_questions_however_many_contracts(office: Office) -> None:
    def questions() -> int:
        ana = office.sit("Ana")
        with asked_of(office.tracker.database.engine) as asked:
            ana.get("/")
        return len(asked)

    office.record(LEASE)
    first = questions()
    for number in range(12):
        office.record(LEASE, number=f"L-{number}-more")
    assert questions() == first


def test_long_lists_come_in_pages_that_keep_their_filters(office: Office) -> None:
    many = [{"code": "report", "side": "us", "due": f"on 2027-01-{1 + n % 28:02}"} for n in range(60)]
    office.record({**LEASE, "obligations": many})
    ana = office.sit("Ana")
    first = text_of(ana.get("/obligations/?code=report"))
    assert "60 entries · page 1 of 2" in first
    assert 'href="/obligations/?code=report&amp;page=2"' in first
    second = text_of(ana.get("/obligations/?code=report&page=2"))
    assert len(re.findall(r'class="what"', second)) == 10
    for wrong in ("0", "-1", "x", "99999999999", "²"):
        assert ana.get(f"/obligations/?page={wrong}").status_code == 200


def test_a_feed_s_address_is_shown_once_and_works(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    page = text_of(send(ana, "/calendar/", label="Deadlines", detail="full", side="", done="1"))
    address = re.search(r"http://localhost(/feeds/[\w-]+/Deadlines\.ics)", page)
    assert address is not None
    assert "webcal://localhost/feeds/" in page
    assert b"BEGIN:VCALENDAR" in office.browser().get(address[1]).data
    listed = text_of(ana.get("/calendar/"))
    assert "Deadlines" in listed
    assert address[1].split("/")[2] not in listed
    rotate = re.search(r'action="(/calendar/\d+/rotate)"', listed)
    assert rotate is not None
    again = re.search(r"http://localhost(/feeds/[\w-]+/Deadlines\.ics)", text_of(send(ana, rotate[1])))
    assert again is not None
    assert office.browser().get(address[1]).status_code == 410
    assert office.browser().get(again[1]).status_code == 200
    revoke = re.search(r'href="(/calendar/\d+/revoke)"', text_of(ana.get("/calendar/")))
    assert revoke is not None
    assert "?" in text_of(ana.get(revoke[1])), "asked first"
    send(ana, revoke[1])
    assert office.browser().get(again[1]).status_code == 410
