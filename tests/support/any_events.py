"""Contracts with decisions and documents, and histories full of events, for laws that hold whatever happened."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.support.any_contract import CN
from tests.support.cast import agreed, bare, drafted
from tracker.rules.agreement import Agreement
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.papers import Paper, PaperKind

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ISO = DAYS.map(date.isoformat)
SUBJECTS = st.sampled_from(["", "Hualong", "Meihe"])
KINDS = (
    FactKind.COMPLAINT_RECEIVED,
    FactKind.COMPLAINT_EXTENDED,
    FactKind.THIRD_PARTY_PROPOSED,
    FactKind.THIRD_PARTY_CONSENTED,
    FactKind.THIRD_PARTY_ENGAGED,
    FactKind.THIRD_PARTY_EXITED,
    FactKind.CONSENT_GIVEN,
    FactKind.OVERDUE_PAYMENT,
    FactKind.NOTICE_SERVED,
    FactKind.PERFORMANCE_SUSPENDED,
    FactKind.PERFORMANCE_RESUMED,
    FactKind.ENDED,
)
OBLIGATIONS: tuple[dict[str, Any], ...] = (
    {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received", "grace": "3 days"},
    {"code": "service-response", "side": "them", "due": "promptly after complaint_received", "target": "2 days"},
    {"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"},
    {"code": "third-party-cap", "due": "5 days before third_party_start", "paper": "third-party-agreement"},
    {"code": "limitation", "side": "us", "due": "3 years after overdue_payment"},
    {"code": "consent-record", "due": "10 days after effective"},
    {"code": "report", "side": "them", "due": "10 days after period_end", "every": "1 quarter", "paper": "other"},
    {"code": "payment", "side": "us", "due": "on period_end", "every": "1 month", "until": "third_party_exited"},
    {"code": "asset-handover", "due": "30 days after ended", "paper": "other"},
    {"code": "after-sales", "side": "us", "due": "1 year after ended"},
)
CLAUSES = tuple(item["code"] for item in OBLIGATIONS)
FACT_KEYS = st.sampled_from(["", *(f"{kind}-{n}" for kind in KINDS for n in range(3))])


@st.composite
def adjustments(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Decisions about whatever there may be."""
    names = st.sampled_from(["1", "2", "complaint_received-1", "third_party_proposed-0", "overdue_payment-2"])
    found = []
    for _ in range(draw(st.integers(0, 4))):
        action, of = draw(st.sampled_from(["pause", "end", "move"])), draw(st.sampled_from(CLAUSES))
        day, until = draw(ISO), draw(st.none() | ISO)
        made = {"action": action, "of": f"{of}/{draw(names)}" if action == "move" else of, "day": day, "reason": "So."}
        found.append({**made, "until": until} if action == "pause" and until and until >= day else made)
    return found


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """A contract with many kinds of obligation, decided about and documented in some way."""
    chosen = draw(st.lists(st.sampled_from(OBLIGATIONS), max_size=6, unique_by=lambda item: item["code"]))
    document = bare(
        effect={"when": draw(ISO)},
        term=draw(st.sampled_from([None, {"length": "1 year", "first_day_counts": True}])),
        obligations=chosen,
        adjustments=draw(adjustments()),
        tracked_from=draw(st.none() | ISO),
    )
    kinds = st.sampled_from([PaperKind.OTHER, PaperKind.THIRD_PARTY_AGREEMENT, PaperKind.CONSENT])
    drawn = draw(st.lists(st.tuples(kinds, DAYS, FACT_KEYS), max_size=5))
    papers = tuple(Paper(f"paper-{n}", kind, day, fact) for n, (kind, day, fact) in enumerate(drawn))
    return replace(agreed(drafted(document), CN), papers=papers)


@st.composite
def events(draw: st.DrawFn) -> tuple[Fact, ...]:
    """What happened, in any order and as badly told as may be."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        kind, subject = draw(st.sampled_from(KINDS)), draw(SUBJECTS)
        if kind in (FactKind.PERFORMANCE_SUSPENDED, FactKind.PERFORMANCE_RESUMED):
            subject = draw(st.sampled_from(["", "payment", "report"]))
        until = draw(st.none() | DAYS)
        by, about = draw(st.sampled_from([None, Side.US, Side.THEM])), draw(FACT_KEYS)
        found.append(Fact(f"{kind}-{number % 3}-{number}", kind, draw(DAYS), by, subject, until, "", about))
    return tuple(replace(fact, key=f"{fact.kind}-{place}") for place, fact in enumerate(found))
