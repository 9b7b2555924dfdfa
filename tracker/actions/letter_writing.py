"""The last look at a letter before it goes: whether it should still go, and the bytes it goes as."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.alarms import ALARMS, words_of
from tracker.actions.letter_facts import reminder_of
from tracker.actions.links import deadline_page, letters_page
from tracker.actions.organisations import organisation_of
from tracker.actions.recipients import may_be_told
from tracker.ports.addresses import wire_address
from tracker.ports.clock import day_in
from tracker.ports.mailer import Envelope
from tracker.records.deadlines import State
from tracker.records.letters import Letter
from tracker.records.people import Person
from tracker.render.letter import Cover, write_reminder
from tracker.render.notice_letter import write_notice
from tracker.render.texts import texts

DISABLED = "recipient disabled"
OUT_OF_SIGHT = "recipient may not see the contract"
NOT_TOLD = (DISABLED, OUT_OF_SIGHT)
"""Why a letter is kept back although its reminder is still to be given: somebody else may have to hear it."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who we are in a letter: our address, and where the web app is if that is known."""

    sender: str
    base_url: str = ""

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
    cover = Cover(
        sender=letterhead.wire_sender,
        sender_name=organisation.name,
        recipient=wire_address(letter.recipient),
        recipient_name=person.name,
        message_id=letter.message_id,
        written_at=now,
        in_reply_to=_first_reminder(session, letter),
    )
    if letter.purpose in ALARMS:
        subject, lines = words_of(session, letter, words, letters_page(letterhead.base_url))
        return write_notice(subject, lines, cover, letter.language)
    link = deadline_page(letterhead.base_url, letter.deadline_id or 0) if letterhead.base_url else ""
    return write_reminder(
        reminder_of(letter.facts, day_in(organisation.zone, now), words, link), cover, letter.language
    )


def _first_reminder(session: Session, letter: Letter) -> str:
    """Message-ID of the first letter this person got of this deadline; empty for the first one."""
    query = (
        select(Letter.message_id)
        .where(Letter.deadline_id == letter.deadline_id, Letter.person_id == letter.person_id)
        .where(Letter.id < letter.id, Letter.message.is_not(None))
        .order_by(Letter.id)
        .limit(1)
    )
    return session.scalar(query) or ""
