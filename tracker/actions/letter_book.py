"""Which letters went out, wait or failed, and which reminders come next: what a visitor may know of each.

An administrator answers for the machinery and sees the envelope of every letter: to whom, when, what the server said.
What a letter is about is kept for those who may see its contract.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.audiences import Hearing
from tracker.actions.errors import Missing
from tracker.actions.outbox_statements import WAITING
from tracker.actions.remind import speaking
from tracker.actions.reschedule import ladder_of_row
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role
from tracker.rules.reminders import days_between

AHEAD = timedelta(days=30)
MOST = 5000
"""Deadlines looked at for what comes: beyond these the list says that it is cut."""
_ON_ITS_WAY = (*WAITING, LetterState.SENDING)


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter; what it is about only for those who may see the contract."""

    letter: Letter
    deadline: Deadline | None

    @property
    def reason(self) -> str:
        """Why it stands as it does. That a deadline was done or moved is not for outsiders."""
        told = self.deadline is not None or self.letter.state in (*_ON_ITS_WAY, LetterState.FAILED)
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
    """Which letters: of these states (any if empty), to this person."""

    states: tuple[LetterState, ...] = ()
    person_id: int | None = None


def entries(
    session: Session, actor: Actor, wanted: LetterFilter, *, offset: int, limit: int
) -> tuple[list[Entry], int]:
    """A page of the letters the actor may know of, the newest first, and how many there are."""
    query = _known_to(actor)
    if wanted.states:
        query = query.where(Letter.state.in_(wanted.states))
    if wanted.person_id is not None:
        query = query.where(Letter.person_id == wanted.person_id)
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
    )


def _answers_for_all(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.role is Role.ADMIN else Letter.id.is_(None)


def _entry(letter: Letter, seen: bool) -> Entry:
    return Entry(letter, letter.deadline if seen else None)


# ---------------------------------------------------------------------- what comes


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that will be sent on a day if nothing changes. `person` is None where there is nobody to tell.

    `deadline` is None for those who may not see its contract.
    """

    day: date
    action_day: date | None
    person: Person | None
    deadline: Deadline | None

    @property
    def who(self) -> tuple[str, int]:
        """Orders by person: whoever has none to tell stands first."""
        return (self.person.name.casefold(), self.person.id) if self.person else ("", 0)

    @property
    def lead(self) -> int | None:
        """Days before the action day, negative after it."""
        return (self.action_day - self.day).days if self.action_day else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes, by person and day; `cut` if there is more than was looked at."""

    reminders: tuple[Coming, ...]
    cut: bool = False


def outlook(session: Session, actor: Actor, today: date) -> Outlook:
    """The reminders of the next thirty days that are not in the outbox yet."""
    query = _speaking_by(today + AHEAD).order_by(Deadline.remind_on, Deadline.id).limit(MOST + 1)
    if actor.role is not Role.ADMIN:
        query = query.where(visible(actor))
    found = session.execute(query.add_columns(visible(actor))).all()
    deadlines = [deadline for deadline, _seen in found[:MOST]]
    seen = {deadline.id for deadline, may_see in found if may_see}
    coming = _coming(session, deadlines, today, today + AHEAD)
    shown = (one if one.deadline and one.deadline.id in seen else _closed(one) for one in coming)
    ordered = sorted(shown, key=lambda one: (one.who, one.day))
    return Outlook(tuple(ordered), cut=len(found) > MOST)


def next_reminders(session: Session, deadline: Deadline, today: date, *, most: int = 5) -> list[Coming]:
    """The reminders of the next `most` days on which one deadline speaks, for whoever may see it."""
    if deadline.state is not State.OPEN or deadline.action_day is None:
        return []
    until = max(deadline.action_day, today) + AHEAD
    coming = list(_coming(session, [deadline], today, until))
    days = sorted({one.day for one in coming})[:most]
    return sorted((one for one in coming if one.day in days), key=lambda one: (one.day, one.who))


def _speaking_by(last: date) -> Select[Deadline]:
    query = select(Deadline).join(Deadline.contract).options(contains_eager(Deadline.contract))
    return query.where(Deadline.remind_on <= last, Deadline.state == State.OPEN, Deadline.action_day.is_not(None))


def _coming(session: Session, deadlines: Sequence[Deadline], today: date, until: date) -> Iterator[Coming]:
    hearing = Hearing.of(session, deadlines, today)
    due = speaking(session, deadlines, today)
    for deadline in deadlines:
        for day in (*([today] if deadline.id in due else []), *_days(deadline, today, until)):
            lead = (deadline.action_day - day).days if deadline.action_day else 0
            for person in hearing.told(deadline, lead) or (None,):
                yield Coming(day, deadline.action_day, person, deadline)


def _days(deadline: Deadline, today: date, until: date) -> tuple[date, ...]:
    return days_between(ladder_of_row(deadline), deadline.action_day, today, until) if deadline.action_day else ()


def _closed(one: Coming) -> Coming:
    return Coming(one.day, None, one.person, None)
