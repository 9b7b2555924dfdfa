"""Performance suspended and resumed: what falls due in between waits, and is owed again afterwards.

Payments are due at the end of each month: 30 April, 1 June (31 May is a Sunday), 30 June, 31 July 2026.
"""

from typing import Any

from tests.support.cast import bare, deadlines, fact

RENT = {"code": "payment", "key": "rent", "side": "us", "due": "on period_end", "every": "1 month", "until": "4 months"}
FEE = {**RENT, "key": "fee", "side": "them"}
TAX = {**RENT, "key": "tax", "side": "both"}


def held(
    *facts: dict[str, Any], today: str = "2026-05-20", obligations: tuple[dict[str, Any], ...] = (RENT,)
) -> list[str]:
    """What is suspended."""
    document = bare(effect={"when": "2026-04-01"}, obligations=list(obligations), facts=list(facts))
    return [key for key, item in deadlines(document, today).items() if item.suspended_by]


def stop(day: str, **more: str) -> dict[str, Any]:
    return fact("performance_suspended", day, **more)


def resume(day: str, **more: str) -> dict[str, Any]:
    return fact("performance_resumed", day, **more)


def test_what_falls_due_from_the_suspension_on_is_suspended() -> None:
    assert held(stop("2026-05-15")) == ["rent/2", "rent/3", "rent/4"]
    assert held(stop("2026-06-01")) == ["rent/2", "rent/3", "rent/4"]
    assert held(stop("2026-06-02")) == ["rent/3", "rent/4"]


def test_it_says_what_suspends_it_and_keeps_its_day() -> None:
    document = bare(effect={"when": "2026-04-01"}, obligations=[RENT], facts=[stop("2026-05-15")])
    item = deadlines(document, "2026-05-20")["rent/2"]
    assert (item.suspended_by, str(item.legal)) == ("performance_suspended-1", "2026-06-01")


def test_once_resumed_everything_is_owed_again() -> None:
    assert held(stop("2026-05-15"), resume("2026-07-01"), today="2026-07-01") == []


def test_a_resumption_to_come_leaves_alone_what_falls_due_after_it() -> None:
    told = [stop("2026-05-15"), resume("2026-06-30")]
    assert held(*told, today="2026-06-29") == ["rent/2"]
    assert held(*told, today="2026-06-30") == []


def test_a_resumption_before_the_suspension_is_of_an_earlier_one() -> None:
    told = [stop("2026-04-10"), resume("2026-04-20"), stop("2026-06-15")]
    assert held(*told) == ["rent/3", "rent/4"]


def test_who_resumes_on_the_day_of_the_suspension_has_not_suspended() -> None:
    assert held(stop("2026-05-15"), resume("2026-05-15")) == []


# ------------------------------------------------------------------------- who

ALL = (RENT, FEE, TAX)


def whose(*facts: dict[str, Any]) -> list[str]:
    return sorted({key.partition("/")[0] for key in held(*facts, obligations=ALL)})


def test_a_side_suspends_what_it_owes_itself() -> None:
    assert whose(stop("2026-05-15", by="us")) == ["rent"]
    assert whose(stop("2026-05-15", by="them")) == ["fee"]


def test_nobody_named_is_both_sides() -> None:
    assert whose(stop("2026-05-15")) == ["fee", "rent", "tax"]
    assert whose(stop("2026-05-15", by="both")) == ["fee", "rent", "tax"]


def test_who_has_not_stopped_resumes_nothing() -> None:
    assert whose(stop("2026-05-15", by="us"), resume("2026-05-18", by="them")) == ["rent"]
    assert whose(stop("2026-05-15", by="us"), resume("2026-05-18", by="us")) == []
    assert whose(stop("2026-05-15", by="us"), resume("2026-05-18")) == []


def test_where_both_had_stopped_and_one_goes_on_nothing_is_kept_quiet() -> None:
    """It is safer to ask for what need not be done yet than to miss what must be."""
    assert whose(stop("2026-05-15", by="both"), resume("2026-05-18", by="them")) == []
    assert whose(stop("2026-05-15"), resume("2026-05-18", by="us")) == []
    assert whose(stop("2026-05-15"), resume("2026-05-18", by="them")) == []


# ------------------------------------------------------------------------ what


def test_a_suspension_may_be_of_one_obligation_alone() -> None:
    assert whose(stop("2026-05-15", subject="rent")) == ["rent"]
    assert whose(stop("2026-05-15", subject="fee", by="us")) == []
    assert whose(stop("2026-05-15", subject="something else")) == []


def test_one_obligation_may_be_resumed_alone() -> None:
    assert whose(stop("2026-05-15"), resume("2026-05-18", subject="rent")) == ["fee", "tax"]
    assert whose(stop("2026-05-15", subject="rent"), resume("2026-05-18", subject="fee")) == ["rent"]
    assert whose(stop("2026-05-15", subject="rent"), resume("2026-05-18")) == []


def test_a_resumption_that_names_its_suspension_ends_that_one() -> None:
    two = [stop("2026-05-10", subject="rent"), stop("2026-05-15", subject="fee")]
    assert whose(*two, resume("2026-05-18", about="performance_suspended-2")) == ["rent"]
    named = resume("2026-05-18", about="performance_suspended-1", by="them")
    assert whose(stop("2026-05-15", by="us"), named) == []


def test_terms_end_and_duties_last_whatever_is_suspended() -> None:
    document = bare(
        effect={"when": "2026-01-01"},
        term={"length": "1 year"},
        renewal={"mode": "agreement", "notice": [{"side": "us", "at_least": "60 days"}], "formalities": "15 days"},
        termination=[{"side": "us", "notice": "30 days"}],
        obligations=[{"code": "warranty", "due": "on 2026-09-01"}, {"code": "ip-licence-end", "due": "on 2026-09-01"}],
        facts=[stop("2026-03-02"), fact("end_intended", "2026-12-01")],
    )
    assert [item.suspended_by for item in deadlines(document, "2026-05-20").values()] == [""] * 6


def test_what_has_no_number_waits_by_the_day_it_was_asked_for_or_by_its_aim() -> None:
    prompt = {"code": "service-response", "side": "us", "due": "promptly after service_requested"}
    asked = [fact("service_requested", "2026-05-14"), fact("service_requested", "2026-05-15"), stop("2026-05-15")]
    assert held(*asked, obligations=(prompt,)) == ["service-response/service_requested-2"]
    aimed = {**prompt, "target": "3 days"}
    assert held(*asked, obligations=(aimed,)) == [
        "service-response/service_requested-1",
        "service-response/service_requested-2",
    ]


def test_what_still_waits_for_its_start_is_not_suspended() -> None:
    after = {"code": "asset-handover", "side": "us", "due": "10 days after ended"}
    assert held(stop("2026-05-15"), obligations=(after,)) == []


def test_a_pause_of_the_team_goes_before_a_suspension() -> None:
    pause = {"action": "pause", "of": "rent", "day": "2026-06-01", "until": "2026-06-10", "reason": "Agreed."}
    document = bare(effect={"when": "2026-04-01"}, obligations=[RENT], facts=[stop("2026-05-15")], adjustments=[pause])
    found = deadlines(document, "2026-05-20")
    assert [found[f"rent/{n}"].suspended_by for n in (2, 3)] == ["pause-1", "performance_suspended-1"]
