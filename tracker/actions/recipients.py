"""Who is told about a deadline: only people who may see its contract at that moment."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.actions.access import visible_to
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role

_Reader = aliased(Person)


def recipients(session: Session, deadline_ids: Sequence[int]) -> dict[int, tuple[Person, ...]]:
    """The owner and the backup of each deadline's contract; where there is neither, the administrators.

    A deadline that nobody may be told about is missing from the answer.
    """
    found = _people(session, deadline_ids, or_(_Reader.id == Contract.owner_id, _Reader.id == Contract.backup_id))
    orphaned = [deadline_id for deadline_id in deadline_ids if deadline_id not in found]
    return found | _people(session, orphaned, _Reader.role == Role.ADMIN) if orphaned else found


def may_be_told(session: Session, person_id: int, contract_id: int) -> bool:
    """Whether the person is active and may see the contract now."""
    return session.scalar(_MAY_SEE, {"person": person_id, "contract": contract_id}) is not None


_MAY_SEE = select(Contract.id).where(
    Contract.id == bindparam("contract"), visible_to(bindparam("person", type_=Integer))
)
"""Asked once a letter: putting the statement together would take longer than running it."""


def _people(session: Session, ids: Sequence[int], who: ColumnElement[bool]) -> dict[int, tuple[Person, ...]]:
    query = (
        select(Deadline.id, _Reader)
        .join(Contract, Contract.id == Deadline.contract_id)
        .join(_Reader, who & visible_to(_Reader.id))
        .where(Deadline.id.in_(ids))
        .order_by(Deadline.id, _Reader.id)
    )
    people: dict[int, tuple[Person, ...]] = {}
    for deadline_id, person in session.execute(query):
        people[deadline_id] = (*people.get(deadline_id, ()), person)
    return people
