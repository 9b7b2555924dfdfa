"""The linter against feeds that real parsers forgave or misread, each broken in one way."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.feed_samples import HEADS, entries
from tracker.render.feed import assemble, entry_fragment
from tracker.render.lint import lint

SOUND = assemble(HEADS["zh-Hans"], map(entry_fragment, entries("zh-Hans")))
UID, START, END = b"UID:d1@5f0c2a\r\n", b"DTSTART;VALUE=DATE:20260128\r\n", b"DTEND;VALUE=DATE:20260129\r\n"
STAMP, TTL, REFRESH = b"DTSTAMP:20260115T083000Z\r\n", b"X-PUBLISHED-TTL:PT6H", b"REFRESH-INTERVAL;VALUE=DURATION:PT6H"
ALARM, TRIGGER = b"ACTION:DISPLAY\r\n", b"TRIGGER:-P13DT15H"

Breaking = Callable[[bytes], bytes]


def instead(old: bytes, new: bytes) -> Breaking:
    """Replaces the first `old`, which must be there."""

    def broken(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return broken


def after(line: bytes, new: bytes) -> Breaking:
    return instead(line, line + new + b"\r\n")


def without(line: bytes) -> Breaking:
    return instead(line, b"")


def refolded(data: bytes) -> bytes:
    """The same content, folded by counting octets, as naive writers do."""
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    return b"\r\n".join(b"\r\n ".join(line[at : at + 74] for at in range(0, len(line) or 1, 74)) for line in lines)


BROKEN: list[tuple[str, Breaking]] = [
    ("empty-body", lambda data: b""),
    ("empty-body", lambda data: b"\xef\xbb\xbf\r\n \r\n"),
    ("html-body", lambda data: b"<!doctype html><title>Sign in</title>"),
    ("not-a-calendar", lambda data: b'{"error": "gone"}'),
    ("bom", lambda data: b"\xef\xbb\xbf" + data),
    ("bare-lf", lambda data: data.replace(b"\r\n", b"\n")),
    ("bare-lf", instead(b"VERSION:2.0\r\n", b"VERSION:2.0\n")),
    ("blank-line", instead(b"BEGIN:VEVENT", b"\r\nBEGIN:VEVENT")),
    ("long-line", lambda data: data.replace(b"\r\n ", b"")),
    ("fold-in-character", refolded),
    ("not-utf8", instead("办公室".encode(), "办公室".encode("gb18030"))),
    ("control-character", instead("办公室".encode(), b"\x00")),
    ("control-character", instead("办公室".encode(), b"a\rb")),
    ("odd-line-break", instead("办公室".encode(), "办\u2028公".encode())),
    ("no-final-line-break", lambda data: data.removesuffix(b"\r\n")),
    ("bad-line", after(UID, b"a line that was never folded")),
    ("unescaped-text", instead("：".encode(), b"; ")),
    ("unescaped-text", instead("：".encode(), b", ")),
    ("unescaped-text", instead("：".encode(), b"\\x")),
    ("unescaped-text", instead("CATEGORIES:通知".encode(), b"CATEGORIES:a,b;c")),
    ("missing-end", without(b"END:VCALENDAR\r\n")),
    ("missing-end", without(b"END:VEVENT\r\n")),
    ("missing-end", without(b"END:VALARM\r\n")),
    ("stray-end", without(b"BEGIN:VALARM\r\n")),
    ("outside", lambda data: data + b"X-MORE:1\r\n"),
    ("missing-version", without(b"VERSION:2.0\r\n")),
    ("bad-version", instead(b"VERSION:2.0", b"VERSION:1.0")),
    ("missing-prodid", without(b"PRODID:-//Contract Tracker//Deadlines//EN\r\n")),
    ("missing-uid", without(UID)),
    ("empty-uid", instead(UID, b"UID:\r\n")),
    ("missing-dtstamp", without(STAMP)),
    ("missing-dtstart", without(START)),
    ("missing-summary", instead(b"SUMMARY:", b"X-SUMMARY:")),
    ("duplicate-uid", instead(b"UID:d2@", b"UID:d1@")),
    ("repeated-property", after(UID, b"UID:d1@5f0c2a")),
    ("bad-timestamp", instead(STAMP, b"DTSTAMP:20260115T083000\r\n")),
    ("bad-timestamp", instead(STAMP, b"DTSTAMP:2026-01-15T08:30:00Z\r\n")),
    ("bad-date", instead(START, b"DTSTART;VALUE=DATE:20260230\r\n")),
    ("date-without-value", instead(START, b"DTSTART:20260128\r\n")),
    ("end-before-start", instead(END, b"DTEND;VALUE=DATE:20260127\r\n")),
    ("end-before-start", instead(END, b"DTEND;VALUE=DATE:20260128\r\n")),
    ("end-before-start", instead(END, b"DTEND:20260129T000000Z\r\n")),
    ("end-and-duration", after(END, b"DURATION:P1D")),
    ("bad-sequence", instead(b"SEQUENCE:2", b"SEQUENCE:-1")),
    ("bad-status", instead(b"STATUS:CONFIRMED", b"STATUS:COMPLETED")),
    ("refresh-without-value", instead(REFRESH, b"REFRESH-INTERVAL:PT6H")),
    ("bad-refresh", instead(REFRESH, b"REFRESH-INTERVAL;VALUE=DURATION:6:00:00")),
    ("bad-ttl", instead(TTL, b"X-PUBLISHED-TTL:6:00:00")),
    ("two-names", instead(b"X-WR-CALNAME:", b"X-WR-CALNAME:My ")),
    ("name-with-escapes", instead(b"X-WR-CALNAME:", b"X-WR-CALNAME:Mine\\, ")),
    ("method", after(b"VERSION:2.0\r\n", b"METHOD:PUBLISH")),
    ("source", after(b"VERSION:2.0\r\n", b"SOURCE;VALUE=URI:https://tracker.example/feeds/secret/a.ics")),
    ("vtimezone-first", after(b"VERSION:2.0\r\n", b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nEND:VTIMEZONE")),
    ("vtodo", instead(b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nUID:t1\r\nEND:VTODO\r\nBEGIN:VEVENT")),
    ("missing-action", without(ALARM)),
    ("missing-trigger", without(TRIGGER + b"\r\n")),
    ("bad-trigger", instead(TRIGGER, b"TRIGGER:-13 days")),
    ("bad-trigger", instead(TRIGGER, b"TRIGGER;VALUE=DATE-TIME:20260114T090000")),
    ("alarm-without-description", instead(ALARM + b"DESCRIPTION:", ALARM + b"X-DESCRIPTION:")),
    ("alarm-repeat", after(TRIGGER + b"\r\n", b"REPEAT:2")),
]


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in lint(data)}


def test_a_sound_feed_has_no_findings() -> None:
    assert lint(SOUND) == []
    assert lint(assemble(HEADS["en"], [])) == []


@pytest.mark.parametrize(("code", "broken"), BROKEN)
def test_each_fault_is_found_under_its_own_name(code: str, broken: Breaking) -> None:
    assert code in codes(broken(SOUND))


def test_one_fault_is_not_reported_as_several_kinds() -> None:
    found = {code: codes(broken(SOUND)) for code, broken in BROKEN}
    assert {code: others - {code} for code, others in found.items() if others != {code}} == {
        "stray-end": {"repeated-property"},  # without its BEGIN the alarm's text is the event's second description
        "name-with-escapes": {"two-names"},
    }


def test_a_finding_names_the_physical_line_and_says_what_to_do() -> None:
    data = instead(TTL, b"X-PUBLISHED-TTL:6:00:00")(SOUND)
    (finding,) = lint(data)
    assert data.split(b"\r\n")[finding.line - 1] == b"X-PUBLISHED-TTL:6:00:00"
    assert finding.message == "X-PUBLISHED-TTL is not a duration such as PT6H"


@pytest.mark.parametrize("value", ["PT6H", "-P13DT15H", "P2W", "P1D", "+PT30M", "P1DT1H30M"])
def test_every_lawful_duration_passes(value: str) -> None:
    assert lint(instead(TTL, b"X-PUBLISHED-TTL:" + value.encode())(SOUND)) == []


@pytest.mark.parametrize("value", ["P", "PT", "6H", "P6H", "PT6", "P1DT", "P1Y", ""])
def test_every_unlawful_duration_is_refused(value: str) -> None:
    assert codes(instead(TTL, b"X-PUBLISHED-TTL:" + value.encode())(SOUND)) == {"bad-ttl"}


def test_a_timed_event_across_zones_and_a_changed_instance_are_sound() -> None:
    timed = (
        b"BEGIN:VEVENT\r\nUID:t1\r\nDTSTAMP:20260115T083000Z\r\nSUMMARY:call\r\n"
        b'DTSTART;TZID=Asia/Tokyo:20260128T200000\r\nDTEND;TZID="Europe/Berlin":20260128T130000\r\n%bEND:VEVENT\r\n'
    )
    data = instead(b"END:VCALENDAR", timed % b"" + timed % b"RECURRENCE-ID:20260128T110000Z\r\n" + b"END:VCALENDAR")(
        SOUND
    )
    assert lint(data) == []


def test_the_linter_survives_any_rubbish() -> None:
    for cut in range(0, len(SOUND), 7):
        assert lint(SOUND[:cut] + b'\xff\x00:;="' + SOUND[cut:])
    assert codes(b"BEGIN:VCALENDAR\r\n" * 5_000) == {"missing-end", "missing-version", "missing-prodid"}


@given(st.binary() | st.lists(st.sampled_from(SOUND.split(b"\r\n"))).map(b"\r\n".join))
def test_the_linter_never_raises(data: bytes) -> None:
    assert isinstance(lint(b"BEGIN:VCALENDAR\r\n" + data), list)
