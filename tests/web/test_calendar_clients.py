"""Real calendar programs subscribe: they agree on the number of events, follow changes, and show the right day."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.support.feeds import Served, World, deadline_row
from tracker.actions.feeds import NewFeed
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.render.lint import lint

PROGRAMS = Path(sys.executable).parent


@dataclass
class Desk:
    """A subscriber's machine: vdirsyncer fetches into a folder, from which khal shows days."""

    home: Path
    url: str

    def sync(self) -> tuple[set[str], set[str]]:
        """Fetch; the events that came and those that went. vdirsyncer names what it gets over http by its content,
        so that an event that changed goes and comes."""
        before = self.events()
        self.run("vdirsyncer", "sync")
        after = self.events()
        return after - before, before - after

    def events(self) -> set[str]:
        """What is kept on this machine."""
        return {path.read_text() for path in (self.home / "events").glob("*.ics")}

    def agenda(self, zone: str, day: date) -> list[str]:
        """What khal shows on a day in a zone."""
        said = self.run("khal", "list", "--format", "{title}", "--day-format", "", day.isoformat(), "1d", zone=zone)
        return [line for line in said.splitlines() if line]

    def run(self, program: str, *arguments: str, zone: str = "UTC") -> str:
        (self.home / "khal.conf").write_text(_KHAL.format(home=self.home, zone=zone))
        configuration = ["-c", str(self.home / "khal.conf")] if program == "khal" else []
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / zone.replace("/", "-")),
            "VDIRSYNCER_CONFIG": str(self.home / "vdirsyncer.conf"),
            "TZ": zone,
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "ignore",  # theirs, not ours
        }
        command = [str(PROGRAMS / program), *configuration, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


_VDIRSYNCER = """\
[general]
status_path = "{home}/status/"

[pair deadlines]
a = "far"
b = "near"
collections = null
conflict_resolution = "a wins"

[storage far]
type = "http"
url = "{url}"

[storage near]
type = "filesystem"
path = "{home}/events"
fileext = ".ics"
"""
_KHAL = """\
[calendars]
[[deadlines]]
path = {home}/events
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = deadlines
"""


@pytest.fixture
def desk(served_feeds: Served, tmp_path: Path) -> Desk:
    """Ana's machine, subscribed."""
    home = tmp_path / "desk"
    (home / "events").mkdir(parents=True)
    issued = served_feeds.world.subscribe("Ana", NewFeed(label="Deadlines"))
    desk = Desk(home, served_feeds.address + issued.path)
    (home / "vdirsyncer.conf").write_text(_VDIRSYNCER.format(home=home, url=desk.url))
    desk.run("vdirsyncer", "discover")
    return desk


def add_many(world: World, count: int) -> None:
    titles = ("续签意向通知，请尽快；注意 \\ “引号”", "📅 " * 60, "x,y;z\\n" * 20, "Follow up")
    with world.database.transaction() as session:
        lease = session.query(Contract).filter_by(number="L-1").one()
        for n in range(count):
            day = date(2026, 7, 1 + n % 28)
            session.add(deadline_row(lease, f"visit:{n}", "follow-up-visit", day, title=titles[n % len(titles)]))


def test_c1_every_parser_counts_the_same_events(served_feeds: Served) -> None:
    add_many(served_feeds.world, 40)
    _, _, data = served_feeds.get(served_feeds.world.subscribe("Ana").path)
    assert lint(data) == []
    assert len(icalendar.Calendar.from_ical(data).events) == 43
    assert len(data.split(b"\r\nBEGIN:VEVENT\r\n")) == 44


def test_c2_vdirsyncer_fetches_all_then_nothing_then_what_changed_then_what_went(
    served_feeds: Served, desk: Desk
) -> None:
    add_many(served_feeds.world, 9)
    came, went = desk.sync()
    assert (len(came), len(went)) == (12, 0)
    assert desk.sync() == (set(), set())
    with served_feeds.world.database.transaction() as session:
        moved = session.query(Deadline).filter_by(code="payment").one()
        moved.action_day, moved.sequence = date(2026, 6, 12), 1
    (fresh,), (stale,) = desk.sync()
    assert ("DTSTART;VALUE=DATE:20260612" in fresh, "DTSTART;VALUE=DATE:20260529" in stale) == (True, True)
    with served_feeds.world.database.transaction() as session:
        for gone in session.query(Deadline).filter(Deadline.key.in_(["visit:0", "visit:1", "visit:2"])):
            session.delete(gone)
    came, went = desk.sync()
    assert (len(came), len(went), len(desk.events())) == (0, 3, 9)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"])
def test_c3_khal_shows_a_deadline_on_its_day_wherever_its_reader_is(desk: Desk, zone: str) -> None:
    desk.sync()
    for day, title in ((date(2026, 5, 29), "Payment"), (date(2026, 6, 30), "notice"), (date(2029, 2, 28), "End of")):
        assert len([line for line in desk.agenda(zone, day) if title in line]) == 1
        for other in (day.replace(day=day.day - 1), date.fromordinal(day.toordinal() + 1)):
            assert desk.agenda(zone, other) == []
