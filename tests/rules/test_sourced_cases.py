"""What courts, statutes and guides say, the engine says."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.rules.sourced import calendar, cases_file, sourced_cases
from tracker.rules.batch import run_batch
from tracker.rules.conventions import Direction
from tracker.rules.counting import FirstDay, Nature, count
from tracker.rules.periods import Period, Unit
from tracker.rules.presets import PRESETS

ANSWERS = run_batch(cases_file())
UNITS = {"business_day": Unit.WORKING_DAY}


@pytest.mark.parametrize("case", sourced_cases(), ids=lambda case: str(case["id"]))
def test_a_sourced_case_comes_out_as_its_source_says(case: dict[str, Any]) -> None:
    assert ANSWERS[case["id"]] == case["expected"], case["source"]


@pytest.mark.parametrize(
    "case", [case for case in sourced_cases() if "preset" in case], ids=lambda case: f"{case['preset']}-{case['id']}"
)
def test_a_preset_alone_gives_what_its_law_says(case: dict[str, Any]) -> None:
    given = case["input"]
    unit = UNITS.get(given["period"]["unit"]) or Unit(given["period"]["unit"])
    counted = count(
        date.fromisoformat(given["trigger_date"]),
        Period(given["period"]["n"], unit),
        Direction.AFTER if given["direction"] == "forward" else Direction.BEFORE,
        PRESETS[case["preset"]],
        calendar(given["calendar"]),
        Nature(case.get("nature", "by")),
        FirstDay(case["first_day"]) if "first_day" in case else None,
    )
    if case["expected"] is None:
        assert counted.provisional, "beyond the announced years a day is at best provisional"
    else:
        assert str(counted.legal) == case["expected"], case["source"]
        assert not counted.provisional


def test_every_preset_has_at_least_two_sourced_cases() -> None:
    told = Counter(case["preset"] for case in sourced_cases() if "preset" in case and case["source"])
    assert {name: told[name] for name in PRESETS if told[name] < 2} == {}
