"""Fields of a contract document with blanks in them, such as ``{time} after complaint_received``."""

import re
from collections.abc import Mapping
from datetime import date

from tracker.rules.blanks import Blank, BlankType

_BLANK = re.compile(r"\{([^{}]*)\}")

Blanks = Mapping[str, Blank]
Values = Mapping[str, str]


def blanks_in(pattern: object) -> tuple[str, ...]:
    """The names of the blanks of a field; what is not text has none."""
    return tuple(_BLANK.findall(pattern)) if isinstance(pattern, str) else ()


def filled(pattern: object, values: Values, blanks: Blanks) -> object:
    """The field with its blanks filled in; None where one of them is empty."""
    names = blanks_in(pattern)
    if not names or not isinstance(pattern, str):
        return pattern.isoformat() if isinstance(pattern, date) else pattern
    if not all(values.get(name) for name in names):
        return None
    if pattern == f"{{{names[0]}}}":
        return blanks[names[0]].plain(values[names[0]])
    return _BLANK.sub(lambda match: values[match[1]], pattern)


def matched(pattern: object, written: object, blanks: Blanks) -> dict[str, str] | None:
    """The values with which the field would read as it is written; None where none make it so."""
    names = blanks_in(pattern)
    if not names or not isinstance(pattern, str):
        return {} if plain(pattern) == plain(written) else None
    if pattern == f"{{{names[0]}}}":
        return _parsed({names[0]: written}, blanks)
    match = re.fullmatch(_expression(pattern, blanks), " ".join(str(written).split()))
    return None if match is None else _parsed(match.groupdict(), blanks)


def _expression(pattern: str, blanks: Blanks) -> str:
    """A regular expression for the pattern: every blank is a group, which a second mention repeats."""
    seen: set[str] = set()
    parts = []
    for position, part in enumerate(_BLANK.split(pattern)):
        if position % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>{_group(blanks[part])})")
            seen.add(part)
    return "".join(parts)


def _group(blank: Blank) -> str:
    return "|".join(map(re.escape, blank.choices)) if blank.type is BlankType.CHOICE else ".+?"


def _parsed(found: Mapping[str, object], blanks: Blanks) -> dict[str, str] | None:
    values = {}
    for name, value in found.items():
        try:
            values[name] = blanks[name].parse(value)
        except ValueError:
            return None
    return values


def plain(value: object) -> str:
    """One spelling for what files write in several ways: yes and true, 3 and "3", a date and its text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return {"true": "yes", "false": "no"}.get(text.lower(), text)
