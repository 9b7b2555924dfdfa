"""One row that the program cannot work with keeps no other reminder from going, and is told of."""

from datetime import time

from tests.support.desk import Desk, mail_to, morning
from tests.support.sink import Sink
from tracker.actions.alarms import raise_alarms
from tracker.records.letters import LetterState

ANA, BEN, CLEO = "ana@acme.example", "ben@acme.example", "cleo@acme.example"


def alarmed(desk: Desk) -> int:
    with desk.database.transaction() as session:
        return raise_alarms(session, domain="acme.example", now=desk.clock.now())


def test_a_deadline_that_cannot_be_planned_is_an_alarm_a_day_and_the_others_speak(desk: Desk, sink: Sink) -> None:
    bad = desk.deadline("2026-01-31", backup_id=None)
    desk.person("Ana", zone="Atlantis/Capital")
    good = desk.deadline("2026-01-31", owner_id=desk.people["Ben"], backup_id=None)
    desk.tick(mail_to(sink.url))
    assert desk.plan() == 0, "it is not looked at again at once"
    assert [(one.deadline_id, one.state.value, one.reason) for one in desk.letters] == [
        (bad, "failed", "could not be planned"),
        (good, "sent", ""),
    ]
    assert alarmed(desk) == 2
    desk.postman(mail_to(sink.url)).deliver()
    told = {copy.recipients[0]: str(copy.message) for copy in sink.copies}
    assert told.keys() == {ANA, BEN, CLEO}
    assert "could not work it out" in told[ANA]
    assert "could not work it out" in told[CLEO]
    desk.person("Ana", zone=None)
    desk.clock.turn_to(morning("2026-01-02"))
    desk.tick(mail_to(sink.url))
    assert (30, "sent", "") in desk.states()


def test_a_letter_that_cannot_be_looked_at_waits_and_the_others_go(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.deadline("2026-01-31", owner_id=desk.people["Ben"], backup_id=None)
    desk.plan()
    desk.person("Ana", zone="Atlantis/Capital", quiet_from=time(1), quiet_until=time(2))
    tally = desk.postman(mail_to(sink.url)).deliver()
    assert tally == {LetterState.RETRY: 1, LetterState.SENT: 1}
    assert [copy.recipients[0] for copy in sink.copies] == [BEN]
    assert desk.states() == [(30, "retry", "could not be written")]
    desk.person("Ana", zone="Asia/Shanghai")
    desk.later(minutes=2)
    desk.postman(mail_to(sink.url)).deliver()
    assert desk.states() == [(30, "sent", "")]
