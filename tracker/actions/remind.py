"""Planning reminders: which deadlines speak today, to whom, each a letter in the outbox or none at all.

Planning may run at any time, any number of times, in any number of processes: a deadline is locked while it is planned,
and a letter's key is unique.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.answers import forget_what_is_over
from tracker.actions.audiences import Hearing
from tracker.actions.digests import Slot, gather, slot_for
from tracker.actions.last_look import BY_LEAD, NOT_TOLD, tell_after_all
from tracker.actions.letter_facts import facts_of
from tracker.actions.letter_rows import Row, Stationery, put_in
from tracker.actions.outbox import UNPLANNED, finish, recover
from tracker.actions.outbox_statements import UNSENT
from tracker.actions.reschedule import ladder_of_row
from tracker.actions.sending_hours import hours_of
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person
from tracker.rules.reminders import Choice, choose, next_day
from tracker.rules.sending_hours import Hours, first_instant

log = logging.getLogger(__name__)

BATCH = 500
"""Deadlines planned in one transaction, so that the write lock is never held for long."""
REMINDER = "reminder"
NOBODY = "nobody to tell"
UNWANTED = "nobody wants to hear of it"
DAY = timedelta(days=1)
Said = Mapping[tuple[int | None, int], Sequence[int]]
"""Leads already settled, by deadline and due revision."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder that is due: which deadline speaks at which lead, to whom, and the leads it replaces."""

    deadline: Deadline
    action_day: date
    lead: int
    superseded: tuple[int, ...]
    people: tuple[Person, ...]
    silent: bool = False
    """Whether there are people, all of whom asked not to hear of it."""
    again: bool = False
    """Whether it speaks only to those who had put it off, beside the ladder."""

    @property
    def day(self) -> date:
        """The day of its ladder."""
        return self.action_day - timedelta(self.lead)

    @property
    def nobody(self) -> bool:
        """Whether there is nobody at all who could be told."""
        return not self.people and not self.silent

    def replaces_letters_to(self, person_id: int | None) -> bool:
        """Whether what still waits for that person gives way to it."""
        return not self.again or person_id in {person.id for person in self.people}


def plan_reminders(session: Session, *, domain: str, now: datetime, batch: int = BATCH) -> int:
    """Plan up to `batch` deadlines whose reminder may be due, and queue their letters; how many were looked at.

    `domain` is the sender's, for the Message-IDs. Call until it returns 0; each call is one unit of work.
    """
    organisation = session.scalar(select(Organisation))
    if organisation is None:
        return 0
    recover(session, now)  # a letter whose worker is gone waits as well, and may have to give way
    today = day_in(organisation.zone, now)
    deadlines = session.scalars(_due(today).limit(batch).with_for_update(of=Deadline, skip_locked=True)).all()
    stationery = Stationery(organisation, domain, now)
    writer = _Writer(session, stationery)
    hearing = Hearing.of(session, deadlines, today)
    said = said_about(session, deadlines)
    plans = [writer.plan(deadline, hearing, said) for deadline in deadlines]
    _replace_waiting(session, [one for plan in plans for one in plan.planned], now)
    rows = list(gather(session, stationery, [row for plan in plans for row in plan.rows]))
    tell_after_all(session, rows)
    put_in(session, rows)
    for plan in plans:
        plan.deadline.remind_on = plan.next_look
    forget_what_is_over(session, deadlines, today)
    return len(deadlines)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What comes of looking at one deadline."""

    deadline: Deadline
    planned: Sequence[Planned]
    rows: Sequence[tuple[Row, Slot | None]]
    next_look: date | None


def preview_reminders(session: Session, actor: Actor, today: date) -> list[Planned]:
    """What planning would queue on `today`, of contracts the actor may see; nothing is written."""
    deadlines = session.scalars(_due(today).where(visible(actor))).all()
    return list(speakers(deadlines, Hearing.of(session, deadlines, today), said_about(session, deadlines)))


def first_and_slot(planned: Planned, person: Person, hours: Hours) -> tuple[datetime, Slot | None]:
    """From when the person may be told of it, and the digest that tells them; None where it goes by itself."""
    first = first_instant(planned.day, planned.action_day, hours, planned.deadline.contract.zone)
    return first, slot_for(person, hours, planned.action_day, max(first, planned.deadline.modified_at))


def _due(today: date) -> Select[Deadline]:
    """Deadlines whose day to speak has come, the longest due first; the index on ``remind_on`` answers this."""
    contract = contains_eager(Deadline.contract)
    return (
        select(Deadline)
        .join(Deadline.contract)
        .where(Deadline.remind_on <= today)
        .order_by(Deadline.remind_on, Deadline.id)
        .options(contract.selectinload(Contract.parties), contract.selectinload(Contract.clauses))
        .options(selectinload(Deadline.completions))
    )


def speakers(deadlines: Sequence[Deadline], hearing: Hearing, said: Said) -> Iterator[Planned]:
    """Those of the deadlines that speak on the day of `hearing`, after what has been `said`."""
    for deadline in deadlines:
        choice = _choice(deadline, hearing.today, said.get((deadline.id, deadline.revision), []))
        day = deadline.action_day
        if choice.speak is not None and day is not None:
            people = hearing.told(deadline, choice.speak)
            silent = not people and hearing.is_silence_wished(deadline, choice.speak)
            yield Planned(deadline, day, choice.speak, choice.superseded, people, silent)
        elif deadline.state is State.OPEN and day is not None and (people := hearing.back(deadline)):
            yield Planned(deadline, day, (day - hearing.today).days, (), people, again=True)


def _choice(deadline: Deadline, today: date, said: Sequence[int]) -> Choice:
    if deadline.state is not State.OPEN or deadline.action_day is None:
        return Choice(None)
    since = day_in(deadline.contract.zone, deadline.modified_at)
    return choose(ladder_of_row(deadline), deadline.action_day, today, said, since)


def next_look(deadline: Deadline, hearing: Hearing, planned: Sequence[Planned]) -> date | None:
    """When to look at a deadline next, after this has been planned of it."""
    if any(one.nobody for one in planned):
        return hearing.today + DAY  # there may be somebody to tell: an owner named, a person let back in
    if deadline.state is not State.OPEN or deadline.action_day is None:
        return None
    days = next_day(ladder_of_row(deadline), deadline.action_day, hearing.today), hearing.next_return(deadline)
    return min((day for day in days if day), default=None)


def said_about(session: Session, deadlines: Sequence[Deadline], before: datetime | None = None) -> Said:
    """Leads already settled, or settled `before` an instant. Those that in the end nobody could be told are not."""
    query = select(Letter.deadline_id, Letter.due_revision, Letter.lead).distinct()
    query = query.where(Letter.person_id.is_not(None), Letter.reason.not_in(NOT_TOLD))
    query = query.where(Letter.deadline_id.in_([deadline.id for deadline in deadlines]))
    said: dict[tuple[int | None, int], list[int]] = {}
    for deadline_id, revision, lead in session.execute(query.where(Letter.created_at < before) if before else query):
        said.setdefault((deadline_id, revision), []).append(lead)
    return said


def _replace_waiting(session: Session, planned: Sequence[Planned], now: datetime) -> None:
    """Older letters of the same deadlines that still wait give way to the ones now planned."""
    new = {one.deadline.id: one for one in planned}
    query = select(Letter).where(Letter.deadline_id.in_(new), Letter.purpose == REMINDER, Letter.state.in_(UNSENT))
    for letter in session.scalars(query.with_for_update(of=Letter, skip_locked=True)):
        one = new[letter.deadline_id or 0]
        if not one.replaces_letters_to(letter.person_id):
            continue
        reason = f"{BY_LEAD}{one.lead}" if letter.due_revision == one.deadline.revision else "moved"
        finish(letter, LetterState.SUPERSEDED, reason, now)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the rows of planned reminders."""

    session: Session
    stationery: Stationery

    def plan(self, deadline: Deadline, hearing: Hearing, said: Said) -> _Plan:
        """One that cannot be planned must not keep the others from speaking: people are told of it every day."""
        try:
            planned = list(speakers([deadline], hearing, said))
            rows = [row for one in planned for row in self.rows(one)]
            day = next_look(deadline, hearing, planned)
        except DBAPIError:
            raise
        except Exception:
            log.exception("not_planned deadline=%s", deadline.id)
            return _Plan(deadline, (), [(self._unplanned(deadline, hearing.today), None)], hearing.today + DAY)
        return _Plan(deadline, planned, rows, day)

    def _unplanned(self, deadline: Deadline, today: date) -> Row:
        day = deadline.action_day or today
        return self._ended(Planned(deadline, day, (day - today).days, (), ()), None, LetterState.FAILED, UNPLANNED)

    def rows(self, planned: Planned) -> Iterator[tuple[Row, Slot | None]]:
        """One letter a person, with the digest that it may wait for, and one for each lead that it replaces."""
        today = day_in(self._organisation.zone, self.stationery.now)
        facts = facts_of(planned.deadline, today)
        for person in planned.people:
            first, slot = first_and_slot(planned, person, hours_of(self.session, person, self._organisation))
            yield self._row(planned, planned.lead, person, not_before=first, facts=facts), slot
            for lead in planned.superseded:
                yield self._ended(planned, person, LetterState.SUPERSEDED, f"{BY_LEAD}{planned.lead}", lead), None
        if planned.nobody:
            yield self._ended(planned, None, LetterState.FAILED, NOBODY), None
        elif planned.silent:
            yield self._ended(planned, None, LetterState.SUPPRESSED, UNWANTED), None

    @property
    def _organisation(self) -> Organisation:
        return self.stationery.organisation

    def _ended(
        self, planned: Planned, person: Person | None, state: LetterState, reason: str, lead: int | None = None
    ) -> Row:
        said = planned.lead if lead is None else lead
        return self._row(planned, said, person, state=state, reason=reason, finished_at=self.stationery.now)

    def _row(self, planned: Planned, lead: int, person: Person | None, **values: Any) -> Row:
        deadline = planned.deadline
        key = f"{deadline.public_key}|{deadline.revision}|{lead}|{person.id if person else '-'}|mail"
        about = {"deadline_id": deadline.id, "lead": lead, "due_revision": deadline.revision}
        return self.stationery.letter(key, REMINDER, person, **about, **values)
