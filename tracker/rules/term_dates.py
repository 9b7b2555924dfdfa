"""The deadlines of the term itself: its end, the windows for notice, the formalities, and notice to end early."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.agreement import Agreement, Counting
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings, Known
from tracker.rules.notices import earliest_notice, latest_notice, may_be_from, notice_in_window, settles_for
from tracker.rules.periods import Period
from tracker.rules.readings import Nature, Reading, ReadingName
from tracker.rules.sending import Sending
from tracker.rules.source import Source
from tracker.rules.term_periods import TermPeriod
from tracker.rules.terms import NoticeWindow, Renewal, RenewalMode, Termination
from tracker.rules.timeline import Timeline
from tracker.rules.versions import in_force

ANSWERS = (FactKind.NOTICE_OF_RENEWAL_INTENTION, FactKind.NOTICE_NOT_TO_RENEW)


def within_last(base: Deadline, counting: Counting, end: date, period: Period) -> Deadline:
    """`base` dated by words such as "within the last 15 days before the end": lawful up to the end itself, safe on the
    day 15 before, as the same words may be read."""
    counted = counting.within(end, period)
    earlier = (
        Reading(ReadingName.SO_LONG_BEFORE, item.day, item.steps) if item.name is ReadingName.LEGAL else item
        for item in counted.readings
        if item.day != end
    )
    return replace(
        base.dated(counted),
        legal=end,
        steps=(),
        readings=(Reading(ReadingName.WITHIN_LAST, end, ()), *earlier),
    )


@dataclass(frozen=True, slots=True)
class TermDates:
    """Works out the deadlines of every period of the term."""

    agreement: Agreement
    happenings: Happenings
    life: Timeline
    sending: Sending

    def deadlines(self) -> Iterator[Deadline]:
        """Every deadline of every period worked out, each under the terms in force at its end."""
        for period in self.life.periods:
            if period.last is not None:
                then = self._on(period.last)
                if term := then.agreement.term or self.agreement.term:  # one agreed later reaches back
                    yield then._term_end(period, term.source)
                yield from then._renewal_dates(period, period.last)
        yield from self._early_ending()

    def _on(self, day: date) -> "TermDates":
        return replace(self, agreement=in_force(self.agreement, day))

    # ----------------------------------------------------------------- the end

    def _term_end(self, period: TermPeriod, source: Source) -> Deadline:
        """The last day of a period, or of the contract where that comes first."""
        base = Deadline(
            key=f"term-end/{period.number}",
            clause=source.key,
            code="term-end",
            occurrence=str(period.number),
            side=Side.BOTH,
            nature=Nature.STATE,
            legal=period.last,
            act_by=period.last,
            certainty=period.certainty,
            readings=period.readings,
            provisional=period.unsettled,
        )
        if ended := self.life.cut_short(period):
            return _ended_early(base, ended)
        computed = period.counted is not None and period.counted.legal == period.last
        return replace(base, steps=period.counted.steps) if period.counted and computed else base

    # ----------------------------------------------------------------- renewal

    def _renewal_dates(self, period: TermPeriod, last: date) -> Iterator[Deadline]:
        renewal = self.agreement.renewal
        if renewal is None or renewal.mode is RenewalMode.NONE or _is_last(renewal, period):
            return
        renewed = self._renewed_by(period)
        for window in renewal.windows:
            yield from self._window_dates(renewal, window, period, renewed)
        if renewal.formalities and not self.life.cut_short(period) and not self._is_refused(renewal, period):
            yield self._formalities(renewal, period, last, renewal.formalities, renewed)

    def _window_dates(
        self, renewal: Renewal, window: NoticeWindow, period: TermPeriod, renewed: Fact | None
    ) -> Iterator[Deadline]:
        counting = self.agreement.counting
        opens = earliest_notice(counting, window, period.last, period.later)
        closes = latest_notice(counting, window, period.last)
        said = self._said(window, period, ANSWERS) or renewed
        if opens and not self._is_over(opens):
            yield _notice("renewal-window-opens", renewal.source, window.side, period, opens, said)
        if closes and not self._is_over(closes):
            yield self.sending.of(_notice("renewal-intention", renewal.source, window.side, period, closes, said))

    def _is_over(self, counted: Counted) -> bool:
        """Whether the contract ends before that day comes, so that there is nothing left to say."""
        ended = self.life.ended
        return ended is not None and counted.legal is not None and counted.legal > ended.day

    def _said(self, window: NoticeWindow, period: TermPeriod, kinds: tuple[FactKind, ...]) -> Fact | None:
        """The notice that leaves the side of the window nothing to say."""
        begun = period.first if period.first and period.number > 1 else date.min
        heard = [fact for fact in self.happenings.of(*kinds) if settles_for(fact, window.side) and fact.day >= begun]
        return notice_in_window(self.agreement.counting, window, period.last, heard)

    def _renewed_by(self, period: TermPeriod) -> Fact | None:
        """The fact that renewed the contract beyond the period: whoever has renewed need not speak of it."""
        following = next((item for item in self.life.periods if item.number == period.number + 1), None)
        return following.renewed_by if following else None

    def _is_refused(self, renewal: Renewal, period: TermPeriod) -> bool:
        refusal = (FactKind.NOTICE_NOT_TO_RENEW,)
        return any(self._said(window, period, refusal) for window in renewal.windows)

    def _formalities(
        self, renewal: Renewal, period: TermPeriod, last: date, before: Period, renewed: Fact | None
    ) -> Deadline:
        """Renewal formalities: by so long before the end, or within the last so long, as the words say."""
        counting = self.agreement.counting
        base = Deadline(
            key=f"renewal-formalities/{period.number}",
            clause=renewal.source.key,
            code="renewal-formalities",
            occurrence=str(period.number),
            side=Side.BOTH,
            nature=Nature.BY,
            certainty=period.certainty,
            met_by=renewed.key if renewed else None,
            met_on=renewed.day if renewed else None,
        )
        if renewal.formalities_within:
            found = within_last(base, counting, last, before)
        else:
            found = base.dated(counting.count(last, before, Direction.BEFORE, Nature.BY))
        return found.unsettled_by(period.unsettled)

    # ------------------------------------------------------------ ending early

    def _early_ending(self) -> Iterator[Deadline]:
        """The last day for notice before an end that somebody intends, unless the contract is over by then."""
        for intended in self.happenings.of(FactKind.END_INTENDED):
            then = in_force(self.agreement, intended.day)
            for termination in then.terminations:
                counted = then.counting.count(intended.day, termination.notice, Direction.BEFORE, Nature.BY)
                if not (self._is_over(counted) and self._is_sure_to_have_ended()):
                    yield self._termination_notice(termination, intended, counted)

    def _is_sure_to_have_ended(self) -> bool:
        return self.life.ended is not None and self.life.ended.certainty is Certainty.CONFIRMED

    def _termination_notice(self, termination: Termination, intended: Fact, counted: Counted) -> Deadline:
        notices = self.happenings.of(FactKind.NOTICE_TO_TERMINATE, FactKind.NOTICE_TO_RESCIND)
        given = next((fact for fact in notices if _is_given(fact, termination, intended)), None)
        deadline = Deadline(
            key=f"termination-notice.{termination.source.key}/{intended.key}",
            clause=termination.source.key,
            code="termination-notice",
            occurrence=intended.key,
            side=termination.side,
            nature=Nature.BY,
            met_by=given.key if given else None,
            met_on=given.day if given else None,
        )
        return self.sending.of(deadline.dated(counted))


def _ended_early(deadline: Deadline, ended: Known) -> Deadline:
    """The end of a period that the contract did not live to see, on the day it ended instead."""
    settled = ended.certainty is Certainty.CONFIRMED
    return replace(
        deadline,
        legal=ended.day,
        act_by=ended.day,
        certainty=ended.certainty,
        provisional=ended.unsettled,
        readings=(),
        met_by=ended.fact if settled else None,
        met_on=ended.day if settled else None,
    )


def _is_last(renewal: Renewal, period: TermPeriod) -> bool:
    """Whether the cap leaves nothing to give notice about."""
    return renewal.cap is not None and period.number > renewal.cap


def _is_given(notice: Fact, termination: Termination, intended: Fact) -> bool:
    return may_be_from(notice, termination.side) and notice.until in (None, intended.day)


def _notice(code: str, source: Source, side: Side, period: TermPeriod, counted: Counted, said: Fact | None) -> Deadline:
    deadline = Deadline(
        key=f"{code}.{side}/{period.number}",
        clause=source.key,
        code=code,
        occurrence=str(period.number),
        side=side,
        nature=counted.nature,
        certainty=period.certainty,
        met_by=said.key if said else None,
        met_on=said.day if said else None,
    )
    return deadline.dated(counted).unsettled_by(period.unsettled)
