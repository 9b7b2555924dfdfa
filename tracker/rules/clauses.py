"""The clauses of a contract: what is owed, and when it falls due, as values that refuse to exist wrong.

A clause says what the contract says, not when something is due: `tracker.rules.schedule` works out the days.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.rules.codes import CODES
from tracker.rules.conventions import Direction
from tracker.rules.facts import FactKind, Side
from tracker.rules.late_rates import LateRate
from tracker.rules.money import Money
from tracker.rules.papers import PaperKind
from tracker.rules.periods import Period, Unit
from tracker.rules.problems import N_, Unfit
from tracker.rules.readings import Nature
from tracker.rules.source import Source
from tracker.rules.terms import Delivery, Renewal, Term, Termination


class Moment(StrEnum):
    """Starting points that are computed; every `FactKind` is a starting point as well."""

    SIGNED = "signed"
    """The contract is formed: the last party has signed (Civil Code art. 490)."""
    EFFECTIVE = "effective"
    TERM_END = "term_end"
    """Last day of each period of the term, or of the contract where that comes first."""
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    """First and last day of each period of the clause's own series."""
    ENDED = "ended"
    INTENDED_END = "end_intended"
    THIRD_PARTY_START = "third_party_start"
    """The day on which a proposed third party is to step in; that on which it did, if sooner or nobody proposed it."""
    GREETING = "greeting"
    """The days on which a customer is greeted: public holidays and birthdays."""


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: a period after or before a starting point, or on its day.

    `period` None is the day itself. `within` marks "within the last N before": then the last lawful day is the
    starting point, and the day N before is only the safe reading of the same words.
    """

    anchor: Moment | FactKind | date
    direction: Direction = Direction.AFTER
    period: Period | None = None
    within: bool = False


class Phase(StrEnum):
    """While what a series runs."""

    IN_FORCE = "in_force"
    AFTER_END = "after_end"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Series:
    """Repetition: one occurrence for every period of length `every`, counted from the first day of the phase.

    `first` overrides the day the first period starts. `until` ends the series: so long after its start, on a day, with
    the first fact of a kind, or with the contract.
    """

    every: Period
    phase: Phase = Phase.IN_FORCE
    first: date | None = None
    until: Period | date | FactKind | Moment | None = None

    def __post_init__(self) -> None:
        if not self.every.n or self.every.unit is Unit.HOUR:
            raise Unfit(N_("a series needs a period of at least one day"))
        if isinstance(self.until, Moment) and self.until is not Moment.ENDED:
            raise Unfit(N_("a series goes on for so long, until a day, or until something happens"))
        if isinstance(self.until, Period) and not self.until.n:
            raise Unfit(N_("a series goes on until a period with a number has passed"))


@dataclass(frozen=True, slots=True)
class Greeting:
    """For what customers are greeted: named public holidays of the contract's calendar, the birthdays of their people.

    With `classes`, only where a customer is in one of them on the day.
    """

    holidays: frozenset[str]
    birthdays: bool
    classes: frozenset[str]
    phase: Phase

    def __post_init__(self) -> None:
        if not self.holidays and not self.birthdays:
            raise Unfit(N_("Say for which holidays, or that birthdays are greeted."))


class Priority(StrEnum):
    """How much hangs on an obligation, in the team's own judgement."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Proof(StrEnum):
    """Whether a completion needs evidence."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"
    """Without a file or a link it is done, but its evidence is pending."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty, right or limit with its rule. `due` None is a standing duty without a date, or a perpetual one.

    `target` is the team's own aim, counted like `due`, where the contract gives no number. `arrives` says that what
    counts is arrival, so that the delivery allowance moves the day to send forward. `grace` is the time after the legal
    day within which doing it is not yet late. `to` is the role of the party it is owed to; `method`, `place` and `pays`
    say by which way, where and at whose cost. `owner`, `backup` and `reviewer` are addresses of people here, where they
    are not the contract's own; `paper` is the kind of document that has to come on file; `reminders` is a ladder of its
    own, as `tracker.rules.ladders` reads it.
    """

    source: Source
    code: str
    side: Side
    due: Due | None
    nature: Nature
    series: Series | None = None
    title: str = ""
    amount: Money | None = None
    late_rate: LateRate | None = None
    target: Period | None = None
    arrives: bool = False
    greeting: Greeting | None = None
    grace: Period | None = None
    priority: Priority = Priority.NORMAL
    proof: Proof = Proof.OPTIONAL
    paper: PaperKind | None = None
    to: str = ""
    method: str = ""
    place: str = ""
    pays: str = ""
    owner: str = ""
    backup: str = ""
    reviewer: str = ""
    reminders: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES and not self.title:
            raise Unfit(N_("an obligation of your own needs a title"))
        if self.due and self.due.anchor in (Moment.PERIOD_START, Moment.PERIOD_END) and self.series is None:
            raise Unfit(N_("a due day counted from a period needs to say how often the period comes"))
        if self.due and self.series and self.due.anchor not in (Moment.PERIOD_START, Moment.PERIOD_END):
            raise Unfit(N_("what comes round is counted from period_start or period_end"))


Clause = Term | Renewal | Termination | Obligation | Delivery
