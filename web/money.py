"""Money and people on the pages of a contract: figures, late payments, and whom to greet."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.actions.figures import figures_of
from tracker.actions.lateness import lateness, owed
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.render.money_words import late_words, rate_words
from tracker.render.names import about_words, called
from tracker.rules.customers import class_named
from tracker.rules.money import Money
from web.context import actor, today, words


def money_part(session: Session, contract: Contract, rows: list[Deadline]) -> Mapping[str, object]:
    """What the contract says about money, and which payments are late."""
    return {"money": figures_of(session, actor(), contract, rows, today())}


def _sum(money: Money) -> str:
    return words().money(money.amount, money.currency)


def _late(deadline: Deadline) -> str:
    """How late a payment is, or was; nothing for anything else."""
    found = lateness(deadline, today())
    return late_words(found, words()) if found else ""


def _rate(deadline: Deadline) -> str:
    rate = owed(deadline).rate
    return rate_words(rate, words()) if rate else ""


def _birthday(text: str) -> str:
    """A kept birthday as it is told: the day, and the year where it is known."""
    if len(text) > len("02-29"):
        return words().date(date.fromisoformat(text))
    return words().day_of_year(date.fromisoformat(f"2000-{text}"))


def _class(text: str) -> str:
    """A customer class by its usual name; a team's own as it was written."""
    told = words()
    named = {
        "prospective": told.pgettext("customer class", "prospective"),
        "new": told.pgettext("customer class", "new"),
        "returning": told.pgettext("customer class", "returning"),
        "vip": told.pgettext("customer class", "VIP"),
    }
    return named.get(class_named(text), text)


FILTERS: Mapping[str, Callable[..., object]] = {
    "sum": _sum,
    "per_cent": lambda share: f"{(share * 100).normalize():f}%",
    "late": _late,
    "late_rate": _rate,
    "rate_words": lambda rate: rate_words(rate, words()),
    "late_words": lambda late: late_words(late, words()),
    "birthday": _birthday,
    "customer_class": _class,
    "called": lambda deadline: called(deadline.code, deadline.title, deadline.occurrence, deadline.subject, words()),
    "about": lambda deadline: about_words(deadline.occurrence, deadline.subject, words()),
}
"""Template filters."""
