"""What will be sent if nothing changes: to whom, when, why, and what is kept from whom."""

from datetime import UTC, date, datetime, time, timedelta

from tests.support.desk import Desk, morning
from tests.support.outlook import TODAY, actor, closed, coming, told
from tracker.actions.answers import snooze
from tracker.actions.audiences import Silence
from tracker.actions.coming import Hold, Why
from tracker.actions.outbox_statements import DIGEST
from tracker.actions.reach import Span
from tracker.records.contracts import Grant
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter
from tracker.rules.digests import Rhythm

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


def test_who_stands_in_for_one_who_is_away_too_is_named_with_them(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", away_from=TODAY, delegate_id=desk.people["Ben"])
    desk.person("Ben", away_from=TODAY, delegate_id=desk.people["Cleo"])
    found = coming(desk, Span(TODAY, TODAY))
    assert [(one.person and one.person.name, one.why, one.of and one.of.name) for one in found] == [
        ("Ana", Why.OWNER, None),
        ("Ben", Why.DELEGATE, "Ana"),
        ("Cleo", Why.DELEGATE, "Ben"),
    ]


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
