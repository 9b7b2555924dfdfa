"""A letter leaves at nine in the morning of its reader, also around the nights on which the clocks are changed."""

from datetime import datetime, timedelta

from tests.support.desk import Desk, mail_to
from tests.support.sink import Sink
from tracker.records.people import Person, Role

BY_HAND = (
    ("America/New_York", "2026-03-07", "2026-03-07T14:00+00:00"),  # UTC-5
    ("America/New_York", "2026-03-08", "2026-03-08T13:00+00:00"),  # UTC-4 since two in the morning
    ("Europe/London", "2026-03-28", "2026-03-28T09:00+00:00"),  # UTC
    ("Europe/London", "2026-03-29", "2026-03-29T08:00+00:00"),  # UTC+1
    ("Australia/Lord_Howe", "2026-04-04", "2026-04-03T22:00+00:00"),  # UTC+11: still the evening before
    ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T22:30+00:00"),  # UTC+10:30
    ("Asia/Shanghai", "2026-07-14", "2026-07-14T01:00+00:00"),  # UTC+8, all year
    ("Australia/Lord_Howe", "2026-10-03", "2026-10-02T22:30+00:00"),
    ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T22:00+00:00"),
    ("Europe/London", "2026-10-24", "2026-10-24T08:00+00:00"),
    ("Europe/London", "2026-10-25", "2026-10-25T09:00+00:00"),
    ("America/New_York", "2026-10-31", "2026-10-31T13:00+00:00"),
    ("America/New_York", "2026-11-01", "2026-11-01T14:00+00:00"),
    ("Asia/Shanghai", "2026-12-14", "2026-12-14T01:00+00:00"),
)
"""Reader's zone, the day the letter speaks on, and the instant it may leave, each looked up and subtracted by hand."""


def test_s07_a_letter_leaves_at_this_instant_and_never_again(desk: Desk, sink: Sink) -> None:
    for zone in {zone for zone, _day, _instant in BY_HAND}:
        reader(desk, zone)
    for zone, day, _instant in BY_HAND:
        desk.deadline(day, code="renewal-window-opens", owner_id=desk.people[zone], backup_id=None)
    for count, (zone, _day, instant) in enumerate(BY_HAND):
        desk.clock.turn_to(datetime.fromisoformat(instant) - timedelta(seconds=1))
        desk.tick(mail_to(sink.url))
        assert len(sink.copies) == count, "not a second too early, nor once more"
        desk.later(seconds=1)
        desk.tick(mail_to(sink.url))
        assert [copy.recipients for copy in sink.copies[count:]] == [[address(zone)]]
    desk.later(hours=1)
    desk.tick(mail_to(sink.url))
    assert len(sink.copies) == len(BY_HAND)


def reader(desk: Desk, zone: str) -> None:
    """Somebody who lives there, though the organisation sits in Shanghai."""
    with desk.database.transaction() as session:
        person = Person(
            email=address(zone), name=zone, role=Role.EDITOR, language="en", zone=zone, created_at=desk.clock.now()
        )
        session.add(person)
        session.flush()
        desk.people[zone] = person.id


def address(zone: str) -> str:
    return f"{zone.partition('/')[2].lower()}@acme.example"
