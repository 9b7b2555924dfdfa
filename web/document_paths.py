"""Values of a contract document by their paths, such as ``term.length``."""

from collections.abc import Mapping
from typing import Any


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """What stands at the path; None where nothing does."""
    value: Any = document
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def write_at(document: dict[str, Any], path: str, typed: str) -> None:
    """Set what was typed, unless the value there already reads like that: a number stays a number."""
    if as_text(value_at(document, path)) != typed:
        put_at(document, path, {"yes": True, "no": False}.get(typed, typed))


def put_at(document: dict[str, Any], path: str, value: object) -> None:
    """Set a value, or take it away when it is empty; a section left empty goes with it."""
    first, _, rest = path.partition(".")
    if rest:
        section = dict(document.get(first) or {})
        put_at(section, rest, value)
        value = section
    if value in ("", [], {}):
        document.pop(first, None)
    else:
        document[first] = value


def as_text(value: object) -> str:
    """A value as a field of a form shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
