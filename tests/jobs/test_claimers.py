"""Many processes share out one outbox: each letter goes once, whoever takes it."""

from collections import Counter
from contextlib import ExitStack

import pytest
from sqlalchemy import insert

from tests.support.chores import chores_once
from tests.support.desk import Desk
from tests.support.sink import Sink
from tracker.records.letters import Letter, LetterState

CLAIMERS = 8
MESSAGE = b"Subject: 30 days left\r\nMessage-ID: %s\r\n\r\nThe contract ends soon.\r\n"


def test_o03_eight_processes_share_out_every_letter_once(desk: Desk, sink: Sink) -> None:
    share_out(desk, sink, 200)


@pytest.mark.prove
def test_o03_eight_processes_share_out_four_thousand_letters_once(desk: Desk, sink: Sink) -> None:
    share_out(desk, sink, 4_000)


def share_out(desk: Desk, sink: Sink, letters: int) -> None:
    queue(desk, letters)
    with ExitStack() as stack:
        for process in [stack.enter_context(chores_once(desk, sink)) for _ in range(CLAIMERS)]:
            process.join(600)
            assert process.exitcode == 0
    assert desk.tally() == {"sent": letters}
    copies = Counter(copy.message_id for copy in sink.copies)
    assert (len(copies), copies.total()) == (letters, letters)
    assert {attempt.outcome for letter in desk.letters for attempt in letter.tries} == {"sent"}
    assert sink.sessions > 1, "they did share"


def queue(desk: Desk, letters: int) -> None:
    """Letters that were written before and wait for their next try, all of them due."""
    common = {
        "deadline_id": desk.deadline("2026-12-31"),  # so far off that nothing new is planned
        "person_id": desk.people["Ana"],
        "recipient": "ana@acme.example",
        "language": "en",
        "purpose": "reminder",
        "due_revision": 1,
        "facts": {},
        "state": LetterState.QUEUED,
        "not_before": desk.clock.now(),
        "created_at": desk.clock.now(),
    }
    names = {number: f"<{number}@acme.example>" for number in range(100, 100 + letters)}
    rows = [
        common | {"key": f"{number}", "lead": number, "message_id": name, "message": MESSAGE % name.encode()}
        for number, name in names.items()
    ]
    with desk.database.transaction() as session:
        session.execute(insert(Letter), rows)
