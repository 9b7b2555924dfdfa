"""Greetings that reach nobody, so that a slip in a class or a forgotten birthday is seen before it is saved."""

from collections.abc import Iterator
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import Greeting
from tracker.rules.customers import Classes
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.problems import N_, Problem


def odd_care(agreement: Agreement, facts: tuple[Fact, ...], today: date) -> Iterator[Problem]:
    """Everything odd about greetings as they stand today."""
    greetings = [(n, one.greeting) for n, one in enumerate(agreement.obligations) if one.greeting]
    changes = tuple(Happenings(facts).of(FactKind.CUSTOMER_CLASS_CHANGED))
    known = frozenset(Classes(changes).all_on(agreement.customers, today))
    for position, greeting in greetings:
        if greeting.classes and greeting.classes.isdisjoint(known):
            text = N_("No customer is in one of these classes today, so nobody is greeted.")
            yield Problem(f"obligations[{position}].classes", text)
        if _misses_birthdays(agreement, greeting):
            yield Problem(f"obligations[{position}].birthdays", N_("No birthday of a customer is written down yet."))
    if any(greeting.classes for _n, greeting in greetings):
        for position, fact in enumerate(facts):
            if fact.kind is FactKind.CUSTOMER_CLASS_CHANGED and not fact.how:
                yield Problem(
                    f"facts[{position}].how", N_("The new customer class is not said, so no greeting changes.")
                )


def _misses_birthdays(agreement: Agreement, greeting: Greeting) -> bool:
    people = (contact for customer in agreement.customers for contact in customer.contacts)
    return greeting.birthdays and not any(contact.birthday for contact in people)
