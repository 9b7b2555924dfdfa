"""Payments that are late: by how many days, and what late fee has accrued, so far or for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.actions.complete import standing
from tracker.records.deadlines import ACHIEVED, Deadline, State
from tracker.rules.codes import CODES
from tracker.rules.late_fee import Late, late
from tracker.rules.late_rates import LateRate, read_late_rate
from tracker.rules.money import Money
from tracker.rules.standing import can_be_overdue

PAYMENTS = frozenset({"payment", "late-payment", "final-settlement", "debt-settlement"})
"""Codes of the catalogue under which money is paid; obligations of a team's own with a sum are taken to be paid too."""


@dataclass(frozen=True, slots=True)
class Owed:
    """The sum of a deadline as it stands.

    `own` and `general` are the late fee by its clause and by the contract, as written; `done_on` is the day it was
    paid, if it was.
    """

    code: str
    amount: Decimal | None
    currency: str | None
    own: str | None
    general: str | None
    legal: date | None
    grace_until: date | None
    state: State
    done_on: date | None = None

    @property
    def money(self) -> Money | None:
        return Money(self.amount, self.currency) if self.amount is not None and self.currency else None

    @property
    def rate(self) -> LateRate | None:
        """Its clause's own; that of the contract is for sums alone."""
        written = self.own or (self.general if self.money and self._is_paid else None)
        return read_late_rate(written) if written else None

    @property
    def _is_paid(self) -> bool:
        """Whether its sum is one to pay: that of a limit of liability, say, is not."""
        return self.code in PAYMENTS or self.code not in CODES

    def late(self, today: date) -> Late | None:
        """How late it is, or was when it was paid; None where it is no payment, or not late, or given up."""
        rate, as_of = self.rate, today if self.state is State.OPEN else self.done_on
        if self.legal is None or as_of is None or not (rate or (self.money and self._is_paid)):
            return None
        if self.state is not State.OPEN and self.state not in ACHIEVED:
            return None
        return late(self.money, rate, self.legal, as_of, self.grace_until)


def owed(deadline: Deadline) -> Owed:
    """The sum of a deadline."""
    completion = standing(deadline)
    counts = can_be_overdue(deadline.code, deadline.nature, deadline.side)
    return Owed(
        deadline.code,
        deadline.amount,
        deadline.currency,
        deadline.explanation.get("late_rate"),
        general_rate(deadline.contract.money),
        deadline.legal if counts else None,
        deadline.grace_until,
        deadline.state,
        completion.done_on if completion else None,
    )


def general_rate(money: Mapping[str, Any] | None) -> str | None:
    """The late fee that a contract sets for all its payments, as written."""
    return (money or {}).get("late_rate")


def lateness(deadline: Deadline, today: date) -> Late | None:
    """How late the payment is, or was when it was made."""
    return owed(deadline).late(today)
