"""The periods of a term that amendments changed: each period under the terms it is lived under.

A period ends as the terms say that are in force at its end. An amendment of the term that takes effect within a period
gives this period its new end; one that takes effect later does so as well where nothing else carried the contract on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.happenings import Happenings, Known
from tracker.rules.term_periods import TermPeriod, TermPeriods
from tracker.rules.versions import versions


def amended_periods(
    agreement: Agreement, happenings: Happenings, effective: Known | None, today: date
) -> "AmendedPeriods":
    """The periods begun by `today`, and the next one; none where there is no term now."""
    return AmendedPeriods(
        tuple(
            (version.since or date.min, TermPeriods(version.terms, version.terms.term, happenings, effective, today))
            for version in (versions(agreement) if agreement.term else ())
            if version.terms.term
        )
    )


@dataclass(frozen=True, slots=True)
class AmendedPeriods:
    """Works out the periods under each version that has a term, the oldest first, with the day it came into force."""

    under: tuple[tuple[date, TermPeriods], ...]

    def __iter__(self) -> Iterator[TermPeriod]:
        period = self.initial() if self.under else None
        while period is not None:
            yield period
            period = self.following(period)

    def goes_on(self, period: TermPeriod) -> bool:
        """Whether any terms carry the contract beyond this period, worked out or not."""
        return period.last is None or self._carrying(period, period.last).goes_on(period)

    def initial(self) -> TermPeriod:
        """The first period, under the last version that reaches it."""
        period = self.under[0][1].initial()
        for since, terms in self.under:
            if self._reaches(since, period):
                period = terms.initial()
        return period

    def following(self, period: TermPeriod) -> TermPeriod | None:
        """The period after this one, with the end that amendments since then have given it."""
        if period.last is None:
            return None
        found = self._carrying(period, period.last).following(period)
        if found is None:
            return None
        for since, newer in self.under[1:]:
            if since > period.last and self._reaches(since, found):
                changed = newer.with_its_end(found)
                found = changed if changed.last is None or changed.last >= since else found
        return found

    def _carrying(self, period: TermPeriod, last: date) -> TermPeriods:
        """The terms that carry the contract beyond a period: those in force at its end, else later ones."""
        under = self._on(last)
        later = (terms for since, terms in self.under if since > last and terms.goes_on(period))
        return under if under.goes_on(period) else next(later, under)

    def _on(self, day: date) -> TermPeriods:
        """The terms in force on a day; the oldest before there were any."""
        _since, oldest = self.under[0]
        return next((terms for since, terms in reversed(self.under) if since <= day), oldest)

    def _reaches(self, since: date, period: TermPeriod) -> bool:
        """Whether terms in force from `since` decide when the period ends."""
        return period.last is None or since <= period.last or not self._on(period.last).goes_on(period)
