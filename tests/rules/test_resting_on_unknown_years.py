"""What rests on working days that nobody has announced yet says so, however it comes to rest on them."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, deadlines, fact
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.deadlines import Deadline

KNOWN_TO_2026 = WorkingCalendar("CN", frozenset({5, 6}), coverage=(2010, 2026))
SPRING_FESTIVAL = {date(2027, 2, day): "Spring Festival" for day in range(5, 12)}
TWENTY_DAYS_TERM = {"effect": {"when": "2026-12-21"}, "term": {"length": "20 working days", "first_day_counts": True}}
"""To 15 January 2027, if no working day is off until then."""


def told(*facts: dict[str, object], **sections: Any) -> dict[str, Deadline]:
    return deadlines(bare(**sections), "2026-12-22", *facts, calendar=KNOWN_TO_2026)


def duty(due: str, **more: str) -> list[dict[str, str]]:
    return [{"code": "report", "due": due, **more}]


def test_the_end_of_a_term_in_working_days_is_provisional_and_so_is_what_hangs_on_it() -> None:
    """Found by hand: only the last day of acts said so, and terms were not counted anew when the year became known."""
    found = told(
        **TWENTY_DAYS_TERM,
        renewal={
            "mode": "agreement",
            "notice": [{"side": "us", "at_least": "20 days", "not_earlier_than": "25 days"}],
            "formalities": "22 days",
        },
        obligations=duty("23 days before term_end"),
    )
    assert found["term-end/1"].legal == date(2027, 1, 15)
    assert {key: deadline.provisional for key, deadline in found.items()} == dict.fromkeys(found, (2027,))
    assert len(found) == 5
    assert all(deadline.legal and deadline.legal.year == 2026 for key, deadline in found.items() if key != "term-end/1")


def test_an_end_that_the_contract_names_rests_on_nothing() -> None:
    term = {"end": "2027-01-15", "length": "20 working days", "first_day_counts": True}
    found = told(effect={"when": "2026-12-21"}, term=term, obligations=duty("23 days before term_end"))
    assert {key: deadline.provisional for key, deadline in found.items()} == {"term-end/1": (), "report/1": ()}


def test_a_renewal_rests_on_whatever_the_period_before_it_rests_on() -> None:
    found = told(**TWENTY_DAYS_TERM, renewal={"mode": "automatic", "length": "1 month"})
    assert found["term-end/2"].legal == date(2027, 2, 15)
    assert found["term-end/2"].provisional == (2027,)
    named = told(fact("renewed", "2026-12-22", until="2027-03-01"), **TWENTY_DAYS_TERM, renewal={"mode": "agreement"})
    assert (named["term-end/1"].provisional, named["term-end/2"].provisional) == ((2027,), ())


@pytest.mark.parametrize(
    ("due", "provisional"),
    [("3 days before period_end", [(), (2027,)]), ("3 days after period_start", [(), ()])],
)
def test_a_series_in_working_days_is_as_sure_as_the_day_it_is_counted_from(
    due: str, provisional: list[tuple[int, ...]]
) -> None:
    found = told(effect={"when": "2026-12-21"}, obligations=duty(due, every="5 working days"))
    assert [found[f"report/{n}"].provisional for n in (1, 2)] == provisional
    assert all(found[f"report/{n}"].provisional == (2027,) for n in (3, 4, 5))


def test_a_day_of_this_year_before_a_round_that_begins_in_an_unknown_one_is_provisional() -> None:
    found = told(effect={"when": "2026-12-21"}, obligations=duty("15 days before period_start", every="5 working days"))
    assert (found["report/3"].legal, found["report/3"].provisional) == (date(2026, 12, 18), (2027,))
    assert found["report/2"].provisional == ()


def test_an_end_by_notice_in_working_days_is_provisional() -> None:
    found = told(
        fact("notice_to_terminate", "2026-12-22"),
        effect={"when": "2026-01-01"},
        term={"end": "2027-12-31"},
        termination=[{"notice": "10 working days"}],
        obligations=[
            {"code": "confidentiality-end", "due": "1 year after ended"},
            {"key": "settling", "code": "report", "due": "20 days before period_end", "every": "1 month"},
        ],
    )
    assert (found["term-end/1"].legal, found["term-end/1"].provisional) == (date(2027, 1, 5), (2027,))
    assert found["confidentiality-end/1"].provisional == (2027,)
    assert found["settling/12"].provisional == ()
    assert found["settling/13"].provisional == (2027,), "cut short by the end"


def test_after_an_end_that_is_not_sure_nothing_that_comes_round_is() -> None:
    found = told(
        fact("notice_to_terminate", "2026-12-22"),
        termination=[{"notice": "10 working days"}],
        obligations=duty("20 days before period_start", every="1 month", **{"while": "after_end"}),
    )
    assert (found["report/1"].legal, found["report/1"].provisional) == (date(2026, 12, 17), (2027,))


@pytest.mark.parametrize(
    ("minimum", "ends", "provisional"),
    [("15 working days", date(2027, 1, 11), (2027,)), ("1 week", date(2027, 1, 5), (2027,)), ("1 year", None, ())],
)
def test_an_end_held_off_by_a_minimum_term_rests_on_that(
    minimum: str, ends: date | None, provisional: tuple[int, ...]
) -> None:
    found = told(
        fact("notice_to_terminate", "2026-12-22"),
        effect={"when": "2026-12-21"},
        term={"end": "2028-12-31", "minimum": minimum, "first_day_counts": False},
        termination=[{"notice": "10 working days"}],
    )
    assert found["term-end/1"].legal == (ends or date(2027, 12, 21))
    assert found["term-end/1"].provisional == provisional


def test_a_time_of_grace_beyond_the_known_years_is_provisional_and_settles() -> None:
    """Found by hand: what was late when the year became known had been told by the days guessed before."""
    document = bare(obligations=duty("on 2026-12-31", grace="40 days"))
    guessed = deadlines(document, "2026-12-01", calendar=KNOWN_TO_2026)["report/1"]
    assert (guessed.grace_until, guessed.provisional) == (date(2027, 2, 9), (2027,))
    known = deadlines(document, "2026-12-01", calendar=KNOWN_TO_2026.with_year(2027, SPRING_FESTIVAL))["report/1"]
    assert (known.grace_until, known.provisional) == (date(2027, 2, 12), ())
