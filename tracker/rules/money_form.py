"""The section on money of a contract document: sums and rates as agreed, and the figures that follow from them.

No accounting: nothing here says what was paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tracker.rules.late_fee import share_of
from tracker.rules.late_rates import LateRate, read_late_rate
from tracker.rules.money import Money
from tracker.rules.phrases import read_money, read_rate
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import Section, line

MOST = Decimal(10)
"""A cap of more than ten times the contract is taken for a slip."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the price, such as the licence."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class MoneyTerms:
    """What a contract says about money. Shares are fractions: 20 % is 0.2.

    `late_rate` holds for payments whose own clause gives none.
    """

    amount: Money | None = None
    parts: tuple[Part, ...] = ()
    liquidated_damages: Decimal | None = None
    liability_cap: Money | Decimal | None = None
    late_rate: LateRate | None = None

    @property
    def total(self) -> Money | None:
        """The price: as stated, else the parts together."""
        if self.amount or not self.parts:
            return self.amount
        return Money(sum((part.amount.amount for part in self.parts), Decimal()), self.parts[0].amount.currency)

    @property
    def damages(self) -> Money | None:
        """Liquidated damages as a sum; None where there is no share or no price to take it of."""
        if self.liquidated_damages is None or self.total is None:
            return None
        return share_of(self.total, self.liquidated_damages)

    def cap(self, of: Money | None = None) -> Money | None:
        """The limit of liability as a sum; a share is one of the price, or of the sum `of` another contract."""
        base = of or self.total
        if self.liability_cap is None or isinstance(self.liability_cap, Money):
            return self.liability_cap
        return share_of(base, self.liability_cap) if base else None


def read_money_terms(section: Section | None) -> MoneyTerms:
    """The section, or nothing said where there is none."""
    if section is None:
        return MoneyTerms()
    amount = section.read("amount", lambda value: read_money(line(value)))
    parts = tuple(_parts(section))
    found = MoneyTerms(
        amount,
        parts,
        section.read("liquidated_damages", lambda value: read_rate(line(value))),
        section.read("liability_cap", lambda value: _cap(line(value))),
        section.read("late_rate", lambda value: read_late_rate(line(value))),
    )
    section.close()
    _check_parts(section, found)
    return found


def _parts(section: Section) -> Iterator[Part]:
    for part in section.sections("parts"):
        name, amount = part.need("name", line), part.need("amount", lambda value: read_money(line(value)))
        part.close()
        if name and amount:
            yield Part(name, amount)


def _check_parts(section: Section, found: MoneyTerms) -> None:
    currencies = {money.currency for money in (found.amount, *(part.amount for part in found.parts)) if money}
    if len(currencies) > 1:
        section.fault("parts", N_("The parts and the whole have to be in the same currency."))
    elif found.amount and sum(part.amount.amount for part in found.parts) > found.amount.amount:
        section.fault("parts", N_("The parts together are more than the whole."))


def _cap(text: str) -> Money | Decimal:
    if not text.endswith("%"):
        return read_money(text)
    try:
        share = Decimal(text.removesuffix("%").strip()) / 100
        if 0 < share <= MOST:
            return share
    except InvalidOperation:
        pass
    text = N_("Write a limit as a share of the price, such as %(share)s, or as an amount, such as %(sum)s.")
    raise Unfit(text, share="50%", sum="60000 CNY")
