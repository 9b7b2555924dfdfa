"""Contracts and histories of any kind, for laws that hold whatever was agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.support.cast import agreed, contract, drafted
from tracker.rules.agreement import Agreement
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.places import working_calendar

CN = working_calendar("CN")
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
SIDES = st.sampled_from(["us", "them", "both"])
LENGTHS = st.builds(
    lambda n, unit: f"{n} {unit}",
    st.integers(1, 60),
    st.sampled_from(["days", "working days", "weeks", "months", "quarters"]),
)
SHORT = st.builds(lambda n, unit: f"{n} {unit}", st.integers(0, 90), st.sampled_from(["days", "working days", "weeks"]))
WAYS = st.sampled_from(["5 days", "3 working days", "20 hours"])
ANCHORS = st.sampled_from(["signed", "effective", "ended", "term_end", "complaint_received", "invoice_received"])


@st.composite
def obligations(draw: st.DrawFn) -> dict[str, Any]:
    """A duty of some kind with some rule."""
    made: dict[str, Any] = {
        "code": draw(st.sampled_from(["payment", "confidentiality-end", "ip-licence-end", "change-notice", "report"])),
        "side": draw(SIDES),
    }
    if draw(st.booleans()):
        made["every"] = draw(st.sampled_from(["1 month", "3 months", "1 year", "45 days", "30 working days"]))
        made["due"] = draw(st.sampled_from(["on period_end", "on period_start", "10 days before period_end"]))
        made["while"] = draw(st.sampled_from(["in_force", "after_end", "always"]))
        if draw(st.booleans()):
            made["until"] = draw(st.sampled_from(["2 years", "7 months", "70 working days"]))
    else:
        direction = draw(st.sampled_from(["before", "after"]))
        within = "within " if direction == "before" and draw(st.booleans()) else ""
        made["due"] = f"{within}{draw(SHORT)} {direction} {draw(ANCHORS)}"
    if draw(st.booleans()):
        made["grace"] = draw(SHORT)
    return made


@st.composite
def renewals(draw: st.DrawFn) -> dict[str, Any]:
    sides = draw(st.sampled_from([[], ["both"], ["us"], ["us", "them"]]))
    windows = [{"side": side, "at_least": draw(SHORT)} for side in sides]
    made: dict[str, Any] = {
        "mode": draw(st.sampled_from(["none", "agreement", "automatic", "option"])),
        "notice": windows,
        "cap": draw(st.none() | st.integers(0, 4)),
        "length": draw(st.none() | st.sampled_from(["6 months", "1 year", "200 days", "90 working days"])),
        "formalities": draw(st.none() | st.just("15 days")),
        "formalities_within": draw(st.booleans()),
    }
    return {name: value for name, value in made.items() if value is not None}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A contract with some terms, some duties and some history."""
    start = draw(DAYS)
    counts = draw(st.sampled_from([True, False, None]))
    term = {"length": draw(LENGTHS), **({} if counts is None else {"first_day_counts": counts})}
    return contract(
        effect={"when": start.isoformat()},
        term=draw(st.none() | st.just(term)),
        renewal=draw(st.none() | renewals()),
        termination=draw(st.none() | st.builds(lambda notice: [{"side": "both", "notice": notice}], SHORT)),
        delivery=draw(st.none() | st.builds(lambda way: [{"method": "courier", "allowance": way}], WAYS)),
        obligations=draw(st.lists(obligations(), max_size=4)),
    )


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    kinds = st.sampled_from(
        [
            FactKind.SIGNED,
            FactKind.RENEWED,
            FactKind.NOTICE_NOT_TO_RENEW,
            FactKind.NOTICE_TO_TERMINATE,
            FactKind.END_INTENDED,
            FactKind.ENDED,
            FactKind.COMPLAINT_RECEIVED,
            FactKind.INVOICE_RECEIVED,
        ]
    )
    drawn = draw(st.lists(st.tuples(kinds, DAYS, st.sampled_from([None, Side.US, Side.THEM])), max_size=6))
    return tuple(Fact(f"{kind}-{n}", kind, day, by) for n, (kind, day, by) in enumerate(drawn))


def agreement_of(document: Mapping[str, Any], calendar: WorkingCalendar = CN) -> Agreement:
    return agreed(drafted(document), calendar)
