"""Facts that come to nothing, or tell of what should have come before them."""

from collections.abc import Iterator, Mapping

from tracker.rules.about import concerned
from tracker.rules.agreement import Agreement
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.later_facts import LaterFacts
from tracker.rules.problems import N_, Problem
from tracker.rules.third_parties import entries

Places = Mapping[str, int]
"""Where each fact stands in the document, by its key."""


def odd_events(agreement: Agreement, facts: tuple[Fact, ...], plain: Mapping[str, Deadline]) -> Iterator[Problem]:
    """Everything odd about the facts one by one; `plain` is the schedule as if no answer had been put off."""
    happenings = Happenings(facts)
    places = {fact.key: position for position, fact in enumerate(facts)}
    yield from _about(facts, places)
    yield from _put_off(agreement, happenings, places, plain)
    yield from _without_consent(happenings, places)
    yield from _suspended(agreement, happenings, places)


def _about(facts: tuple[Fact, ...], places: Places) -> Iterator[Problem]:
    for fact in facts:
        if fact.about and (fact.about not in places or fact.about == fact.key):
            text = N_("This is said to be about “%(key)s”, but there is no such fact.")
            yield Problem(f"facts[{places[fact.key]}].about", text, {"key": fact.about})


# ----------------------------------------------------------------- complaints


def _put_off(
    agreement: Agreement, happenings: Happenings, places: Places, plain: Mapping[str, Deadline]
) -> Iterator[Problem]:
    complaints = happenings.of(FactKind.COMPLAINT_RECEIVED)
    for fact in happenings.of(FactKind.COMPLAINT_EXTENDED):
        place = f"facts[{places[fact.key]}]"
        if fact.until is None:
            yield Problem(f"{place}.until", N_("Say until when it is put off: without a day nothing changes."))
        elif concerned(fact, complaints) is None:
            yield Problem(f"{place}.about", N_("It is not clear which complaint this is about, so nothing changes."))
    later = LaterFacts(agreement.counting, happenings)
    for answer in plain.values():
        if answer.code == "complaint-answer":
            yield from _in_vain(later, answer, places)


def _in_vain(later: LaterFacts, answer: Deadline, places: Places) -> Iterator[Problem]:
    """The extensions of one answer that leave its day as it is."""
    for fact in later.extensions(answer.started_by):
        put_off = later.put_off(answer, fact)
        if put_off == answer and fact.until and answer.legal:
            late = fact.day > answer.legal
            text = (
                N_("Told after the answer was due, this puts nothing off: the day stays %(day)s.")
                if late
                else N_("The day named is before the one on which the answer is due anyway, %(day)s.")
            )
            field = "day" if late else "until"
            yield Problem(f"facts[{places[fact.key]}].{field}", text, {"day": answer.legal})
        answer = put_off


# -------------------------------------------------------------- third parties


def _without_consent(happenings: Happenings, places: Places) -> Iterator[Problem]:
    for entry in entries(happenings):
        if entry.engaged and not entry.has_consent:
            text = N_("The third party stepped in without consent on record: %(name)s.")
            place = f"facts[{places[entry.engaged.key]}]"
            yield Problem(place, text, {"name": entry.engaged.subject or entry.engaged.key})


# ----------------------------------------------------------------- suspension


def _suspended(agreement: Agreement, happenings: Happenings, places: Places) -> Iterator[Problem]:
    keys = {obligation.source.key for obligation in agreement.obligations}
    stopped = happenings.of(FactKind.PERFORMANCE_SUSPENDED)
    resumed = happenings.of(FactKind.PERFORMANCE_RESUMED)
    for fact in (*stopped, *resumed):
        if fact.subject and fact.subject not in keys:
            text = N_("No obligation has the key “%(key)s”, so nothing is suspended or resumed.")
            yield Problem(f"facts[{places[fact.key]}].subject", text, {"key": fact.subject})
    for fact in resumed:
        if not any(stop.day <= fact.day for stop in stopped):
            yield Problem(f"facts[{places[fact.key]}]", N_("Nothing had been suspended before this."))
