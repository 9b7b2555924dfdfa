"""A contract document as it is kept: every clause by its type and key, every value as files have it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

SINGLE = ("effect", "term", "renewal")
"""Sections of a document that are one clause."""


def sections_of(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Type, key and body of every clause of a checked document, in its order; keys as `read_contract` gives them."""
    for name in SINGLE:
        if body := document.get(name):
            yield name, str(body.get("key") or name), as_files_keep(body)
    for number, body in enumerate(document.get("termination") or (), 1):
        yield "termination", str(body.get("key") or f"termination-{number}"), as_files_keep(body)
    for number, body in enumerate(document.get("delivery") or (), 1):
        yield "delivery", f"delivery:{number}", as_files_keep(body)
    taken: Counter[str] = Counter()
    for body in document.get("obligations") or ():
        code = str(body.get("code", ""))
        taken[code] += 1
        key = str(body.get("key") or (code if taken[code] == 1 else f"{code}-{taken[code]}"))
        yield "obligations", key, as_files_keep({"key": key, **body})


def as_files_keep(value: Any) -> Any:
    """The value as files keep it: dates and numbers as text, empty fields left out."""
    if isinstance(value, Mapping):
        return {str(key): as_files_keep(item) for key, item in value.items() if item not in (None, "")}
    if isinstance(value, list | tuple):
        return [as_files_keep(item) for item in value]
    return value if value is None or isinstance(value, bool) else str(value)
