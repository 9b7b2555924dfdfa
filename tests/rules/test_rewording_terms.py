"""What of a contract document is agreed, and how two changes of the same part of it go together."""

from typing import Any

import pytest

from tracker.rules.rewording import amended, amendments_of, terms_of, units, worded

Document = dict[str, Any]
MAY: Document = {"key": "may", "signed": "2026-01-05", "effective": "2026-05-01"}
OCTOBER: Document = {"key": "october", "signed": "2026-01-05", "effective": "2026-10-01"}


WHOLE: Document = {
    "number": "L-1",
    "title": "Office lease",
    "owner": "ana@acme.example",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading", "phone": ""}],
    "law": {"counting": "prc-civil-code", "zone": None},
    "obligations": [{"code": "payment", "due": "on signed"}],
    "delivery": [{"method": "post", "allowance": 3}],
    "termination": [{"notice": "30 days"}],
    "renewal": {"mode": "agreement"},
    "term": {"length": "2 years"},
    "effect": {"when": "2026-01-01"},
    "money": {"amount": 9000},
    "tags": ["office"],
    "facts": [{"kind": "signed", "day": "2026-01-05"}],
}
TERMS_OF_IT: Document = {
    "title": "Office lease",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong Trading"}],
    "law": {"counting": "prc-civil-code"},
    "effect": {"when": "2026-01-01"},
    "term": {"length": "2 years"},
    "renewal": {"mode": "agreement"},
    "termination": [{"notice": "30 days"}],
    "delivery": [{"method": "post", "allowance": "3"}],
    "obligations": [{"key": "payment", "code": "payment", "due": "on signed"}],
    "money": {"amount": "9000"},
}


def test_terms_are_what_was_agreed_and_not_what_the_team_adds_or_what_happened() -> None:
    found = terms_of(WHOLE)
    assert found == TERMS_OF_IT
    assert list(found) == list(TERMS_OF_IT)
    assert terms_of({"number": "L-1", "title": "", "parties": [], "law": None, "money": {}}) == {}


def test_other_terms_leave_what_is_the_teams_own() -> None:
    assert worded(WHOLE, {"title": "Warehouse lease"}) == {
        "number": "L-1",
        "owner": "ana@acme.example",
        "tags": ["office"],
        "facts": [{"kind": "signed", "day": "2026-01-05"}],
        "title": "Warehouse lease",
    }


def test_every_part_of_the_terms_has_a_name_by_which_it_is_found_in_other_wordings() -> None:
    payment, report = {"code": "payment"}, {"code": "report"}
    rows = {
        "title": "Office lease",
        "parties": [{"role": "B", "name": "Hualong Trading"}, {"role": "A", "name": "Acme"}],
        "termination": [{"notice": "30 days"}, {"notice": "60 days"}, {"key": "own", "notice": "9 days"}],
        "delivery": [{"method": "post"}, {"method": "courier"}, {"method": "post"}],
        "obligations": [payment, report, payment, {**payment, "key": "rent"}, payment],
        "money": {},
        "owner": "ana@acme.example",
    }
    assert [f"{name} {key}".strip() for name, key in units(rows)] == [
        "title",
        *("parties B", "parties A"),
        *("termination termination", "termination termination-2", "termination own"),
        *("delivery post", "delivery courier", "delivery post-2"),
        *("obligations payment", "obligations report", "obligations payment-2", "obligations rent"),
        "obligations payment-4",
    ]


ON_DAY = {"when": "2026-01-01"}
POST = {"method": "post", "effective": "dispatch"}


@pytest.mark.parametrize(
    ("name", "first", "now", "other", "found"),
    [
        ("effect", ON_DAY, {**ON_DAY, "reference": "cl. 9"}, {"when": "2026-02-01"}, {"when": "2026-02-01"}),
        ("effect", ON_DAY, {**ON_DAY, "reference": "cl. 9"}, ON_DAY, {**ON_DAY, "reference": "cl. 9"}),
        ("term", {"length": "1 year"}, {"length": "1 year", "reference": "cl. 9"}, {"length": "2 years"},
         {"length": "2 years", "reference": "cl. 9"}),
        ("term", {"length": "1 year", "reference": "cl. 9"}, {"length": "1 year"}, {"length": "2 years",
         "reference": "cl. 9"}, {"length": "2 years"}),
        ("term", {"length": "1 year"}, {}, {"length": "2 years"}, {"length": "2 years"}),
        ("term", {}, {"length": "1 year"}, {"length": "2 years"}, {"length": "2 years"}),
        ("title", "Lease", "Office lease", "Warehouse lease", "Warehouse lease"),
        ("delivery", [POST], [{**POST, "reference": "cl. 9"}], [{**POST, "effective": "receipt"}],
         [{**POST, "effective": "receipt"}]),
        ("parties", [{"role": "B", "name": "Hualong"}], [{"role": "B", "name": "Hualong", "phone": "1"}],
         [{"role": "B", "name": "Meihe"}], [{"role": "B", "name": "Meihe", "phone": "1"}]),
    ],
)  # fmt: skip
def test_a_change_before_another_joins_it_field_by_field_unless_they_mean_nothing_by_halves(
    name: str, first: Any, now: Any, other: Any, found: Any
) -> None:
    """The terms were `first`; from October they are `other`. An amendment of May makes `now` of the first ones."""
    recorded = amended({name: first}, {name: other}, OCTOBER)
    result = amended(recorded, {name: now}, MAY)
    assert result[name] == found
    assert [item["before"].get(name) for item in amendments_of(result)] == [first or None, now or None]
