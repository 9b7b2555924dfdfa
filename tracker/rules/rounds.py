"""What comes round: the periods of a series, counted from its own first day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from tracker.rules.agreement import Counting
from tracker.rules.clauses import Moment, Phase, Series
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import FactKind
from tracker.rules.happenings import Happenings, Known
from tracker.rules.periods import Period
from tracker.rules.starts import Occasion
from tracker.rules.timeline import Timeline

AHEAD = timedelta(days=400)
"""How far an unending series is worked out beyond today."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Finds the periods of series in the life of the contract."""

    counting: Counting
    life: Timeline
    happenings: Happenings
    today: date

    def of(self, series: Series, begins: date | None = None) -> Iterator[Occasion]:
        """One occasion for each period begun within the horizon. A series that `begins` later than its phase, and
        names no first day, is counted from there; how long it goes on is not."""
        start = self.start(series)
        if start is None:
            return
        last = self._end(series, start.day)
        if begins and series.first is None and begins > start.day:
            start = replace(start, day=begins)
        horizon = self._horizon(series, start.day, last)
        first = start.day
        resting = start.unsettled
        for number in count(1):
            if first > horizon:
                return
            full, further = self._last_day(start, series.every, number)
            end = min(full, last or date.max)
            certainty = self.certainty(first, start).and_(self._certainty_to(end, series))
            ends_on = further if end == full else self._cut_rests_on(end)
            yield Occasion(str(number), Known(end, certainty, unsettled=ends_on), first, end, unsettled=resting)
            first, resting = full + DAY, further

    def start(self, series: Series) -> Known | None:
        """The day on which its first period starts; None where that cannot be known."""
        if series.first:
            return Known(series.first)
        if series.phase is Phase.AFTER_END:
            ended = self.life.ended
            return ended and Known(ended.day + DAY, ended.certainty, unsettled=ended.unsettled)
        first = self.life.periods[0].first if self.life.periods else None
        return Known(first) if first else self.life.effective

    def _last_day(self, start: Known, every: Period, times: int) -> tuple[date, tuple[int, ...]]:
        """Last day of so many periods, counted from the series' own first day, and the years not known yet on which
        it rests."""
        day, unknown = self.counting.last_day(start.day, Period((every.n or 0) * times, every.unit))
        return day, tuple(sorted({*start.unsettled, *unknown})) if unknown else start.unsettled

    def _cut_rests_on(self, end: date) -> tuple[int, ...]:
        """The same of the day that cuts the last period short."""
        ended = self.life.ended
        return ended.unsettled if ended and ended.day == end else ()

    def _end(self, series: Series, start: date) -> date | None:
        """The day that cuts the last period of the series short; None where none is known."""
        limits = [self._own_end(series, start)]
        if _ends_with_contract(series) and self.life.ended:
            limits.append(self.life.ended.day)
        elif _ends_with_contract(series) and self.life.utmost:
            limits.append(self.life.utmost)
        return min((limit for limit in limits if limit), default=None)

    def _own_end(self, series: Series, start: date) -> date | None:
        """The day on which it ends by its own words, as far as they tell of another than the contract's end."""
        if isinstance(series.until, Period):
            return self.counting.last_day(start, series.until)[0]
        if isinstance(series.until, FactKind):
            return next((fact.day for fact in self.happenings.of(series.until) if fact.day >= start), None)
        return series.until if isinstance(series.until, date) else None

    def _horizon(self, series: Series, start: date, last: date | None) -> date:
        """The last day on which a period of the series begins, as far as it is worked out: not beyond the periods of a
        term that goes on, whose end nobody knows yet, nor up to a day that stands for no end at all."""
        far = max(self.today, start) + AHEAD
        term = self.life.periods[-1].last if _ends_with_contract(series) and self.life.periods else None
        if term is not None and self.life.ended is None:
            return min(term, last or term)
        return min(far, last or far) if last is None or last == series.until else last

    def certainty(self, first: date, start: Known) -> Certainty:
        """As certain as the period of the term in which it begins."""
        for period in self.life.periods:
            if period.first and period.last and period.first <= first <= period.last:
                return period.certainty.and_(start.certainty)
        return start.certainty

    def _certainty_to(self, end: date, series: Series) -> Certainty:
        """As certain as the period of the term in which it ends; beyond those it is there if the contract runs on."""
        lasts = [(period.last, period.certainty) for period in self.life.periods if period.last is not None]
        if not lasts or not _ends_with_contract(series):
            return Certainty.CONFIRMED
        return next((certainty for last, certainty in lasts if end <= last), Certainty.PROJECTED)


def _ends_with_contract(series: Series) -> bool:
    return series.phase is Phase.IN_FORCE or series.until is Moment.ENDED
