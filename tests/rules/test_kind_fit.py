"""Which contracts the blanks of a kind tell in full, and which blank a place of the document is written from."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.kind_desk import KINDS, Document, filled, paper
from tests.rules.showroom import KIND, SHOWROOM, showroom
from tracker.rules.kind_fill import begin
from tracker.rules.kind_fit import Fit, Stray, blanks_at, fit
from tracker.rules.kinds import Where

VALUES = {"years": "3 years", "before": "90 days", "way": "courier", "travel": "3 days", "pets": "yes"}


def lease(**sections: Any) -> Document:
    document = filled(KIND, paper(KIND), **VALUES)
    return {**document, **sections}


def with_obligation(change: Callable[[dict[str, Any]], object]) -> Fit:
    """The fit of the lease once its proof of insurance was changed."""
    document = lease()
    change(next(item for item in document["obligations"] if item["key"] == "insured"))
    return fit(KIND, document)


@pytest.mark.parametrize("code", KINDS)
def test_what_was_filled_in_is_told_in_full_by_the_blanks(code: str) -> None:
    kind = KINDS[code]
    found = fit(kind, filled(kind, paper(kind)))
    assert found.fits
    assert (found.reworded, found.besides) == ((), ())


@pytest.mark.parametrize(
    ("field", "value"), [("until", "2 years"), ("due", "on 2026-05-01"), ("side", "both"), ("target", "3 days")]
)
def test_a_field_that_decides_a_day_in_other_words_is_the_contracts_own(field: str, value: str) -> None:
    found = with_obligation(lambda body: body.update({field: value}))
    assert found.reworded == (Stray(Where.OBLIGATIONS, "insurance-proof", "Proof of insurance"),)
    assert not found.fits


DECIDES = {
    "effect": ("when", "conditions"),
    "term": ("start", "length", "end", "minimum", "first_day_counts"),
    "renewal": ("mode", "cap", "length", "formalities", "formalities_within"),
    "termination": ("side", "notice"),
    "obligations": (
        *("side", "due", "every", "while", "first", "until", "nature", "amount", "late_rate", "target", "arrives"),
        *("grace", "holidays", "birthdays", "classes"),
    ),
}


@pytest.mark.parametrize(("section", "field"), [(section, field) for section in DECIDES for field in DECIDES[section]])
def test_every_field_that_decides_a_day_or_a_sum_is_looked_at(section: str, field: str) -> None:
    kind = KINDS["customer-service"]
    document = filled(kind, paper(kind), effect_day="2026-05-01")
    body = document[section][0] if isinstance(document[section], list) else document[section]
    body[field] = ["other words"] if field == "conditions" else "other words"
    assert [stray.where.value for stray in fit(kind, document).reworded] == [section]


@pytest.mark.parametrize(
    ("section", "field"),
    [
        *(("notice", "side"), ("notice", "not_earlier_than"), ("delivery", "counts_on")),
        *(("delivery", "calendar"), ("delivery", "zone"), ("delivery", "cut_off")),
    ],
)
def test_what_a_window_or_a_way_says_besides_is_the_contracts_own(section: str, field: str) -> None:
    document = lease()
    holder = document["renewal"] if section == "notice" else document
    holder[section][0][field] = "other words"
    assert [stray.where.value for stray in fit(KIND, document).reworded] == [section]


def test_a_blank_that_stands_for_two_things_at_once_is_the_contracts_own_wording() -> None:
    document = lease()
    next(item for item in document["obligations"] if item["key"] == "pets")["due"] = "10 days before term_end"
    assert [stray.code for stray in fit(KIND, document).reworded] == ["pet-report"]


@pytest.mark.parametrize("field", ["reference", "quote", "title"])
def test_the_clauses_number_and_its_words_are_no_matter_of_the_blanks(field: str) -> None:
    assert with_obligation(lambda body: body.update({field: "cl. 7"})).fits


def test_what_the_kind_does_not_bring_stands_besides() -> None:
    more = [*lease()["obligations"], {"code": "report", "side": "us", "due": "on 2026-05-01"}]
    found = fit(KIND, lease(obligations=more, termination=[{"side": "both", "notice": "30 days"}]))
    assert found.fits
    assert found.besides == (Stray(Where.TERMINATION), Stray(Where.OBLIGATIONS, "report"))


def test_what_stands_in_the_place_of_something_the_kind_brings_is_the_contracts_own() -> None:
    other = [{"key": "cover", "code": "insurance-proof", "title": "Cover", "side": "us", "due": "on 2026-05-01"}]
    found = fit(KIND, lease(obligations=other))
    assert found.reworded == (Stray(Where.OBLIGATIONS, "insurance-proof", "Cover"),)
    assert not found.fits


def test_what_the_contract_does_without_leaves_its_place_to_nothing_else() -> None:
    kept = [body for body in lease()["obligations"] if body["key"] != "insured"]
    report = {"code": "report", "title": "Report", "side": "us", "due": "on 2026-05-01"}
    found = fit(KIND, lease(obligations=[*kept, report]))
    assert found.fits
    assert (found.answers.without, found.besides) == (
        frozenset({"insured"}),
        (Stray(Where.OBLIGATIONS, "report", "Report"),),
    )


def test_a_way_of_delivery_in_words_no_blank_holds_stands_in_the_place_of_the_kinds() -> None:
    found = fit(KIND, lease(delivery=[{"method": "courier", "allowance": "“as the wind blows”"}]))
    assert (found.reworded, found.besides) == ((Stray(Where.DELIVERY),), ())


@pytest.mark.parametrize(
    "section", [{"term": {"length": "三年"}}, {"renewal": {"mode": "agreement", "notice": [{"at_least": "90 日"}]}}]
)
def test_a_period_that_the_blank_would_write_in_other_words_does_not_stay_as_it_is(section: dict[str, Any]) -> None:
    found = fit(KIND, lease(**section))
    assert (found.holds, found.reworded) == (False, ())


TWICE = showroom(
    SHOWROOM.replace(
        'at_least = "{before}"',
        'side = "A"\nat_least = "{before}"\n[[renewal.notice]]\nside = "B"\nat_least = "{before}"',
    ).replace(
        'allowance = "{travel}"', 'allowance = "{travel}"\n[[delivery]]\nmethod = "{way}"\nallowance = "{travel}"'
    )
)
"""Both sides have the same time for notice, and there are two ways to send it."""


@pytest.mark.parametrize(
    ("section", "field"), [("notice", "at_least"), ("delivery", "method"), ("delivery", "allowance")]
)
def test_a_blank_used_twice_tells_only_what_is_the_same_both_times(section: str, field: str) -> None:
    document = filled(TWICE, paper(TWICE), **VALUES)
    assert fit(TWICE, document).fits
    holder = document["renewal"] if section == "notice" else document
    holder[section][1][field] = "9 days"
    assert [stray.where.value for stray in fit(TWICE, document).reworded] == [section]


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_field_says_no_more_than_none(nothing: str | None) -> None:
    place = '[blanks.spot]\nsection = "all"\ntype = "text"\nlabel = "Where"\n[term]'
    kind = showroom(SHOWROOM.replace("[term]", place).replace("only_if = { pets", 'place = "{spot}"\nonly_if = { pets'))
    document = lease()
    document["obligations"][1]["place"] = nothing
    assert fit(kind, document).fits
    document["obligations"][1]["place"] = "the hall"
    assert fit(kind, document).answers.values["spot"] == "the hall"


def test_what_is_stored_as_text_is_the_same_contract() -> None:
    document = lease(tags=[], owner=None)
    assert fit(KIND, {**document, "term": {name: str(value) for name, value in document["term"].items()}}).fits


def test_taking_effect_on_signing_says_no_more_than_nothing() -> None:
    kind = KINDS["customer-service"]
    document = filled(kind, paper(kind))
    assert fit(kind, {**document, "effect": {"when": "signing"}}).fits
    assert fit(KIND, lease(effect={"when": "signing"})).besides == ()
    dated, problems = begin(
        kind, {**kind.usual(), "effect_day": "2026-05-01"}, {**document, "effect": {"when": "signing"}}
    )
    assert problems == []
    assert dated["effect"] == {"when": "2026-05-01"}


def test_a_value_outside_its_range_cannot_be_filled_in_again() -> None:
    kind = KINDS["customer-service"]
    document = filled(kind, paper(kind))
    found = fit(kind, {**document, "term": {**document["term"], "length": "90 years"}})
    assert (found.holds, found.fits) == (False, False)


@pytest.mark.parametrize(
    ("place", "blanks"),
    [
        ("term", ("years", "until")),
        ("term.length", ("years",)),
        ("term.minimum", ("years", "until")),
        ("renewal.mode", ("goes_on",)),
        ("renewal.notice[0].at_least", ("before",)),
        ("renewal.notice[7].at_least", ()),
        ("delivery[0]", ("way", "travel")),
        ("obligations[1].due", ("before",)),
        ("obligations[0].due", ("insured",)),
        ("obligations[9].due", ()),
        ("parties[0].name", ()),
        ("", ()),
    ],
)
def test_a_place_of_the_document_leads_to_its_blanks(place: str, blanks: tuple[str, ...]) -> None:
    assert blanks_at(KIND, lease(), place) == blanks


def test_a_form_still_being_filled_in_gives_what_can_be_used() -> None:
    document, problems = begin(KIND, {**VALUES, "years": "soon", "goes_on": "agreement"}, paper(KIND))
    assert [problem.place for problem in problems] == ["years"]
    assert "term" not in document
    assert document["renewal"]["mode"] == "agreement"
    assert document["number"] == "2026-1"


def test_a_form_still_being_filled_in_knows_who_is_us() -> None:
    document, _problems = begin(KIND, {**VALUES, "insured": "B"}, paper(KIND, us="B"))
    assert [body.get("side") for body in document["obligations"]] == ["us", None]
