"""What is lawful but odd enough that a person should look before it is saved."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.notices import earliest_notice, latest_notice
from tracker.rules.odd_care import odd_care
from tracker.rules.odd_decisions import odd_decisions
from tracker.rules.odd_events import odd_events
from tracker.rules.problems import N_, Problem
from tracker.rules.renewal_length import renewal_length
from tracker.rules.schedule import schedule
from tracker.rules.term_periods import TermPeriod
from tracker.rules.terms import NoticeWindow, Renewal, RenewalMode
from tracker.rules.timeline import Timeline, timeline


def oddities(agreement: Agreement, facts: tuple[Fact, ...], today: date) -> list[Problem]:
    """Everything odd, in the order of the document."""
    happenings = Happenings(facts)
    life = timeline(agreement, happenings, today)
    plain = _as_if_nobody_had_changed_a_day(agreement, facts, today)
    return [
        *_term(agreement, life),
        *_renewal(agreement, life),
        *_facts(happenings, life, facts, today),
        *odd_events(agreement, facts, plain),
        *odd_decisions(agreement, plain),
        *odd_care(agreement, facts, today),
    ]


def newly_told(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """What is odd after a change and was not before: wherever it stands, and as often as it is told."""
    known = Counter(map(_told, before))
    found = []
    for problem in after:
        if known[_told(problem)] > 0:
            known[_told(problem)] -= 1
        else:
            found.append(problem)
    return found


def _told(problem: Problem) -> str:
    return str(problem)


def _as_if_nobody_had_changed_a_day(agreement: Agreement, facts: tuple[Fact, ...], today: date) -> dict[str, Deadline]:
    """The schedule without adjustments and without answers put off; empty where there are none to compare with."""
    others = tuple(fact for fact in facts if fact.kind is not FactKind.COMPLAINT_EXTENDED)
    if not agreement.adjustments and len(others) == len(facts):
        return {}
    found = schedule(replace(agreement, adjustments=()), others, today)
    return {deadline.key: deadline for deadline in found}


def _term(agreement: Agreement, life: Timeline) -> Iterator[Problem]:
    first = life.periods[0] if life.periods else None
    if first and first.first and life.formed and first.first < life.formed.day:
        yield Problem("term.start", N_("The term starts before the contract was signed."))
    if first and first.counted and first.counted.legal and first.last != first.counted.legal:
        text = N_("The length gives another end, %(day)s; the date you wrote wins.")
        yield Problem("term.end", text, {"day": first.counted.legal})
    if first is None and agreement.renewal and agreement.renewal.mode is not RenewalMode.NONE:
        yield Problem("renewal", N_("There is a renewal but no term to renew."))


def _renewal(agreement: Agreement, life: Timeline) -> Iterator[Problem]:
    if agreement.renewal is None or not life.periods:
        return
    yield from _length(agreement, agreement.renewal, life.periods[0])
    for position, window in enumerate(agreement.renewal.windows):
        yield from _window(agreement, window, life.periods[0], f"renewal.notice[{position}]")


def _length(agreement: Agreement, renewal: Renewal, first: TermPeriod) -> Iterator[Problem]:
    """What renews itself goes on in silence only for a time that is known."""
    if renewal.mode is not RenewalMode.AUTOMATIC or agreement.term is None or not (first.first and first.last):
        return
    if renewal_length(renewal, agreement.term, first.first) is None:
        text = N_("How long a renewal lasts is not said, so the contract is taken to end with its term.")
        yield Problem("renewal.length", text)


def _window(agreement: Agreement, window: NoticeWindow, period: TermPeriod, place: str) -> Iterator[Problem]:
    counting = agreement.counting
    closes, opens = latest_notice(counting, window, period.last), earliest_notice(counting, window, period.last)
    if closes and closes.legal and period.first and closes.legal < period.first:
        yield Problem(f"{place}.at_least", N_("The notice period is longer than the term."))
    if closes and opens and closes.legal and opens.legal and opens.legal > closes.legal:
        yield Problem(f"{place}.not_earlier_than", N_("The window for notice closes before it opens."))


def _facts(happenings: Happenings, life: Timeline, facts: tuple[Fact, ...], today: date) -> Iterator[Problem]:
    for position, fact in enumerate(facts):
        if life.formed and fact.day < life.formed.day and fact.kind not in (FactKind.SIGNED, FactKind.CONDITION_MET):
            yield Problem(f"facts[{position}].day", N_("This happened before the contract was signed."))
        if fact.day > today and fact.kind not in (FactKind.END_INTENDED, FactKind.EFFECTIVE):
            yield Problem(f"facts[{position}].day", N_("This day is still to come."))
        if life.minimum and life.minimum.legal and _ends_before(fact, life.minimum.legal):
            yield Problem(f"facts[{position}]", N_("This would end the contract before its minimum term is over."))
        if fact.kind is FactKind.RENEWED and fact.until and _is_passed_over(fact, life):
            yield Problem(f"facts[{position}].until", N_("The renewal ends before the term it renews."))
    if len(happenings.of(FactKind.ENDED)) > 1:
        yield Problem("facts", N_("The end is recorded more than once; the earliest counts."))


def _ends_before(fact: Fact, minimum: date) -> bool:
    ends = {FactKind.END_INTENDED: fact.day, FactKind.NOTICE_TO_TERMINATE: fact.until}.get(fact.kind)
    return ends is not None and ends < minimum


def _is_passed_over(renewed: Fact, life: Timeline) -> bool:
    """Whether the end that a renewal names was not taken, as it lies before what was renewed."""
    return any(period.renewed_by == renewed and period.last != renewed.until for period in life.periods)
