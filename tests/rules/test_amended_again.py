"""Obligations and terms amended more than once: which wording governs, and by what name an occurrence goes."""

from datetime import date
from typing import Any

from tests.rules.test_amended import RENT, VISITS, amended, amendment, days, terms
from tests.rules.test_amended_term import AUTOMATIC, YEARLY, lives
from tests.support.cast import agreed, deadlines, drafted
from tracker.rules.agreement import Agreement
from tracker.rules.versions import in_force, versions

MONTHLY = {**VISITS, "every": "1 month"}
REPORT_AFTER = {**VISITS, "due": "5 days after period_end"}


def on(day: str, **more: Any) -> dict[str, Any]:
    return {"key": "visits", "code": "delivery", "side": "them", "due": f"on {day}", **more}


# ------------------------------------------------------------------------- obligations


def test_only_the_amendment_that_changes_how_often_cuts_a_round_short() -> None:
    steps = amendment("2026-04-01", terms(VISITS)), amendment("2026-08-15", terms(REPORT_AFTER))
    found = days(amended(terms(MONTHLY), *steps), "2026-08-20", of="visits")
    assert list(found.items())[:4] == [
        ("visits/1", "2026-03-31"),
        ("visits/2", "2026-07-05"),  # the whole quarter from April, and five days
        ("visits/3", "2026-08-19"),  # from July, cut the day before the amendment, and five days
        ("visits/amendment-2.1", "2026-09-14"),
    ]


def test_a_round_cut_short_can_be_met_once_it_is_over() -> None:
    document = amended(terms({**RENT, "every": "1 month"}), amendment("2026-05-15", terms(RENT)))
    found = deadlines(document, "2026-05-20")
    assert [found[key].since for key in ("rent/2", "rent/amendment-1.1")] == [date(2026, 5, 14), date(2026, 6, 14)]


def test_rounds_keep_the_name_of_the_amendment_that_began_them_though_another_changes_their_day() -> None:
    monthly_report = {**MONTHLY, "due": "5 days after period_end"}
    steps = amendment("2026-04-01", terms(VISITS)), amendment("2026-06-01", terms(MONTHLY))
    found = days(amended(terms(monthly_report), *steps), "2026-06-20", of="visits")
    assert list(found.items())[:3] == [
        ("visits/1", "2026-03-31"),
        ("visits/amendment-1.1", "2026-04-30"),
        ("visits/amendment-1.10", "2027-02-05"),
    ]
    assert (found["visits/amendment-1.2"], found["visits/amendment-1.3"]) == ("2026-05-31", "2026-07-05")


def test_a_round_runs_out_whole_where_the_obligation_is_dropped_for_a_while() -> None:
    steps = amendment("2026-05-15", terms(VISITS)), amendment("2026-09-01", terms())
    found = days(amended(terms(MONTHLY), *steps), "2026-09-20", of="visits")
    assert list(found.items())[:3] == [
        ("visits/1", "2026-03-31"),
        ("visits/2", "2026-06-30"),
        ("visits/amendment-2.1", "2026-09-30"),
    ]


def test_a_round_is_cut_short_where_the_obligation_becomes_a_standing_one() -> None:
    standing = {"key": "visits", "code": "follow-up-visit", "side": "us", "due": "standing"}
    found = days(amended(terms(standing), amendment("2026-05-15", terms(VISITS))), "2026-05-20", of="visits")
    assert found == {"visits/1": "2026-03-31", "visits/2": "2026-05-14"}


def test_a_day_named_after_rounds_goes_by_the_name_of_its_amendment() -> None:
    found = days(amended(terms(on("2026-06-10")), amendment("2026-04-01", terms(VISITS))), "2026-05-20", of="visits")
    assert found == {"visits/1": "2026-03-31", "visits/amendment-1.1": "2026-06-10"}


def test_a_day_past_when_it_was_agreed_is_governed_by_the_words_that_named_it_first() -> None:
    first, second = on("2026-05-10", amount="900 CNY"), on("2026-05-10", amount="950 CNY")
    steps = amendment("2026-05-20", terms(on("2026-06-01"))), amendment("2026-06-20", terms(first))
    found = deadlines(amended(terms(second), *steps), "2026-06-21")["visits/1"]
    assert (str(found.legal), found.amount and int(found.amount.amount), found.terms_before) == (
        "2026-05-10",
        900,
        "amendment-2",
    )


# ------------------------------------------------------------------------------- terms


def open_ended(**sections: Any) -> dict[str, Any]:
    return terms(effect={"when": "2024-01-01"}, **{"term": None, **sections})


def test_silence_renews_as_the_oldest_terms_say_before_there_were_any() -> None:
    """Open-ended until June 2026: the years before it are those of the term agreed then."""
    steps = (
        amendment("2026-06-01", open_ended()),
        amendment("2026-09-01", open_ended(term=YEARLY, renewal=AUTOMATIC)),
    )
    now = open_ended(term={**YEARLY, "length": "2 years"}, renewal=AUTOMATIC)
    assert lives(amended(now, *steps), "2026-10-01") == ["2024-12-31", "2025-12-31", "2026-12-31", "2028-12-31"]


def test_what_one_amendment_agrees_and_another_of_the_same_day_takes_back_carries_nothing_on() -> None:
    yearly = terms(term=YEARLY, effect={"when": "2026-01-01"})
    renewed = {**yearly, "renewal": AUTOMATIC}
    steps = (
        amendment("2026-12-31", yearly, signed="2026-12-01"),
        amendment("2026-12-31", renewed, signed="2026-12-02"),
    )
    assert lives(amended(yearly, *steps), "2027-02-01") == ["2026-12-31"]
    assert lives(amended(renewed, *steps[:1]), "2027-02-01")[-1] == "2028-12-31"


def test_an_end_that_was_worded_anew_is_no_end_of_a_renewed_period() -> None:
    """An end agreed in June for December, and in July put back to March: what follows runs a year from April."""
    renewal = {"mode": "automatic", "length": "1 year"}
    steps = (
        amendment("2026-06-01", open_ended()),
        amendment("2026-07-01", open_ended(term={"end": "2026-12-31"}, renewal=renewal)),
    )
    now = open_ended(term={"end": "2026-03-31"}, renewal=renewal)
    assert lives(amended(now, *steps), "2026-08-01")[:2] == ["2026-03-31", "2027-03-31"]


# ---------------------------------------------------------------------------- versions


def thrice() -> Agreement:
    """The rent after 10 days, from April after 15 and from October after 20."""
    wordings = [terms({**RENT, "due": f"{n} days after period_end"}) for n in (10, 15, 20)]
    steps = amendment("2026-04-01", wordings[0]), amendment("2026-10-01", wordings[1])
    return agreed(drafted(amended(wordings[2], *steps)))


def due(agreement: Agreement) -> int | None:
    found = agreement.obligations[0].due
    return found.period.n if found and found.period else None


def test_each_version_of_the_terms_knows_its_days_and_its_amendments() -> None:
    april, october = date(2026, 4, 1), date(2026, 10, 1)
    assert [(due(one.terms), one.since, one.until, one.amendment, one.replaced_by) for one in versions(thrice())] == [
        (10, None, april, "", "amendment-1"),
        (15, april, october, "amendment-1", "amendment-2"),
        (20, october, None, "amendment-2", ""),
    ]
    assert [len(versions(one.terms)) for one in versions(thrice())] == [1, 1, 1], "each stands for itself"


def test_terms_are_those_of_a_day_and_where_no_day_is_known_those_agreed_now() -> None:
    days_ = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 9, 30), date(2026, 10, 1), None]
    assert [due(in_force(thrice(), day)) for day in days_] == [10, 15, 15, 20, 20]


def test_everybody_who_looks_after_a_duty_does_so_whatever_wording_governs_it() -> None:
    names = ("owner", "backup", "reviewer", "priority", "proof", "reminders")
    theirs = {name: f"{name}@acme.example" for name in ("owner", "backup", "reviewer")}
    before = {**RENT, **dict.fromkeys(theirs, "former@acme.example"), "proof": "optional", "priority": "low"}
    after = {**RENT, **theirs, "proof": "required", "priority": "high", "due": "15 days after period_end"}
    found = deadlines(amended(terms(after), amendment("2026-08-01", terms(before))), "2026-08-02")["rent/1"]
    assert found.terms_before == "amendment-1"
    assert [str(getattr(found.obligation, name)) for name in names] == [*theirs.values(), "high", "required", ""]
