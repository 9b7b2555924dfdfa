"""A kind file with faults: each is told with its place, all at once."""

import tomllib
from typing import Any

import pytest

from tests.rules.kind_desk import KINDS
from tracker.rules.kind_file import read_kind

SOUND = """
format = "kind/1"
code = "showroom"
name = "Showroom"
[[parties]]
role = "A"
name = "Landlord"
us = true
[[parties]]
role = "B"
name = "Tenant"
[sections]
money = "Money"
[blanks.time]
section = "money"
type = "period"
label = "Rent is paid within"
default = "10 days"
min = "1 day"
max = "60 days"
[blanks.how]
section = "money"
type = "choice"
label = "Counted from"
default = "signed"
[blanks.how.choices]
signed = "signing"
ended = "the end"
[[obligations]]
code = "payment"
side = "B"
due = "{time} after {how}"
"""


def faults(text: str) -> list[tuple[str, str]]:
    """Place and words of every problem."""
    kind, problems = read_kind(tomllib.loads(text))
    assert (kind is None) == bool(problems)
    return [(problem.place, str(problem)) for problem in problems]


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def test_a_sound_file_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ('"kind/1"', '"kind/2"', "format", "Write format: kind/1."),
        ('code = "showroom"', 'code = "Show room"', "code", "Write a name of small letters, digits and hyphens"),
        ('name = "Showroom"', 'name = { en = "Showroom" }', "name.zh-Hans", "The translation is missing."),
        ('name = "Showroom"', 'name = { en = "S", zh-Hans = "展厅", fr = "Salon" }', "name.fr", "Unknown field."),
        ('name = "Showroom"', 'name = "Showroom"\nlanguage = "fr"', "language", "Write one of: en, zh-Hans, zh-Hant."),
        ('role = "B"', 'role = "A"', "parties", "Two parties have the same role."),
        ('name = "Tenant"', 'name = "Tenant"\nus = true', "parties", "Only one party can be us."),
        ("[sections]", '[law]\ncalendar = "XX"\n[sections]', "law.calendar", "Unknown calendar"),
        ('section = "money"', 'section = "rent"', "blanks.time.section", "There is no section “rent”."),
        ('type = "period"', 'type = "time"', "blanks.time.type", "Write one of: period, number, date"),
        ('default = "10 days"', 'default = "soon"', "blanks.time.default", "“soon” is not a period."),
        ('default = "10 days"', 'default = "及时"', "blanks.time.default", "This needs a number, such as 30 days."),
        ('default = "10 days"', 'default = "3 months"', "blanks.time.default", "This is more than 60 days."),
        ('default = "10 days"', 'default = "0 days"', "blanks.time.default", "This is less than 1 day."),
        ('default = "10 days"', 'usual = "61 days"', "blanks.time.usual", "This is more than 60 days."),
        ('max = "60 days"', 'max = "12 hours"', "blanks.time.max", "The range ends before it begins."),
        ('default = "signed"', 'default = "paid"', "blanks.how.default", "Write one of: signed, ended."),
        ('default = "signed"', 'min = "1"', "blanks.how.min", "A blank of this type has no range."),
        ('default = "signed"', "words = true", "blanks.how.words", "Only a period can be words without a number."),
        ('max = "60 days"', "[blanks.time.choices]\na = 'A'", "blanks.time.choices", "A blank of the type “choice”"),
        ('ended = "the end"', 'end = "the end"', "obligations.payment.due", "“end” is not a starting point."),
        ('code = "payment"', 'code = "rent"', "obligations.rent.code", "Unknown code"),
        ('code = "payment"', 'code = "payment"\ndeu = "on ended"', "obligations.payment.deu", "did you mean “due”?"),
        ('side = "B"', 'side = "C"', "obligations.payment.side", "Write one of: A, B, both, them, us."),
        ('side = "B"', 'every = "1 year"', "obligations.payment", "counted from period_start or period_end"),
        ('side = "B"', 'nature = "later"', "obligations.payment.nature", "Write one of: by, not_before"),
        ('side = "B"', 'key = "pay it"', "obligations.pay it.key", "Write a key of letters"),
        ('side = "B"', 'amount = "{rent}"', "obligations.payment", "There is no blank “rent”."),
        ('side = "B"', "only_if = { time = '1 day' }", "obligations.payment.only_if.time", "can decide what comes"),
        ('side = "B"', "only_if = { how = 'paid' }", "obligations.payment.only_if.how", "Write one of: signed, ended."),
        ("{time} after", "10 days after", "blanks.time", "Nothing uses this blank."),
        ("{time} after", "{time} past", "obligations.payment.due", "Write a due day such as"),
        ("[blanks.time]", "[blanks.Time]", "blanks.Time", "Name a blank with small letters"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, place: str, told: str) -> None:
    found = faults(changed(old, new))
    assert any(where == place and told in words for where, words in found), found


def test_a_key_used_twice_is_told() -> None:
    twice = SOUND + '[[obligations]]\ncode = "payment"\ndue = "on ended"\n'
    assert faults(twice) == [("obligations", "The key “payment” is used more than once.")]


def test_every_fault_is_told_at_once() -> None:
    text = changed('code = "showroom"', 'code = "Show room"').replace('side = "B"', 'side = "C"')
    text = text.replace("{how}", "{what}").replace('default = "10 days"', 'default = "soon"')
    assert [where for where, _words in faults(text)] == [
        "code", "blanks.time.default", "obligations.payment.side", "blanks.how", "obligations.payment",
    ]  # fmt: skip


def test_the_terms_are_tried_out_too() -> None:
    text = SOUND + '[term]\nlength = "0 days"\n[renewal]\nmode = "sometimes"\n[[renewal.notice]]\nside = "A"\n'
    assert faults(text) == [
        ("term", "a term needs a length of at least one"),
        ("renewal.mode", "Write one of: none, agreement, automatic, option."),
        ("renewal.notice[0].at_least", "This is needed."),
    ]


@pytest.mark.parametrize(
    "data", [None, [], "kind", {}, {"blanks": 3}, {"blanks": {"a": 1}}, {"obligations": {"code": 1}}, {"name": 4}]
)
def test_whatever_the_file_holds_is_answered_with_problems(data: Any) -> None:
    kind, problems = read_kind(data)
    assert kind is None
    assert problems


def test_an_odd_value_anywhere_is_a_problem_and_never_a_crash() -> None:
    sound = tomllib.loads(SOUND)
    oddities: tuple[object, ...] = (None, 7, True, [], [3], {}, {"a": {}}, "", "{", "{}", "{how}{how}")
    for odd in oddities:
        for path in _paths(sound):
            read_kind(_with(sound, path, odd))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(found for key, item in inside for found in _paths(item, (*path, key)))]


def _with(value: Any, path: tuple[Any, ...], odd: object) -> Any:
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], odd)
    return copy


def test_kinds_that_came_with_the_product_leave_no_blank_without_a_heading() -> None:
    for kind in KINDS.values():
        shown = [blank.name for section in kind.blanks("en") for blank in section.blanks]
        assert sorted(shown) == sorted(kind.open_blanks)
        assert all(section.blanks and section.title for section in kind.blanks("zh-Hant"))
