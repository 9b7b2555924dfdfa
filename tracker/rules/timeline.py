"""The life of a contract: when it was formed, took effect, runs from period to period, and ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import NoticeWindow, Renewal, RenewalMode, Term
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings, Known
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import FirstDay, Nature, Reading, ReadingName

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermPeriod:
    """One period of the term: the initial one is number 1. `last` None: open-ended, or not to be known yet."""

    number: int
    first: date | None
    last: date | None
    certainty: Certainty
    counted: Counted | None = None
    readings: tuple[Reading, ...] = ()
    renewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the other dates hang on; None where it cannot be known."""

    formed: Known | None
    effective: Known | None
    periods: tuple[TermPeriod, ...]
    ended: Known | None

    @property
    def last_day(self) -> date | None:
        """The day the contract ends, or the last day of the last period worked out."""
        if self.ended:
            return self.ended.day
        return self.periods[-1].last if self.periods else None


def timeline(agreement: Agreement, happenings: Happenings, today: date) -> Timeline:
    """The life of the contract as it stands on `today`."""
    effective = happenings.effective(agreement.effect)
    periods = tuple(_Periods(agreement, happenings, effective, today)) if agreement.term else ()
    return Timeline(happenings.formed(), effective, periods, _ended(agreement, happenings, periods, today))


def opposition(
    agreement: Agreement, happenings: Happenings, window: NoticeWindow, period: TermPeriod, kinds: tuple[FactKind, ...]
) -> Fact | None:
    """The first notice of these kinds that falls into the window before the end of the period."""
    latest, earliest = latest_notice(agreement, window, period), earliest_notice(agreement, window, period)
    if latest is None or latest.legal is None:
        return None
    opens = earliest.legal if earliest and earliest.legal else date.min
    for fact in happenings.of(*kinds):
        if _speaks_for(fact, window.side) and opens <= fact.day <= latest.legal and _in_or_before(fact, period):
            return fact
    return None


def latest_notice(agreement: Agreement, window: NoticeWindow, period: TermPeriod) -> Counted | None:
    """Last day for notice before the end of the period."""
    if period.last is None:
        return None
    return agreement.counting.count(period.last, window.at_least, Direction.BEFORE, Nature.BY)


def earliest_notice(agreement: Agreement, window: NoticeWindow, period: TermPeriod) -> Counted | None:
    """First day for notice before the end of the period, where the window says one."""
    if period.last is None or window.not_earlier_than is None:
        return None
    return agreement.counting.count(period.last, window.not_earlier_than, Direction.BEFORE, Nature.NOT_BEFORE)


def _speaks_for(fact: Fact, side: Side) -> bool:
    return fact.by in (None, Side.BOTH, side) or (side is Side.BOTH and fact.by is Side.US)


def _in_or_before(fact: Fact, period: TermPeriod) -> bool:
    return period.first is None or period.number == 1 or fact.day >= period.first


class _Periods:
    """The periods of a term: those begun, and the next one."""

    def __init__(self, agreement: Agreement, happenings: Happenings, effective: Known | None, today: date) -> None:
        assert agreement.term is not None
        self.agreement = agreement
        self.term: Term = agreement.term
        self.renewal = agreement.renewal
        self.happenings = happenings
        self.effective = effective
        self.today = today

    def __iter__(self) -> Iterator[TermPeriod]:
        period: TermPeriod | None = self._initial()
        while period is not None:
            yield period
            period = self._following(period)

    def _initial(self) -> TermPeriod:
        start = self.term.start or (self.effective.day if self.effective else None)
        counted = self._initial_count(start)
        computed = counted.legal if counted else None
        last = computed if self.term.end is None else self.term.end
        readings = counted.readings if counted and not self.term.end else self._stated(counted)
        return TermPeriod(1, start, last, Certainty.CONFIRMED, counted, readings)

    def _initial_count(self, start: date | None) -> Counted | None:
        if start is None or self.term.length is None:
            return None
        first_day = _FIRST_DAY[self.term.first_day_counts]
        return self.agreement.counting.count(start, self.term.length, Direction.AFTER, Nature.STATE, first_day)

    def _stated(self, counted: Counted | None) -> tuple[Reading, ...]:
        """The contract's own end, and the computed one beside it where they differ (Civil Code art. 204)."""
        if self.term.end is None:
            return ()
        stated = Reading(ReadingName.STATED, self.term.end, ())
        if counted is None or counted.legal is None or counted.legal == self.term.end:
            return (stated,)
        return stated, Reading(ReadingName.COMPUTED, counted.legal, counted.steps)

    def _following(self, period: TermPeriod) -> TermPeriod | None:
        """The period after this one; None where the contract ends with it or the horizon does."""
        renewal = self.renewal
        if renewal is None or period.last is None or period.first is None or period.first > self.today:
            return None
        if renewal.cap is not None and period.number > renewal.cap:
            return None
        fact = self._renewal_fact(period)
        if fact is None and not self._tacit(renewal, period):
            return None
        return self._renewed(renewal, period, fact)

    def _renewal_fact(self, period: TermPeriod) -> Fact | None:
        """The fact that renews beyond `period`: the first recorded for none of the periods before it."""
        renewed = self.happenings.of(FactKind.RENEWED)
        if self.renewal and self.renewal.mode is RenewalMode.AUTOMATIC:
            return next((fact for fact in renewed if self._belongs(fact, period)), None)
        return renewed[period.number - 1] if len(renewed) >= period.number else None

    def _belongs(self, fact: Fact, period: TermPeriod) -> bool:
        """Whether a recorded renewal of an automatic contract is about the end of `period`: the nearest end."""
        if period.first is None or period.last is None:
            return False
        half = (period.last - period.first) / 2
        return period.last - half <= fact.day < period.last + half

    def _tacit(self, renewal: Renewal, period: TermPeriod) -> bool:
        if renewal.mode is not RenewalMode.AUTOMATIC:
            return False
        against = (FactKind.NOTICE_NOT_TO_RENEW,)
        windows = renewal.windows or (NoticeWindow(Side.BOTH, Period(0, Unit.DAY)),)
        return not any(opposition(self.agreement, self.happenings, window, period, against) for window in windows)

    def _renewed(self, renewal: Renewal, period: TermPeriod, fact: Fact | None) -> TermPeriod:
        number = period.number + 1
        counted = self._renewal_count(renewal, period.number)
        computed = counted.legal if counted else None
        last = (fact.until if fact else None) or computed
        certainty = Certainty.CONFIRMED if fact else self._passed(renewal, period)
        first = period.last + DAY if period.last else None
        readings = counted.readings if counted and last == computed else ()
        return TermPeriod(number, first, last, certainty, counted, readings, fact.key if fact else "")

    def _renewal_count(self, renewal: Renewal, renewals: int) -> Counted | None:
        """The end after so many renewals, counted from the original anchor so that month ends never drift."""
        length = renewal.length or self.term.length
        start = self.term.start or (self.effective.day if self.effective else None)
        if length is None or length.n is None:
            return None
        whole = _together(self.term.length, length, renewals) if self.term.end is None else None
        first_day = _FIRST_DAY[self.term.first_day_counts]
        if whole is None or start is None:
            initial = self._initial()
            if initial.last is None:
                return None
            start, first_day = initial.last + DAY, FirstDay.COUNTED
            whole = Period(length.n * renewals, length.unit)
        return self.agreement.counting.count(start, whole, Direction.AFTER, Nature.STATE, first_day)

    def _passed(self, renewal: Renewal, period: TermPeriod) -> Certainty:
        """Unconfirmed once the last notice day has passed in silence, projected before."""
        days = [
            counted.legal for window in renewal.windows if (counted := latest_notice(self.agreement, window, period))
        ]
        last = max((day for day in days if day is not None), default=period.last)
        return Certainty.UNCONFIRMED if last is not None and self.today > last else Certainty.PROJECTED


_FIRST_DAY = {True: FirstDay.COUNTED, False: FirstDay.NOT_COUNTED, None: FirstDay.UNKNOWN}


def _together(initial: Period | None, renewal: Period, times: int) -> Period | None:
    """One period for the initial term and `times` renewals, where both are months or both are days."""
    if initial is None or initial.n is None or renewal.n is None:
        return None
    if initial.months is not None and renewal.months is not None:
        return Period(initial.months + times * renewal.months, Unit.MONTH)
    if initial.days is not None and renewal.days is not None:
        return Period(initial.days + times * renewal.days, Unit.DAY)
    return None


def _ended(agreement: Agreement, happenings: Happenings, periods: tuple[TermPeriod, ...], today: date) -> Known | None:
    """The end: as recorded, else as a notice brings it about, else as the term runs out."""
    if fact := happenings.first(FactKind.ENDED):
        return Known(fact.day, fact=fact.key)
    expiry = _expiry(agreement, periods, today)
    notice = _end_by_notice(agreement, happenings, today)
    if expiry and notice:
        return min(expiry, notice, key=lambda known: known.day)
    return notice or expiry


def _expiry(agreement: Agreement, periods: tuple[TermPeriod, ...], today: date) -> Known | None:
    if not periods or periods[-1].last is None or _runs_on(agreement.renewal, periods[-1], today):
        return None
    last = periods[-1].last
    return Known(last, Certainty.UNCONFIRMED if today > last else Certainty.PROJECTED)


def _runs_on(renewal: Renewal | None, period: TermPeriod, today: date) -> bool:
    """Whether the periods stop only because they were not worked out any further."""
    if renewal is None or renewal.mode is not RenewalMode.AUTOMATIC:
        return False
    capped = renewal.cap is not None and period.number > renewal.cap
    return not capped and period.first is not None and period.first > today


def _end_by_notice(agreement: Agreement, happenings: Happenings, today: date) -> Known | None:
    """The end a notice leads to: as it says, else when its period has run, else on arrival (Civil Code art. 565)."""
    for fact in happenings.of(FactKind.NOTICE_TO_TERMINATE, FactKind.NOTICE_TO_RESCIND):
        day = fact.until or _notice_runs_out(agreement, fact)
        return Known(day, Certainty.UNCONFIRMED if today > day else Certainty.PROJECTED, fact.key)
    return None


def _notice_runs_out(agreement: Agreement, fact: Fact) -> date:
    for termination in agreement.terminations:
        if _speaks_for(fact, termination.side):
            counted = agreement.counting.count(fact.day, termination.notice, Direction.AFTER, Nature.STATE)
            return counted.legal or fact.day
    return fact.day
