"""The contract document: what it may say, and what that means."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.cast import bare, contract, drafted
from tracker.rules.clauses import Due, Moment, Phase
from tracker.rules.codes import CODES
from tracker.rules.contract_file import read_contract
from tracker.rules.conventions import Direction
from tracker.rules.facts import FactKind, Side
from tracker.rules.late_rates import LateRate
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import Nature
from tracker.rules.terms import EffectMode


def duty(**fields: Any) -> dict[str, Any]:
    return bare(obligations=[{"code": "report", "due": "on 2026-05-01", **fields}])


def test_a_whole_contract_is_read() -> None:
    draft = drafted(
        contract(
            id="abc",
            kind="lease",
            owner="ana@acme.example",
            tags=["office", "Shanghai"],
            fields={"floor": "12"},
            tracked_from="2026-01-01",
            access={"only": ["ben@acme.example"]},
            delivery=[{"method": "courier", "allowance": "5 days"}],
            termination=[{"side": "us", "notice": "30 days"}],
            facts=[{"kind": "signed", "day": "2024-12-20", "by": "us", "note": "in the small hall"}],
            completions=[{"deadline": "payment/1", "done_on": "2025-01-05"}],
        )
    )
    assert (draft.number, draft.title, draft.uid, draft.kind, draft.owner) == (
        "L-1",
        "Office lease",
        "abc",
        "lease",
        "ana@acme.example",
    )
    assert (draft.tags, dict(draft.fields), draft.access, draft.only) == (
        ("office", "Shanghai"),
        {"floor": "12"},
        "named",
        ("ben@acme.example",),
    )
    assert [(party.role, party.name, party.is_us) for party in draft.parties] == [
        ("A", "Acme", True),
        ("B", "Hualong Trading", False),
    ]
    assert (draft.facts[0].key, draft.facts[0].kind, draft.facts[0].by) == ("signed-1", FactKind.SIGNED, Side.US)
    assert draft.notes["signed-1"] == "in the small hall"
    assert draft.completions[0].deadline == "payment/1"
    assert len(draft.clauses) == 5


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("10 days before period_end", Due(Moment.PERIOD_END, Direction.BEFORE, Period(10, Unit.DAY))),
        ("within 10 days before term_end", Due(Moment.TERM_END, Direction.BEFORE, Period(10, Unit.DAY), within=True)),
        ("within 10 days after ended", Due(Moment.ENDED, Direction.AFTER, Period(10, Unit.DAY))),
        ("及时 after service_requested", Due(FactKind.SERVICE_REQUESTED, Direction.AFTER, Period.unspecified("及时"))),
        ("on signed", Due(Moment.SIGNED)),
    ],
)
def test_due_days_are_read_from_short_words(words: str, due: Due) -> None:
    (read,) = drafted(duty(due=words, **({"every": "1 month"} if "period_end" in words else {}))).clauses
    assert getattr(read, "due") == due  # noqa: B009  a clause of any type


def test_a_code_brings_its_nature_and_whether_it_must_arrive_unless_the_clause_says_otherwise() -> None:
    for code, known in CODES.items():
        (read,) = drafted(bare(obligations=[{"code": code, "due": "on 2026-05-01"}])).clauses
        assert (getattr(read, "nature"), getattr(read, "arrives")) == (known.nature, known.notice)  # noqa: B009
    (read,) = drafted(duty(nature="until", arrives=True)).clauses
    assert (getattr(read, "nature"), getattr(read, "arrives")) == (Nature.UNTIL, True)  # noqa: B009


def test_a_perpetual_duty_is_reviewed_always_unless_the_clause_says_while() -> None:
    (read,) = drafted(duty(due="perpetual", every="1 year")).clauses
    assert getattr(read, "series").phase is Phase.ALWAYS  # noqa: B009
    (read,) = drafted(duty(due="perpetual", every="1 year", **{"while": "in_force"})).clauses
    assert getattr(read, "series").phase is Phase.IN_FORCE  # noqa: B009


def test_money_and_rates_are_read_as_they_are_written() -> None:
    (read,) = drafted(duty(amount="120,000.50 CNY", late_rate="2%")).clauses
    amount = getattr(read, "amount")  # noqa: B009
    assert (amount.amount, amount.currency) == (Decimal("120000.50"), "CNY")
    assert getattr(read, "late_rate") == LateRate(Decimal("0.02"))  # noqa: B009


def test_conditions_make_the_contract_wait_for_them() -> None:
    draft = drafted(contract(effect={"conditions": ["installed", "trained"]}))
    assert (draft.effect.mode, draft.effect.conditions) == (EffectMode.ON_CONDITIONS, ("installed", "trained"))


def test_a_contract_says_where_it_belongs_who_gets_its_reminders_and_how_early() -> None:
    mark = {"deadline": "payment/1", "mark": "waived", "reason": "Both agreed."}
    draft = drafted(contract(parent="F-1", told=["cara@hualong.example"], reminders={"payment": "9, 2"}, marks=[mark]))
    assert (draft.parent, draft.told, dict(draft.reminders)) == (
        "F-1",
        ("cara@hualong.example",),
        {"payment": "9, 2"},
    )
    assert [(one.deadline, one.reason) for one in draft.marks] == [("payment/1", "Both agreed.")]


def test_what_is_left_out_stays_as_it_is_and_what_is_empty_is_taken_away() -> None:
    assert (drafted(contract()).parent, drafted(contract()).told) == (None, None)
    emptied = drafted({**contract(), "parent": None, "told": []})
    assert (emptied.parent, emptied.told) == ("", ())
    assert drafted({**contract(), "parent": " "}).parent == ""
    assert len(drafted(contract(parent="F" * 100)).parent or "") == 100
    _draft, problems = read_contract(contract(parent="F" * 101))
    assert [f"{one.place}: {one}" for one in problems] == ["parent: This is too long: at most 100 characters."]
