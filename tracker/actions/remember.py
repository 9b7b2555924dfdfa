"""Writing the history: one row an event, added and never changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.records.history import History


def remember(
    session: Session,
    actor: Actor,
    now: datetime,
    event: str,
    *,
    contract_id: int | None = None,
    deadline_id: int | None = None,
    **details: object,
) -> History:
    """Add an event. `details` are plain values that help to read it; never a secret."""
    row = History(
        at=now,
        event=event,
        actor_id=actor.person_id,
        channel=actor.channel,
        contract_id=contract_id,
        deadline_id=deadline_id,
        details=details,
    )
    session.add(row)
    return row
