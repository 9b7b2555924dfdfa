"""An obligation that asks for a document is met by the document on file, one for each time it is asked for."""

from typing import Any

import pytest

from tests.support.cast import bare, deadlines, fact
from tracker.rules.deadlines import Deadline


def paper(key: str, day: str, kind: str = "analysis-report", **more: str) -> dict[str, Any]:
    return {"key": key, "kind": kind, "day": day, "note": "In the cabinet.", **more}


def found(obligation: dict[str, Any], *papers: dict[str, Any], **more: Any) -> dict[str, Deadline]:
    document = bare(effect={"when": "2026-01-01"}, obligations=[obligation], papers=list(papers), **more)
    return deadlines(document, "2026-08-01")


def met(obligation: dict[str, Any], *papers: dict[str, Any], **more: Any) -> dict[str, str]:
    """What settles each deadline, and on which day."""
    return {
        key.partition("/")[2]: f"{deadline.met_by} {deadline.met_on}"
        for key, deadline in found(obligation, *papers, **more).items()
        if deadline.met_by
    }


# ------------------------------------------------------------------------ once

CUSTODY = {"code": "copies-custody", "due": "10 days after signed", "paper": "signed-contract"}
SIGNED = [fact("signed", "2026-01-05")]


def test_a_document_on_file_meets_what_asks_for_it_on_the_day_it_came() -> None:
    copy = paper("copy", "2026-01-09", "signed-contract")
    assert met(CUSTODY, copy, facts=SIGNED) == {"1": "paper:copy 2026-01-09"}
    assert found(CUSTODY, copy, facts=SIGNED)["copies-custody/1"].legal is not None


def test_without_it_or_with_another_kind_of_document_nothing_is_met() -> None:
    assert met(CUSTODY, facts=SIGNED) == {}
    assert met(CUSTODY, paper("other", "2026-01-09", "consent"), facts=SIGNED) == {}


def test_a_document_meets_nothing_that_does_not_ask_for_one() -> None:
    asks_for_none = {name: value for name, value in CUSTODY.items() if name != "paper"}
    assert met(asks_for_none, paper("copy", "2026-01-09", "signed-contract"), facts=SIGNED) == {}


def test_the_first_document_of_the_kind_counts() -> None:
    papers = [paper(key, day, "signed-contract") for key, day in (("b", "2026-02-02"), ("a", "2026-01-20"))]
    assert met(CUSTODY, *papers, facts=SIGNED) == {"1": "paper:a 2026-01-20"}


def test_one_on_file_before_the_signature_counts_too() -> None:
    assert met(CUSTODY, paper("copy", "2026-01-02", "signed-contract"), facts=SIGNED) == {"1": "paper:copy 2026-01-02"}


def test_nothing_is_met_before_its_clock_has_started() -> None:
    """Who has not signed owes nobody a copy, and it is not known whether this is the one."""
    assert met(CUSTODY, paper("copy", "2026-01-02", "signed-contract")) == {}


def test_two_obligations_may_be_met_by_the_same_document() -> None:
    document = bare(
        obligations=[CUSTODY, {**CUSTODY, "code": "document-on-file"}],
        facts=SIGNED,
        papers=[paper("copy", "2026-01-09", "signed-contract")],
    )
    assert [item.met_by for item in deadlines(document, "2026-08-01").values()] == ["paper:copy"] * 2


# ---------------------------------------------------------------- again and again

REPORTS = {
    "code": "report",
    "due": "10 days after period_end",
    "every": "1 quarter",
    "until": "1 year",
    "paper": "analysis-report",
}


def test_each_document_meets_one_round_the_earliest_that_has_begun() -> None:
    papers = [paper("q1", "2026-04-08"), paper("q2", "2026-07-09")]
    assert met(REPORTS, *papers) == {"1": "paper:q1 2026-04-08", "2": "paper:q2 2026-07-09"}


def test_no_document_meets_a_round_before_it_can_be_there() -> None:
    """Two on file in April: the second one is an annex to the first, and not the report on the second quarter."""
    assert met(REPORTS, paper("a", "2026-03-30")) == {}
    assert met(REPORTS, paper("a", "2026-03-31"), paper("b", "2026-04-01")) == {"1": "paper:a 2026-03-31"}
    assert met(REPORTS, paper("a", "2026-04-08"), paper("b", "2026-06-30")) == {
        "1": "paper:a 2026-04-08",
        "2": "paper:b 2026-06-30",
    }


@pytest.mark.parametrize(
    "due", ["10 days before period_end", "on period_end", "10 days after period_start", "on period_start"]
)
def test_what_is_due_within_a_round_is_met_from_its_first_day_on(due: str) -> None:
    visits = {**REPORTS, "due": due}
    assert met(visits, paper("a", "2026-01-01"), paper("b", "2026-03-31")) == {"1": "paper:a 2026-01-01"}
    assert met(visits, paper("a", "2026-01-01"), paper("b", "2026-04-01")) == {
        "1": "paper:a 2026-01-01",
        "2": "paper:b 2026-04-01",
    }


def test_what_is_late_meets_the_oldest_that_is_outstanding() -> None:
    assert met(REPORTS, paper("late", "2026-07-20")) == {"1": "paper:late 2026-07-20"}


def test_rounds_before_tracking_began_use_up_no_document() -> None:
    papers = [paper("q2", "2026-07-09")]
    assert met(REPORTS, *papers, tracked_from="2026-05-01") == {"2": "paper:q2 2026-07-09"}


def test_at_the_end_of_each_term_another_document_is_asked_for() -> None:
    """Terms of a year end on 31 December. What came before the first end is no document of the second."""
    renewal = {"code": "document-on-file", "due": "10 days after term_end", "paper": "renewal-contract"}
    terms = {"term": {"length": "6 months", "first_day_counts": True}, "renewal": {"mode": "automatic"}}
    first, second = (paper(key, day, "renewal-contract") for key, day in (("a", "2026-06-01"), ("b", "2026-06-30")))
    assert met(renewal, first, second, **terms) == {"1": "paper:a 2026-06-01"}
    third = paper("c", "2026-07-01", "renewal-contract")
    assert met(renewal, first, second, third, **terms) == {"1": "paper:a 2026-06-01", "2": "paper:c 2026-07-01"}


# ------------------------------------------------------------------ for each event

CHANGE = {"code": "document-on-file", "due": "5 days after contract_change_signed", "paper": "change-agreement"}
CHANGES = [fact("contract_change_signed", "2026-03-02"), fact("contract_change_signed", "2026-05-04")]


def change(key: str, day: str, **more: str) -> dict[str, Any]:
    return paper(key, day, "change-agreement", **more)


def test_an_event_is_met_by_the_document_that_shows_it_and_by_no_other() -> None:
    shown = change("b", "2026-05-06", fact="contract_change_signed-2")
    assert met(CHANGE, shown, facts=CHANGES) == {"contract_change_signed-2": "paper:b 2026-05-06"}


def test_a_document_that_does_not_say_what_it_shows_meets_no_event() -> None:
    """It might be of either change, and closing the wrong one would silence its reminders."""
    assert met(CHANGE, change("b", "2026-05-06"), facts=CHANGES) == {}


def test_an_end_that_somebody_intends_is_an_event_too() -> None:
    agreement = {"code": "document-on-file", "due": "10 days before end_intended", "paper": "termination-agreement"}
    intended = [fact("end_intended", "2026-09-30")]
    unnamed, named = (
        paper("a", "2026-05-06", "termination-agreement", **more) for more in ({}, {"fact": "end_intended-1"})
    )
    assert met(agreement, unnamed, facts=intended) == {}
    assert met(agreement, named, facts=intended) == {"end_intended-1": "paper:a 2026-05-06"}


def test_of_two_documents_of_one_event_the_first_counts_and_the_second_meets_nothing_else() -> None:
    both = [
        change(key, day, fact="contract_change_signed-1") for key, day in (("x", "2026-03-04"), ("y", "2026-06-01"))
    ]
    assert met(CHANGE, *both, facts=CHANGES) == {"contract_change_signed-1": "paper:x 2026-03-04"}


def test_what_was_met_is_not_suspended() -> None:
    stop = fact("performance_suspended", "2026-03-01")
    shown = change("a", "2026-03-04", fact="contract_change_signed-1")
    items = found(CHANGE, shown, facts=[*CHANGES, stop])
    assert [(item.met_by, item.suspended_by) for item in items.values()] == [
        ("paper:a", ""),
        (None, "performance_suspended-1"),
    ]
