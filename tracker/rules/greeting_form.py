"""Greetings as plain data: for which holidays and birthdays, of customers of which class, and during what."""

from collections.abc import Iterator

from tracker.rules.clauses import Clause, Due, Greeting, Moment, Obligation, Phase
from tracker.rules.customers import class_named
from tracker.rules.festivals import festival_named, festival_names
from tracker.rules.problems import N_, Problem
from tracker.rules.section import Section, flag, read_lines

NO_HOLIDAY = N_("“%(name)s” is no public holiday of the calendar %(calendar)s. Its holidays: %(choices)s.")


def read_greeting(section: Section, due: Due | None) -> Greeting | None:
    """The greeting that an obligation due on one is; fields of greetings on any other are problems."""
    holidays = frozenset(festival_named(name) for name in read_lines(section, "holidays"))
    classes = frozenset(map(class_named, read_lines(section, "classes")))
    birthdays = section.read("birthdays", flag) or False
    if due is not None and due.anchor == Moment.GREETING:
        phase = section.word("while", Phase) or Phase.IN_FORCE
        return section.build("due", lambda: Greeting(holidays, birthdays, classes, phase))
    for name in ("holidays", "birthdays", "classes"):
        if section.raw(name) is not None:
            section.fault(name, N_("This goes with a due day counted from “greeting”."))
    return None


def unknown_holidays(clauses: tuple[Clause, ...], calendar: str) -> Iterator[Problem]:
    """Names of holidays that the calendar does not have."""
    known = festival_names(calendar)
    obligations = (clause for clause in clauses if isinstance(clause, Obligation))
    for position, obligation in enumerate(obligations):
        for name in sorted(obligation.greeting.holidays - set(known)) if obligation.greeting else ():
            values = {"name": name, "calendar": calendar, "choices": ", ".join(known) or "–"}
            yield Problem(f"obligations[{position}].holidays", NO_HOLIDAY, values)
