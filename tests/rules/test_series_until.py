"""How long a series goes on: so long, until a day, with the contract, or until something happens."""

from typing import Any

import pytest

from tests.support.cast import bare, deadlines, fact, legal_days
from tracker.rules.contract_file import read_contract
from tracker.rules.deadlines import Deadline

CALL = {"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "1 month", "while": "always"}
"""From 1 April 2026: due on 30 April, 1 June (31 May is a Sunday), 30 June, 31 July …"""


def calls(until: str, *facts: dict[str, Any], today: str = "2026-04-10", **more: Any) -> list[str]:
    """The day of each call, of those up to the end of 2026."""
    own: dict[str, Any] = {name: more.pop(name) for name in ("while", "first") if name in more}
    series: dict[str, Any] = {**CALL, "until": until, **own}
    document = bare(effect={"when": "2026-04-01"}, obligations=[series], facts=list(facts), **more)
    found = sorted(legal_days(deadlines(document, today)).items(), key=lambda item: int(item[0].split("/")[-1]))
    return [day[5:] for key, day in found if key.startswith("follow-up") and day < "2027-01-01"]


def test_until_a_day_the_last_round_is_cut_short_by_it() -> None:
    assert calls("2026-07-15") == ["04-30", "06-01", "06-30", "07-15"]
    assert calls("2026-06-30") == ["04-30", "06-01", "06-30"]


def test_a_day_that_stands_for_no_end_brings_no_thousand_rounds() -> None:
    """A day of a series is worked out no more than 400 days ahead, as if it had no end."""
    document = bare(effect={"when": "2026-04-01"}, obligations=[{**CALL, "until": "2999-12-31"}])
    assert len(deadlines(document, "2026-04-10")) == len(calls_without_end()) == 14


def calls_without_end() -> dict[str, Any]:
    return deadlines(bare(effect={"when": "2026-04-01"}, obligations=[CALL]), "2026-04-10")


def test_until_something_happens_it_goes_on_while_that_has_not() -> None:
    assert len(calls("third_party_exited")) == 9
    assert calls("third_party_exited", fact("third_party_exited", "2026-06-10")) == ["04-30", "06-01", "06-10"]


def test_the_first_such_fact_ends_it_but_not_one_before_it_began() -> None:
    exits = [fact("third_party_exited", day) for day in ("2026-08-03", "2026-05-20", "2026-03-31")]
    assert calls("third_party_exited", *exits) == ["04-30", "05-20"]
    assert calls("third_party_exited", fact("third_party_exited", "2026-04-01")) == ["04-01"]


def test_until_the_end_of_the_contract_it_needs_no_end_that_is_known() -> None:
    """Six months from 1 April end on 30 September; a rescission on 20 May ends it there."""
    term = {"length": "6 months", "first_day_counts": True}
    assert calls("ended", term=term) == ["04-30", "06-01", "06-30", "07-31", "08-31", "09-30"]
    assert calls("ended", fact("ended", "2026-05-20"), term=term) == ["04-30", "05-20"]
    assert len(calls("ended")) == 9


def test_until_the_end_it_shows_no_round_beyond_the_terms_that_are_worked_out() -> None:
    term, renewal = {"length": "2 months", "first_day_counts": True}, {"mode": "automatic"}
    assert calls("ended", term=term, renewal=renewal) == ["04-30", "06-01", "06-30", "07-31"]


def test_before_the_contract_a_series_with_a_first_day_of_its_own_runs_until_the_end() -> None:
    term = {"length": "2 months", "first_day_counts": True}
    assert calls("ended", first="2026-03-01", term=term) == ["03-31", "04-30", "06-01"]


def test_in_force_it_ends_with_the_contract_though_its_own_end_is_later() -> None:
    ended = fact("ended", "2026-05-20")
    assert calls("2026-12-31", ended, **{"while": "in_force"}) == ["04-30", "05-20"]
    assert calls("third_party_exited", ended, **{"while": "in_force"}) == ["04-30", "05-20"]
    assert calls("2026-04-30", ended, **{"while": "in_force"}) == ["04-30"]


def test_after_the_end_it_may_go_on_until_a_day() -> None:
    """The first round begins on 21 May and ends on 20 June, a holiday, so that Monday the 22nd stands in its place; the
    last ends with 5 July, a Sunday."""
    ended = fact("ended", "2026-05-20")
    assert calls("2026-07-05", ended, **{"while": "after_end"}) == ["06-22", "07-06"]


@pytest.mark.parametrize("until", ["effective", "signed", "term_end", "period_end", "greeting"])
def test_a_series_does_not_go_on_until_another_moment(until: str) -> None:
    _, problems = read_contract(bare(obligations=[{**CALL, "until": until}]))
    assert [str(problem) for problem in problems] == [
        "a series goes on for so long, until a day, or until something happens"
    ]


@pytest.mark.parametrize("until", ["whenever", "0 days", "promptly", "1850-01-01"])
def test_what_is_no_end_of_a_series_is_refused(until: str) -> None:
    _, problems = read_contract(bare(obligations=[{**CALL, "until": until}]))
    assert len(problems) == 1


@pytest.mark.parametrize("today", ["2026-01-01", "2026-02-15", "2026-03-15"])
def test_a_round_longer_than_a_period_ends_with_the_last_renewal_there_may_be(today: str) -> None:
    """Two months, renewed once: until 30 April. The second quarter is cut short there, whenever one looks."""
    document = bare(
        law={"counting": "prc-civil-code", "calendar": "NONE"},
        effect={"when": "2026-01-01"},
        term={"length": "2 months", "first_day_counts": True},
        renewal={"mode": "automatic", "cap": 1},
        obligations=[{"key": "rent", "code": "payment", "side": "us", "every": "3 months", "due": "on period_end"}],
    )
    found = deadlines(document, today)
    assert legal_days(found)["rent/1"] == "2026-03-31"
    assert found["rent/1"].certainty is found["term-end/2"].certainty, "it takes the renewal as well"
    assert legal_days(found)["rent/2"] == "2026-04-30"


MONTHLY = {"length": "1 month", "first_day_counts": True}


def yearly_rent(today: str, cap: int | None, **terms: Any) -> Deadline:
    """The rent of a year under a contract that is renewed every month from January 2026 on."""
    rent = {"key": "rent", "code": "payment", "side": "us", "every": "1 year", "due": "on period_end", **terms}
    document = bare(
        law={"counting": "prc-civil-code", "calendar": "NONE"},
        effect={"when": "2026-01-01"},
        term=MONTHLY,
        renewal={"mode": "automatic", **({"cap": cap} if cap is not None else {})},
        obligations=[rent],
    )
    return deadlines(document, today)["rent/1"]


def test_a_round_beyond_the_renewals_worked_out_is_cut_short_by_the_last_there_may_be() -> None:
    for today, certainty in (("2025-12-01", "projected"), ("2026-01-15", "projected"), ("2026-04-20", "unconfirmed")):
        rent = yearly_rent(today, 2)
        assert (str(rent.legal), rent.certainty.value) == ("2026-03-31", certainty)


@pytest.mark.parametrize(("cap", "last"), [(1, "2026-02-28"), (10, "2026-11-30"), (None, "2026-12-31")])
def test_a_round_is_cut_short_only_by_a_limit_of_renewals(cap: int | None, last: str) -> None:
    assert str(yearly_rent("2026-01-15", cap).legal) == last


def test_a_hundred_periods_are_looked_at_and_no_more() -> None:
    """Ninety-nine renewals make a hundred months: until 30 April 2034, in the ninth year."""
    ten_years = {"every": "10 years"}
    assert str(yearly_rent("2026-01-15", 99, **ten_years).legal) == "2034-04-30"
    assert str(yearly_rent("2026-01-15", 100, **ten_years).legal) == "2035-12-31", "far away: not looked for yet"


def test_what_goes_on_after_the_end_is_not_cut_short_by_the_renewals() -> None:
    assert str(yearly_rent("2026-01-15", 2, **{"while": "after_end", "first": "2026-01-01"}).legal) == "2026-12-31"
