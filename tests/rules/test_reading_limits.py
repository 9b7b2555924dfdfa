"""How long, how far and what characters a field may hold: the last that is taken, and the first that is not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.test_amended import OPEN
from tests.rules.test_section import section, told
from tests.support.cast import contract, fact, life
from tracker.rules.law import place_name
from tracker.rules.phrases import read_due
from tracker.rules.section import day, flag, line, period, prose, read_lines

TAKEN: list[tuple[Callable[[Any], object], Any]] = [
    (line, "x" * 500),
    (line, "a b"),
    (line, "a\ud7ffb"),
    (line, "a\ue000b"),
    (prose, "x" * 20_000),
    (prose, "a\n\tb"),
    (day, "1900-01-01"),
    (day, "2999-12-31"),
    (period, "200 years"),
    (period, "73000 days"),
    (period, "73000 working days"),
    (period, "1752000 hours"),
    (place_name, "CN+" * 10 + "HK"),
    (read_due, "200 years after ended"),
    (read_due, "on 2999-12-31"),
    (read_due, "within 200 years before 1900-01-01"),
]
REFUSED: list[tuple[Callable[[Any], object], Any]] = [
    (line, "x" * 501),
    (line, "a\x1fb"),
    (line, "a\ud800b"),
    (line, "a\udfffb"),
    (prose, "x" * 20_001),
    (prose, "a\x1fb"),
    (day, "1899-12-31"),
    (day, "3000-01-01"),
    (period, "201 years"),
    (period, "73001 days"),
    (period, "73001 working days"),
    (period, "1752001 hours"),
    (place_name, "CN+" * 9 + "GB-ENG"),
    (read_due, "201 years after ended"),
    (read_due, "on 3000-01-01"),
    (read_due, "within 200 years before 1899-12-31"),
]


@pytest.mark.parametrize(("read", "text"), TAKEN)
def test_the_last_that_is_taken(read: Callable[[Any], object], text: str) -> None:
    assert read(text) is not None


@pytest.mark.parametrize(("read", "text"), REFUSED)
def test_the_first_that_is_refused(read: Callable[[Any], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


@pytest.mark.parametrize(
    ("word", "meant"),
    [(True, True), (False, False), ("true", True), ("Yes", True), ("on", True), ("false", False), ("No", False)],
)
def test_yes_and_no_in_every_writing(word: object, meant: bool) -> None:
    assert flag(word) is meant


def test_what_is_no_list_reads_as_an_empty_one() -> None:
    part, problems = section({"tags": "one, two"})
    assert read_lines(part, "tags") == ()
    assert told(problems) == {"terms[0].tags": "Write this as a list."}


def test_a_side_that_the_contract_sets_no_time_for_may_give_notice_up_to_the_last_day() -> None:
    document = contract(
        law=OPEN,
        effect={"when": "2026-01-01"},
        term={"length": "1 year", "first_day_counts": True},
        renewal={"mode": "automatic", "notice": [{"side": "us", "at_least": "60 days"}]},
        facts=[fact("notice_not_to_renew", "2026-12-31", by="them")],
    )
    ended = life("2027-01-15", **document).ended
    assert ended is not None
    assert str(ended.day) == "2026-12-31"
