"""The value that the schedule is made of."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.rules.clauses import Obligation
from tracker.rules.counting import Counted
from tracker.rules.facts import Side
from tracker.rules.money import Money
from tracker.rules.readings import Nature, Reading
from tracker.rules.steps import Step


class Certainty(StrEnum):
    """How sure the starting point of a deadline is."""

    CONFIRMED = "confirmed"
    """It rests on recorded facts and the contract's own dates."""
    UNCONFIRMED = "unconfirmed"
    """Time has passed that would make it so (an expiry, a tacit renewal), but nobody has confirmed it."""
    PROJECTED = "projected"
    """It holds if the contract runs on as written."""

    def and_(self, other: "Certainty") -> "Certainty":
        """The certainty of what rests on both: the weaker of the two."""
        return max(self, other, key=list(Certainty).index)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One dated duty, right or limit that follows from a contract and what happened to it.

    `key` names the occurrence within the contract and never changes, whatever becomes of its day. `legal` is None where
    no day can be known: the contract gives no number, or the starting point has not happened. `act_by` is the safe day
    by the date's nature; `send_by` the last day to send so that it arrives by `act_by`; `target` the team's own aim
    where the contract gives no number, never law.
    """

    key: str
    clause: str
    code: str
    occurrence: str
    side: Side
    nature: Nature
    legal: date | None = None
    act_by: date | None = None
    send_by: date | None = None
    target: date | None = None
    title: str = ""
    certainty: Certainty = Certainty.CONFIRMED
    provisional: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    safe_steps: tuple[Step, ...] = ()
    send_steps: tuple[Step, ...] = ()
    readings: tuple[Reading, ...] = ()
    amount: Money | None = None
    waits_for: str = ""
    """The starting point that has not happened yet, where that is why no day is known."""
    met_by: str | None = None
    met_on: date | None = None
    """The fact or the document that settles it, and its day."""
    since: date | None = None
    """The first day on which a document can meet it: its clock starts, its round begins, or ends where it is due after
    that. None while that is to come."""
    started_by: str = ""
    """Key of the fact that starts its clock, where one does."""
    subject: str = ""
    """What this occurrence is about: a customer, a third party, a disclosure, a holiday."""
    grace_until: date | None = None
    """The last day on which doing it is not yet late, where the contract allows a time beyond the legal day."""
    moved_from: date | None = None
    """The legal day as computed, where this one occurrence was moved by hand."""
    suspended_by: str = ""
    """Key of the pause or of the fact that suspends it."""
    obligation: Obligation | None = None
    """The obligation it comes from; None for the dates of the term itself."""
    terms_before: str = ""
    """Key of the amendment since which its obligation reads otherwise: it is still under the terms before that."""

    @property
    def action_day(self) -> date | None:
        """The day that reminders, lists and feeds stand on."""
        return self.send_by or self.act_by or self.target

    def dated(self, counted: Counted) -> "Deadline":
        """The same deadline with the dates, steps and readings of a count."""
        return replace(
            self,
            nature=counted.nature,
            legal=counted.legal,
            act_by=counted.act_by,
            steps=counted.steps,
            safe_steps=counted.safe_steps,
            readings=counted.readings,
            provisional=counted.provisional,
        )

    def unsettled_by(self, years: tuple[int, ...]) -> "Deadline":
        """The same deadline, provisional for these years as well."""
        if not years:
            return self
        return replace(self, provisional=tuple(sorted({*self.provisional, *years})))
