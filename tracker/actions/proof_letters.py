"""Telling people of work that waits: for evidence, for a review, or anew because its proof was not accepted.

Each is said once a round and then, while it stands, once a week. A round is one completion in one state; whoever logs
it again begins another. What came in by a file is history that was loaded, and its evidence is not asked for by mail.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload

from tracker.actions.access import EDITING, answering
from tracker.actions.file_completions import FROM_FILE
from tracker.actions.last_look import NOT_TOLD
from tracker.actions.letter_rows import Row, Stationery, put_in
from tracker.actions.organisations import organisation_of
from tracker.actions.proof_rounds import ABOUT_NO_DAY, EVIDENCE_WANTED, REJECTED, REVIEW_WANTED, proof_facts
from tracker.actions.recipients import may_be_told, takes_letters
from tracker.actions.remind import NOBODY
from tracker.actions.review import may_review
from tracker.ports.clock import day_in
from tracker.records.deadlines import Completion, Deadline, Review, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role

AGAIN_AFTER = timedelta(days=7)
LOOK_BACK = timedelta(days=60)
"""How old a rejection may be that nobody heard of: a machine that slept so long has more to tell."""
BATCH = 500
CHANNEL = "mail"
_Later = aliased(Completion)


def plan_proof_letters(session: Session, *, domain: str, now: datetime) -> int:
    """Queue what is to be said now, at most `BATCH` of each; how many were looked at."""
    stationery = Stationery(organisation_of(session), domain, now)
    looked_at = 0
    for purpose, query in _questions(session, now):
        locked = query.limit(BATCH).with_for_update(of=Deadline, skip_locked=True)
        found = session.scalars(locked).unique().all()
        put_in(session, [row for one in found for row in _rows(session, stationery, one, purpose)])
        looked_at += len(found)
    return looked_at


def _questions(session: Session, now: datetime) -> Iterator[tuple[str, Select[Completion]]]:
    """By purpose, the completions of which somebody is to hear now."""
    stands = Completion.undone_at.is_(None)
    wanting = _of(State.EVIDENCE_PENDING).where(stands, Completion.channel != FROM_FILE)
    recorded, week = Completion.recorded_at, now - AGAIN_AFTER
    yield EVIDENCE_WANTED, wanting.where(_unsaid(EVIDENCE_WANTED, recorded, week))
    yield REVIEW_WANTED, _of(State.IN_REVIEW).where(stands, _unsaid(REVIEW_WANTED, recorded, week))
    sent_back = Completion.review == Review.REJECTED, Completion.reviewed_at > now - LOOK_BACK
    # Looked up first: among all that is open there may be a million.
    rejected = Completion.id.in_(session.scalars(select(Completion.id).where(*sent_back)).all())
    newer = exists().where(_Later.deadline_id == Completion.deadline_id, _Later.id > Completion.id)
    yield REJECTED, _of(State.OPEN).where(rejected, ~newer, _unsaid(REJECTED, Completion.reviewed_at, now - LOOK_BACK))


def _of(state: State) -> Select[Completion]:
    query = select(Completion).join(Completion.deadline).join(Deadline.contract).where(Deadline.state == state)
    people = joinedload(Completion.by), joinedload(Completion.reviewed_by)
    deadline = contains_eager(Completion.deadline)
    named = deadline.joinedload(Deadline.owner), deadline.joinedload(Deadline.backup)
    return query.options(deadline.contains_eager(Deadline.contract), *people, *named).order_by(Completion.id)


def _unsaid(purpose: str, began: InstrumentedAttribute[Any], since: datetime) -> ColumnElement[bool]:
    """SQL: whether nobody was told in this round, nor since that instant."""
    told = Letter.deadline_id == Deadline.id, Letter.purpose == purpose, Letter.reason.not_in(NOT_TOLD)
    return ~exists().where(*told, Letter.created_at >= began, Letter.created_at > since)


def _rows(session: Session, stationery: Stationery, completion: Completion, purpose: str) -> Iterator[Row]:
    """One letter a reader, or one that says that there is none."""
    deadline, day = completion.deadline, day_in(stationery.organisation.zone, stationery.now)
    for person in _readers(session, completion, purpose) or (None,):
        own = person is not None and person.id == completion.by_id
        facts = proof_facts(deadline, completion, purpose, own=own)
        key = f"{purpose}|{deadline.public_key}|{completion.id}|{day}|{person.id if person else '-'}|mail"
        about = {"deadline_id": deadline.id, "due_revision": ABOUT_NO_DAY, "facts": facts}
        ended = {"state": LetterState.FAILED, "reason": NOBODY, "finished_at": stationery.now}
        yield stationery.letter(key, purpose, person, **about, **({} if person else ended))


def _readers(session: Session, completion: Completion, purpose: str) -> Sequence[Person]:
    """Whoever is asked: the first of those in question who can do it, else the administrators who can."""
    deadline = completion.deadline
    answer = (completion.by, deadline.answers, deadline.backup or deadline.contract.backup)
    asked = (deadline.reviewer,) if purpose == REVIEW_WANTED else answer
    for person in asked:
        if person is not None and _can(session, person, deadline, purpose):
            return (person,)
    administrators = select(Person).where(Person.role == Role.ADMIN).order_by(Person.id)
    others = [one for one in session.scalars(administrators) if _can(session, one, deadline, purpose)]
    doer = (completion.by,) if completion.by and _can(session, completion.by, deadline, purpose) else ()
    return others or doer


def _can(session: Session, person: Person, deadline: Deadline, purpose: str) -> bool:
    """Whether a letter reaches the person, who may see the contract and do what is asked."""
    if not takes_letters(person) or not may_be_told(session, person.id, deadline.contract_id):
        return False
    if purpose == REVIEW_WANTED:
        return may_review(session, answering(person, CHANNEL), deadline)
    return purpose == REJECTED or person.role in EDITING
