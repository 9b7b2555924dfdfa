"""Adding and changing a contract by the form."""

import html
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.conftest import LEASE, Office, send, text_of
from tracker.actions.documents import document_of
from tracker.actions.shelf import open_contract
from tracker.records.contracts import Access, Contract
from tracker.records.deadlines import Deadline, State


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the contract form as the page shows it."""
    form = page.split('class="columns editor"', 1)[1].split("</form>", 1)[0]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if 'type="radio"' in tag or 'type="checkbox"' in tag:
            if " checked" in tag:
                fields[name] = value
        else:
            fields[name] = value
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"([^>]*)>', inner)
        chosen = [value for value, rest in options if "selected" in rest]
        fields[html.unescape(name)] = html.unescape(chosen[-1] if chosen else options[0][0])
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[html.unescape(name)] = html.unescape(inner)
    return fields


def attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return html.unescape(match[1]) if match else ""


def submit(client: FlaskClient, path: str, do: str = "save", **changes: str) -> TestResponse:
    """Open the form at a path, change some fields, and send it. `__` stands for a dot, `_0_` for `[0].`."""
    return send(client, path, **{**fields_of(text_of(client.get(path))), **changes, "do": do})


def again(client: FlaskClient, path: str, answer: TestResponse, do: str = "save", **changes: str) -> TestResponse:
    """Send the form that came back."""
    return send(client, path, **{**fields_of(text_of(answer)), **changes, "do": do})


NEW = "/contracts/new?kind=customer-maintenance"
FILLED = {
    "number": "M-1",
    "title": "维护协议 Maintenance",
    "parties[0].name": "Hengtai",
    "signed_on": "2026年1月5日",
    "term.length": "1 year",
    "term.first_day_counts": "yes",
    "renewal.mode": "automatic",
    "renewal.cap": "3",
    "renewal.notice[0].side": "us",
    "renewal.notice[0].at_least": "30 days",
    "obligations[0].has": "1",
    "obligations[0].period": "10 days",
    "obligations[0].anchor": "invoice_received",
    "law.calendar": "NONE",
    "law.counting": "plain",
    "tracked_from": "2026-11-01",
}


def contracts(office: Office) -> list[Contract]:
    with office.tracker.reading() as session:
        return [open_contract(session, office.actor("Ana"), row.id) for row in session.scalars(select(Contract))]


def days(office: Office, code: str) -> list[date | None]:
    with office.tracker.reading() as session:
        query = select(Deadline).where(Deadline.code == code, Deadline.state != State.WITHDRAWN)
        return [row.legal for row in session.scalars(query.order_by(Deadline.legal))]


def test_the_kind_comes_first_and_brings_its_rows(office: Office) -> None:
    ana = office.sit("Ana")
    choose = text_of(ana.get("/contracts/new"))
    assert "/contracts/new/customer-maintenance" in choose
    fields = fields_of(text_of(ana.get(NEW)))
    codes = [value for name, value in fields.items() if name.endswith(".code") and value]
    assert "follow-up-visit" in codes
    assert not any(fields.get(f"obligations[{n}].period") for n in range(10)), "a number is never suggested"


def test_four_fields_are_enough(office: Office) -> None:
    changes = {"number": "A-1", "title": "Short", "parties[0].name": "Other", "parties[1].name": "Acme"}
    answer = submit(office.sit("Ana"), NEW, **changes)
    assert answer.status_code == 303
    (kept,) = contracts(office)
    assert [party.name for party in kept.parties] == ["Other", "Acme"]
    assert kept.kind == "customer-maintenance"
    assert kept.owner is not None
    assert kept.owner.name == "Ana"
    assert not [clause for clause in kept.clauses if clause.type == "obligations"], "unticked rows are left out"


def test_a_filled_form_brings_its_deadlines(office: Office) -> None:
    answer = submit(office.sit("Ana"), NEW, **FILLED)
    assert answer.status_code == 303, text_of(answer)
    (kept,) = contracts(office)
    assert kept.title == "维护协议 Maintenance"
    assert [fact.day for fact in kept.facts] == [date(2026, 1, 5)]
    # One year from 5 January 2026, that day counted, ends on 4 January 2027; notice at least 30 days before it.
    assert days(office, "term-end")[0] == date(2027, 1, 4)
    assert days(office, "renewal-intention")[0] == date(2026, 12, 5)
    page = text_of(office.sit("Ben").get(answer.location))
    assert "4 Jan 2027" in page
    assert "How was this worked out?" in page


def test_the_preview_shows_dates_and_saves_nothing(office: Office) -> None:
    ana = office.sit("Ana")
    page = text_of(submit(ana, NEW, "preview", **FILLED))
    assert "5 Dec 2026" in page
    assert fields_of(page)["title"] == FILLED["title"]
    assert contracts(office) == []
    fragment = text_of(send(ana, "/contracts/preview", **{**fields_of(page), "term.length": "2 years"}))
    assert "<html" not in fragment
    assert "4 Jan 2028" in fragment


def test_the_preview_warns_of_days_that_have_passed_and_says_how_to_leave_them_out(office: Office) -> None:
    ana = office.sit("Ana")
    old = {**FILLED, "signed_on": "2020-01-05", "tracked_from": "", "renewal.cap": "20"}
    warned = html.unescape(text_of(submit(ana, NEW, "preview", **old)))
    assert "days to act have passed already" in warned
    assert "Follow from" in warned
    assert "passed already" not in text_of(submit(ana, NEW, "preview", **{**old, "tracked_from": "2026-11-01"}))


def test_the_preview_says_when_to_send_what_has_to_arrive(office: Office) -> None:
    sent = {"delivery[0].method": "courier", "delivery[0].allowance": "5 days", "delivery[0].counts_on": "receipt"}
    page = text_of(submit(office.sit("Ana"), NEW, "preview", **FILLED, **sent))
    assert "To arrive by 5 Dec 2026 it is sent by 30 Nov 2026, allowing 5 days for the way" in page
    there = {"delivery[0].calendar": "HK", "delivery[0].zone": "Pacific/Auckland", "delivery[0].cut_off": "17：00"}
    page = text_of(submit(office.sit("Ana"), NEW, "preview", **FILLED, **sent, **there))
    assert "it is sent by 28 Nov 2026" in page
    assert 'value="17：00"' in page


def test_a_preview_of_too_little_says_what_is_missing(office: Office) -> None:
    page = text_of(submit(office.sit("Ana"), NEW, "preview"))
    assert "Not enough yet" in page
    assert "Number: This is needed." in page


def test_another_row_is_added_without_losing_anything(office: Office) -> None:
    ana = office.sit("Ana")
    page = text_of(submit(ana, NEW, "add", **FILLED))
    before, after = fields_of(text_of(ana.get(NEW))), fields_of(page)
    assert sum(name.endswith(".code") for name in after) == sum(name.endswith(".code") for name in before) + 1
    assert {name: after.get(name) for name in FILLED} == FILLED


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"number": ""}, "This is needed"),
        ({"parties[0].name": ""}, "This is needed"),
        ({"number": "M-1\r\nBcc: x"}, "without control characters"),
        ({"parties[0].name": "Other\u202edtL"}, "without control characters"),
        ({"title": "x" * 600}, "too long"),
        ({"term.end": "2025-02-30"}, "no such day"),
        ({"term.end": "3/5/26"}, "2026-03-05 / 2026-05-03"),
        ({"term.start": "2026-05-01", "term.end": "2026-04-01"}, "the term ends before it starts"),
        ({"term.length": "-3 years"}, "period"),
        ({"term.length": "a while"}, "period"),
        ({"renewal.cap": "many"}, "Write a whole number"),
        ({"renewal.mode": "sometimes"}, "Write one of"),
        ({"effect.mode": "date"}, "This is needed"),
        ({"effect.mode": "conditions", "effect.conditions": " "}, "This is needed"),
        ({"obligations[0].anchor": ""}, "Say from when it is counted"),
        ({"obligations[0].amount": "lots"}, "amount"),
        ({"law.calendar": "XX"}, "Unknown calendar"),
        ({"owner": "ghost@acme.example"}, "Nobody here has the address"),
        ({"signed_on": "yesterday"}, "not a date"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost_or_saved(
    office: Office, changes: dict[str, str], told: str
) -> None:
    answer = submit(office.sit("Ana"), NEW, **{**FILLED, **changes})
    assert answer.status_code == 422
    page = html.unescape(text_of(answer))
    assert told in page
    assert 'role="alert"' in page
    shown = fields_of(text_of(answer))
    typed = {**FILLED, **changes}
    assert {name: shown.get(name, "") for name in typed} == typed
    assert contracts(office) == []


def test_every_mistake_is_told_at_once_and_each_at_its_own_field(office: Office) -> None:
    wrong = {"signed_on": "3/5/26", "term.length": "-3 years", "obligations[0].anchor": "", "number": "",
             "term.start": "2026-05-01", "term.end": "2026-04-01"}  # fmt: skip
    page = html.unescape(text_of(submit(office.sit("Ana"), NEW, **{**FILLED, **wrong})))
    assert "5 things need another look" in page
    assert "Say from when it is counted" in page
    for field in ("signed_on", "term.length", "term.end", "number"):
        assert re.search(rf'name="{re.escape(field)}"[^>]*aria-invalid="true"', page), field
    assert "Fact 1" not in page
    assert re.search(r">Obligation 1 \([A-Z][^)]+\)</a>: Say from when", page), "which one it is, not its number alone"


def test_a_number_in_use_is_told(office: Office, lease: int) -> None:
    answer = submit(office.sit("Ana"), NEW, **{**FILLED, "number": "L-7"})
    assert "taken by another contract" in text_of(answer)


def test_sending_the_form_twice_records_one_contract(office: Office) -> None:
    ana = office.sit("Ana")
    fields = {**fields_of(text_of(ana.get(NEW))), **FILLED, "do": "save"}
    first, second = send(ana, "/contracts/new", **fields), send(ana, "/contracts/new", **fields)
    assert first.location == second.location
    assert len(contracts(office)) == 1


def test_what_is_odd_but_lawful_is_saved_once_it_was_confirmed(office: Office) -> None:
    ana = office.sit("Ana")
    odd = {**FILLED, "renewal.notice[0].at_least": "400 days"}
    answer = submit(ana, NEW, **odd)
    assert answer.status_code == 422
    assert "The notice period is longer than the term" in text_of(answer)
    assert contracts(office) == []
    assert again(ana, "/contracts/new", answer).status_code == 303
    assert len(contracts(office)) == 1


def test_a_confirmation_covers_only_what_was_shown(office: Office) -> None:
    ana = office.sit("Ana")
    answer = submit(ana, NEW, **{**FILLED, "renewal.notice[0].at_least": "400 days"})
    changed = again(ana, "/contracts/new", answer, **{"renewal.notice[0].at_least": "500 days"})
    assert changed.status_code == 422
    assert contracts(office) == []


def test_before_a_change_is_saved_the_deadlines_that_move_are_shown(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    path = f"/contracts/{lease}/edit"
    answer = submit(ana, path, **{"term.length": "4 years"})
    page = html.unescape(text_of(answer))
    assert "Look before it is saved" in page
    assert "31 Jan 2027" in page
    assert "31 Jan 2028" in page
    assert days(office, "term-end") == [date(2027, 1, 31)], "nothing is saved yet"
    assert again(ana, path, answer).status_code == 303
    assert days(office, "term-end") == [date(2028, 1, 31)]


def test_opening_and_saving_a_contract_changes_nothing(office: Office, lease: int) -> None:
    def document() -> dict[str, Any]:
        with office.tracker.reading() as session:
            return document_of(open_contract(session, office.actor("Ana"), lease))

    before = document()
    assert submit(office.sit("Ana"), f"/contracts/{lease}/edit").status_code == 303
    assert document() == before


def test_what_the_form_does_not_show_is_kept(office: Office) -> None:
    rich: dict[str, Any] = {
        **LEASE,
        "tags": ["rent"],
        "fields": {"floor": "12"},
        "parties": [
            {"role": "A", "name": "Acme", "us": True, "bank": "HSBC 1"},
            {"role": "B", "name": "Harbour Estates", "representative": "Mr Lee"},
        ],
        "obligations": [
            {"code": "payment", "side": "us", "due": "on period_start", "every": "1 month", "late_rate": "2%"},
            {"code": "own-handover", "title": "Hand over", "side": "us", "due": "within 15 days before term_end"},
        ],
    }
    contract_id = office.record(rich)
    path = f"/contracts/{contract_id}/edit"
    assert submit(office.sit("Ana"), path, title="Office lease, 12/F").status_code == 303
    with office.tracker.reading() as session:
        kept = document_of(open_contract(session, office.actor("Ana"), contract_id))
    assert kept["title"] == "Office lease, 12/F"
    assert (kept["tags"], kept["fields"], kept["parties"]) == (rich["tags"], rich["fields"], rich["parties"])
    for row, given in zip(kept["obligations"], rich["obligations"], strict=True):
        assert {name: row.get(name) for name in given} == given


def test_a_kind_that_brings_no_obligations_is_shown_with_every_term_and_no_excuse(office: Office, lease: int) -> None:
    page = text_of(office.sit("Ana").get(f"/contracts/{lease}/edit"))
    assert 'name="obligations[0].code"' in page
    assert "Every term is shown" not in page


def test_an_obligation_can_be_left_out(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    path = f"/contracts/{lease}/edit"
    answer = submit(ana, path, **{"obligations[0].remove": "1"})
    assert "deadline is withdrawn" in text_of(answer)
    assert again(ana, path, answer).status_code == 303
    assert days(office, "insurance") == []
    assert len(days(office, "confidentiality-tail")) == 1


def test_two_people_at_once_do_not_overwrite_each_other(office: Office, lease: int) -> None:
    ana, ben = office.sit("Ana"), office.sit("Ben")
    path = f"/contracts/{lease}/edit"
    stale = fields_of(text_of(ben.get(path)))
    assert submit(ana, path, title="Ana's title").status_code == 303
    answer = send(ben, path, **{**stale, "title": "Ben's title", "do": "save"})
    assert answer.status_code == 409
    assert fields_of(text_of(answer))["title"] == "Ben's title"
    assert contracts(office)[0].title == "Ana's title"
    assert again(ben, path, answer, anyway="1").status_code == 303
    assert contracts(office)[0].title == "Ben's title"


def test_a_contract_can_be_closed_to_all_but_named_people(office: Office, lease: int) -> None:
    ana, path = office.sit("Ana"), f"/contracts/{lease}/edit"
    assert submit(ana, path, access="named", **{"may_see.ben@acme.example": "1"}).status_code == 303
    assert contracts(office)[0].access is Access.NAMED
    seen = {who: office.sit(who).get(f"/contracts/{lease}").status_code for who in ("Ana", "Ben", "Cleo", "Vera")}
    assert seen == {"Ana": 200, "Ben": 200, "Cleo": 404, "Vera": 404}


def test_a_form_that_does_not_say_who_may_see_it_opens_no_contract(office: Office, lease: int) -> None:
    ana, path = office.sit("Ana"), f"/contracts/{lease}/edit"
    submit(ana, path, access="named", **{"may_see.ben@acme.example": "1"})
    assert submit(ana, path, access="", title="Office lease, second floor").status_code == 303
    (found,) = contracts(office)
    assert (found.title, found.access) == ("Office lease, second floor", Access.NAMED)


def test_a_starting_point_that_the_contract_chooses_is_left_open(office: Office) -> None:
    """The form once offered the word “after” itself as a starting point."""
    fields = fields_of(text_of(office.sit("Ana").get("/contracts/new?kind=customer-service")))
    anchors = {value for name, value in fields.items() if name.endswith(".anchor")}
    assert "" in anchors
    assert not anchors & {"after", "before"}


@pytest.mark.parametrize(
    "base",
    [
        '{"parties": 5}',
        '{"parties": ["a"]}',
        '{"renewal": "x"}',
        '{"renewal": {"notice": 1}}',
        '{"term": []}',
        "[" * 9999,
    ],
)
def test_a_form_that_came_back_with_something_else_inside_is_read_as_it_is_shown(office: Office, base: str) -> None:
    answer = submit(office.sit("Ana"), NEW, **{**FILLED, "base": base})
    assert answer.status_code in (303, 422)


def test_a_revision_that_is_no_number_counts_as_outdated(office: Office) -> None:
    ana = office.sit("Ana")
    submit(ana, NEW, **FILLED)
    (kept,) = contracts(office)
    assert submit(ana, f"/contracts/{kept.id}/edit", revision="x", title="New").status_code in (409, 422)


def test_the_form_says_whom_an_obligation_concerns_and_what_it_wants_on_file(office: Office, lease: int) -> None:
    ana, path = office.sit("Ana"), f"/contracts/{lease}/edit"
    said = {
        "paper": "signed-contract", "proof": "required", "priority": "high", "grace": "3 days",
        "owner": "ben@acme.example", "backup": "ana@acme.example", "reviewer": "ana@acme.example",
        "to": "B", "method": "courier", "place": "Riverside Road 12", "pays": "A",
    }  # fmt: skip
    changes = {f"obligations[0].{name}": value for name, value in said.items()}
    first = submit(ana, path, **changes)
    answer = first if first.status_code == 303 else again(ana, path, first)
    assert answer.status_code == 303, text_of(answer)
    with office.tracker.reading() as session:
        contract = open_contract(session, office.actor("Ana"), lease)
        (kept, *others) = document_of(contract)["obligations"]
        row = session.scalars(select(Deadline).where(Deadline.code == "insurance")).one()
        assert (row.paper_kind, row.proof.value, row.priority.value) == ("signed-contract", "required", "high")
    assert {name: kept[name] for name in said} == said
    assert not any(set(said) & set(other) for other in others), "an empty field says nothing"
    page = text_of(ana.get(path))
    assert '<option value="signed-contract" selected>' in page
    assert '<option value="ben@acme.example">Ben</option>' in page, "people to choose from"
    assert fields_of(page)["obligations[0].grace"] == "3 days"


def test_a_person_nobody_knows_is_told_at_the_obligation(office: Office, lease: int) -> None:
    answer = submit(office.sit("Ana"), f"/contracts/{lease}/edit", **{"obligations[0].owner": "zoe@acme.example"})
    assert answer.status_code == 422
    assert "zoe@acme.example" in text_of(answer)
    assert 'id="obligations[0].owner-error"' in text_of(answer)


def test_what_a_kind_wants_on_file_comes_with_the_form_of_every_term(office: Office) -> None:
    page = text_of(office.sit("Ana").get("/contracts/new?kind=third-party"))
    wanted = {name: value for name, value in fields_of(page).items() if name.endswith(".paper") and value}
    assert set(wanted.values()) == {"third-party-agreement", "third-party-exit-agreement"}
