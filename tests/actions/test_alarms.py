"""Letters about letters: that a reminder reached nobody, and that working days run out."""

from datetime import timedelta

from tests.support.desk import HEAD, Desk, mail_to
from tests.support.sink import Fault, Sink
from tracker.actions.alarms import raise_alarms, tell_of_running_out
from tracker.actions.coverage import Coverage
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline


def alarms(desk: Desk) -> int:
    with desk.database.transaction() as session:
        return raise_alarms(session, domain=HEAD.domain, now=desk.clock.now())


def texts(sink: Sink) -> dict[str, str]:
    """What each reader was told, by address."""
    found = {}
    for copy in sink.copies:
        body = copy.message.get_body(("plain",))
        assert body is not None
        found[copy.recipients[0].partition("@")[0]] = f"{copy.message['subject']}\n{body.get_content()}".replace(
            "\r", ""
        )
    return found


def refuse_ana(desk: Desk, sink: Sink) -> None:
    sink.faults(Fault("RCPT", reply="550 5.1.1 no such mailbox", times=1))
    desk.tick(mail_to(sink.url))
    sink.faults()
    assert desk.states(to="Ana") == [(30, "failed", "refused for good")]


def test_a_dead_letter_is_told_to_the_backup_and_the_administrators_once(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    refuse_ana(desk, sink)
    assert alarms(desk) == 1
    desk.tick(mail_to(sink.url))
    told = texts(sink)["cleo"]
    assert "A reminder could not be delivered" in told
    assert "Office lease: Last day for notice on renewal (31 Jan 2026)" in told
    assert "ana@acme.example" in told
    assert "The server refused it for good. 550 5.1.1 no such mailbox" in told
    assert "https://tracker.example/letters/" in told
    desk.later(days=1)
    assert alarms(desk) == 0


def test_the_backup_hears_that_the_owner_did_not(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    refuse_ana(desk, sink)
    assert alarms(desk) == 2
    desk.tick(mail_to(sink.url))
    assert set(texts(sink)) == {"ben", "cleo"}


def test_an_administrator_who_may_not_see_the_contract_is_not_told_what_it_was_about(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None, access=Access.NAMED)
    refuse_ana(desk, sink)
    alarms(desk)
    desk.tick(mail_to(sink.url))
    told = texts(sink)["cleo"]
    assert "ana@acme.example" in told
    assert "Office lease" not in told
    assert "renewal" not in told


def test_an_alarm_that_is_written_is_kept_from_who_may_not_see_all_of_it_any_more(desk: Desk, sink: Sink) -> None:
    number = desk.deadline("2026-01-31", access=Access.NAMED)
    refuse_ana(desk, sink)
    before = len(sink.copies)
    assert alarms(desk) == 2
    sink.faults(Fault("RCPT", reply="451 later", times=2))
    desk.tick(mail_to(sink.url))
    with desk.database.transaction() as session:
        session.get_one(Deadline, number).contract.backup_id = None
    desk.later(minutes=2)
    desk.tick(mail_to(sink.url))
    assert [copy.recipients for copy in sink.copies[before:]] == [["cleo@acme.example"]]
    assert "recipient may not see the contract" in {reason for _lead, _state, reason in desk.states(to="Ben")}


def test_that_there_is_nobody_to_tell_is_told_to_the_administrators(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None, access=Access.NAMED)
    desk.person("Ana", active=False)
    desk.plan()
    assert alarms(desk) == 1
    desk.tick(mail_to(sink.url))
    assert "There was nobody whom it could be sent to." in texts(sink)["cleo"]


def test_an_alarm_that_fails_raises_no_alarm(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    refuse_ana(desk, sink)
    alarms(desk)
    sink.faults(Fault("RCPT", reply="550 5.1.1 no such mailbox", times=1))
    desk.tick(mail_to(sink.url))
    assert desk.states(to="Cleo")[-1][1] == "failed"
    assert alarms(desk) == 0


def test_an_alarm_does_not_pass_for_a_reminder(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31")
    refuse_ana(desk, sink)
    alarms(desk)
    desk.clock.turn_to(desk.clock.now() + timedelta(days=16))
    desk.tick(mail_to(sink.url))
    assert [lead for lead, state, _why in desk.states(to="Ben") if state == "sent"] == [30, 0, 14]


def test_that_working_days_run_out_is_told_to_the_administrators_by_mail(desk: Desk, sink: Sink) -> None:
    running = Coverage("CN", 2001, 2026, (), contracts=4, provisional=3, nearest=None)
    with desk.database.transaction() as session:
        tell_of_running_out(session, [running], domain=HEAD.domain, now=desk.clock.now())
    desk.tick(mail_to(sink.url))
    assert texts(sink) == {
        "cleo": "The working days of China (CN) are known only to the end of 2026\n"
        "3 deadlines rest on days that are not announced.\n\n"
        "Enter the year as soon as it is announced; the deadlines are then counted anew.\n"
    }
