"""Before a term or a fact is saved, the browser shows which deadlines appear, move and go, and why."""

import re
from typing import Any

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_completion import seen

ENDED = {"kind": "ended", "day": "2026-11-20", "by": "", "how": "agreement"}


def test_a_fact_that_moves_what_stands_is_shown_before_it_is_recorded(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    shown = send(ben, f"/contracts/{lease}/facts", **ENDED)
    page = text_of(shown)
    assert shown.status_code == 200
    assert "deadlines are withdrawn" in page or "deadline is withdrawn" in page
    assert "It no longer follows from what is recorded." in page
    assert "moves" in page
    assert "recorded a fact" not in text_of(ben.get(f"/contracts/{lease}"))
    assert send(ben, f"/contracts/{lease}/facts", confirmed=seen(shown), **ENDED).status_code == 303
    assert "recorded a fact" in text_of(ben.get(f"/contracts/{lease}"))


def test_a_mistake_in_a_fact_is_brought_into_view_wherever_on_the_page_its_form_stands(
    office: Office, lease: int
) -> None:
    answer = send(office.sit("Ben"), f"/contracts/{lease}/facts", kind="complaint_received", day="3/5/26")
    assert answer.status_code == 422
    (summary,) = re.findall(r'<div class="note bad" role="alert"[^>]*>', text_of(answer))
    assert "autofocus" in summary


def test_a_fact_that_only_adds_is_recorded_at_once_and_shown_on_request(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    fields = {"kind": "complaint_received", "day": "2026-11-20", "by": "them", "how": ""}
    shown = send(ben, f"/contracts/{lease}/facts", do="preview", **fields)
    page = text_of(shown)
    assert "1 deadline appears" in page
    assert "5 days after 20 Nov 2026: 25 Nov 2026" in page
    assert "recorded a fact" not in text_of(ben.get(f"/contracts/{lease}"))
    assert send(ben, f"/contracts/{lease}/facts", **fields).status_code == 303


def test_what_a_fact_settles_is_told_once_it_is_recorded(office: Office) -> None:
    renewal = {"mode": "automatic", "length": "1 year", "notice": [{"side": "us", "at_least": "60 days"}]}
    contract, ben = office.record(LEASE, renewal=renewal), office.sit("Ben")
    fields = {"kind": "notice_not_to_renew", "day": "2026-11-20", "by": "us", "how": ""}
    shown = send(ben, f"/contracts/{contract}/facts", **fields)
    assert "1 deadline is settled" in text_of(shown)
    send(ben, f"/contracts/{contract}/facts", confirmed=seen(shown), **fields)
    assert "1 is settled" in text_of(ben.get(f"/contracts/{contract}"))
    send(ben, f"/contracts/{contract}/facts", kind="complaint_received", day="2026-11-20", by="them", how="")
    assert "settled." not in text_of(ben.get(f"/contracts/{contract}"))


def test_the_page_of_a_fact_tells_what_goes_without_it(office: Office) -> None:
    document: dict[str, Any] = {
        **LEASE,
        "facts": [*LEASE["facts"], {"kind": "complaint_received", "day": "2026-11-20"}],
    }
    number = office.record(document)
    page = text_of(office.sit("Ben").get(f"/contracts/{number}/facts/complaint_received-1"))
    assert "It never happened" in page
    assert "25 Nov 2026" in page
    assert "It no longer follows from what is recorded." in page


def test_somebody_who_only_reads_tries_nothing(office: Office, lease: int) -> None:
    assert send(office.sit("Vera"), f"/contracts/{lease}/facts", do="preview", **ENDED).status_code == 403
