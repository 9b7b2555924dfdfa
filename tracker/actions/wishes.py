"""What each person wishes to hear and when, who hears of it instead or further up, and the organisation's ladders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import may_sign_in, must_administer, the_deadline
from tracker.actions.actor import Actor
from tracker.actions.bounces import write_again
from tracker.actions.errors import Missing, Refused
from tracker.actions.on_calendar import mark
from tracker.actions.organisations import organisation_of
from tracker.actions.remember import remember
from tracker.actions.reschedule import reschedule
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.people import Person
from tracker.rules.codes import CODES
from tracker.rules.digests import Rhythm
from tracker.rules.ladders import checked, read_ladders
from tracker.rules.law import LONGEST_PLACE
from tracker.rules.places import is_place
from tracker.rules.problems import N_, Problem, Unfit
from tracker.rules.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """When and of what somebody wants letters; `delegate` is the address of whoever hears of it while they are away."""

    quiet_from: time | None = None
    quiet_until: time | None = None
    working_days_only: bool = False
    calendar: str = ""
    digest: Rhythm = Rhythm.NEVER
    calendar_files: bool = True
    delegate: str = ""
    away_from: date | None = None
    away_until: date | None = None
    muted: tuple[str, ...] = ()


def wishes_of(session: Session, actor: Actor) -> Wishes:
    """The actor's own. Raises Missing."""
    me = _somebody(session, actor.person_id)
    delegate = session.get(Person, me.delegate_id) if me.delegate_id else None
    return Wishes(
        quiet_from=me.quiet_from,
        quiet_until=me.quiet_until,
        working_days_only=me.working_days_only,
        calendar=me.calendar or "",
        digest=me.digest,
        calendar_files=me.calendar_files,
        delegate=delegate.email if delegate else "",
        away_from=me.away_from,
        away_until=me.away_until,
        muted=tuple(me.muted),
    )


def wish(session: Session, actor: Actor, wanted: Wishes, *, now: datetime) -> None:
    """Keep the actor's own wishes. Raises Missing, Refused."""
    me = _somebody(session, actor.person_id)
    delegate = _colleague(session, wanted.delegate)
    problems = list(_problems(wanted, me, delegate))
    if problems:
        raise Refused(problems)
    me.quiet_from, me.quiet_until = wanted.quiet_from, wanted.quiet_until
    me.working_days_only, me.calendar = wanted.working_days_only, wanted.calendar or None
    me.digest, me.calendar_files = wanted.digest, wanted.calendar_files
    me.delegate_id = delegate.id if delegate else None
    me.away_from, me.away_until, me.muted = wanted.away_from, wanted.away_until, list(wanted.muted)
    remember(session, actor, now, "wishes-changed")


def _problems(wanted: Wishes, me: Person, delegate: Person | None) -> Iterator[Problem]:
    if (wanted.quiet_from is None) != (wanted.quiet_until is None):
        missing = "quiet_from" if wanted.quiet_from is None else "quiet_until"
        yield Problem(missing, N_("Give both times, or neither."))
    if wanted.calendar and (len(wanted.calendar) > LONGEST_PLACE or not is_place(wanted.calendar)):
        yield Problem("calendar", N_("There is no such calendar."))
    if wanted.delegate and delegate is None:
        yield Problem("delegate", N_("Nobody here has the address %(email)s."), {"email": wanted.delegate})
    if delegate is not None and delegate.id == me.id:
        yield Problem("delegate", N_("Choose somebody else."))
    if wanted.away_from and delegate is None and not wanted.delegate:
        yield Problem("delegate", N_("Say who hears of it while you are away."))
    if wanted.away_until and (wanted.away_from is None or wanted.away_until < wanted.away_from):
        yield Problem("away_until", N_("This day comes before the first day away."))
    if not set(wanted.muted) <= CODES.keys():
        yield Problem("muted", N_("Choose one."))


def set_manager(session: Session, actor: Actor, person_id: int, manager: str, *, now: datetime) -> None:
    """Say who hears of what somebody leaves unanswered; an empty address for nobody. Raises Forbidden, Missing,
    Refused."""
    must_administer(actor)
    person, found = _somebody(session, person_id), _colleague(session, manager)
    if manager and (found is None or found.id == person.id or not may_sign_in(found)):
        raise Refused([Problem("manager", N_("Choose somebody else."))])
    person.manager_id = found.id if found else None
    remember(session, actor, now, "manager-changed", person=person.id, manager=person.manager_id)


def clear_bounce(session: Session, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Write to an address again that took no letters, what came back first. Raises Forbidden, Missing."""
    must_administer(actor)
    person = _somebody(session, person_id)
    person.bounced_at, person.bounce = None, ""
    write_again(session, person, now)
    remember(session, actor, now, "bounce-cleared", person=person.id)


def set_ladders(session: Session, actor: Actor, written: Mapping[str, str], *, now: datetime) -> None:
    """Keep the organisation's ladders by code; the contracts are recounted by the next chore. Raises Forbidden, and
    Refused with the code as the place of each problem."""
    must_administer(actor)
    problems: list[Problem] = []
    ladders = read_ladders(Section(written, "", problems))
    if problems:
        raise Refused(problems)
    organisation = organisation_of(session)
    if organisation.ladders != ladders:
        organisation.ladders = ladders
        mark(session, session.scalars(select(Contract.id)).all())
        remember(session, actor, now, "ladders-changed")


def set_ladder(session: Session, actor: Actor, deadline_id: int, text: str, *, now: datetime) -> Deadline:
    """Give one deadline a ladder of its own, or that of its kind again where `text` is empty. What was said is not said
    again. Raises Missing, Forbidden, Refused."""
    deadline = the_deadline(session, actor, deadline_id, to_change=True)
    try:
        deadline.own_ladder = checked(deadline.code, text) if text.strip() else ""
    except Unfit as error:
        raise Refused([Problem.of("ladder", error)]) from None
    remember(
        session, actor, now, "ladder-changed", contract_id=deadline.contract_id, deadline_id=deadline.id,
        key=deadline.key, ladder=deadline.own_ladder,
    )  # fmt: skip
    session.flush()
    reschedule(session, deadline.contract, now=now)
    return deadline


def _colleague(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email.strip().lower(), Person.active))


def _somebody(session: Session, person_id: int | None) -> Person:
    person = session.get(Person, person_id or 0)
    if person is None:
        raise Missing
    return person
