"""Faults in the content of a calendar: nesting, properties, identity, values (RFC 5545 §3.4 to §3.8, RFC 7986)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tracker.render.lint_values import Finding, Line, Property, ends_too_early, is_duration, moment, parse, text_faults

_TEXT = frozenset(
    {
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "COMMENT",
        "CONTACT",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-CALDESC",
        "UID",
        "PRODID",
    }
)
_TEXT_LISTS = frozenset({"CATEGORIES", "RESOURCES"})
_STATUSES = frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"})
_REQUIRED = {
    "VCALENDAR": ("VERSION", "PRODID"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART", "SUMMARY"),
    "VALARM": ("ACTION", "TRIGGER"),
}
_ONCE = {
    "VCALENDAR": ("VERSION", "PRODID", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "COLOR"),
    "VEVENT": (
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION"),
        *("SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "URL"),
    ),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION", "DURATION", "REPEAT"),
}


@dataclass(slots=True)
class _Component:
    """A BEGIN…END block: what stands in it directly, and the blocks inside."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    inside: "list[_Component]" = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        return next((found for found in self.properties if found.name == name), None)


def lint_content(lines: list[Line]) -> list[Finding]:
    """Every fault of the unfolded lines, in no particular order."""
    findings: list[Finding] = []
    blocks = _read(lines, findings)
    for block in blocks:
        findings += _component_faults(block)
    findings += _duplicate_uids(blocks)
    return findings


def _read(lines: list[Line], findings: list[Finding]) -> list[_Component]:
    """Every block in the order of its BEGIN; what cannot be read is reported and left out."""
    blocks: list[_Component] = []
    open_blocks = [_Component("", 0)]
    for line in lines:
        found = parse(line)
        if found is None:
            findings += _unreadable(line)
        elif found.name == "BEGIN":
            block = _Component(found.value.upper(), found.line)
            blocks.append(block)
            open_blocks[-1].inside.append(block)
            open_blocks.append(block)
        elif found.name == "END":
            findings += _close(open_blocks, found)
        elif len(open_blocks) == 1:
            findings.append(found.fault("outside", "stands outside the calendar"))
        else:
            open_blocks[-1].properties.append(found)
    findings += (Finding(b.line, "missing-end", f"BEGIN:{b.name} has no END") for b in open_blocks[1:])
    return blocks


def _unreadable(line: Line) -> Iterator[Finding]:
    if line.text.strip():
        yield Finding(line.number, "bad-line", "this is not a content line (NAME:value)")


def _close(open_blocks: list[_Component], found: Property) -> Iterator[Finding]:
    name = found.value.upper()
    if name not in (block.name for block in open_blocks[1:]):
        yield found.fault("stray-end", f"of {name} closes nothing")
        return
    while (block := open_blocks.pop()).name != name:
        yield Finding(block.line, "missing-end", f"BEGIN:{block.name} has no END before END:{name}")


def _component_faults(component: _Component) -> Iterator[Finding]:
    counts = Counter(found.name for found in component.properties)
    for name in _REQUIRED.get(component.name, ()):
        if not counts[name]:
            yield Finding(component.line, f"missing-{name.lower()}", f"{component.name} has no {name}")
    for name in _ONCE.get(component.name, ()):
        if counts[name] > 1:
            yield Finding(component.line, "repeated-property", f"{component.name} has {name} {counts[name]} times")
    for found in component.properties:
        yield from _value_faults(found)
    yield from _BY_KIND.get(component.name, _nothing)(component)


def _nothing(component: _Component) -> Iterator[Finding]:
    yield from ()


def _value_faults(found: Property) -> Iterator[Finding]:
    if found.name in _TEXT | _TEXT_LISTS:
        for char in text_faults(found.value, found.name in _TEXT_LISTS):
            yield found.fault("unescaped-text", f"holds an unescaped {char}")
    if found.name in ("DTSTAMP", "LAST-MODIFIED", "CREATED") and not _is_instant(found.value):
        yield found.fault("bad-timestamp", "is not an instant in UTC such as 20260131T080000Z")
    if found.name in ("DTSTART", "DTEND"):
        yield from _day_faults(found)
    if found.name == "SEQUENCE" and not (found.value.isascii() and found.value.isdigit()):
        yield found.fault("bad-sequence", "is not a number from 0")


def _is_instant(value: str) -> bool:
    return value.endswith("Z") and moment(value) is not None


def _day_faults(found: Property) -> Iterator[Finding]:
    said = found.parameters.get("VALUE", "DATE-TIME").upper()
    if moment(found.value) is None:
        yield found.fault("bad-date", f"is not a day or time that exists: {found.value[:40]}")
    elif (said == "DATE") is not (len(found.value) == 8):
        yield found.fault("date-without-value", "must say VALUE=DATE exactly when it is a day")


def _event_faults(event: _Component) -> Iterator[Finding]:
    status, uid = event.get("STATUS"), event.get("UID")
    if status and status.value.upper() not in _STATUSES:
        yield status.fault("bad-status", f"of an event cannot be {status.value[:40]}")
    if uid and not uid.value.strip():
        yield uid.fault("empty-uid", "is empty")
    yield from _span_faults(event)


def _span_faults(event: _Component) -> Iterator[Finding]:
    start, end = event.get("DTSTART"), event.get("DTEND")
    if end and event.get("DURATION"):
        yield end.fault("end-and-duration", "and DURATION exclude each other")
    if start and end and ends_too_early(start, end):
        yield end.fault("end-before-start", "is exclusive and must come after DTSTART, as a value of the same kind")


def _alarm_faults(alarm: _Component) -> Iterator[Finding]:
    action, trigger = alarm.get("ACTION"), alarm.get("TRIGGER")
    if action and action.value.upper() == "DISPLAY" and not alarm.get("DESCRIPTION"):
        yield Finding(alarm.line, "alarm-without-description", "a DISPLAY alarm has no DESCRIPTION")
    if trigger and not _is_trigger(trigger):
        yield trigger.fault("bad-trigger", "is neither a duration such as -PT15H nor an instant in UTC")
    if (alarm.get("DURATION") is None) is not (alarm.get("REPEAT") is None):
        yield Finding(alarm.line, "alarm-repeat", "DURATION and REPEAT of an alarm come together or not at all")


def _is_trigger(trigger: Property) -> bool:
    if trigger.parameters.get("VALUE", "DURATION").upper() == "DATE-TIME":
        return _is_instant(trigger.value)
    return is_duration(trigger.value)


def _calendar_faults(calendar: _Component) -> Iterator[Finding]:
    yield from _head_faults(calendar)
    for found in (calendar.get("METHOD"), calendar.get("SOURCE")):
        if found:
            yield found.fault(found.name.lower(), "has no place in a feed")
    for position, block in enumerate(calendar.inside):
        if block.name == "VTIMEZONE" and not any(other.name == "VEVENT" for other in calendar.inside[:position]):
            yield Finding(block.line, "vtimezone-first", "a time zone before the events garbles Chinese text")
        if block.name == "VTODO":
            yield Finding(block.line, "vtodo", "a feed holds events; tasks are ignored or break the subscription")


def _head_faults(calendar: _Component) -> Iterator[Finding]:
    version, name, other_name = (calendar.get(key) for key in ("VERSION", "NAME", "X-WR-CALNAME"))
    if version and version.value != "2.0":
        yield version.fault("bad-version", "must be 2.0")
    if name and other_name and name.value != other_name.value:
        yield name.fault("two-names", "and X-WR-CALNAME differ")
    if other_name and any(char in other_name.value for char in "\\,;"):
        yield other_name.fault("name-with-escapes", "holds a comma, semicolon, backslash or line break")
    yield from _refresh_faults(calendar)


def _refresh_faults(calendar: _Component) -> Iterator[Finding]:
    refresh, lifetime = calendar.get("REFRESH-INTERVAL"), calendar.get("X-PUBLISHED-TTL")
    if refresh and refresh.parameters.get("VALUE", "").upper() != "DURATION":
        yield refresh.fault("refresh-without-value", "must say VALUE=DURATION")
    if refresh and not is_duration(refresh.value):
        yield refresh.fault("bad-refresh", "is not a duration such as PT6H")
    if lifetime and not is_duration(lifetime.value):
        yield lifetime.fault("bad-ttl", "is not a duration such as PT6H")


_BY_KIND: dict[str, Callable[[_Component], Iterator[Finding]]] = {
    "VCALENDAR": _calendar_faults,
    "VEVENT": _event_faults,
    "VALARM": _alarm_faults,
}


def _duplicate_uids(blocks: list[_Component]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for event in (block for block in blocks if block.name == "VEVENT"):
        uid, instance = event.get("UID"), event.get("RECURRENCE-ID")
        if uid is None:
            continue
        first = seen.setdefault((uid.value, instance.value if instance else ""), uid.line)
        if first != uid.line:
            yield uid.fault("duplicate-uid", f"stands already at line {first}")
