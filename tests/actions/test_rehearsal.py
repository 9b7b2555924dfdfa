"""The rehearsal foretells what planning and delivery then do."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.engine import URL

from tests.support.databases import SqliteFolder, address
from tests.support.desk import Desk, furnish, morning
from tests.support.outlook import TODAY, Taking, coming
from tracker.actions.actor import Actor
from tracker.actions.answers import disown, snooze
from tracker.actions.errors import Missing, Refused
from tracker.actions.reach import Span
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Access, Grant
from tracker.records.database import Database
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role
from tracker.rules.digests import Rhythm

LADDERS = ("", "30, 7, 1", "14, 3, 0; after 2; every 3", "20, 19, 5; after 1, 4", "off", "2")
DAYS = 14
HOURS = st.sampled_from([None, (time(8), time(10)), (time(22), time(9, 30)), (time(0), time(23))])

people_s = st.fixed_dictionaries(
    {
        "zone": st.sampled_from([None, "America/New_York", "Pacific/Auckland"]),
        "hours": HOURS,
        "working_days_only": st.booleans(),
        "muted": st.sampled_from([[], ["report"], ["renewal-intention"], ["report", "renewal-intention"]]),
        "away": st.none() | st.tuples(st.integers(-2, DAYS), st.integers(0, 8)),
        "delegate": st.sampled_from(["", "Ana", "Ben", "Cleo", "Dora"]),
        "manager": st.sampled_from(["", "Ben", "Dora"]),
        "digest": st.sampled_from([Rhythm.NEVER, Rhythm.DAILY, Rhythm.WEEKLY]),
        "bounced": st.sampled_from([False, False, False, True]),
    }
)
deadlines_s = st.fixed_dictionaries(
    {
        "in": st.integers(-10, 35),
        "code": st.sampled_from(["renewal-intention", "report"]),
        "disowned": st.booleans(),
        "ladder": st.sampled_from(LADDERS),
        "closed": st.booleans(),
        "backup": st.booleans(),
        "told": st.sampled_from(["", "Dora"]),
        "answer": st.none() | st.tuples(st.sampled_from(["Ana", "Ben", "Dora"]), st.integers(0, 12)),
    }
)


@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # what fails is short enough, and shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.fixed_dictionaries(dict.fromkeys(("Ana", "Ben", "Dora"), people_s)),
    st.lists(deadlines_s, min_size=1, max_size=2),
    st.integers(0, DAYS),
)
def test_the_rehearsal_foretells_what_planning_and_delivery_then_do(
    sqlite: SqliteFolder, sqlite_template: URL, people: dict[str, Any], wanted: list[dict[str, Any]], pause: int
) -> None:
    url = sqlite.create(sqlite_template)
    database = Database(address(url))
    event.listen(database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous=OFF"))
    desk = furnish(database, FixedClock(dawn(TODAY)))
    try:
        arrange(desk, people, wanted)
        first, last = TODAY + timedelta(pause), TODAY + timedelta(pause + DAYS)
        from_afar = rehearsed(desk, Span(first, last))
        run(desk, dawn(first))
        near = rehearsed(desk, Span(first, last))
        day_by_day = [
            letter
            for day in range(DAYS + 1)
            for letter in rehearsed(desk, Span(first + timedelta(day), first + timedelta(day)))
        ]
        run(desk, morning(last + timedelta(days=1)))
        really = sorted(letter for letter in delivered(desk) if first <= here(letter) <= last)
        assert sorted(day_by_day) == sorted(near)
        assert sorted(near) == [letter for letter in really if letter[3] > dawn(first)]
        assert sorted(from_afar) == really
    finally:
        desk.database.dispose()
        sqlite.drop(url)


def dawn(day: date) -> datetime:
    """Six in the morning in Shanghai, before any letter leaves."""
    return morning(day) - timedelta(hours=3)


Told = tuple[int, int, int, datetime]
"""Deadline, lead, person and instant."""


def rehearsed(desk: Desk, span: Span) -> list[Told]:
    found = (one for one in coming(desk, span) if one.goes and one.person and one.deadline)
    return [(one.deadline.id, one.lead or 0, one.person.id, one.at) for one in found if one.deadline and one.person]


def delivered(desk: Desk) -> list[Told]:
    return [
        (one.deadline_id or 0, one.lead, one.person_id or 0, one.finished_at)
        for one in desk.letters
        if one.state is LetterState.SENT and one.finished_at and one.deadline_id
    ]


def here(letter: Told) -> date:
    """The organisation's day on which it left."""
    return (letter[3] + timedelta(hours=8)).date()


def run(desk: Desk, until: datetime) -> None:
    """Let the clock run, stopping whenever there may be something to plan or to deliver."""
    while desk.clock.now() <= until:
        desk.tick(Taking())
        with desk.database.reading() as session:
            day = session.scalar(select(func.min(Deadline.remind_on)))
            letter = session.scalar(select(func.min(Letter.not_before)).where(Letter.state == LetterState.QUEUED))
        midnight = datetime.combine(day, time(0), UTC) - timedelta(hours=8) if day else None
        following = [at for at in (midnight, letter) if at and at > desk.clock.now()]
        desk.clock.turn_to(min(following, default=until + timedelta(days=1)))
    desk.clock.turn_to(until)


def arrange(desk: Desk, people: dict[str, dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """These people with these wishes, and deadlines of contracts that are theirs."""
    now = desk.clock.now()
    with desk.database.transaction() as session:
        dora = Person(email="dora@acme.example", name="Dora", role=Role.EDITOR, language="en", created_at=now)
        session.add(dora)
        session.flush()
        desk.people["Dora"] = dora.id
    for name, one in people.items():
        quiet_from, quiet_until = one["hours"] or (None, None)
        start, length = one["away"] or (None, 0)
        desk.person(
            name,
            zone=one["zone"],
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            working_days_only=one["working_days_only"],
            muted=one["muted"],
            digest=one["digest"],
            bounced_at=now if one["bounced"] else None,
            manager_id=desk.people.get(one["manager"]),
            delegate_id=desk.people.get(one["delegate"]),
            away_from=None if start is None else TODAY + timedelta(start),
            away_until=None if start is None else TODAY + timedelta(start + length),
        )
    for one in wanted:
        _open(desk, one)


def _open(desk: Desk, wanted: dict[str, Any]) -> None:
    number = desk.deadline(
        TODAY + timedelta(wanted["in"]),
        code=wanted["code"],
        ladder=wanted["ladder"],
        access=Access.NAMED if wanted["closed"] else Access.ORGANISATION,
        backup_id=desk.people["Ben"] if wanted["backup"] else None,
    )
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract_id
        if wanted["told"]:
            session.add(Grant(contract_id=contract, person_id=desk.people[wanted["told"]], told=True))
        # An administrator who may see it, so that the rehearsal is shown whole, and nobody is left untold.
        session.add(Grant(contract_id=contract, person_id=desk.people["Cleo"], told=False))
    answers = [wanted["answer"], ("Ana", 0), ("Ben", 0)] if wanted["disowned"] else [wanted["answer"]]
    for name, days in filter(None, answers):
        answering = Actor("web", desk.people[name], Role.EDITOR)
        try:
            with desk.database.transaction() as session:
                if days:
                    snooze(session, answering, number, TODAY + timedelta(days), now=desk.clock.now())
                else:
                    disown(session, answering, number, now=desk.clock.now())
        except (Refused, Missing):
            continue
