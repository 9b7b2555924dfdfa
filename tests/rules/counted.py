"""Counting in the words of the tests."""

from datetime import date

from tracker.rules.calendars import WorkingCalendar
from tracker.rules.conventions import Convention, Direction, Preset
from tracker.rules.counting import Counted, FirstDay, Nature, count
from tracker.rules.periods import Period
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS

AFTER, BEFORE = Direction.AFTER, Direction.BEFORE
PRC, PLAIN = PRESETS["prc-civil-code"], PRESETS["plain"]
CN = working_calendar("CN")
WEEKENDS = WorkingCalendar("SAT_SUN", frozenset({5, 6}))


def counted(
    day: str,
    period: str,
    direction: Direction = AFTER,
    rules: Preset | Convention = PRC,
    calendar: WorkingCalendar = CN,
    nature: Nature = Nature.BY,
    first_day: FirstDay | None = None,
) -> Counted:
    return count(date.fromisoformat(day), Period.parse(period), direction, rules, calendar, nature, first_day)


def days_of(result: Counted) -> tuple[str, str]:
    return str(result.legal), str(result.act_by)


def readings_of(result: Counted) -> dict[str, str]:
    return {reading.name.value: str(reading.day) for reading in result.readings}


def kinds_of(result: Counted) -> list[str]:
    return [step.kind.value for step in result.steps]
