"""How fast letters leave, against a bare mail client that does no more than commit twice a letter."""

import time
from typing import Any

import pytest
from sqlalchemy import insert, update

from tests.support.desk import Desk, mail_to
from tests.support.sink import Sink
from tracker.ports.mailer import Envelope
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation

pytestmark = pytest.mark.bench
ROUNDS, LETTERS = 6, 60
MESSAGE = (
    b"Subject: 30 days left\r\nFrom: desk@acme.example\r\nTo: ana@acme.example\r\n\r\n"
    + b"The contract ends soon.\r\n" * 200
)


def test_rendered_letters_leave_at_half_the_rate_of_bare_smtp_with_two_commits_or_more(
    desk: Desk, sink: Sink, capsys: Any
) -> None:
    deadline = desk.deadline("2026-01-31")
    bare = ours = 0.0
    for number in range(ROUNDS):
        began = time.perf_counter()
        _bare(desk, sink)
        bare += time.perf_counter() - began
        _queue(desk, deadline, number)
        began = time.perf_counter()
        desk.postman(mail_to(sink.url)).deliver()
        ours += time.perf_counter() - began
    assert desk.tally()["sent"] == ROUNDS * LETTERS
    assert len(sink.copies) == 2 * ROUNDS * LETTERS
    with capsys.disabled():
        name, each = desk.database.url.get_backend_name(), ROUNDS * LETTERS
        print(f"\n{name}: bare {each / bare:.0f} letters/s, ours {each / ours:.0f}: {bare / ours:.2f} of bare")
    assert bare / ours >= 0.5


def _bare(desk: Desk, sink: Sink) -> None:
    """One connection, and for each letter a durable commit before it and one after it."""
    envelope = Envelope("desk@acme.example", "ana@acme.example", MESSAGE, "<1@acme.example>")
    with mail_to(sink.url).connection() as line:
        line.open()
        for _ in range(LETTERS):
            _commit(desk, "before")
            line.send(envelope)
            _commit(desk, "after")


def _commit(desk: Desk, name: str) -> None:
    with desk.database.writing_engine.begin() as connection:
        connection.execute(update(Organisation).values(name=name))


def _queue(desk: Desk, deadline: int, number: int) -> None:
    """Letters that were rendered before and wait for their next try."""
    now = desk.clock.now()
    common = {
        "deadline_id": deadline,
        "person_id": desk.people["Ana"],
        "recipient": "ana@acme.example",
        "language": "en",
        "purpose": "reminder",
        "due_revision": 1,
        "facts": {},
        "message": MESSAGE,
        "state": LetterState.QUEUED,
        "not_before": now,
        "created_at": now,
    }
    rows = [
        common | {"key": f"{number} {lead}", "lead": lead, "message_id": f"<{number}.{lead}@acme.example>"}
        for lead in range(LETTERS)
    ]
    with desk.database.transaction() as session:
        session.execute(insert(Letter), rows)
