"""The deadlines of the term itself: its end, the windows for notice, the formalities, and notice to end early."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import NoticeWindow, Renewal, RenewalMode, Source
from tracker.rules.conventions import Direction
from tracker.rules.counting import Counted
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.happenings import Happenings, Known
from tracker.rules.periods import Period
from tracker.rules.readings import Nature, Reading, ReadingName
from tracker.rules.sending import Sending
from tracker.rules.timeline import TermPeriod, Timeline, earliest_notice, latest_notice, opposition

ANSWERS = (FactKind.NOTICE_OF_RENEWAL_INTENTION, FactKind.NOTICE_NOT_TO_RENEW)


def term_deadlines(
    agreement: Agreement, happenings: Happenings, life: Timeline, sending: Sending
) -> Iterator[Deadline]:
    """Every deadline of every period worked out."""
    for period in life.periods:
        if period.last is not None:
            yield _term_end(agreement, period, life.ended)
            yield from _renewal_dates(agreement, happenings, period, life.ended, sending)
    yield from _early_ending(agreement, happenings, sending)


def _term_end(agreement: Agreement, period: TermPeriod, ended: Known | None) -> Deadline:
    source = agreement.term.source if agreement.term else Source("term")
    cut = _cut_short(period, ended)
    last = ended.day if cut and ended else period.last
    return Deadline(
        key=f"term-end/{period.number}",
        clause=source.key,
        code="term-end",
        occurrence=str(period.number),
        side=Side.BOTH,
        nature=Nature.STATE,
        legal=last,
        act_by=last,
        certainty=ended.certainty if cut and ended else period.certainty,
        steps=period.counted.steps if period.counted and not cut and period.last == period.counted.legal else (),
        readings=() if cut else period.readings,
        met_by=ended.fact if cut and ended and ended.certainty is Certainty.CONFIRMED else None,
        met_on=ended.day if cut and ended and ended.certainty is Certainty.CONFIRMED else None,
    )


def _cut_short(period: TermPeriod, ended: Known | None) -> bool:
    if ended is None or period.last is None:
        return False
    return (period.first is None or ended.day >= period.first) and ended.day < period.last


def _renewal_dates(
    agreement: Agreement, happenings: Happenings, period: TermPeriod, ended: Known | None, sending: Sending
) -> Iterator[Deadline]:
    renewal = agreement.renewal
    if renewal is None or renewal.mode is RenewalMode.NONE or _is_last(renewal, period):
        return
    for window in renewal.windows:
        yield from _window_dates(agreement, happenings, renewal, window, period, sending)
    if renewal.formalities and period.last and not _cut_short(period, ended):
        yield _formalities(agreement, renewal, period, period.last, renewal.formalities)


def _is_last(renewal: Renewal, period: TermPeriod) -> bool:
    """Whether the cap leaves nothing to give notice about."""
    return renewal.cap is not None and period.number > renewal.cap


def _window_dates(
    agreement: Agreement,
    happenings: Happenings,
    renewal: Renewal,
    window: NoticeWindow,
    period: TermPeriod,
    sending: Sending,
) -> Iterator[Deadline]:
    said = opposition(agreement, happenings, window, period, ANSWERS)
    opens, closes = earliest_notice(agreement, window, period), latest_notice(agreement, window, period)
    if opens:
        yield _notice("renewal-window-opens", renewal.source, window.side, period, opens, said)
    if closes:
        yield sending.of(_notice("renewal-intention", renewal.source, window.side, period, closes, said))


def _notice(code: str, source: Source, side: Side, period: TermPeriod, counted: Counted, said: Fact | None) -> Deadline:
    return Deadline(
        key=f"{code}.{side}/{period.number}",
        clause=source.key,
        code=code,
        occurrence=str(period.number),
        side=side,
        nature=counted.nature,
        certainty=period.certainty,
        met_by=said.key if said else None,
        met_on=said.day if said else None,
    ).dated(counted)


def _formalities(agreement: Agreement, renewal: Renewal, period: TermPeriod, last: date, before: Period) -> Deadline:
    """Renewal formalities: by so long before the end, or within the last so long, as the words say."""
    counted = agreement.counting.count(last, before, Direction.BEFORE, Nature.BY)
    deadline = Deadline(
        key=f"renewal-formalities/{period.number}",
        clause=renewal.source.key,
        code="renewal-formalities",
        occurrence=str(period.number),
        side=Side.BOTH,
        nature=Nature.BY,
        certainty=period.certainty,
    ).dated(counted)
    return within_last(deadline, last) if renewal.formalities_within else deadline


def within_last(deadline: Deadline, end: date) -> Deadline:
    """The deadline read as "within the last N": lawful up to the end, safe where it was counted."""
    earlier = tuple(
        Reading(
            ReadingName.SO_LONG_BEFORE if reading.name is ReadingName.LEGAL else reading.name,
            reading.day,
            reading.steps,
        )
        for reading in deadline.readings
    )
    whole = Reading(ReadingName.WITHIN_LAST, end, ())
    return replace(
        deadline, legal=end, steps=(), readings=(whole, *earlier), safe_steps=(*deadline.steps, *deadline.safe_steps)
    )


def _early_ending(agreement: Agreement, happenings: Happenings, sending: Sending) -> Iterator[Deadline]:
    """The last day for notice before an end that somebody intends."""
    for fact in happenings.of(FactKind.END_INTENDED):
        for termination in agreement.terminations:
            counted = agreement.counting.count(fact.day, termination.notice, Direction.BEFORE, Nature.BY)
            given = _given(happenings, termination.side, fact)
            deadline = Deadline(
                key=f"termination-notice.{termination.source.key}/{fact.key}",
                clause=termination.source.key,
                code="termination-notice",
                occurrence=fact.key,
                side=termination.side,
                nature=Nature.BY,
                met_by=given.key if given else None,
                met_on=given.day if given else None,
            )
            yield sending.of(deadline.dated(counted))


def _given(happenings: Happenings, side: Side, intended: Fact) -> Fact | None:
    notices = happenings.of(FactKind.NOTICE_TO_TERMINATE, FactKind.NOTICE_TO_RESCIND)
    return next((fact for fact in notices if fact.by in (None, side) and fact.until in (None, intended.day)), None)
