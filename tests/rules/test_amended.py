"""Amendments: the terms in force on the day a clock starts govern that clock. Days off play no part here."""

from pathlib import Path
from typing import Any

from tests.support.cast import contract, deadlines, fact, legal_days
from tracker.ports.plain_yaml import parse

OPEN = {"counting": "prc-civil-code", "calendar": "NONE", "zone": "Asia/Shanghai"}
TWO_YEARS = {"length": "2 years", "first_day_counts": True}
VISITS = {"key": "visits", "code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"}
RENT = {"key": "rent", "code": "payment", "side": "us", "due": "10 days after period_end", "every": "3 months"}
INVOICE = {"key": "fee", "code": "payment", "side": "us", "due": "10 days after invoice_received"}
RETURN = {"key": "papers", "code": "return-or-destroy", "side": "us", "due": "10 days after ended"}


def terms(*obligations: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """What was agreed of the lease from 1 January 2026 to 31 December 2027, with these obligations and sections."""
    usual = {"effect": {"when": "2026-01-01"}, "term": TWO_YEARS, "obligations": list(obligations)}
    return {name: value for name, value in {**usual, **sections}.items() if value}


def amendment(effective: str, before: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Supplement", "signed": effective, "effective": effective, "before": before, **more}


def amended(now: dict[str, Any], *amendments: dict[str, Any]) -> dict[str, Any]:
    bare = {"law": OPEN, "renewal": None, "term": None, "obligations": None}
    return contract(**{**bare, **now, "amendments": list(amendments)})


def days(document: dict[str, Any], today: str, *facts: Any, of: str = "") -> dict[str, str]:
    found = legal_days(deadlines(document, today, *facts))
    return {key: day for key, day in found.items() if key.startswith(of)}


# ---------------------------------------------------------------------- what comes round


def test_visits_every_quarter_become_monthly_with_the_amendment() -> None:
    monthly = {**VISITS, "every": "1 month"}
    document = amended(terms(monthly), amendment("2026-05-15", terms(VISITS)))
    found = days(document, "2026-05-20", of="visits")
    assert list(found.items())[:5] == [
        ("visits/1", "2026-03-31"),
        ("visits/2", "2026-05-14"),  # the quarter from April is cut short the day before the amendment
        ("visits/amendment-1.1", "2026-06-14"),  # a month from 15 May
        ("visits/amendment-1.10", "2027-03-14"),
        ("visits/amendment-1.11", "2027-04-14"),
    ]
    last = "visits/amendment-1.20"  # begins on 15 December 2027 and ends with the contract
    assert (len(found), found[last]) == (22, "2027-12-31")


def test_visits_made_before_the_series_changed_keep_their_names_and_days() -> None:
    before = days(amended(terms(VISITS)), "2026-05-20", of="visits")
    document = amended(terms({**VISITS, "every": "1 month"}), amendment("2026-07-01", terms(VISITS)))
    after = days(document, "2026-07-20", of="visits")
    assert {key: after[key] for key in ("visits/1", "visits/2")} == {
        key: before[key] for key in ("visits/1", "visits/2")
    }
    assert "visits/3" not in after
    assert after["visits/amendment-1.1"] == "2026-07-31"


def test_a_quarter_that_would_end_on_the_day_of_the_amendment_ends_the_day_before() -> None:
    document = amended(terms({**VISITS, "every": "1 month"}), amendment("2026-06-30", terms(VISITS)))
    found = days(document, "2026-07-20", of="visits")
    assert (found["visits/2"], found["visits/amendment-1.1"]) == ("2026-06-29", "2026-07-29")


def test_a_new_series_with_a_first_day_of_its_own_starts_on_that() -> None:
    monthly = {**VISITS, "every": "1 month", "first": "2026-06-01"}
    found = days(amended(terms(monthly), amendment("2026-05-15", terms(VISITS))), "2026-06-20", of="visits")
    assert (found["visits/2"], found["visits/amendment-1.1"]) == ("2026-05-14", "2026-06-30")


def test_a_series_with_another_first_day_is_another_series() -> None:
    old, new = {**VISITS, "first": "2026-01-01"}, {**VISITS, "first": "2026-06-01"}
    found = days(amended(terms(new), amendment("2026-05-15", terms(old))), "2026-06-20", of="visits")
    assert (found["visits/2"], found["visits/amendment-1.1"]) == ("2026-05-14", "2026-08-31")


def test_a_new_series_whose_first_day_lies_before_the_amendment_counts_on_from_it() -> None:
    monthly = {**VISITS, "every": "1 month", "first": "2026-01-01"}
    found = days(amended(terms(monthly), amendment("2026-05-15", terms(VISITS))), "2026-06-20", of="visits")
    assert "visits/amendment-1.5" not in found, "May had begun under the old terms"
    assert found["visits/amendment-1.6"] == "2026-06-30"


def test_more_days_to_pay_hold_for_the_rounds_that_begin_under_the_amendment() -> None:
    later = {**RENT, "due": "15 days after period_end"}
    found = days(amended(terms(later), amendment("2026-08-01", terms(RENT))), "2026-08-02", of="rent")
    assert found == {
        "rent/1": "2026-04-10",  # 31 March and ten days
        "rent/2": "2026-07-10",
        "rent/3": "2026-10-10",  # began on 1 July, before the amendment
        "rent/4": "2027-01-15",  # 31 December and fifteen days
        "rent/5": "2027-04-15",
        "rent/6": "2027-07-15",
        "rent/7": "2027-10-15",
        "rent/8": "2028-01-15",
    }


def test_each_deadline_tells_which_amendment_left_it_alone() -> None:
    first, second, third = ({**RENT, "due": f"{n} days after period_end"} for n in (10, 15, 20))
    steps = amendment("2026-04-01", terms(first)), amendment("2026-10-01", terms(second, VISITS))
    found = deadlines(amended(terms(third, VISITS), *steps), "2026-11-01")
    told = {key: found[key].terms_before for key in ("rent/1", "rent/3", "rent/4", "visits/1", "term-end/1")}
    assert told == {
        "rent/1": "amendment-1",
        "rent/3": "amendment-2",
        "rent/4": "",
        "visits/1": "",
        "term-end/1": "",
    }


def test_a_round_that_begins_on_the_day_of_the_amendment_is_under_the_new_terms() -> None:
    later = {**RENT, "due": "15 days after period_end"}
    found = days(amended(terms(later), amendment("2026-07-01", terms(RENT))), "2026-08-02", of="rent")
    assert (found["rent/2"], found["rent/3"]) == ("2026-07-10", "2026-10-15")


def test_the_amount_is_the_one_agreed_when_the_round_began() -> None:
    before, after = {**RENT, "amount": "9000 CNY"}, {**RENT, "amount": "9500 CNY"}
    found = deadlines(amended(terms(after), amendment("2026-07-01", terms(before))), "2026-08-02")
    amounts = [found[f"rent/{n}"].amount for n in (2, 3)]
    assert [amount and int(amount.amount) for amount in amounts] == [9000, 9500]


def test_a_dropped_series_runs_out_with_the_round_that_had_begun() -> None:
    found = days(amended(terms(), amendment("2026-05-15", terms(RENT))), "2026-05-20", of="rent")
    assert found == {"rent/1": "2026-04-10", "rent/2": "2026-07-10"}


def test_an_added_series_begins_with_the_amendment() -> None:
    found = days(amended(terms(VISITS), amendment("2026-05-15", terms())), "2026-05-20", of="visits")
    assert list(found.values())[:2] == ["2026-08-14", "2026-11-14"], "three months from 15 May, then three more"
    assert next(iter(found)) == "visits/1"


def test_what_is_dropped_and_agreed_again_starts_anew() -> None:
    document = amended(terms(VISITS), amendment("2026-04-01", terms(VISITS)), amendment("2026-07-01", terms()))
    found = days(document, "2026-07-20", of="visits")
    assert list(found.items())[:2] == [("visits/1", "2026-03-31"), ("visits/amendment-2.1", "2026-09-30")]


def test_a_review_after_the_end_comes_more_often_from_the_amendment_on_and_for_no_longer() -> None:
    review = {
        **{"key": "review", "code": "relationship-review", "side": "us", "due": "on period_end"},
        **{"every": "3 months", "while": "after_end", "until": "9 months"},
    }
    document = amended(terms({**review, "every": "1 month"}), amendment("2026-08-10", terms(review)))
    found = days(document, "2026-08-20", fact("ended", "2026-05-31", how="agreement"), of="review")
    assert found == {
        "review/1": "2026-08-09",  # from 1 June, cut the day before the amendment
        "review/amendment-1.1": "2026-09-09",
        "review/amendment-1.2": "2026-10-09",
        "review/amendment-1.3": "2026-11-09",
        "review/amendment-1.4": "2026-12-09",
        "review/amendment-1.5": "2027-01-09",
        "review/amendment-1.6": "2027-02-09",
        "review/amendment-1.7": "2027-02-28",  # nine months after the end
    }


# ---------------------------------------------------------------- what an event starts


def test_an_invoice_is_paid_by_the_terms_of_the_day_it_came() -> None:
    later = {**INVOICE, "due": "15 days after invoice_received"}
    document = amended(terms(later), amendment("2026-08-01", terms(INVOICE)))
    invoices = [fact("invoice_received", day) for day in ("2026-07-31", "2026-08-01")]
    assert days(document, "2026-09-01", *invoices, of="fee") == {
        "fee/invoice_received-1": "2026-08-10",
        "fee/invoice_received-2": "2026-08-16",
    }


def test_a_dropped_duty_is_still_owed_where_its_event_came_before() -> None:
    document = amended(terms(), amendment("2026-08-01", terms(INVOICE)))
    invoices = [fact("invoice_received", day) for day in ("2026-07-31", "2026-08-01")]
    assert days(document, "2026-09-01", *invoices, of="fee") == {"fee/invoice_received-1": "2026-08-10"}


def test_an_added_duty_knows_only_events_that_come_under_it() -> None:
    document = amended(terms(INVOICE), amendment("2026-08-01", terms()))
    invoices = [fact("invoice_received", day) for day in ("2026-07-31", "2026-08-01")]
    assert days(document, "2026-09-01", *invoices, of="fee") == {"fee/invoice_received-2": "2026-08-11"}


def test_more_time_to_return_papers_counts_only_if_agreed_before_the_end() -> None:
    longer = {**RETURN, "due": "20 days after ended"}
    document = amended(terms(longer), amendment("2026-08-01", terms(RETURN)))
    ended = {day: days(document, "2026-09-20", fact("ended", day, how="agreement"), of="papers") for day in
             ("2026-07-31", "2026-08-01")}  # fmt: skip
    assert ended == {"2026-07-31": {"papers/1": "2026-08-10"}, "2026-08-01": {"papers/1": "2026-08-21"}}


def test_a_duty_agreed_after_its_moment_has_passed_brings_nothing() -> None:
    training = {"key": "training", "code": "training", "side": "us", "due": "30 days after effective"}
    assert days(amended(terms(training), amendment("2026-03-01", terms())), "2026-03-02", of="training") == {}


def test_a_duty_that_still_waits_for_its_moment_is_there_once() -> None:
    open_ended = {"term": None}
    document = amended(
        terms({**RETURN, "due": "20 days after ended"}, **open_ended),
        amendment("2026-08-01", terms(RETURN, **open_ended)),
    )
    assert days(document, "2026-09-20", of="papers") == {"papers/1": ""}
    assert days(amended(terms(**open_ended), amendment("2026-08-01", terms(RETURN, **open_ended))), "2026-09-20") == {}


def test_a_named_day_moves_with_the_newest_terms_that_name_another() -> None:
    def on(day: str) -> dict[str, Any]:
        return terms({"key": "go-live", "code": "delivery", "side": "them", "due": f"on {day}"})

    for effective in ("2026-04-01", "2026-05-20"):  # before the old day, and after it had passed
        document = amended(on("2026-06-01"), amendment(effective, on("2026-05-01")))
        assert days(document, "2026-05-21", of="go-live") == {"go-live/1": "2026-06-01"}


def test_a_named_day_that_is_past_when_it_is_agreed_is_shown_all_the_same() -> None:
    def on(day: str) -> dict[str, Any]:
        return terms({"key": "go-live", "code": "delivery", "side": "them", "due": f"on {day}"})

    document = amended(on("2026-05-10"), amendment("2026-05-20", on("2026-06-01")))
    assert days(document, "2026-05-21", of="go-live") == {"go-live/1": "2026-05-10"}


def test_a_clock_from_a_named_day_runs_by_the_terms_in_force_on_that_day() -> None:
    def counted(period: str) -> dict[str, Any]:
        return terms({"key": "report", "code": "report", "side": "us", "due": f"{period} after 2026-05-01"})

    def day(effective: str) -> dict[str, str]:
        return days(amended(counted("15 days"), amendment(effective, counted("10 days"))), "2026-05-21", of="report")

    assert day("2026-05-02") == {"report/1": "2026-05-11"}
    assert day("2026-05-01") == {"report/1": "2026-05-16"}


def test_a_dropped_day_is_gone_unless_it_had_come() -> None:
    once = {"key": "report", "code": "report", "side": "us", "due": "10 days after 2026-05-01"}
    assert days(amended(terms(), amendment("2026-05-01", terms(once))), "2026-05-21", of="report") == {}
    kept = {"report/1": "2026-05-11"}
    assert days(amended(terms(), amendment("2026-05-02", terms(once))), "2026-05-21", of="report") == kept


def test_what_was_once_and_comes_round_now_takes_no_number_twice() -> None:
    once = {"key": "rent", "code": "payment", "side": "us", "due": "10 days after effective"}
    document = amended(terms(RENT), amendment("2026-04-01", terms(once)))
    found = days(document, "2026-04-02", of="rent")
    assert (found["rent/1"], found["rent/amendment-1.1"]) == ("2026-01-11", "2026-07-10")


def test_what_came_round_then_by_invoice_and_comes_round_again_takes_no_number_twice() -> None:
    by_invoice = {**INVOICE, "key": "rent"}
    steps = amendment("2026-04-01", terms(RENT)), amendment("2026-07-01", terms(by_invoice))
    found = days(amended(terms(RENT), *steps), "2026-07-02", fact("invoice_received", "2026-05-04"), of="rent")
    assert list(found.items())[:3] == [
        ("rent/1", "2026-04-10"),
        ("rent/amendment-2.1", "2026-10-10"),
        ("rent/amendment-2.2", "2027-01-10"),
    ]
    assert found["rent/invoice_received-1"] == "2026-05-14"


# ------------------------------------------------------------------------------ several


def test_three_amendments_one_after_the_other_in_whatever_order_they_are_written() -> None:
    def rent(due: str) -> dict[str, Any]:
        return terms({**RENT, "due": f"{due} days after period_end"})

    steps = [
        amendment("2026-04-01", rent("10"), key="first"),
        amendment("2026-10-01", rent("15"), key="second"),
        amendment("2027-04-01", rent("20"), key="third"),
    ]
    wanted = {
        "rent/1": "2026-04-10",
        "rent/2": "2026-07-15",
        "rent/3": "2026-10-15",
        "rent/4": "2027-01-20",
        "rent/5": "2027-04-20",
        "rent/6": "2027-07-25",
        "rent/7": "2027-10-25",
        "rent/8": "2028-01-25",
    }
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        document = amended(rent("25"), *(steps[place] for place in order))
        assert days(document, "2026-02-01", of="rent") == wanted


def test_two_amendments_of_the_same_day_follow_their_signatures() -> None:
    def rent(due: str) -> dict[str, Any]:
        return terms({**RENT, "due": f"{due} days after period_end"})

    first = amendment("2026-04-01", rent("10"), key="z", signed="2026-03-01")
    second = amendment("2026-04-01", rent("15"), key="a", signed="2026-03-02")
    for both in ((first, second), (second, first)):
        found = days(amended(rent("20"), *both), "2026-02-01", of="rent")
        assert (found["rent/1"], found["rent/2"]) == ("2026-04-10", "2026-07-20")


def test_it_counts_from_the_day_of_effect_though_signed_later() -> None:
    later = {**RENT, "due": "15 days after period_end"}
    document = amended(terms(later), amendment("2026-07-01", terms(RENT), signed="2026-09-20"))
    assert days(document, "2026-09-21", of="rent")["rent/3"] == "2026-10-15"


def test_who_looks_after_a_duty_is_as_it_is_now_whatever_governs_it() -> None:
    before = {**RENT, "owner": "ana@acme.example", "proof": "required", "priority": "low", "reminders": "9"}
    after = {**RENT, "owner": "ben@acme.example", "due": "15 days after period_end"}
    found = deadlines(amended(terms(after), amendment("2026-08-01", terms(before))), "2026-08-02")["rent/1"]
    assert found.obligation is not None
    names = ("owner", "proof", "priority", "reminders")
    assert [getattr(found.obligation, name) for name in names] == ["ben@acme.example", "optional", "normal", ""]


def test_other_counting_rules_hold_for_the_clocks_that_start_under_them() -> None:
    """1 August 2026 is a Saturday."""
    on_cn = {**OPEN, "calendar": "CN"}
    before = {**terms(INVOICE), "law": OPEN}
    document = amended({**terms(INVOICE), "law": on_cn}, amendment("2026-08-01", before))
    invoices = [fact("invoice_received", day) for day in ("2026-07-22", "2026-08-05")]
    assert days(document, "2026-09-01", *invoices, of="fee") == {
        "fee/invoice_received-1": "2026-08-01",
        "fee/invoice_received-2": "2026-08-17",  # the 15th is a Saturday
    }


def test_the_example_of_the_documentation_says_what_is_told_of_it() -> None:
    page = (Path(__file__).parents[2] / "docs" / "contract-file.md").read_text("utf-8")
    text = next(part for part in page.split("```") if "Supplementary agreement no. 1" in part)
    example, _lines = parse(text.removeprefix("yaml"))
    document = amended(terms(*example["obligations"]), *example["amendments"])
    found = days(document, "2026-08-02", of="rent")
    assert (found["rent/3"], found["rent/4"]) == ("2026-10-10", "2027-01-15")
