"""The deadlines of obligations: one-off, repeated, or started by each fact of a kind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import Due, Moment, Obligation, Phase, Series
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.doubt import with_later
from tracker.rules.facts import FactKind
from tracker.rules.happenings import Happenings, Known
from tracker.rules.periods import Period
from tracker.rules.readings import Nature
from tracker.rules.sending import Sending
from tracker.rules.term_dates import within_last
from tracker.rules.timeline import Timeline

AHEAD = timedelta(days=400)
"""How far an unending series is worked out beyond today."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A starting point of one occurrence."""

    name: str
    known: Known
    period_start: date | None = None
    period_end: date | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Duties:
    """Works out the deadlines of obligations from the life of the contract."""

    agreement: Agreement
    happenings: Happenings
    life: Timeline
    sending: Sending
    today: date

    def deadlines(self, obligation: Obligation) -> Iterator[Deadline]:
        """Every occurrence of the obligation; one without a day where its starting point is still to come."""
        if obligation.due is None and obligation.series is None:
            return
        occasions = list(self._occasions(obligation))
        if not occasions and self._starts_once(obligation):
            yield self._waiting(obligation)
        for occasion in occasions:
            yield self._deadline(obligation, occasion)

    # ------------------------------------------------------------- occasions

    def _occasions(self, obligation: Obligation) -> Iterator[Occasion]:
        if obligation.series:
            yield from self._of_series(obligation, obligation.series)
        elif obligation.due:
            yield from self._of_anchor(obligation.due.anchor)

    def _of_anchor(self, anchor: Moment | FactKind | date) -> Iterator[Occasion]:
        if isinstance(anchor, date):
            yield Occasion("1", Known(anchor))
        elif anchor == Moment.TERM_END:
            for period in self.life.periods:
                if period.last is not None:
                    yield Occasion(str(period.number), Known(period.last, period.certainty, later=period.later))
        elif anchor in (Moment.SIGNED, Moment.EFFECTIVE, Moment.ENDED):
            known = self._moment(Moment(anchor))
            if known:
                yield Occasion("1", known)
        else:
            for fact in self.happenings.of(FactKind(anchor)):
                yield Occasion(fact.key, Known(fact.day, fact=fact.key), subject=fact.subject)

    def _moment(self, moment: Moment) -> Known | None:
        return {Moment.SIGNED: self.life.formed, Moment.EFFECTIVE: self.life.effective, Moment.ENDED: self.life.ended}[
            moment
        ]

    def _starts_once(self, obligation: Obligation) -> bool:
        """Whether it is a moment of the contract's life that has not come, rather than an event that may never."""
        if obligation.series:
            return self._series_start(obligation.series) is None
        anchor = obligation.due.anchor if obligation.due else None
        return anchor in (Moment.SIGNED, Moment.EFFECTIVE, Moment.ENDED, Moment.TERM_END)

    # ---------------------------------------------------------------- series

    def _series_start(self, series: Series) -> Known | None:
        if series.first:
            return Known(series.first)
        if series.phase is Phase.AFTER_END:
            ended = self.life.ended
            return ended and Known(ended.day + DAY, ended.certainty)
        first = self.life.periods[0].first if self.life.periods else None
        return Known(first) if first else self.life.effective

    def _of_series(self, obligation: Obligation, series: Series) -> Iterator[Occasion]:
        start = self._series_start(series)
        if start is None:
            return
        last = self._series_end(series, start.day)
        horizon = self._horizon(series, start.day) if last is None else last
        first = start.day
        for number in count(1):
            if first > horizon:
                return
            following = self._boundary(start.day, series.every, number)
            end = min(following - DAY, last or date.max)
            yield Occasion(str(number), Known(end, self._certainty(first, start)), first, end)
            first = following

    def _boundary(self, start: date, every: Period, times: int) -> date:
        """First day of the period after `times` periods, counted from the series' own first day."""
        whole = Period((every.n or 0) * times, every.unit)
        return self.agreement.counting.last_day(start, whole) + DAY

    def _series_end(self, series: Series, start: date) -> date | None:
        """The day that cuts the last period of the series short; None where none is known."""
        limits = [self._boundary(start, series.until, 1) - DAY] if series.until else []
        if series.phase is Phase.IN_FORCE and self.life.ended:
            limits.append(self.life.ended.day)
        return min(limits, default=None)

    def _horizon(self, series: Series, start: date) -> date:
        """The last day on which a period of a series without a known end begins, as far as it is worked out."""
        horizon = max(self.today, start) + AHEAD
        if series.phase is Phase.IN_FORCE and self.life.periods:
            return self.life.periods[-1].last or horizon
        return horizon

    def _certainty(self, first: date, start: Known) -> Certainty:
        """As certain as the period of the term in which it begins."""
        for period in self.life.periods:
            if period.first and period.last and period.first <= first <= period.last:
                return period.certainty.and_(start.certainty)
        return start.certainty

    # -------------------------------------------------------------- deadlines

    def _deadline(self, obligation: Obligation, occasion: Occasion) -> Deadline:
        due = obligation.due or Due(Moment.PERIOD_END)
        trigger = self._trigger(due, occasion)
        base = self._base(obligation, occasion.name, occasion.known.certainty)
        if due.within and due.period and due.period.n is not None:
            deadline = within_last(base, self.agreement.counting, trigger, due.period)
        else:
            deadline = base.dated(self._counted(due, trigger, occasion.known.later, base.nature))
        if obligation.target and deadline.legal is None:
            aim = self.agreement.counting.count(trigger, obligation.target, due.direction, base.nature)
            deadline = replace(deadline, target=aim.act_by, safe_steps=aim.steps, provisional=aim.provisional)
        deadline = replace(deadline, subject=occasion.subject, grace_until=self._late_after(obligation, deadline.legal))
        return self.sending.of(deadline) if obligation.arrives else deadline

    def _late_after(self, obligation: Obligation, legal: date | None) -> date | None:
        """The last day on which it is not yet late: the time of grace counted from the legal day, as any other."""
        if legal is None or obligation.grace is None:
            return None
        return self.agreement.counting.count(legal, obligation.grace, Direction.AFTER, Nature.BY).legal

    def _counted(self, due: Due, trigger: date, later: date | None, nature: Nature) -> Counted:
        counting = self.agreement.counting
        if due.period is None:
            counted = counting.on_the_day(trigger, nature)
            return with_later(counted, counting.on_the_day(later, nature)) if later else counted
        counted = counting.count(trigger, due.period, due.direction, nature)
        return with_later(counted, counting.count(later, due.period, due.direction, nature)) if later else counted

    def _trigger(self, due: Due, occasion: Occasion) -> date:
        if due.anchor == Moment.PERIOD_START and occasion.period_start:
            return occasion.period_start
        return occasion.known.day

    def _waiting(self, obligation: Obligation) -> Deadline:
        return replace(self._base(obligation, "1", Certainty.PROJECTED), waits_for=str(_awaited(obligation)))

    def _base(self, obligation: Obligation, occurrence: str, certainty: Certainty) -> Deadline:
        """The deadline without its dates. What has no end of its own but comes round is a review: an act."""
        return Deadline(
            key=f"{obligation.source.key}/{occurrence}",
            clause=obligation.source.key,
            code=obligation.code,
            occurrence=occurrence,
            side=obligation.side,
            nature=obligation.nature if obligation.due else Nature.BY,
            title=obligation.title,
            certainty=certainty,
            amount=obligation.amount,
            obligation=obligation,
        )


def _awaited(obligation: Obligation) -> Moment | FactKind | date | None:
    """The starting point of its first occurrence."""
    if obligation.series:
        return Moment.ENDED if obligation.series.phase is Phase.AFTER_END else Moment.EFFECTIVE
    return obligation.due.anchor if obligation.due else None
