"""Looking after the outbox by hand, and knowing how it stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.support.desk import Desk, mail_to
from tests.support.sink import Fault, Sink
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.health import HEARTBEAT, health
from tracker.actions.outbox_desk import lay_to_rest, letters, release, try_again
from tracker.records.contracts import Access
from tracker.records.history import Pulse
from tracker.records.letters import LetterState
from tracker.records.people import Organisation, Role


def refused(desk: Desk, sink: Sink, **more: Any) -> int:
    """A dead letter; answers its id."""
    desk.deadline("2026-01-31", backup_id=None, **more)
    sink.faults(Fault("RCPT", reply="550 5.1.1 no such user", times=1))
    desk.tick(mail_to(sink.url))
    return desk.letters[-1].id


def act(desk: Desk, action: Callable[..., object], letter_id: int, actor: Actor = OPERATOR) -> None:
    with desk.database.transaction() as session:
        action(session, actor, letter_id, desk.clock.now())


def test_a_dead_letter_tried_again_goes_out_once(desk: Desk, sink: Sink) -> None:
    act(desk, try_again, refused(desk, sink))
    desk.tick(mail_to(sink.url))
    desk.tick(mail_to(sink.url))
    assert desk.states() == [(30, "sent", "")]
    assert len(sink.copies) == 1


def test_a_dead_letter_laid_to_rest_ends_its_alarm(desk: Desk, sink: Sink) -> None:
    number = refused(desk, sink)
    assert "dead-letters" in problems(desk)
    act(desk, lay_to_rest, number)
    assert "dead-letters" not in problems(desk)
    assert desk.states() == [(30, "suppressed", "laid to rest: refused for good")]


def test_only_an_administrator_who_may_see_the_contract_touches_its_letters(desk: Desk, sink: Sink) -> None:
    number = refused(desk, sink, access=Access.NAMED)
    with pytest.raises(Forbidden):
        act(desk, try_again, number, Actor("web", desk.people["Ana"], Role.EDITOR))
    with pytest.raises(Missing):
        act(desk, lay_to_rest, number, Actor("web", desk.people["Cleo"], Role.ADMIN))
    with desk.database.reading() as session:
        assert letters(session, Actor("web", desk.people["Cleo"], Role.ADMIN)) == []
        assert [letter.id for letter in letters(session, OPERATOR, [LetterState.FAILED])] == [number]


def test_a_letter_that_was_sent_cannot_be_sent_again(desk: Desk, sink: Sink) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    desk.tick(mail_to(sink.url))
    with pytest.raises(Refused):
        act(desk, try_again, desk.letters[0].id)


def test_a_reminder_nobody_could_be_told_of_can_be_laid_to_rest_but_not_sent(desk: Desk) -> None:
    desk.deadline("2026-01-31", access=Access.NAMED, owner_id=None, backup_id=None)
    desk.plan()
    (letter,) = desk.letters
    with pytest.raises(Refused):
        act(desk, try_again, letter.id)
    act(desk, lay_to_rest, letter.id)
    assert desk.tally() == {"suppressed": 1}


def test_o10_an_administrator_releases_what_a_restore_held(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.query(Organisation).one().held_since = desk.clock.now()
    assert "outbox-held" in problems(desk)
    with desk.database.transaction() as session:
        with pytest.raises(Forbidden):
            release(session, Actor("web", desk.people["Ana"], Role.EDITOR), desk.clock.now())
        assert release(session, OPERATOR, desk.clock.now())
        assert not release(session, OPERATOR, desk.clock.now())
    assert "outbox-held" not in problems(desk)


def problems(desk: Desk) -> tuple[str, ...]:
    with desk.database.reading() as session:
        return health(session, desk.clock.now()).problems


def beat(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.merge(Pulse(name=HEARTBEAT, at=desk.clock.now(), details={}))


def test_s09_a_heart_that_stopped_beating_shows_within_a_minute(desk: Desk) -> None:
    assert problems(desk) == ("heartbeat",)
    beat(desk)
    desk.later(seconds=45)
    assert problems(desk) == ()
    desk.later(seconds=15)
    assert problems(desk) == ("heartbeat",)


def test_s06_a_heart_that_stopped_before_the_clock_was_set_back_shows_as_soon(desk: Desk) -> None:
    beat(desk)
    desk.later(seconds=-45)
    assert problems(desk) == ()
    desk.later(hours=-2)
    assert problems(desk) == ("heartbeat",)


def test_a_letter_an_hour_late_shows(desk: Desk) -> None:
    desk.deadline("2026-01-31")
    desk.plan()
    desk.later(minutes=58)
    beat(desk)
    assert problems(desk) == ()
    desk.later(minutes=2)
    assert "late" in problems(desk)


def test_a_mail_server_that_is_away_shows_within_two_hours(desk: Desk) -> None:
    """Each new try is put off by an hour at most, so the next one is never an hour old."""
    desk.deadline("2026-01-31", backup_id=None)
    for _try in range(22):
        desk.tick(mail_to("smtp://127.0.0.1:9"))
        desk.later(minutes=5)
    beat(desk)
    assert problems(desk) == ("late",)


def test_o05_a_letter_put_off_three_times_shows(desk: Desk) -> None:
    desk.deadline("2026-01-31", backup_id=None)
    for _try in range(2):
        desk.tick(mail_to("smtp://127.0.0.1:9"))
        desk.later(minutes=6)
    beat(desk)
    assert problems(desk) == ()
    desk.tick(mail_to("smtp://127.0.0.1:9"))
    assert problems(desk) == ("late",)


@pytest.mark.parametrize(("day", "shown"), [("2026-01-02", ("late",)), ("2026-01-03", ())])
def test_o05_a_letter_put_off_once_shows_when_its_day_is_tomorrow(desk: Desk, day: str, shown: tuple[str, ...]) -> None:
    desk.deadline(day, backup_id=None)
    desk.tick(mail_to("smtp://127.0.0.1:9"))
    beat(desk)
    assert problems(desk) == shown


def test_halted_mail_shows_until_it_goes_again(desk: Desk, make_sink: Callable[..., Sink]) -> None:
    sink = make_sink(user="desk", password="open")
    desk.deadline("2026-01-31")
    desk.tick(mail_to(sink.url.replace(":open@", ":shut@")))
    beat(desk)
    assert problems(desk) == ("mail-halted",)
    desk.clock.turn_to(desk.clock.now() + timedelta(minutes=15))
    beat(desk)
    assert problems(desk) == ("mail-halted",)
    desk.tick(mail_to(sink.url))
    assert problems(desk) == ()
