"""New rows of the outbox, made many at once and put there once however often they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stationery:
    """What the letters queued at one moment have in common; `domain` is the sender's, for the Message-IDs."""

    organisation: Organisation
    domain: str
    now: datetime

    def letter(self, key: str, purpose: str, person: Person | None, **values: Any) -> Row:
        """A letter that waits to be sent, with everything that `values` do not say."""
        digest = sha256(f"{self.organisation.installation} {key}".encode()).hexdigest()[:32]
        return {
            "key": key,
            "deadline_id": None,
            "person_id": person.id if person else None,
            "digest_id": None,
            "recipient": person.email if person else "",
            "language": person.language if person else self.organisation.language,
            "purpose": purpose,
            "lead": 0,
            "due_revision": 0,
            "facts": {},
            "message": None,
            "message_id": f"<{digest}@{self.domain}>",
            "state": LetterState.QUEUED,
            "reason": "",
            "not_before": self.now,
            "created_at": self.now,
            "finished_at": None,
        } | values


def put_in(session: Session, rows: Sequence[Row]) -> int:
    """Queue letters, leaving out those that are there already; how many were not."""
    if not rows:
        return 0
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    queue = dialect.insert(Letter).on_conflict_do_nothing(index_elements=[Letter.key]).returning(Letter.id)
    return len(session.execute(queue, rows).all())
