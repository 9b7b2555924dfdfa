"""What a subscriber gets: bytes that every calendar reads, and events that mean what the deadline means."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render import feed_samples
from tests.render.feed_samples import HEADS, HOSTILE, RECORDED, entries, hostile_feed
from tracker.render.feed import (
    EntryStatus,
    FeedEntry,
    FeedHead,
    assemble,
    clean_line,
    clean_name,
    clean_text,
    entry_fragment,
    overflow,
)
from tracker.render.lint import lint

GOLDEN = Path(__file__).parent.parent / "golden" / "feed"
LEASE = entries("en")[0]
ANYTHING = st.text(st.characters(codec=None))


def feed(*listed: FeedEntry, head: FeedHead = HEADS["en"]) -> bytes:
    return assemble(head, map(entry_fragment, listed))


def lines_of(*listed: FeedEntry) -> list[str]:
    return feed(*listed).decode().replace("\r\n ", "").split("\r\n")


def events(data: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data).events


@pytest.mark.parametrize("language", HEADS)
def test_the_feed_is_the_golden_file_byte_for_byte(language: str) -> None:
    data = feed(*entries(language), head=HEADS[language])
    assert data == (GOLDEN / f"{language}.ics").read_bytes()
    assert lint(data) == []


def test_b1_every_line_ends_with_crlf_and_nothing_stands_before_or_after_the_calendar() -> None:
    data = hostile_feed()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")


def test_b2_no_line_is_longer_than_75_octets_or_cut_inside_a_character() -> None:
    for title in ("续" * 200, "📅" * 200, "x" * 75 + "é" * 200, "\\" * 200):
        for line in feed(replace(LEASE, title=title)).split(b"\r\n"):
            assert len(line) <= 75
            line.decode()


def test_b3_hostile_text_comes_back_cleaned_and_makes_no_line_of_its_own() -> None:
    data = hostile_feed()
    read = events(data)
    assert len(read) == data.count(b"\r\nBEGIN:VEVENT\r\n") == data.count(b"\r\nBEGIN:VALARM\r\n") == len(HOSTILE)
    assert [str(event["SUMMARY"]) for event in read] == [clean_line(text) for text in HOSTILE]
    for event, text in zip(read, HOSTILE, strict=True):
        assert str(event["DESCRIPTION"]).startswith(clean_text(text).strip())
    assert lint(data) == []


def test_b3_a_colour_that_is_no_word_is_left_out() -> None:
    assert b"COLOR:teal\r\n" in assemble(FeedHead(name="x", colour="teal"), [])
    assert b"COLOR" not in assemble(FeedHead(name="x", colour="red\r\nX-EVIL:1"), [])


@given(title=ANYTHING, line=ANYTHING, category=ANYTHING, url=ANYTHING, name=ANYTHING)
def test_b3_no_text_whatever_breaks_a_feed(title: str, line: str, category: str, url: str, name: str) -> None:
    entry = replace(LEASE, title=title, lines=(line,), categories=(category,), url=url)
    data = feed(entry, head=FeedHead(name=name, description=line, colour=name))
    assert lint(data) == []
    (event,) = events(data)
    assert str(event["SUMMARY"]) == clean_line(title)


@given(ANYTHING)
def test_b3_cleaning_twice_is_cleaning_once_and_keeps_ordinary_text(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    ordinary = "续签意向 – naïve 👩‍👧 résumé"
    assert clean_text(ordinary) == ordinary
    assert clean_text("\ud83d\udcc5") == "📅"


def test_b3_a_path_with_a_capital_n_is_not_taken_for_a_line_break() -> None:
    entry = replace(LEASE, title="See C:\\New", lines=("C:\\New",), categories=("C:\\New",))
    (event,) = events(feed(entry))
    assert event["SUMMARY"] == "See C:\\New"
    assert "C:\\New" in str(event["DESCRIPTION"])
    assert event.categories == ["C:\\New"]


@pytest.mark.parametrize("flags", [(), ("-O",)])
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_e2_another_process_in_any_zone_and_without_assertions_writes_the_same_bytes(
    zone: str, flags: tuple[str, ...]
) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": str(root), "PYTHONHASHSEED": "7"}
    command = [sys.executable, *flags, feed_samples.__file__]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    assert done.stdout == hostile_feed()


def test_b4_the_calendar_is_called_the_same_in_both_ways_with_nothing_to_escape() -> None:
    lines = assemble(FeedHead(name="Sales, Beijing; \\ Ana\nhers"), []).decode().split("\r\n")
    assert "NAME:Sales Beijing Ana hers" in lines
    assert "X-WR-CALNAME:Sales Beijing Ana hers" in lines
    assert clean_name("  合同，期限 ") == "合同，期限"


def test_b5_the_refresh_interval_is_a_duration_and_the_head_promises_nothing_else() -> None:
    lines = lines_of(LEASE)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert "X-PUBLISHED-TTL:PT6H" in lines
    assert not [line for line in lines if line.startswith(("METHOD", "SOURCE", "BEGIN:VTIMEZONE", "BEGIN:VTODO"))]


@pytest.mark.parametrize(
    ("day", "written", "end"),
    [
        (date(2026, 2, 28), "20260228", "20260301"),
        (date(2028, 2, 28), "20280228", "20280229"),
        (date(2028, 2, 29), "20280229", "20280301"),
        (date(2026, 12, 31), "20261231", "20270101"),
        (date(2026, 3, 8), "20260308", "20260309"),
        (date(2026, 3, 29), "20260329", "20260330"),
        (date(2026, 11, 1), "20261101", "20261102"),
    ],
)
def test_e2_an_event_is_its_day_and_no_other(day: date, written: str, end: str) -> None:
    lines = lines_of(replace(LEASE, day=day))
    assert f"DTSTART;VALUE=DATE:{written}" in lines
    assert f"DTEND;VALUE=DATE:{end}" in lines


def test_e3_the_change_markers_are_the_deadlines_own_and_in_utc() -> None:
    recorded = datetime(2026, 1, 15, 16, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
    lines = lines_of(replace(LEASE, modified=recorded, sequence=7))
    assert {"DTSTAMP:20260115T083000Z", "LAST-MODIFIED:20260115T083000Z", "SEQUENCE:7"} <= set(lines)


def test_e4_a_deadline_blocks_no_ones_time() -> None:
    assert {"TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"} <= set(lines_of(LEASE))


def test_e5_a_done_deadline_is_ticked_and_silent_and_a_dropped_one_cancelled() -> None:
    done = lines_of(replace(LEASE, status=EntryStatus.DONE))
    assert "SUMMARY:✓ Office lease: last day for notice" in done
    assert "STATUS:CONFIRMED" in done
    cancelled = lines_of(replace(LEASE, status=EntryStatus.CANCELLED))
    assert "STATUS:CANCELLED" in cancelled
    assert "BEGIN:VALARM" not in done + cancelled


@pytest.mark.parametrize(("days", "trigger"), [(14, "-P13DT15H"), (1, "-PT15H"), (0, "PT9H")])
def test_e6_the_one_alarm_rings_at_nine_in_the_morning(days: int, trigger: str) -> None:
    lines = lines_of(replace(LEASE, alarm=days))
    assert lines.count("BEGIN:VALARM") == lines.count("ACTION:DISPLAY") == lines.count(f"TRIGGER:{trigger}") == 1
    assert "BEGIN:VALARM" not in lines_of(replace(LEASE, alarm=None))


def test_e7_the_link_stands_by_itself_and_as_the_last_line_of_the_description() -> None:
    (event,) = events(feed(LEASE))
    assert event["URL"] == "https://tracker.example/deadlines/1"
    assert str(event["DESCRIPTION"]).splitlines()[-1] == event["URL"]
    (bare,) = events(feed(replace(LEASE, url="", lines=())))
    assert "URL" not in bare
    assert "DESCRIPTION" not in bare


def test_e7_a_link_is_written_without_anything_a_client_could_break_it_at() -> None:
    (event,) = events(feed(replace(LEASE, url="https://tracker.example/合同/a b\r\nX:1")))
    assert event["URL"] == "https://tracker.example/%E5%90%88%E5%90%8C/a%20b%20X:1"


def test_the_event_that_says_the_feed_was_cut_is_seen_today_and_moves_on_tomorrow() -> None:
    monday, tuesday = (
        overflow("cut@5f0c2a", day, "12 more deadlines are not shown", ())
        for day in (date(2026, 6, 1), date(2026, 6, 2))
    )
    assert (monday.day, monday.uid) == (date(2026, 6, 1), tuesday.uid)
    assert tuesday.sequence > monday.sequence
    assert lint(feed(monday)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"uid": ""},
        {"uid": "with space"},
        {"uid": "合同"},
        {"modified": RECORDED.replace(tzinfo=None)},
        {"sequence": -1},
    ],
)
def test_an_event_without_identity_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="an event"):
        replace(LEASE, **wrong)
