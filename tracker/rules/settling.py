"""What is settled by what was recorded: a document that had to come on file, a consent that was waited for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.clauses import Moment, Obligation
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.papers import Paper
from tracker.rules.third_parties import Entry, entries

PAPER = "paper:"
"""What settles a deadline is the key of a fact, or this and the key of a document."""


@dataclass(frozen=True, slots=True)
class Settling:
    """The documents on file and the facts that leave nothing to be done."""

    papers: tuple[Paper, ...]
    consents: tuple[Fact, ...]
    entries: tuple[Entry, ...]

    @classmethod
    def under(cls, papers: Iterable[Paper], happenings: Happenings) -> "Settling":
        on_file = sorted(papers, key=lambda paper: (paper.day, paper.key))
        return cls(tuple(on_file), tuple(happenings.of(FactKind.CONSENT_GIVEN)), entries(happenings))

    def settled(self, deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
        """The deadlines, those settled with what settled them and when. A document settles one of each obligation."""
        used: set[tuple[str, str]] = set()
        last: dict[str, date] = {}
        for deadline in sorted(deadlines, key=_in_order):
            yield self._settled(deadline, used, last.get(deadline.clause))
            if deadline.since:
                last[deadline.clause] = deadline.since

    def _settled(self, deadline: Deadline, used: set[tuple[str, str]], after: date | None) -> Deadline:
        obligation = deadline.obligation
        if obligation is None or (deadline.waits_for and not deadline.started_by):
            return deadline
        if obligation.paper:
            return self._on_file(obligation, deadline, used, after)
        fact = self._consent(obligation, deadline)
        return replace(deadline, met_by=fact.key, met_on=fact.day) if fact else deadline

    # -------------------------------------------------------------- documents

    def _on_file(
        self, obligation: Obligation, deadline: Deadline, used: set[tuple[str, str]], after: date | None
    ) -> Deadline:
        of_kind = (paper for paper in self.papers if paper.kind is obligation.paper)
        free = (paper for paper in of_kind if (deadline.clause, paper.key) not in used)
        paper = next((paper for paper in free if self._fits(obligation, deadline, paper, after)), None)
        if paper is None:
            return deadline
        used.add((deadline.clause, paper.key))
        return replace(deadline, met_by=f"{PAPER}{paper.key}", met_on=paper.day)

    def _fits(self, obligation: Obligation, deadline: Deadline, paper: Paper, after: date | None) -> bool:
        """What an event asks for is shown by a document that names the event; what comes round, by the first that came
        on file since it could be there; what comes once, by any, and again by one that came after."""
        if obligation.series is None and _is_started_by_event(obligation):
            return paper.fact in self._told_of(deadline.started_by)
        if obligation.series:
            return deadline.since is None or paper.day >= deadline.since
        return after is None or paper.day > after

    def _told_of(self, fact: str) -> frozenset[str]:
        entry = next((entry for entry in self.entries if fact == entry.fact.key), None)
        return entry.keys if entry else frozenset({fact})

    # --------------------------------------------------------------- consents

    def _consent(self, obligation: Obligation, deadline: Deadline) -> Fact | None:
        if obligation.code == "third-party-notice":
            found = (entry for entry in self.entries if deadline.started_by in entry.keys)
            return next((entry.consent for entry in found if entry.consent), None)
        if obligation.code == "consent-record" and not _comes_again(obligation):
            return next((fact for fact in self.consents if not fact.subject), None)
        return None


def _in_order(deadline: Deadline) -> tuple[date, str]:
    return deadline.since or date.max, deadline.key


def _is_started_by_event(obligation: Obligation) -> bool:
    """Whether its clock is started by something that may happen any number of times."""
    anchor = obligation.due.anchor if obligation.due else None
    return isinstance(anchor, FactKind) or anchor in (Moment.THIRD_PARTY_START, Moment.INTENDED_END)


def _comes_again(obligation: Obligation) -> bool:
    return obligation.series is not None or obligation.greeting is not None or _is_started_by_event(obligation)
