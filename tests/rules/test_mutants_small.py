"""Small rules at their edges: keys, oddities, questions, certainties and the words of problems."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.counted import AFTER, BEFORE, CN, PRC
from tests.support.cast import agreed, bare, contract, drafted, fact
from tracker.rules.calendars import NONE
from tracker.rules.contract_file import read_contract
from tracker.rules.conventions import MonthRule, Roll
from tracker.rules.counting import FirstDay, Nature, count
from tracker.rules.deadlines import Certainty, Deadline
from tracker.rules.facts import Side
from tracker.rules.oddities import oddities
from tracker.rules.periods import Period
from tracker.rules.places import is_place
from tracker.rules.presets import PRESETS
from tracker.rules.problems import Problem, Unfit
from tracker.rules.question import Overrides, Question
from tracker.rules.schedule import life_of

DUE = {"due": "on 2026-05-08", "title": "Own"}

# ---------------------------------------------------------------------- keys


def key_fault(key: str, **sections: Any) -> str:
    document = bare(obligations=[{"code": "report", "key": key, **DUE}], **sections)
    return " ".join(f"{problem.place}: {problem}" for problem in read_contract(document)[1])


TERM = {"term": {"length": "1 year"}}
RENEWAL = {**TERM, "renewal": {"mode": "agreement"}}
TERMINATION = {"termination": [{"notice": "30 days"}]}


@pytest.mark.parametrize(
    ("key", "sections"),
    [
        ("term-end", TERM),
        ("term-end.us", TERM),
        ("renewal-formalities", RENEWAL),
        ("renewal-intention.us", RENEWAL),
        ("renewal-window-opens.them", RENEWAL),
        ("termination-notice", TERMINATION),
        ("termination-notice.termination-1", TERMINATION),
    ],
)
def test_a_key_of_the_term_itself_is_taken_only_where_there_is_one(key: str, sections: dict[str, Any]) -> None:
    told = f"obligations: The key “{key}” belongs to the term itself; give this obligation a key of its own."
    assert key_fault(key, **sections) == told
    assert key_fault(key) == ""


@pytest.mark.parametrize("key", ["my.term-end", "term-ends", "endings"])
def test_keys_that_only_look_alike_are_free(key: str) -> None:
    assert key_fault(key, **RENEWAL, **TERMINATION) == ""


@pytest.mark.parametrize("key", ["effect", "term"])
def test_a_key_is_given_once(key: str) -> None:
    assert key_fault(key, **TERM) == f"obligations: Two clauses have the key “{key}”."


# ------------------------------------------------------------------ oddities


def odd(today: str, **sections: Any) -> list[str]:
    draft = drafted(contract(**{"obligations": None, **sections}))
    return [problem.place for problem in oddities(agreed(draft), draft.facts, date.fromisoformat(today))]


@pytest.mark.parametrize(("day", "places"), [("2026-03-02", []), ("2026-03-03", ["facts[0].day"])])
def test_today_is_not_still_to_come(day: str, places: list[str]) -> None:
    assert odd("2026-03-02", facts=[fact("complaint_received", day)]) == places


@pytest.mark.parametrize(("day", "places"), [("2024-12-20", []), ("2024-12-19", ["facts[1].day"])])
def test_the_day_of_signing_is_not_before_it(day: str, places: list[str]) -> None:
    assert odd("2026-03-02", facts=[fact("signed", "2024-12-20"), fact("complaint_received", day)]) == places


def test_what_takes_effect_before_it_is_signed_is_odd() -> None:
    facts = [fact("signed", "2025-02-01"), fact("effective", "2025-01-01")]
    assert odd("2026-03-02", effect=None, facts=facts) == ["term.start", "facts[1].day"]
    assert odd(
        "2026-03-02", facts=[fact("signed", "2025-01-01", by="us"), fact("signed", "2025-01-02", by="them")]
    ) == ["term.start"]


@pytest.mark.parametrize(
    ("length", "places"), [("30 days", []), ("29 days", []), ("28 days", ["renewal.notice[0].at_least"])]
)
def test_a_notice_period_as_long_as_the_term_is_not_longer(length: str, places: list[str]) -> None:
    renewal = {"mode": "agreement", "notice": [{"at_least": "29 days"}]}
    assert odd("2024-12-01", term={"length": length, "first_day_counts": False}, renewal=renewal) == places


@pytest.mark.parametrize(("opens", "places"), [("30 days", []), ("29 days", ["renewal.notice[1].not_earlier_than"])])
def test_a_window_of_one_day_is_a_window(opens: str, places: list[str]) -> None:
    windows = [{"side": "us", "at_least": "9 days"}, {"side": "them", "at_least": "30 days", "not_earlier_than": opens}]
    assert odd("2026-03-02", renewal={"mode": "agreement", "notice": windows}) == places


def test_windows_are_looked_at_in_the_first_period() -> None:
    renewal = {"mode": "automatic", "length": "10 days", "notice": [{"at_least": "30 days"}]}
    assert odd("2025-03-02", term={"length": "1 year", "first_day_counts": True}, renewal=renewal) == []


def test_the_life_of_a_contract_is_that_of_its_schedule() -> None:
    draft = drafted(contract())
    assert life_of(agreed(draft), draft.facts, date(2026, 6, 1)).last_day == date(2026, 12, 31)


# ----------------------------------------------------------------- questions


ASKED = Question(
    trigger=date(2026, 9, 1),
    period=Period.parse("30 days"),
    direction=AFTER,
    preset=PRC,
    first_day=FirstDay.NOT_COUNTED,
)


def test_a_question_is_answered_as_a_count() -> None:
    assert ASKED.answer(CN) == count(ASKED.trigger, ASKED.period, AFTER, PRC, CN, first_day=FirstDay.NOT_COUNTED)
    term = replace(ASKED, nature=Nature.STATE)
    assert term.answer(CN).legal == date(2026, 10, 1)


def test_days_off_and_on_are_asked_for_alone_or_together() -> None:
    off, on = (date(2026, 10, 8),), (date(2026, 10, 1),)
    assert [
        str(replace(ASKED, off=days_off, on=days_on).answer(CN).legal)
        for days_off, days_on in (((), ()), (off, ()), ((), on), (off, on))
    ] == ["2026-10-08", "2026-10-09", "2026-10-01", "2026-10-01"]
    assert replace(ASKED, off=off).answer(CN).steps[-1].skipped[-1].name == ""


def test_a_question_is_counted_where_it_says_or_where_its_rules_usually_are() -> None:
    plain = replace(ASKED, preset=PRESETS["plain"])
    assert [ASKED.place("HK"), ASKED.place(), plain.place(), plain.place("HK")] == ["HK", "CN", NONE.name, "HK"]


def test_an_answer_is_set_beside_three_other_laws_as_they_stand() -> None:
    own = replace(ASKED, overrides=Overrides(roll=Roll.NONE))
    names = [[item.preset.name for item in question.under_others(PRESETS)] for question in (
        own, replace(own, preset=PRESETS["de-bgb"]), replace(own, preset=PRESETS["au-wa"])
    )]  # fmt: skip
    assert names == [
        ["plain", "de-bgb", "uk-common-law"],
        ["prc-civil-code", "plain", "uk-common-law"],
        ["prc-civil-code", "plain", "de-bgb"],
    ]
    assert all(item.overrides == Overrides() for item in own.under_others(PRESETS))


def test_what_is_asked_for_wins_over_the_rules() -> None:
    assert str(replace(ASKED, overrides=Overrides(roll=Roll.NONE)).answer(CN).legal) == "2026-10-01"
    assert str(replace(ASKED, overrides=Overrides(clear_days=False)).answer(CN).legal) == "2026-10-08"
    german = replace(ASKED, preset=PRESETS["de-bgb"], direction=BEFORE, trigger=date(2027, 2, 28))
    months = replace(german, period=Period.parse("1 month"))
    assert str(months.answer(NONE).legal) == "2027-01-31"
    assert str(replace(months, overrides=Overrides(solve_latest=False)).answer(NONE).legal) == "2027-01-28"
    by_first_day = replace(months, overrides=Overrides(month_rule=MonthRule.START_DAY)).answer(NONE)
    assert str(by_first_day.legal) == "2027-01-31", "months back still end on the latest day that leaves them in full"
    days = replace(german, period=Period.parse("5 days"), overrides=Overrides(clear_days=True))
    assert str(days.answer(NONE).legal) == "2027-02-22"


# ------------------------------------------------------------- small values


def test_what_rests_on_two_things_is_as_certain_as_the_weaker() -> None:
    order = (Certainty.CONFIRMED, Certainty.UNCONFIRMED, Certainty.PROJECTED)
    for at, one in enumerate(order):
        for other in order[at:]:
            assert one.and_(other) is other.and_(one) is other


def test_a_deadline_takes_everything_from_its_count() -> None:
    counted = count(date(2026, 12, 20), Period.parse("30 days"), AFTER, PRC, CN, Nature.NOT_BEFORE)
    dated = Deadline("a/1", "a", "report", "1", Side.US, Nature.BY).dated(counted)
    assert (dated.nature, dated.legal, dated.act_by) == (Nature.NOT_BEFORE, counted.legal, counted.act_by)
    assert (dated.steps, dated.safe_steps) == (counted.steps, counted.safe_steps)
    assert counted.steps != counted.safe_steps
    assert (dated.readings, dated.provisional) == (counted.readings, (2027,))


def test_a_deadline_is_acted_on_by_the_earliest_of_its_days() -> None:
    sent, act, aim = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)
    empty = Deadline("a/1", "a", "report", "1", Side.US, Nature.BY)
    assert empty.action_day is None
    assert replace(empty, target=aim).action_day == aim
    assert replace(empty, target=aim, act_by=act).action_day == act
    assert replace(empty, act_by=act, send_by=sent).action_day == sent


def test_a_problem_keeps_the_values_of_its_text_for_translation() -> None:
    told = Problem.of("term", Unfit("%(day)s is too late", day="31 May"))
    assert (told.place, told.text, dict(told.values), str(told)) == (
        "term",
        "%(day)s is too late",
        {"day": "31 May"},
        "31 May is too late",
    )
    plain = Problem.of("term", ValueError("100 % wrong"))
    assert (plain.place, plain.text, dict(plain.values), str(plain)) == ("term", "100 % wrong", {}, "100 % wrong")
    assert str(Unfit("100 % sure")) == "100 % sure"


def test_places_are_known_by_country_and_part() -> None:
    assert [is_place(name) for name in ("CN", "GB-ENG", "CN+HK", "NONE", "CN+NONE")] == [True] * 5
    assert [is_place(name) for name in ("CN-", "GB-XYZ", "CN+XX", "none", "")] == [False] * 5
