"""Duties: once, again and again, and whenever something happens."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.cast import bare, contract, deadlines, legal_days
from tracker.rules.deadlines import Certainty
from tracker.rules.readings import Nature

SIGNED = {"kind": "signed", "day": "2026-01-12"}


def duty(due: str, **more: object) -> dict[str, Any]:
    return bare(obligations=[{"code": "report", "side": "us", "due": due, **more}], facts=[SIGNED])


def duty_days(today: str, due: str, *facts: dict[str, Any], **more: object) -> dict[str, str]:
    return legal_days(deadlines(duty(due, **more), today, *facts))


def test_a_duty_runs_from_the_signature() -> None:
    assert duty_days("2026-02-01", "10 days after signed") == {"report/1": "2026-01-22"}


def test_a_duty_runs_from_the_day_the_contract_takes_effect() -> None:
    document = bare(effect={"when": "2026-03-02"}, obligations=[{"code": "report", "due": "10 days after effective"}])
    assert legal_days(deadlines(document, "2026-02-01")) == {"report/1": "2026-03-12"}


def test_a_duty_on_a_day_of_its_own() -> None:
    assert duty_days("2026-02-01", "on 2026-05-08") == {"report/1": "2026-05-08"}


def test_a_duty_whose_start_has_not_come_waits_and_says_for_what() -> None:
    found = deadlines(duty("10 days after ended"), "2026-02-01")["report/1"]
    assert (found.legal, found.action_day, found.waits_for) == (None, None, "ended")


def test_a_duty_that_an_event_starts_is_there_once_for_each_event() -> None:
    assert duty_days("2026-06-01", "5 working days after complaint_received") == {}
    facts = [{"kind": "complaint_received", "day": "2026-02-12"}, {"kind": "complaint_received", "day": "2026-03-02"}]
    assert duty_days("2026-06-01", "5 working days after complaint_received", *facts) == {
        "report/complaint_received-1": "2026-02-26",
        "report/complaint_received-2": "2026-03-09",
    }


@pytest.mark.parametrize("words", ["promptly", "及时", "立即", "“as soon as it can be done”"])
def test_a_duty_without_a_number_has_no_legal_day(words: str) -> None:
    event = {"kind": "service_requested", "day": "2026-03-02"}
    found = deadlines(duty(f"{words} after service_requested"), "2026-06-01", event)["report/service_requested-1"]
    assert (found.legal, found.act_by, found.action_day) == (None, None, None)


def test_the_team_may_aim_at_a_day_of_its_own_and_it_is_never_law() -> None:
    event = {"kind": "service_requested", "day": "2026-03-02"}
    document = duty("promptly after service_requested", target="3 working days")
    found = deadlines(document, "2026-06-01", event)["report/service_requested-1"]
    assert (found.legal, found.target, found.action_day) == (None, date(2026, 3, 5), date(2026, 3, 5))


def test_an_aim_does_not_replace_a_day_the_contract_gives() -> None:
    found = deadlines(duty("10 days after signed", target="2 days"), "2026-06-01")["report/1"]
    assert (found.legal, found.target) == (date(2026, 1, 22), None)


# -------------------------------------------------------------- again and again


def quarters(today: str, **sections: object) -> dict[str, str]:
    visits = [{"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"}]
    found = deadlines(contract(renewal=None, obligations=visits, **sections), today)
    return {key: day for key, day in legal_days(found).items() if key.startswith("follow-up")}


def test_a_series_goes_on_to_the_end_of_the_contract() -> None:
    found = quarters("2025-01-10", term={"length": "1 year", "first_day_counts": True})
    assert found == {
        "follow-up-visit/1": "2025-03-31",
        "follow-up-visit/2": "2025-06-30",
        "follow-up-visit/3": "2025-09-30",
        "follow-up-visit/4": "2025-12-31",
    }


def test_the_last_period_of_a_series_ends_with_the_contract() -> None:
    found = quarters("2025-01-10", term={"length": "7 months", "first_day_counts": True})
    assert list(found.values()) == ["2025-03-31", "2025-06-30", "2025-07-31"]


def test_a_series_without_an_end_shows_no_period_cut_short() -> None:
    """Found by hand: the last quarter shown of an open-ended contract ended 400 days from today, whatever day that was,
    and moved every day."""
    ends = [date.fromisoformat(day) for day in quarters("2025-02-10", term=None).values()]
    assert ends[:4] == [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
    assert ends[-1] == date(2026, 3, 31), "the last to begin within 400 days"
    assert quarters("2025-02-10", term=None).items() <= quarters("2025-05-10", term=None).items()


def test_a_series_of_a_contract_that_renews_itself_shows_no_period_cut_short() -> None:
    """Found by hand: where periods of five months do not fit the years, the last one ended with the next year."""
    visits = [{"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "5 months"}]
    terms = {"term": {"length": "1 year", "first_day_counts": True}, "renewal": {"mode": "automatic"}}
    found = legal_days(deadlines(contract(obligations=visits, **terms), "2025-06-01"))
    assert found["follow-up-visit/5"] == "2027-02-01", "31 January 2027 is a Sunday, and after the second year"


def test_a_daily_series_is_never_lost_however_long_it_runs() -> None:
    """Found by hand: after 4,000 occurrences a series fell silent."""
    document = duty("on period_end", every="1 day", first="2010-01-01", **{"while": "always"})
    ends = [deadline.legal for deadline in deadlines(document, "2026-11-22").values()]
    assert max(day for day in ends if day) > date(2027, 11, 22)


def test_a_series_after_the_end_starts_on_the_next_day_and_stops_when_its_time_is_up() -> None:
    ended = {"kind": "ended", "day": "2026-01-31"}
    found = duty_days("2026-06-01", "on period_end", ended, every="3 months", until="1 year", **{"while": "after_end"})
    assert list(found.values()) == ["2026-04-30", "2026-07-31", "2026-11-02", "2027-02-01"]
    # 31 October 2026 is a Saturday, 31 January 2027 a Sunday: acts move on to Monday.


def test_a_series_after_the_end_waits_for_the_end() -> None:
    document = contract(
        term=None,
        renewal=None,
        obligations=[{"code": "report", "due": "on period_end", "every": "1 month", "while": "after_end"}],
    )
    assert legal_days(deadlines(document, "2026-06-01")) == {"report/1": ""}


def test_due_days_may_be_counted_from_the_start_of_each_period() -> None:
    found = legal_days(deadlines(contract(renewal=None), "2025-01-10"))
    assert [found[f"payment/{n}"] for n in (1, 2, 3)] == ["2025-01-06", "2025-04-07", "2025-07-07"]
    # 6 days after 31 December, 31 March and 30 June: 6 April and 6 July are Sundays.


def test_a_perpetual_duty_is_reviewed_every_year_whether_or_not_the_contract_lasts() -> None:
    """Found by hand: the reviews ended with the contract, which is when they start to matter."""
    obligation = {"code": "confidentiality-end", "side": "us", "due": "perpetual", "every": "1 year"}
    document = contract(renewal=None, obligations=[obligation], facts=[{"kind": "ended", "day": "2026-06-30"}])
    found = {key: item for key, item in deadlines(document, "2028-11-22").items() if key.startswith("conf")}
    assert [item.legal.year for item in found.values() if item.legal] == [2025, 2026, 2027, 2029, 2029]
    # 31 December 2028 is a Sunday, so that review moves on to Monday 1 January.
    assert {item.nature for item in found.values()} == {Nature.BY}, "a review is an act"


def test_a_standing_duty_without_a_day_gives_no_deadline() -> None:
    assert duty_days("2026-06-01", "standing") == {}


# ------------------------------------------------------------------- survival


def secrecy(due: str, *facts: dict[str, Any], today: str = "2027-06-01", **sections: object) -> dict[str, str]:
    obligations = [{"code": "confidentiality-end", "side": "us", "due": due}]
    found = deadlines(contract(renewal=None, obligations=obligations, **sections), today, *facts)
    return {key: day for key, day in legal_days(found).items() if key.startswith("conf")}


def test_survival_runs_from_the_end_as_it_was_and_not_as_it_was_planned() -> None:
    assert secrecy("3 years after ended", today="2025-06-01") == {"confidentiality-end/1": "2029-12-31"}
    early = {"kind": "ended", "day": "2026-02-28"}
    assert secrecy("3 years after ended", early) == {"confidentiality-end/1": "2029-02-28"}


def test_survival_is_projected_then_unconfirmed_then_sure() -> None:
    def certainty(today: str, *facts: dict[str, Any]) -> Certainty:
        obligations = [{"code": "confidentiality-end", "due": "3 years after ended"}]
        return deadlines(contract(renewal=None, obligations=obligations), today, *facts)[
            "confidentiality-end/1"
        ].certainty

    assert certainty("2026-12-31") is Certainty.PROJECTED
    assert certainty("2027-01-01") is Certainty.UNCONFIRMED
    assert certainty("2027-01-01", {"kind": "ended", "day": "2026-12-31"}) is Certainty.CONFIRMED


def test_each_disclosure_has_its_own_clock() -> None:
    told = [{"kind": "confidential_disclosure", "day": day} for day in ("2025-08-31", "2028-02-29")]
    assert secrecy("5 years after confidential_disclosure", *told, today="2029-01-01") == {
        "confidentiality-end/confidential_disclosure-1": "2030-08-31",
        "confidentiality-end/confidential_disclosure-2": "2033-02-28",
    }


def test_a_duty_that_lasts_is_safe_from_the_later_of_two_ends() -> None:
    obligations = [{"code": "confidentiality-end", "due": "3 years after term_end"}]
    found = deadlines(contract(term={"length": "2 years"}, renewal=None, obligations=obligations), "2027-06-01")[
        "confidentiality-end/1"
    ]
    assert (found.legal, found.act_by) == (date(2029, 12, 31), date(2030, 1, 1))


def test_within_the_last_days_before_the_end_has_two_readings() -> None:
    obligations = [{"code": "unfinished-business", "side": "us", "due": "within 30 days before term_end"}]
    found = deadlines(contract(renewal=None, obligations=obligations), "2026-06-01")["unfinished-business/1"]
    assert (found.legal, found.act_by) == (date(2026, 12, 31), date(2026, 12, 1))


def test_within_no_days_at_all_before_the_end_has_one() -> None:
    """Found by chance: the day itself was told twice, once for each way to read the words."""
    obligations = [{"code": "unfinished-business", "side": "us", "due": "within 0 days before term_end"}]
    found = deadlines(contract(renewal=None, obligations=obligations), "2026-06-01")["unfinished-business/1"]
    assert [reading.day for reading in found.readings] == [date(2026, 12, 31)]


def test_nothing_that_fell_due_before_tracking_began_is_brought_up() -> None:
    days = legal_days(deadlines(contract(renewal=None, tracked_from="2026-07-01"), "2026-08-01"))
    assert min(days.values()) >= "2026-07-01"
    assert len(days) == 3


def test_a_series_reaches_more_than_a_year_ahead() -> None:
    ends = [date.fromisoformat(day) for day in quarters("2025-02-10", term=None).values()]
    assert ends[-1] - date(2025, 2, 10) > timedelta(days=365)


def test_a_series_with_an_end_of_its_own_shows_no_more_than_the_terms_that_are_worked_out() -> None:
    """Found by chance: on 1 December 2019 two years of a monthly duty were shown, and the day after only those up to
    the end of the second and last renewal."""
    monthly = {"code": "report", "side": "us", "due": "on period_end", "every": "1 month", "until": "2 years"}
    document = contract(
        effect={"when": "2019-11-01"},
        term={"length": "31 days", "first_day_counts": True},
        renewal={"mode": "automatic", "cap": 2},
        obligations=[monthly],
    )
    first, then = (
        [key for key in deadlines(document, day) if key.startswith("report")] for day in ("2019-12-01", "2019-12-02")
    )
    assert first == ["report/1", "report/2", "report/3"]
    assert then == ["report/1", "report/2", "report/3", "report/4"]
