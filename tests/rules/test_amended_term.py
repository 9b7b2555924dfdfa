"""Amendments of the term, its renewal and the notices that end it. Days off play no part here."""

from typing import Any

from tests.rules.test_amended import OPEN, TWO_YEARS, amended, amendment, days, terms
from tests.support.cast import bare, deadlines, drafted, ends, fact, legal_days, life
from tracker.rules.deadlines import Certainty

YEARLY = {"length": "1 year", "first_day_counts": True}
AUTOMATIC = {"mode": "automatic"}
BY_AGREEMENT = {"mode": "agreement", "notice": [{"side": "us", "at_least": "60 days"}], "formalities": "15 days"}


def lives(document: dict[str, Any], today: str) -> list[str]:
    return ends(life(today, **document))


def test_a_longer_term_moves_its_end_and_the_notice_before_it() -> None:
    before, after = terms(renewal=BY_AGREEMENT), terms(renewal=BY_AGREEMENT, term={**TWO_YEARS, "length": "3 years"})
    document = amended(after, amendment("2027-06-01", before))
    assert days(document, "2027-06-02") == {
        "term-end/1": "2028-12-31",
        "renewal-intention.us/1": "2028-11-01",  # 30 days of November and 30 of December back from the 31st
        "renewal-formalities/1": "2028-12-16",
    }


def test_an_end_of_its_own_takes_the_place_of_a_length() -> None:
    document = amended(terms(term={"end": "2028-03-31"}), amendment("2027-06-01", terms()))
    assert lives(document, "2027-06-02") == ["2028-03-31"]


def test_a_term_extended_from_the_day_after_its_end_runs_on() -> None:
    document = amended(terms(term={**TWO_YEARS, "length": "3 years"}), amendment("2028-01-01", terms()))
    assert lives(document, "2027-06-02") == ["2028-12-31"]
    assert deadlines(document, "2027-06-02")["term-end/1"].certainty is Certainty.CONFIRMED


def test_a_shorter_term_ends_sooner() -> None:
    document = amended(terms(term={"end": "2026-09-30"}), amendment("2026-06-01", terms()))
    assert lives(document, "2026-06-02") == ["2026-09-30"]


def test_periods_renewed_in_silence_stay_renewed_when_silence_renews_no_longer() -> None:
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    now = {**yearly, "renewal": BY_AGREEMENT}
    document = amended(now, amendment("2026-03-01", yearly))
    assert lives(document, "2026-05-01") == ["2024-12-31", "2025-12-31", "2026-12-31"]
    found = days(document, "2026-05-01", of="renewal-intention")
    assert found == {"renewal-intention.us/3": "2026-11-01"}, "only the period that ends under the new terms"


def test_a_contract_that_begins_to_renew_itself_does_so_from_the_period_it_is_in() -> None:
    before = terms(term=YEARLY, effect={"when": "2026-01-01"})
    document = amended({**before, "renewal": AUTOMATIC}, amendment("2026-12-31", before))
    assert lives(document, "2027-02-01") == ["2026-12-31", "2027-12-31", "2028-12-31"]


def test_a_contract_that_renews_itself_from_the_day_after_its_end_goes_on() -> None:
    before = terms(term=YEARLY, effect={"when": "2026-01-01"})
    document = amended({**before, "renewal": AUTOMATIC}, amendment("2027-01-01", before))
    assert lives(document, "2027-02-01") == ["2026-12-31", "2027-12-31", "2028-12-31"]


def test_an_end_agreed_in_a_renewed_period_is_the_end_of_that_period() -> None:
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    now = {**yearly, "term": {**YEARLY, "end": "2026-06-30"}, "renewal": {"mode": "none"}}
    document = amended(now, amendment("2026-03-01", yearly))
    assert lives(document, "2026-05-01") == ["2024-12-31", "2025-12-31", "2026-06-30"]
    assert days(document, "2026-05-01", of="term-end")["term-end/3"] == "2026-06-30"


def test_a_contract_that_renewed_itself_may_end_on_the_day_of_the_amendment() -> None:
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    now = {**yearly, "term": {**YEARLY, "end": "2026-03-01"}, "renewal": {"mode": "none"}}
    assert lives(amended(now, amendment("2026-03-01", yearly)), "2026-05-01")[-1] == "2026-03-01"


def test_a_longer_term_agreed_on_the_last_day_comes_before_renewal_in_silence() -> None:
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    three = {**yearly, "term": {**YEARLY, "length": "3 years"}}
    assert lives(amended(three, amendment("2024-12-31", yearly)), "2025-05-01")[0] == "2026-12-31"
    assert lives(amended(three, amendment("2025-01-01", yearly)), "2025-05-01")[:2] == ["2024-12-31", "2026-12-31"]


def test_a_new_length_that_is_over_already_changes_no_running_period() -> None:
    """Two years from 2024 were over by the end of 2025: what may be meant is the length of renewals."""
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    document = amended({**yearly, "term": {**YEARLY, "length": "2 years"}}, amendment("2026-03-01", yearly))
    assert lives(document, "2026-05-01") == ["2024-12-31", "2025-12-31", "2026-12-31", "2028-12-31"]


def test_a_clause_quoted_otherwise_gives_no_new_end() -> None:
    yearly = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2024-01-01"})
    document = amended({**yearly, "term": {**YEARLY, "reference": "cl. 2"}}, amendment("2026-03-01", yearly))
    assert lives(document, "2026-05-01") == ["2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31"]


def test_longer_notice_holds_for_the_periods_that_end_under_it() -> None:
    def notice(days_: str) -> dict[str, Any]:
        window = [{"side": "us", "at_least": f"{days_} days"}]
        return terms(term=YEARLY, renewal={**AUTOMATIC, "notice": window}, effect={"when": "2026-01-01"})

    document = amended(notice("90"), amendment("2027-02-01", notice("60")))
    found = days(document, "2026-10-01", of="renewal-intention")
    assert found == {"renewal-intention.us/1": "2026-11-01", "renewal-intention.us/2": "2027-10-02"}


def test_notice_given_before_the_amendment_runs_by_the_old_period() -> None:
    def notice(period: str) -> dict[str, Any]:
        return terms(term=None, termination=[{"side": "both", "notice": period}])

    document = amended(notice("60 days"), amendment("2026-06-01", notice("30 days")))
    for day, end in (("2026-05-31", "2026-06-30"), ("2026-06-01", "2026-07-31")):
        told = drafted({**document, "facts": [fact("notice_to_terminate", day, by="us")]})
        found = life("2026-06-02", **{**document, "facts": [fact("notice_to_terminate", day, by="us")]})
        assert told.amendments
        assert found.ended is not None
        assert found.ended.day.isoformat() == end


def test_it_took_effect_under_the_terms_in_force_by_then() -> None:
    before = terms(effect={"conditions": ["installed"]})
    now = terms(effect={"conditions": ["installed", "trained"]})
    document = amended(now, amendment("2026-06-01", before))
    assert "term-end/1" not in days(document, "2026-07-01")
    met = fact("condition_met", "2026-03-15", subject="installed")
    assert days(document, "2026-07-01", met)["term-end/1"] == "2028-03-14"
    late = fact("condition_met", "2026-06-15", subject="installed")
    assert "term-end/1" not in days(document, "2026-07-01", late), "the staff has to be trained as well"


def test_a_contract_that_becomes_open_ended_has_no_end_any_more() -> None:
    document = amended(terms(term=None), amendment("2026-06-01", terms()))
    assert days(document, "2026-07-01") == {}


def test_a_contract_that_was_open_ended_gets_an_end() -> None:
    document = amended(terms(), amendment("2026-06-01", terms(term=None)))
    assert days(document, "2026-07-01") == {"term-end/1": "2027-12-31"}


def test_the_law_of_the_lease_is_that_of_these_tests() -> None:
    assert drafted(amended(terms())).law.calendar == OPEN["calendar"]


def test_a_term_agreed_late_that_renews_itself_carries_the_contract_on_whenever_one_looks() -> None:
    agreed_late = terms(term=YEARLY, renewal=AUTOMATIC, effect={"when": "2026-01-01"})
    document = amended(agreed_late, amendment("2030-02-01", terms(effect={"when": "2026-01-01"}, term=None)))
    for today in ("2026-06-01", "2030-03-01"):
        assert lives(document, today)[0] == "2026-12-31"
        assert life(today, **document).ended is None


def test_renewals_agreed_later_with_a_limit_cut_a_round_short_as_if_agreed_first() -> None:
    rent = {"key": "rent", "code": "payment", "side": "us", "every": "1 year", "due": "on period_end"}
    month = {"length": "1 month", "first_day_counts": True}
    now = terms(rent, term=month, renewal={"mode": "automatic", "cap": 2})
    document = amended(now, amendment("2026-01-10", terms(rent, term=month)))
    assert days(document, "2026-01-15", of="rent") == {"rent/1": "2026-03-31"}


def test_notice_is_counted_by_the_rules_in_force_when_it_is_given() -> None:
    """Found by hand: under earlier terms the length of the notice was theirs and the rules were the new ones.

    One month from 30 April ends on 31 May where 1 May is the first day counted (Japan, arts. 140 and 143).
    """
    agreed: dict[str, Any] = {
        "effect": {"when": "2026-01-01"},
        "termination": [{"side": "both", "notice": "1 month"}],
        "obligations": [{"code": "confidentiality-end", "due": "on ended"}],
    }
    before = {**agreed, "law": {"counting": "jp-civil-code", "calendar": "NONE"}}
    supplement = {"title": "Supplement", "signed": "2026-06-01", "effective": "2026-07-01", "before": before}
    document = bare(**agreed, law={"counting": "plain", "calendar": "NONE"}, amendments=[supplement])

    def told(kind: str, day: str) -> set[str]:
        return set(legal_days(deadlines(document, "2026-08-01", fact(kind, day))).values())

    assert told("notice_to_terminate", "2026-04-30") == {"2026-05-31"}
    assert told("notice_to_terminate", "2026-09-30") == {"2026-10-30"}
    assert told("end_intended", "2026-06-30") == {"", "2026-05-29"}
    assert told("end_intended", "2026-07-30") == {"", "2026-06-30"}
