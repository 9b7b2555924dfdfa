"""The life of a contract on the very days on which it turns."""

from datetime import date

import pytest

from tests.support.cast import ends, fact, life
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings, Known
from tracker.rules.readings import Reading, ReadingName
from tracker.rules.terms import Effect, EffectMode

AUTOMATIC = {"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]}
YEAR = {"length": "1 year", "first_day_counts": True}


def signed(*sides: str) -> list[dict[str, object]]:
    return [fact("signed", f"2025-01-0{day}", by=by) for day, by in enumerate(sides, 2)]


# ---------------------------------------------------------------- how it begins


def test_one_signature_is_not_enough_whosever_it_is() -> None:
    assert life("2025-06-01", facts=signed("us")).formed is None
    assert life("2025-06-01", facts=signed("them")).formed is None
    assert life("2025-06-01", facts=signed("us", "them")).formed == Known(date(2025, 1, 3), fact="signed-2")
    assert life("2025-06-01", facts=signed("both")).formed == Known(date(2025, 1, 2), fact="signed-1")


def test_a_recorded_day_of_effect_wins_and_names_its_fact() -> None:
    found = life("2025-06-01", facts=[fact("effective", "2025-02-01")])
    assert found.effective == Known(date(2025, 2, 1), fact="effective-1")
    assert life("2025-06-01").effective == Known(date(2025, 1, 1))


def test_conditions_met_name_the_last_of_them() -> None:
    facts = [fact("condition_met", "2025-03-18", subject="a"), fact("condition_met", "2025-03-10", subject="b")]
    found = life("2025-06-01", effect={"conditions": ["a", "b"]}, facts=facts)
    assert found.effective == Known(date(2025, 3, 18), fact="condition_met-1")


def test_a_condition_met_twice_was_met_the_first_time() -> None:
    twice = [Fact(str(day), FactKind.CONDITION_MET, date(2025, 3, day), subject="a") for day in (20, 10)]
    effect = Effect(EffectMode.ON_CONDITIONS, conditions=("a",))
    assert Happenings(twice).effective(effect) == Known(date(2025, 3, 10), fact="10")


# ------------------------------------------------------------------ how it ends


def test_the_last_day_is_the_end_or_else_the_last_one_worked_out() -> None:
    assert life("2025-06-01").last_day == date(2026, 12, 31)
    assert life("2025-06-01", facts=[fact("ended", "2025-08-01")]).last_day == date(2025, 8, 1)
    assert life("2025-06-01", renewal=AUTOMATIC).last_day == date(2028, 12, 31)
    assert life("2025-06-01", term=None, renewal=None).last_day is None


def test_a_contract_that_ended_before_its_term_began_still_shows_that_term() -> None:
    assert ends(life("2025-06-01", facts=[fact("ended", "2024-12-01")])) == ["2026-12-31"]


def test_a_period_that_begins_on_the_day_of_the_end_is_shown() -> None:
    assert len(life("2027-06-01", renewal=AUTOMATIC, facts=[fact("ended", "2027-01-01")]).periods) == 2
    assert len(life("2027-06-01", renewal=AUTOMATIC, facts=[fact("ended", "2026-12-31")]).periods) == 1


def test_an_end_that_may_be_a_day_later_is_kept_as_such_after_a_renewal_too() -> None:
    found = life("2025-06-01", term={"length": "1 year"}, facts=[fact("renewed", "2025-12-01")])
    assert found.ended == Known(date(2026, 12, 31), Certainty.PROJECTED, later=date(2027, 1, 1))


def test_an_end_counted_from_a_day_that_counts_is_in_no_doubt() -> None:
    assert life("2025-06-01", term=YEAR).periods[0].later is None


@pytest.mark.parametrize("today", ["2024-06-01", "2026-06-01", "2027-06-01"])
def test_a_capped_contract_has_no_end_in_sight_before_its_last_period(today: str) -> None:
    assert life(today, renewal={**AUTOMATIC, "cap": 3}).ended is None


def test_a_capped_contract_ends_with_its_last_period() -> None:
    found = life("2026-06-01", renewal={**AUTOMATIC, "cap": 1})
    assert found.ended == Known(date(2028, 12, 31), Certainty.PROJECTED)


def test_on_the_first_day_of_a_period_the_next_is_worked_out() -> None:
    assert len(life("2026-12-31", renewal=AUTOMATIC).periods) == 2
    assert len(life("2027-01-01", renewal=AUTOMATIC).periods) == 3


def test_notice_on_the_first_day_of_a_period_ends_it() -> None:
    given = fact("notice_not_to_renew", "2027-01-01", by="us")
    found = life("2027-01-01", renewal=AUTOMATIC, facts=[given])
    assert (ends(found), found.ended) == (
        ["2026-12-31", "2028-12-31"],
        Known(date(2028, 12, 31), Certainty.PROJECTED),
    )


def test_notice_before_the_term_begins_is_notice_about_its_end() -> None:
    given = fact("notice_not_to_renew", "2024-12-20", by="us")
    assert ends(life("2027-06-01", renewal=AUTOMATIC, facts=[given])) == ["2026-12-31"]


TERMINATION = [{"side": "us", "notice": "30 days"}]


def test_an_end_by_notice_does_not_move_though_its_day_is_off() -> None:
    """30 days after 5 March is Saturday 4 April, a holiday as well."""
    given = fact("notice_to_terminate", "2026-03-05", by="us")
    found = life("2026-04-04", termination=TERMINATION, facts=[given])
    assert found.ended == Known(date(2026, 4, 4), Certainty.PROJECTED, "notice_to_terminate-1")
    after = life("2026-04-05", termination=TERMINATION, facts=[given])
    assert after.ended == Known(date(2026, 4, 4), Certainty.UNCONFIRMED, "notice_to_terminate-1")


def test_notice_of_a_side_that_has_no_notice_period_ends_on_arrival() -> None:
    given = fact("notice_to_terminate", "2026-03-05", by="them")
    found = life("2026-03-06", termination=TERMINATION, facts=[given])
    assert found.ended is not None
    assert found.ended.day == date(2026, 3, 5)


# ------------------------------------------------------------- period by period


def test_periods_follow_one_another_without_a_gap() -> None:
    found = life("2027-06-01", renewal=AUTOMATIC)
    assert [period.first for period in found.periods] == [date(2025, 1, 1), date(2027, 1, 1), date(2029, 1, 1)]


def test_days_and_weeks_add_up_from_the_first_day() -> None:
    renewal = {"mode": "automatic", "length": "2 weeks"}
    found = life("2025-04-20", term={"length": "90 days", "first_day_counts": True}, renewal=renewal)
    assert ends(found)[:3] == ["2025-03-31", "2025-04-14", "2025-04-28"]


def test_a_stated_end_without_a_length_is_the_only_reading() -> None:
    first = life("2025-06-01", term={"end": "2026-01-31"}).periods[0]
    assert first.readings == (Reading(ReadingName.STATED, date(2026, 1, 31), ()),)
    assert first.later is None


def test_a_renewal_until_the_very_end_it_renews_says_nothing_of_its_own() -> None:
    facts = [fact("renewed", "2026-12-01", until="2026-12-31")]
    assert ends(life("2027-06-01", facts=facts)) == ["2026-12-31", "2028-12-31"]


def test_a_renewal_without_a_number_does_not_come_about_in_silence() -> None:
    assert ends(life("2027-06-01", renewal={"mode": "automatic", "length": "“as agreed”"})) == ["2026-12-31"]


def test_what_is_recorded_about_a_later_period_does_not_renew_the_first() -> None:
    facts = [fact("renewed", "2028-12-01", until="2029-06-30")]
    found = life("2028-12-02", renewal=AUTOMATIC, facts=facts)
    assert ends(found)[:3] == ["2026-12-31", "2028-12-31", "2029-06-30"]
    assert [period.renewed_by and period.renewed_by.key for period in found.periods[:3]] == [None, None, "renewed-1"]


def test_wanting_an_automatic_renewal_is_not_yet_renewing() -> None:
    said = fact("notice_of_renewal_intention", "2026-10-01", by="us")
    second = life("2026-10-02", renewal=AUTOMATIC, facts=[said]).periods[1]
    assert (second.certainty, second.renewed_by) == (Certainty.PROJECTED, None)


def test_an_option_without_a_window_may_be_taken_by_anybody_up_to_its_cap() -> None:
    option = {"mode": "option", "length": "1 year", "cap": 1}
    taken = [fact("notice_of_renewal_intention", f"{year}-10-01", by="them") for year in (2026, 2027)]
    found = life("2028-06-01", renewal=option, facts=taken)
    assert ends(found) == ["2026-12-31", "2027-12-31"]
    assert found.periods[1].certainty is Certainty.CONFIRMED


def test_silence_is_certain_only_after_the_last_of_two_notice_days() -> None:
    windows = [{"side": "us", "at_least": "30 days"}, {"side": "them", "at_least": "60 days"}]

    def of_second(today: str) -> Certainty:
        return life(today, renewal={"mode": "automatic", "notice": windows}).periods[1].certainty

    assert [of_second(f"2026-{day}") for day in ("11-01", "11-02", "12-01", "12-02")] == [
        Certainty.PROJECTED,
        Certainty.PROJECTED,
        Certainty.PROJECTED,
        Certainty.UNCONFIRMED,
    ]


def test_a_notice_day_that_nobody_can_know_is_passed_over() -> None:
    windows = [{"side": "us", "at_least": "promptly"}, {"side": "them", "at_least": "60 days"}]
    found = life("2026-11-02", renewal={"mode": "automatic", "notice": windows})
    assert found.periods[1].certainty is Certainty.UNCONFIRMED
    silent = life("2026-12-31", renewal={"mode": "automatic", "notice": windows[:1]})
    assert silent.periods[1].certainty is Certainty.PROJECTED, "until the end itself"


@pytest.mark.parametrize("by", [Side.US, Side.THEM, Side.BOTH, None])
def test_facts_of_one_kind_come_in_the_order_of_their_days(by: Side | None) -> None:
    facts = [Fact(key, FactKind.SIGNED, date(2025, 1, day), by) for key, day in (("c", 2), ("b", 1), ("a", 2))]
    assert [item.key for item in Happenings(facts).of(FactKind.SIGNED)] == ["b", "a", "c"]
    mixed = [*facts, Fact("x", FactKind.ENDED, date(2025, 1, 1))]
    assert [item.key for item in Happenings(mixed).of(FactKind.ENDED, FactKind.SIGNED)] == ["b", "x", "a", "c"]
    assert Happenings(facts).of(FactKind.ENDED) == []


# ------------------------------------------------------ renewals recorded late


def until(recorded: str, mode: str = "automatic", length: str = "1 year") -> list[str]:
    """The ends of a contract for the year 2025 after a renewal until 15 January 2031 was recorded on that day."""
    renewal = {"mode": mode, "length": length}
    facts = [fact("renewed", recorded, until="2031-01-15")]
    return ends(life("2026-12-30", term=YEAR, renewal=renewal, facts=facts))


def test_a_recorded_renewal_is_about_the_nearest_end() -> None:
    """2025 and 2026 end 365 days apart: 1 July 2026 is the 182nd day after the first end, 2 July the 183rd."""
    assert until("2024-12-01")[:2] == ["2025-12-31", "2031-01-15"]
    assert until("2026-07-01")[:2] == ["2025-12-31", "2031-01-15"]
    assert until("2026-07-02")[:3] == ["2025-12-31", "2026-12-31", "2031-01-15"]
    assert until("2027-07-01")[:3] == ["2025-12-31", "2026-12-31", "2031-01-15"]
    assert until("2027-07-02")[:3] == ["2025-12-31", "2026-12-31", "2027-12-31"]


@pytest.mark.parametrize("mode", ["automatic", "option"])
def test_a_renewal_for_longer_than_the_term_is_not_lost_when_recorded_late(mode: str) -> None:
    """Found by mutation: recorded nine months after the end of one year, it was about neither that end nor the next,
    three years later, and so about none."""
    assert until("2026-09-30", mode, "3 years")[:2] == ["2025-12-31", "2031-01-15"]
    assert until("2027-06-30", mode, "3 years")[:2] == ["2025-12-31", "2031-01-15"]


def test_with_no_length_agreed_every_recorded_renewal_counts() -> None:
    facts = [fact("renewed", "2029-01-01", until="2031-01-15")]
    renewal = {"mode": "option"}
    assert ends(life("2029-06-01", term={"end": "2025-12-20"}, renewal=renewal, facts=facts)) == [
        "2025-12-20",
        "2031-01-15",
    ]


def test_one_recorded_renewal_renews_once() -> None:
    """Found by mutation: recorded late and for a short time, it was about the end that it set as well."""
    facts = [fact("renewed", "2026-05-01", until="2026-07-01")]
    found = life("2026-05-02", term=YEAR, renewal={"mode": "automatic"}, facts=facts)
    assert [period.renewed_by and period.renewed_by.key for period in found.periods] == [None, "renewed-1", None]
    twice = [*facts, fact("renewed", "2026-05-02", until="2026-09-01")]
    again = life("2026-05-03", term=YEAR, renewal={"mode": "automatic"}, facts=twice)
    assert ends(again)[:3] == ["2025-12-31", "2026-07-01", "2026-09-01"]
