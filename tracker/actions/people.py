"""People: added, given roles, disabled; and what each may set for themselves."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker.actions.access import SIGNING_IN, must_administer, must_sign_in
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing, Refused
from tracker.actions.invitations import drop_invitations, invite
from tracker.actions.passwords import check_password, hash_password, is_password
from tracker.actions.remember import remember
from tracker.actions.sign_in import end_all_visits, open_visit
from tracker.ports.addresses import wire_address
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.people import Person, Role
from tracker.render.texts import LANGUAGES
from tracker.rules.problems import N_, Problem, Unfit
from tracker.rules.section import line


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody to be added. Without a zone they read the clock in the organisation's."""

    email: str
    name: str
    role: Role = Role.EDITOR
    language: str = "en"
    zone: str | None = None


def add_person(session: Session, actor: Actor, wanted: NewPerson, *, now: datetime) -> Person:
    """Add somebody, who cannot sign in until they set a password. Raises Refused, Forbidden."""
    must_administer(actor)
    person = new_person(session, wanted, now=now)
    remember(session, actor, now, "person-added", person=person.id, role=person.role.value)
    return person


def new_link(session: Session, actor: Actor, person_id: int, *, now: datetime) -> tuple[Person, str]:
    """The secret of a link with which somebody sets their password anew. The history tells who asked for it, because
    whoever holds it can sign in as them. Raises Missing, Forbidden, and Refused for one who only gets letters."""
    must_administer(actor)
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise Missing
    remember(session, actor, now, "person-link-made", person=person.id)
    return person, invite(session, person, now)


def new_person(session: Session, wanted: NewPerson, *, now: datetime) -> Person:
    """The row for somebody, checked, without asking who adds them. Raises Refused."""
    email = wanted.email.strip().lower()
    problems = [*_problems(wanted), *_email_problems(session, email)]
    if problems:
        raise Refused(problems)
    person = Person(
        email=email,
        name=line(wanted.name),
        role=wanted.role,
        language=wanted.language,
        zone=wanted.zone or None,
        active=True,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def everybody(session: Session, actor: Actor) -> list[Person]:
    """Every person, the active ones first. Raises Forbidden."""
    must_administer(actor)
    return list(session.scalars(select(Person).order_by(Person.active.desc(), func.lower(Person.name), Person.id)))


def colleagues(session: Session) -> list[Person]:
    """Everybody who may sign in, by name: whom a contract can be given to."""
    return list(session.scalars(select(Person).where(SIGNING_IN).order_by(func.lower(Person.name), Person.id)))


def readers(session: Session) -> list[Person]:
    """Everybody whom letters can be sent to, by name: those who may sign in, then those who cannot."""
    by_name = func.lower(Person.name), Person.id
    return list(session.scalars(select(Person).where(Person.active).order_by(Person.role == Role.RECIPIENT, *by_name)))


def person_at(session: Session, email: str, place: str = "email") -> Person:
    """Whoever has the address. Raises Refused, with `place` as the problem's."""
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise Refused([Problem(place, N_("Nobody here has the address %(email)s."), {"email": email})])
    return person


def change_role(session: Session, actor: Actor, person_id: int, role: Role, *, now: datetime) -> None:
    """Let somebody do more or less. Whoever is only to get letters from now on is signed out, and their password and
    calendars end. Raises Forbidden, Missing, and Refused for the last administrator and for a recipient to be who
    answers for something."""
    person = _somebody(session, actor, person_id)
    if person.role is Role.ADMIN and role is not Role.ADMIN:
        _refuse_if_last(session, person)
    if role is Role.RECIPIENT:
        _refuse_if_needed(session, person)
        _shut_the_doors(session, person)
    remember(session, actor, now, "role-changed", person=person.id, old=person.role.value, new=role.value)
    person.role = role


def disable_person(session: Session, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Shut somebody out at once: their visits and links end, and with them whatever asks `visible_to`.

    Raises Forbidden, Missing, and Refused for the last administrator.
    """
    person = _somebody(session, actor, person_id)
    _refuse_if_last(session, person)
    person.active = False
    end_all_visits(session, person.id)
    drop_invitations(session, person.id)
    remember(session, actor, now, "person-disabled", person=person.id)


def enable_person(session: Session, actor: Actor, person_id: int, *, now: datetime) -> Person:
    """Let somebody back in, who then needs a new link to set a password. Raises Forbidden, Missing."""
    person = _somebody(session, actor, person_id)
    person.active, person.password_hash = True, None
    remember(session, actor, now, "person-enabled", person=person.id)
    return person


def set_language(session: Session, actor: Actor, language: str) -> None:
    """The actor's own language."""
    person = session.get(Person, actor.person_id or 0)
    if person is not None and language in LANGUAGES:
        person.language = language


def change_profile(
    session: Session, actor: Actor, *, name: str, language: str, zone: str | None, now: datetime
) -> None:
    """The actor's own name, language and zone. Raises Refused, Missing."""
    person = _self(session, actor)
    problems = _problems(NewPerson(email=person.email, name=name, language=language, zone=zone))
    if problems:
        raise Refused(problems)
    person.name, person.language, person.zone = line(name), language, zone or None
    remember(session, actor, now, "profile-changed")


def change_password(session: Session, actor: Actor, old: str, new: str, *, agent: str, now: datetime) -> str:
    """The actor's own password. Every browser is signed out; the secret of a new visit for the one at hand, because
    whoever has copied its cookie is to be out as well.

    Raises Refused, Missing.
    """
    person = _self(session, actor)
    if not is_password(old, person.password_hash):
        raise Refused([Problem("old", N_("This is not your password."))])
    set_password(person, new, place="new")
    end_all_visits(session, person.id)
    remember(session, actor, now, "password-changed")
    return open_visit(session, person, agent=agent, now=now)


def set_password(person: Person, password: str, *, place: str = "password") -> None:
    """Keep a new password. Raises Refused."""
    must_sign_in(person)
    try:
        check_password(password)
    except Unfit as error:
        raise Refused([Problem.of(place, error)]) from None
    person.password_hash = hash_password(password)


def _self(session: Session, actor: Actor) -> Person:
    person = session.get(Person, actor.person_id or 0)
    if person is None:
        raise Missing
    return person


def _somebody(session: Session, actor: Actor, person_id: int) -> Person:
    must_administer(actor)
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise Missing
    return person


def _shut_the_doors(session: Session, person: Person) -> None:
    person.password_hash = None
    end_all_visits(session, person.id)
    drop_invitations(session, person.id)


def _refuse_if_needed(session: Session, person: Person) -> None:
    """Whoever answers for something or accepts proof has to come in."""
    owned = select(Contract.id).where(Contract.owner_id == person.id)
    given = select(Deadline.id).where(or_(Deadline.owner_id == person.id, Deadline.reviewer_id == person.id))
    if session.scalar(owned.limit(1)) is not None or session.scalar(given.limit(1)) is not None:
        text = N_("They answer for contracts or accept proof: name somebody else there first.")
        raise Refused([Problem("role", text)])


def _refuse_if_last(session: Session, person: Person) -> None:
    others = select(Person.id).where(Person.role == Role.ADMIN, Person.active, Person.id != person.id)
    if person.role is Role.ADMIN and session.scalar(others.limit(1)) is None:
        raise Refused([Problem("role", N_("The last administrator must stay one: name another first."))])


def _problems(wanted: NewPerson) -> list[Problem]:
    problems = []
    try:
        if not line(wanted.name):
            problems.append(Problem("name", N_("This is needed.")))
    except ValueError as error:
        problems.append(Problem.of("name", error))
    if wanted.language not in LANGUAGES:
        problems.append(Problem("language", N_("There is no such language.")))
    if wanted.zone and wanted.zone not in available_timezones():
        problems.append(Problem("zone", N_("There is no such time zone.")))
    return problems


def _email_problems(session: Session, email: str) -> list[Problem]:
    try:
        wire_address(email)
    except ValueError:
        return [Problem("email", N_("This is not an e-mail address that letters can be sent to."))]
    if session.scalar(select(Person.id).where(Person.email == email)) is not None:
        return [Problem("email", N_("Somebody has this e-mail address already."))]
    return []
