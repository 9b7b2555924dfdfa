"""Every field of the contract document, read as it is written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import bare, contract, drafted
from tracker.rules.clauses import Due, Moment, Obligation, Phase, Series
from tracker.rules.completion_form import CompletionDraft
from tracker.rules.contract_file import ContractDraft
from tracker.rules.conventions import Direction
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.late_rates import LateRate
from tracker.rules.law import Law
from tracker.rules.money import Money
from tracker.rules.party_form import PartyDraft
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import Nature
from tracker.rules.source import Source
from tracker.rules.terms import Delivery, Effect, EffectMode, NoticeWindow, Renewal, RenewalMode, Term, Termination

FULL: dict[str, Any] = {
    "format": "contract/1",
    "id": "c-1",
    "number": "2026-1",
    "title": "Framework",
    "kind": "lease",
    "language": "zh-Hant",
    "owner": "ana@acme.example",
    "backup": "ben@acme.example",
    "access": {"only": ["ben@acme.example"]},
    "tags": ["office"],
    "fields": {"floor": "12"},
    "tracked_from": "2026-02-01",
    "law": {"counting": "de-bgb", "calendar": "DE-BY+OWN", "zone": "Europe/Berlin"},
    "parties": [
        {
            "name": "Acme",
            "us": True,
            "representative": "Ana",
            "authorised": "Ben",
            "contact": "Ada",
            "email": "ana@acme.example",
            "phone": "1",
            "address": "Road 1\nTown",
            "bank": "B",
            "customer_class": "gold",
        },
        {"name": "Hualong"},
    ],
    "effect": {"when": "2026-01-01"},
    "term": {
        "key": "duration",
        "reference": "§ 2",
        "quote": "Two years.\nNo more.",
        "length": "2 years",
        "end": "2027-12-31",
        "start": "2026-01-01",
        "first_day_counts": True,
        "minimum": "1 year",
    },
    "renewal": {
        "key": "going-on",
        "mode": "automatic",
        "length": "1 year",
        "cap": 3,
        "notice": [
            {"side": "us", "at_least": "60 days", "not_earlier_than": "180 days"},
            {"side": "them", "at_least": "30 days"},
        ],
        "formalities": "15 days",
        "formalities_within": True,
    },
    "termination": [{"side": "them", "notice": "3 months"}, {"key": "leave", "notice": "1 month"}],
    "delivery": [
        {"method": "courier", "allowance": "5 days"},
        {"method": "e-mail", "allowance": "0 days", "counts_on": "sending"},
    ],
    "obligations": [
        {
            "code": "payment",
            "side": "us",
            "due": "within 10 days before period_end",
            "every": "3 months",
            "while": "always",
            "first": "2026-02-01",
            "until": "1 year",
            "amount": "9000 CNY",
            "late_rate": "2%",
            "nature": "until",
            "title": "Rent",
            "arrives": True,
        },
        {"code": "payment", "due": "promptly after invoice_received", "target": "5 days"},
        {"code": "water", "title": "Water the plants", "due": "standing"},
    ],
    "facts": [
        {"kind": "signed", "day": "2025-12-30", "by": "us", "note": "in the small hall"},
        {"kind": "signed", "day": "2025-12-31", "by": "them"},
        {"key": "over", "kind": "ended", "day": "2026-05-01", "subject": "s", "until": "2026-06-01", "how": "notice"},
    ],
    "completions": [
        {
            "deadline": "payment/1",
            "done_on": "2026-04-01",
            "note": "paid",
            "link": "https://bank.example/1",
            "evidence": [{"sha256": "ab", "name": "receipt.pdf"}],
        },
        {"deadline": "payment/2", "done_on": "2026-07-01"},
    ],
}


def years(n: int) -> Period:
    return Period(n, Unit.YEAR)


def days(n: int) -> Period:
    return Period(n, Unit.DAY)


def test_every_field_of_a_whole_contract_is_read() -> None:
    details = {
        "representative": "Ana",
        "authorised": "Ben",
        "contact": "Ada",
        "email": "ana@acme.example",
        "phone": "1",
        "address": "Road 1\nTown",
        "bank": "B",
        "customer_class": "gold",
    }
    assert drafted(FULL) == ContractDraft(
        uid="c-1",
        number="2026-1",
        title="Framework",
        kind="lease",
        language="zh-Hant",
        owner="ana@acme.example",
        backup="ben@acme.example",
        access="named",
        only=("ben@acme.example",),
        tags=("office",),
        fields={"floor": "12"},
        tracked_from=date(2026, 2, 1),
        law=Law("de-bgb", "DE-BY+OWN", "Europe/Berlin"),
        parties=(PartyDraft("A", "Acme", True, details), PartyDraft("B", "Hualong", False, {})),
        effect=Effect(EffectMode.ON_DATE, date(2026, 1, 1)),
        clauses=drafted(FULL).clauses,
        facts=(
            Fact("signed-1", FactKind.SIGNED, date(2025, 12, 30), Side.US),
            Fact("signed-2", FactKind.SIGNED, date(2025, 12, 31), Side.THEM),
            Fact("over", FactKind.ENDED, date(2026, 5, 1), None, "s", date(2026, 6, 1), "notice"),
        ),
        notes={"signed-1": "in the small hall", "signed-2": "", "over": ""},
        completions=(
            CompletionDraft("payment/1", date(2026, 4, 1), "paid", "https://bank.example/1", (("ab", "receipt.pdf"),)),
            CompletionDraft("payment/2", date(2026, 7, 1), "", "", ()),
        ),
    )


def test_every_field_of_every_clause_is_read() -> None:
    due = Due(Moment.PERIOD_END, Direction.BEFORE, days(10), within=True)
    series = Series(Period(3, Unit.MONTH), Phase.ALWAYS, date(2026, 2, 1), years(1))
    assert drafted(FULL).clauses == (
        Term(
            Source("duration", "§ 2", "Two years.\nNo more."),
            years(2),
            date(2027, 12, 31),
            date(2026, 1, 1),
            True,
            years(1),
        ),
        Renewal(
            Source("going-on"),
            RenewalMode.AUTOMATIC,
            years(1),
            3,
            (NoticeWindow(Side.US, days(60), days(180)), NoticeWindow(Side.THEM, days(30))),
            days(15),
            True,
        ),
        Termination(Source("termination-1"), Side.THEM, Period(3, Unit.MONTH)),
        Termination(Source("leave"), Side.BOTH, Period(1, Unit.MONTH)),
        Delivery("courier", days(5), True),
        Delivery("e-mail", days(0), False),
        Obligation(
            Source("payment"),
            "payment",
            Side.US,
            due,
            Nature.UNTIL,
            series,
            "Rent",
            Money(Decimal(9000), "CNY"),
            LateRate(Decimal("0.02")),
            None,
            True,
        ),
        Obligation(
            Source("payment-2"),
            "payment",
            Side.BOTH,
            Due(FactKind.INVOICE_RECEIVED, Direction.AFTER, Period.unspecified("promptly")),
            Nature.BY,
            target=days(5),
        ),
        Obligation(Source("water"), "water", Side.BOTH, None, Nature.BY, title="Water the plants"),
    )


def test_whatever_a_contract_may_leave_out_has_its_usual_value() -> None:
    parties = [{"name": "Acme", "us": True}, {"name": "Hualong"}, {"name": "Third"}]
    draft = drafted({"format": "contract/1", "number": "1", "title": "T", "parties": parties})
    assert [party.role for party in draft.parties] == ["A", "B", "C"]
    assert draft == ContractDraft(
        uid="",
        number="1",
        title="T",
        kind="general",
        language="zh-Hans",
        owner="",
        backup="",
        access="",
        only=(),
        tags=(),
        fields={},
        tracked_from=None,
        law=Law(),
        parties=draft.parties,
        effect=Effect(),
        clauses=(),
        facts=(),
        notes={},
        completions=(),
    )


def test_whatever_a_clause_may_leave_out_has_its_usual_value() -> None:
    renewal = drafted(contract(renewal={"notice": [{"at_least": "30 days"}]})).clauses[1]
    assert renewal == Renewal(Source("renewal"), RenewalMode.NONE, windows=(NoticeWindow(Side.BOTH, days(30)),))
    assert drafted(bare(term={})).clauses == (Term(Source("term")),)
    review = drafted(bare(obligations=[{"code": "report", "due": "perpetual", "every": "1 year"}])).clauses[0]
    assert review == Obligation(Source("report"), "report", Side.BOTH, None, Nature.BY, Series(years(1), Phase.ALWAYS))
    notice = drafted(bare(obligations=[{"code": "incident-notice", "due": "on ended", "arrives": False}])).clauses[0]
    assert isinstance(notice, Obligation)
    assert notice.arrives is False


def test_a_contract_for_the_organisation_says_so() -> None:
    draft = drafted(contract(access="organisation"))
    assert (draft.access, draft.only) == ("organisation", ())


def test_when_it_takes_effect_is_on_signing_a_day_or_conditions() -> None:
    assert drafted(contract(effect={"when": "signing"})).effect == Effect()
    assert drafted(contract(effect={})).effect == Effect()
    conditions = drafted(contract(effect={"conditions": ["paid", "installed"]})).effect
    assert conditions == Effect(EffectMode.ON_CONDITIONS, conditions=("paid", "installed"))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_each_language_of_the_product_is_known(language: str) -> None:
    assert drafted(contract(language=language)).language == language
