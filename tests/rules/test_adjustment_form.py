"""Decisions about a series or one occurrence, as a document has them."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, drafted, fact
from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.contract_file import read_contract
from tracker.rules.facts import Fact, FactKind

PAUSE = {"action": "pause", "of": "rent", "day": "2026-03-01", "reason": "The floor is being repaired."}


def told(*adjustments: dict[str, Any]) -> list[str]:
    """The problems of a document with these adjustments."""
    _, problems = read_contract(bare(adjustments=list(adjustments)))
    return [f"{problem.place}: {problem}" for problem in problems]


def test_what_an_adjustment_is_of_has_as_many_characters_as_a_key() -> None:
    assert told({**PAUSE, "of": "x" * 201}) == ["adjustments[0].of: This is too long: at most 200 characters."]
    assert not any("too long" in problem for problem in told({**PAUSE, "of": "x" * 200}))


def test_every_field_of_an_adjustment_is_read() -> None:
    draft = drafted(
        bare(
            adjustments=[
                {**PAUSE, "until": "2026-05-31"},
                {"action": "end", "of": "visits", "day": "2026-06-30", "reason": "Agreed.\nBoth signed."},
                {"key": "later", "action": "move", "of": "rent/2", "day": "2026-07-06", "reason": "Bank closed"},
                PAUSE,
            ]
        )
    )
    assert draft.adjustments == (
        Adjustment("pause-1", Adjusting.PAUSE, "rent", date(2026, 3, 1), date(2026, 5, 31), PAUSE["reason"]),
        Adjustment("end-1", Adjusting.END, "visits", date(2026, 6, 30), None, "Agreed.\nBoth signed."),
        Adjustment("later", Adjusting.MOVE, "rent/2", date(2026, 7, 6), None, "Bank closed"),
        Adjustment("pause-2", Adjusting.PAUSE, "rent", date(2026, 3, 1), None, PAUSE["reason"]),
    )


def test_a_contract_without_adjustments_has_none() -> None:
    assert drafted(bare()).adjustments == ()


@pytest.mark.parametrize("name", ["action", "of", "day", "reason"])
def test_each_part_of_an_adjustment_is_needed(name: str) -> None:
    assert told({**PAUSE, name: ""}) == [f"adjustments[0].{name}: This is needed."]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"action": "stop"}, "action: Write one of: pause, end, move."),
        ({"until": "2026-02-28"}, "until: the pause ends before it starts"),
        ({"action": "end", "until": "2026-04-01"}, "until: only a pause has a last day"),
        ({"action": "move", "until": "2026-04-01"}, "until: only a pause has a last day"),
        ({"key": "a b"}, "key: Write a name of letters, digits, dots and hyphens, such as annual-fee."),
        ({"why": "no"}, "why: Unknown field."),
    ],
)
def test_what_is_wrong_with_an_adjustment_is_told_at_its_place(change: dict[str, Any], problem: str) -> None:
    assert told({**PAUSE, **change}) == [f"adjustments[0].{problem}"]


def test_a_pause_of_one_day_starts_and_ends_on_it() -> None:
    assert told({**PAUSE, "until": "2026-03-01"}) == []


def test_a_key_is_as_long_as_the_database_can_hold() -> None:
    longest = "k" * 80
    assert drafted(bare(adjustments=[{**PAUSE, "key": longest}])).adjustments[0].key == longest
    assert told({**PAUSE, "key": longest + "k"}) == ["adjustments[0].key: This is too long: at most 80 characters."]
    about = [fact("notice_served", "2026-03-04", about=longest)]
    assert drafted(bare(facts=about)).facts[0].about == longest
    _, problems = read_contract(bare(facts=[fact("notice_served", "2026-03-04", about=longest + "k")]))
    assert [problem.place for problem in problems] == ["facts[0].about"]


def test_two_adjustments_cannot_share_a_key() -> None:
    assert told({**PAUSE, "key": "p"}, {**PAUSE, "key": "p"}) == [
        "adjustments[1].key: Two adjustments have the key “p”."
    ]


def test_a_fact_says_which_earlier_fact_it_is_about() -> None:
    extended = fact("complaint_extended", "2026-03-04", about="complaint_received-1")
    assert drafted(bare(facts=[extended])).facts == (
        Fact("complaint_extended-1", FactKind.COMPLAINT_EXTENDED, date(2026, 3, 4), about="complaint_received-1"),
    )
