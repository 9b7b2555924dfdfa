"""What a deadline knows of the obligation it comes from: whom it concerns, and how long it is not yet late."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import bare, deadlines, drafted, fact
from tracker.rules.clauses import Obligation, Priority, Proof
from tracker.rules.money import Money
from tracker.rules.papers import PaperKind

SIGNED = fact("signed", "2026-01-12")


def rent(**more: object) -> dict[str, Any]:
    return bare(obligations=[{"code": "payment", "side": "us", "due": "10 days after signed", **more}], facts=[SIGNED])


def test_a_deadline_brings_the_obligation_it_comes_from() -> None:
    wanted = {"priority": "high", "proof": "required", "paper": "payment-proof", "owner": "ben@acme.example"}
    found = deadlines(rent(**wanted, amount="10 CNY"), "2026-02-01")["payment/1"]
    assert found.obligation is not None
    assert (found.obligation.priority, found.obligation.proof) == (Priority.HIGH, Proof.REQUIRED)
    assert (found.obligation.paper, found.obligation.owner) == (PaperKind.PAYMENT_PROOF, "ben@acme.example")
    assert found.amount == found.obligation.amount == Money(Decimal(10), "CNY")


@pytest.mark.parametrize("word", list(Proof))
def test_an_obligation_says_what_proof_it_needs(word: Proof) -> None:
    (obligation,) = drafted(rent(proof=word.value)).clauses
    assert isinstance(obligation, Obligation)
    assert obligation.proof is word
    assert [item.value for item in Proof] == ["none", "optional", "required"]


def test_a_deadline_that_waits_brings_its_obligation_too() -> None:
    document = bare(obligations=[{"code": "return-or-destroy", "due": "10 days after ended", "method": "by courier"}])
    found = deadlines(document, "2026-02-01")["return-or-destroy/1"]
    assert found.obligation is not None
    assert found.obligation.method == "by courier"
    assert (found.subject, found.started_by, found.since) == ("", "", None)


def test_the_dates_of_the_term_come_from_no_obligation() -> None:
    found = deadlines(bare(effect={"when": "2026-01-01"}, term={"length": "1 year"}), "2026-02-01")
    end = found["term-end/1"]
    assert (end.obligation, end.subject, end.started_by) == (None, "", "")


def test_what_an_event_is_about_is_what_its_deadline_is_about() -> None:
    document = bare(obligations=[{"code": "complaint-answer", "due": "5 days after complaint_received"}])
    told = [fact("complaint_received", "2026-03-02", subject="Hualong"), fact("complaint_received", "2026-03-03")]
    found = deadlines(document, "2026-06-01", *told)
    assert {key: deadline.subject for key, deadline in found.items()} == {
        "complaint-answer/complaint_received-1": "Hualong",
        "complaint-answer/complaint_received-2": "",
    }


# ---------------------------------------------------------------------- grace


def test_a_time_of_grace_runs_from_the_legal_day_and_leaves_that_alone() -> None:
    """Due on 22 January 2026, ten days after the 12th. Five days of grace from there end on the 27th, a Tuesday."""
    found = deadlines(rent(grace="5 days"), "2026-02-01")["payment/1"]
    assert (found.legal, found.act_by) == (date(2026, 1, 22), date(2026, 1, 22))
    assert found.grace_until == date(2026, 1, 27)


def test_grace_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    """22 January and 24 days are 15 February 2026, the first day of the Spring Festival: the next working day is the
    24th (Civil Code art. 203)."""
    assert deadlines(rent(grace="24 days"), "2026-02-01")["payment/1"].grace_until == date(2026, 2, 24)


def test_grace_in_working_days_leaves_the_holidays_out() -> None:
    """Five working days from 12 February: 13, 14 (worked in exchange), and after the festival 24, 25 and 26."""
    document = rent(due="on 2026-02-12", grace="5 working days")
    assert deadlines(document, "2026-02-01")["payment/1"].grace_until == date(2026, 2, 26)


def test_there_is_no_grace_where_none_is_given_or_no_day_is_known() -> None:
    assert deadlines(rent(), "2026-02-01")["payment/1"].grace_until is None
    assert deadlines(rent(grace="promptly"), "2026-02-01")["payment/1"].grace_until is None
    assert deadlines(rent(due="promptly after signed", grace="5 days"), "2026-02-01")["payment/1"].grace_until is None


def test_each_of_a_series_has_its_own_grace() -> None:
    """Due on 30 April and on 31 May, a Sunday and so 1 June; a week from there is 7 May and 8 June."""
    monthly = {"code": "payment", "due": "on period_end", "every": "1 month", "first": "2026-04-01"}
    found = deadlines(bare(obligations=[{**monthly, "grace": "1 week"}], effect={"when": "2026-04-01"}), "2026-04-01")
    assert [found[f"payment/{n}"].legal for n in (1, 2)] == [date(2026, 4, 30), date(2026, 6, 1)]
    assert [found[f"payment/{n}"].grace_until for n in (1, 2)] == [date(2026, 5, 7), date(2026, 6, 8)]
