"""Clauses as plain data: read from the fields people write, written back to the same fields."""

from datetime import date
from typing import Any

from tracker.rules.clauses import Due, Greeting, Moment, Obligation, Phase, Priority, Proof, Series
from tracker.rules.codes import CODES, Code
from tracker.rules.facts import FactKind, Side
from tracker.rules.greeting_form import read_greeting
from tracker.rules.ladders import checked
from tracker.rules.late_rates import read_late_rate
from tracker.rules.law import place_name, zone_name
from tracker.rules.papers import PaperKind
from tracker.rules.periods import Period
from tracker.rules.phrases import read_due, read_money
from tracker.rules.problems import N_, Unfit
from tracker.rules.readings import Nature
from tracker.rules.section import Section, day, flag, handle, hour, line, period, whole
from tracker.rules.source import Source
from tracker.rules.terms import Delivery, NoticeWindow, Renewal, RenewalMode, Term, Termination

_WORDS_OF_OBLIGATION = ("to", "method", "place", "pays", "owner", "backup", "reviewer")


def read_term(section: Section) -> Term | None:
    """The term of the contract."""
    source, length = _source(section, "term"), section.read("length", period)
    end, start = section.read("end", day), section.read("start", day)
    first, minimum = section.read("first_day_counts", flag), section.read("minimum", period)
    section.close()
    return section.build("", lambda: Term(source, length, end, start, first, minimum))


def read_renewal(section: Section) -> Renewal | None:
    """What happens at the end of the term."""
    source, mode = _source(section, "renewal"), section.word("mode", RenewalMode) or RenewalMode.NONE
    length, cap = section.read("length", period), section.read("cap", whole)
    windows = tuple(window for part in section.sections("notice") if (window := _window(part)))
    formalities = section.read("formalities", period)
    within = section.read("formalities_within", flag) or False
    section.close()
    return section.build("", lambda: Renewal(source, mode, length, cap, windows, formalities, within))


def _window(section: Section) -> NoticeWindow | None:
    side, at_least = section.word("side", Side) or Side.BOTH, section.need("at_least", period)
    earliest = section.read("not_earlier_than", period)
    section.close()
    return NoticeWindow(side, at_least, earliest) if at_least else None


def read_termination(section: Section, key: str) -> Termination | None:
    """Notice to end early."""
    source = _source(section, key)
    side, notice = section.word("side", Side) or Side.BOTH, section.need("notice", period)
    section.close()
    return Termination(source, side, notice) if notice else None


def read_delivery(section: Section) -> Delivery | None:
    """How notice travels."""
    method, allowance = section.need("method", line), section.need("allowance", period)
    counts_on = section.text("counts_on") or "receipt"
    if counts_on not in ("receipt", "sending"):
        section.fault("counts_on", N_("Write receipt or sending."))
    there = section.read("calendar", place_name) or "", section.read("zone", zone_name) or ""
    cut_off = section.read("cut_off", hour)
    section.close()
    return Delivery(method, allowance, counts_on == "receipt", *there, cut_off) if method and allowance else None


def read_obligation(section: Section, key: str) -> Obligation | None:
    """A duty, right or limit; `key` names it where the document does not."""
    code = section.need("code", handle(60)) or ""
    known = CODES.get(code, Code())
    source, title = _source(section, key), section.text("title")
    due = section.need("due", _due)
    greeting = read_greeting(section, due[0] if due else None)
    series = _series(section, Phase.ALWAYS if section.raw("due") == "perpetual" else Phase.IN_FORCE, greeting)
    details = _details(section, code, known)
    section.close()
    if code and code not in CODES and not title:
        section.fault("code", N_("Unknown code: use one of the catalogue, or give a title of your own."))
    if not code or due is None or (code not in CODES and not title) or (series is None and section.raw("every")):
        return None
    return section.build(
        "",
        lambda: Obligation(source, code, due=due[0], series=series, title=title, greeting=greeting, **details),
    )


def _details(section: Section, code: str, known: Code) -> dict[str, Any]:
    """What is said of an obligation beside what it is and when it is due."""
    return {
        "side": section.word("side", Side) or Side.BOTH,
        "nature": section.word("nature", Nature) or known.nature,
        "amount": section.read("amount", lambda value: read_money(line(value))),
        "late_rate": section.read("late_rate", lambda value: read_late_rate(line(value))),
        "target": section.read("target", period),
        "arrives": known.notice if (arrives := section.read("arrives", flag)) is None else arrives,
        "grace": section.read("grace", period),
        "priority": section.word("priority", Priority) or Priority.NORMAL,
        "proof": section.word("proof", Proof) or Proof.OPTIONAL,
        "paper": section.word("paper", PaperKind),
        "reminders": section.read("reminders", lambda value: checked(code, line(value))) or "",
        **{name: section.text(name) for name in _WORDS_OF_OBLIGATION},
    }


def _due(value: object) -> tuple[Due | None]:
    return (read_due(line(value)),)


def _series(section: Section, phase_meant: Phase, greeting: Greeting | None) -> Series | None:
    """How it comes round; where the document does not say during what, while `phase_meant`."""
    every, phase = section.read("every", period), section.word("while", Phase)
    first, until = section.read("first", day), section.read("until", _until)
    if every is None:
        for name, value in (("while", None if greeting else phase), ("first", first), ("until", until)):
            if value is not None:
                section.fault(name, N_("This needs “every”."))
        return None
    return section.build("every", lambda: Series(every, phase or phase_meant, first, until))


def _until(value: object) -> Period | date | FactKind | Moment:
    """Until when a series goes on: an event, a day, or so long."""
    text = line(value)
    for words in (Moment, FactKind):
        if text in tuple(words):
            return words(text)
    try:
        return day(value)
    except Unfit:
        return period(value)


def _source(section: Section, key: str) -> Source:
    return Source(section.read("key", handle(80)) or key, section.text("reference"), section.prose("quote"))
