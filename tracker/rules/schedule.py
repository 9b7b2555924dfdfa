"""From what was agreed and what has happened to every deadline that follows: the one engine for every date."""

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.amended import deadlines_under
from tracker.rules.deadlines import Deadline
from tracker.rules.duties import Duties
from tracker.rules.facts import Fact
from tracker.rules.happenings import Happenings
from tracker.rules.sending import Sending
from tracker.rules.settling import Settling
from tracker.rules.suspension import Suspensions
from tracker.rules.term_dates import TermDates
from tracker.rules.timeline import Timeline, timeline


def schedule(agreement: Agreement, facts: Iterable[Fact], today: date) -> tuple[Deadline, ...]:
    """Every deadline of the contract as it stands on `today`, by key.

    Periods of the term are worked out up to the one after the current one, and series as far; a later `today` adds
    deadlines and makes others surer, and never renames one. The order of clauses and facts does not matter.
    """
    happenings = Happenings(facts)
    life = timeline(agreement, happenings, today)
    found = {deadline.key: deadline for deadline in _all(agreement, happenings, life, today)}
    tracked = [deadline for deadline in found.values() if _is_tracked(deadline, agreement.tracked_from)]
    settled = Settling.under(agreement.papers, happenings).settled(tracked)
    suspensions = Suspensions.under(happenings, today)
    return tuple(sorted((suspensions.of(deadline) for deadline in settled), key=lambda deadline: deadline.key))


def life_of(agreement: Agreement, facts: Iterable[Fact], today: date) -> Timeline:
    """The life of the contract as the schedule sees it."""
    return timeline(agreement, Happenings(facts), today)


def _all(agreement: Agreement, happenings: Happenings, life: Timeline, today: date) -> Iterator[Deadline]:
    sending = Sending.under(agreement)
    yield from TermDates(agreement, happenings, life, sending).deadlines()
    yield from deadlines_under(agreement, lambda terms: Duties.under(terms, happenings, life, sending, today))


def _is_tracked(deadline: Deadline, tracked_from: date | None) -> bool:
    last = deadline.legal or deadline.target
    return tracked_from is None or last is None or last >= tracked_from
