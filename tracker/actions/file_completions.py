"""Completions that a contract document brings, with the evidence that travels beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.complete import Accepted, Done, problems_of, settle, standing
from tracker.actions.errors import Refused
from tracker.actions.known_files import Known, KnownFiles, Uploads
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import ACHIEVED, STILL_OWED, Deadline, Evidence, State
from tracker.records.people import Person, Role
from tracker.rules.completion_form import CompletionDraft
from tracker.rules.problems import N_, Problem

FROM_FILE = "file"
"""Channel of what a document brings: it was done and logged before, elsewhere or by hand."""


def settle_from_file(
    session: Session,
    actor: Actor,
    contract: Contract,
    drafts: tuple[CompletionDraft, ...],
    uploads: Uploads,
    now: datetime,
) -> bool:
    """Enter the completions a document brings; deadlines that are done already are left alone. Whether any was entered.

    The content of `uploads` is checked here and stored by the caller. Raises Refused with every problem.
    """
    if not drafts:
        return False
    rows = {row.key: row for row in session.scalars(select(Deadline).where(Deadline.contract_id == contract.id))}
    for draft in drafts:
        _make_way(rows.get(draft.deadline), now)
    new = [(n, draft) for n, draft in enumerate(drafts) if not _is_done(rows.get(draft.deadline))]
    entering = _Entering(session, actor, uploads, now)
    problems = [
        problem for n, draft in new for problem in entering.problems(rows.get(draft.deadline), contract, draft, n)
    ]
    if problems:
        raise Refused(problems)
    for _n, draft in new:
        deadline = rows[draft.deadline]
        if deadline.state in STILL_OWED:  # a file may name the same deadline twice: the first counts
            accepted = entering.accepted(deadline, draft)
            settle(deadline, replace(actor, channel=FROM_FILE), _done(draft), entering.evidence(draft), now, accepted)
    return bool(new)


def _make_way(deadline: Deadline | None, now: datetime) -> None:
    """Let what somebody logged stand where this very import has just found that a fact settles the same: it was logged
    before, and the export says so."""
    settling = standing(deadline) if deadline and deadline.met_by else None
    if deadline and settling and settling.recorded_at == now:
        deadline.completions.remove(settling)
        deadline.state, deadline.met_by = State.OPEN, None


def _is_done(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.state in ACHIEVED


def _done(draft: CompletionDraft) -> Done:
    return Done(done_on=draft.done_on, note=draft.note, link=draft.link)


class _Entering:
    """What entering one document's completions needs to know."""

    def __init__(self, session: Session, actor: Actor, uploads: Uploads, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.files = KnownFiles(session, actor, uploads)
        self.now = now

    def problems(
        self, deadline: Deadline | None, contract: Contract, draft: CompletionDraft, position: int
    ) -> Iterator[Problem]:
        place = f"completions[{position}]"
        if deadline is None:
            yield Problem(f"{place}.deadline", N_("There is no deadline “%(key)s”."), {"key": draft.deadline})
        else:
            if draft.review and draft.review.day > day_in(contract.zone, self.now):
                yield Problem(f"{place}.review.day", N_("This day is still to come."))
            for problem in problems_of(deadline, _done(draft), day_in(contract.zone, self.now)):
                yield Problem(f"{place}.{problem.place}", problem.text, problem.values)
        for number, (sha256, name) in enumerate(draft.evidence):
            if fault := self.files.problem(f"{place}.evidence[{number}]", sha256, name):
                yield fault

    def accepted(self, deadline: Deadline, draft: CompletionDraft) -> Accepted | None:
        """That the proof was accepted, if whoever brings the file could have accepted it: else it waits for review."""
        review = draft.review
        if review is None or not (self.actor.role is Role.ADMIN or self.actor.person_id == deadline.reviewer_id):
            return None
        midnight = datetime.combine(review.day, time(), ZoneInfo(deadline.contract.zone))
        by_id = self.session.scalar(select(Person.id).where(Person.email == review.by.lower()))
        return Accepted(midnight.astimezone(UTC), by_id, review.note)

    def evidence(self, draft: CompletionDraft) -> list[Evidence]:
        return [self._row(self.files.get(sha256, name)) for sha256, name in draft.evidence]

    def _row(self, file: Known) -> Evidence:
        return Evidence(
            sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size, added_at=self.now
        )
