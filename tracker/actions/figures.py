"""The figures of a contract: what it says about money, what follows from it, and which payments are late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.family import parent_of
from tracker.actions.lateness import lateness
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.rules.late_fee import Late
from tracker.rules.money import Money
from tracker.rules.money_form import MoneyTerms, read_money_terms
from tracker.rules.section import Section


@dataclass(frozen=True, slots=True)
class LatePayment:
    """A payment that is overdue, or was made too late."""

    deadline: Deadline
    late: Late


@dataclass(frozen=True, slots=True)
class Figures:
    """What the contract's page shows. `cap_of` is the contract of whose price the limit of liability is a share."""

    terms: MoneyTerms
    cap: Money | None
    cap_of: Contract | None
    late: tuple[LatePayment, ...]

    def __bool__(self) -> bool:
        return bool(self.late) or self.terms != MoneyTerms()


def money_terms(contract: Contract) -> MoneyTerms:
    """The section on money of a stored contract, which was checked when it came in."""
    return read_money_terms(Section.of(contract.money or {}, "money", []))


def liability_cap(session: Session, actor: Actor, contract: Contract) -> tuple[Money | None, Contract | None]:
    """The limit of liability as a sum, and the contract above of whose price it is a share.

    Under another contract a share is one of that contract's price; where the reader may not see it, no sum is told.
    """
    terms = money_terms(contract)
    if contract.parent_id is None or isinstance(terms.liability_cap, Money):
        return terms.cap(), None
    parent = parent_of(session, actor, contract)
    price = money_terms(parent).total if parent else None
    return (terms.cap(price), parent) if price else (None, None)


def figures_of(
    session: Session, actor: Actor, contract: Contract, deadlines: Iterable[Deadline], today: date
) -> Figures:
    """The figures of an opened contract with the deadlines that stand."""
    cap, cap_of = liability_cap(session, actor, contract)
    past = (row for row in deadlines if row.legal and row.legal < today and _is_payment(row))
    late = (LatePayment(row, found) for row in past if (found := lateness(row, today)))
    return Figures(money_terms(contract), cap, cap_of, tuple(late))


def _is_payment(deadline: Deadline) -> bool:
    return deadline.amount is not None or "late_rate" in deadline.explanation
