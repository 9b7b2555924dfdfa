"""Whatever a contract document must not say is told with its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cast import LEASE, bare, contract
from tracker.rules.contract_file import read_contract
from tracker.rules.facts import FactKind


def problems(document: object) -> dict[str, str]:
    draft, found = read_contract(document)
    assert (draft is None) == bool(found)
    return {problem.place: str(problem) for problem in found}


def duty(**fields: Any) -> dict[str, Any]:
    return bare(obligations=[{"code": "report", "due": "on 2026-05-01", **fields}])


BAD: list[tuple[str, Any, dict[str, str]]] = [
    ("not a mapping", ["a"], {"document": "Write this as named fields."}),
    ("no format", contract(format=None), {"format": "Write format: contract/1."}),
    ("a newer format", contract(format="contract/2"), {"format": "Write format: contract/1."}),
    ("no number", contract(number=None), {"number": "This is needed."}),
    ("no title", contract(title="  "), {"title": "This is needed."}),
    ("a title of 10 MB", contract(title="x" * 10_000_000), {"title": "This is too long: at most 500 characters."}),
    (
        "a line break in a name",
        contract(parties=[{"name": "Acme\r\nBcc: x", "us": True}, {"name": "B"}]),
        {"parties[0].name": "Write this on one line, without control characters."},
    ),
    (
        "one party",
        contract(parties=[{"name": "Acme", "us": True}]),
        {"parties": "A contract has at least two parties."},
    ),
    (
        "nobody is us",
        contract(parties=[{"name": "Acme"}, {"name": "B"}]),
        {"parties": "Say which one party is us."},
    ),
    (
        "two of us",
        contract(parties=[{"name": "Acme", "us": True}, {"name": "B", "us": True}]),
        {"parties": "Say which one party is us."},
    ),
    (
        "two parties A",
        contract(parties=[{"role": "A", "name": "Acme", "us": True}, {"role": "A", "name": "B"}]),
        {"parties": "Two parties have the same role."},
    ),
    (
        "the end before the start",
        contract(term={"start": "2026-05-01", "end": "2026-04-30"}),
        {"term": "the term ends before it starts"},
    ),
    (
        "the 30th of February",
        contract(effect={"when": "2026-02-30"}),
        {"effect.when": "There is no such day: 2026-02-30."},
    ),
    ("an end beyond all years", contract(term={"end": "9999-12-31"}), {"term.end": "Write a year from 1900 to 2999."}),
    (
        "a term without end",
        contract(term={"length": "9000 years"}),
        {"term.length": "This is too long: at most 200 years."},
    ),
    ("no length at all", contract(term={"length": "0 days"}), {"term": "a term needs a length of at least one"}),
    (
        "a renewal of nothing",
        contract(renewal={"mode": "automatic", "length": "0 months"}),
        {"renewal": "a renewal needs a length of at least one"},
    ),
    (
        "two windows for one side",
        contract(renewal={"mode": "automatic", "notice": [{"at_least": "30 days"}, {"at_least": "60 days"}]}),
        {"renewal": "each side has one notice window"},
    ),
    (
        "a negative cap",
        contract(renewal={"mode": "automatic", "cap": -1}),
        {"renewal.cap": "Write a whole number."},
    ),
    (
        "an unknown mode",
        contract(renewal={"mode": "maybe"}),
        {"renewal.mode": "Write one of: none, agreement, automatic, option."},
    ),
    (
        "an unknown code",
        duty(code="dancing"),
        {"obligations[0].code": "Unknown code: use one of the catalogue, or give a title of your own."},
    ),
    ("no due day", bare(obligations=[{"code": "report"}]), {"obligations[0].due": "This is needed."}),
    (
        "a due day nobody understands",
        duty(due="soonish"),
        {
            "obligations[0].due": "Write a due day such as “10 days before period_end”, “3 years after ended” or "
            "“on 2026-05-01”."
        },
    ),
    (
        "an unknown starting point",
        duty(due="3 days after lunch"),
        {"obligations[0].due": "“lunch” is not a starting point."},
    ),
    (
        "a period that never comes",
        duty(due="on period_end"),
        {"obligations[0]": "a due day counted from a period needs to say how often the period comes"},
    ),
    (
        "every month after an event",
        duty(due="10 days after invoice_received", every="1 month"),
        {"obligations[0]": "what comes round is counted from period_start or period_end"},
    ),
    (
        "every few hours",
        duty(due="on period_end", every="12 hours"),
        {"obligations[0].every": "a series needs a period of at least one day"},
    ),
    (
        "until some time",
        duty(due="on period_end", every="1 month", until="promptly"),
        {"obligations[0].every": "a series goes on until a period with a number has passed"},
    ),
    ("until without every", duty(until="1 year"), {"obligations[0].until": "This needs “every”."}),
    (
        "money without a currency",
        duty(amount="120000"),
        {"obligations[0].amount": "a currency is a three-letter code such as CNY"},
    ),
    (
        "no money",
        duty(amount="much CNY"),
        {"obligations[0].amount": "Write an amount with its currency, such as 120000.00 CNY."},
    ),
    (
        "less than no money",
        duty(amount="-5 CNY"),
        {"obligations[0].amount": "an amount must be a number that is not negative"},
    ),
    (
        "a rate over the whole",
        duty(late_rate="120%"),
        {"obligations[0].late_rate": "Write a late fee such as 2% (once), 0.05% per day or 1.5% per month."},
    ),
    (
        "the same key twice",
        bare(
            obligations=[
                {"code": "report", "due": "standing", "key": "a"},
                {"code": "payment", "due": "standing", "key": "a"},
            ]
        ),
        {"obligations": "Two clauses have the key “a”."},
    ),
    (
        "an unknown fact",
        contract(facts=[{"kind": "lunch", "day": "2026-01-01"}]),
        {"facts[0].kind": "Write one of: " + ", ".join(FactKind) + "."},
    ),
    ("a fact without a day", contract(facts=[{"kind": "signed"}]), {"facts[0].day": "This is needed."}),
    (
        "two facts of one name",
        contract(
            facts=[
                {"kind": "signed", "day": "2026-01-01", "key": "x"},
                {"kind": "ended", "day": "2026-02-01", "key": "x"},
            ]
        ),
        {"facts[1].key": "Two facts have the key “x”."},
    ),
    ("unknown rules", contract(law={"counting": "roman"}), {"law.counting": "*"}),
    ("an unknown calendar", contract(law={"calendar": "XX"}), {"law.calendar": "*"}),
    ("an unknown zone", contract(law={"zone": "Mars/Base"}), {"law.zone": "*"}),
    ("an unknown language", contract(language="la"), {"language": "Write one of: en, zh-Hans, zh-Hant."}),
    ("a field misspelt", contract(titel="x"), {"titel": "Unknown field; did you mean “title”?"}),
    ("tags that are no list", contract(tags="office"), {"tags": "Write this as a list."}),
]


@pytest.mark.parametrize(("document", "told"), [(bad, told) for _, bad, told in BAD], ids=[name for name, _, _ in BAD])
def test_what_must_not_be_is_told_with_its_place(document: Any, told: dict[str, str]) -> None:
    found = problems(document)
    for place, text in told.items():
        assert place in found
        assert text in ("*", found[place])


def test_every_problem_is_told_at_once() -> None:
    found = problems(contract(number="", title="", language="la", tags="x", effect={"when": "yesterday"}))
    assert found.keys() == {"number", "title", "language", "tags", "effect.when"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([*LEASE, "facts", "termination", "delivery", "completions", "access", "fields", "tags"])
PHRASES = st.sampled_from(["1 year", "promptly", "on ended", "5 days after signed", "us", "signed", "automatic", "2%"])


FIELDS = st.sampled_from(["code", "due", "kind", "day", "notice", "name"])
SECTIONS = st.lists(st.dictionaries(FIELDS, ANYTHING | PHRASES), max_size=3)


@given(st.dictionaries(NAMES, ANYTHING | SECTIONS, max_size=6))
def test_nothing_anybody_sends_breaks_it(change: dict[str, Any]) -> None:
    draft, found = read_contract({**LEASE, **change})
    assert (draft is None) == bool(found)
    assert all(str(problem) for problem in found)
