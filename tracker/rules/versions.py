"""The terms of a contract as amendments changed them: which were in force on a day.

The terms in force on the day a clock starts govern that clock, so what an amendment changes leaves alone whatever had
begun before its first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.agreement import Agreement, Earlier
from tracker.rules.clauses import Clause, Obligation


@dataclass(frozen=True, slots=True)
class Version:
    """Terms and the days on which they are in force: from `since` until the day before `until`, None being no limit.

    `amendment` is the key of the amendment that brought them, empty for the terms first agreed; `replaced_by` that of
    the one that took their place, empty for those agreed now.
    """

    terms: Agreement
    since: date | None
    until: date | None
    amendment: str
    replaced_by: str = ""

    def holds(self, day: date) -> bool:
        """Whether the terms are in force on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def versions(agreement: Agreement) -> tuple[Version, ...]:
    """Every version of the terms, the oldest first; the last is the agreement as it stands."""
    found: list[Version] = []
    since, amendment = None, ""
    for earlier in agreement.earlier:
        terms = replace(
            agreement, effect=earlier.effect, clauses=earlier.clauses, counting=earlier.counting, earlier=()
        )
        found.append(Version(terms, since, earlier.until, amendment, earlier.amendment))
        since, amendment = earlier.until, earlier.amendment
    return (*found, Version(replace(agreement, earlier=()), since, None, amendment))


def in_force(agreement: Agreement, day: date | None) -> Agreement:
    """The terms in force on a day; where the day is not known, those that are agreed now."""
    if not agreement.earlier:
        return agreement
    found = versions(agreement)
    return found[-1].terms if day is None else next(version.terms for version in found if version.holds(day))


def with_earlier(agreement: Agreement, earlier: Iterable[Earlier]) -> Agreement:
    """The agreement with the terms before it, in whatever order they come.

    Who looks after an obligation, what proof is wanted, how urgent it is and how early it is spoken of, is the team's
    own and no term of the contract: that is as it is now for what began earlier as well.
    """
    now = {item.source.key: item for item in agreement.obligations}
    ordered = sorted(earlier, key=Earlier.place)
    return replace(agreement, earlier=tuple(_looked_after(item, now) for item in ordered))


def _looked_after(earlier: Earlier, now: dict[str, Obligation]) -> Earlier:
    return replace(earlier, clauses=tuple(_kept(clause, now) for clause in earlier.clauses))


def _kept(clause: Clause, now: dict[str, Obligation]) -> Clause:
    current = now.get(clause.source.key) if isinstance(clause, Obligation) else None
    if current is None or not isinstance(clause, Obligation):
        return clause
    return replace(
        clause,
        owner=current.owner,
        backup=current.backup,
        reviewer=current.reviewer,
        priority=current.priority,
        proof=current.proof,
        reminders=current.reminders,
    )
