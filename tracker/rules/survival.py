"""What a contract leaves to be done once it has ended."""

from datetime import date
from enum import StrEnum

from tracker.rules.clauses import Moment, Obligation, Phase


class Obstacle(StrEnum):
    """What stands in the way of closing a contract."""

    NO_END = "no-end"
    NOT_ENDED = "not-ended"
    """The end is known and still to come."""
    END_NOT_CONFIRMED = "end-not-confirmed"
    TO_DO = "to-do"
    TO_SHOW = "to-show"
    """Done, but its evidence is missing."""
    TO_REVIEW = "to-review"
    DISPUTED = "disputed"
    SUSPENDED = "suspended"
    LEFT_OVER = "left-over"
    """Owed under the contract while it ran, and still open."""
    NO_CERTIFICATE = "no-certificate"
    CERTIFICATE_UNPROVEN = "certificate-unproven"


class Certificate(StrEnum):
    """Whether the ending of a contract is certified."""

    NOT_ASKED = "not-asked"
    """The contract asks for no certificate, and none is on record."""
    MISSING = "missing"
    UNPROVEN = "unproven"
    """Issued as it is said, but nothing shows it."""
    PROVEN = "proven"


def belongs_after(obligation: Obligation, started: date | None, lasts_to: date | None, ended: date | None) -> bool:
    """Whether an occurrence belongs to what follows the end, or leads up to it like matters to be finished before.

    `started` is the day of the fact that started its clock, or the day of a round that comes always; `lasts_to` the
    last day of a duty that lasts. Where no end is known, only what is counted from the end belongs there.
    """
    phase = phase_of(obligation)
    if phase is Phase.AFTER_END or (obligation.due is not None and obligation.due.anchor == Moment.ENDED):
        return True
    if ended is None:
        return False
    begins_later = phase is not Phase.IN_FORCE and started is not None and started > ended
    return begins_later or (lasts_to is not None and lasts_to > ended)


def phase_of(obligation: Obligation) -> Phase | None:
    """While what it comes round; None where it does not."""
    rounds = obligation.series or obligation.greeting
    return rounds.phase if rounds else None
