"""The line of a kind file that a problem is about."""

import re
from pathlib import Path

import pytest

from tracker.rules.kind_lines import line_of

DOCS = Path(__file__).parents[2] / "docs" / "kinds.md"
(TEXT,) = re.findall(r"```toml\n(format = .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("code", 'code = "showroom-lease"'),
        ("parties[1].name", 'name = "Tenant"'),
        ("sections.money", 'money = "Rent and deposit"'),
        ("blanks.years", "[blanks.years]"),
        ("blanks.years.max", 'max = "20 years"'),
        ("blanks.goes_on.choices.automatic", 'automatic = "it goes on unless somebody objects"'),
        ("term.length", 'length = "{years}"'),
        ("renewal.notice[0].at_least", 'at_least = "{say_so_before}"'),
        ("obligations.deposit.due", 'due = "{deposit_back} after ended"'),
        ("obligations.service-response.target", 'target = "3 working days"'),
        ("obligations.reinstatement.only_if.works", 'only_if = { works = "yes" }'),
    ],
)
def test_a_place_is_found_on_its_line(place: str, line: str) -> None:
    number = line_of(TEXT, place)
    assert number is not None
    assert TEXT.splitlines()[number - 1] == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("blanks.years.lable", "[blanks.years]"),
        ("obligations.deposit.every", "[[obligations]]"),
    ],
)
def test_what_is_not_there_leads_to_what_would_hold_it(place: str, line: str) -> None:
    number = line_of(TEXT, place)
    assert number is not None
    assert TEXT.splitlines()[number - 1] == line


@pytest.mark.parametrize("place", ["document", "nonesuch", "", "obligations.nonesuch"])
def test_what_has_no_line_has_none(place: str) -> None:
    assert line_of(TEXT, place) is None


def test_spaces_and_quotes_are_no_hindrance() -> None:
    text = (
        '[ blanks."years" ]\n  "type" = "period"\n[[ renewal . notice ]]\nside = "us"\n[[renewal.notice]]\nside = "x"\n'
    )
    assert line_of(text, "blanks.years.type") == 2
    assert line_of(text, "renewal.notice[1].side") == 6


def test_an_obligation_is_found_by_its_number_its_key_and_its_code() -> None:
    deposit = '[[obligations]]\nkey = "deposit-back"\ncode = "payment"\ndue = "on 2026-05-01"\n'
    text = f'{deposit}[sizes.choices]\nXL = "large"\n'
    for name in ("obligations[0]", "obligations.deposit-back", "obligations.payment"):
        assert [line_of(text, place) for place in (name, f"{name}.due", f"{name}.every")] == [1, 4, 1]
    assert line_of(text, "sizes.choices.XL") == 6, "a field is told by its whole name"
