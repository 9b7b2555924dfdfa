"""Who is told about a deadline: only people who may see its contract at that moment."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from tracker.actions.access import visible_to
from tracker.records.contracts import Contract, Grant
from tracker.records.deadlines import BACKUP, OWNER, Deadline
from tracker.records.people import Person, Role

_Reader = aliased(Person)
_Leave = aliased(Grant)  # not Grant itself, which the question who may see a contract is about
_OF_OBLIGATION = _Reader.id.in_((OWNER, BACKUP))
_OF_CONTRACT = _Reader.id.in_((Contract.owner_id, Contract.backup_id))
_ADMINISTRATORS = _Reader.role == Role.ADMIN


def recipients(session: Session, deadline_ids: Sequence[int]) -> dict[int, tuple[Person, ...]]:
    """Who answers for each deadline and who stands in: those whom its obligation names, else those of its contract.

    Where neither of them can be told, it is the people of the contract, and where there are none, the administrators.
    Those whose address takes no letters stay in the answer: somebody may stand in for them.
    A deadline that nobody may be told about is missing from the answer.
    """
    found: dict[int, tuple[Person, ...]] = {}
    for who in (_OF_OBLIGATION, _OF_CONTRACT, _ADMINISTRATORS):
        left = [deadline_id for deadline_id in deadline_ids if not _is_heard(found.get(deadline_id, ()))]
        for deadline_id, people in (_people(session, left, who) if left else {}).items():
            before = found.get(deadline_id, ())
            found[deadline_id] = (*before, *(person for person in people if person not in before))
    return found


def _is_heard(people: Sequence[Person]) -> bool:
    """Whether a letter reaches any of them."""
    return any(person.bounced_at is None for person in people)


def listening(session: Session, deadline_ids: Sequence[int]) -> list[tuple[int, Person]]:
    """Those who asked, or were asked, to be told of a contract's deadlines beside the people who answer for them."""
    query = (
        select(Deadline.id, _Reader)
        .join(Contract, Contract.id == Deadline.contract_id)
        .join(_Leave, and_(_Leave.contract_id == Contract.id, _Leave.told))
        .join(_Reader, and_(_Reader.id == _Leave.person_id, visible_to(_Reader.id)))
        .where(Deadline.id.in_(deadline_ids))
        .order_by(Deadline.id, _Reader.id)
    )
    return [(number, person) for number, person in session.execute(query)]


def further_up(session: Session, deadline_ids: Sequence[int]) -> list[dict[int, tuple[Person, ...]]]:
    """Who may be told where those who answer for a deadline are not: those of its contract, then the administrators."""
    return [_people(session, deadline_ids, who) for who in (_OF_CONTRACT, _ADMINISTRATORS)] if deadline_ids else []


def takes_letters(person: Person | None) -> bool:
    """Whether a letter to them may leave at all: there is somebody, who was not shut out, with an address that takes
    letters."""
    return person is not None and person.active and person.bounced_at is None


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
