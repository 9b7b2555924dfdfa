"""From period to period: how long a contract binds, and what carries it on."""

from datetime import date

import pytest

from tests.support.cast import ends, fact, life
from tracker.rules.deadlines import Certainty
from tracker.rules.readings import ReadingName

AUTOMATIC = {"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]}


def test_terms_that_hold_from_the_day_of_effect_say_what_that_day_is() -> None:
    """In force on 1 June by its first words; from that day on it is to be 1 July."""
    before = {"effect": {"when": "2026-06-01"}}
    change = {"title": "Supplement", "signed": "2026-05-20", "effective": "2026-06-01", "before": before}
    for effective, day in (("2026-06-01", "2026-07-01"), ("2026-06-02", "2026-06-01")):
        amendments = [{**change, "effective": effective}]
        found = life("2026-06-10", effect={"when": "2026-07-01"}, amendments=amendments).effective
        assert found is not None
        assert found.day.isoformat() == day


# ------------------------------------------------------------------- the term


def test_a_term_whose_first_day_counts_ends_on_the_day_before() -> None:
    assert ends(life("2025-06-01", term={"length": "1 year", "first_day_counts": True})) == ["2025-12-31"]


def test_a_term_whose_first_day_does_not_count_ends_on_the_same_date() -> None:
    assert ends(life("2025-06-01", term={"length": "1 year", "first_day_counts": False})) == ["2026-01-01"]


def test_where_the_words_do_not_say_both_ends_are_kept() -> None:
    first = life("2025-06-01", term={"length": "1 year"}).periods[0]
    assert [reading.day for reading in first.readings] == [date(2025, 12, 31), date(2026, 1, 1)]
    assert (first.last, first.later) == (date(2025, 12, 31), date(2026, 1, 1))


def test_an_end_the_contract_names_wins_and_the_difference_is_shown() -> None:
    first = life("2025-06-01", term={"length": "1 year", "end": "2025-12-20", "first_day_counts": True}).periods[0]
    assert [(reading.name, reading.day) for reading in first.readings] == [
        (ReadingName.STATED, date(2025, 12, 20)),
        (ReadingName.COMPUTED, date(2025, 12, 31)),
    ]
    assert (first.last, first.later) == (date(2025, 12, 20), None), "what the parties named leaves no doubt"


def test_an_open_ended_contract_has_no_end() -> None:
    found = life("2025-06-01", term={"start": "2025-01-01"}, renewal=None)
    assert (ends(found), found.ended, found.last_day) == (["open"], None, None)


def test_a_term_has_no_dates_before_the_contract_takes_effect() -> None:
    found = life("2025-06-01", effect={"conditions": ["trained"]})
    assert (ends(found), found.effective, found.ended) == (["open"], None, None)


def test_the_last_condition_met_brings_the_contract_into_effect() -> None:
    facts = [
        fact("condition_met", "2025-03-10", subject="trained"),
        fact("condition_met", "2025-03-18", subject="installed"),
    ]
    found = life("2025-06-01", effect={"conditions": ["installed", "trained"]}, facts=facts)
    assert found.effective is not None
    assert found.effective.day == date(2025, 3, 18)


def test_a_contract_is_formed_by_the_last_signature() -> None:
    one = [fact("signed", "2025-01-02", by="us")]
    assert life("2025-06-01", facts=one).formed is None
    formed = life("2025-06-01", facts=[*one, fact("signed", "2025-01-05", by="them")]).formed
    assert formed is not None
    assert formed.day == date(2025, 1, 5)


# ---------------------------------------------------------------- renewed or not


def test_a_term_that_nobody_renews_runs_out() -> None:
    before, after = life("2026-12-31"), life("2027-01-01")
    assert before.ended is not None
    assert after.ended is not None
    assert (before.ended.day, before.ended.certainty) == (date(2026, 12, 31), Certainty.PROJECTED)
    assert after.ended.certainty is Certainty.UNCONFIRMED, "time has passed, but nobody has confirmed it"


def test_renewal_by_agreement_waits_for_the_agreement() -> None:
    assert ends(life("2027-06-01")) == ["2026-12-31"]
    assert ends(life("2027-06-01", facts=[fact("renewed", "2026-12-01")])) == ["2026-12-31", "2028-12-31"]


def test_a_renewal_agreed_until_a_day_ends_on_that_day_and_shows_what_the_clause_would_give() -> None:
    found = life("2027-06-01", facts=[fact("renewed", "2026-12-01", until="2027-12-31")])
    assert ends(found) == ["2026-12-31", "2027-12-31"]
    assert [reading.name for reading in found.periods[1].readings] == [ReadingName.STATED, ReadingName.COMPUTED]


def test_what_follows_a_named_end_is_counted_from_it() -> None:
    """Found by hand: the second renewal was counted from the first day of all, as if no end had been named."""
    facts = [fact("renewed", "2026-12-01", until="2027-06-30"), fact("renewed", "2027-06-01")]
    assert ends(life("2028-01-01", facts=facts)) == ["2026-12-31", "2027-06-30", "2029-06-30"]


def test_parties_may_renew_although_no_clause_provides_for_it() -> None:
    """Found by hand: a recorded renewal was passed over where the contract had no renewal clause."""
    renewed = fact("renewed", "2026-12-01", until="2027-12-31")
    assert ends(life("2027-06-01", renewal=None, facts=[renewed])) == ["2026-12-31", "2027-12-31"]


def test_a_renewal_of_unknown_length_has_no_known_end() -> None:
    found = life("2027-06-01", renewal=None, facts=[fact("renewed", "2026-12-01")])
    assert (ends(found), found.ended) == (["2026-12-31", "open"], None)


def test_renewals_that_may_go_on_beyond_the_calendar_have_no_end_to_reckon_with() -> None:
    """Found by hand: no schedule could be made at all."""
    centuries = {"mode": "automatic", "length": "200 years", "cap": 60}
    found = life("2025-06-01", renewal=centuries)
    assert (ends(found), found.utmost) == (["2026-12-31", "2226-12-31"], None)


def test_a_renewal_cannot_end_before_what_it_renews() -> None:
    facts = [fact("renewed", "2026-12-01", until="2026-11-30")]
    assert ends(life("2027-06-01", renewal=AUTOMATIC, facts=facts))[:2] == ["2026-12-31", "2028-12-31"]


def test_silence_renews_an_automatic_contract_up_to_the_next_period() -> None:
    assert ends(life("2026-06-01", renewal=AUTOMATIC)) == ["2026-12-31", "2028-12-31"]
    assert ends(life("2027-06-01", renewal=AUTOMATIC)) == ["2026-12-31", "2028-12-31", "2030-12-31"]


def test_a_tacit_renewal_is_projected_until_the_notice_day_has_passed_and_confirmed_only_by_a_person() -> None:
    def of_second(today: str, *facts: object) -> Certainty:
        return life(today, renewal=AUTOMATIC, facts=list(facts)).periods[1].certainty

    assert of_second("2026-12-01") is Certainty.PROJECTED
    assert of_second("2026-12-02") is Certainty.UNCONFIRMED
    assert of_second("2026-12-02", fact("renewed", "2026-12-31")) is Certainty.CONFIRMED


def test_an_automatic_contract_runs_on_and_has_no_end_yet() -> None:
    assert life("2026-06-01", renewal=AUTOMATIC).ended is None


def test_the_cap_ends_automatic_renewal() -> None:
    found = life("2040-01-01", renewal={**AUTOMATIC, "cap": 2})
    assert ends(found) == ["2026-12-31", "2028-12-31", "2030-12-31"]
    assert found.ended is not None
    assert (found.ended.day, found.ended.certainty) == (date(2030, 12, 31), Certainty.UNCONFIRMED)


@pytest.mark.parametrize("by", ["us", "them"])
@pytest.mark.parametrize(
    "windows",
    [
        [{"side": "both", "at_least": "30 days"}],
        [{"side": "us", "at_least": "30 days"}],
        [],
    ],
)
def test_notice_of_either_side_stops_the_renewal(windows: list[object], by: str) -> None:
    """Found by hand: the other side's notice was not heard under a window for both sides, nor where only ours was
    written down."""
    given = fact("notice_not_to_renew", "2026-11-01", by=by)
    found = life("2027-06-01", renewal={"mode": "automatic", "notice": windows}, facts=[given])
    assert ends(found) == ["2026-12-31"]


def test_late_notice_does_not_undo_the_renewal() -> None:
    given = fact("notice_not_to_renew", "2026-12-02", by="us")
    assert len(life("2026-12-10", renewal=AUTOMATIC, facts=[given]).periods) == 2


def test_notice_on_the_last_day_is_in_time() -> None:
    given = fact("notice_not_to_renew", "2026-12-01", by="us")
    assert len(life("2026-12-10", renewal=AUTOMATIC, facts=[given]).periods) == 1


def test_notice_before_the_window_opens_does_not_count() -> None:
    window = {"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"}
    given = fact("notice_not_to_renew", "2026-09-01", by="us")
    assert len(life("2026-12-10", renewal={"mode": "automatic", "notice": [window]}, facts=[given]).periods) == 2


def test_notice_given_in_one_period_is_not_notice_in_the_next() -> None:
    too_late = fact("notice_not_to_renew", "2026-12-15", by="us")
    assert ends(life("2028-12-15", renewal=AUTOMATIC, facts=[too_late]))[-1] == "2030-12-31"


def test_an_option_renews_when_its_holder_says_so() -> None:
    """Found by hand: only a separate fact that it was renewed did."""
    option = {"mode": "option", "length": "1 year", "notice": [{"side": "us", "at_least": "60 days"}]}
    assert ends(life("2027-02-01", renewal=option)) == ["2026-12-31"]
    taken = fact("notice_of_renewal_intention", "2026-10-01", by="us")
    assert ends(life("2027-02-01", renewal=option, facts=[taken])) == ["2026-12-31", "2027-12-31"]
    stranger = fact("notice_of_renewal_intention", "2026-10-01", by="them")
    assert ends(life("2027-02-01", renewal=option, facts=[stranger])) == ["2026-12-31"]
    late = fact("notice_of_renewal_intention", "2026-11-15", by="us")
    assert ends(life("2027-02-01", renewal=option, facts=[late])) == ["2026-12-31"]


def test_renewals_count_from_the_first_day_and_never_drift() -> None:
    months = {"mode": "automatic", "length": "1 month"}
    found = life("2025-08-01", effect={"when": "2024-12-31"}, term={"length": "1 month"}, renewal=months)
    assert ends(found)[:7] == [
        "2025-01-30",
        "2025-02-28",
        "2025-03-30",
        "2025-04-30",
        "2025-05-30",
        "2025-06-30",
        "2025-07-30",
    ]


def test_a_term_from_a_leap_day_comes_back_to_its_date() -> None:
    yearly = {"mode": "automatic", "cap": 4}
    term = {"length": "1 year", "first_day_counts": False}
    found = life("2040-01-01", effect={"when": "2024-02-29"}, term=term, renewal=yearly)
    assert ends(found) == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]


def test_renewals_of_another_length_follow_the_initial_term() -> None:
    found = life("2026-03-01", term={"length": "18 months"}, renewal={"mode": "automatic", "length": "90 days"})
    assert ends(found) == ["2026-06-30", "2026-09-28"]
