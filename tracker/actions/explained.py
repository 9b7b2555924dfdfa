"""A stored explanation, read back for `tracker.render.explain`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.rules.readings import Nature, Reading
from tracker.rules.steps import Step


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a deadline's days came about."""

    nature: Nature
    legal: date | None
    act_by: date | None
    provisional: tuple[int, ...]
    steps: tuple[Step, ...]
    safe_steps: tuple[Step, ...]
    send_steps: tuple[Step, ...]
    readings: tuple[Reading, ...]
    waits_for: str | None


def explained(
    nature: Nature, legal: date | None, act_by: date | None, provisional: Iterable[int], data: Mapping[str, Any]
) -> Explanation:
    """The explanation that `tracker.actions.deadline_values.explanation_of` stored, with the days it leads to."""
    return Explanation(
        nature,
        legal,
        act_by,
        tuple(provisional),
        _steps(data, "steps"),
        _steps(data, "safe_steps"),
        _steps(data, "send_steps"),
        tuple(Reading.from_data(one) for one in data.get("readings", ())),
        data.get("waits_for"),
    )


def _steps(data: Mapping[str, Any], name: str) -> tuple[Step, ...]:
    return tuple(Step.from_data(step) for step in data.get(name, ()))
