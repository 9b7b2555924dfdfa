"""Digests that cannot go: their reminders are letters of their own again, and none of them is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.digests import ANA, BEN, actor, alone, run, states, text
from tests.support.returned import postfix
from tests.support.sink import Fault, Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.alarms import raise_alarms
from tracker.actions.bounces import Taken, take_in
from tracker.actions.outbox_desk import try_again
from tracker.actions.wishes import Wishes, clear_bounce, wish
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Role
from tracker.rules.digests import Rhythm


def test_refused_for_good_its_reminders_go_by_themselves(reader: Desk, sink: Sink) -> None:
    alone(reader, "2026-01-31")
    alone(reader, "2026-03-02")
    reader.plan()
    sink.faults(Fault("RCPT", reply="554 looks like a mailing", times=1))
    assert run(reader, sink, "2026-01-01") == []
    assert states(reader)[0][2:] == ("superseded", "refused for good")
    copies = run(reader, sink)
    assert sorted(str(copy.message["subject"])[14:21] for copy in copies) == ["30 days", "60 days"]
    assert reader.tally() == {"superseded": 1, "sent": 2}


def test_once_written_it_stays_as_it_is_and_nothing_joins_it(reader: Desk, sink: Sink) -> None:
    eve = reader.clock.now()
    first, other = alone(reader, "2026-01-31"), alone(reader, "2026-03-02")
    reader.plan()
    sink.faults(Fault("DATA", reply="451 later", times=1))
    assert run(reader, sink, "2026-01-01") == []
    written = reader.letters[0].message
    late = alone(reader, "2026-02-01", modified_at=eve)
    reader.later(minutes=2)
    copies = run(reader, sink)
    assert sorted(str(copy.message["subject"])[:20] for copy in copies) == [
        "2 reminders: the nea",
        "Office lease: 31 day",
    ]
    assert next(copy.content for copy in copies if "2 reminders" in str(copy.message["subject"])) == written
    ended = {one.deadline_id: (one.state.value, one.digest_id) for one in reader.letters if one.purpose == "reminder"}
    assert ended == {first: ("sent", 1), other: ("sent", 1), late: ("sent", None)}


def written_and_refused(desk: Desk, sink: Sink, fault: Fault) -> tuple[int, int]:
    """Two deadlines told in a digest that did not go at the first try."""
    closed, other = alone(desk, "2026-01-31", title="Quiet takeover"), alone(desk, "2026-03-02", title="Car park")
    desk.plan()
    sink.faults(fault)
    run(desk, sink, "2026-01-01")
    return closed, other


def close(desk: Desk, deadline_id: int) -> None:
    """Give the contract to Ben, and to nobody else."""
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, deadline_id).contract
        contract.access, contract.owner_id = Access.NAMED, desk.people["Ben"]


def test_written_it_is_kept_from_a_reader_who_may_not_see_all_of_it_any_more(reader: Desk, sink: Sink) -> None:
    closed, _other = written_and_refused(reader, sink, Fault("RCPT", reply="451 later", times=1))
    close(reader, closed)
    reader.later(minutes=2)
    for _ in range(2):
        run(reader, sink)
    to_ana = [copy for copy in sink.copies if copy.recipients == [ANA]]
    assert [str(copy.message["subject"])[:22] for copy in to_ana] == ["Car park: 60 days left"]
    assert states(reader)[0][2:] == ("suppressed", "not as it was written")


@pytest.mark.parametrize(
    "change", [{"state": State.DONE}, {"action_day": date(2026, 1, 20), "legal": date(2026, 1, 20)}]
)
def test_written_it_gives_way_where_something_it_tells_holds_no_more(
    reader: Desk, sink: Sink, change: dict[str, Any]
) -> None:
    changed, _other = written_and_refused(reader, sink, Fault("RCPT", reply="451 later", times=1))
    reader.change(changed, **change)
    reader.later(minutes=2)
    for _ in range(2):
        run(reader, sink)
    assert not [copy for copy in sink.copies if "31 Jan 2026" in text(copy)]
    assert len([copy for copy in sink.copies if "2 Mar 2026" in text(copy)]) == 1


def test_what_may_have_arrived_comes_once_more_as_it_was_unless_it_is_not_for_its_reader(
    reader: Desk, sink: Sink
) -> None:
    done, _other = written_and_refused(reader, sink, Fault("BODY", drop=True, times=1))
    reader.change(done, state=State.DONE)
    reader.later(minutes=16)
    run(reader, sink)
    assert len({(copy.message_id, copy.sha256) for copy in sink.copies}) == 1
    assert len(sink.copies) == 2


def test_in_doubt_twice_its_reminders_go_by_themselves(reader: Desk, sink: Sink) -> None:
    alone(reader, "2026-01-31")
    reader.plan()
    for day in ("2026-01-01", "2026-01-02"):
        sink.faults(Fault("BODY", drop=True, times=1))
        assert len(run(reader, sink, day)) == 1
    assert states(reader)[0][2:] == ("superseded", "may have been delivered")
    (copy,) = run(reader, sink)
    assert "29 days left" in str(copy.message["subject"])
    assert len({(one.message_id, one.sha256) for one in sink.copies[:2]}) == 1


def test_what_cannot_be_written_keeps_nothing_else_from_going(quick_reader: Desk, sink: Sink) -> None:
    alone(quick_reader, "2026-01-31")
    alone(quick_reader, "2026-03-02", title="Far off")
    quick_reader.plan()
    with quick_reader.database.transaction() as session:
        session.query(Letter).filter(Letter.lead == 30).one().facts = {}
    assert run(quick_reader, sink, "2026-01-01") == []
    (copy,) = run(quick_reader, sink)
    assert "60 days left" in str(copy.message["subject"])
    assert states(quick_reader) == [
        ("digest", 0, "superseded", "could not be written"),
        ("reminder", 30, "retry", "could not be written"),
        ("reminder", 60, "sent", ""),
    ]


def test_switched_off_what_waits_comes_by_itself(desk: Desk, sink: Sink) -> None:
    desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(desk, "2026-01-31")
    assert run(desk, sink) == []
    with desk.database.transaction() as session:
        wish(session, actor(desk), Wishes(), now=desk.clock.now())
    (copy,) = run(desk, sink)
    assert "30 days left" in str(copy.message["subject"])
    assert run(desk, sink, "2026-01-05") == []
    assert states(desk)[0][2:] == ("suppressed", "nothing left to say")


@pytest.mark.parametrize("change", [{"active": False}, {"bounced_at": datetime(2026, 1, 1, tzinfo=UTC)}])
@pytest.mark.parametrize("written", [False, True])
def test_when_its_reader_is_gone_whoever_is_left_is_told_at_once(
    desk: Desk, sink: Sink, change: dict[str, Any], written: bool
) -> None:
    desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(desk, "2026-03-02")
    run(desk, sink)
    if written:
        sink.faults(Fault("RCPT", reply="451 later", times=1))
        run(desk, sink, "2026-01-05")
    desk.person("Ana", **change)
    desk.later(minutes=2)
    for _ in range(3):
        run(desk, sink)
    assert [(copy.recipients, str(copy.message["subject"])[14:21]) for copy in sink.copies] == [
        (["cleo@acme.example"], "56 days" if written else "60 days")
    ]
    assert not {one.state.value for one in desk.letters} & {"gathered", "queued", "retry"} or not written


def test_chosen_again_it_gathers_again(sqlite_desk: Desk, sink: Sink) -> None:
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-01-31")
    run(sqlite_desk, sink)
    sqlite_desk.person("Ana", digest=Rhythm.NEVER)
    assert len(run(sqlite_desk, sink)) == 1
    sqlite_desk.person("Ana", digest=Rhythm.WEEKLY)
    alone(sqlite_desk, "2026-02-01")
    assert run(sqlite_desk, sink) == []
    assert len(run(sqlite_desk, sink, "2026-01-05")) == 1


# ------------------------------------------------------------------ it came back


def comes_back(desk: Desk, status: str = "5.1.1") -> Taken:
    digest = next(one for one in desk.letters if one.purpose == "digest")
    mail = postfix(digest.message_id, ANA, status)
    with desk.database.transaction() as session:
        return take_in(session, OPERATOR, mail, now=desk.clock.now())


def test_o13_a_digest_that_came_back_is_told_in_one_alarm_and_its_reminders_go_to_whoever_is_left(
    told: Desk, sink: Sink
) -> None:
    assert comes_back(told) is Taken.REFUSED
    assert comes_back(told) is Taken.KNOWN
    reminders = [one for one in told.letters if one.person_id == told.people["Ana"] and one.purpose == "reminder"]
    assert {(one.state.value, one.reason, one.digest_id) for one in reminders} == {("failed", "came back", 1)}
    with told.database.transaction() as session:
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 2
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 0
    copies = run(told, sink)
    alarms = {copy.recipients[0]: text(copy) for copy in copies if "come back" in str(copy.message["subject"])}
    assert [("First" in alarms[BEN]), ("Third" in alarms[BEN])] == [True, True]
    assert [("First" in alarms["cleo@acme.example"]), ("Third" in alarms["cleo@acme.example"])] == [False, True]
    to_cleo = [copy for copy in copies if copy.recipients == ["cleo@acme.example"] and "days left" in text(copy)]
    assert len(to_cleo) == 2, "of the second and third nobody else heard"
    with told.database.transaction() as session:
        cleo = Actor("web", told.people["Cleo"], Role.ADMIN, "en")
        clear_bounce(session, cleo, told.people["Ana"], now=told.clock.now())
    again = run(told, sink)
    assert len(again) == 3
    assert {copy.recipients[0] for copy in again} == {ANA}
    assert [one.digest_id for one in told.letters if one.person_id == told.people["Ana"]] == [None] * 4


def test_o13_a_digest_given_up_on_the_way_is_an_alarm_and_no_more(told: Desk, sink: Sink) -> None:
    assert comes_back(told, status="5.2.2") is Taken.GIVEN_UP
    with told.database.transaction() as session:
        assert raise_alarms(session, domain="acme.example", now=told.clock.now()) == 2
    assert {one.reason for one in told.letters if one.digest_id} == {"given up on the way"}
    assert run(told, sink)
    assert told.letters[0].state is LetterState.SUPERSEDED
    second = next(one.id for one in told.letters if one.digest_id and one.lead == 60)
    with told.database.transaction() as session:
        try_again(session, OPERATOR, second, told.clock.now())
    (copy,) = run(told, sink)
    assert "60 days left" in str(copy.message["subject"])
    assert [one.lead for one in told.letters if one.digest_id] == [30, 90]
