"""Who hears a reminder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.audience import Listener, audience, goes_further_up, may_fall_silent

people = st.lists(st.builds(Listener, st.integers(1, 6), st.booleans(), st.booleans()), unique_by=lambda one: one.key)


def test_those_who_are_silent_or_out_of_reach_hear_nothing() -> None:
    everybody = [Listener(1), Listener(2, silent=True), Listener(3, reachable=False)]
    assert audience(everybody, "report") == audience(everybody, "renewal-intention") == (1,)


def test_of_other_things_all_may_be_silent_but_not_of_a_notice() -> None:
    silent = [Listener(1, silent=True), Listener(2, silent=True), Listener(3, reachable=False)]
    assert audience(silent, "report") == ()
    assert audience(silent, "termination-notice") == (1, 2)


@given(people)
def test_a_notice_is_heard_by_somebody_whom_it_can_reach(listeners: list[Listener]) -> None:
    heard = audience(listeners, "renewal-intention")
    assert bool(heard) == any(one.reachable for one in listeners)
    assert set(heard) <= {one.key for one in listeners if one.reachable}


@given(people, st.integers(1, 6))
def test_who_may_fall_silent_leaves_somebody_who_wants_to_hear(listeners: list[Listener], key: int) -> None:
    others = [one for one in listeners if one.key != key and one.reachable and not one.silent]
    assert may_fall_silent(key, listeners, "renewal-intention") == bool(others)
    assert may_fall_silent(key, listeners, "report")


@pytest.mark.parametrize(
    ("code", "lead", "acknowledged", "told"),
    [
        ("renewal-intention", 14, False, False),
        ("renewal-intention", 8, False, False),
        ("renewal-intention", 7, False, True),
        ("renewal-intention", 7, True, False),
        ("renewal-intention", -1, True, True),
        ("report", 7, False, False),
        ("report", 2, False, False),
        ("report", 1, False, True),
        ("report", 0, True, False),
        ("report", -3, True, True),
    ],
)
def test_a_manager_hears_of_what_nobody_has_in_hand_and_of_what_was_missed(
    code: str, lead: int, acknowledged: bool, told: bool
) -> None:
    assert goes_further_up(code, lead, acknowledged=acknowledged) is told
