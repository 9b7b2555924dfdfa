"""One contract or deadline with everything its page shows, for those who may see it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.actions.access import contracts_for, the_contract, the_deadline
from tracker.actions.actor import Actor
from tracker.records.contracts import Clause, Contract, Grant, Paper, PaperVersion
from tracker.records.deadlines import Completion, Deadline, State
from tracker.records.history import History

LATEST_EVENTS = 200


def open_contract(session: Session, actor: Actor, contract_id: int) -> Contract:
    """The contract. Raises Missing."""
    contract = the_contract(session, actor, contract_id)
    query = select(Contract).where(Contract.id == contract.id).execution_options(populate_existing=True)
    query = query.options(
        joinedload(Contract.owner),
        joinedload(Contract.backup),
        selectinload(Contract.parties),
        selectinload(Contract.clauses),
        selectinload(Contract.facts),
        selectinload(Contract.amendments),
        selectinload(Contract.adjustments),
        selectinload(Contract.papers).selectinload(Paper.versions).joinedload(PaperVersion.added_by),
        selectinload(Contract.grants).joinedload(Grant.person),
    )
    return session.scalars(query).one()


def contract_with_uid(session: Session, actor: Actor, uid: str) -> Contract | None:
    """The contract with this lasting name, if the actor may see it."""
    return session.scalar(contracts_for(actor).where(Contract.uid == uid))


def deadlines_of(session: Session, contract: Contract) -> list[Deadline]:
    """The deadlines of an opened contract that still stand, those without a day last."""
    query = select(Deadline).where(Deadline.contract_id == contract.id, Deadline.state != State.WITHDRAWN)
    query = query.options(_DONE, joinedload(Deadline.contract))
    return list(session.scalars(query.order_by(Deadline.action_day.is_(None), Deadline.action_day, Deadline.id)))


def open_deadline(session: Session, actor: Actor, deadline_id: int) -> Deadline:
    """The deadline. Raises Missing."""
    found = the_deadline(session, actor, deadline_id)
    contract = joinedload(Deadline.contract)
    parts = contract.options(
        selectinload(Contract.parties),
        selectinload(Contract.clauses),
        joinedload(Contract.owner),
        joinedload(Contract.backup),
    )
    query = select(Deadline).where(Deadline.id == found.id).execution_options(populate_existing=True)
    return session.scalars(query.options(_DONE, *_PEOPLE, parts)).one()


def events_of(session: Session, contract: Contract) -> list[History]:
    """What happened to an opened contract, the latest first."""
    query = select(History).where(History.contract_id == contract.id).options(joinedload(History.actor))
    return list(session.scalars(query.order_by(History.id.desc()).limit(LATEST_EVENTS)))


_DONE = selectinload(Deadline.completions).options(
    selectinload(Completion.evidence), joinedload(Completion.by), joinedload(Completion.reviewed_by)
)
_PEOPLE = (joinedload(Deadline.owner), joinedload(Deadline.backup), joinedload(Deadline.reviewer))


def references(session: Session, deadlines: list[Deadline]) -> dict[tuple[int, str], str]:
    """Where the clauses of these deadlines stand in their contracts, by contract and clause."""
    query = select(Clause.contract_id, Clause.key, Clause.body)
    query = query.where(Clause.contract_id.in_({deadline.contract_id for deadline in deadlines}))
    return {(number, key): str(body.get("reference", "")) for number, key, body in session.execute(query)}
