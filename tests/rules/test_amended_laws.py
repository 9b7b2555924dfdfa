"""Laws of amendments, whatever was agreed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.any_contract import CN, DAYS, documents, facts
from tests.support.cast import agreed, drafted
from tracker.rules.amendment_form import TERMS
from tracker.rules.facts import Fact
from tracker.rules.rewording import amended, amendments_of, corrected, in_force_on, terms_of, without
from tracker.rules.schedule import schedule
from tracker.rules.versions import in_force, versions

KEYS = ("payment", "payment-2", "payment-3", "report", "ip-licence-end", "change-notice")
FIELDS = st.sampled_from(["reference", "title", "due", "method"])
WORDS = st.sampled_from(["cl. 1", "cl. 2", "cl. 3"])


def by_key(document: Mapping[str, Any], told: tuple[Fact, ...], today: date) -> dict[str, Any]:
    return {item.key: item for item in schedule(agreed(drafted(document), CN), told, today)}


def amendment(number: int, effective: date, before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": f"amendment-{number}",
        "title": "Supplement",
        "signed": effective.isoformat(),
        "effective": effective.isoformat(),
        "before": dict(before),
    }


@st.composite
def amended_documents(draw: st.DrawFn) -> dict[str, Any]:
    """A contract amended up to three times, each wording as it may be."""
    document = draw(documents())
    days = draw(st.lists(DAYS, max_size=3, unique=True))
    before = [amendment(n, day, terms_of(draw(documents()))) for n, day in enumerate(days, 1)]
    return {**document, "amendments": before}


@given(documents(), facts(), DAYS, st.lists(DAYS, min_size=1, max_size=3))
def test_an_amendment_that_changes_nothing_changes_no_deadline(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, effective: list[date]
) -> None:
    nothing = [amendment(n, day, terms_of(document)) for n, day in enumerate(effective, 1)]
    assert by_key({**document, "amendments": nothing}, told, today) == by_key(document, told, today)


@given(amended_documents(), facts(), DAYS, st.randoms(use_true_random=False))
def test_the_order_in_which_amendments_are_written_does_not_matter(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, dice: Any
) -> None:
    shuffled = list(document["amendments"])
    dice.shuffle(shuffled)
    assert by_key({**document, "amendments": shuffled}, told, today) == by_key(document, told, today)


@given(amended_documents(), facts(), DAYS)
def test_every_key_is_there_once_and_the_same_question_has_the_same_answer(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    agreement = agreed(drafted(document), CN)
    found = schedule(agreement, told, today)
    assert len({item.key for item in found}) == len(found)
    assert schedule(agreement, told, today) == found


@given(amended_documents(), DAYS)
def test_one_version_of_the_terms_is_in_force_on_any_day(document: dict[str, Any], day: date) -> None:
    agreement = agreed(drafted(document), CN)
    assert sum(version.holds(day) for version in versions(agreement)) == 1
    written = in_force_on(document, day.isoformat())
    assert in_force(agreement, day).term == agreed(drafted({**document, "term": None, **written}), CN).term


@given(documents(), facts(), DAYS, DAYS)
def test_an_amendment_ahead_leaves_alone_whatever_starts_before_it(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, effective: date
) -> None:
    """Nothing but obligations is looked at: a term that is extended moves its end at once."""
    now = {**document, "obligations": None}
    later = {**now, "amendments": [amendment(1, effective, terms_of(document))]}
    before = by_key(document, told, today)
    for key, item in by_key({name: value for name, value in later.items() if value}, told, today).items():
        assert replace(item, terms_before="") == before[key]


@given(amended_documents(), facts(), DAYS, st.integers(0, 1500))
def test_a_later_today_neither_drops_nor_moves_what_had_a_day(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, later: int
) -> None:
    """Whatever was amended, a term that was taken out and agreed again among it."""
    before, after = by_key(document, told, today), by_key(document, told, today + timedelta(days=later))
    dated = {key: item for key, item in before.items() if not item.waits_for}
    assert dated.keys() <= after.keys()
    assert {key: item.legal for key, item in dated.items()} == {key: after[key].legal for key in dated}


# ------------------------------------------------------------------- documents

Edits = list[tuple[str, str, str]]
EDITS = st.lists(st.tuples(st.sampled_from(KEYS), FIELDS.filter(lambda name: name != "due"), WORDS), max_size=4)


def edited(document: Mapping[str, Any], edits: Edits) -> dict[str, Any]:
    """The document with these fields of its obligations changed."""
    obligations = [dict(body) for body in terms_of(document).get("obligations", [])]
    for key, name, text in edits:
        for body in obligations:
            if body["key"] == key:
                body[name] = text
    return {**document, **({"obligations": obligations} if obligations else {})}


def on_the_day(document: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The document as a form shows it that is filled with the terms of a day."""
    kept = {name: value for name, value in document.items() if name not in TERMS}
    return {**kept, **in_force_on(document, day.isoformat())}


@given(documents(), EDITS, EDITS, st.lists(DAYS, min_size=2, max_size=2, unique=True))
def test_amendments_recorded_in_either_order_say_the_same(
    document: dict[str, Any], first: Edits, second: Edits, days: list[date]
) -> None:
    """Each is recorded on the terms of its day; where both change the same, the later one stands after it."""
    first = [edit for edit in first if edit[:2] not in {other[:2] for other in second}]
    steps = [(1, first, days[0]), (2, second, days[1])]
    found = []
    for order in (steps, steps[::-1]):
        stored: Mapping[str, Any] = edited(document, [])
        for number, edits, day in order:
            stored = amended(stored, edited(on_the_day(stored, day), edits), amendment(number, day, {}))
        found.append((terms_of(stored), amendments_of(stored)))
    assert found[0] == found[1]


@given(documents(), EDITS, DAYS)
def test_an_amendment_taken_back_leaves_nothing_behind(document: dict[str, Any], edits: Edits, day: date) -> None:
    stored = edited(document, [])
    recorded = amended(stored, edited(stored, edits), amendment(1, day, {}))
    assert terms_of(recorded) == terms_of(edited(stored, edits))
    assert without(recorded, "amendment-1") == on_the_day(stored, day)


@given(documents(), EDITS, EDITS, DAYS)
def test_a_correction_reaches_back_as_far_as_nothing_else_was_agreed(
    document: dict[str, Any], edits: Edits, correction: Edits, day: date
) -> None:
    stored = edited(document, [])
    recorded = amended(stored, edited(stored, edits), amendment(1, day, {}))
    fixed = corrected(recorded, edited(recorded, correction))
    assert terms_of(fixed) == terms_of(edited(recorded, correction))
    untouched = [edit for edit in correction if edit[:2] not in {other[:2] for other in edits}]
    wanted = terms_of(edited(stored, untouched))
    before = amendments_of(fixed)[0]["before"]
    changed_back = {
        (body["key"], name)
        for body in before.get("obligations", [])
        for name in ("reference", "title", "method")
        if body.get(name) != next(item for item in wanted["obligations"] if item["key"] == body["key"]).get(name)
    }
    assert changed_back <= {edit[:2] for edit in edits}
