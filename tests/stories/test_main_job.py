"""The main job on real parts: a legal team records contracts, is told in time, and shows what was done.

Contracts come in by the command line and by the form; reminders leave through SMTP to a real server; the calendar is
fetched over HTTP and read by the programs people use; a completion is logged in the browser with its proof.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
import yaml
from sqlalchemy import select
from waitress.server import create_server

from tests.cli.conftest import Shell
from tests.rules.worked import business_transfer, confidentiality, crm_implementation, customer_maintenance
from tests.rules.worked.table import TODAY, Row
from tests.support.office import at, people
from tests.support.sink import Sink
from tests.web.conftest import Office, build, csrf, send, text_of
from tests.web.test_calendar_clients import _VDIRSYNCER, Desk
from tests.web.test_completion import PDF, form_of
from tests.web.test_contract_form import FILLED, NEW, submit
from tracker.chores import Chores
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Person

WORKED = (crm_implementation, confidentiality, business_transfer, customer_maintenance)
ANA = "ana@acme.example"
NOTICE = "renewal-intention.us/1"


@dataclass
class Story:
    """One installation, seen through its doors."""

    office: Office
    shell: Shell
    sink: Sink
    clock: FixedClock
    folder: Path

    # --------------------------------------------------------------- chores

    def tick(self, day: str) -> None:
        """Nine in the morning of a day, with every chore run twice over."""
        self.clock.turn_to(at(day) + timedelta(minutes=1))
        for _ in range(2):
            Chores(self.office.tracker, "http://localhost").all_once()

    def told(self) -> list[str]:
        """Subjects of what Ana received about the notice under the contract added by the form, oldest first."""
        subjects = [str(copy.message["Subject"]) for copy in self.sink.copies if copy.recipients == [ANA]]
        return [subject for subject in subjects if "Maintenance" in subject and "notice on renewal" in subject]

    # ----------------------------------------------------------------- rows

    def deadline(self, number: str, key: str) -> Deadline:
        query = select(Deadline).join(Contract).where(Contract.number == number, Deadline.key == key)
        with self.office.tracker.reading() as session:
            return session.scalars(query).one()

    def listed(self, number: str) -> dict[str, dict[str, Any]]:
        """What the command line says of a contract's deadlines."""
        return {row["key"].partition(":")[2]: row for row in self.shell.json("deadlines", "--contract", number)}


@pytest.fixture
def story(database_url: str, tmp_path: Path, sink: Sink) -> Iterator[Story]:
    clock = FixedClock(at(TODAY.isoformat()))
    more = {"TRACKER_SMTP_URL": sink.url, "TRACKER_MAIL_FROM": "tracker@acme.example"}
    office = build(database_url, tmp_path / "instance", clock, **more)
    people(office.tracker, clock.now())
    with office.tracker.reading() as session:
        office.people = {person.name: person.id for person in session.scalars(select(Person))}
    environment = {
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_BASE_URL": "http://localhost",
        **more,
    }
    yield Story(office, Shell(environment, clock, tmp_path), sink, clock, tmp_path)
    office.tracker.close()


def test_a_team_is_told_in_time_and_shows_what_was_done(story: Story) -> None:
    import_the_worked_contracts(story)
    add_one_by_the_form(story)
    reminders_arrive_though_the_machine_slept(story)
    feed = subscribe(story)
    assert "✓" not in summary(story, feed, NOTICE)
    complete_it_with_proof(story)
    nothing_more_is_said_of_it(story)
    assert summary(story, feed, NOTICE).startswith("✓ ")
    calendar_programs_show_it_done(story, feed)


# ---------------------------------------------------------------- the chapters


def import_the_worked_contracts(story: Story) -> None:
    """Four files by the command line; every date is the one worked out by hand."""
    files = []
    for module in WORKED:
        text = yaml.safe_dump({**module.DOCUMENT, "owner": ANA}, allow_unicode=True)
        files.append(story.shell.write(f"{module.DOCUMENT['number']}.yaml", text))
    story.shell.ok("--as", ANA, "import", "--yes", *files)
    for module in WORKED:
        found = story.listed(module.DOCUMENT["number"])
        assert sorted(found) == sorted(row.key for row in module.TABLE)
        for row in module.TABLE:
            assert {name: found[row.key][name] for name in ("nature", "legal", "act_by", "send_by")} == told_by(row)
    before = story.listed("W-4")
    story.shell.ok("--as", ANA, "import", "--yes", *files)
    assert story.listed("W-4") == before, "the same files again change nothing"


def told_by(row: Row) -> dict[str, str | None]:
    days = {"legal": row.legal, "act_by": row.act_by, "send_by": row.send_by}
    return {"nature": row.nature.value, **{name: day.isoformat() if day else None for name, day in days.items()}}


def add_one_by_the_form(story: Story) -> None:
    """One year from 5 January 2026 ends on 4 January 2027; notice 30 days before it is due by 5 December 2026."""
    answer = submit(story.office.sit("Ana"), NEW, **FILLED)
    assert answer.status_code == 303, text_of(answer)
    assert story.listed("M-1")[NOTICE]["act_by"] == "2026-12-05"
    assert "5 Dec 2026" in text_of(story.office.sit("Ana").get(answer.location))


def reminders_arrive_though_the_machine_slept(story: Story) -> None:
    """Fourteen days before; then nobody is at work until two days before, and only the most urgent speaks."""
    story.tick("2026-11-22")
    assert len(story.told()) == 1
    story.tick("2026-11-23")
    assert len(story.told()) == 1, "nothing new to say"
    story.tick("2026-12-03")
    assert story.told() == [
        "维护协议 Maintenance: 13 days left: Last day for notice on renewal (5 Dec 2026)",
        "维护协议 Maintenance: 2 days left: Last day for notice on renewal (5 Dec 2026)",
    ]
    ids = [copy.message_id for copy in story.sink.copies]
    assert len(set(ids)) == len(ids), "no letter came twice"
    others = {str(copy.message["Subject"]) for copy in story.sink.copies if copy.recipients != [ANA]}
    told = "The working days of China (CN) are known only to the end of 2026"
    assert others == {told}, "and that is for the administrator"


def subscribe(story: Story) -> str:
    """A feed of Ana's, made on the command line; answers its path."""
    issued = story.shell.json("--as", ANA, "feed", "create", "Deadlines")
    return str(urlsplit(issued["address"]).path)


def summary(story: Story, feed: str, key: str) -> str:
    """The title of the deadline's event."""
    calendar = icalendar.Calendar.from_ical(story.office.browser().get(feed).data)
    day = story.deadline("M-1", key).action_day
    (event,) = [event for event in calendar.events if event.start == day and "Maintenance" in str(event["SUMMARY"])]
    return str(event["SUMMARY"])


def complete_it_with_proof(story: Story) -> None:
    ana, deadline = story.office.sit("Ana"), story.deadline("M-1", NOTICE)
    fields = form_of(story.office, "Ana", deadline.id)
    proof = (BytesIO(PDF), "快递单.pdf")
    data = {"csrf_token": csrf(ana), **fields, "note": "by courier", "files": proof}
    assert ana.post(f"/obligations/{deadline.id}/log", data=data).status_code == 303
    assert story.deadline("M-1", NOTICE).state is State.DONE
    kept = [path.read_bytes() for path in (story.folder / "instance" / "evidence").rglob("*") if path.is_file()]
    assert kept == [PDF]


def nothing_more_is_said_of_it(story: Story) -> None:
    """The letters of one day before, one day after and three days after never leave."""
    before = story.told()
    for day in ("2026-12-04", "2026-12-06", "2026-12-08"):
        story.tick(day)
    assert story.told() == before


def calendar_programs_show_it_done(story: Story, feed: str) -> None:
    """vdirsyncer fetches it over HTTP, and khal shows it on its day, ticked."""
    with served(story) as address:
        home = story.folder / "desk"
        (home / "events").mkdir(parents=True)
        desk = Desk(home, address + feed)
        (home / "vdirsyncer.conf").write_text(_VDIRSYNCER.format(home=home, url=desk.url))
        desk.run("vdirsyncer", "discover")
        came, _ = desk.sync()
        assert desk.sync() == (set(), set()), "fetched again, nothing has changed"
    calendar = icalendar.Calendar.from_ical(story.office.browser().get(feed).data)
    assert len(came) == len(calendar.events)
    shown = desk.agenda("Asia/Shanghai", date(2026, 12, 5))
    assert any(line.startswith("✓ ") and "Maintenance" in line for line in shown), shown


@contextmanager
def served(story: Story) -> Iterator[str]:
    """The web application on a port of its own."""
    server = create_server(story.office.app, host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(server.close)
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()


# --------------------------------------------------------------- other stories


def test_a_deadline_taken_back_is_announced_again(story: Story) -> None:
    add_one_by_the_form(story)
    story.tick("2026-12-03")
    complete_it_with_proof(story)
    story.clock.turn_to(story.clock.now() + timedelta(minutes=5))
    send(story.office.sit("Ana"), f"/obligations/{story.deadline('M-1', NOTICE).id}/undo")
    before = len(story.told())
    story.tick("2026-12-04")
    assert len(story.told()) == before + 1


def test_whoever_stands_in_for_nobody_sees_no_letter_of_a_closed_contract(story: Story) -> None:
    document = {**customer_maintenance.DOCUMENT, "owner": ANA, "access": {"only": ["ben@acme.example"]}}
    story.shell.ok("--as", ANA, "import", "--yes", story.shell.write("closed.yaml", yaml.safe_dump(document)))
    story.tick("2026-11-30")
    assert story.sink.copies
    assert not [copy for copy in story.sink.copies if "cleo@acme.example" in copy.recipients]
    for name in ("Cleo", "Ada"):
        row = story.deadline("W-4", "term-end/4")
        assert story.office.sit(name).get(f"/obligations/{row.id}").status_code == 404
