"""The one place that decides who may see and do what. Denied unless allowed.

A contract is open to the whole organisation or to named people only; administrators manage people and settings but
see a closed contract only when they are named on it, own it or stand in for its owner.
"""

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.actions.actor import Actor
from tracker.actions.errors import Forbidden, Missing
from tracker.records.contracts import Access, Contract, Grant
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role

EDITING = {Role.ADMIN, Role.EDITOR}


def visible_to(person_id: int | SQLColumnExpression[int]) -> ColumnElement[bool]:
    """SQL: whether a contract may be seen by the person; usable in any query that joins `Contract`.

    An inactive person sees nothing.
    """
    named = exists().where(Grant.contract_id == Contract.id, Grant.person_id == person_id)
    somebody = aliased(Person)  # not Person itself: in a query over people it would be taken for the row outside
    active = exists().where(somebody.id == person_id, somebody.active)
    return active & or_(
        Contract.access == Access.ORGANISATION,
        Contract.owner_id == person_id,
        Contract.backup_id == person_id,
        named,
    )


def visible(actor: Actor) -> ColumnElement[bool]:
    """SQL: whether a contract may be seen by the actor."""
    return true() if actor.person_id is None else visible_to(actor.person_id)


def contracts_for(actor: Actor) -> Select[Contract]:
    """Every contract the actor may see."""
    return select(Contract).where(visible(actor))


def deadlines_for(actor: Actor) -> Select[Deadline]:
    """Every deadline of every contract the actor may see."""
    return select(Deadline).join(Deadline.contract).where(visible(actor))


def the_contract(session: Session, actor: Actor, contract_id: int, *, to_change: bool = False) -> Contract:
    """The contract, if the actor may see it; with `to_change`, locked until the transaction ends.

    Raises Missing when there is none to see, Forbidden when it may be seen but not changed.
    """
    query = contracts_for(actor).where(Contract.id == contract_id)
    return _one(session, query, actor, to_change)


def contract_by_number(session: Session, actor: Actor, number: str, *, to_change: bool = False) -> Contract:
    """Like `the_contract`, by the number people know it by."""
    return _one(session, contracts_for(actor).where(Contract.number == number), actor, to_change)


def the_deadline(session: Session, actor: Actor, deadline_id: int, *, to_change: bool = False) -> Deadline:
    """The deadline, if the actor may see its contract; with `to_change`, its contract is locked."""
    deadline = session.scalar(deadlines_for(actor).where(Deadline.id == deadline_id))
    return _for_change(session, actor, deadline, to_change)


def deadline_by_key(session: Session, actor: Actor, public_key: str, *, to_change: bool = False) -> Deadline:
    """Like `the_deadline`, by its public key."""
    uid, _, key = public_key.partition(":")
    query = deadlines_for(actor).where(Contract.uid == uid, Deadline.key == key)
    return _for_change(session, actor, session.scalar(query), to_change)


def must_edit(actor: Actor) -> None:
    """Raises Forbidden unless the actor's role may change contracts."""
    if actor.role not in EDITING:
        raise Forbidden


def must_administer(actor: Actor) -> None:
    """Raises Forbidden unless the actor may manage people and settings."""
    if actor.role is not Role.ADMIN:
        raise Forbidden


def _for_change(session: Session, actor: Actor, deadline: Deadline | None, to_change: bool) -> Deadline:
    if deadline is None:
        raise Missing
    if to_change:
        the_contract(session, actor, deadline.contract_id, to_change=True)
        session.refresh(deadline)
    return deadline


def _one(session: Session, query: Select[Contract], actor: Actor, to_change: bool) -> Contract:
    if to_change:
        query = query.with_for_update(of=Contract).execution_options(populate_existing=True)
    contract = session.scalar(query)
    if contract is None:
        raise Missing
    if to_change:
        must_edit(actor)
    return contract
