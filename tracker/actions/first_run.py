"""The first visit: the organisation, its defaults and its first administrator."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.errors import Refused
from tracker.actions.invitations import open_invitation
from tracker.actions.people import NewPerson, new_person, set_password
from tracker.actions.remember import remember
from tracker.records.people import Organisation, Person, Role
from tracker.render.texts import LANGUAGES
from tracker.rules.law import place_name
from tracker.rules.problems import N_, Problem, Unfit
from tracker.rules.section import line


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds where nothing else is said: the organisation's name, language, IANA zone and working calendar."""

    organisation: str
    language: str
    zone: str
    calendar: str


def first_administrator(
    session: Session, token: str, *, email: str, name: str, password: str, defaults: Defaults, now: datetime
) -> Person:
    """Use the first-run link. Raises Refused, and Missing for a link that cannot be used (any more)."""
    invitation = open_invitation(session, token, now, first=True)
    set_up_organisation(session, defaults, now=now)
    wanted = NewPerson(email=email, name=name, role=Role.ADMIN, language=defaults.language)
    person = new_person(session, wanted, now=now)
    set_password(person, password)
    invitation.used_at = now
    remember(session, Actor("web", person.id, person.role), now, "first-administrator", person=person.id)
    return person


def set_up_organisation(session: Session, defaults: Defaults, *, now: datetime) -> Organisation:
    """The one organisation, made or brought up to date. Raises Refused."""
    problems = _problems(defaults)
    if problems:
        raise Refused(problems)
    organisation = session.scalar(select(Organisation))
    if organisation is None:
        organisation = Organisation(installation=secrets.token_hex(8), created_at=now)
        session.add(organisation)
    organisation.name = line(defaults.organisation)
    organisation.language, organisation.zone = defaults.language, defaults.zone
    organisation.calendar = defaults.calendar
    session.flush()
    return organisation


def has_organisation(session: Session) -> bool:
    """Whether the organisation has been set up."""
    return session.scalar(select(Organisation.id)) is not None


def _problems(defaults: Defaults) -> list[Problem]:
    problems = []
    try:
        if not line(defaults.organisation):
            problems.append(Problem("organisation", N_("This is needed.")))
    except ValueError as error:
        problems.append(Problem.of("organisation", error))
    if defaults.language not in LANGUAGES:
        problems.append(Problem("language", N_("There is no such language.")))
    if defaults.zone not in available_timezones():
        problems.append(Problem("zone", N_("There is no such time zone.")))
    problems += _calendar_problems(defaults.calendar)
    return problems


def _calendar_problems(name: str) -> list[Problem]:
    try:
        if not name:
            raise Unfit(N_("Choose one."))
        place_name(name)
    except ValueError as error:
        return [Problem.of("calendar", error)]
    return []
