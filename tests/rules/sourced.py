"""The worked cases of `cases.json`: facts from statutes, courts and guides, with where they come from."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tracker.rules.calendars import WorkingCalendar

FILE = Path(__file__).with_name("cases.json")


@cache
def cases_file() -> dict[str, Any]:
    """The whole file."""
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def sourced_cases() -> list[dict[str, Any]]:
    """Every case."""
    found: list[dict[str, Any]] = cases_file()["cases"]
    return found


@cache
def calendar(name: str) -> WorkingCalendar:
    """A calendar of the file."""
    given = cases_file()["calendars"][name]
    return WorkingCalendar(
        name,
        frozenset(given["weekend"]),
        {date.fromisoformat(day): "" for day in given["holidays"]},
        frozenset(map(date.fromisoformat, given.get("workdays", ()))),
        tuple(given["coverage"]) if "coverage" in given else None,
    )
