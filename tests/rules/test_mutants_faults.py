"""Each fault of a contract document is told at its place, and nothing else is."""

from typing import Any

import pytest
import yaml

from tests.support.cast import bare, contract, drafted
from tracker.rules.contract_file import read_contract

PARTIES = [{"name": "Acme", "us": True}, {"name": "Hualong"}]
FAULTS = r"""
format: contract/2 => format: Write format: contract/1.
{number: "", title: null} => number: This is needed. => title: This is needed.
id: 合同 => id: Write a name of letters, digits, dots and hyphens, such as annual-fee.
language: fr => language: Write one of: en, zh-Hans, zh-Hant.
access: nobody => access: Write this as named fields.
access: {only: [a@b.example], also: 1} => access.also: Unknown field.
access: {only: [{}]} => access.only[0]: Write this as text.
tags: office => tags: Write this as a list.
tags: [a, "b\nc", {}] => tags[1]: Write this on one line, without control characters. => tags[2]: Write this as text.
colour: red => colour: Unknown field.
fields: [1] => fields: Write this as named fields.
law: {counting: mars} => law.counting: Unknown counting rules; write one of: plain, prc-civil-code, ***
law: {calendar: XX} => law.calendar: Unknown calendar; write a country such as CN, HK or GB-ENG, or NONE.
law: {zone: Mars/Base} => law.zone: Unknown time zone; write one such as Asia/Shanghai.
law: {court: x} => law.court: Unknown field; did you mean “counting”?
parties: [{name: A, us: yes}] => parties: A contract has at least two parties.
parties: [{name: A}, {name: B}] => parties: Say which one party is us.
parties: [{name: A, us: yes}, {name: B, us: yes}] => parties: Say which one party is us.
parties: [{name: A, us: yes}, {name: B, role: A}] => parties: Two parties have the same role.
parties: [{us: yes}, {name: B}] => parties[0].name: This is needed.
parties: [{name: A, us: yes, colour: 1}, {name: B}] => parties[0].colour: Unknown field.
effect: {when: soon} => effect.when: “soon” is not a date; write it as 2026-03-05.
effect: {when: 2026-01-01, conditions: [paid]} => effect.when: Write a day or conditions, not both.
effect: {colour: 1} => effect.colour: Unknown field.
term: {length: 2 years, colour: 1} => term.colour: Unknown field.
term: {length: 0 years} => term: a term needs a length of at least one
renewal: {cap: -1} => renewal.cap: Write a whole number.
renewal: {colour: 1} => renewal.colour: Unknown field.
renewal: {length: 0 days} => renewal: a renewal needs a length of at least one
renewal: {notice: [{side: us}]} => renewal.notice[0].at_least: This is needed.
renewal: {notice: [{at_least: 1 day, x: 1}]} => renewal.notice[0].x: Unknown field.
termination: [{side: us}] => termination[0].notice: This is needed.
termination: [{notice: 1 day, x: 1}] => termination[0].x: Unknown field.
delivery: [{allowance: 1 day}] => delivery[0].method: This is needed.
delivery: [{method: post}] => delivery[0].allowance: This is needed.
delivery: [{method: post, allowance: 1 day, x: 1}] => delivery[0].x: Unknown field.
delivery: [{method: post, allowance: 1 day, counts_on: luck}] => delivery[0].counts_on: Write receipt or sending.
delivery: [{method: post, allowance: 1 day, calendar: Mars}] => delivery[0].calendar: Unknown calendar; ***
delivery: [{method: post, allowance: 1 day, zone: Mars}] => delivery[0].zone: Unknown time zone; ***
delivery: [{method: post, allowance: 1 day, cut_off: late}] => delivery[0].cut_off: Write a time such as 22:00.
obligations: [{due: standing}] => obligations[0].code: This is needed.
obligations: [{code: report}] => obligations[0].due: This is needed.
obligations: [{code: report, due: standing, x: 1}] => obligations[0].x: Unknown field.
obligations: [{code: own, due: standing}] => obligations[0].code: Unknown code: use one of the catalogue, ***
obligations: [{code: report, due: on ended, while: always}] => obligations[0].while: This needs “every”.
obligations: [{code: report, due: on ended, first: 2026-01-01}] => obligations[0].first: This needs “every”.
obligations: [{code: report, due: on ended, until: 1 year}] => obligations[0].until: This needs “every”.
obligations: [{code: report, due: perpetual, every: 0 days}] => obligations[0].every: a series needs a period of ***
obligations: [{code: report, due: on period_end}] => obligations[0]: a due day counted from a period needs to say ***
facts: [{day: 2026-01-01}] => facts[0].kind: This is needed.
facts: [{kind: lost, day: 2026-01-01}] => facts[0].kind: Write one of: signed, effective, ***
facts: [{kind: signed}] => facts[0].day: This is needed.
facts: [{kind: ended, day: 2026-01-01, x: 1}] => facts[0].x: Unknown field.
facts: [{kind: ended, day: 2026-01-01, key: a}, {kind: signed, day: 2026-01-01, key: a}] => facts[1].key: Two facts ***
completions: [{done_on: 2026-01-01}] => completions[0].deadline: This is needed.
completions: [{deadline: a/1}] => completions[0].done_on: This is needed.
completions: [{deadline: a/1, done_on: 2026-01-01, x: 1}] => completions[0].x: Unknown field.
completions: [{deadline: a/1, done_on: 2026-01-01, evidence: [{name: a}]}] => completions[0].evidence[0].sha256: T***
completions: [{deadline: a/1, done_on: 2026-01-01, evidence: [{sha256: a}]}] => completions[0].evidence[0].name: T***
"""
"""A line each: what stands in the document, then every fault with its place. *** leaves out the rest of a text."""


def problems(document: dict[str, Any]) -> dict[str, str]:
    return {problem.place: str(problem) for problem in read_contract(document)[1]}


def is_told(text: str, expected: str) -> bool:
    return text.startswith(expected[:-3]) if expected.endswith("***") else text == expected


@pytest.mark.parametrize("line", FAULTS.strip().splitlines())
def test_a_fault_is_told_at_its_place_and_alone(line: str) -> None:
    written, *expected = line.split(" => ")
    told = dict(item.split(": ", 1) for item in expected)
    found = problems({**bare(parties=PARTIES), **yaml.safe_load(written)})
    assert found.keys() == told.keys()
    assert all(is_told(found[place], text) for place, text in told.items()), found


def named(field: str, text: str) -> dict[str, Any]:
    """A contract in which one field holds that text."""
    sections: dict[str, Any] = {
        "role": {"parties": [{"name": "Acme", "us": True, "role": text}, {"name": "Hualong"}]},
        "how": {"facts": [{"kind": "ended", "day": "2026-05-01", "how": text}]},
        "fact": {"facts": [{"kind": "ended", "day": "2026-05-01", "key": text}]},
        "code": {"obligations": [{"code": text, "title": "Own", "due": "standing"}]},
        "clause": {"term": {"key": text}},
    }
    return {**bare(parties=PARTIES), **sections.get(field, {field: text})}


@pytest.mark.parametrize(
    ("field", "longest"),
    [("number", 100), ("id", 32), ("kind", 60), ("role", 20), ("how", 40), ("fact", 80), ("code", 60), ("clause", 80)],
)
def test_a_name_has_a_greatest_length(field: str, longest: int) -> None:
    assert problems(named(field, "n" * longest)) == {}
    told = problems(named(field, "n" * (longest + 1)))
    assert list(told.values()) == [f"This is too long: at most {longest} characters."]


def test_no_more_than_twenty_six_parties_are_named_by_the_alphabet() -> None:
    names = [{"name": f"P{n}", "us": n == 0} for n in range(26)]
    assert [party.role for party in drafted(contract(parties=names)).parties][24:] == ["Y", "Z"]
    assert problems(bare(parties=[*names, {"name": "P26"}])) == {"parties": "Two parties have the same role."}
