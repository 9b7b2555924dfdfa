"""Ladders as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cast import bare, drafted
from tracker.rules.contract_file import read_contract
from tracker.rules.facts import Side
from tracker.rules.ladders import LONGEST, checked, chosen, ladder_of, ladder_text, read_ladder
from tracker.rules.problems import Unfit
from tracker.rules.readings import Nature
from tracker.rules.reminders import Ladder, ladder_for

days = st.sets(st.integers(1, 730), max_size=8)


@pytest.mark.parametrize(
    ("text", "leads", "every"),
    [
        ("30, 7, 1", (30, 7, 1), None),
        ("1,7 , 30,7", (30, 7, 1), None),
        ("0", (0,), None),
        ("14; after 1, 5", (14, -1, -5), None),
        ("30, 0; AFTER 5,1; every 7", (30, 0, -1, -5), 7),
        ("730; after 730; every 730", (730, -730), 730),
        ("off", (), None),
        (" Off ", (), None),
        ("30、7，1；after 1", (30, 7, 1, -1), None),
    ],
)
def test_a_ladder_is_read(text: str, leads: tuple[int, ...], every: int | None) -> None:
    assert read_ladder(text) == Ladder(leads, every)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "30;", "30, ", "-1", "30; after", "30; every 7", "; after 1", "731", "7; after 0", "7; after 731",
     "7; after 1; every 0", "7; after 1; every 731", "7 days", "30. 7"],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unfit, match=r"Write days"):
        read_ladder(text)


def test_days_too_far_away_are_refused_with_the_furthest() -> None:
    with pytest.raises(Unfit) as refused:
        read_ladder("731")
    assert str(refused.value) == "Write days from 1 to 730; before the day also 0, the day itself."


@given(before=days, after=days, every=st.none() | st.integers(1, 730))
def test_what_is_written_is_read_back(before: set[int], after: set[int], every: int | None) -> None:
    leads = (*sorted(before, reverse=True), *(-day for day in sorted(after if before else ())))
    ladder = Ladder(leads, every if before and after else None)
    assert read_ladder(ladder_text(ladder)) == ladder


def test_the_nearest_ladder_holds_and_that_of_the_code_before_that_of_all() -> None:
    contract, organisation = {"*": "20", "report": "5"}, {"payment": "9", "report": "8"}
    assert chosen("report", "3", contract, organisation) == "3"
    assert chosen("report", "", contract, organisation) == "5"
    assert chosen("payment", "", contract, organisation) == "20"
    assert chosen("payment", "", {}, organisation) == "9"
    assert chosen("training", "", {}, organisation) == ""


def test_without_a_ladder_of_its_own_a_deadline_has_that_of_its_code() -> None:
    for code, nature in (("renewal-intention", Nature.BY), ("report", Nature.BY), ("term-end", Nature.STATE)):
        assert ladder_of("", code, nature, Side.US) == ladder_for(code, nature, Side.US)


def test_what_cannot_be_overdue_is_not_asked_after() -> None:
    assert ladder_of("7; after 1; every 7", "term-end", Nature.STATE, Side.BOTH) == Ladder((7,))
    assert ladder_of("7, 0; after 1", "term-end", Nature.STATE, Side.BOTH) == Ladder((7, 0)), "the day itself is asked"
    assert ladder_of("7; after 1; every 7", "renewal-intention", Nature.BY, Side.THEM) == Ladder((7,))
    assert ladder_of("7; after 1; every 7", "report", Nature.BY, Side.THEM) == Ladder((7, -1), 7)


@pytest.mark.parametrize("text", ["off", "0", "0; after 1"])
def test_no_notice_goes_unannounced(text: str) -> None:
    assert checked("report", text) == text
    assert checked("termination-notice", "1") == "1"
    for code in ("termination-notice", "*"):
        with pytest.raises(Unfit, match="a reminder before it"):
            checked(code, text)


# --------------------------------------------------------------- contract files


def test_a_ladder_longer_than_is_kept_is_refused() -> None:
    """Found by test: PostgreSQL could not keep it, and no contract could be counted any more."""
    most = ", ".join(str(day) for day in range(119, 100, -1)) + ", 99"
    assert len(checked("payment", f"{most} , 9")) == LONGEST
    with pytest.raises(Unfit, match=f"at most {LONGEST} characters"):
        checked("payment", f"{most}, 90")


def test_a_contract_file_gives_ladders_by_code() -> None:
    given = {"report": "1, 7 ; after 5", "*": " 20", "termination-notice": "30", "payment": "OFF", "training": ""}
    assert drafted(bare(reminders=given)).reminders == {
        "report": "7, 1; after 5",
        "*": "20",
        "termination-notice": "30",
        "payment": "off",
    }
    assert drafted(bare()).reminders == {}


def test_a_ladder_that_cannot_be_is_told_at_its_code() -> None:
    given = {"repotr": "7", "report": "soon", "*": "off", "renewal-intention": "0", "payment": "1\n7"}
    found = read_contract(bare(reminders=given))[1]
    assert {problem.place: str(problem) for problem in found} == {
        "reminders.repotr": "Unknown code: use one of the catalogue, or * for all others.",
        "reminders.report": "Write days such as “30, 7, 1; after 1, 3, 7; every 7”, or “off”.",
        "reminders.*": "A day for notice needs a reminder before it.",
        "reminders.renewal-intention": "A day for notice needs a reminder before it.",
        "reminders.payment": "Write this on one line, without control characters.",
    }


def test_no_ladder_asks_after_a_greeting_without_end() -> None:
    written = "30, 1; after 1, 3; every 7"
    assert ladder_of(written, "customer-care", Nature.BY, Side.US) == Ladder((30, 1, -1, -3))
    assert ladder_of(written, "report", Nature.BY, Side.US) == Ladder((30, 1, -1, -3), then_every=7)
