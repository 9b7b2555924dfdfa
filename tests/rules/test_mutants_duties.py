"""Whole deadlines of duties, and the days on which they come, go and change."""

from datetime import date
from typing import Any

import pytest

from tests.rules.whole import plain
from tests.support.cast import bare, contract, deadlines, fact, legal_days
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.facts import Side
from tracker.rules.money import Money

YEAR = {"length": "1 year", "first_day_counts": True}


def duties(today: str, *facts: dict[str, Any], **fields: Any) -> dict[str, Deadline]:
    document = bare(effect={"when": "2025-01-01"}, obligations=[{"code": "report", "side": "us", **fields}])
    return deadlines(document, today, *facts)


def test_a_duty_as_a_whole() -> None:
    found = duties("2026-01-01", due="on 2026-05-08", title="Yearly report", amount="20 CNY")["report/1"]
    amount = found.amount
    assert isinstance(amount, Money)
    assert plain(found) == {
        "clause": "report",
        "code": "report",
        "occurrence": "1",
        "side": Side.US,
        "legal": date(2026, 5, 8),
        "act_by": date(2026, 5, 8),
        "title": "Yearly report",
        "amount": amount,
    }


@pytest.mark.parametrize(
    ("due", "fields", "awaited"),
    [
        ("10 days after signed", {}, "signed"),
        ("10 days after ended", {}, "ended"),
        ("10 days after term_end", {}, "term_end"),
        ("10 days after effective", {}, "effective"),
        ("on period_end", {"every": "1 month"}, "effective"),
        ("perpetual", {"every": "1 year"}, "effective"),
        ("on period_end", {"every": "1 month", "while": "after_end"}, "ended"),
        ("perpetual", {"every": "1 year", "while": "after_end"}, "ended"),
    ],
)
def test_a_duty_says_which_moment_it_waits_for(due: str, fields: dict[str, str], awaited: str) -> None:
    """Found by mutation: reports after the end said that they waited for the contract to take effect."""
    document = bare(effect={"conditions": ["paid"]}, obligations=[{"code": "report", "due": due, **fields}])
    assert plain(deadlines(document, "2026-06-01")["report/1"]) == {
        "clause": "report",
        "code": "report",
        "occurrence": "1",
        "certainty": Certainty.PROJECTED,
        "waits_for": awaited,
    }


def test_a_series_that_never_came_round_waits_for_nothing() -> None:
    ended = fact("ended", "2024-12-01")
    assert duties("2025-06-01", ended, due="on period_end", every="1 month") == {}


def test_a_series_has_a_period_that_begins_on_the_last_day() -> None:
    found = duties("2025-06-01", fact("ended", "2025-04-01"), due="on period_end", every="3 months")
    assert list(legal_days(found).values()) == ["2025-03-31", "2025-04-01"]


def test_a_series_ends_with_its_time_or_with_the_contract_whichever_is_first() -> None:
    def last(until: str) -> str:
        ended = fact("ended", "2025-12-31")
        return max(legal_days(duties("2026-06-01", ended, due="on period_end", every="3 months", until=until)).values())

    assert [last(until) for until in ("6 months", "2 years")] == ["2025-06-30", "2025-12-31"]


def test_a_series_in_working_days_counts_them() -> None:
    found = duties("2025-01-02", due="on period_end", every="5 working days", until="2 weeks", first="2025-01-02")
    assert list(legal_days(found).values()) == ["2025-01-08", "2025-01-15"]


def test_a_series_of_a_renewed_contract_reaches_the_last_period_worked_out() -> None:
    visits = [{"code": "report", "side": "us", "due": "on period_end", "every": "6 months"}]
    found = deadlines(contract(term=YEAR, renewal={"mode": "automatic"}, obligations=visits), "2026-06-01")
    reports = {key: item for key, item in found.items() if key.startswith("report")}
    assert legal_days(reports)["report/6"] == "2027-12-31"
    assert len(reports) == 6
    assert [item.certainty for item in reports.values()] == [
        *(Certainty.CONFIRMED,) * 2,
        *(Certainty.UNCONFIRMED,) * 2,
        *(Certainty.PROJECTED,) * 2,
    ]


def test_an_occurrence_is_as_certain_as_the_period_it_begins_in() -> None:
    def certainty(first: str) -> Certainty:
        fields = {"every": "1 year", "first": first, "while": "always"}
        reports = [{"code": "report", "due": "on period_end", **fields}]
        document = contract(term=YEAR, renewal={"mode": "automatic", "cap": 1}, obligations=reports)
        return deadlines(document, "2025-06-01")["report/1"].certainty

    days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert [certainty(day) for day in days] == [
        Certainty.CONFIRMED,
        Certainty.PROJECTED,
        Certainty.PROJECTED,
        Certainty.CONFIRMED,
    ], "after the last period a series of its own depends on nobody's renewing"


def test_an_aim_brings_the_steps_and_the_unknown_years_of_its_count() -> None:
    event = fact("service_requested", "2026-12-28")
    found = duties("2026-12-29", event, due="promptly after service_requested", target="5 working days")
    aimed = found["report/service_requested-1"]
    assert (aimed.legal, aimed.provisional) == (None, (2027,))
    assert [step.kind.value for step in aimed.safe_steps] == ["not_counted", "days", "open_day"]
    assert aimed.target == aimed.safe_steps[-1].end


def test_what_fell_due_on_the_day_tracking_began_is_kept() -> None:
    def tracked(day: str) -> dict[str, str]:
        return legal_days(
            deadlines(bare(tracked_from=day, obligations=[{"code": "report", "due": "on 2026-05-08"}]), "2026-06-01")
        )

    assert tracked("2026-05-08") == {"report/1": "2026-05-08"}
    assert tracked("2026-05-09") == {}


def test_the_safe_day_within_the_last_days_is_a_working_day_before_them() -> None:
    """Twelve days before 31 December 2026 is Saturday the 19th."""
    ending = {"term": {**YEAR, "start": "2026-01-01"}, "effect": {"when": "2026-01-01"}}
    document = bare(**ending, obligations=[{"code": "report", "due": "within 12 days before term_end"}])
    found = deadlines(document, "2026-06-01")["report/1"]
    assert (found.legal, found.act_by) == (date(2026, 12, 31), date(2026, 12, 18))
    assert plain(found)["occurrence"] == "1"
    assert "nature" not in plain(found), "an act, as reports are"
