"""What was agreed, in words: one line a clause."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.render.money_words import rate_words
from tracker.render.names import anchor_name, calendar_words, code_name, side_name, way_name
from tracker.render.periods import period_words
from tracker.render.texts import N_, Texts
from tracker.rules.clauses import Clause, Due, Obligation, Phase, Series
from tracker.rules.conventions import Direction
from tracker.rules.periods import Period
from tracker.rules.terms import Delivery, Effect, EffectMode, NoticeWindow, Renewal, RenewalMode, Term, Termination

RENEWAL_NAMES: Mapping[RenewalMode, str] = {
    RenewalMode.NONE: N_("It ends"),
    RenewalMode.AGREEMENT: N_("Renewed by agreement"),
    RenewalMode.AUTOMATIC: N_("Renewed automatically"),
    RenewalMode.OPTION: N_("Renewed at one side’s option"),
}
PHASE_NAMES: Mapping[Phase, str] = {
    Phase.IN_FORCE: N_("while in force"),
    Phase.AFTER_END: N_("after the end"),
    Phase.ALWAYS: N_("always"),
}

_FIRST_DAY = {True: N_("the first day counts"), False: N_("the first day does not count")}
_COUNTS_ON = {True: N_("counts on receipt"), False: N_("counts on sending")}


@dataclass(frozen=True, slots=True)
class TermLine:
    """One clause: its name, where it stands in the contract, and what it says."""

    key: str
    name: str
    reference: str
    words: str


def frame_lines(terms: Mapping[str, Any], texts: Texts) -> list[TermLine]:
    """What is agreed beside the clauses: who the parties are, by what law dates are counted, the price."""
    found = {
        "title": (N_("Title"), [str(terms.get("title") or "")]),
        "parties": (
            N_("Parties"),
            [f"{party.get('role', '')} {party['name']}" for party in terms.get("parties") or ()],
        ),
        "law": (N_("Dates are counted by"), [str(part) for part in (terms.get("law") or {}).values()]),
        "money": (N_("Money"), list(_said(terms.get("money") or {}))),
    }
    return [TermLine(key, texts.gettext(name), "", _joined(texts, parts)) for key, (name, parts) in found.items()]


def _said(value: Any) -> Iterator[str]:
    """The values of a section as they were written, however deep."""
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, str | bool) or not isinstance(value, Iterable):
        yield str(value)
        return
    for item in value:
        yield from _said(item)


@dataclass(frozen=True, slots=True)
class Rewording:
    """A clause before and after; None where there was or is none."""

    name: str
    before: TermLine | None
    after: TermLine | None


def term_lines(effect: Effect, clauses: Iterable[Clause], texts: Texts) -> list[TermLine]:
    """The terms, the term itself first and then the obligations as they stand in the contract."""
    lines = [TermLine("effect", texts.gettext("Takes effect"), "", _effect(effect, texts))]
    for number, clause in enumerate(clauses):
        if isinstance(clause, Delivery):
            words = _joined(texts, _way(clause, texts))
            name = texts.gettext("Notice by %(way)s", way=way_name(clause.method, texts))
            lines.append(TermLine(f"delivery:{number}", name, "", words))
        else:
            lines.append(_line(clause, texts))
    return lines


def obligation_lines(obligations: Iterable[Obligation], texts: Texts) -> list[TermLine]:
    """Some of the obligations, as the terms say them."""
    return [_line(obligation, texts) for obligation in obligations]


def _line(clause: Term | Renewal | Termination | Obligation, texts: Texts) -> TermLine:
    name, parts = _clause(clause, texts)
    return TermLine(clause.source.key, name, clause.source.reference, _joined(texts, parts))


def rewordings(before: Iterable[TermLine], after: Iterable[TermLine]) -> list[Rewording]:
    """The clauses that read otherwise, in their order."""
    old, new = {line.key: line for line in before}, {line.key: line for line in after}
    return [
        Rewording((new.get(key) or old[key]).name, old.get(key), new.get(key))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]


def due_words(due: Due, texts: Texts) -> str:
    """When something is due: “10 days after: end of the contract”."""
    event = texts.date(due.anchor) if isinstance(due.anchor, date) else anchor_name(due.anchor.value, texts)
    if due.period is None:
        return texts.gettext("on the day: %(event)s", event=event)
    period = period_words(due.period, texts)
    if due.within:
        return texts.gettext("within the last %(period)s before: %(event)s", period=period, event=event)
    if due.direction is Direction.BEFORE:
        return texts.gettext("%(period)s before: %(event)s", period=period, event=event)
    return texts.gettext("%(period)s after: %(event)s", period=period, event=event)


def _clause(clause: Term | Renewal | Termination | Obligation, texts: Texts) -> tuple[str, list[str]]:
    if isinstance(clause, Term):
        return texts.gettext("Term"), list(_term(clause, texts))
    if isinstance(clause, Renewal):
        return texts.gettext("Renewal"), list(_renewal(clause, texts))
    if isinstance(clause, Termination):
        notice = texts.gettext("%(period)s’ notice", period=period_words(clause.notice, texts))
        return texts.gettext("Ending early"), [side_name(clause.side, texts), notice]
    return clause.title or code_name(clause.code, texts), list(_obligation(clause, texts))


def _effect(effect: Effect, texts: Texts) -> str:
    if effect.mode is EffectMode.ON_DATE and effect.day:
        return texts.date(effect.day)
    if effect.mode is EffectMode.ON_CONDITIONS:
        return texts.gettext("when all of this is met: %(conditions)s", conditions=_joined(texts, effect.conditions))
    return texts.gettext("When it is signed")


def _term(term: Term, texts: Texts) -> Iterator[str]:
    if term.length is None and term.end is None:
        yield texts.gettext("open-ended")
    if term.length:
        yield period_words(term.length, texts)
    if term.start:
        yield texts.gettext("from %(day)s", day=texts.date(term.start))
    if term.end:
        yield texts.gettext("until %(day)s", day=texts.date(term.end))
    if term.first_day_counts is not None:
        yield texts.gettext(_FIRST_DAY[term.first_day_counts])
    if term.minimum:
        yield texts.gettext("at least %(period)s", period=period_words(term.minimum, texts))


def _renewal(renewal: Renewal, texts: Texts) -> Iterator[str]:
    yield texts.gettext(RENEWAL_NAMES[renewal.mode])
    if renewal.length:
        yield texts.gettext("for %(period)s at a time", period=period_words(renewal.length, texts))
    if renewal.cap is not None:
        yield texts.ngettext("at most %(n)s time", "at most %(n)s times", renewal.cap)
    for window in renewal.windows:
        yield _window(window, texts)
    if renewal.formalities:
        period = period_words(renewal.formalities, texts)
        within = N_("formalities within the last %(period)s"), N_("formalities %(period)s before the end")
        yield texts.gettext(within[0] if renewal.formalities_within else within[1], period=period)


def _window(window: NoticeWindow, texts: Texts) -> str:
    side, least = side_name(window.side, texts), period_words(window.at_least, texts)
    if window.not_earlier_than is None:
        return texts.gettext("notice (%(side)s) at least %(period)s before the end", side=side, period=least)
    most = period_words(window.not_earlier_than, texts)
    text = N_("notice (%(side)s) at least %(period)s and at most %(longest)s before the end")
    return texts.gettext(text, side=side, period=least, longest=most)


def _obligation(obligation: Obligation, texts: Texts) -> Iterator[str]:
    yield side_name(obligation.side, texts)
    if obligation.series:
        yield from _series(obligation.series, texts)
    if obligation.due:
        yield due_words(obligation.due, texts)
    elif obligation.series is None:
        yield texts.gettext("no day: a standing duty")
    if obligation.amount:
        yield texts.money(obligation.amount.amount, obligation.amount.currency)
    if obligation.late_rate:
        yield texts.gettext("late fee %(rate)s", rate=rate_words(obligation.late_rate, texts))
    if obligation.grace:
        yield texts.gettext("not late for another %(period)s", period=period_words(obligation.grace, texts))
    yield from (text for text in (obligation.method, obligation.place, obligation.pays) if text)


def _series(series: Series, texts: Texts) -> Iterator[str]:
    yield texts.gettext("every %(period)s", period=period_words(series.every, texts))
    if series.phase is not Phase.IN_FORCE:
        yield texts.gettext(PHASE_NAMES[series.phase])
    if series.first:
        yield texts.gettext("from %(day)s", day=texts.date(series.first))
    if isinstance(series.until, Period):
        yield texts.gettext("for %(period)s", period=period_words(series.until, texts))
    elif isinstance(series.until, date):
        yield texts.gettext("until %(day)s", day=texts.date(series.until))
    elif series.until:
        yield texts.gettext("until: %(event)s", event=anchor_name(series.until.value, texts))


def _way(delivery: Delivery, texts: Texts) -> Iterator[str]:
    yield period_words(delivery.allowance, texts)
    yield texts.gettext(_COUNTS_ON[delivery.on_receipt])
    if delivery.calendar:
        yield texts.gettext("working days there: %(place)s", place=calendar_words(delivery.calendar, texts))
    if delivery.cut_off:
        yield texts.gettext("until %(hour)s there", hour=f"{delivery.cut_off:%H:%M}")
    if delivery.zone:
        yield texts.gettext("time of %(zone)s", zone=delivery.zone)


def _joined(texts: Texts, parts: Iterable[str]) -> str:
    return texts.gettext(", ").join(parts)
