"""The periods of a term: the initial one, those it was renewed for, and the next one it will be renewed for.

All under one version of the terms; `tracker.rules.amended_term` tells which version each period is under.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.rules.agreement import Agreement
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings, Known
from tracker.rules.notices import latest_notice, may_be_from, notice_in_window
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import FirstDay, Nature, Reading, ReadingName
from tracker.rules.renewal_length import renewal_length
from tracker.rules.terms import NoticeWindow, Renewal, RenewalMode, Term

DAY = timedelta(days=1)
NO_TIME = Period(0, Unit.DAY)
FIRST_DAY = {True: FirstDay.COUNTED, False: FirstDay.NOT_COUNTED, None: FirstDay.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where, and how far, the end of a period is counted: always from the same day, so that month ends never
    drift. `length` None: the contract or a renewal names the end itself. `unsettled` holds the years not known yet on
    which the start rests."""

    start: date | None
    first_day: FirstDay
    length: Period | None
    unsettled: tuple[int, ...] = ()

    def extended(self, more: Period, last: date, unsettled: tuple[int, ...] = ()) -> "Anchor":
        """For the period that follows one whose last day is `last`, which rests on the years `unsettled`."""
        whole = together(self.length, more)
        if whole is None or self.start is None:
            return Anchor(last + DAY, FirstDay.COUNTED, more, unsettled)
        return replace(self, length=whole)

    def named(self) -> "Anchor":
        """For a period whose end was named: whatever follows is counted anew."""
        return replace(self, length=None, unsettled=())


@dataclass(frozen=True, slots=True)
class TermPeriod:
    """One period of the term: the initial one is number 1. `last` None: open-ended, or not to be known yet."""

    number: int
    first: date | None
    last: date | None
    certainty: Certainty
    anchor: Anchor
    counted: Counted | None = None
    readings: tuple[Reading, ...] = ()
    renewed_by: Fact | None = None
    unsettled: tuple[int, ...] = ()
    """The years whose working days are not known yet and on which its last day rests."""

    @property
    def later(self) -> date | None:
        """The later day that the same words may mean as its last one, if they leave that open."""
        if self.last is None or self.counted is None or self.counted.legal != self.last:
            return None
        latest = max((reading.day for reading in self.counted.readings), default=self.last)
        return latest if latest > self.last else None


def together(initial: Period | None, more: Period) -> Period | None:
    """One period as long as both, where both are months or both are days."""
    if initial is None:
        return None
    if initial.months is not None and more.months is not None:
        return Period(initial.months + more.months, Unit.MONTH)
    if initial.days is not None and more.days is not None:
        return Period(initial.days + more.days, Unit.DAY)
    return None


@dataclass(frozen=True, slots=True)
class TermPeriods:
    """Works out the periods of a term one after the other."""

    agreement: Agreement
    term: Term
    happenings: Happenings
    effective: Known | None
    today: date

    # ---------------------------------------------------------------- initial

    def initial(self) -> TermPeriod:
        """The first period."""
        start, anchor = self._from_start()
        return self._period(1, start, anchor, self.term.end, Certainty.CONFIRMED, None)

    def with_its_end(self, period: TermPeriod) -> TermPeriod:
        """A later period with the end that the term itself gives, counted from its start."""
        _start, anchor = self._from_start()
        return self._period(period.number, period.first, anchor, self.term.end, period.certainty, period.renewed_by)

    def _from_start(self) -> tuple[date | None, Anchor]:
        start = self.term.start or (self.effective.day if self.effective else None)
        return start, Anchor(start, FIRST_DAY[self.term.first_day_counts], self.term.length)

    def _period(
        self, number: int, first: date | None, anchor: Anchor, named: date | None, certainty: Certainty, by: Fact | None
    ) -> TermPeriod:
        """A period with its end: the one named, which wins (Civil Code art. 204), else the one counted."""
        counted = self._count(anchor)
        computed = counted.legal if counted else None
        if named is not None and named != computed:
            anchor = anchor.named()
        unsettled = () if named or counted is None else tuple(sorted({*anchor.unsettled, *counted.provisional}))
        readings = _beside(named, counted)
        return TermPeriod(number, first, named or computed, certainty, anchor, counted, readings, by, unsettled)

    def _count(self, anchor: Anchor) -> Counted | None:
        if anchor.start is None or anchor.length is None:
            return None
        counting = self.agreement.counting
        return counting.count(anchor.start, anchor.length, Direction.AFTER, Nature.STATE, anchor.first_day)

    # --------------------------------------------------------------- renewals

    def goes_on(self, period: TermPeriod) -> bool:
        """Whether the contract is carried beyond this period, worked out or not."""
        if period.last is None:
            return True
        return self._renewed_by(period, period.last) is not None or self._renews_itself(period)

    def following(self, period: TermPeriod) -> TermPeriod | None:
        """The period after this one; None where the contract ends with it or the horizon does."""
        if period.last is None:
            return None
        fact = self._renewed_by(period, period.last)
        if fact is None and (self._is_ahead(period) or not self._renews_itself(period)):
            return None
        more = self._renewal_length()
        anchor = period.anchor.extended(more, period.last, period.unsettled) if more else period.anchor.named()
        named = fact.until if fact and fact.until and fact.until > period.last else None
        certainty = Certainty.CONFIRMED if fact else self._in_silence(period)
        return self._period(period.number + 1, period.last + DAY, anchor, named, certainty, fact)

    def _renewal_length(self) -> Period | None:
        """How long a renewal lasts; None where no clause says so."""
        return renewal_length(self.agreement.renewal, self.term, self._from_start()[0])

    def _renewed_by(self, period: TermPeriod, last: date) -> Fact | None:
        """The fact that renews beyond `period`. Parties may always agree to renew, whatever the clause says."""
        renewed = self.happenings.of(FactKind.RENEWED)
        renewal = self.agreement.renewal
        if renewal and renewal.mode in (RenewalMode.AUTOMATIC, RenewalMode.OPTION):
            found = self._nearest(renewed, period, last) if renewed else None
            return found or self._option_taken(renewal, period)
        return renewed[period.number - 1] if len(renewed) >= period.number else None

    def _nearest(self, renewed: list[Fact], period: TermPeriod, last: date) -> Fact | None:
        """The first recorded renewal that is nearer to the end of this period than to the one before or after it."""
        since = _between(period.first - DAY, last) if period.first and period.number > 1 else date.min
        more = self._renewal_length()
        following = self._count(period.anchor.extended(more, last)) if more else None
        until = _between(last, following.legal) if following and following.legal else date.max
        left = renewed[renewed.index(period.renewed_by) + 1 :] if period.renewed_by in renewed else renewed
        return next((fact for fact in left if since <= fact.day < until), None)

    def _option_taken(self, renewal: Renewal, period: TermPeriod) -> Fact | None:
        """The notice by which the side that may renews alone."""
        if renewal.mode is not RenewalMode.OPTION or _is_capped(renewal, period):
            return None
        windows = renewal.windows or (NoticeWindow(Side.BOTH, NO_TIME),)
        return self._first_notice(windows, period, FactKind.NOTICE_OF_RENEWAL_INTENTION)

    def _is_ahead(self, period: TermPeriod) -> bool:
        """Whether it is the next period, after which none is worked out."""
        return period.first is not None and period.first > self.today

    def _renews_itself(self, period: TermPeriod) -> bool:
        """Whether silence renews it."""
        renewal = self.agreement.renewal
        if renewal is None or renewal.mode is not RenewalMode.AUTOMATIC or _is_capped(renewal, period):
            return False
        if self._renewal_length() is None:
            return False
        return self._first_notice(_windows_of_all(renewal), period, FactKind.NOTICE_NOT_TO_RENEW) is None

    def _first_notice(self, windows: tuple[NoticeWindow, ...], period: TermPeriod, kind: FactKind) -> Fact | None:
        counting, facts = self.agreement.counting, self.happenings.of(kind)
        for window in windows:
            heard = [fact for fact in facts if may_be_from(fact, window.side) and _is_after_start(fact, period)]
            if found := notice_in_window(counting, window, period.last, heard):
                return found
        return None

    def _in_silence(self, period: TermPeriod) -> Certainty:
        """Unconfirmed once the last notice day has passed, projected before."""
        windows = self.agreement.renewal.windows if self.agreement.renewal else ()
        counted = [latest_notice(self.agreement.counting, window, period.last) for window in windows]
        last = max((item.legal for item in counted if item and item.legal), default=period.last)
        return Certainty.UNCONFIRMED if last is not None and self.today > last else Certainty.PROJECTED


def _beside(named: date | None, counted: Counted | None) -> tuple[Reading, ...]:
    """The readings of an end: as counted, or the one named with the computed one beside it where they differ."""
    if named is None:
        return counted.readings if counted else ()
    stated = Reading(ReadingName.STATED, named, ())
    if counted is None or counted.legal is None or counted.legal == named:
        return (stated,)
    return stated, Reading(ReadingName.COMPUTED, counted.legal, counted.steps)


def _is_capped(renewal: Renewal, period: TermPeriod) -> bool:
    return renewal.cap is not None and period.number > renewal.cap


def _between(end: date, following: date) -> date:
    """The first day that is as near to the second of two ends as to the first."""
    return end + (following - end + DAY) / 2


def _is_after_start(fact: Fact, period: TermPeriod) -> bool:
    """Notice given in an earlier period was about that one's end."""
    return period.first is None or period.number == 1 or fact.day >= period.first


def _windows_of_all(renewal: Renewal) -> tuple[NoticeWindow, ...]:
    """The windows agreed, and the whole period for a side the contract sets none for."""
    sides = {window.side for window in renewal.windows}
    free = () if Side.BOTH in sides else tuple(side for side in (Side.US, Side.THEM) if side not in sides)
    return (*renewal.windows, *(NoticeWindow(side, NO_TIME) for side in free))
