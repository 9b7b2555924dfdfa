"""Amendments put into a contract document, taken out of it, and kept true when what was recorded is corrected.

The rent is due after 10 days and 9000 CNY; from April it is due after 15 days, and from October it is 9500 CNY.
"""

from typing import Any

import pytest

from tracker.rules.rewording import (
    amended,
    amendments_of,
    changed_by,
    corrected,
    in_force_on,
    redated,
    terms_of,
    without,
    wordings,
)

Document = dict[str, Any]


def lease(days: int, amount: int, **fields: Any) -> Document:
    """A lease with rent due so many days after each quarter, and with other fields of the rent."""
    rent = {"key": "rent", "code": "payment", "due": f"{days} days after period_end", "amount": f"{amount} CNY"}
    return {"number": "L-1", "owner": "ana@acme.example", "obligations": [{**rent, **fields}]}


def step(key: str, effective: str, **more: Any) -> Document:
    return {"key": key, "title": f"Supplement {key}", "signed": "2026-01-05", "effective": effective, **more}


APRIL, OCTOBER = step("april", "2026-04-01"), step("october", "2026-10-01")
FIRST, SECOND, NOW = lease(10, 9000), lease(15, 9000), lease(15, 9500)
RECORDED: Document = {
    **NOW,
    "amendments": [{**OCTOBER, "before": terms_of(SECOND)}, {**APRIL, "before": terms_of(FIRST)}],
}


def told(document: Any) -> list[str]:
    """What each wording says of the rent, the oldest first, each with the amendment that brought it."""
    befores = [item["before"] for item in amendments_of(document)]
    keys = ["", *(item["key"] for item in amendments_of(document))]
    return [f"{key} {_rent(terms)}".strip() for key, terms in zip(keys, [*befores, document], strict=True)]


def _rent(terms: Any) -> str:
    (rent,) = terms["obligations"]
    more = [value for name, value in rent.items() if name not in ("key", "code", "due", "amount")]
    return " ".join([rent["due"].partition(" ")[0], rent["amount"].partition(" ")[0], *more])


def test_what_was_recorded_says_so() -> None:
    assert told(RECORDED) == ["10 9000", "april 15 9000", "october 15 9500"]


def test_a_section_in_which_nothing_is_said_is_not_there() -> None:
    """Found by test: a file with `effect: {when: null}` before an amendment could not be taken in."""
    silent = {"term": {"length": None}, "effect": {"when": ""}, "renewal": {}, "law": {"counting": None}}
    assert terms_of({**FIRST, **silent}) == terms_of(FIRST)


# -------------------------------------------------------------------- what holds when


@pytest.mark.parametrize(
    ("day", "rent"),
    [
        ("2026-03-31", "10 9000"),
        ("2026-04-01", "15 9000"),
        ("2026-09-30", "15 9000"),
        ("2026-10-01", "15 9500"),
    ],
)
def test_terms_hold_until_the_day_before_an_amendment(day: str, rent: str) -> None:
    assert _rent(in_force_on(RECORDED, day)) == rent


def test_an_amendment_changes_the_terms_in_force_until_its_day() -> None:
    days = ["2026-03-31", "2026-04-01", "2026-05-01", "2026-10-02"]
    assert [_rent(changed_by(RECORDED, step("z", day, signed="2026-01-06"))) for day in days] == [
        "10 9000",
        "15 9000",
        "15 9000",
        "15 9500",
    ]
    assert [_rent(changed_by(RECORDED, one)) for one in (APRIL, OCTOBER)] == ["10 9000", "15 9000"]


@pytest.mark.parametrize(
    ("more", "rent"),
    [
        ({"signed": "2026-01-04"}, "10 9000"),
        ({"signed": "2026-01-06"}, "15 9000"),
        ({"key": "b"}, "10 9000"),  # a shorter key comes first: amendment-9 before amendment-10
        ({"key": "aprik"}, "10 9000"),
        ({"key": "april-2"}, "15 9000"),
    ],
)
def test_of_two_amendments_of_a_day_the_one_signed_or_recorded_first_comes_first(
    more: dict[str, str], rent: str
) -> None:
    assert _rent(changed_by(RECORDED, {**APRIL, **more})) == rent


def test_the_wordings_before_and_after_each_amendment_are_told() -> None:
    assert [[_rent(terms) for terms in wordings(RECORDED, key)] for key in ("april", "october")] == [
        ["10 9000", "15 9000"],
        ["15 9000", "15 9500"],
    ]


# ------------------------------------------------------------------------ one more


@pytest.mark.parametrize(
    ("effective", "document", "wanted"),
    [
        ("2026-01-10", lease(10, 9000, note="x"), ["10 9000", "z 10 9000 x", "april 15 9000 x", "october 15 9500 x"]),
        ("2026-05-01", lease(15, 9000, note="x"), ["10 9000", "april 15 9000", "z 15 9000 x", "october 15 9500 x"]),
        ("2026-05-01", lease(20, 9000), ["10 9000", "april 15 9000", "z 20 9000", "october 20 9500"]),
        ("2026-05-01", lease(15, 9900), ["10 9000", "april 15 9000", "z 15 9900", "october 15 9500"]),
        ("2026-12-01", lease(20, 9900), ["10 9000", "april 15 9000", "october 15 9500", "z 20 9900"]),
    ],
)
def test_an_amendment_holds_on_as_far_as_no_later_one_changes_the_same(
    effective: str, document: Document, wanted: list[str]
) -> None:
    found = amended(RECORDED, {**document, "owner": "ben@acme.example"}, step("z", effective))
    assert told(found) == wanted
    assert found["owner"] == "ben@acme.example"


def test_the_first_amendment_of_a_contract_keeps_what_was_agreed_before_it() -> None:
    found = amended(FIRST, SECOND, APRIL)
    assert told(found) == ["10 9000", "april 15 9000"]
    assert found["amendments"] == [{**APRIL, "before": terms_of(FIRST)}]


# -------------------------------------------------------------------- put right


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        (lease(15, 9500, note="x"), ["10 9000 x", "april 15 9000 x", "october 15 9500 x"]),
        (lease(20, 9500), ["10 9000", "april 20 9000", "october 20 9500"]),
        (lease(15, 9900), ["10 9000", "april 15 9000", "october 15 9900"]),
    ],
)
def test_a_correction_reaches_back_to_where_the_words_came_in(document: Document, wanted: list[str]) -> None:
    found = corrected(RECORDED, {**document, "owner": "ben@acme.example"})
    assert told(found) == wanted
    assert found["owner"] == "ben@acme.example"


def test_a_correction_of_a_contract_never_amended_is_what_it_says() -> None:
    assert corrected(FIRST, {**SECOND, "amendments": [APRIL]}) == SECOND


def test_what_was_added_by_an_amendment_is_corrected_from_then_on_only() -> None:
    added = {"key": "fee", "code": "payment", "due": "on 2026-12-01"}
    with_fee = {**SECOND, "obligations": [*SECOND["obligations"], added]}
    found = corrected(amended(FIRST, with_fee, APRIL), {**with_fee, "obligations": [*SECOND["obligations"]]})
    assert told(found) == ["10 9000", "april 15 9000"], "it was never agreed"
    later = corrected(
        amended(FIRST, with_fee, APRIL), {**with_fee, "obligations": [*SECOND["obligations"], {**added, "note": "x"}]}
    )
    assert told({**later, "obligations": later["obligations"][:1]}) == ["10 9000", "april 15 9000"]
    assert later["obligations"][1] == {**added, "note": "x"}


# ------------------------------------------------------------------- taken back


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("april", ["10 9000", "october 10 9500"]), ("october", ["10 9000", "april 15 9000"])],
)
def test_an_amendment_taken_back_leaves_what_others_changed(key: str, wanted: list[str]) -> None:
    assert told(without(RECORDED, key)) == wanted


def test_one_of_three_amendments_is_taken_back_alone() -> None:
    three = amended(RECORDED, lease(15, 9500, note="x"), step("z", "2026-12-01"))
    assert [told(without(three, key)) for key in ("april", "october", "z")] == [
        ["10 9000", "october 10 9500", "z 10 9500 x"],
        ["10 9000", "april 15 9000", "z 15 9000 x"],
        ["10 9000", "april 15 9000", "october 15 9500"],
    ]
    assert "amendments" not in without(without(RECORDED, "april"), "october")


@pytest.mark.parametrize(
    ("amendment", "wanted"),
    [
        (step("april", "2026-05-01"), ["10 9000", "april 15 9000", "october 15 9500"]),
        (step("april", "2026-11-01"), ["10 9000", "october 10 9500", "april 15 9500"]),
        (step("october", "2026-02-01"), ["10 9000", "october 10 9500", "april 15 9500"]),
        (step("october", "2026-10-01", title="No. 2"), ["10 9000", "april 15 9000", "october 15 9500"]),
    ],
)
def test_what_an_amendment_changed_moves_with_its_day(amendment: Document, wanted: list[str]) -> None:
    found = redated(RECORDED, amendment)
    assert told(found) == wanted
    (moved,) = (item for item in found["amendments"] if item["key"] == amendment["key"])
    assert (moved["effective"], moved["title"]) == (amendment["effective"], amendment["title"])
    assert found["owner"] == "ana@acme.example"
