"""What a letter carries besides its words: the address that takes its answer, and the deadline as a calendar file."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy.orm import Session

from tests.support.desk import HEAD, Desk, mail_to, morning
from tests.support.sink import Sink
from tracker.actions.answer_links import answer_by_link, question_of
from tracker.actions.answering import Said, Way
from tracker.actions.feed_entries import Reader, entry_of
from tracker.actions.links import DeadLink, Reason
from tracker.actions.organisations import organisation_of
from tracker.ports.files import Files
from tracker.records.deadlines import Deadline, State
from tracker.records.feeds import Detail
from tracker.records.people import Role
from tracker.render.feed import entry_fragment
from tracker.render.lint import lint
from tracker.render.trial_letter import read_letter

_TOKEN = re.compile(r"https://tracker\.example/answer/(\S+)")
_KHAL = """\
[calendars]
[[own]]
path = {home}/own
type = calendar
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
[default]
default_calendar = own
[sqlite]
path = {home}/khal.db
"""


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def token_in(message: EmailMessage) -> str:
    found = _TOKEN.findall(text_of(message))
    assert len(found) == 1
    return str(found[0])


def calendars(message: EmailMessage) -> list[bytes]:
    """The calendar files that came with a letter."""
    found = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [data for data in found if isinstance(data, bytes)]


def event_in(data: bytes) -> Any:
    (event,) = icalendar.Calendar.from_ical(data).events
    return event


def letters_to(sink: Sink, who: str = "ana") -> list[EmailMessage]:
    return [copy.message for copy in sink.copies if copy.recipients == [f"{who}@acme.example"]]


def on(desk: Desk, sink: Sink, day: str) -> None:
    desk.clock.turn_to(morning(day))
    desk.tick(mail_to(sink.url))


@contextmanager
def session_of(desk: Desk) -> Iterator[Session]:
    with desk.database.transaction() as session:
        yield session


# ------------------------------------------------------------------- the address


def test_o12_each_letter_carries_one_address_and_a_button_for_each_answer(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    on(desk, sink, "2026-01-01")
    ana, ben = letters_to(sink)[0], letters_to(sink, "ben")[0]
    assert token_in(ana) != token_in(ben)
    page = text_of(ana, "html")
    linked = re.findall(r'href="https://tracker\.example/answer/([^"#]+)#([a-z-]+)"', page)
    assert linked == [(token_in(ana), anchor) for anchor in ("done", "in-hand", "later", "not-mine")]
    assert "http://" not in page


def test_a_reader_who_may_only_look_is_offered_what_they_may_say(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.person("Ben", role=Role.VIEWER)
    for day in ("2026-01-01", "2026-01-31"):
        on(desk, sink, day)
    offered = [
        [re.findall(r'/answer/[^"#]+#([a-z-]+)"', text_of(letter, "html")) for letter in letters_to(sink, who)]
        for who in ("ana", "ben")
    ]
    ways = ["done", "in-hand", "later", "not-mine"]
    assert offered == [[ways, ["done", "in-hand", "not-mine"]], [ways[1:], ["in-hand", "not-mine"]]]
    assert "Answer without signing in (In hand / Later / Not mine):" in text_of(letters_to(sink, "ben")[0])
    assert "record that it is done" not in text_of(letters_to(sink, "ben")[0])


def test_o12_the_address_answers_for_whom_the_letter_went_to(desk: Desk, sink: Sink, tmp_path: Path) -> None:
    number = desk.deadline("2026-01-31")
    on(desk, sink, "2026-01-01")
    token = token_in(letters_to(sink, "ben")[0])
    with session_of(desk) as session:
        question = question_of(session, HEAD.secret, token, now=desk.clock.now())
        assert (question.person.id, question.deadline.id) == (desk.people["Ben"], number)
        said = Said(Way.DONE, date(2026, 1, 1), "sent by courier")
        answer_by_link(session, HEAD.secret, token, said, files=Files(tmp_path), now=desk.clock.now())
    with session_of(desk) as session:
        row = session.get_one(Deadline, number)
        assert row.state is State.DONE
        assert [(done.by_id, done.note) for done in row.completions] == [(desk.people["Ben"], "sent by courier")]
    on(desk, sink, "2026-01-24")
    assert len(sink.copies) == 2


def test_o12_in_hand_by_link_keeps_the_manager_out_of_it(desk: Desk, sink: Sink, tmp_path: Path) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", manager_id=desk.people["Ben"])
    on(desk, sink, "2026-01-01")
    with session_of(desk) as session:
        token = token_in(letters_to(sink)[0])
        answer_by_link(session, HEAD.secret, token, Said(Way.IN_HAND), files=Files(tmp_path), now=desk.clock.now())
    on(desk, sink, "2026-01-24")
    assert (len(letters_to(sink)), len(letters_to(sink, "ben"))) == (2, 0)


def test_o12_the_address_of_an_old_letter_dies_when_the_day_moves(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    on(desk, sink, "2026-01-01")
    desk.change(number, action_day=date(2026, 2, 10), act_by=date(2026, 2, 10), legal=date(2026, 2, 10))
    on(desk, sink, "2026-01-11")
    old, new = map(token_in, letters_to(sink))
    with session_of(desk) as session:
        assert question_of(session, HEAD.secret, new, now=desk.clock.now()).deadline.id == number
        with pytest.raises(DeadLink) as dead:
            question_of(session, HEAD.secret, old, now=desk.clock.now())
    assert dead.value.reason is Reason.MOVED


def test_o12_a_letter_long_after_the_day_can_still_be_answered(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    on(desk, sink, "2026-06-01")
    token, now = token_in(letters_to(sink)[0]), desk.clock.now()
    with session_of(desk) as session:
        assert question_of(session, HEAD.secret, token, now=now + timedelta(days=90)).deadline.state is State.OPEN
        with pytest.raises(DeadLink, match="expired"):
            question_of(session, HEAD.secret, token, now=now + timedelta(days=91))


def test_o12_whoever_looks_at_a_letter_in_the_tracker_does_not_see_its_address(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    on(desk, sink, "2026-01-01")
    message = desk.letters[0].message
    assert message is not None
    shown = read_letter(message).text
    assert token_in(letters_to(sink)[0]) not in shown
    assert "https://tracker.example/answer/…" in shown


# ------------------------------------------------------------------- the calendar file


def test_t09_the_first_reminder_carries_the_deadline_as_the_feeds_have_it(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    on(desk, sink, "2026-01-01")
    (part,) = letters_to(sink)[0].iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert (part.get_param("method"), part.get_param("charset")) == ("PUBLISH", "utf-8")
    assert (part.get_content_disposition(), part.get_filename()) == ("attachment", "deadline.ics")
    (data,) = calendars(letters_to(sink)[0])
    assert [finding.code for finding in lint(data)] == ["method"]  # which only a feed must not have
    assert icalendar.Calendar.from_ical(data)["METHOD"] == "PUBLISH"
    event = event_in(data)
    assert event["ORGANIZER"] == "mailto:desk@acme.example"
    assert "ATTENDEE" not in event
    with session_of(desk) as session:
        row = session.get_one(Deadline, number)
        reader = Reader("en", Detail.FULL, HEAD.base_url, organisation_of(session).installation)
        fed = icalendar.Event.from_ical(entry_fragment(entry_of(row, reader)))
    del event["ORGANIZER"]
    assert event.to_ical() == fed.to_ical()
    assert event["DTSTART"].dt == date(2026, 1, 31)
    assert event["DTSTAMP"].to_ical().endswith(b"Z")


def test_t09_later_reminders_carry_none_until_the_day_moves(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", backup_id=None)
    for day in ("2026-01-01", "2026-01-17"):
        on(desk, sink, day)
    desk.change(number, action_day=date(2026, 2, 28), act_by=date(2026, 2, 28), legal=date(2026, 2, 28), sequence=1)
    for day in ("2026-01-29", "2026-02-14"):
        on(desk, sink, day)
    found = [calendars(message) for message in letters_to(sink)]
    assert [len(parts) for parts in found] == [1, 0, 1, 0]
    first, moved = (event_in(found[at][0]) for at in (0, 2))
    assert first["UID"] == moved["UID"]
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["DTSTART"].dt == date(2026, 2, 28)


def test_t09_whoever_wants_no_calendar_files_gets_none(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    desk.person("Ben", calendar_files=False)
    on(desk, sink, "2026-01-01")
    assert [len(calendars(letters_to(sink, who)[0])) for who in ("ana", "ben")] == [1, 0]


def test_t09_what_is_past_is_not_put_into_a_calendar(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    on(desk, sink, "2026-02-03")
    assert [calendars(message) for message in letters_to(sink)] == [[]]


def test_t09_khal_shows_what_came_with_the_letter_and_moves_it(desk: Desk, sink: Sink, tmp_path: Path) -> None:
    number = desk.deadline("2026-01-31", backup_id=None, title="交付 & report")
    on(desk, sink, "2026-01-01")
    desk.change(number, action_day=date(2026, 2, 28), act_by=date(2026, 2, 28), legal=date(2026, 2, 28), sequence=1)
    on(desk, sink, "2026-01-29")
    (tmp_path / "own").mkdir()
    (tmp_path / "khal.conf").write_text(_KHAL.format(home=tmp_path))
    for message, shown in zip(letters_to(sink), (("2026-01-31",), ("2026-02-28",)), strict=True):
        (data,) = calendars(message)
        (tmp_path / "deadline.ics").write_bytes(data)
        _khal(tmp_path, "import", "--batch", str(tmp_path / "deadline.ics"))
        for day in ("2026-01-31", "2026-02-28"):
            listed = _khal(tmp_path, "list", "--format", "{title}", "--day-format", "", day, "1d").strip()
            assert bool(listed) == (day in shown), (day, listed)
            assert not listed or "交付 & report" in listed


def _khal(home: Path, *arguments: str) -> str:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai",
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    command = [str(Path(sys.executable).parent / "khal"), "-c", str(home / "khal.conf"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
