"""Which contracts rest on which working days, and marking them to be recounted."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select, update
from sqlalchemy.orm import Session

from tracker.records.contracts import Amendment, Clause, Contract
from tracker.records.deadlines import Deadline, State

_EARLIER = Amendment.before[("law", "calendar")].as_string()
"""The calendar that an amendment took the place of, if it did."""
_EARLIER_WAYS = cast(Amendment.before["delivery"], String)
"""The ways of giving notice that it took the place of, as they are kept."""
THERE = Clause.body["calendar"].as_string()
"""The calendar of the place where notices arrive, of a clause of that type."""
OWN = ""
"""Place under which the organisation's own days are kept."""


def mark(session: Session, contract_ids: Collection[int]) -> None:
    """Have these contracts recounted, now or by the next chore."""
    statement = update(Contract).where(Contract.id.in_(contract_ids)).values(scheduled_to=None)
    session.execute(statement.execution_options(synchronize_session=False))


def names_in_use(session: Session) -> set[str]:
    """The calendars that contracts are, or were, counted on, here and where notices arrive."""
    now, then = select(Contract.calendar).distinct(), select(_EARLIER).distinct()
    there = select(THERE).where(Clause.type == "delivery").distinct()
    earlier = session.scalars(select(Amendment.before["delivery"]).where(_EARLIER_WAYS.contains('"calendar"')))
    names = {name for query in (now, then, there) for name in session.scalars(query)}
    return {name for name in names.union(way.get("calendar") for ways in earlier for way in ways) if name}


def resting_on(session: Session, place: str, year: int | None = None) -> list[int]:
    """Contracts counted on the place's working days (the organisation's own where `place` is empty), or that were so
    before an amendment: what had begun by then still is.

    With `year`, only those with a deadline that waits for that year's: no other can move when it becomes known.
    """
    part = place or "OWN"
    named = [name for name in names_in_use(session) if part in name.split("+")]
    earlier = Contract.amendments.any(
        or_(_EARLIER.in_(named), *(_EARLIER_WAYS.contains(f'"{name}"') for name in named))
    )
    arrives = Contract.clauses.any(and_(Clause.type == "delivery", THERE.in_(named)))
    query = select(Contract.id).where(or_(Contract.calendar.in_(named), arrives, earlier))
    return list(session.scalars((query if year is None else query.where(_waits_for(year))).order_by(Contract.id)))


def _waits_for(year: int) -> ColumnElement[bool]:
    told = cast(Deadline.provisional, String).contains(str(year))
    return exists().where(Deadline.contract_id == Contract.id, Deadline.state != State.WITHDRAWN, told)
