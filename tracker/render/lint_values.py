"""What one content line of a calendar says, and whether its value is well formed (RFC 5545 §3.1 and §3.3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_NAME = r"[A-Za-z0-9-]+"
_PARAMETER = rf';({_NAME})=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)'
_CONTENT = re.compile(rf"({_NAME})((?:{_PARAMETER})*):(.*)", re.DOTALL)
_DURATION = re.compile(r"[+-]?P(?:\d+W|(?=\d|T\d)(\d+D)?(T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
_ESCAPED = re.compile(r"\\[\\;,nN]")
_LENGTHS = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: the physical line it was found at (from 1), a stable code, and a sentence."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """An unfolded content line and the number of its first physical line."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Property:
    """A content line taken apart; names are in capitals, the value is as written."""

    line: int
    name: str
    parameters: Mapping[str, str]
    value: str

    def fault(self, code: str, message: str) -> Finding:
        """A finding at this line; the message begins with the property's name."""
        return Finding(self.line, code, f"{self.name} {message}")


def parse(line: Line) -> Property | None:
    """The line as a property; None where it is not `NAME;PARAMETER=VALUE:VALUE`."""
    match = _CONTENT.fullmatch(line.text)
    if match is None:
        return None
    parameters = {name.upper(): value for name, value in re.findall(_PARAMETER, match[2])}
    return Property(line.number, match[1].upper(), parameters, match[5])


def is_duration(value: str) -> bool:
    """Whether the value is a DURATION such as PT6H, -P13DT15H or P2W."""
    return _DURATION.fullmatch(value) is not None


def moment(value: str) -> datetime | None:
    """A DATE (as its midnight) or DATE-TIME without its zone; None for anything else."""
    pattern = _LENGTHS.get(len(value))
    if pattern is None or not re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", value):
        return None
    try:
        return datetime.strptime(value, pattern)  # noqa: DTZ007 -- only ever compared with another of its kind
    except ValueError:
        return None


def ends_too_early(start: Property, end: Property) -> bool:
    """Whether an event's exclusive end fails to come after its start, or one is a day and the other a time."""
    if (len(start.value) == 8) is not (len(end.value) == 8):
        return True
    first, last = moment(start.value), moment(end.value)
    same_zone = start.parameters.get("TZID") == end.parameters.get("TZID") and len(start.value) == len(end.value)
    return first is not None and last is not None and same_zone and last <= first


def text_faults(value: str, listed: bool) -> list[str]:
    """The characters of a TEXT value that stand unescaped; in a list of texts the comma separates."""
    bare = _ESCAPED.sub("", value)
    return [char for char in ("\\;" if listed else "\\;,") if char in bare]
