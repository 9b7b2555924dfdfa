"""What will be sent if nothing changes: to whom, when, why, and what is kept from whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.engine import URL

from tests.support.asked import asked_of
from tests.support.databases import SqliteFolder, address
from tests.support.desk import Desk, furnish, morning
from tracker.actions import reach, rehearsal
from tracker.actions.actor import Actor
from tracker.actions.answers import disown, snooze
from tracker.actions.audiences import Silence
from tracker.actions.coming import Coming, Hold, Why
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.outbox_statements import DIGEST
from tracker.actions.outlook import next_reminders, outlook
from tracker.actions.reach import Span
from tracker.ports.clock import FixedClock
from tracker.ports.mailer import Envelope, Receipt
from tracker.records.base import Base
from tracker.records.contracts import Access, Grant
from tracker.records.database import Database
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role
from tracker.rules.digests import Rhythm

TODAY = date(2026, 1, 1)
MONTH = Span(TODAY, date(2026, 1, 31))


@dataclass
class Taking:
    """A mail server that takes everything."""

    taken: list[str] = field(default_factory=list)

    @contextmanager
    def connection(self) -> Iterator["Taking"]:
        yield self

    def ready(self) -> bool:
        return True

    def open(self) -> None:
        """There is always a line."""

    def send(self, envelope: Envelope) -> Receipt:
        self.taken.append(envelope.message_id)
        return Receipt(250, "taken")


def actor(desk: Desk, who: str) -> Actor:
    return Actor("web", desk.people[who], Role.ADMIN if who == "Cleo" else Role.EDITOR)


def coming(desk: Desk, span: Span = MONTH, who: str = "Cleo", person: str = "") -> list[Coming]:
    with desk.database.reading() as session:
        chosen = desk.people[person] if person else None
        return list(outlook(session, actor(desk, who), span, desk.clock.now(), person_id=chosen).reminders)


def told(found: list[Coming]) -> list[tuple[str, str, int | None]]:
    """To whom, on which day and how many days before, of what really goes."""
    return [(one.person.name if one.person else "", f"{one.at:%m-%d}", one.lead) for one in found if one.goes]


def closed(desk: Desk, day: str = "2026-01-31", **more: Any) -> int:
    """A deadline of a contract that only Ana may see."""
    return desk.deadline(day, title="Quiet takeover", access=Access.NAMED, backup_id=None, **more)


def contents(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with desk.database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Base.metadata.tables.values()
        }


# --------------------------------------------------------------------- what is shown


def test_it_tells_each_day_with_its_hour_and_why_each_reader_is_one(desk: Desk) -> None:
    desk.deadline("2026-01-15")
    desk.person("Ana", manager_id=desk.people["Cleo"])
    found = coming(desk)
    assert [
        (one.person.name, one.at, one.lead, one.why) for one in found if one.person and one.person.name != "Ben"
    ] == [
        ("Ana", desk.clock.now(), 14, Why.OWNER),
        *[
            ("Ana", datetime(2026, 1, 15, 1, 0, tzinfo=UTC) - timedelta(lead), lead, Why.OWNER)
            for lead in (7, 3, 1, -1, -3, -7, -14)
        ],
        *[
            ("Cleo", datetime(2026, 1, 15, 1, 0, tzinfo=UTC) - timedelta(lead), lead, Why.MANAGER)
            for lead in (7, 3, 1, -1, -3, -7, -14)
        ],
    ]
    assert {one.of.name for one in found if one.of} == {"Ana"}
    assert {one.why for one in found if one.person and one.person.name == "Ben"} == {Why.BACKUP}


def test_who_was_asked_to_be_told_who_is_away_and_who_is_left_are_named_as_such(desk: Desk) -> None:
    number = desk.deadline("2026-01-31")
    desk.person("Ana", away_from=date(2026, 1, 17), away_until=date(2026, 1, 20), delegate_id=desk.people["Cleo"])
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        session.add(Grant(contract_id=contract.id, person_id=desk.people["Ben"], told=True))
        contract.backup_id = None
    found = coming(desk, Span(date(2026, 1, 10), date(2026, 1, 25)))
    assert told(found) == [
        ("Ana", "01-17", 14),
        ("Ana", "01-24", 7),
        ("Ben", "01-17", 14),
        ("Ben", "01-24", 7),
        ("Cleo", "01-17", 14),
    ]
    assert {(one.person.name, one.why, one.of and one.of.name) for one in found if one.person} == {
        ("Ana", Why.OWNER, None),
        ("Ben", Why.TOLD, None),
        ("Cleo", Why.DELEGATE, "Ana"),
    }
    desk.person("Ana", bounced_at=desk.clock.now())
    desk.person("Ben", bounced_at=desk.clock.now())
    (last,) = [one for one in coming(desk, Span(date(2026, 1, 24), date(2026, 1, 24))) if one.goes]
    assert (last.person and last.person.name, last.why) == ("Cleo", Why.ADMINISTRATOR)


def test_it_tells_what_a_letter_waits_for_and_from_whom_a_reminder_is_kept(desk: Desk) -> None:
    # 17 January 2026 is a Saturday.
    number = desk.deadline("2026-01-31", code="report")
    desk.deadline("2026-02-16", code="renewal-intention", backup_id=None)
    desk.person("Ana", working_days_only=True, quiet_from=time(8), quiet_until=time(10), muted=["renewal-intention"])
    desk.person("Ben", bounced_at=desk.clock.now())
    notice, *_more = coming(desk, Span(date(2026, 1, 17), date(2026, 1, 20)))
    assert (notice.at, notice.holds) == (datetime(2026, 1, 19, 2, 0, tzinfo=UTC), (Hold.DAY_OFF, Hold.QUIET))
    assert (notice.goes, notice.silence) == (True, Silence.MUTED), "nobody else would hear of this notice"
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ana"), number, date(2026, 1, 28), now=desk.clock.now())
    found = [one for one in coming(desk) if one.deadline and one.deadline.id == number]
    assert [(one.person and one.person.name, one.goes, one.silence, one.until, f"{one.at:%m-%d}") for one in found] == [
        ("Ana", False, Silence.PUT_OFF, date(2026, 1, 28), "01-04"),  # until then New Year is kept
        ("Ana", False, Silence.PUT_OFF, date(2026, 1, 28), "01-26"),
        ("Ana", True, None, None, "01-27"),  # midnight in Shanghai
        ("Ana", True, None, None, "01-30"),
        ("Ben", False, Silence.UNREACHABLE, None, "01-01"),
        ("Ben", False, Silence.UNREACHABLE, None, "01-24"),
        ("Ben", False, Silence.UNREACHABLE, None, "01-30"),
    ]


def test_what_waits_in_the_outbox_is_told_with_its_letter(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", quiet_from=time(8), quiet_until=time(12))
    desk.plan()
    first, *later = coming(desk)
    assert (first.letter_id, first.at) == (desk.letters[0].id, datetime(2026, 1, 1, 4, 0, tzinfo=UTC))
    assert [one.letter_id for one in later] == [None] * len(later)
    desk.person("Ana", active=False)
    assert [one for one in coming(desk) if one.letter_id] == [], "the last look before it leaves will keep it"


def test_a_reminder_for_nobody_is_announced_as_such(desk: Desk) -> None:
    closed(desk, "2026-01-20", owner_id=None)
    assert told(coming(desk, Span(TODAY, date(2026, 1, 13)))) == [("", f"01-{day}", None) for day in ("01", "06", "13")]


def test_a_day_past_is_played_anew_and_a_day_far_ahead_too(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    for day in ("2026-01-01", "2026-01-17", "2026-01-24"):
        desk.clock.turn_to(morning(day))
        desk.plan()
    assert told(coming(desk, Span(date(2026, 1, 10), date(2026, 1, 20)))) == [("Ana", "01-17", 14)]
    assert told(coming(desk, Span(date(2025, 12, 1), date(2025, 12, 31)))) == [], "there was nothing to say it of"
    assert told(coming(desk, Span(date(2027, 5, 1), date(2027, 5, 8)))) == [
        ("Ana", "05-01", -455),
        ("Ana", "05-08", -462),
    ]


def test_the_days_before_and_after_this_moment_are_told_once_each(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.clock.turn_to(morning("2026-01-20"))
    assert told(coming(desk)) == [
        ("Ana", f"01-{day}", lead)
        for day, lead in (("01", 30), ("17", 14), ("20", 14), ("24", 7), ("28", 3), ("30", 1))
    ]


# ------------------------------------------------------------------- what gives way


def test_what_leaves_as_the_next_is_planned_gives_way_to_it(desk: Desk) -> None:
    desk.deadline("2026-01-25", backup_id=None, ladder="20, 19")
    desk.person("Ana", quiet_from=time(8), quiet_until=time(0))
    (only,) = coming(desk)
    assert (only.lead, only.at) == (19, datetime(2026, 1, 6, 16, 0, tzinfo=UTC))


def test_what_somebody_hears_again_replaces_nobody_elses_letter(desk: Desk) -> None:
    # 17 January 2026 is a Saturday: Ana's reminder of 14 days waits for Monday, and Ben put it off until Sunday.
    number = desk.deadline("2026-01-31")
    desk.person("Ana", working_days_only=True)
    desk.plan()
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ben"), number, date(2026, 1, 18), now=desk.clock.now())
    assert told(coming(desk, Span(date(2026, 1, 16), date(2026, 1, 20)))) == [
        ("Ana", "01-19", 14),
        ("Ben", "01-18", 13),
    ]


def test_an_answer_has_its_effect_once(desk: Desk) -> None:
    number = desk.deadline("2026-01-31", code="report", ladder="30, 2")
    desk.plan()
    desk.later(minutes=5)
    with desk.database.transaction() as session:
        snooze(session, actor(desk, "Ana"), number, date(2026, 1, 10), now=desk.clock.now())
        snooze(session, actor(desk, "Ben"), number, date(2026, 1, 12), now=desk.clock.now())
    assert told(coming(desk)) == [("Ana", "01-10", 21), ("Ana", "01-29", 2), ("Ben", "01-12", 19), ("Ben", "01-29", 2)]


# -------------------------------------------------------------------- with others


def test_what_waits_for_others_leaves_with_them_and_joins_no_letter_that_is_written(desk: Desk) -> None:
    # 5 January 2026 is a Monday.
    desk.person("Ana", digest=Rhythm.WEEKLY)
    desk.deadline("2026-01-31", backup_id=None)
    desk.plan()
    first, *later = coming(desk)
    assert (first.at, first.holds) == (morning("2026-01-05") - timedelta(minutes=1), (Hold.DIGEST,))
    assert first.letter_id is not None
    assert [one.holds for one in later] == [(Hold.DIGEST,), (), (), ()]
    desk.deadline("2026-02-01", backup_id=None)
    joining = [one for one in coming(desk) if one.lead == 30 and one.letter_id is None]
    assert [(one.at, one.holds) for one in joining] == [(first.at, (Hold.DIGEST,))]
    with desk.database.transaction() as session:
        session.query(Letter).filter_by(purpose=DIGEST).one().message = b"written already"
    alone = [one for one in coming(desk) if one.lead == 30 and one.letter_id is None]
    assert [(one.holds, f"{one.at:%m-%d}") for one in alone] == [((), "01-02")]


# -------------------------------------------------------------------- who may see it


def test_who_does_not_administer_sees_their_own_letters_only(desk: Desk) -> None:
    desk.deadline("2026-01-20", backup_id=None)
    closed(desk, "2026-01-21")
    assert {one.person.name for one in coming(desk, who="Ana") if one.person} == {"Ana"}
    assert coming(desk, who="Ben") == []
    with pytest.raises(Forbidden):
        coming(desk, who="Ben", person="Ana")
    assert coming(desk, person="Ben") == []


def test_an_administrator_sees_of_a_closed_contract_to_whom_and_when_and_no_more(desk: Desk) -> None:
    closed(desk, "2026-01-20", code="report")
    found = coming(desk, person="Ana")
    assert [(one.deadline, one.lead, one.action_day, one.why) for one in found] == [(None, None, None, None)] * len(
        found
    )
    assert {one.person.name for one in found if one.person} == {"Ana"}
    desk.person("Ana", muted=["report"])
    assert coming(desk) == [], "what somebody wants to hear is not for outsiders"


# ----------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-02", "2026-01-01"),
        ("2026-01-01", "2026-04-03"),
        ("1926-01-01", "1926-01-02"),
        ("9999-12-30", "9999-12-31"),
    ],
)
def test_a_span_that_is_turned_round_too_long_or_too_far_away_is_refused(desk: Desk, first: str, last: str) -> None:
    with pytest.raises(Refused):
        coming(desk, Span(date.fromisoformat(first), date.fromisoformat(last)))
    assert coming(desk, Span(TODAY, TODAY + timedelta(91))) == []


def test_beyond_what_can_be_played_it_says_from_which_day_on_letters_are_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-01-31", "2026-02-04", "2026-02-08"):
        desk.deadline(day, code="report", backup_id=None)
    for module, name in ((reach, "MOST"), (reach, "MOST_LOOKED_AT"), (rehearsal, "MOST_TURNS")):
        with monkeypatch.context() as patch, desk.database.reading() as session:
            patch.setattr(module, name, 2)
            found = outlook(session, actor(desk, "Cleo"), MONTH, desk.clock.now())
            assert found.until == date(2026, 1, 9), name
            past = outlook(session, actor(desk, "Cleo"), MONTH, morning("2026-03-01"))
            assert past.until is not None, name
            assert MONTH.first <= past.until <= MONTH.last, name
    with desk.database.reading() as session:
        assert outlook(session, actor(desk, "Cleo"), MONTH, desk.clock.now()).until is None


def test_looking_asks_as_often_for_many_as_for_one_and_writes_nothing(desk: Desk) -> None:
    counts = []
    for size in (1, 10):
        for number in range(size):
            desk.deadline(TODAY + timedelta(9 + number))
        desk.plan()
        before = contents(desk)
        with asked_of(desk.database.engine) as asked:
            coming(desk, Span(TODAY - timedelta(20), TODAY + timedelta(30)))
        counts.append(len(asked))
        assert contents(desk) == before
    assert counts[0] == counts[1]


# ------------------------------------------------------------------- one deadline


def test_a_deadline_tells_what_comes_next_and_to_whom(desk: Desk) -> None:
    number = desk.deadline("2026-04-30")
    with desk.database.reading() as session:
        found = next_reminders(session, session.get_one(Deadline, number), desk.clock.now(), most=2)
    assert told(found) == [("Ana", "01-30", 90), ("Ben", "01-30", 90), ("Ana", "03-01", 60), ("Ben", "03-01", 60)]


def test_nothing_comes_of_what_is_done(desk: Desk) -> None:
    number = desk.deadline("2026-01-20")
    desk.change(number, state=State.DONE)
    assert coming(desk) == []
    with desk.database.reading() as session:
        assert next_reminders(session, session.get_one(Deadline, number), desk.clock.now()) == []


# ----------------------------------------------------- the rehearsal and the real thing

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
