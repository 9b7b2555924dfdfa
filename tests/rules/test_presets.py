"""What holds for every preset, and what sets some apart."""

import pytest

from tests.rules.counted import BEFORE, counted
from tracker.rules.calendars import NONE
from tracker.rules.conventions import Roll
from tracker.rules.counting import ReadingName
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS


def test_the_name_of_a_reading_is_legal_first() -> None:
    assert counted("2026-12-31", "60 days", BEFORE).readings[0].name is ReadingName.LEGAL


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_moves_a_day_counted_back_forward_or_a_day_counted_on_back(name: str) -> None:
    preset = PRESETS[name]
    assert preset.after.roll in (Roll.NONE, Roll.FOLLOWING)
    for in_months in (False, True):
        assert preset.convention(BEFORE, in_months).roll in (Roll.NONE, Roll.PRECEDING)
    assert preset.name == name


@pytest.mark.parametrize("name", [name for name in PRESETS if PRESETS[name].place])
def test_the_place_of_a_preset_has_a_calendar(name: str) -> None:
    assert working_calendar(PRESETS[name].place).name == PRESETS[name].place


def test_clear_days_in_english_procedure_are_for_days_and_not_for_months() -> None:
    for name in ("uk-cpr", "uk-insolvency"):
        assert str(counted("2026-12-31", "14 days", BEFORE, PRESETS[name], NONE).legal) == "2026-12-16"
        assert str(counted("2026-12-31", "1 month", BEFORE, PRESETS[name], NONE).legal) == "2026-11-30"
