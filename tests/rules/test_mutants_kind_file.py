"""Each part of a kind file, its limits, and the places of its faults."""

import tomllib
from datetime import date
from typing import Any

import pytest

from tests.rules.showroom import KIND, SHOWROOM
from tests.support.cast import bare, deadlines, legal_days
from tracker.rules.blanks import BlankType
from tracker.rules.conventions import Direction
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Side
from tracker.rules.happenings import Known
from tracker.rules.kind_file import read_kind
from tracker.rules.presets import PRESETS
from tracker.rules.readings import Nature


def faults(**changes: Any) -> list[tuple[str, str]]:
    """The problems of the small kind with these parts in place of its own."""
    data = {**tomllib.loads(SHOWROOM), **changes}
    return [(problem.place, str(problem)) for problem in read_kind(data)[1]]


def blank(**fields: Any) -> dict[str, Any]:
    return {"blanks": {**tomllib.loads(SHOWROOM)["blanks"], **fields}}


def test_every_part_of_a_kind_is_read() -> None:
    assert (KIND.code, KIND.name, KIND.help, KIND.language, KIND.law) == ("showroom", {"": "Showroom"}, {}, "en", {})
    assert [(party.role, party.name, party.us) for party in KIND.parties] == [
        ("A", {"": "Landlord"}, False),
        ("B", {"": "Tenant"}, False),
        ("C", {"": "Guarantor"}, False),
    ]
    assert KIND.sections == {"all": {"": "All"}}
    assert [(item.key, item.where.value) for item in KIND.items] == [
        ("term", "term"),
        ("renewal", "renewal"),
        ("notice[0]", "notice"),
        ("delivery-1", "delivery"),
        ("insured", "obligations"),
        ("pets", "obligations"),
    ]
    assert KIND.items[1].only_if == KIND.items[2].only_if == {"goes_on": frozenset({"agreement", "automatic"})}
    assert KIND.items[4].title == {"en": "Proof of insurance", "zh-Hans": "保险证明"}
    assert KIND.open_blanks["pets"].type is BlankType.YES_NO


def test_a_form_shows_its_sections_with_their_blanks() -> None:
    (section,) = KIND.blanks("en")
    assert (section.name, section.title) == ("all", "All")
    assert [shown.name for shown in section.blanks] == list(KIND.open_blanks)
    insured = section.blanks[4]
    assert (insured.label, insured.default, insured.required) == ("Insured by", "B", False)
    assert insured.choices == (("B", "the tenant"), ("C", "the guarantor"))


@pytest.mark.parametrize(("code", "is_fit"), [("a" * 60, True), ("a" * 61, False), ("a-1", True), ("A", False)])
def test_the_code_of_a_kind_is_short_and_plain(code: str, is_fit: bool) -> None:
    told = [("code", "Write a name of small letters, digits and hyphens, such as customer-service.")]
    assert faults(code=code) == ([] if is_fit else told)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"colour": "red"}, ("colour", "Unknown field.")),
        ({"code": ""}, ("code", "This is needed.")),
        ({"parties": [{"role": "A", "name": "One"}]}, ("parties", "A contract has at least two parties.")),
        (
            {"parties": [{"role": "A", "name": "One"}, {"role": "b", "name": "Two"}, {"role": "C", "name": "Three"}]},
            ("parties[1].role", "Write a capital letter: A, B, C …"),
        ),
        (
            {
                "parties": [{"role": role, "name": role, "x": 1} for role in "ABC"][:1]
                + tomllib.loads(SHOWROOM)["parties"][1:]
            },
            ("parties[0].x", "Unknown field."),
        ),
        (
            blank(never={"type": "text", "section": "all", "label": "Never"}),
            ("blanks.never", "Nothing uses this blank."),
        ),
        ({"term": {"length": "{nope}"}}, ("term", "There is no blank “nope”.")),
        ({"effect": {"when": "{nope}"}}, ("effect", "There is no blank “nope”.")),
        (
            {"renewal": {"mode": "automatic", "notice": [{"at_least": "1 day"}, {"at_least": "{nope}"}]}},
            ("renewal.notice[1]", "There is no blank “nope”."),
        ),
        ({"termination": [{"notice": "{nope}"}]}, ("termination.termination-1", "There is no blank “nope”.")),
        ({"termination": [{"key": "leave", "notice": "{nope}"}]}, ("termination.leave", "There is no blank “nope”.")),
        (
            {"termination": [{"side": "D", "notice": "1 day"}]},
            ("termination.termination-1.side", "Write one of: A, B, C, both, them, us."),
        ),
        ({"delivery": [{"method": "post"}]}, ("delivery.delivery-1.allowance", "This is needed.")),
        ({"effect": {"when": "soon"}}, ("effect.when", "“soon” is not a date; write it as 2026-03-05.")),
    ],
)
def test_a_fault_of_a_part_is_told_with_the_place_of_the_part(changes: dict[str, Any], told: tuple[str, str]) -> None:
    assert told in faults(**changes)


def test_the_small_kind_has_no_faults() -> None:
    assert faults() == []
    assert faults(termination=[{"side": "B", "notice": "1 day"}, {"side": "{insured}", "notice": "{before}"}]) == []
    assert faults(effect={"conditions": ["paid"]}) == []


# ---------------------------------------------------- what is meant in silence


def test_a_preset_counts_back_in_days_unless_told_that_it_is_months() -> None:
    german = PRESETS["de-bgb"]
    assert german.convention(Direction.BEFORE) == german.before
    assert german.convention(Direction.BEFORE, in_months=True) == german.before_months != german.before
    assert german.convention(Direction.AFTER, in_months=True) == german.convention(Direction.AFTER) == german.after


def test_a_deadline_says_nothing_that_nobody_worked_out() -> None:
    plain = Deadline("a/1", "a", "report", "1", Side.US, Nature.BY)
    assert (plain.title, plain.waits_for, plain.readings, plain.steps) == ("", "", (), ())
    assert Known(date(2026, 1, 1)).fact == ""


def test_an_unending_series_is_worked_out_four_hundred_days_ahead() -> None:
    fields = {"every": "1 day", "while": "always", "first": "2026-01-01"}
    document = bare(obligations=[{"code": "support", "nature": "state", "due": "on period_end", **fields}])
    assert max(legal_days(deadlines(document, "2026-01-01")).values()) == "2027-02-05"
