"""Which of its starting points an obligation governs, where amendments changed it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.rules.starts import Occasion

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The clocks that start from `since` on and before `until`; None is no limit.

    `begins` is the day on which a series starts anew under an amendment, `replaced` the first day of the series that
    takes its place and cuts its last period short. `prefix` tells the occurrences of the new series from the old ones.
    """

    prefix: str
    since: date | None = None
    until: date | None = None
    begins: date | None = None
    replaced: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it holds for what is still to come."""
        return self.until is None

    def of(self, occasions: Iterable[Occasion]) -> Iterator[Occasion]:
        """The occasions whose clock starts within the span, by the names they have in it."""
        for occasion in occasions:
            starts = occasion.period_start or occasion.known.day
            if (self.since is None or self.since <= starts) and (self.until is None or starts < self.until):
                yield self._cut(replace(occasion, name=self.prefix + occasion.name) if self.prefix else occasion)

    def _cut(self, occasion: Occasion) -> Occasion:
        if self.replaced is None or occasion.period_end is None or occasion.period_end < self.replaced:
            return occasion
        last = self.replaced - DAY
        return replace(occasion, known=replace(occasion.known, day=last), period_end=last)
