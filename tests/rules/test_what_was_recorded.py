"""What a contract file records about its deadlines: that they were met, waived or disputed."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, drafted
from tracker.rules.completion_form import CompletionDraft, ReviewDraft, read_completions
from tracker.rules.contract_file import read_contract
from tracker.rules.mark_form import Mark, MarkDraft, read_marks
from tracker.rules.problems import Problem
from tracker.rules.section import Section

WAIVED = {"deadline": "payment/1", "mark": "waived", "reason": "A gift"}
DONE = {"deadline": "payment/1", "done_on": "2026-04-01"}


def told(**sections: Any) -> dict[str, str]:
    return {problem.place: str(problem) for problem in read_contract(bare(**sections))[1]}


def without(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}


# ------------------------------------------------------------------------ marks


def test_every_field_of_a_mark_is_read() -> None:
    disputed = {"deadline": "payment/2", "mark": "disputed", "reason": "Wrong sum,\nthey say", "day": "2026-05-01"}
    assert drafted(bare(marks=[WAIVED, disputed])).marks == (
        MarkDraft("payment/1", Mark.WAIVED, None, "A gift"),
        MarkDraft("payment/2", Mark.DISPUTED, date(2026, 5, 1), "Wrong sum,\nthey say"),
    )


@pytest.mark.parametrize("name", ["deadline", "mark", "reason"])
def test_a_mark_says_of_what_it_is_and_why(name: str) -> None:
    assert told(marks=[WAIVED, without(WAIVED, name)]) == {f"marks[1].{name}": "This is needed."}
    top = Section.of({"marks": [without(WAIVED, name)]}, "", [])
    assert read_marks(top) == ()


def test_what_a_mark_cannot_say_is_told_where_it_stands() -> None:
    assert told(marks=[{**WAIVED, "mark": "forgotten", "day": "soon", "until": "2026-05-01"}]) == {
        "marks[0].mark": "Write one of: waived, disputed.",
        "marks[0].day": "“soon” is not a date; write it as 2026-03-05.",
        "marks[0].until": "Unknown field.",
    }


# ------------------------------------------------------------------ completions


def test_who_accepted_the_proof_is_read() -> None:
    review = {"by": "ben@acme.example", "day": "2026-04-03", "note": "Seen,\nand filed"}
    (done,) = drafted(bare(completions=[{**DONE, "review": review}])).completions
    assert done.review == ReviewDraft("ben@acme.example", date(2026, 4, 3), "Seen,\nand filed")
    (short,) = drafted(bare(completions=[{**DONE, "review": {"day": "2026-04-03"}}])).completions
    assert short.review == ReviewDraft("", date(2026, 4, 3), "")


def test_a_review_has_a_day_and_nothing_that_nobody_reads() -> None:
    assert told(completions=[{**DONE, "review": {"by": "ben@acme.example", "nothing": "x"}}]) == {
        "completions[0].review.day": "This is needed.",
        "completions[0].review.nothing": "Unknown field.",
    }


@pytest.mark.parametrize("name", ["deadline", "done_on"])
def test_a_completion_says_of_what_it_is_and_when(name: str) -> None:
    assert told(completions=[DONE, without(DONE, name)]) == {f"completions[1].{name}": "This is needed."}
    top = Section.of({"completions": [without(DONE, name)]}, "", [])
    assert read_completions(top) == ()


def test_a_review_that_cannot_be_read_is_none_and_its_completion_stays() -> None:
    problems: list[Problem] = []
    top = Section.of({"completions": [{**DONE, "review": {"by": "ben@acme.example"}}]}, "", problems)
    assert read_completions(top) == (CompletionDraft("payment/1", date(2026, 4, 1), "", "", ()),)
    assert [problem.place for problem in problems] == ["completions[0].review.day"]


def test_evidence_is_told_by_its_hash_and_its_name() -> None:
    assert told(completions=[{**DONE, "evidence": [{"sha256": "ab"}, {"name": "receipt.pdf"}]}]) == {
        "completions[0].evidence[0].name": "This is needed.",
        "completions[0].evidence[1].sha256": "This is needed.",
    }
