"""Days of amendments that are lawful but odd enough to be looked at."""

from datetime import date
from typing import Any

import pytest

from tests.rules.test_amended import amended, amendment, terms
from tests.support.cast import agreed, drafted, fact
from tracker.rules.odd_amendments import odd_amendments
from tracker.rules.schedule import life_of

TODAY = date(2026, 8, 1)
SIGNED = fact("signed", "2025-12-20")
ENDED = fact("ended", "2026-07-31", how="agreement")
BACKWARDS = "amendments[1].effective: The amendment takes effect before it was signed."
AHEAD = "amendments[1].signed: The amendment is signed on a day that is still to come."
TOO_EARLY = "amendments[1].signed: The amendment was signed before the contract."
TOO_LATE = "amendments[1].effective: The amendment takes effect after the contract has ended."


def told(signed: str, effective: str, *facts: dict[str, object]) -> list[str]:
    """What is odd about the second of two amendments; the first is as it should be."""
    sound, other = amendment("2026-03-01", terms()), amendment(effective, terms(), signed=signed)
    draft = drafted({**amended(terms(), sound, other), "facts": list(facts)})
    life = life_of(agreed(draft), draft.facts, TODAY)
    return [f"{problem.place}: {problem}" for problem in odd_amendments(draft.amendments, life, TODAY)]


@pytest.mark.parametrize(
    ("signed", "effective", "facts", "odd"),
    [
        ("2026-04-01", "2026-04-01", [], []),
        ("2026-04-02", "2026-04-01", [], [BACKWARDS]),
        ("2026-08-01", "2026-08-01", [], []),
        ("2026-08-02", "2026-08-02", [], [AHEAD]),
        ("2025-12-20", "2026-01-01", [SIGNED], []),
        ("2025-12-19", "2026-01-01", [SIGNED], [TOO_EARLY]),
        ("2026-07-01", "2026-07-31", [SIGNED, ENDED], []),
        ("2026-07-01", "2026-08-01", [SIGNED, ENDED], [TOO_LATE]),
        ("2026-08-03", "2025-12-01", [SIGNED, ENDED], [BACKWARDS, AHEAD]),
    ],
)
def test_the_days_of_an_amendment_follow_one_another(
    signed: str, effective: str, facts: list[dict[str, Any]], odd: list[str]
) -> None:
    assert told(signed, effective, *facts) == odd


def test_nothing_is_too_late_where_no_end_is_known() -> None:
    document = amended(terms(term=None), amendment("2030-01-01", terms(term=None), signed="2026-07-01"))
    draft = drafted(document)
    assert list(odd_amendments(draft.amendments, life_of(agreed(draft), (), TODAY), TODAY)) == []
