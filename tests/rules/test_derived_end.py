"""An end that was expected and then confirmed, and one that was recorded on the wrong day."""

from typing import Any

from tests.support.cast import contract, deadlines, fact, legal_days
from tracker.rules.deadlines import Certainty, Deadline

AFTERWARDS = {"while": "after_end"}
AFTER: list[dict[str, Any]] = [
    {"code": "customer-notice", "side": "us", "due": "5 working days after ended"},
    {"code": "ending-certificate", "side": "us", "due": "15 days after ended"},
    {"code": "data-migration", "side": "us", "due": "30 days after ended"},
    {"code": "tech-support-tail", "side": "us", "due": "6 months after ended"},
    {"code": "relationship-review", "due": "on period_end", "every": "3 months", **AFTERWARDS, "until": "6 months"},
    {"code": "report", "side": "us", "due": "on period_end", "every": "1 quarter"},
    {"code": "payment", "side": "us", "due": "10 days after invoice_received"},
]
INVOICE = fact("invoice_received", "2026-01-15")


def found(today: str, *facts: dict[str, Any], **more: Any) -> dict[str, Deadline]:
    return deadlines(contract(renewal=None, obligations=AFTER, **more), today, INVOICE, *facts)


def test_an_end_that_is_confirmed_as_expected_leaves_every_day_and_is_sure() -> None:
    """Two years from New Year 2025 run out on 31 December 2026; nobody says so until 5 January."""
    expected = found("2027-01-05")
    confirmed = found("2027-01-05", fact("ended", "2026-12-31", how="expiry"))
    assert legal_days(confirmed) == legal_days(expected)
    counted_from_it = {key for key, item in expected.items() if item.certainty is Certainty.UNCONFIRMED}
    assert counted_from_it == {
        "customer-notice/1",
        "ending-certificate/1",
        "data-migration/1",
        "tech-support-tail/1",
        "relationship-review/1",
        "relationship-review/2",
    }
    assert {item.certainty for item in confirmed.values()} == {Certainty.CONFIRMED}


def test_an_end_by_notice_is_confirmed_in_the_same_way() -> None:
    """Notice of 2 March 2026 names 30 April."""
    notice = fact("notice_to_terminate", "2026-03-02", until="2026-04-30")
    expected = found("2026-05-06", notice)
    confirmed = found("2026-05-06", notice, fact("ended", "2026-04-30", how="notice"))
    assert legal_days(confirmed) == legal_days(expected)
    assert expected["data-migration/1"].certainty is Certainty.UNCONFIRMED
    assert confirmed["data-migration/1"].certainty is Certainty.CONFIRMED


def test_an_end_corrected_by_three_days_moves_what_counts_from_it_and_nothing_else() -> None:
    """Saturday 31 January, corrected to Tuesday 3 February 2026.

    Five working days: 2 to 6 February; 4, 5, 6, 9 and 10 February. Fifteen days: 15 and 18 February, both in the Spring
    Festival (15 to 23 February), so both become the 24th. Thirty days: 2 and 5 March. Six months: 31 July; 3 August.
    The rounds after the end begin on 1 February: to 30 April and 31 July; on 4 February: to 3 May, a holiday
    and so the 6th, and to 3 August. The first quarter is cut short by the end: 31 January is a Saturday, so 2 February.
    """
    first, corrected = (found("2026-02-10", fact("ended", day)) for day in ("2026-01-31", "2026-02-03"))
    assert first.keys() == corrected.keys()
    moved = {
        key: (before, legal_days(corrected)[key])
        for key, before in legal_days(first).items()
        if before != legal_days(corrected)[key]
    }
    assert moved == {
        "customer-notice/1": ("2026-02-06", "2026-02-10"),
        "data-migration/1": ("2026-03-02", "2026-03-05"),
        "tech-support-tail/1": ("2026-07-31", "2026-08-03"),
        "relationship-review/1": ("2026-04-30", "2026-05-06"),
        "relationship-review/2": ("2026-07-31", "2026-08-03"),
        "report/5": ("2026-02-02", "2026-02-03"),
        "term-end/1": ("2026-01-31", "2026-02-03"),
    }
    assert legal_days(first)["ending-certificate/1"] == legal_days(corrected)["ending-certificate/1"] == "2026-02-24"
    for key in ("payment/invoice_received-1", "report/1", "report/4"):
        assert first[key] == corrected[key]
