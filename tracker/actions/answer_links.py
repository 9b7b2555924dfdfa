"""What somebody may say by the link in a letter, without signing in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.actions.access import answering
from tracker.actions.actor import Actor
from tracker.actions.answering import Said, Way, answer_of, hold, say, ways_for
from tracker.actions.complete import Done, complete
from tracker.actions.errors import Forbidden, Missing
from tracker.actions.links import AnswerLink, DeadLink, Reason, Seal
from tracker.actions.organisations import organisation_of
from tracker.actions.shelf import open_deadline
from tracker.ports.clock import day_in
from tracker.ports.files import Files
from tracker.records.deadlines import Deadline
from tracker.records.letters import Answer
from tracker.records.people import Person

CHANNEL = "letter"


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks of whom, as it stands now."""

    link: AnswerLink
    person: Person
    actor: Actor
    deadline: Deadline
    answer: Answer | None
    """What that person has said already."""
    ways: tuple[Way, ...]
    """What may still be said."""
    today: date
    """Where the contract counts its days."""


def question_of(session: Session, secret: str, token: str, *, now: datetime) -> Question:
    """What the link asks. Raises DeadLink with the reason for which it leads nowhere."""
    link = _link(session, secret, token, now)
    person = session.get(Person, link.person_id)
    if person is None:
        raise DeadLink(Reason.CLOSED)
    try:
        actor = answering(person, CHANNEL)
        deadline = open_deadline(session, actor, link.deadline_id)
    except (Missing, Forbidden):
        raise DeadLink(Reason.CLOSED) from None
    if deadline.revision != link.revision:
        raise DeadLink(Reason.MOVED)
    today = day_in(deadline.contract.zone, now)
    return Question(
        link=link,
        person=person,
        actor=actor,
        deadline=deadline,
        answer=answer_of(session, deadline, person.id),
        ways=ways_for(session, actor, deadline, today),
        today=today,
    )


def answer_by_link(session: Session, secret: str, token: str, said: Said, *, files: Files, now: datetime) -> None:
    """Do what was said, once however often it is sent.

    Raises DeadLink, Forbidden, and Refused with every problem.
    """
    if said.way is not Way.DONE:
        hold(session, _link(session, secret, token, now).deadline_id)  # before looking whether it has moved
    question = question_of(session, secret, token, now=now)
    link = question.link
    if said.way is not Way.DONE:
        say(session, question.actor, link.deadline_id, said, now=now)
        return
    submission = f"{CHANNEL}-{link.deadline_id}-{link.person_id}-{link.revision}"
    done = Done(done_on=said.day or question.today, note=said.note, submission=submission)
    complete(session, question.actor, link.deadline_id, done, files=files, now=now)


def _link(session: Session, secret: str, token: str, now: datetime) -> AnswerLink:
    organisation = organisation_of(session)
    return Seal(secret, organisation.installation).read(token, day_in(organisation.zone, now))
