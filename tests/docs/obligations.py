"""Where each code of the catalogue is met: on its page, in a letter, in the calendar, in a file; all really made.

`python -m tests.docs.obligations` writes the tables of docs/obligations.md anew.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import icalendar
from sqlalchemy import select, update

from tests.stories import codes_after_the_end, codes_in_force, codes_of_third_parties, codes_that_come_round
from tests.stories.telling import Story
from tests.support.office import at, people
from tests.web.conftest import Office, build, send, text_of
from tracker.actions.actor import OPERATOR
from tracker.actions.bundles import Form, export_contract
from tracker.chores import Chores
from tracker.ports.clock import FixedClock
from tracker.ports.plain_yaml import parse
from tracker.records.database import Database
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.migrate import upgrade
from tracker.records.people import Person
from tracker.render.names import deadline_name
from tracker.render.texts import texts
from tracker.rules.readings import Nature
from tracker.rules.reminders import ladder_for

PAGE = Path(__file__).parents[2] / "docs" / "obligations.md"
GROUPS: Mapping[str, tuple[ModuleType, ...]] = {
    "While it is in force": (codes_that_come_round, codes_in_force),
    "After the end": (codes_after_the_end,),
    "Third parties": (codes_of_third_parties,),
}
HEADER = "| code | 中文 | English | starting point | page | mail | calendar | file |\n|---|---|---|---|---|---|---|---|"
EN, ZH = texts("en"), texts("zh-Hans")
TABLE = re.compile(r"\| code \|.*\n(?:\|.*\n)+")


@dataclass(frozen=True)
class Met:
    """One code, and what is seen of it where."""

    story: Story
    page: str
    mail: str
    calendar: str
    file: str

    def line(self) -> str:
        """Its row of the table."""
        code = self.story.code
        named = f'<a id="{code}"></a>`{code}`', deadline_name(code, "", ZH), deadline_name(code, "", EN)
        cells = (*named, starting_point(self.story), self.page, self.mail, self.calendar, self.file)
        return f"| {' | '.join(cells)} |"


def starting_point(story: Story) -> str:
    """What its clock runs from, as the contract file says it."""
    if not story.starts:
        return f"`{story.happened[0][0] if story.happened else 'term_end'}`"
    word = story.starts.rpartition(" ")[2]
    return "a date" if word[0].isdigit() else f"`{word}`"


def tables(office: Office) -> dict[str, str]:
    """Each group's table, from what the product shows."""
    stories = {name: [story for part in parts for story in part.STORIES] for name, parts in GROUPS.items()}
    seen = {met.story.code: met for met in met_everywhere(office, [one for part in stories.values() for one in part])}
    return {name: "\n".join([HEADER, *(seen[one.code].line() for one in part)]) for name, part in stories.items()}


def met_everywhere(office: Office, stories: Sequence[Story]) -> Iterator[Met]:
    """Record every story under a contract of its own, whose title is the code, and look at it wherever it is shown."""
    for story in stories:
        office.record(_document(story))
    rows = {story.code: _row(office, story) for story in stories}
    pages = {code: on_page(office, row) for code, row in rows.items()}
    files = {story.code: in_file(office, story) for story in stories}
    calendar, letters = in_calendar(office, rows), in_letters(office, rows)
    for story in stories:
        code = story.code
        yield Met(story, pages[code], letters[code], calendar[code], files[code])


def _document(story: Story) -> dict[str, Any]:
    happened = [{"kind": kind, "day": day, **more} for kind, day, more in story.happened]
    facts = [*story.document["facts"], *happened]
    names = {"number": story.code, "title": f"contract of {story.code}", "owner": "ana@acme.example"}
    return {**story.document, **names, "facts": facts}


def _row(office: Office, story: Story) -> Deadline:
    with office.tracker.reading() as session:
        query = select(Deadline).join(Deadline.contract).where(Deadline.key == story.row.key)
        return session.scalars(query.where(Deadline.contract.has(number=story.code))).one()


# ------------------------------------------------------------------- where it is


def on_page(office: Office, row: Deadline) -> str:
    """The word that stands before its day on its page."""
    page = html.unescape(text_of(office.sit("Ana").get(f"/obligations/{row.id}")))
    assert deadline_name(row.code, "", EN) in page
    assert row.act_by is not None
    found = re.findall(rf"<dt>([^<]+)</dt><dd><strong><time datetime=\"{row.act_by}\">", page)
    return f"“{found[-1]}”"


def in_file(office: Office, story: Story) -> str:
    """The section of the exported file that brings it."""
    with office.tracker.reading() as session:
        exported = export_contract(
            session, OPERATOR, story.code, Form.YAML, files=office.tracker.files, now=office.clock.now()
        )
    document, _lines = parse(exported.data.decode())
    codes = {item["code"]: item["due"] for item in document.get("obligations", [])}
    if story.code in codes:
        assert codes[story.code] == story.starts
        return "`obligations`"
    section = "term" if story.code == "term-end" else next(iter(story.agreed))
    assert document[section]
    return f"`{section}`"


def in_calendar(office: Office, rows: Mapping[str, Deadline]) -> dict[str, str]:
    """The event, and whether a calendar that keeps alarms rings before it."""
    page = text_of(send(office.sit("Ana"), "/calendar/", label="All", detail="full", side="", done="1"))
    address = re.search(r"http://localhost(/feeds/[^\"<\s]+\.ics)", page)
    assert address is not None
    events = icalendar.Calendar.from_ical(office.browser().get(address[1]).data).events
    found = {code: [event for event in events if _is_of(event, row)] for code, row in rows.items()}
    assert {code for code, shown in found.items() if len(shown) != 1} == set()
    return {code: _alarm(event) for code, (event,) in found.items()}


def _is_of(event: icalendar.Event, row: Deadline) -> bool:
    what, _, contract = str(event["SUMMARY"]).removesuffix(" (provisional)").rpartition(" – contract of ")
    return bool(
        event.start == row.action_day and contract == row.code and what.startswith(deadline_name(row.code, "", EN))
    )


def _alarm(event: icalendar.Event) -> str:
    rings = re.findall(r"TRIGGER:-P(\d+)D(T\d+H)?", event.to_ical().decode())
    return f"event, alarm {int(rings[0][0]) + bool(rings[0][1])} days before" if rings else "event"


def in_letters(office: Office, rows: Mapping[str, Deadline]) -> dict[str, str]:
    """On which days letters leave; each code has its letter on one of them at least, sent on one of a few mornings."""
    waiting, chores = dict(rows), Chores(office.tracker, "http://localhost")
    while waiting:
        morning = min(_last_morning(row) for row in waiting.values())
        office.clock.turn_to(max(office.clock.now(), at(morning.isoformat(), time(9, 1))))
        chores.plan()
        _keep_only_letters_about(office, rows.values())
        chores.dispatch()
        for code in [code for code, row in waiting.items() if row.remind_on and row.remind_on <= morning]:
            _look_at_letter(office, waiting.pop(code))
    return {code: _ladder(row) for code, row in rows.items()}


def _keep_only_letters_about(office: Office, rows: Iterable[Deadline]) -> None:
    """The contracts have other deadlines, and nobody looks at the letters about those."""
    with office.tracker.transaction() as session:
        others = Letter.deadline_id.not_in([row.id for row in rows]), Letter.state == LetterState.QUEUED
        session.execute(update(Letter).where(*others).values(state=LetterState.SUPPRESSED))


def _last_morning(row: Deadline) -> date:
    """The last on which a letter tells beforehand; that a window opens is told on the very day."""
    assert row.action_day is not None
    return row.action_day if row.nature is Nature.NOT_BEFORE else row.action_day - timedelta(days=1)


def _look_at_letter(office: Office, row: Deadline) -> None:
    assert row.action_day is not None
    with office.tracker.reading() as session:
        query = select(Letter.message).where(Letter.deadline_id == row.id, Letter.message.is_not(None))
        message = session.scalars(query.order_by(Letter.id)).first()
    body = message_from_bytes(message or b"", policy=SMTP).get_body(("plain",))
    assert body is not None, row.code
    text = " ".join(body.get_content().split())
    assert deadline_name(row.code, "", EN) in text
    assert EN.date(row.action_day) in text


def _ladder(row: Deadline) -> str:
    ladder = ladder_for(row.code, row.nature, row.side)
    before = ", ".join(str(lead) for lead in ladder.leads if lead > 0)
    after = ", ".join(str(-lead) for lead in ladder.leads if lead < 0)
    told = f"{before} days before" if before else "on the day"
    then = f", then every {ladder.then_every}" if ladder.then_every else ""
    return f"{told}; {after} after{then}" if after else told


# ---------------------------------------------------------------------- writing


def write() -> None:
    """Put the tables as they are in place of those that stand there."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/tracker.db"
        database = Database(url)
        upgrade(database)
        database.dispose()
        office = furnished(url, Path(folder))
        made = iter(tables(office).values())
        office.tracker.close()
    PAGE.write_text(TABLE.sub(lambda _: next(made) + "\n", PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def furnished(url: str, folder: Path) -> Office:
    """An office with the cast in it, on the day of the stories' signature."""
    clock = FixedClock(at("2026-01-05"))
    office = build(url, folder / "instance", clock)
    people(office.tracker, clock.now())
    with office.tracker.reading() as session:
        office.people = {person.name: person.id for person in session.scalars(select(Person))}
    return office


if __name__ == "__main__":
    write()
