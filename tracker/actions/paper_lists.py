"""Documents that contracts require and that are not on file: every open deadline that a document would settle."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from tracker.actions.access import visible
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
    limit: int | None = PAGE,
    offset: int = 0,
) -> MissingPapers:
    """What is missing in contracts the actor may see; `kind` and `text` (of number, title, party) narrow it."""
    query = select(Deadline).join(Deadline.contract).where(visible(actor), Deadline.state == State.OPEN)
    query = query.where(Deadline.paper_kind == kind.value if kind else Deadline.paper_kind != "")
    if text:
        query = query.where(contract_matches(text))
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Deadline.id).subquery())) or 0
    page = (
        query.options(contains_eager(Deadline.contract).options(*CONTRACT_PARTS))
        .order_by(Deadline.action_day.is_(None), Deadline.action_day, Contract.number, Deadline.key)
        .limit(limit)
        .offset(offset)
    )
    return MissingPapers(session.scalars(page).all(), total)


def settled_by(session: Session, paper: Paper) -> list[Deadline]:
    """The deadlines that a document of an opened contract settles."""
    settling = Deadline.met_by == f"{PAPER}{paper.key}"
    query = select(Deadline).where(Deadline.contract_id == paper.contract_id, settling)
    return list(session.scalars(query.order_by(Deadline.action_day, Deadline.key)))
