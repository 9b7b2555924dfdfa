"""A linter for calendar feeds that looks at the bytes themselves.

The parsers in use forgive a great deal, each something else, and one bad fold makes some calendar services drop a
whole feed without a word. So every fault known to hurt a subscriber has a code here, and a feed without findings is
one that all of them read. The physical lines are judged in this module, the unfolded ones in `lint_content`.
"""

import re
from collections.abc import Iterator

from tracker.render.lint_content import lint_content
from tracker.render.lint_values import Finding, Line

MOST_OCTETS = 75
_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
# What some parsers take for a line break although RFC 5545 does not: U+0085, U+2028 and U+2029.
_ODD_BREAK = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]")


def lint(data: bytes) -> list[Finding]:
    """Every fault of a feed, in the order of its lines; none for a feed that is safe to serve."""
    refused = _not_a_calendar(data)
    if refused:
        return [refused]
    findings = [Finding(1, "bom", "the file begins with a byte order mark")] if data.startswith(_BOM) else []
    lines = _LINE.findall(data.removeprefix(_BOM))
    for number, line in enumerate(lines, start=1):
        findings += _physical(number, line)
    findings += _ending(lines)
    logical = list(_unfold(lines))
    findings += _encoding(logical)
    findings += lint_content([Line(number, raw.decode("utf-8", "replace")) for number, raw, _ in logical])
    return sorted(findings, key=lambda finding: (finding.line, finding.code))


def _not_a_calendar(data: bytes) -> Finding | None:
    text = data.removeprefix(_BOM).strip()
    if not text:
        return Finding(1, "empty-body", "the body is empty: some clients then wipe the calendar")
    if text.startswith(b"<"):
        return Finding(1, "html-body", "the body is a web page, not a calendar: some clients then wipe the calendar")
    if not text.upper().startswith(b"BEGIN:VCALENDAR"):
        return Finding(1, "not-a-calendar", "the first line is not BEGIN:VCALENDAR")
    return None


def _physical(number: int, line: bytes) -> Iterator[Finding]:
    body = line.removesuffix(b"\n").removesuffix(b"\r")
    if line.endswith(b"\n") and not line.endswith(b"\r\n"):
        yield Finding(number, "bare-lf", "the line ends with LF alone; CRLF is required")
    if not body.strip():
        yield Finding(number, "blank-line", "a blank line stands between the content lines")
    if len(body) > MOST_OCTETS:
        yield Finding(number, "long-line", f"the line has {len(body)} octets, at most {MOST_OCTETS} are allowed")
    if _CONTROL.search(body):
        yield Finding(number, "control-character", "the line holds a control character")
    if _ODD_BREAK.search(body):
        yield Finding(number, "odd-line-break", "the line holds U+0085, U+2028 or U+2029, where some parsers break it")


def _ending(lines: list[bytes]) -> Iterator[Finding]:
    if not lines[-1].endswith(b"\n"):
        yield Finding(len(lines), "no-final-line-break", "the last line does not end with CRLF")


def _unfold(lines: list[bytes]) -> Iterator[tuple[int, bytes, tuple[bytes, ...]]]:
    """Each content line with the number of its first physical line, its bytes, and the pieces it was folded into."""
    start, pieces = 0, list[bytes]()
    for number, line in enumerate(lines, start=1):
        body = line.rstrip(b"\r\n")
        if body[:1] in (b" ", b"\t") and pieces:
            pieces.append(body[1:])
            continue
        if pieces:
            yield start, b"".join(pieces), tuple(pieces)
        start, pieces = number, [body]
    yield start, b"".join(pieces), tuple(pieces)


def _encoding(logical: list[tuple[int, bytes, tuple[bytes, ...]]]) -> Iterator[Finding]:
    for number, whole, pieces in logical:
        if not _is_utf8(whole):
            yield Finding(number, "not-utf8", "the line is not valid UTF-8")
        elif not all(map(_is_utf8, pieces)):
            yield Finding(number, "fold-in-character", "the line is folded inside a UTF-8 character")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
