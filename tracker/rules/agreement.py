"""Everything of a contract that its dates depend on, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.rules.adjustments import Adjustment
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.clauses import Clause, Obligation
from tracker.rules.conventions import Direction, Preset
from tracker.rules.counting import Counted, count
from tracker.rules.customers import Customer
from tracker.rules.months import from_first_day
from tracker.rules.papers import Paper
from tracker.rules.periods import Period, Unit
from tracker.rules.readings import FirstDay, Nature
from tracker.rules.terms import Delivery, Effect, Renewal, Term, Termination

ON_THE_DAY = Period(0, Unit.DAY)


@dataclass(frozen=True, slots=True)
class Counting:
    """By what rules and on whose working days the dates of a contract are counted.

    `elsewhere` holds the working days of the places where notices arrive, by the name that their way gives; `zone` is
    the time zone in which its days begin. No date but the day to send depends on these.
    """

    preset: Preset
    calendar: WorkingCalendar
    zone: str = field(default="", compare=False)
    elsewhere: Mapping[str, WorkingCalendar] = field(default_factory=dict, compare=False)

    def count(
        self,
        trigger: date,
        period: Period,
        direction: Direction,
        nature: Nature,
        first_day: FirstDay | None = None,
        foreseen: bool = False,
    ) -> Counted:
        """`period` from `trigger`, which is `foreseen` where its day is known in advance."""
        return count(trigger, period, direction, self.preset, self.calendar, nature, first_day, foreseen)

    def last_day(self, first: date, period: Period) -> tuple[date, tuple[int, ...]]:
        """The last day of a period whose first day is `first`, and the years not known yet on which it rests."""
        if period.months is not None:
            return from_first_day(first, period.months)[0], ()
        if period.days is not None:
            return first + timedelta(days=period.days - 1), ()
        counted = self.count(first, period, Direction.AFTER, Nature.STATE, FirstDay.COUNTED)
        return counted.legal or first, counted.provisional

    def within(self, end: date, period: Period) -> Counted:
        """The first of the last `period` before `end`: a time allowed rather than a distance kept, so no clear days."""
        preset = replace(self.preset, safe_clear_days=False)
        return count(end, period, Direction.BEFORE, preset, self.calendar, Nature.BY)

    def on_the_day(self, day: date, nature: Nature) -> Counted:
        """A day itself, which is known in advance."""
        return count(day, ON_THE_DAY, Direction.AFTER, self.preset, self.calendar, nature, foreseen=True)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Terms that an amendment took the place of; `until` is the first day of the newer ones, on which these do not hold
    any more. `signed` puts two amendments of the same day in their order."""

    amendment: str
    until: date
    effect: Effect
    clauses: tuple[Clause, ...]
    counting: Counting
    signed: date = date.min

    def place(self) -> tuple[date, date, int, str]:
        """Where it stands among the others: by the day of effect, not by when anybody recorded it."""
        return self.until, self.signed, len(self.amendment), self.amendment


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed. The order of clauses carries no meaning."""

    effect: Effect
    clauses: tuple[Clause, ...]
    counting: Counting
    tracked_from: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    papers: tuple[Paper, ...] = ()
    customers: tuple[Customer, ...] = ()
    """The other parties, as far as they are cared for."""
    earlier: tuple[Earlier, ...] = ()
    """Terms before amendments, in the order of their days; put in by `tracker.rules.versions.with_earlier`."""

    @property
    def term(self) -> Term | None:
        return next((clause for clause in self.clauses if isinstance(clause, Term)), None)

    @property
    def renewal(self) -> Renewal | None:
        return next((clause for clause in self.clauses if isinstance(clause, Renewal)), None)

    @property
    def terminations(self) -> tuple[Termination, ...]:
        return tuple(clause for clause in self.clauses if isinstance(clause, Termination))

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        return tuple(clause for clause in self.clauses if isinstance(clause, Obligation))

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The ways of giving notice on which only arrival counts, as far as they have a number to reckon with."""
        ways = (clause for clause in self.clauses if isinstance(clause, Delivery) and clause.on_receipt)
        return tuple(way for way in ways if way.allowance.n is not None)
