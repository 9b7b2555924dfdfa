"""The life of a contract: when it was formed, took effect, runs from period to period, and ends."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile

from tracker.rules.agreement import Agreement
from tracker.rules.amended_term import AmendedPeriods, amended_periods
from tracker.rules.conventions import Direction
from tracker.rules.counting import CannotCount, Counted
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings, Known
from tracker.rules.notices import may_be_from
from tracker.rules.readings import Nature
from tracker.rules.term_periods import FIRST_DAY, TermPeriod
from tracker.rules.versions import in_force, versions

MOST_PERIODS = 100
"""A contract that may have more than these goes on without limit, as far as anybody needs to know now."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the other dates hang on; None where it cannot be known."""

    formed: Known | None
    effective: Known | None
    periods: tuple[TermPeriod, ...]
    ended: Known | None
    minimum: Counted | None = None
    """Until when the contract cannot be ended by notice, where it says so."""
    utmost: date | None = None
    """The end of the last renewal, where a contract that goes on renews itself so many times and no more."""

    @property
    def last_day(self) -> date | None:
        """The day the contract ends, or the last day of the last period worked out."""
        if self.ended:
            return self.ended.day
        return self.periods[-1].last if self.periods else None

    def cut_short(self, period: TermPeriod) -> Known | None:
        """The end of the contract, where it comes before the last day of the period."""
        if self.ended is None or period.last is None or self.ended.day >= period.last:
            return None
        return self.ended


def timeline(agreement: Agreement, happenings: Happenings, today: date) -> Timeline:
    """The life of the contract as it stands on `today`."""
    effective = _effective(agreement, happenings)
    minimum = _minimum(agreement, effective)
    recorded = _recorded_end(happenings)
    cut = recorded or _end_by_notice(agreement, happenings, minimum, today)
    every = amended_periods(agreement, happenings, effective, today)
    periods = _periods_until(cut, every)
    ended = recorded or _earlier(cut, _expiry(every, periods, today))
    utmost = None if ended else _utmost(agreement, happenings, effective)
    return Timeline(happenings.formed(), effective, periods, ended, minimum, utmost)


def _effective(agreement: Agreement, happenings: Happenings) -> Known | None:
    """The day it took effect, under the terms that were in force by then."""
    for version in versions(agreement):
        known = happenings.effective(version.terms.effect)
        if known and (version.until is None or known.day < version.until):
            return known
    return None


def _periods_until(cut: Known | None, periods: AmendedPeriods) -> tuple[TermPeriod, ...]:
    """The periods that begin before the contract was cut short; the first in any case."""
    if cut is None:
        return tuple(periods)
    return tuple(takewhile(lambda period: period.number == 1 or (period.first or date.min) <= cut.day, periods))


def _minimum(agreement: Agreement, effective: Known | None) -> Counted | None:
    term = agreement.term
    if term is None or term.minimum is None:
        return None
    start = term.start or (effective.day if effective else None)
    if start is None:
        return None
    first_day = FIRST_DAY[term.first_day_counts]
    return agreement.counting.count(start, term.minimum, Direction.AFTER, Nature.STATE, first_day)


# ------------------------------------------------------------------ the end


def _recorded_end(happenings: Happenings) -> Known | None:
    fact = happenings.first(FactKind.ENDED)
    return Known(fact.day, fact=fact.key) if fact else None


def _earlier(a: Known | None, b: Known | None) -> Known | None:
    return min((known for known in (a, b) if known), key=lambda known: known.day, default=None)


def _expiry(every: AmendedPeriods, periods: tuple[TermPeriod, ...], today: date) -> Known | None:
    """The end of the last period, where nothing carries the contract beyond it."""
    last = periods[-1].last if periods else None
    if last is None or every.goes_on(periods[-1]):
        return None
    certainty = Certainty.UNCONFIRMED if today > last else Certainty.PROJECTED
    return Known(last, certainty, later=periods[-1].later, unsettled=periods[-1].unsettled)


def _utmost(agreement: Agreement, happenings: Happenings, effective: Known | None) -> date | None:
    """The end of the last period, were each renewed that can be; None where nothing limits them, or not soon."""
    renewals = [version.terms.renewal for version in versions(agreement)]
    if not any(renewal and renewal.cap for renewal in renewals):
        return None
    every = amended_periods(agreement, happenings, effective, date.max)
    try:
        periods = list(islice(every, MOST_PERIODS + 1))
    except CannotCount:  # it lies beyond the calendar
        return None
    return periods[-1].last if periods and len(periods) <= MOST_PERIODS else None


def _end_by_notice(agreement: Agreement, happenings: Happenings, minimum: Counted | None, today: date) -> Known | None:
    """The first end that a notice leads to: as it says, else when its period has run, else on arrival (Civil Code
    art. 565)."""
    ends = [
        _notice_runs_out(agreement, fact, minimum)
        for fact in happenings.of(FactKind.NOTICE_TO_TERMINATE, FactKind.NOTICE_TO_RESCIND)
    ]
    if not ends:
        return None
    first = min(ends, key=lambda known: (known.day, known.fact))
    return replace(first, certainty=Certainty.UNCONFIRMED if today > first.day else Certainty.PROJECTED)


def _notice_runs_out(agreement: Agreement, fact: Fact, minimum: Counted | None) -> Known:
    """The end it names; else that of the notice period, though not before a minimum term; rescinding for cause need not
    wait for that."""
    if fact.until:
        return Known(fact.until, fact=fact.key)
    known = _notice_period_ends(agreement, fact)
    if minimum is None or minimum.legal is None or fact.kind is FactKind.NOTICE_TO_RESCIND:
        return known
    if known.day > minimum.legal:
        return known
    return replace(known, day=minimum.legal, unsettled=minimum.provisional)


def _notice_period_ends(agreement: Agreement, fact: Fact) -> Known:
    then = in_force(agreement, fact.day)
    for termination in then.terminations:
        if may_be_from(fact, termination.side):
            counted = then.counting.count(fact.day, termination.notice, Direction.AFTER, Nature.STATE)
            return Known(counted.legal or fact.day, fact=fact.key, unsettled=counted.provisional)
    return Known(fact.day, fact=fact.key)
