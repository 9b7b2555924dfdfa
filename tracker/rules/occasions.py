"""On what days customers are greeted: public holidays by name and birthdays, by customer class."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import Greeting, Phase, Series
from tracker.rules.customers import Classes, Customer
from tracker.rules.facts import FactKind
from tracker.rules.festivals import Festival, festivals
from tracker.rules.happenings import Happenings, Known
from tracker.rules.periods import Period, Unit
from tracker.rules.rounds import AHEAD, Rounds
from tracker.rules.starts import Occasion

BIRTHDAY = "birthday"
_YEARLY = Period(1, Unit.YEAR)


@dataclass(frozen=True, slots=True)
class Greetings:
    """Finds the days on which somebody is greeted.

    They are worked out as far as an unending series, also under a long term: who is a customer of what class is not
    known for years ahead.
    """

    calendar: str
    customers: tuple[Customer, ...]
    classes: Classes
    rounds: Rounds

    @classmethod
    def under(cls, agreement: Agreement, happenings: Happenings, rounds: Rounds) -> "Greetings":
        changes = tuple(happenings.of(FactKind.CUSTOMER_CLASS_CHANGED))
        return cls(agreement.counting.calendar.name, agreement.customers, Classes(changes), rounds)

    def start(self, greeting: Greeting) -> Known | None:
        """The day from which it is owed; None where that cannot be known yet."""
        return self.rounds.start(Series(_YEARLY, greeting.phase))

    def of(self, greeting: Greeting) -> Iterator[Occasion]:
        """One occasion for each holiday and each birthday, named by its year: ``2026-mid-autumn``."""
        start, ended = self.start(greeting), self.rounds.life.ended
        if start is None:
            return
        last = max(self.rounds.today, start.day) + AHEAD
        if greeting.phase is Phase.IN_FORCE and ended:
            last = min(last, ended.day)
        for year in range(start.day.year, last.year + 1):
            for occasion in (*self._holidays(greeting, year), *self._birthdays(greeting, year)):
                if start.day <= occasion.known.day <= last:
                    yield self._sure(occasion, start)

    def _sure(self, occasion: Occasion, start: Known) -> Occasion:
        known = replace(occasion.known, certainty=self.rounds.certainty(occasion.known.day, start))
        return replace(occasion, known=known)

    def _holidays(self, greeting: Greeting, year: int) -> Iterator[Occasion]:
        seen: set[str] = set()
        for festival in festivals(self.calendar, year) if greeting.holidays else ():
            if festival.name in greeting.holidays and self._reaches(greeting, festival.day):
                name = f"{year}-{festival.name}"
                yield _on_holiday(festival, f"{name}-2" if name in seen else name)
                seen.add(name)

    def _reaches(self, greeting: Greeting, day: date) -> bool:
        """Whether anybody there is in one of the classes, on the day itself."""
        return not greeting.classes or not greeting.classes.isdisjoint(self.classes.all_on(self.customers, day))

    def _birthdays(self, greeting: Greeting, year: int) -> Iterator[Occasion]:
        people = ((customer, contact) for customer in self.customers for contact in customer.contacts)
        for customer, contact in people if greeting.birthdays else ():
            if contact.birthday is None:
                continue
            day = contact.birthday.in_year(year)
            if not greeting.classes or self.classes.of_contact(contact, customer, day) in greeting.classes:
                yield Occasion(f"{year}-{BIRTHDAY}-{contact.key}", Known(day), subject=contact.name)


def _on_holiday(festival: Festival, name: str) -> Occasion:
    unsettled = (festival.day.year,) if festival.estimated else ()
    return Occasion(name, Known(festival.day, unsettled=unsettled), subject=festival.title)
