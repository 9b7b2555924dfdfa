"""Working days in the browser: coverage, a year's arrangement, the organisation's own days."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.actions.test_calendar_years import ARRANGEMENT_2027
from tests.web.conftest import LEASE, Office, csrf, send, text_of
from tracker.actions.coverage import coverage
from tracker.records.deadlines import Deadline

SUPPLY: dict[str, Any] = {
    **LEASE,
    "number": "S-7",
    "title": "Supply",
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "term": None,
    "renewal": None,
    "obligations": [{"code": "report", "side": "us", "due": "on 2027-02-10"}],
}
OWN = {**SUPPLY, "law": {**SUPPLY["law"], "calendar": "CN+OWN"}}


def check(client: FlaskClient, text: str = ARRANGEMENT_2027, **more: str) -> str:
    """The dry run of a year."""
    return text_of(send(client, "/calendars/years", place="CN", year="2027", text=text, **more))


def checked(page: str) -> str:
    """What the dry run would have confirmed."""
    return page.partition('name="checked" value="')[2].partition('"')[0]


def last_known(office: Office) -> int | None:
    with office.tracker.reading() as session:
        return next(one.last for one in coverage(session, office.actor("Ana")) if one.place == "CN")


def act_by(office: Office, contract_id: int) -> date | None:
    with office.tracker.reading() as session:
        return session.get_one(Deadline, office.deadline(contract_id, "report")).act_by


def test_everybody_reads_what_is_known_and_only_administrators_may_enter(office: Office) -> None:
    office.record({**SUPPLY})
    for who in ("Ana", "Vera"):
        page = text_of(office.sit(who).get("/calendars/"))
        assert "China (CN)" in page
        assert "2001 to 2026" in page
        assert "1 deadline beyond" in page
        assert ("Check it" in page) is (who == "Ana")
    for path in ("/calendars/years", "/calendars/own"):
        assert send(office.sit("Ben"), path, day="2026-12-01", kind="off").status_code == 403


def test_a_year_is_looked_at_before_it_is_entered(office: Office) -> None:
    contract_id = office.record({**SUPPLY})
    ana = office.sit("Ana")
    page = check(ana)
    assert "21 days off" in page
    assert "3 make-up workdays" in page
    assert "1 deadline moves" in page
    assert last_known(office) == 2026, "a dry run enters nothing"
    fields = {"place": "CN", "year": "2027", "text": ARRANGEMENT_2027, "checked": checked(page)}
    entered = send(ana, "/calendars/years", **fields)
    assert entered.status_code == 303
    assert last_known(office) == 2027
    assert act_by(office, contract_id) == date(2027, 2, 4)
    page = text_of(ana.get(entered.location))
    assert "1 deadline moved" in page
    assert 'datetime="2027-02-10"' in page
    assert 'datetime="2027-02-04"' in page
    assert "counted dates anew" in text_of(ana.get(f"/contracts/{contract_id}"))


def test_what_was_not_shown_is_not_entered(office: Office) -> None:
    office.record({**SUPPLY})
    ana = office.sit("Ana")
    mark = checked(check(ana))
    changed = ARRANGEMENT_2027.replace("3月", "4月").replace("至11日（周四）放假调休，共7天", "至10日（周三）放假")
    page = check(ana, changed, checked=mark)
    assert "20 days off" in page
    assert last_known(office) == 2026


def test_a_line_that_cannot_be_right_is_named(office: Office) -> None:
    office.record({**SUPPLY})
    page = check(office.sit("Ana"), ARRANGEMENT_2027.replace("4月5日（周一）", "4月5日（周二）"))
    assert "line 3:" in page
    assert "Enter it so" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_arrangement_may_come_as_a_file_in_any_usual_encoding(office: Office, encoding: str) -> None:
    office.record({**SUPPLY})
    ana = office.sit("Ana")
    file = (BytesIO(ARRANGEMENT_2027.encode(encoding)), "2027.txt")
    data = {"csrf_token": csrf(ana), "place": "CN", "year": "2027", "text": "", "file": file}
    assert "21 days off" in text_of(ana.post("/calendars/years", data=data))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"place": "MARS", "year": "2027", "text": "x"}, "Write one country"),
        ({"place": "CN+HK", "year": "2027", "text": "x"}, "Write one country"),
        ({"place": "CN", "year": "next", "text": "x"}, "Write a whole number."),
        ({"place": "CN", "year": "2027", "text": ""}, "Paste the arrangement"),
        ({"place": "CN", "year": "2026", "text": "2026-01-01,off"}, "known already"),
    ],
)
def test_a_form_that_is_wrong_says_why(office: Office, fields: dict[str, str], said: str) -> None:
    answer = send(office.sit("Ana"), "/calendars/years", **fields)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_own_days_are_added_and_removed_and_move_what_rests_on_them(office: Office) -> None:
    contract_id = office.record({**OWN, "obligations": [{"code": "report", "side": "us", "due": "on 2026-12-18"}]})
    ana = office.sit("Ana")
    added = send(ana, "/calendars/own", day="2026-12-18", kind="off", name="Founders’ day")
    assert "1 deadline moved" in text_of(ana.get(added.location))
    assert act_by(office, contract_id) == date(2026, 12, 17)
    assert "Founders’ day" in text_of(office.sit("Vera").get("/calendars/"))
    send(ana, "/calendars/own", day="2026-12-18", kind="drop")
    assert act_by(office, contract_id) == date(2026, 12, 18)
    assert send(ana, "/calendars/own", day="tomorrow", kind="off").status_code == 422


def test_the_first_page_warns_administrators_before_working_days_run_out(office: Office) -> None:
    office.record({**SUPPLY})
    assert "working days known to the end of 2026" in text_of(office.sit("Ana").get("/"))
    assert "working days known" not in text_of(office.sit("Ben").get("/"))


def test_a_change_that_never_was_is_not_found(office: Office) -> None:
    for address in ("/calendars/recounted", "/calendars/recounted?event=x", "/calendars/recounted?event=1"):
        assert office.sit("Ana").get(address).status_code == 404
