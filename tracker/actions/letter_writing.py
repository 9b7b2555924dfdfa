"""The last look at a letter before it goes: whether it should still go, and the bytes it goes as."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import may_sign_in
from tracker.actions.alarms import ALARMS, words_of
from tracker.actions.feed_entries import Reader, entry_of
from tracker.actions.letter_facts import reminder_of
from tracker.actions.links import AnswerLink, Seal, answer_page, deadline_page, last_day_for, letters_page
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import CAME_BACK
from tracker.actions.recipients import may_be_told
from tracker.ports.addresses import wire_address
from tracker.ports.clock import day_in
from tracker.ports.mailer import Envelope
from tracker.records.deadlines import State
from tracker.records.feeds import Detail
from tracker.records.letters import Letter
from tracker.records.people import Organisation, Person
from tracker.render.envelope import Cover
from tracker.render.invitation import Organiser, invitation
from tracker.render.letter import write_reminder
from tracker.render.notice_letter import write_notice
from tracker.render.texts import texts

DISABLED = "recipient disabled"
OUT_OF_SIGHT = "recipient may not see the contract"
NOT_TOLD = (DISABLED, OUT_OF_SIGHT, CAME_BACK)
"""Why a letter told nobody although its reminder is still to be given: somebody else may have to hear it."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who we are in a letter: our address, where the web app is if that is known, and what signs its links."""

    sender: str
    base_url: str = ""
    secret: str = field(default="", repr=False)

    @property
    def wire_sender(self) -> str:
        return wire_address(self.sender)

    @property
    def domain(self) -> str:
        """For Message-IDs."""
        return self.wire_sender.rpartition("@")[2]


def reason_to_suppress(session: Session, letter: Letter) -> str:
    """Why this letter must not go after all; empty if it may."""
    deadline, person = letter.deadline, letter.person
    if letter.purpose in ALARMS:
        return "" if person and person.active and person.bounced_at is None else DISABLED
    if deadline is None or deadline.state is not State.OPEN:
        return "withdrawn" if deadline is None else deadline.state.value
    if deadline.revision != letter.due_revision:
        return "moved"
    if person is None or not person.active or person.bounced_at is not None:
        return DISABLED
    if not may_be_told(session, person.id, deadline.contract_id):
        return OUT_OF_SIGHT
    return ""


def envelope_of(session: Session, letter: Letter, letterhead: Letterhead, now: datetime) -> Envelope:
    """The letter as it is handed over. Its bytes are written the first time and kept: every attempt sends the same.

    Raises:
        NoAddress: the recipient's address is none.
    """
    if letter.message is None:
        assert letter.person is not None
        letter.recipient, letter.language = letter.person.email, letter.person.language
        letter.message = _write(session, letter, letter.person, letterhead, now)
    return Envelope(letterhead.wire_sender, wire_address(letter.recipient), letter.message, letter.message_id)


def _write(session: Session, letter: Letter, person: Person, letterhead: Letterhead, now: datetime) -> bytes:
    organisation, words = organisation_of(session), texts(letter.language)
    earlier = _earlier(session, letter)
    cover = Cover(
        sender=letterhead.wire_sender,
        sender_name=organisation.name,
        recipient=wire_address(letter.recipient),
        recipient_name=person.name,
        message_id=letter.message_id,
        written_at=now,
        in_reply_to=earlier[0][0] if earlier else "",
    )
    if letter.purpose in ALARMS:
        subject, lines = words_of(session, letter, words, letters_page(letterhead.base_url))
        return write_notice(subject, lines, cover, letter.language)
    today, inside = day_in(organisation.zone, now), may_sign_in(person)
    link = deadline_page(letterhead.base_url, letter.deadline_id or 0) if letterhead.base_url and inside else ""
    reminder = reminder_of(letter.facts, today, words, link)
    reminder = replace(reminder, answer=_answer(letter, letterhead, organisation, today))
    is_first = all(revision != letter.due_revision for _message_id, revision in earlier)
    base_url = letterhead.base_url if inside else ""
    wanted = is_first and reminder.days_left >= 0
    calendar = _calendar(letter, letterhead, organisation, base_url) if wanted else b""
    return write_reminder(reminder, cover, letter.language, calendar)


def _answer(letter: Letter, letterhead: Letterhead, organisation: Organisation, today: date) -> str:
    """Where the reader answers without sign-in; empty where no address can be given or signed."""
    if not (letterhead.base_url and letterhead.secret and letter.deadline and letter.person_id):
        return ""
    until = last_day_for(letter.deadline.action_day, today)
    link = AnswerLink(letter.deadline.id, letter.person_id, letter.due_revision, until)
    return answer_page(letterhead.base_url, Seal(letterhead.secret, organisation.installation).sign(link))


def _calendar(letter: Letter, letterhead: Letterhead, organisation: Organisation, base_url: str) -> bytes:
    """The deadline as the event that the feeds show, for calendars that are subscribed to none; with its page where the
    reader can open that."""
    deadline = letter.deadline
    if deadline is None or deadline.action_day is None:
        return b""
    entry = entry_of(deadline, Reader(letter.language, Detail.FULL, base_url, organisation.installation))
    entry = entry if base_url else replace(entry, url="")
    return invitation(entry, Organiser(organisation.name, letterhead.wire_sender))


def _earlier(session: Session, letter: Letter) -> list[tuple[str, int]]:
    """Message-ID and due revision of the letters that this person got of this deadline before, the first one first."""
    query = (
        select(Letter.message_id, Letter.due_revision)
        .where(Letter.deadline_id == letter.deadline_id, Letter.person_id == letter.person_id)
        .where(Letter.id < letter.id, Letter.message.is_not(None))
        .order_by(Letter.id)
    )
    return [(message_id, revision) for message_id, revision in session.execute(query)]
