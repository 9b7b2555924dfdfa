"""Laws of the schedule, whatever the contract."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.any_contract import CN, DAYS, agreement_of, documents, facts
from tests.support.cast import contract, deadlines
from tracker.rules.calendars import WorkingCalendar
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact
from tracker.rules.readings import Nature
from tracker.rules.schedule import life_of, schedule
from tracker.rules.steps import StepKind

DAY = timedelta(days=1)


def by_key(found: tuple[Deadline, ...]) -> dict[str, Deadline]:
    return {deadline.key: deadline for deadline in found}


@given(documents(), facts(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_clauses_and_facts_does_not_matter(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, dice: Any
) -> None:
    agreement = agreement_of(document)
    clauses, shuffled = list(agreement.clauses), list(told)
    dice.shuffle(clauses)
    dice.shuffle(shuffled)
    assert schedule(replace(agreement, clauses=tuple(clauses)), shuffled, today) == schedule(agreement, told, today)


@given(documents(), facts(), DAYS)
def test_the_same_question_has_the_same_answer_and_every_key_is_there_once(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    agreement = agreement_of(document)
    found = schedule(agreement, told, today)
    assert schedule(agreement, told, today) == found
    assert len({deadline.key for deadline in found}) == len(found)


@given(documents(), facts(), DAYS, st.integers(0, 1500))
def test_a_later_today_neither_drops_nor_moves_what_was_there(
    document: dict[str, Any], told: tuple[Fact, ...], today: date, later: int
) -> None:
    agreement = agreement_of(document)
    before = by_key(schedule(agreement, told, today))
    after = by_key(schedule(agreement, told, today + timedelta(days=later)))
    life = life_of(agreement, told, today)
    known_to = None if life.ended else life.last_day
    assert before.keys() <= after.keys()
    for key, deadline in before.items():
        if deadline.waits_for:  # an end that nobody could know comes to be expected with the last renewal
            continue
        if deadline.legal and known_to and deadline.legal > known_to:  # a round may be cut short by that end as well
            continue
        assert (deadline.legal, deadline.act_by, deadline.send_by) == (
            after[key].legal,
            after[key].act_by,
            after[key].send_by,
        )


@given(documents(), facts(), DAYS)
def test_what_is_safe_fits_the_nature_of_the_date(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    for deadline in schedule(agreement_of(document), told, today):
        if deadline.legal is None or deadline.act_by is None:
            continue
        if deadline.nature is Nature.BY:
            assert deadline.act_by <= deadline.legal
        elif deadline.nature is Nature.STATE:
            assert deadline.act_by == deadline.legal
        else:
            assert deadline.act_by >= deadline.legal


@given(documents(), facts(), DAYS)
def test_people_are_asked_to_act_and_send_on_working_days(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    """Except where an event on a day off leaves no working day to act on before the last lawful one."""
    for deadline in schedule(agreement_of(document), told, today):
        if deadline.nature is Nature.BY and deadline.act_by and not deadline.key.startswith("term-end"):
            event_on_a_day_off = deadline.act_by == deadline.legal
            assert CN.is_open(deadline.act_by) or event_on_a_day_off
        if deadline.send_by:
            assert CN.is_open(deadline.send_by)
            assert deadline.act_by is not None
            assert deadline.send_by <= deadline.act_by


@given(documents(), facts(), DAYS)
def test_the_legal_day_is_the_first_reading_and_each_reading_is_told_once(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    for deadline in schedule(agreement_of(document), told, today):
        days = [reading.day for reading in deadline.readings]
        assert len(set(days)) == len(days)
        if days:
            assert days[0] == deadline.legal


@given(documents(), facts(), DAYS)
def test_terms_and_lasting_duties_never_move(document: dict[str, Any], told: tuple[Fact, ...], today: date) -> None:
    moved = {StepKind.MOVED_ON, StepKind.MOVED_BACK}
    for deadline in schedule(agreement_of(document), told, today):
        if deadline.nature in (Nature.STATE, Nature.UNTIL):
            assert not moved & {step.kind for step in (*deadline.steps, *deadline.safe_steps)}


@given(DAYS, st.integers(1, 24), st.integers(1, 12), DAYS)
def test_renewals_tile_the_life_of_a_contract_and_never_drift(start: date, first: int, more: int, today: date) -> None:
    """Each end is what one long count from the first day gives, and each period starts the day after the one before."""
    renewal = {"mode": "automatic", "length": f"{more} months"}

    def ends(length: str, mode: dict[str, str] | None) -> list[date]:
        document = contract(
            effect={"when": start.isoformat()},
            term={"length": length, "first_day_counts": True},
            renewal=mode,
            obligations=None,
        )
        found = deadlines(document, today.isoformat(), calendar=CN)
        return [item.legal for item in sorted(found.values(), key=lambda item: int(item.occurrence)) if item.legal]

    renewed = ends(f"{first} months", renewal)
    for number, end in enumerate(renewed[:8]):
        assert [end] == ends(f"{first + number * more} months", None)


@given(DAYS, st.sampled_from(["1 month", "3 months", "45 days", "1 year"]), st.integers(1, 40))
def test_the_periods_of_a_series_tile_the_term_without_gap_or_overlap(start: date, every: str, months: int) -> None:
    ends = [{"key": "end", "code": "support", "due": "on period_end", "every": every}]
    starts = [{"key": "start", "code": "support", "due": "on period_start", "every": every}]
    document = contract(
        effect={"when": start.isoformat()},
        term={"length": f"{months} months", "first_day_counts": True},
        renewal=None,
        obligations=[*ends, *starts],
    )
    found = deadlines(document, start.isoformat(), calendar=CN)
    count = sum(key.startswith("end/") for key in found)
    first = [found[f"start/{n}"].legal for n in range(1, count + 1)]
    last = [found[f"end/{n}"].legal for n in range(1, count + 1)]
    assert first[0] == start
    assert last[-1] == found["term-end/1"].legal
    assert first[1:] == [end + DAY for end in last[:-1] if end]


# ---------------------------------------------------------------- coverage


def known_until(year: int) -> WorkingCalendar:
    """China's working days as they were known when that year had been announced and the next had not."""
    return WorkingCalendar(
        "CN",
        CN.weekend,
        {day: name for day, name in CN.holidays.items() if day.year <= year},
        frozenset(day for day in CN.workdays if day.year <= year),
        (2010, year),
    )


def test_the_first_year_beyond_coverage_is_provisional_and_settles_when_it_is_announced() -> None:
    """15 February 2026 is a Sunday; only the arrangement for 2026 tells of the Spring Festival and its make-up days."""
    document = contract(term=None, renewal=None, obligations=[{"code": "payment", "due": "10 days after signed"}])
    signed = {"kind": "signed", "day": "2026-02-05"}
    guessed = deadlines(document, "2025-11-01", signed, calendar=known_until(2025))["payment/1"]
    settled = deadlines(document, "2025-11-01", signed, calendar=known_until(2026))["payment/1"]
    assert (guessed.legal, guessed.act_by) == (date(2026, 2, 16), date(2026, 2, 13))
    assert guessed.provisional == (2026,)
    assert (settled.legal, settled.act_by) == (date(2026, 2, 24), date(2026, 2, 14))
    assert settled.provisional == ()


def days_of(deadline: Deadline) -> tuple[date | None, ...]:
    return deadline.legal, deadline.act_by, deadline.send_by, deadline.target, deadline.grace_until


@given(documents(), facts(), DAYS)
def test_what_is_not_provisional_stays_as_it_is_when_another_year_is_announced(
    document: dict[str, Any], told: tuple[Fact, ...], today: date
) -> None:
    before = by_key(schedule(agreement_of(document, known_until(2023)), told, today))
    after = by_key(schedule(agreement_of(document, known_until(2024)), told, today))
    for key, deadline in before.items():
        if not deadline.provisional:
            assert days_of(after[key]) == days_of(deadline)


@pytest.mark.parametrize("today", ["2020-01-01", "2024-02-29", "2030-12-31"])
def test_an_empty_contract_has_no_deadlines(today: str) -> None:
    assert deadlines(contract(effect=None, term=None, renewal=None, obligations=None), today) == {}
