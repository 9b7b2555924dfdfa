"""Starting points: on what occasions the clock of an obligation begins to run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.rules.clauses import Moment
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings, Known
from tracker.rules.third_parties import entries
from tracker.rules.timeline import Timeline

Anchor = Moment | FactKind | date
COMES_ONCE = (Moment.SIGNED, Moment.EFFECTIVE, Moment.ENDED, Moment.TERM_END)
"""Moments of the contract's life that are to come, rather than events that may never happen."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A starting point of one occurrence, which `name` tells from the others."""

    name: str
    known: Known
    period_start: date | None = None
    period_end: date | None = None
    subject: str = ""
    unsettled: tuple[int, ...] = ()
    """The years not known yet on which the start of the period rests; `known` tells those of its own day."""


@dataclass(frozen=True, slots=True)
class Starts:
    """Finds the occasions of a starting point in the life of the contract."""

    happenings: Happenings
    life: Timeline

    def of(self, anchor: Anchor) -> Iterator[Occasion]:
        """Every time it has come, or is known to come."""
        if isinstance(anchor, date):
            yield Occasion("1", Known(anchor))
        elif anchor == Moment.TERM_END:
            yield from self._ends_of_terms()
        elif anchor == Moment.THIRD_PARTY_START:
            yield from self._third_parties()
        elif anchor in (Moment.SIGNED, Moment.EFFECTIVE, Moment.ENDED):
            known = self.moment(Moment(anchor))
            if known:
                yield Occasion("1", known)
        else:
            for fact in self.happenings.of(FactKind(anchor)):
                yield Occasion(fact.key, Known(fact.day, fact=fact.key), subject=fact.subject)

    def _ends_of_terms(self) -> Iterator[Occasion]:
        """The last day of each period, or of the contract where that comes first."""
        for period in self.life.periods:
            if period.last is not None:
                known = Known(period.last, period.certainty, later=period.later, unsettled=period.unsettled)
                yield Occasion(str(period.number), self.life.cut_short(period) or known)

    def _third_parties(self) -> Iterator[Occasion]:
        for entry in entries(self.happenings):
            if entry.day:
                yield Occasion(entry.fact.key, Known(entry.day, fact=entry.fact.key), subject=entry.fact.subject)

    def without_day(self, anchor: Anchor) -> Iterator[Fact]:
        """The facts that tell of a start to come without saying when."""
        if anchor == Moment.THIRD_PARTY_START:
            yield from (entry.fact for entry in entries(self.happenings) if entry.day is None)

    def moment(self, moment: Moment) -> Known | None:
        """The day of a moment that comes once."""
        return {Moment.SIGNED: self.life.formed, Moment.EFFECTIVE: self.life.effective, Moment.ENDED: self.life.ended}[
            moment
        ]
