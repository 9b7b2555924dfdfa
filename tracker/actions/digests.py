"""Digests: reminders that are not urgent wait for one another and go in one letter, to those who wish it so.

A digest is a letter of the outbox like any other. Reminders join it until it is written; what it said is sent when it
is sent, in one transaction. When it cannot go, or its reader wants none any more, its reminders are letters of their
own again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from tracker.actions.letter_rows import Row, Stationery, put_in
from tracker.actions.outbox_statements import DIGEST, WAITING
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person
from tracker.rules.digests import Rhythm, digest_day, may_wait
from tracker.rules.reminders import instant_of
from tracker.rules.sending_hours import Hours


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest that somebody gets: on which day, and the UTC instant from which it may go."""

    person: Person
    day: date
    at: datetime

    @property
    def key(self) -> str:
        """The digest's idempotency key."""
        return f"{DIGEST}|{self.person.id}|{self.day}|mail"


def slot_for(person: Person, hours: Hours, action_day: date, since: datetime) -> Slot | None:
    """The digest in which the person hears of what can be said from `since` on; None if they hear of it by itself.

    The day follows from what is to be said alone: a machine that slept sends the digest late, not the next one.
    """
    if person.digest is Rhythm.NEVER:
        return None
    day = digest_day(person.digest, since, hours)
    return Slot(person, day, instant_of(day, hours.zone)) if may_wait(action_day, day) else None


def gather(session: Session, stationery: Stationery, rows: Iterable[tuple[Row, Slot | None]]) -> Iterator[Row]:
    """The rows of new letters; those that have a slot wait for its digest, which is queued unless it is there.

    One whose digest has been written, or is being written now, goes by itself. The digests stay locked, so that none
    is written before what joins it is there.
    """
    told = list(rows)
    slots = {slot.key: slot for _row, slot in told if slot}
    put_in(
        session, [stationery.letter(key, DIGEST, slots[key].person, not_before=slots[key].at) for key in sorted(slots)]
    )
    joined = _open_digests(session, list(slots))
    for row, slot in told:
        digest_id = joined.get(slot.key) if slot else None
        yield row if digest_id is None else row | {"state": LetterState.GATHERED, "digest_id": digest_id}


def _open_digests(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """The ids of those digests that can be joined, by key."""
    if not keys:
        return {}
    query = select(Letter.key, Letter.id).where(Letter.key.in_(keys))
    query = query.where(Letter.state.in_(WAITING), Letter.message.is_(None))
    return dict(session.execute(query.with_for_update(read=True, skip_locked=True)).all())


_Member = aliased(Letter)
_GATHERING = select(_Member.digest_id).where(_Member.state == LetterState.GATHERED)
_READS_DIGESTS = exists().where(
    Person.id == Letter.person_id, Person.active, Person.bounced_at.is_(None), Person.digest != Rhythm.NEVER
)
_GIVEN_UP = (
    select(Letter.id)
    .where(Letter.id.in_(_GATHERING))
    .where(
        or_(
            Letter.state.not_in((*WAITING, LetterState.SENDING)),
            and_(Letter.message.is_(None), ~_READS_DIGESTS),
        )
    )
    .with_for_update(of=Letter, skip_locked=True)
)
"""Digests that will not tell what waits for them: they ended, or nobody reads them and they are not written yet."""


def set_free(session: Session) -> None:
    """Let the reminders go by themselves whose digest will not tell them."""
    given_up = session.scalars(_GIVEN_UP).all()
    if given_up:
        waits = Letter.digest_id.in_(given_up), Letter.state == LetterState.GATHERED
        alone = update(Letter).where(*waits).values(state=LetterState.QUEUED, digest_id=None)
        session.execute(alone, execution_options={"synchronize_session": False})
