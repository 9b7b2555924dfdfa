"""One contract's page: its places, and how much of a long contract it shows."""

import pytest

from tests.web.conftest import LEASE, Office, send, text_of
from web.contract_page import MOST_ROWS


def test_the_page_leads_to_what_it_holds_and_to_nothing_else(office: Office, lease: int) -> None:
    page = text_of(office.sit("Vera").get(f"/contracts/{lease}"))
    for place in ("dates", "terms", "facts", "history", "after-end"):
        assert f'href="#{place}"' in page
        assert f'id="{place}"' in page
    for place in ("third-parties", "family", "money"):
        assert f'href="#{place}"' not in page
        assert f'id="{place}"' not in page


def test_of_a_long_contract_what_presses_is_shown_and_the_rest_is_counted(office: Office) -> None:
    weekly = {"code": "report", "side": "us", "due": "on period_end", "every": "1 week"}
    overdue = {"code": "insurance", "title": "Old cover", "side": "us", "due": "on 2024-02-05", "nature": "by"}
    number = office.record(LEASE, obligations=[weekly, overdue])
    page = text_of(office.sit("Ben").get(f"/contracts/{number}"))
    assert "How was this worked out?" in page
    assert page.count("How was this worked out?") == MOST_ROWS
    assert "Old cover" in page
    assert "more deadlines are not shown here." in page
    assert '/obligations/?text=L-7">All of them' in page


def test_of_a_short_contract_nothing_is_left_out(office: Office, lease: int) -> None:
    assert "not shown here" not in text_of(office.sit("Ben").get(f"/contracts/{lease}"))


def test_the_day_to_send_is_worked_out_like_every_other(office: Office) -> None:
    renewal = {"mode": "automatic", "length": "1 year", "notice": [{"side": "us", "at_least": "60 days"}]}
    delivery = [{"method": "courier", "allowance": "5 days", "counts_on": "receipt"}]
    page = text_of(office.sit("Vera").get(f"/contracts/{office.record(LEASE, renewal=renewal, delivery=delivery)}"))
    why = page.partition("Last day for notice on renewal")[2].partition("</ol>")[0]
    assert "allowing 5 days for the way" in why
    there = [{**delivery[0], "calendar": "HK", "zone": "Pacific/Auckland", "cut_off": "17:00"}]
    number = office.record(LEASE, number="L-8", renewal=renewal, delivery=there)
    why = text_of(office.sit("Vera").get(f"/contracts/{number}")).partition("Last day for notice on renewal")[2]
    assert "is over here, it is" in why
    assert "after the cut-off hour counts on the next working day there" in why
    form = text_of(office.sit("Ana").get(f"/contracts/{number}/edit?every=1"))
    assert [f'value="{value}"' in form for value in ("HK", "Pacific/Auckland", "17:00")] == [True] * 3


def test_the_working_days_it_is_counted_on_are_named(office: Office, lease: int) -> None:
    assert "None: every day counts" in text_of(office.sit("Vera").get(f"/contracts/{lease}"))
    law = {"counting": "plain", "calendar": "CN+OWN", "zone": "Asia/Shanghai"}
    here = office.record(LEASE, number="L-9", law=law)
    assert "China (CN), with our own days" in text_of(office.sit("Vera").get(f"/contracts/{here}"))


def test_a_duty_that_waits_for_something_to_happen_is_shown_until_it_has(office: Office) -> None:
    answer = {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"}
    contract = office.record(LEASE, obligations=[answer])
    vera = office.sit("Vera")
    terms = text_of(vera.get(f"/contracts/{contract}")).partition('id="terms"')[2].partition("</section>")[0]
    assert "Begin when something happens" in terms
    assert "Answer a complaint" in terms
    assert "5 working days after" in terms
    send(office.sit("Ben"), f"/contracts/{contract}/facts", kind="complaint_received", day="2026-02-02")
    assert "Begin when something happens" not in text_of(vera.get(f"/contracts/{contract}"))


def test_the_drawing_names_what_lasts_and_makes_up_no_day_on_which_a_notice_window_opens(office: Office) -> None:
    tail = {"code": "confidentiality-tail", "side": "both", "due": "2 years after term_end"}
    renewal = {"mode": "automatic", "length": "1 year", "notice": [{"side": "us", "at_least": "60 days"}]}
    contract = office.record(LEASE, obligations=[tail], renewal=renewal)
    page = text_of(office.sit("Vera").get(f"/contracts/{contract}"))
    drawing = page.partition('<svg class="timeline"')[2].partition("</svg>")[0]
    assert "Confidentiality after the end · until " in drawing
    assert "Last day for notice on renewal: " in drawing
    assert "Notice window" not in drawing


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Harbour Estates, Bank Ltd"), ("zh-Hans", "Harbour Estates、Bank Ltd")]
)
def test_several_other_parties_are_told_apart_as_the_language_does(office: Office, language: str, told: str) -> None:
    others = [{"name": "Acme Legal", "us": True}, {"name": "Harbour Estates"}, {"name": "Bank Ltd"}]
    contract, vera = office.record(LEASE, parties=others), office.sit("Vera")
    send(vera, "/preferences", language=language)
    assert told in text_of(vera.get(f"/contracts/{contract}"))
