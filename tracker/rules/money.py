"""Amounts of money."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.rules.problems import N_, Unfit

BEYOND = Decimal(10) ** 14
"""Amounts are smaller: more than any contract's, and what the database holds without rounding."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise Unfit(N_("an amount must be a number that is not negative"))
        if self.amount >= BEYOND or self.amount != round(self.amount, 4):
            raise Unfit(N_("an amount has at most 14 digits before the point and 4 after it"))
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise Unfit(N_("a currency is a three-letter code such as CNY"))
