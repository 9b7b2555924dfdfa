"""How late a payment is, and what late fee has accrued on it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tracker.rules.late_rates import LateRate
from tracker.rules.money import Money
from tracker.rules.months import from_event_day
from tracker.rules.periods import Unit

_WITHOUT = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
"""Currencies that are not divided into hundredths (ISO 4217)."""
DAYS_OF_A_MONTH, DAYS_OF_A_YEAR = 30, 365
"""By these the days beyond the last whole month or year of a delay count as a part of one."""


@dataclass(frozen=True, slots=True)
class Late:
    """How late something is: `days` after its legal day; `fee` None where no rate or no sum is known."""

    days: int
    fee: Money | None = None


def share_of(money: Money, share: Decimal) -> Money:
    """A part of a sum, rounded to the smallest unit of the currency, a half upwards."""
    places = 0 if money.currency in _WITHOUT else 3 if money.currency in _THREE else 2
    return Money((money.amount * share).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), money.currency)


def days_late(legal: date, as_of: date, grace_until: date | None = None) -> int:
    """Days of delay on `as_of`, the day after the legal day being the first.

    Within the time of grace nothing is late; once it has run out, the delay counts from the legal day all the same: a
    time of grace forgives a short delay, it does not move the day on which payment was due.
    """
    if as_of <= (grace_until or legal):
        return 0
    return (as_of - legal).days


def late(
    amount: Money | None, rate: LateRate | None, legal: date, as_of: date, grace_until: date | None = None
) -> Late | None:
    """How late a sum due on `legal` is on `as_of`, the day it was paid or today; None where it is not late."""
    days = days_late(legal, as_of, grace_until)
    if not days:
        return None
    fee = share_of(amount, rate.share * _times(rate.per, legal, as_of)) if amount and rate else None
    return Late(days, fee)


def _times(per: Unit | None, legal: date, as_of: date) -> Decimal:
    """How many times the rate has been earned: once, for each day, for each whole month or year with its rest."""
    if per is None:
        return Decimal(1)
    if per is Unit.DAY:
        return Decimal((as_of - legal).days)
    months, whole = (12, DAYS_OF_A_YEAR) if per is Unit.YEAR else (1, DAYS_OF_A_MONTH)
    passed = 0
    while from_event_day(legal, months * (passed + 1))[0] <= as_of:
        passed += 1
    rest = (as_of - from_event_day(legal, months * passed)[0]).days
    return passed + min(Decimal(rest) / whole, Decimal(1))


def written(money: Money) -> str:
    """The sum as files write it, with the places of its currency: ``1020.00 CNY``, ``500 JPY``."""
    rounded = share_of(money, Decimal(1))
    amount = rounded.amount if rounded.amount == money.amount else money.amount.normalize()
    return f"{amount:f} {money.currency}"
