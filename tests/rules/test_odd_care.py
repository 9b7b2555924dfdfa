"""Greetings that reach nobody are told as they stand today, and so is a change of class that says nothing."""

from datetime import date
from typing import Any

from tests.rules.test_greetings import care
from tests.support.cast import agreed, drafted, fact
from tracker.rules.odd_care import odd_care

NOBODY = "obligations[0].classes: No customer is in one of these classes today, so nobody is greeted."
SAYS_NOTHING = "The new customer class is not said, so no greeting changes."
OF_VIPS = care(customer_class="new", holidays=["mid-autumn"], classes=["vip"])


def told(document: dict[str, Any], *facts: dict[str, object]) -> list[str]:
    draft = drafted({**document, "facts": list(facts)})
    return [f"{problem.place}: {problem}" for problem in odd_care(agreed(draft), draft.facts, date(2026, 6, 1))]


def test_a_customer_moved_into_a_class_is_in_it_from_that_day() -> None:
    days = ["2026-05-01", "2026-06-01", "2026-06-02"]
    changed = [told(OF_VIPS, fact("customer_class_changed", day, how="VIP")) for day in days]
    assert changed == [[], [], [NOBODY]]


def test_only_a_change_of_class_that_says_nothing_is_told_among_other_facts() -> None:
    facts = [
        fact("signed", "2025-09-01"),
        fact("customer_class_changed", "2026-04-01", how="VIP"),
        fact("customer_class_changed", "2026-05-01"),
        fact("ended", "2026-05-31", how="agreement"),
    ]
    for_all = {**OF_VIPS["obligations"][0], "key": "all", "classes": []}
    for obligations in ([for_all], OF_VIPS["obligations"], [for_all, *OF_VIPS["obligations"]]):
        odd = told({**OF_VIPS, "obligations": obligations}, *facts)
        assert odd == ([] if obligations == [for_all] else [f"facts[2].how: {SAYS_NOTHING}"])
