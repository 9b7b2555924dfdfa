"""Laws of decisions, documents and events: each changes what it is about, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from tests.support.any_events import DAYS, agreements, events
from tracker.rules.adjustments import Adjusting
from tracker.rules.agreement import Agreement
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind
from tracker.rules.oddities import oddities
from tracker.rules.readings import Nature
from tracker.rules.schedule import schedule

T = TypeVar("T")
SUSPENSION = (FactKind.PERFORMANCE_SUSPENDED, FactKind.PERFORMANCE_RESUMED)


def by_key(agreement: Agreement, told: tuple[Fact, ...], today: date) -> dict[str, Deadline]:
    return {deadline.key: deadline for deadline in schedule(agreement, told, today)}


def without(told: tuple[Fact, ...], *kinds: FactKind) -> tuple[Fact, ...]:
    return tuple(fact for fact in told if fact.kind not in kinds)


def shuffled(items: tuple[T, ...], dice: Any) -> tuple[T, ...]:
    return tuple(dice.sample(items, len(items)))


@given(agreements(), events(), DAYS, st.randoms(use_true_random=False))
def test_no_order_matters(agreement: Agreement, told: tuple[Fact, ...], today: date, dice: Any) -> None:
    other = replace(
        agreement,
        clauses=shuffled(agreement.clauses, dice),
        adjustments=shuffled(agreement.adjustments, dice),
        papers=shuffled(agreement.papers, dice),
    )
    assert schedule(other, shuffled(told, dice), today) == schedule(agreement, told, today)


@given(agreements(), events(), DAYS, st.integers(0, 700))
def test_time_alone_adds_and_resumes_and_changes_no_day(
    agreement: Agreement, told: tuple[Fact, ...], today: date, later: int
) -> None:
    before, after = by_key(agreement, told, today), by_key(agreement, told, today + timedelta(days=later))
    assert before.keys() <= after.keys()
    for key, one in before.items():
        other = after[key]
        assert (one.legal, one.act_by, one.target, one.grace_until) == (
            other.legal,
            other.act_by,
            other.target,
            other.grace_until,
        )
        assert (one.moved_from, one.met_by, one.met_on) == (other.moved_from, other.met_by, other.met_on)
        assert one.suspended_by == other.suspended_by or not other.suspended_by.startswith("pause")


@given(agreements(), events(), DAYS)
def test_pauses_suspend_ends_take_away_and_moves_move_what_they_name_alone(
    agreement: Agreement, told: tuple[Fact, ...], today: date
) -> None:
    told = without(told, *SUSPENSION)
    agreement = replace(agreement, papers=(), tracked_from=None)
    plain, decided = by_key(replace(agreement, adjustments=()), told, today), by_key(agreement, told, today)
    named = {action: {item.of for item in agreement.adjustments if item.action is action} for action in Adjusting}
    assert decided.keys() <= plain.keys()
    for key, before in plain.items():
        after = decided.get(key)
        if after is None:
            assert before.clause in named[Adjusting.END]
            continue
        if after.suspended_by:
            assert before.clause in named[Adjusting.PAUSE]
        if key not in named[Adjusting.MOVE]:
            assert replace(after, suspended_by="") == before


@given(agreements(), events(), DAYS)
def test_documents_settle_and_change_no_day(agreement: Agreement, told: tuple[Fact, ...], today: date) -> None:
    told = without(told, *SUSPENSION)
    bare, filed = by_key(replace(agreement, papers=()), told, today), by_key(agreement, told, today)
    days = {f"paper:{paper.key}": paper.day for paper in agreement.papers}
    used = [(item.clause, item.met_by) for item in filed.values() if item.met_by in days]
    assert len(set(used)) == len(used)
    for key, before in bare.items():
        after = filed[key]
        if after != before:
            assert after == replace(before, met_by=after.met_by, met_on=after.met_on)
            assert after.met_on == days[after.met_by or ""]


@given(agreements(), events(), DAYS)
def test_answers_are_only_put_off_and_nothing_else_is(
    agreement: Agreement, told: tuple[Fact, ...], today: date
) -> None:
    agreement, told = replace(agreement, adjustments=(), tracked_from=None), without(told, *SUSPENSION)
    before = by_key(agreement, without(told, FactKind.COMPLAINT_EXTENDED), today)
    after = by_key(agreement, told, today)
    assert before.keys() == after.keys()
    for key, plain in before.items():
        if plain.code != "complaint-answer":
            assert after[key] == plain
        elif plain.legal:
            assert plain.legal <= (after[key].legal or date.min)


@given(agreements(), events(), DAYS)
def test_suspension_touches_what_has_to_be_done_and_leaves_its_day(
    agreement: Agreement, told: tuple[Fact, ...], today: date
) -> None:
    performed, found = by_key(agreement, without(told, *SUSPENSION), today), by_key(agreement, told, today)
    for key, before in performed.items():
        after = found[key]
        if after.suspended_by and after != before:
            assert (before.nature, before.met_by, after.obligation is None) == (Nature.BY, None, False)
        assert replace(after, suspended_by=before.suspended_by) == before


@given(agreements(), events(), DAYS)
def test_whatever_is_told_can_be_looked_over(agreement: Agreement, told: tuple[Fact, ...], today: date) -> None:
    for problem in oddities(agreement, told, today):
        assert str(problem)
