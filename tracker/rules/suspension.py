"""Performance that one side has suspended: what it owes waits until it resumes (Civil Code arts. 525-528)."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings
from tracker.rules.notices import may_be_from
from tracker.rules.readings import Nature


@dataclass(frozen=True, slots=True)
class Suspensions:
    """When performance was suspended and resumed, by day.

    The side that stops is the one the fact names; nobody named is both. Its subject may be the key of an obligation;
    without one it is all that this side owes.
    """

    stopped: tuple[Fact, ...]
    resumed: tuple[Fact, ...]
    today: date

    @classmethod
    def under(cls, happenings: Happenings, today: date) -> "Suspensions":
        stopped = happenings.of(FactKind.PERFORMANCE_SUSPENDED)
        return cls(tuple(stopped), tuple(happenings.of(FactKind.PERFORMANCE_RESUMED)), today)

    def of(self, deadline: Deadline) -> Deadline:
        """The deadline, suspended where it would fall due in the meantime. Once that is over it is owed again.

        Only what has to be done is suspended: a term ends and a duty lasts in any case, and the dates of the term are
        no performance.
        """
        if deadline.obligation is None or deadline.nature is not Nature.BY or deadline.suspended_by or deadline.met_by:
            return deadline
        fact = next((fact for fact in self.stopped if self._holds(fact, deadline)), None)
        return replace(deadline, suspended_by=fact.key) if fact else deadline

    def _holds(self, stop: Fact, deadline: Deadline) -> bool:
        day = deadline.legal or deadline.target or deadline.since
        if day is None or day < stop.day or stop.subject not in ("", deadline.clause):
            return False
        if stop.by not in (None, Side.BOTH, deadline.side):
            return False
        resumed = self._resumption(stop, deadline.clause)
        return resumed is None or (day < resumed and self.today < resumed)

    def _resumption(self, stop: Fact, clause: str) -> date | None:
        """The day from which it is performed again: told about that stop, or by the side that had stopped."""
        for fact in self.resumed:
            about = fact.about == stop.key or (not fact.about and may_be_from(fact, stop.by or Side.BOTH))
            if fact.day >= stop.day and about and fact.subject in ("", clause):
                return fact.day
        return None
