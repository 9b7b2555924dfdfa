"""Amending a contract by the form, the page of an amendment, and the look back, as people meet them."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_contract_form import again, fields_of, submit
from tracker.actions.documents import document_of
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State

RENT = {"key": "rent", "code": "payment", "side": "us", "due": "10 days after period_end", "every": "3 months"}
LATER = {"change": "amendment", "amendment.title": "Later rent", "amendment.signed": "2026-11-02"}


@pytest.fixture
def rented(office: Office) -> int:
    """Three years from February 2024, rent every quarter, today being 22 November 2026."""
    return office.record({**LEASE, "renewal": None, "obligations": [RENT]}, "Ben")


def edit(contract_id: int) -> str:
    return f"/contracts/{contract_id}/edit?every=1"


def due_days(office: Office) -> dict[str, str]:
    query = select(Deadline.key, Deadline.legal).where(Deadline.code == "payment", Deadline.state != State.WITHDRAWN)
    with office.tracker.reading() as session:
        return {key: str(day) for key, day in session.execute(query)}


def written(office: Office, contract_id: int) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(session.get_one(Contract, contract_id))


def amend(office: Office, contract_id: int, effective: str = "2026-11-01", **fields: str) -> None:
    ben = office.sit("Ben")
    wanted = {**LATER, "amendment.effective": effective, "obligations[0].period": "15 days", **fields}
    shown = submit(ben, edit(contract_id), **wanted)
    assert shown.status_code == 200, text_of(shown)
    assert again(ben, edit(contract_id), shown).status_code == 303


def test_an_amendment_is_looked_at_and_then_recorded(office: Office, rented: int) -> None:
    ben = office.sit("Ben")
    wanted = {**LATER, "amendment.effective": "2026-11-01", "obligations[0].period": "15 days"}
    shown = submit(ben, edit(rented), **wanted)
    page = text_of(shown)
    assert "1 deadline moves" in page, "only the quarter from November"
    assert "The amendment takes effect before it was signed." in page
    assert due_days(office)["rent/12"] == "2027-02-10"
    assert again(ben, edit(rented), shown).status_code == 303
    assert (due_days(office)["rent/11"], due_days(office)["rent/12"]) == ("2026-11-10", "2027-02-15")
    page = text_of(ben.get(f"/contracts/{rented}"))
    assert "Later rent" in page
    assert "recorded an amendment" in page


def test_what_was_confirmed_is_what_is_recorded(office: Office, rented: int) -> None:
    """Another day of effect after looking is another amendment: it is looked at anew."""
    ben = office.sit("Ben")
    wanted = {**LATER, "amendment.effective": "2026-11-01", "obligations[0].period": "15 days"}
    shown = submit(ben, edit(rented), **wanted)
    assert again(ben, edit(rented), shown, **{"amendment.effective": "2026-08-01"}).status_code == 200
    assert "amendments" not in written(office, rented)


def test_a_correction_is_no_amendment(office: Office, rented: int) -> None:
    ben = office.sit("Ben")
    shown = submit(ben, edit(rented), **{"obligations[0].period": "15 days", "amendment.title": "Not meant"})
    assert again(ben, edit(rented), shown).status_code == 303
    assert "amendments" not in written(office, rented)
    assert set(due_days(office).values()) >= {"2024-05-15", "2027-02-15"}


def test_what_is_missing_of_an_amendment_is_told_and_what_was_typed_stays(office: Office, rented: int) -> None:
    ben = office.sit("Ben")
    fields = {"change": "amendment", "amendment.title": "Later rent", "amendment.effective": "soon"}
    answer = submit(ben, edit(rented), **fields, **{"obligations[0].period": "15 days"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'id="amendment.signed-error"' in page
    assert 'id="amendment.effective-error"' in page
    assert '<a href="#amendment.effective">In effect from</a>' in page
    for kept in ('value="Later rent"', 'value="soon"', 'value="15 days"'):
        assert kept in page
    assert "amendments" not in written(office, rented)


def test_an_amendment_of_an_earlier_day_starts_from_the_terms_of_that_day(office: Office, rented: int) -> None:
    amend(office, rented, "2026-11-01")
    ben = office.sit("Ben")
    earlier = {**LATER, "amendment.signed": "2026-02-02", "amendment.effective": "2026-05-01"}
    refused = submit(ben, edit(rented), **earlier, **{"obligations[0].amount": "9000 CNY"})
    assert refused.status_code == 422
    assert "Another amendment is on record for a later day." in text_of(refused)
    path = f"/contracts/{rented}/edit?every=1&effective=2026-05-01&signed=2026-02-02"
    assert path.replace("&", "&amp;") in text_of(refused)
    page = text_of(ben.get(path))
    assert 'value="10 days"' in page, "the terms before both"
    shown = submit(ben, path, **earlier, **{"obligations[0].amount": "9000 CNY"})
    assert again(ben, path, shown).status_code == 303
    found = written(office, rented)
    assert [item["effective"] for item in found["amendments"]] == ["2026-05-01", "2026-11-01"]
    assert found["obligations"][0]["amount"] == "9000 CNY"
    assert found["obligations"][0]["due"] == "15 days after period_end"
    assert due_days(office)["rent/12"] == "2027-02-15"


def test_the_way_to_an_amendment_leaves_its_days_to_be_filled_in(office: Office, rented: int) -> None:
    ben = office.sit("Ben")
    path = f"/contracts/{rented}/edit?every=1&amend=1"
    assert path.replace("&", "&amp;") in text_of(ben.get(f"/contracts/{rented}"))
    fields = fields_of(text_of(ben.get(path)))
    wanted = ("change", "amendment.signed", "amendment.effective")
    assert [fields[name] for name in wanted] == ["amendment", "", ""]


def test_a_change_that_was_signed_is_recorded_as_a_fact_where_that_is_wished(office: Office, rented: int) -> None:
    amend(office, rented, **{"amendment.as_fact": "1"})
    facts = [(fact["kind"], fact["day"]) for fact in written(office, rented)["facts"]]
    assert ("contract_change_signed", "2026-11-02") in facts


def test_a_deadline_under_the_old_terms_says_so_and_quotes_them(office: Office) -> None:
    quoted = {**RENT, "reference": "5.1", "quote": "within ten days"}
    rented = office.record({**LEASE, "renewal": None, "obligations": [quoted]}, "Ben")
    amend(office, rented, **{"obligations[0].reference": "5.1a", "obligations[0].quote": "within fifteen days"})
    query = select(Deadline.key, Deadline.id).where(Deadline.key.in_(("rent/11", "rent/12")))
    with office.tracker.reading() as session:
        numbers = {row.key: row.id for row in session.execute(query)}
    vera = office.sit("Vera")
    old, new = (text_of(vera.get(f"/obligations/{numbers[key]}")) for key in ("rent/11", "rent/12"))
    assert "within ten days" in old
    assert "under the terms before this amendment" in old
    assert "Later rent" in old
    assert "within fifteen days" in new
    assert "under the terms before this amendment" not in new


def test_the_page_of_an_amendment_tells_what_it_changed(office: Office, rented: int) -> None:
    amend(office, rented)
    page = text_of(office.sit("Vera").get(f"/contracts/{rented}/amendments/amendment-1"))
    assert "10 days after: end of each period" in page
    assert "15 days after: end of each period" in page
    assert "Put its particulars right" not in page, "Vera may only look"


def test_the_day_of_an_amendment_is_put_right_after_a_look(office: Office, rented: int) -> None:
    amend(office, rented)
    ben, path = office.sit("Ben"), f"/contracts/{rented}/amendments/amendment-1"
    fields = {"title": "Later rent", "signed": "2026-08-01", "effective": "2026-08-01", "note": "As signed"}
    shown = send(ben, path, **fields)
    page = text_of(shown)
    assert "1 deadline moves" in page
    assert due_days(office)["rent/11"] == "2026-11-10"
    mark = page.partition('name="confirmed" value="')[2].partition('"')[0]
    assert send(ben, path, **fields, confirmed=mark).status_code == 303
    assert due_days(office)["rent/11"] == "2026-11-15"
    assert send(ben, path, **{**fields, "title": ""}).status_code == 422


def test_an_amendment_that_was_never_agreed_is_taken_back(office: Office, rented: int) -> None:
    before = written(office, rented)
    amend(office, rented)
    ben, path = office.sit("Ben"), f"/contracts/{rented}/amendments/amendment-1"
    assert "It was never agreed" in text_of(ben.get(path))
    assert send(ben, f"{path}/withdraw").status_code == 303
    assert written(office, rented) == before
    assert ben.get(path).status_code == 404
    assert "withdrew an amendment" in text_of(ben.get(f"/contracts/{rented}"))


def test_a_look_back_shows_the_terms_and_deadlines_of_the_day(office: Office, rented: int) -> None:
    amend(office, rented, "2026-11-01", **{"amendment.signed": "2026-10-20"})
    vera = office.sit("Vera")
    before = text_of(vera.get(f"/contracts/{rented}/as-of?day=2026-10-31"))
    assert "This is a look back" in before
    assert "10 days after: end of each period" in before
    assert "Later rent" in before, "agreed, though not in effect"
    assert "15 days after: end of each period" in text_of(vera.get(f"/contracts/{rented}/as-of?day=2026-11-01"))
    assert "Later rent" not in text_of(vera.get(f"/contracts/{rented}/as-of?day=2026-10-19"))


def test_a_look_back_names_holidays_in_the_language_of_the_reader(office: Office) -> None:
    care = {"key": "care", "code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["mid-autumn"]}
    law = {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"}
    contract, vera = office.record(LEASE, law=law, obligations=[care]), office.sit("Vera")
    send(vera, "/preferences", language="zh-Hans")
    page = text_of(vera.get(f"/contracts/{contract}/as-of?day=2026-10-01"))
    assert "中秋节" in page
    assert "Mid-Autumn" not in page


@pytest.mark.parametrize(("day", "told"), [("2027-01-01", "still to come"), ("3/5/26", "3/5/26")])
def test_a_day_that_cannot_be_looked_back_to_is_told(office: Office, rented: int, day: str, told: str) -> None:
    answer = office.sit("Ben").get(f"/contracts/{rented}/as-of?day={day}")
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_a_look_back_without_a_day_is_at_today(office: Office, rented: int) -> None:
    assert "As it stood on 22 Nov 2026" in text_of(office.sit("Ben").get(f"/contracts/{rented}/as-of"))


def test_who_may_amend_and_look_back(office: Office, rented: int) -> None:
    amend(office, rented)
    closed = office.record({**LEASE, "number": "S-9", "access": {"only": []}}, "Ben")
    vera, cleo = office.sit("Vera"), office.sit("Cleo")
    fields = {"title": "Mine", "signed": "2026-08-01", "effective": "2026-08-01"}
    for path in (f"/contracts/{rented}/amendments/amendment-1", f"/contracts/{rented}/amendments/amendment-1/withdraw"):
        assert send(vera, path, **fields).status_code == 403
    for path in (f"/contracts/{closed}/amendments/amendment-1", f"/contracts/{closed}/as-of?day=2026-11-01"):
        assert cleo.get(path).status_code == 404
