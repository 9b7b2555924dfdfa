"""A contract as large as they come: forty obligations over ten years, thirty facts, five amendments."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

EVERY = ("1 month", "1 month", "1 quarter", "1 quarter", "6 months", "1 year")
STARTED = (
    "complaint_received", "service_requested", "customer_info_changed", "invoice_received", "confidential_disclosure",
    "breach_notice",
)  # fmt: skip
OBLIGATIONS, FACTS, AMENDMENTS = 40, 30, 5
START = date(2020, 1, 1)
CALENDAR = "CN"


def obligations(days: int) -> Iterator[dict[str, Any]]:
    """Twelve that come round, eighteen that an event starts, ten that the end starts; each due after `days`."""
    for position, every in enumerate(EVERY * 2):
        when = f"{days} days after period_end" if position % 2 else f"{days} working days after period_end"
        yield {"key": f"round-{position}", "code": "report", "side": "us", "due": when, "every": every}
    for position in range(18):
        kind = STARTED[position % len(STARTED)]
        unit = ("days", "working days", "months")[position % 3]
        yield {
            "key": f"event-{position}",
            "code": "service-response",
            "side": "us",
            "due": f"{days} {unit} after {kind}",
        }
    for position in range(10):
        yield {
            "key": f"tail-{position}",
            "code": "debt-settlement",
            "side": "us",
            "due": f"{days + position} days after ended",
        }


def terms(days: int) -> dict[str, Any]:
    """What is agreed."""
    window = {"side": "us", "at_least": "60 days", "not_earlier_than": "180 days"}
    return {
        "effect": {"when": START.isoformat()},
        "term": {"length": "10 years", "first_day_counts": True},
        "renewal": {"mode": "automatic", "length": "1 year", "notice": [window], "formalities": "15 days"},
        "termination": [{"side": "both", "notice": "30 days"}],
        "delivery": [{"method": "courier", "allowance": "5 days"}],
        "obligations": list(obligations(days)),
    }


def facts() -> Iterator[dict[str, str]]:
    yield {"kind": "signed", "day": "2019-12-20"}
    for number in range(FACTS - 1):
        yield {"kind": STARTED[number % len(STARTED)], "day": str(START + timedelta(days=80 * number))}


def amendments() -> Iterator[dict[str, Any]]:
    """One a year; each made every due day one day later."""
    for number in range(AMENDMENTS):
        day = date(2021 + number, 3, 10).isoformat()
        yield {"title": f"Supplement {number + 1}", "signed": day, "effective": day, "before": terms(5 + number)}


def document(**sections: Any) -> dict[str, Any]:
    """The contract as it stands after its amendments."""
    return {
        "format": "contract/1",
        "number": "LARGE-1",
        "title": "Framework agreement",
        "language": "en",
        "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading"}],
        "law": {"counting": "prc-civil-code", "calendar": CALENDAR, "zone": "Asia/Shanghai"},
        **terms(5 + AMENDMENTS),
        "facts": list(facts()),
        "amendments": list(amendments()),
        **sections,
    }
