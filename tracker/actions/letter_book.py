"""Which letters went out, wait or failed: what a visitor may know of each.

An administrator answers for the machinery and sees the envelope of every letter: to whom, when, what the server said.
What a letter is about is kept for those who may see its contract.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing
from tracker.actions.outbox_statements import DIGEST, ON_ITS_WAY, TOLD_OF
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter; what it is about only for those who may see the contract."""

    letter: Letter
    deadline: Deadline | None

    @property
    def reason(self) -> str:
        """Why it stands as it does. That a deadline was done or moved is not for outsiders."""
        about_none = self.letter.deadline_id is None
        told = about_none or self.deadline is not None or self.letter.state in (*ON_ITS_WAY, LetterState.FAILED)
        return self.letter.reason if told else ""

    @property
    def can_be_resumed(self) -> bool:
        """Whether another try may help: it failed, and there was somebody to write to."""
        return self.is_dead and self.letter.person_id is not None

    @property
    def is_dead(self) -> bool:
        """Whether it failed and may be looked after by those who may see the contract."""
        return self.deadline is not None and self.letter.state is LetterState.FAILED


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters: of these states (any if empty), to this person, about this contract."""

    states: tuple[LetterState, ...] = ()
    person_id: int | None = None
    contract_id: int | None = None

    def of(self, query: Select[Letter, bool]) -> Select[Letter, bool]:
        """Those among the letters of a query."""
        if self.states:
            query = query.where(Letter.state.in_(self.states))
        if self.person_id is not None:
            query = query.where(Letter.person_id == self.person_id)
        return query if self.contract_id is None else query.where(Deadline.contract_id == self.contract_id)


@dataclass(frozen=True, slots=True)
class Tally:
    """How it went with letters: the last that left, how many failed, how many are on their way."""

    last: Letter | None
    failed: int
    waiting: int


def entries(
    session: Session, actor: Actor, wanted: LetterFilter, *, offset: int, limit: int
) -> tuple[list[Entry], int]:
    """A page of the letters the actor may know of, the newest first, and how many there are."""
    query = wanted.of(_known_to(actor))
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = query.options(defer(Letter.message), defer(Letter.facts))
    found = session.execute(page.order_by(Letter.id.desc()).offset(offset).limit(limit))
    return [_entry(letter, seen) for letter, seen in found], total


def entry(session: Session, actor: Actor, letter_id: int) -> Entry:
    """One letter with its attempts. Raises Missing."""
    query = _known_to(actor).where(Letter.id == letter_id).options(selectinload(Letter.tries))
    found = session.execute(query).one_or_none()
    if found is None:
        raise Missing
    return _entry(*found)


def tally(session: Session, actor: Actor, wanted: LetterFilter) -> Tally:
    """How it went with these reminders, of contracts the actor may see or sent to them."""
    query = wanted.of(_reminders_known_to(actor))
    counted = query.with_only_columns(Letter.state, func.count(), maintain_column_froms=True).group_by(Letter.state)
    states = dict(session.execute(counted).all())
    sent = query.where(Letter.state == LetterState.SENT).options(defer(Letter.message), defer(Letter.facts))
    last = session.scalars(sent.order_by(Letter.finished_at.desc(), Letter.id.desc()).limit(1)).first()
    return Tally(last, states.get(LetterState.FAILED, 0), sum(states.get(state, 0) for state in ON_ITS_WAY))


def last_sent(session: Session, actor: Actor) -> datetime | None:
    """When the last letter left of those the actor may know of."""
    sent = LetterFilter((LetterState.SENT,)).of(_known_to(actor))
    return session.scalar(sent.with_only_columns(func.max(Letter.finished_at), maintain_column_froms=True))


def undelivered(session: Session, actor: Actor) -> int:
    """How many reminders did not arrive, of contracts the actor may see or sent to them."""
    failed = LetterFilter((LetterState.FAILED,)).of(_reminders_known_to(actor))
    return session.scalar(failed.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def told_together(session: Session, actor: Actor, digest: Letter) -> list[Entry]:
    """The reminders that one letter tells together; none for any other letter."""
    query = _known_to(actor).where(Letter.digest_id == digest.id).options(defer(Letter.message), defer(Letter.facts))
    return [_entry(letter, seen) for letter, seen in session.execute(query.order_by(Letter.id))]


def text_of(session: Session, actor: Actor, found: Entry) -> bytes | None:
    """What the letter says, as it was sent, for those who may see every contract it speaks of; None where it is not
    written or not for them."""
    if found.letter.purpose != DIGEST:
        return found.letter.message if found.deadline else None
    told_of = found.letter.facts.get(TOLD_OF)  # what has left the digest since then stands in its text all the same
    query = select(func.count()).select_from(Contract).where(Contract.id.in_(told_of or ()), visible(actor))
    return found.letter.message if told_of and session.scalar(query) == len(told_of) else None


def letters_about(session: Session, actor: Actor, deadline_id: int) -> list[Letter]:
    """Every letter about a deadline the actor may see, the newest first."""
    query = _known_to(actor).where(Letter.deadline_id == deadline_id, visible(actor))
    found = session.execute(query.options(defer(Letter.message), defer(Letter.facts)).order_by(Letter.id.desc()))
    return [letter for letter, _seen in found]


def _known_to(actor: Actor) -> Select[Letter, bool]:
    """Letters whose envelope the actor may see, each with whether its contract may be seen."""
    return (
        select(Letter, func.coalesce(visible(actor), False))
        .outerjoin(Letter.deadline)
        .outerjoin(Deadline.contract)
        .where(or_(_answers_for_all(actor), visible(actor), Letter.person_id == actor.person_id))
        .options(contains_eager(Letter.deadline).contains_eager(Deadline.contract), joinedload(Letter.person))
        .options(joinedload(Letter.digest).load_only(Letter.not_before))
    )


def _reminders_known_to(actor: Actor) -> Select[Letter, bool]:
    """Those about a deadline, without those of which only an administrator knows, and only the envelope."""
    concerned = or_(visible(actor), Letter.person_id == actor.person_id)
    return _known_to(actor).where(Letter.deadline_id.is_not(None), concerned)


def _answers_for_all(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.role is Role.ADMIN else Letter.id.is_(None)


def _entry(letter: Letter, seen: bool) -> Entry:
    return Entry(letter, letter.deadline if seen else None)
