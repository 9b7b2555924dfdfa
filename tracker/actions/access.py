"""The one place that decides who may see and do what. Denied unless allowed.

A contract is open to the whole organisation or to named people only; administrators manage people and settings but
see a closed contract only when they are named on it, own it or stand in for its owner.

A recipient is no member of the organisation: they see a contract only where it names them, and of that only what the
link in a letter of theirs shows, since there is no other door for them.
"""

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.actions.actor import Actor
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.records.contracts import Access, Contract, Grant
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role
from tracker.rules.problems import N_, Problem

EDITING = {Role.ADMIN, Role.EDITOR}
LOGGING = {*EDITING, Role.RECIPIENT}
"""Who may say that something was done; a recipient about what the link in their letter names, and nothing else."""
SIGNING_IN = and_(Person.active, Person.role != Role.RECIPIENT)
"""SQL: whether a person may come in by any door but the links in letters of theirs."""


def may_sign_in(person: Person) -> bool:
    """The same of one person."""
    return person.active and person.role is not Role.RECIPIENT


def must_sign_in(person: Person, place: str = "email") -> None:
    """Raises Refused, with `place` as the problem's, for a recipient: they have no password, link or calendar."""
    if person.role is Role.RECIPIENT:
        text = N_("%(email)s only gets letters and cannot sign in. Give them another role first.")
        raise Refused([Problem(place, text, {"email": person.email})])


def acting(person: Person, channel: str) -> Actor:
    """The actor for a person who has signed in. Raises Forbidden for one who may not, or not any more."""
    if not may_sign_in(person):
        raise Forbidden
    return Actor(channel, person.id, person.role, person.language)


def answering(person: Person, channel: str) -> Actor:
    """The actor for whoever holds the link in a letter to this person. Raises Forbidden for one who has been
    disabled."""
    if not person.active:
        raise Forbidden
    return Actor(channel, person.id, person.role, person.language)


def visible_to(person_id: int | SQLColumnExpression[int]) -> ColumnElement[bool]:
    """SQL: whether a contract may be seen by the person; usable in any query that joins `Contract`.

    An inactive person sees nothing, a recipient only what names them.
    """
    named = exists().where(Grant.contract_id == Contract.id, Grant.person_id == person_id)
    somebody = aliased(Person)  # not Person itself: in a query over people it would be taken for the row outside
    active = exists().where(somebody.id == person_id, somebody.active)
    outside = exists().where(somebody.id == person_id, somebody.role == Role.RECIPIENT)
    return active & or_(
        and_(Contract.access == Access.ORGANISATION, ~outside),
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


def the_deadline_to_log(session: Session, actor: Actor, deadline_id: int) -> Deadline:
    """The deadline with its contract locked, for whoever may say that it was done. Raises Missing, Forbidden."""
    deadline = the_deadline(session, actor, deadline_id)
    _one(session, contracts_for(actor).where(Contract.id == deadline.contract_id), actor, to_change=True, roles=LOGGING)
    session.refresh(deadline)
    return deadline


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


def _one(
    session: Session, query: Select[Contract], actor: Actor, to_change: bool, roles: set[Role] = EDITING
) -> Contract:
    if to_change:
        query = query.with_for_update(of=Contract).execution_options(populate_existing=True)
    contract = session.scalar(query)
    if contract is None:
        raise Missing
    if to_change and actor.role not in roles:
        raise Forbidden
    return contract
