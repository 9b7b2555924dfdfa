"""A contract by the blanks of its kind: recorded, previewed, changed, and handed on to the form of every term."""

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_contract_form import again, contracts, days, fields_of, submit
from tracker.actions.documents import document_of
from tracker.actions.shelf import open_contract

DOCS = Path(__file__).parents[2] / "docs" / "kinds.md"
SHOWROOM = "/contracts/new/showroom-lease"
FILLED = {
    "number": "S-1",
    "title": "Showroom Nanjing Road",
    "parties[0].name": "Harbour Estates",
    "signed_on": "2026-04-01",
    "blanks.years": "3 years",
    "blanks.say_so_before": "90 days",
    "blanks.rent": "30000 CNY",
    "blanks.rent_every": "3 months",
    "blanks.repairs": "10",
}


FILLED_HERE = {
    "number": "C-1",
    "title": "Care",
    "parties[0].name": "Harbour Estates",
    "parties[1].name": "Acme Legal",
    "signed_on": "2026-04-01",
}


@pytest.fixture
def showroom(office: Office) -> Office:
    """The office with the kind of the documentation in its folder."""
    folder = office.tracker.settings.own_kinds
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "showroom.toml").write_text(documented(), encoding="utf-8")
    return office


def documented() -> str:
    """The kind that the documentation gives in full."""
    (text,) = re.findall(r"```toml\n(format = .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return str(text)


def kept(office: Office, position: int = 0) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(open_contract(session, office.actor("Ana"), contracts(office)[position].id))


def recorded(office: Office, **changes: str) -> str:
    """Record the showroom lease; answers the address of its blanks."""
    answer = submit(office.sit("Ana"), SHOWROOM, **{**FILLED, **changes})
    assert answer.status_code == 303, text_of(answer)
    return f"{answer.location}/blanks"


def error_at(page: str, field: str) -> str:
    """What is said beside a field; empty where nothing is."""
    match = re.search(rf'id="{re.escape(field)}-error">.*?</svg>(.*?)</p>', page, re.DOTALL)
    return html.unescape(match[1]) if match else ""


# ------------------------------------------------------------------------ what is asked


def test_the_form_asks_for_the_blanks_of_the_kind_and_nothing_else(showroom: Office) -> None:
    page = text_of(showroom.sit("Ana").get(SHOWROOM))
    blanks = tomllib.loads(documented())["blanks"]
    fields = fields_of(page)
    assert {name.removeprefix("blanks.") for name in fields if name.startswith("blanks.")} == set(blanks)
    assert not any(name.startswith(("obligations", "term", "renewal")) for name in fields)
    assert fields["blanks.goes_on"] == "agreement", "a default stands in its blank"
    assert fields["blanks.years"] == "", "what is usual is never filled in unasked"
    shown = html.unescape(page)
    headings = [shown.index(f">{heading}</h2>") for heading in ("Term", "Rent and deposit", "When it ends")]
    assert headings == sorted(headings)
    assert "Usually: 3 years. From 1 month to 20 years." in shown
    assert "An amount and its currency, such as 30000 CNY." in shown
    assert "Landlord (A)" in shown
    assert "Tenant (B)" in shown
    assert fields["us"] == "1", "the tenant is us unless somebody says otherwise"
    assert fields["parties[1].name"] == "Acme Legal"
    assert fields["law.calendar"] == "CN", "as the kind says"


def test_the_form_speaks_the_language_of_its_reader(office: Office) -> None:
    client = office.sit("Ana")
    send(client, "/preferences", language="zh-Hans")
    page = text_of(client.get("/contracts/new/customer-service"))
    assert "合同期限" in page
    assert "Length of the term" not in page


def test_a_kind_that_is_not_known_has_no_form(office: Office) -> None:
    assert office.sit("Ana").get("/contracts/new/nonesuch").status_code == 404


def test_somebody_who_only_reads_fills_in_nothing(showroom: Office) -> None:
    path = recorded(showroom)
    vera = showroom.sit("Vera")
    for address in (SHOWROOM, path):
        assert vera.get(address).status_code == 403
        assert send(vera, address, **FILLED).status_code == 403
        assert send(vera, f"{address}/preview", **FILLED).status_code == 403


# ------------------------------------------------------------------------ recording


def test_a_kind_written_from_the_documentation_alone_gives_contracts_through_the_form(showroom: Office) -> None:
    recorded(showroom)
    # Signed on 1 April 2026, that day counted: three years end on 31 March 2029, and 90 days before it is 31 December.
    assert [str(day) for day in days(showroom, "term-end")][:1] == ["2029-03-31"]
    assert "2028-12-31" in [str(day) for day in days(showroom, "renewal-intention")]
    # The first rent that is due five days before a quarter begins.
    assert "2026-06-26" in [str(day) for day in days(showroom, "payment")]
    document = kept(showroom)
    assert document["kind"] == "showroom-lease"
    assert [party.get("us") for party in document["parties"]] == [None, True]
    assert {item["key"] for item in document["obligations"]} == {"payment", "service-response", "support"}
    assert next(item for item in document["obligations"] if item["key"] == "payment")["side"] == "us"


def test_the_other_party_can_be_us(showroom: Office) -> None:
    recorded(showroom, us="0", **{"parties[1].name": "Hengtai"})
    document = kept(showroom)
    assert [party.get("us") for party in document["parties"]] == [True, None]
    assert next(item for item in document["obligations"] if item["key"] == "payment")["side"] == "them"


def test_what_comes_without_a_blank_can_be_taken_out_and_put_back(showroom: Office) -> None:
    path = recorded(showroom, **{"with.support": ""})
    assert "support" not in {item["key"] for item in kept(showroom)["obligations"]}
    ana = showroom.sit("Ana")
    assert "with.support" not in fields_of(text_of(ana.get(path)))
    assert submit(ana, path, **{"with.support": "1"}).status_code == 303
    assert "support" in {item["key"] for item in kept(showroom)["obligations"]}


def test_sending_the_form_twice_records_one_contract(showroom: Office) -> None:
    ana = showroom.sit("Ana")
    fields = {**fields_of(text_of(ana.get(SHOWROOM))), **FILLED, "do": "save"}
    first, second = send(ana, SHOWROOM, **fields), send(ana, SHOWROOM, **fields)
    assert first.location == second.location
    assert len(contracts(showroom)) == 1


WRONG = {
    "blanks.years": ("soon", "is not a period"),
    "blanks.rent": ("lots", "Write an amount with its currency"),
    "blanks.repairs": ("61", "This is more than 60."),
    "blanks.rent_every": ("", "This is needed."),
    "number": ("", "This is needed."),
    "parties[0].name": ("", "This is needed."),
    "signed_on": ("yesterday", "is not a date"),
    "tracked_from": ("3/5/26", "2026-03-05"),
}


def test_every_mistake_is_told_at_its_own_blank_and_nothing_typed_is_lost(showroom: Office) -> None:
    typed = {**FILLED, "us": "0", "language": "zh-Hant", **{name: text for name, (text, _told) in WRONG.items()}}
    answer = submit(showroom.sit("Ana"), SHOWROOM, **typed)
    assert answer.status_code == 422
    page = text_of(answer)
    for name, (_text, told) in WRONG.items():
        assert told in error_at(page, name), name
    assert f"{len(WRONG)} things need another look" in page
    assert "Length of the lease</a>" in page, "the list above calls a blank by its label"
    shown = fields_of(page)
    assert {name: shown.get(name, "") for name in typed} == typed
    assert contracts(showroom) == []


def test_what_the_contract_as_a_whole_refuses_is_told_at_the_blank_it_comes_from(office: Office) -> None:
    wrong = {"blanks.term_start": "2026-05-01", "blanks.term_end": "2026-04-01"}
    typed = {"number": "C-1", "title": "Service", "parties[0].name": "Hengtai", **wrong}
    page = text_of(submit(office.sit("Ana"), "/contracts/new/customer-service", **typed))
    assert "the term ends before it starts" in "".join(error_at(page, name) for name in wrong)


def test_what_is_odd_is_shown_at_its_blank_and_saved_once_confirmed(showroom: Office) -> None:
    ana = showroom.sit("Ana")
    answer = submit(ana, SHOWROOM, **{**FILLED, "blanks.say_so_before": "1200 days"})
    assert answer.status_code == 422
    assert "Last day to say whether it shall go on, before the end: " in html.unescape(text_of(answer))
    assert contracts(showroom) == []
    assert again(ana, SHOWROOM, answer).status_code == 303


# ------------------------------------------------------------------------ preview


def test_the_preview_shows_the_dates_before_number_title_and_names_are_typed(showroom: Office) -> None:
    ana = showroom.sit("Ana")
    typed = {name: value for name, value in FILLED.items() if name.startswith(("blanks", "signed"))}
    page = text_of(submit(ana, SHOWROOM, "preview", **typed))
    assert "31 Mar 2029" in page
    assert fields_of(page)["blanks.rent"] == "30000 CNY"
    assert contracts(showroom) == []
    fragment = text_of(send(ana, f"{SHOWROOM}/preview", **{**fields_of(page), "blanks.years": "2 years"}))
    assert "<html" not in fragment
    assert "31 Mar 2028" in fragment


def test_no_date_is_shown_while_a_blank_cannot_be_used(showroom: Office) -> None:
    ana = showroom.sit("Ana")
    page = text_of(submit(ana, SHOWROOM, "preview", **{**FILLED, "blanks.years": "soon", "blanks.rent_every": ""}))
    assert "Not enough yet" in page
    assert "Rent is paid every: This is needed." in page
    assert "31 Mar 2029" not in page
    assert "is not a period" in error_at(page, "blanks.years")
    assert error_at(page, "blanks.rent_every") == "", "nothing is held against a blank not reached yet"


# ------------------------------------------------------------------------ every term


def test_what_was_filled_in_comes_along_into_the_form_of_every_term(showroom: Office) -> None:
    ana = showroom.sit("Ana")
    typed = {**FILLED, "blanks.repairs": "ten", "us": "0", "parties[1].name": "Hengtai"}
    answer = submit(ana, SHOWROOM, "every", **typed)
    page, fields = html.unescape(text_of(answer)), fields_of(text_of(answer))
    assert (fields["number"], fields["term.length"], fields["signed_on"]) == ("S-1", "3 years", "2026-04-01")
    assert fields["obligations[0].amount"] == "30000 CNY"
    assert "Days for a repair after it was asked for: “ten”" in page, "what cannot be carried over is told"
    offered = [name for name, value in fields.items() if name.endswith(".code") and value == "service-response"]
    assert len(offered) == 1, "what the blanks left out is offered again"
    assert again(ana, "/contracts/new", answer).status_code == 303
    (contract,) = contracts(showroom)
    assert (contract.number, contract.kind) == ("S-1", "showroom-lease")
    assert [str(day) for day in days(showroom, "term-end")][:1] == ["2029-03-31"]


# ------------------------------------------------------------------------ changing


def test_a_contract_made_from_a_kind_opens_with_what_stands_in_its_blanks(showroom: Office) -> None:
    path = recorded(showroom)
    ana = showroom.sit("Ana")
    assert ana.get(path.replace("blanks", "edit")).location == path
    fields = fields_of(text_of(ana.get(path)))
    assert {name: fields[name] for name in FILLED if name.startswith("blanks.")} == {
        name: value for name, value in FILLED.items() if name.startswith("blanks.")
    }
    before = kept(showroom)
    assert submit(ana, path).status_code == 303
    assert kept(showroom) == before


def test_what_was_typed_in_chinese_comes_back_in_chinese_and_changes_nothing(office: Office) -> None:
    typed = {
        "blanks.term_length": "2年",
        "blanks.notice_before": "60日",
        "blanks.response_time": "5个工作日",
        "blanks.greeting_days": "春节\n中秋节",
    }
    ana = office.sit("Ana")
    send(ana, "/preferences", language="zh-Hans")
    answer = submit(ana, "/contracts/new/customer-maintenance", **FILLED_HERE, **typed)
    assert answer.status_code == 303, text_of(answer)
    before, path = kept(office), f"{answer.location}/blanks"
    fields = fields_of(text_of(ana.get(path)))
    assert {name: fields[name] for name in typed} == typed
    assert submit(ana, path).status_code == 303
    assert kept(office) == before


def test_before_a_change_is_saved_the_deadlines_that_move_are_shown(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    answer = submit(ana, path, **{"blanks.years": "4 years"})
    page = text_of(answer)
    assert "Look before it is saved" in page
    assert "31 Mar 2030" in page
    assert str(days(showroom, "term-end")[0]) == "2029-03-31", "nothing is saved yet"
    assert again(ana, path, answer).status_code == 303
    assert str(days(showroom, "term-end")[0]) == "2030-03-31"


def test_the_preview_of_a_change_shows_what_moves(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    fields = {**fields_of(text_of(ana.get(path))), "blanks.years": "4 years"}
    assert "moves" in text_of(send(ana, f"{path}/preview", **fields))


def test_two_people_at_once_do_not_overwrite_each_other(showroom: Office) -> None:
    path, ana, ben = recorded(showroom), showroom.sit("Ana"), showroom.sit("Ben")
    stale = fields_of(text_of(ben.get(path)))
    assert submit(ana, path, title="Ana's title").status_code == 303
    answer = send(ben, path, **{**stale, "title": "Ben's title", "do": "save"})
    assert answer.status_code == 409
    assert fields_of(text_of(answer))["title"] == "Ben's title"
    assert contracts(showroom)[0].title == "Ana's title"
    assert again(ben, path, answer, anyway="1").status_code == 303
    assert contracts(showroom)[0].title == "Ben's title"


def test_who_may_see_it_is_kept_where_the_blanks_change(showroom: Office) -> None:
    path, ana = recorded(showroom, access="named"), showroom.sit("Ana")
    assert submit(ana, path, title="Renamed").status_code == 303
    assert kept(showroom)["access"] == {"only": []}
    assert showroom.sit("Cleo").get(path).status_code == 404


def change_document(office: Office, path: str, client: FlaskClient, **changes: str) -> None:
    """Change a contract in the form of every term."""
    full = f"{path.replace('blanks', 'edit')}?every=1"
    answer = submit(client, full, **changes)
    if answer.status_code != 303:
        assert again(client, full, answer).status_code == 303


def test_a_term_worded_in_its_own_way_opens_the_form_of_every_term_and_says_why(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    change_document(showroom, path, ana, **{"renewal.mode": "option", "obligations[0].until": "2 years"})
    assert ana.get(path).location == path.replace("blanks", "edit")
    page = html.unescape(text_of(ana.get(path.replace("blanks", "edit"))))
    assert "Every term is shown, because this contract has its own wording of: Renewal, Payment." in page
    assert fields_of(page)["obligations[0].until"] == "2 years"


def test_what_the_contract_holds_besides_stays_and_is_named(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    row = {"obligations[9].code": "insurance", "obligations[9].side": "us", "obligations[9].anchor": "date"}
    row |= {"obligations[9].on": "2026-12-15", "obligations[9].has": "1"}
    change_document(showroom, path, ana, **row)
    full = html.unescape(text_of(ana.get(path.replace("blanks", "edit"))))
    assert "holds more than its kind brings: Insurance ends." in full
    assert f'href="{path}"' in full
    assert "This contract also holds: Insurance ends." in text_of(ana.get(path))
    answer = submit(ana, path, **{"blanks.years": "4 years"})
    assert again(ana, path, answer).status_code == 303
    assert {"insurance", "payment"} <= {item["key"] for item in kept(showroom)["obligations"]}


def test_an_obligation_of_the_kind_under_another_name_is_not_asked_for_twice(office: Office) -> None:
    document = {**LEASE, "kind": "customer-service", "obligations": [
        {"key": "second-visit", "code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "1 month"}
    ]}  # fmt: skip
    number = office.record(document)
    page = html.unescape(text_of(office.sit("Ana").get(f"/contracts/{number}/edit")))
    assert "its own wording of: Regular follow-up" in page


def test_every_term_can_be_asked_for_and_carries_the_blanks_along(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    answer = submit(ana, path, "every", **{"blanks.years": "5 years"})
    fields = fields_of(text_of(answer))
    assert fields["term.length"] == "5 years"
    full = path.replace("blanks", "edit")
    shown = again(ana, full, answer)
    assert "31 Mar 2031" in text_of(shown)
    assert again(ana, full, shown).status_code == 303
    assert str(days(showroom, "term-end")[0]) == "2031-03-31"


def test_a_contract_whose_kind_is_gone_opens_in_full(showroom: Office) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    (showroom.tracker.settings.own_kinds / "showroom.toml").unlink()
    assert ana.get(path).status_code == 303
    page = text_of(ana.get(path.replace("blanks", "edit")))
    assert "Its kind is not known here any more" in page
    assert submit(ana, path.replace("blanks", "edit"), title="Renamed").status_code == 303


@pytest.mark.parametrize(
    "base",
    [
        '{"term": {"length": ["a"]}, "language": 5}',
        '{"obligations": [{"key": ["a"], "due": {"a": 1}}], "kind": []}',
        '{"renewal": {"notice": [{"side": {}}]}}',
        '{"parties": [{"us": [], "role": {}}], "law": {"calendar": []}}',
        '{"effect": {"conditions": 5}, "access": {"only": 5}}',
        '{"effect": {"conditions": [5]}, "access": {"only": [{}]}}',
        "[" * 9999,
    ],
)
def test_a_form_that_came_back_with_something_else_inside_is_answered(showroom: Office, base: str) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    for do in ("preview", "every", "save"):
        assert submit(ana, path, do, base=base).status_code in (200, 303, 422), do


def test_a_language_that_is_not_offered_is_told(showroom: Office) -> None:
    answer = submit(showroom.sit("Ana"), SHOWROOM, **{**FILLED, "language": "fr"})
    assert answer.status_code == 422
    assert "Write one of" in error_at(text_of(answer), "language")


AMENDED = {
    "change": "amendment",
    "amendment.title": "First supplement",
    "amendment.signed": "2026-11-01",
    "amendment.effective": "2027-01-01",
}


@pytest.mark.parametrize("by_way_of_every_term", [False, True])
def test_an_amendment_is_recorded_through_the_blanks(showroom: Office, by_way_of_every_term: bool) -> None:
    path, ana = recorded(showroom), showroom.sit("Ana")
    answer = submit(ana, path, "every" if by_way_of_every_term else "save", **{"blanks.years": "4 years"}, **AMENDED)
    if by_way_of_every_term:
        path = path.replace("blanks", "edit")
        answer = again(ana, path, answer)
    assert "Look before it is saved" in text_of(answer)
    assert again(ana, path, answer).status_code == 303
    (amendment,) = kept(showroom)["amendments"]
    assert amendment["title"] == "First supplement"
    assert str(days(showroom, "term-end")[0]) == "2030-03-31"
