"""Contracts that belong together: a parent, and those made under it, such as the agreement with a third party.

What somebody may not see is not there for them: a parent hidden from them is neither shown, nor named in what they
export, nor taken away by what they save.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker.actions.access import contracts_for, the_contract
from tracker.actions.actor import Actor
from tracker.actions.board import CONTRACT_PARTS, Listed
from tracker.actions.errors import Refused
from tracker.actions.remember import remember
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.people import Organisation
from tracker.rules.problems import N_, Problem

MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Family:
    """The parent of a contract and its children, as far as the reader may see them."""

    parent: Contract | None
    children: tuple[Listed, ...]


def family_of(session: Session, actor: Actor, contract: Contract) -> Family:
    """The parent and the children of an opened contract, the children by what is to be done in them next."""
    next_day, opened = func.min(Deadline.action_day), func.count(Deadline.id)
    query = (
        contracts_for(actor)
        .with_only_columns(Contract, next_day, opened)
        .outerjoin(Deadline, (Deadline.contract_id == Contract.id) & (Deadline.state == State.OPEN))
        .where(Contract.parent_id == contract.id)
        .group_by(Contract.id)
        .order_by(next_day.is_(None), next_day, Contract.id)
        .options(*CONTRACT_PARTS)
    )
    children = tuple(Listed(child, day, number) for child, day, number in session.execute(query))
    return Family(parent_of(session, actor, contract), children)


def parent_of(session: Session, actor: Actor, contract: Contract) -> Contract | None:
    """The parent, if there is one that the actor may see."""
    if contract.parent_id is None:
        return None
    return session.scalar(contracts_for(actor).where(Contract.id == contract.parent_id))


def possible_parents(session: Session, actor: Actor, contract: Contract | None) -> list[Contract]:
    """Contracts that one could belong to, by number."""
    query = contracts_for(actor).order_by(Contract.number).limit(MOST_OFFERED)
    return list(session.scalars(query.where(Contract.id != contract.id) if contract else query))


def set_parent(session: Session, actor: Actor, contract_id: int, name: str, *, now: datetime) -> bool:
    """Put the contract under the one with this number or id, or under none; whether that changed anything.

    Raises Missing, Forbidden, Refused.
    """
    hold_families(session)
    contract = the_contract(session, actor, contract_id, to_change=True)
    changed = put_under(session, actor, contract, name)
    if changed:
        contract.changed_at = now
        remember(session, actor, now, "parent-changed", contract_id=contract.id)
    return changed


def hold_families(session: Session) -> None:
    """Nobody else puts a stored contract under another until this transaction ends: two changes at once could close a
    circle that neither sees. To be called before the contract is locked: each of two may be the other's parent."""
    session.execute(select(Organisation.id).with_for_update())


def put_under(session: Session, actor: Actor, contract: Contract, name: str | None) -> bool:
    """The same for a contract that is locked, and families held; None leaves it where it is. Raises Refused."""
    if name is None or (name == "" and parent_of(session, actor, contract) is None):
        return False
    parent = _parent_named(session, actor, contract, name) if name else None
    if contract.parent_id == (parent and parent.id):
        return False
    contract.parent = parent
    return True


def _parent_named(session: Session, actor: Actor, contract: Contract, name: str) -> Contract:
    query = contracts_for(actor).where(or_(Contract.number == name, Contract.uid == name))
    found = session.scalars(query.order_by(Contract.number != name).limit(1)).first()
    if found is None:
        told = N_("There is no contract with the number or id %(name)s, or none that may be seen here.")
        raise Refused([Problem("parent", told, {"name": name})])
    if contract.id in _line_of(session, found):
        raise Refused([Problem("parent", N_("This would make the contract belong to itself."))])
    return found


def _line_of(session: Session, contract: Contract) -> set[int]:
    """The contract, its parent, the parent's parent and so on."""
    line: set[int] = set()
    above: int | None = contract.id
    while above is not None and above not in line:
        line.add(above)
        above = session.scalar(select(Contract.parent_id).where(Contract.id == above))
    return line


def parents_first(documents: Mapping[str, object]) -> list[str]:
    """The names of contract documents, each after that of the contract it belongs to, otherwise in their order."""
    told = {name: document for name, document in documents.items() if isinstance(document, Mapping)}
    names = {
        str(document[field]): name for field in ("id", "number") for name, document in told.items() if field in document
    }
    ordered: dict[str, None] = {}

    def put(name: str, below: frozenset[str]) -> None:
        above = names.get(str(told.get(name, {}).get("parent")))
        if above is not None and above not in below:
            put(above, below | {above})
        ordered.setdefault(name)

    for name in documents:
        put(name, frozenset({name}))
    return list(ordered)
