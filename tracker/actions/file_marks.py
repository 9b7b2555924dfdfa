"""What a contract document says is waived or disputed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.complete import let_go
from tracker.actions.disputes import contest
from tracker.actions.errors import Refused
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import STILL_OWED, Deadline, State
from tracker.rules.mark_form import Mark, MarkDraft
from tracker.rules.problems import N_, Problem


def mark_from_file(session: Session, contract: Contract, drafts: tuple[MarkDraft, ...], now: datetime) -> bool:
    """Enter the marks a document brings; what was done or waived already is left alone. Whether any was entered.

    Raises Refused for deadlines that are not there.
    """
    if not drafts:
        return False
    rows = {row.key: row for row in session.scalars(select(Deadline).where(Deadline.contract_id == contract.id))}
    problems = [
        Problem(f"marks[{n}].deadline", N_("There is no deadline “%(key)s”."), {"key": draft.deadline})
        for n, draft in enumerate(drafts)
        if draft.deadline not in rows
    ]
    if problems:
        raise Refused(problems)
    entered = [_enter(rows[draft.deadline], draft, now) for draft in drafts]
    return any(entered)


def _enter(row: Deadline, draft: MarkDraft, now: datetime) -> bool:
    day, waives = draft.day or day_in(row.contract.zone, now), draft.mark is Mark.WAIVED
    if row.state not in STILL_OWED or (not waives and (row.disputed_on, row.reason) == (day, draft.reason)):
        return False
    if waives:
        let_go(row, draft.reason, day, now)
    else:
        contest(row, draft.reason, day, now)
    return True


def marks_section(rows: list[Deadline]) -> list[dict[str, object]]:
    """The marks of deadlines as the contract document has them."""
    return [
        {
            "deadline": row.key,
            "mark": Mark.WAIVED.value if row.state is State.WAIVED else Mark.DISPUTED.value,
            "day": row.waived_on if row.state is State.WAIVED else row.disputed_on,
            "reason": row.reason,
        }
        for row in rows
        if row.state is State.WAIVED or row.disputed_on
    ]
