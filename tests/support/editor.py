"""A process that edits one contract again and again, for tests of what several of them do to one another.

`python -m tests.support.editor INSTANCE DATABASE_URL facts|tags NUMBER TIMES NAME`
"""

import sys
from datetime import date

from sqlalchemy import select

from tracker.actions.actor import OPERATOR
from tracker.actions.contracts import amend
from tracker.actions.documents import document_of
from tracker.actions.facts import Happened, record_fact
from tracker.records.contracts import Contract
from tracker.rules.facts import FactKind
from tracker.wiring import Tracker, wire


def record(tracker: Tracker, number: str, mark: str) -> None:
    """One more complaint."""
    happened = Happened(kind=FactKind.COMPLAINT_RECEIVED, day=date(2026, 2, 12), subject=mark)
    with tracker.transaction() as session:
        found = session.scalars(select(Contract.id).where(Contract.number == number)).one()
        record_fact(session, OPERATOR, found, happened, now=tracker.clock.now(), confirmed=True)


def tag(tracker: Tracker, number: str, mark: str) -> None:
    """One more tag: read the contract, add to it, write it back."""
    with tracker.transaction() as session:
        contract = session.scalars(select(Contract).where(Contract.number == number).with_for_update()).one()
        document = document_of(contract)
        document["tags"] = [*document.get("tags", []), mark]
        amend(session, OPERATOR, contract.id, document, now=tracker.clock.now(), confirmed=True)


EDITS = {"facts": record, "tags": tag}


def main(instance: str, url: str, edit: str, number: str, times: str, name: str) -> None:
    tracker = wire({"TRACKER_INSTANCE": instance, "TRACKER_DATABASE_URL": url})
    for turn in range(int(times)):
        EDITS[edit](tracker, number, f"{name}-{turn}")
    tracker.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
