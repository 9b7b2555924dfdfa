"""Which contracts rest on which working days, and marking them to be recounted."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, String, cast, exists, or_, select, update
from sqlalchemy.orm import Session

from tracker.records.contracts import Amendment, Contract
from tracker.records.deadlines import Deadline, State

_EARLIER = Amendment.before[("law", "calendar")].as_string()
"""The calendar that an amendment took the place of, if it did."""
OWN = ""
"""Place under which the organisation's own days are kept."""


def mark(session: Session, contract_ids: Collection[int]) -> None:
    """Have these contracts recounted, now or by the next chore."""
    statement = update(Contract).where(Contract.id.in_(contract_ids)).values(scheduled_to=None)
    session.execute(statement.execution_options(synchronize_session=False))


def resting_on(session: Session, place: str, year: int | None = None) -> list[int]:
    """Contracts counted on the place's working days (the organisation's own where `place` is empty), or that were so
    before an amendment: what had begun by then still is.

    With `year`, only those with a deadline that waits for that year's: no other can move when it becomes known.
    """
    part = place or "OWN"
    names = {*session.scalars(select(Contract.calendar).distinct()), *session.scalars(select(_EARLIER).distinct())}
    named = [name for name in names if name and part in name.split("+")]
    earlier = Contract.amendments.any(_EARLIER.in_(named))
    query = select(Contract.id).where(or_(Contract.calendar.in_(named), earlier))
    return list(session.scalars((query if year is None else query.where(_waits_for(year))).order_by(Contract.id)))


def _waits_for(year: int) -> ColumnElement[bool]:
    told = cast(Deadline.provisional, String).contains(str(year))
    return exists().where(Deadline.contract_id == Contract.id, Deadline.state != State.WITHDRAWN, told)
