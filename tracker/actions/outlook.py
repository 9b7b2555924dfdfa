"""Which letters leave in a span of days if nothing changes: to whom, when, why, and what is kept from whom.

Days to come are played from this instant on, with what waits in the outbox. Days past are played anew as the contracts
stand now, as if nothing had been said since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.audiences import Hearing, who_may_see
from tracker.actions.coming import Coming, Hold, why_told
from tracker.actions.errors import Forbidden, Refused
from tracker.actions.last_look import KEPT_BACK, why_not
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox_statements import DIGEST, ON_ITS_WAY, WAITING
from tracker.actions.reach import Reach, Span, again, ahead, known_to
from tracker.actions.rehearsal import Rehearsal
from tracker.actions.remind import REMINDER, said_about
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter
from tracker.records.people import Organisation, Role

_DIGESTS_KNOWN = timedelta(days=60)
"""A digest of a day before is not joined any more."""
_NEAREST = 20
"""Deadlines among which the next reminder is looked for."""
MOST_WAITING = 5000
"""Letters of the outbox that are looked at."""
AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What leaves and what is kept back, by person and instant; `until` is the first day of which not all is known,
    because there is more than can be played."""

    reminders: tuple[Coming, ...]
    until: date | None = None


def outlook(session: Session, actor: Actor, span: Span, now: datetime, *, person_id: int | None = None) -> Outlook:
    """The letters of a span of days, to everybody or to one person; those who do not administer are told of their own.

    Raises Refused, and Forbidden for one of those who asks about somebody else.
    """
    if actor.role is not Role.ADMIN:
        if person_id not in (None, actor.person_id):
            raise Forbidden
        person_id = actor.person_id
    organisation = organisation_of(session)
    today = day_in(organisation.zone, now)
    if problems := span.problems(today):
        raise Refused(problems)
    found: list[Coming] = []
    cuts: list[date | None] = []
    if span.first < today:
        past, cut = _replayed(session, actor, organisation, span)
        found, cuts = [one for one in past if one.at < now], [cut]
    if span.last >= today:
        coming, cut = _played(session, actor, organisation, span, now)
        found, cuts = [*found, *coming], [*cuts, cut]
    found = [one for one in found if span.first <= day_in(organisation.zone, one.at) <= span.last]
    found = [one for one in found if person_id is None or (one.person and one.person.id == person_id)]
    ordered = sorted(_shown(session, actor, found), key=lambda one: (one.who, one.at))
    return Outlook(tuple(ordered), min((cut for cut in cuts if cut), default=None))


def next_reminders(session: Session, deadline: Deadline, now: datetime, *, most: int = 5) -> list[Coming]:
    """The next `most` reminders of one deadline and whom they go to, for whoever may see it; not what waits already."""
    if deadline.state is not State.OPEN or deadline.action_day is None or deadline.remind_on is None:
        return []
    organisation = organisation_of(session)
    last = max(deadline.action_day, day_in(organisation.zone, now)) + AHEAD
    rehearsal = _rehearsal(session, organisation, [deadline])
    _take_up_digests(session, rehearsal, now)
    rehearsal.play([(deadline, deadline.remind_on)], now, last)
    coming = sorted(rehearsal.letters(), key=lambda one: (one.at, one.who))
    leads = list(dict.fromkeys(one.lead for one in coming))[:most]
    return [one for one in coming if one.lead in leads]


def first_to_come(session: Session, deadlines: Sequence[Deadline], now: datetime) -> list[Coming]:
    """Of all these deadlines the reminders that leave first, all those of one instant, for whoever may see them."""
    looks = sorted((one.remind_on, one.id, one) for one in deadlines if one.remind_on and one.action_day)[:_NEAREST]
    turns = [(deadline, day) for day, _number, deadline in looks if deadline.state is State.OPEN]
    if not turns:
        return []
    organisation = organisation_of(session)
    rehearsal = _rehearsal(session, organisation, [deadline for deadline, _day in turns])
    _take_up_digests(session, rehearsal, now)
    rehearsal.play(turns, now, max(turns[0][1], day_in(organisation.zone, now)) + AHEAD)
    going = [one for one in rehearsal.letters() if one.goes]
    first = min((one.at for one in going), default=None)
    return sorted((one for one in going if one.at == first), key=lambda one: one.who)


def _played(
    session: Session, actor: Actor, organisation: Organisation, span: Span, now: datetime
) -> tuple[Iterator[Coming], date | None]:
    """From now on: what waits already, and what planning will add."""
    letters = _on_their_way(session, actor)
    waiting = {letter.deadline_id for letter in letters if letter.deadline_id}
    reach = ahead(session, actor, span, day_in(organisation.zone, now), waiting)
    rehearsal = _rehearsal(session, organisation, [deadline for deadline, _day in reach.turns])
    together = _take_up_digests(session, rehearsal, now)
    for letter in _still_going(session, letters):
        coming = _waiting(rehearsal, letter, together.get(letter.digest_id), now)
        rehearsal.waiting.setdefault(letter.deadline_id or 0, []).append(coming)
    return _through(rehearsal, reach, now, span)


def _replayed(
    session: Session, actor: Actor, organisation: Organisation, span: Span
) -> tuple[Iterator[Coming], date | None]:
    """The span as if nothing had been said since it began."""
    reach, start = again(session, actor, span, organisation.zone)
    rehearsal = _rehearsal(session, organisation, [deadline for deadline, _day in reach.turns], before=start)
    return _through(rehearsal, reach, start, span)


def _through(rehearsal: Rehearsal, reach: Reach, start: datetime, span: Span) -> tuple[Iterator[Coming], date | None]:
    stopped = rehearsal.play(reach.turns, start, span.last)
    return rehearsal.letters(), min((day for day in (reach.cut, stopped) if day), default=None)


def _rehearsal(
    session: Session, organisation: Organisation, deadlines: Sequence[Deadline], before: datetime | None = None
) -> Rehearsal:
    hearing = Hearing.of(session, deadlines, date.min)
    said = dict(said_about(session, deadlines, before))
    query = select(Letter.deadline_id, Letter.due_revision, Letter.lead, Letter.person_id)
    query = query.where(Letter.deadline_id.in_([deadline.id for deadline in deadlines]), ~KEPT_BACK)
    keys = session.execute(query.where(Letter.created_at < before) if before else query)
    return Rehearsal(session, organisation, hearing, said, {(key[0] or 0, *key[1:]) for key in keys})


# ------------------------------------------------------------ what waits already


def _on_their_way(session: Session, actor: Actor) -> list[Letter]:
    query = select(Letter).join(Letter.deadline).join(Contract, Contract.id == Deadline.contract_id)
    query = query.where(Letter.purpose == REMINDER, Letter.state.in_(ON_ITS_WAY), known_to(actor))
    found = query.options(
        contains_eager(Letter.deadline).contains_eager(Deadline.contract), joinedload(Letter.person)
    ).order_by(Letter.id)
    return list(session.scalars(found.limit(MOST_WAITING)))


def _still_going(session: Session, letters: Sequence[Letter]) -> Iterator[Letter]:
    """Those of the letters that the last look before they leave will let go."""
    people = {letter.person_id for letter in letters if letter.person_id}
    seen = who_may_see(session, sorted({letter.deadline_id or 0 for letter in letters}), people)
    for letter in letters:
        if not why_not(letter) and letter.person_id in seen.get(letter.deadline_id or 0, {}):
            yield letter


def _take_up_digests(session: Session, rehearsal: Rehearsal, now: datetime) -> dict[int | None, datetime]:
    """The digests there are: those not written yet take further reminders. When these leave, by letter."""
    recent = Letter.not_before >= now - _DIGESTS_KNOWN
    query = select(Letter, Letter.message.is_not(None)).where(Letter.purpose == DIGEST, recent)
    found: dict[int | None, datetime] = {}
    for letter, written in session.execute(query.options(defer(Letter.message), joinedload(Letter.person))):
        rehearsal.digests[letter.key] = None
        if letter.state in WAITING and not written and letter.person:
            found[letter.id] = rehearsal.leaves(letter.person, max(now, letter.not_before), None)
            rehearsal.digests[letter.key] = found[letter.id]
    return found


def _waiting(rehearsal: Rehearsal, letter: Letter, together: datetime | None, now: datetime) -> Coming:
    deadline, person = letter.deadline, letter.person
    assert deadline is not None
    assert person is not None
    why, of = why_told(rehearsal.hearing.on(day_in("UTC", now)), deadline, person)
    ready = max(now, letter.not_before)
    at = together or rehearsal.leaves(person, ready, deadline)
    holds = (Hold.DIGEST,) if together else rehearsal.holds(person, ready, at)
    return Coming(at, person, deadline, deadline.action_day, letter.lead, why, of, holds=holds, letter_id=letter.id)


# ---------------------------------------------------------------- who sees what


def _shown(session: Session, actor: Actor, coming: Sequence[Coming]) -> Iterator[Coming]:
    """What is about a closed contract says so to those who answer for all letters, and no more."""
    ids = {one.deadline.contract_id for one in coming if one.deadline}
    seen = set(session.scalars(select(Contract.id).where(Contract.id.in_(ids), visible(actor))))
    for one in coming:
        if one.deadline and one.deadline.contract_id in seen:
            yield one
        elif one.goes:
            yield _closed(one)


def _closed(one: Coming) -> Coming:
    return replace(one, deadline=None, action_day=None, lead=None, why=None, of=None, silence=None, until=None)
