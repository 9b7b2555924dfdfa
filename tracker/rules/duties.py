"""The deadlines of obligations: one-off, repeated, or started by each fact of a kind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.by_hand import ByHand
from tracker.rules.clauses import Due, Moment, Obligation, Phase
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.doubt import with_later
from tracker.rules.happenings import Happenings, Known
from tracker.rules.later_facts import LaterFacts
from tracker.rules.occasions import Greetings
from tracker.rules.periods import Period
from tracker.rules.readings import Nature
from tracker.rules.rounds import Rounds
from tracker.rules.sending import Sending
from tracker.rules.spans import Span
from tracker.rules.starts import COMES_ONCE, Anchor, Occasion, Starts
from tracker.rules.term_dates import within_last
from tracker.rules.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Duties:
    """Works out the deadlines of obligations from the life of the contract."""

    agreement: Agreement
    sending: Sending
    starts: Starts
    rounds: Rounds
    later: LaterFacts
    by_hand: ByHand
    greetings: Greetings

    @classmethod
    def under(
        cls, agreement: Agreement, happenings: Happenings, life: Timeline, sending: Sending, today: date
    ) -> "Duties":
        rounds = Rounds(agreement.counting, life, happenings, today)
        greetings = Greetings.under(agreement, happenings, rounds)
        return cls(
            agreement,
            sending,
            Starts(happenings, life),
            rounds,
            LaterFacts(agreement.counting, happenings),
            ByHand(agreement.adjustments),
            greetings,
        )

    def deadlines(self, obligation: Obligation, span: Span) -> Iterator[Deadline]:
        """Every occurrence of the obligation whose clock starts within `span`; one without a day where its starting
        point is still to come."""
        if obligation.due is None and obligation.series is None:
            return
        occasions = list(self._occasions(obligation, span.begins))
        if not occasions and span.is_open and self._starts_once(obligation):
            yield self._waiting(obligation, f"{span.prefix}1")
        if span.is_open and obligation.due:
            for fact in self.starts.without_day(obligation.due.anchor):
                yield replace(self._waiting(obligation, fact.key), subject=fact.subject, started_by=fact.key)
        for occasion in span.of(occasions):
            deadline = self.later.told(obligation, self._dated(obligation, occasion))
            if self.by_hand.goes_on(deadline.clause, _falls_on(deadline, occasion)):
                yield self._as_it_stands(obligation, occasion, self.by_hand.moved(deadline))

    def _occasions(self, obligation: Obligation, begins: date | None) -> Iterator[Occasion]:
        if obligation.greeting:
            yield from self.greetings.of(obligation.greeting)
        elif obligation.series:
            yield from self.rounds.of(obligation.series, begins)
        elif obligation.due:
            yield from self.starts.of(obligation.due.anchor)

    def _starts_once(self, obligation: Obligation) -> bool:
        """Whether it is a moment of the contract's life that has not come, rather than an event that may never."""
        if obligation.greeting:
            return self.greetings.start(obligation.greeting) is None
        if obligation.series:
            return self.rounds.start(obligation.series) is None
        return obligation.due is not None and obligation.due.anchor in COMES_ONCE

    # ------------------------------------------------------------------- dates

    def _dated(self, obligation: Obligation, occasion: Occasion) -> Deadline:
        """The deadline on the day that the contract gives, or with the team's own aim."""
        due = obligation.due or Due(Moment.PERIOD_END)
        trigger = _trigger(due, occasion)
        base = _base(obligation, occasion.name, occasion.known, since=_since(due, occasion), subject=occasion.subject)
        if due.within and due.period and due.period.n is not None:
            deadline = within_last(base, self.agreement.counting, trigger, due.period)
        else:
            deadline = base.dated(self._counted(due, trigger, occasion.known.later, base.nature))
        deadline = deadline.unsettled_by(_unsettled(due, occasion))
        if obligation.target and deadline.legal is None:
            aim = self.agreement.counting.count(trigger, obligation.target, due.direction, base.nature)
            return replace(deadline, target=aim.act_by, safe_steps=aim.steps).unsettled_by(aim.provisional)
        return deadline

    def _as_it_stands(self, obligation: Obligation, occasion: Occasion, deadline: Deadline) -> Deadline:
        """With what follows from its day: until when it is not yet late, when to send, whether it is suspended."""
        if obligation.grace is not None and deadline.legal is not None:
            grace = self._grace(obligation.grace, deadline.legal)
            deadline = replace(deadline, grace_until=grace.legal).unsettled_by(grace.provisional)
        if obligation.arrives:
            deadline = self.sending.of(deadline)
        return self.by_hand.paused(deadline, _falls_on(deadline, occasion))

    def _counted(self, due: Due, trigger: date, later: date | None, nature: Nature) -> Counted:
        counting = self.agreement.counting
        if due.period is None and due.anchor == Moment.GREETING:  # a feast is kept on its day, be it a day off or not
            return replace(counting.on_the_day(trigger, Nature.STATE), nature=nature)
        if due.period is None:
            counted = counting.on_the_day(trigger, nature)
            return with_later(counted, counting.on_the_day(later, nature)) if later else counted
        counted = counting.count(trigger, due.period, due.direction, nature, foreseen=_is_foreseen(due))
        return with_later(counted, counting.count(later, due.period, due.direction, nature)) if later else counted

    def _grace(self, grace: Period, legal: date) -> Counted:
        """The time within which it is not yet late, counted from the legal day as any other."""
        return self.agreement.counting.count(legal, grace, Direction.AFTER, Nature.BY)

    def _waiting(self, obligation: Obligation, occurrence: str) -> Deadline:
        return _base(obligation, occurrence, None, waits_for=str(_awaited(obligation)))


def _base(
    obligation: Obligation,
    occurrence: str,
    known: Known | None,
    *,
    since: date | None = None,
    subject: str = "",
    waits_for: str = "",
) -> Deadline:
    """The deadline without its dates. What has no end of its own but comes round is a review: an act."""
    return Deadline(
        key=f"{obligation.source.key}/{occurrence}",
        clause=obligation.source.key,
        code=obligation.code,
        occurrence=occurrence,
        side=obligation.side,
        nature=obligation.nature if obligation.due else Nature.BY,
        title=obligation.title,
        certainty=known.certainty if known else Certainty.PROJECTED,
        amount=obligation.amount,
        obligation=obligation,
        since=since,
        started_by=known.fact if known else "",
        subject=subject,
        waits_for=waits_for,
    )


def _falls_on(deadline: Deadline, occasion: Occasion) -> date:
    """The day by which it is told whether it comes at all: where no day is known, that of its starting point."""
    return deadline.legal or deadline.target or occasion.known.day


def _since(due: Due, occasion: Occasion) -> date:
    """From when on it can be met: what is due after a round cannot be there before the round is over."""
    after_the_round = due.anchor == Moment.PERIOD_END and due.period and due.direction is Direction.AFTER
    if occasion.period_start and not after_the_round:
        return occasion.period_start
    return occasion.period_end or occasion.known.day


def _is_foreseen(due: Due) -> bool:
    """Whether it is counted from a day known in advance, before which one may act: not from an event, nor from the end
    of a round, before which what is due after it cannot be there."""
    return due.anchor == Moment.PERIOD_START or isinstance(due.anchor, date)


def _trigger(due: Due, occasion: Occasion) -> date:
    if due.anchor == Moment.PERIOD_START and occasion.period_start:
        return occasion.period_start
    return occasion.known.day


def _unsettled(due: Due, occasion: Occasion) -> tuple[int, ...]:
    """The years not known yet on which its trigger rests."""
    return occasion.unsettled if due.anchor == Moment.PERIOD_START else occasion.known.unsettled


def _awaited(obligation: Obligation) -> Anchor | None:
    """The starting point of its first occurrence."""
    comes_round = obligation.series or obligation.greeting
    if comes_round:
        return Moment.ENDED if comes_round.phase is Phase.AFTER_END else Moment.EFFECTIVE
    return obligation.due.anchor if obligation.due else None
