"""The other parties as customers: whom a team greets, on what birthday, and in which class they stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.rules.facts import Fact

_CLASSES: Mapping[str, frozenset[str]] = {
    "prospective": frozenset({"潜在", "潛在"}),
    "new": frozenset({"新"}),
    "returning": frozenset({"old", "existing", "老"}),
    "vip": frozenset({"重点", "重點", "贵宾", "貴賓"}),
}
"""Other words for a class."""


def class_named(text: str) -> str:
    """One name for a customer class however it is written: 老, 老客户 and ``returning`` are the same.

    A team's own class stands for itself.
    """
    plain = text.strip().casefold().removesuffix("客户").removesuffix("客戶").strip()
    return next((name for name, words in _CLASSES.items() if plain in words), plain)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year; the year of birth is of no concern.

    Who was born on 29 February is greeted on the 28th in a year without one.
    """

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The birthday in that year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 2, 28)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the other side. `key` names the person within the contract and outlasts a change of the name."""

    key: str
    name: str
    birthday: Birthday | None
    customer_class: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Another party of the contract."""

    role: str
    name: str
    customer_class: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """In which class everybody stands on a day: as the contract says, until a recorded change says otherwise.

    `changes` are facts of the kind customer_class_changed in the order of their days. `how` of a change is the new
    class; its subject names a contact or a party, by key, name or role; without one it is about every customer.
    """

    changes: tuple[Fact, ...]

    def of_customer(self, customer: Customer, day: date) -> str:
        """The class of a party."""
        return self._last(day, ("", customer.role, customer.name)) or class_named(customer.customer_class)

    def of_contact(self, contact: Contact, customer: Customer, day: date) -> str:
        """The class of a person: the own one, else that of the party."""
        own = self._last(day, (contact.key, contact.name)) or class_named(contact.customer_class)
        return own or self.of_customer(customer, day)

    def _last(self, day: date, names: Iterable[str]) -> str:
        wanted = set(names)
        told = [fact for fact in self.changes if fact.day <= day and fact.subject in wanted and fact.how]
        return class_named(told[-1].how) if told else ""

    def all_on(self, customers: Iterable[Customer], day: date) -> Iterator[str]:
        """The classes of all parties and people."""
        for customer in customers:
            yield self.of_customer(customer, day)
            yield from (self.of_contact(contact, customer, day) for contact in customer.contacts)
