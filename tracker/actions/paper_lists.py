"""Documents over all contracts that somebody may see: those on file, and those that are missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.actions.access import contract_by_number, visible
from tracker.actions.actor import Actor
from tracker.actions.board import CONTRACT_PARTS, PAGE, contract_matches
from tracker.records.contracts import Contract, Paper
from tracker.records.deadlines import Deadline, State
from tracker.rules.papers import PaperKind
from tracker.rules.settling import PAPER


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """One page of the deadlines that wait for a document, soonest first, and how many there are in all."""

    rows: Sequence[Deadline]
    total: int


def missing_papers(
    session: Session,
    actor: Actor,
    *,
    kind: PaperKind | None = None,
    text: str = "",
    number: str = "",
    limit: int | None = PAGE,
    offset: int = 0,
) -> MissingPapers:
    """Every open deadline that a document would settle, in contracts the actor may see; `kind`, `text` (of number,
    title, party) and the `number` of one contract narrow it. Raises Missing for a number of none."""
    query = select(Deadline).join(Deadline.contract).where(visible(actor), Deadline.state == State.OPEN)
    query = query.where(Deadline.paper_kind == kind.value if kind else Deadline.paper_kind != "")
    if text:
        query = query.where(contract_matches(text))
    if number:
        query = query.where(Contract.id == contract_by_number(session, actor, number).id)
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Deadline.id).subquery())) or 0
    page = (
        query.options(contains_eager(Deadline.contract).options(*CONTRACT_PARTS))
        .order_by(Deadline.action_day.is_(None), Deadline.action_day, Contract.number, Deadline.key)
        .limit(limit)
        .offset(offset)
    )
    return MissingPapers(session.scalars(page).all(), total)


def papers_on_file(session: Session, actor: Actor, number: str = "") -> Sequence[Paper]:
    """The documents on file, of one contract or of every one the actor may see. Raises Missing for a number of none."""
    query = select(Paper).join(Paper.contract).where(visible(actor))
    if number:
        query = query.where(Contract.id == contract_by_number(session, actor, number).id)
    query = query.options(contains_eager(Paper.contract), selectinload(Paper.versions))
    return session.scalars(query.order_by(Contract.number, Paper.day, Paper.id)).all()


def settled_by(session: Session, paper: Paper) -> list[Deadline]:
    """The deadlines that a document of an opened contract settles."""
    settling = Deadline.met_by == f"{PAPER}{paper.key}"
    query = select(Deadline).where(Deadline.contract_id == paper.contract_id, settling)
    return list(session.scalars(query.order_by(Deadline.action_day, Deadline.key)))
