"""Clauses that may not exist, and what a clause means where it is silent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.rules.counted import WEEKENDS
from tracker.rules.clauses import Due, Moment, Obligation, Phase, Series
from tracker.rules.conventions import Direction
from tracker.rules.facts import Side
from tracker.rules.money import Money
from tracker.rules.periods import Period, Unit
from tracker.rules.problems import Unfit
from tracker.rules.readings import Nature
from tracker.rules.source import Source
from tracker.rules.terms import Delivery, Effect, EffectMode, NoticeWindow, Renewal, RenewalMode, Term

SOURCE = Source("a")
MONTH = Period(1, Unit.MONTH)
NOTHING = Period(0, Unit.DAY)
SILENT = Period.unspecified("promptly")
DAY = date(2026, 5, 1)
AMOUNT = "an amount must be a number that is not negative"
LARGE = "an amount has at most 14 digits before the point and 4 after it"
CURRENCY = "a currency is a three-letter code such as CNY"
LENGTH = "a term needs a length of at least one"
EVERY = "a series needs a period of at least one day"
UNTIL = "a series goes on until a period with a number has passed"
ON_DATE = "a contract that takes effect on a date needs that date, and only then"
ON_CONDITIONS = "a contract that takes effect on conditions needs them listed, and only then"
WINDOWS = (NoticeWindow(Side.US, MONTH), NoticeWindow(Side.US, NOTHING))


def duty(**fields: Any) -> Obligation:
    usual = {"code": "report", "side": Side.US, "due": None, "nature": Nature.BY}
    return Obligation(SOURCE, **{**usual, **fields})


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Money(Decimal("-0.01"), "CNY"), AMOUNT),
        (lambda: Money(Decimal("NaN"), "CNY"), AMOUNT),
        (lambda: Money(Decimal("Infinity"), "CNY"), AMOUNT),
        (lambda: Money(Decimal("100000000000000"), "CNY"), LARGE),
        (lambda: Money(Decimal("0.00001"), "CNY"), LARGE),
        (lambda: Money(Decimal(1), "CN"), CURRENCY),
        (lambda: Money(Decimal(1), "cny"), CURRENCY),
        (lambda: Money(Decimal(1), "ÄÖÜ"), CURRENCY),
        (lambda: Series(NOTHING), EVERY),
        (lambda: Series(SILENT), EVERY),
        (lambda: Series(Period(24, Unit.HOUR)), EVERY),
        (lambda: Series(MONTH, until=NOTHING), UNTIL),
        (lambda: Series(MONTH, until=SILENT), UNTIL),
        (lambda: duty(code="own"), "an obligation of your own needs a title"),
        (
            lambda: duty(due=Due(Moment.PERIOD_START)),
            "a due day counted from a period needs to say how often the period comes",
        ),
        (
            lambda: duty(due=Due(Moment.PERIOD_END)),
            "a due day counted from a period needs to say how often the period comes",
        ),
        (
            lambda: duty(due=Due(Moment.ENDED), series=Series(MONTH)),
            "what comes round is counted from period_start or period_end",
        ),
        (lambda: Effect(EffectMode.ON_DATE), ON_DATE),
        (lambda: Effect(EffectMode.ON_SIGNING, DAY), ON_DATE),
        (lambda: Effect(EffectMode.ON_CONDITIONS), ON_CONDITIONS),
        (lambda: Effect(EffectMode.ON_SIGNING, conditions=("paid",)), ON_CONDITIONS),
        (lambda: Term(SOURCE, NOTHING), LENGTH),
        (lambda: Term(SOURCE, SILENT), LENGTH),
        (lambda: Term(SOURCE, start=DAY, end=date(2026, 4, 30)), "the term ends before it starts"),
        (lambda: Renewal(SOURCE, RenewalMode.AUTOMATIC, NOTHING), "a renewal needs a length of at least one"),
        (lambda: Renewal(SOURCE, RenewalMode.AUTOMATIC, cap=-1), "a cap on renewals cannot be negative"),
        (lambda: Renewal(SOURCE, RenewalMode.AUTOMATIC, windows=WINDOWS), "each side has one notice window"),
    ],
)
def test_what_no_contract_can_mean_is_refused(make: Callable[[], object], told: str) -> None:
    with pytest.raises(Unfit) as refused:
        make()
    assert str(refused.value) == told


@pytest.mark.parametrize(
    "make",
    [
        lambda: Money(Decimal(0), "CNY"),
        lambda: Money(Decimal("99999999999999.9999"), "CNY"),
        lambda: Money(Decimal("0.0001"), "CNY"),
        lambda: Series(Period(1, Unit.DAY), until=Period(1, Unit.DAY)),
        lambda: duty(code="own", title="Own"),
        lambda: duty(due=Due(Moment.PERIOD_START), series=Series(MONTH)),
        lambda: duty(due=Due(Moment.PERIOD_END), series=Series(MONTH)),
        lambda: Effect(EffectMode.ON_DATE, DAY),
        lambda: Effect(EffectMode.ON_CONDITIONS, conditions=("paid",)),
        lambda: Term(SOURCE, start=DAY, end=DAY),
        lambda: Renewal(SOURCE, RenewalMode.AUTOMATIC, SILENT, cap=0),
        lambda: Renewal(SOURCE, RenewalMode.NONE, windows=(WINDOWS[0], replace(WINDOWS[0], side=Side.THEM))),
    ],
)
def test_what_a_contract_can_mean_exists(make: Callable[[], object]) -> None:
    assert make() == make()


def test_a_silent_clause_has_its_usual_meaning() -> None:
    due = Due(Moment.ENDED)
    assert (due.direction, due.period, due.within) == (Direction.AFTER, None, False)
    series = Series(MONTH)
    assert (series.phase, series.first, series.until) == (Phase.IN_FORCE, None, None)
    plain = duty()
    assert (plain.series, plain.title, plain.amount, plain.late_rate, plain.target) == (None, "", None, None, None)
    assert plain.arrives is False
    assert Effect() == Effect(EffectMode.ON_SIGNING, None, ())
    assert Term(SOURCE) == Term(SOURCE, None, None, None, None, None)
    assert Renewal(SOURCE, RenewalMode.NONE) == Renewal(SOURCE, RenewalMode.NONE, None, None, (), None, False)
    assert Delivery("post", MONTH).on_receipt is True
    assert (SOURCE.reference, SOURCE.quote) == ("", "")


def test_calendars_that_say_the_same_are_one() -> None:
    assert len({WEEKENDS, replace(WEEKENDS)}) == 1
    assert len({replace(WEEKENDS, holidays={DAY: "Labour Day"}), WEEKENDS}) == 2
