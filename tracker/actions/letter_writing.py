"""The bytes a letter goes as: written when it first goes, and kept."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import may_sign_in
from tracker.actions.alarms import ALARMS, contracts_told, words_of
from tracker.actions.answering import ways_in_letter
from tracker.actions.feed_entries import Reader, entry_of
from tracker.actions.last_look import gathered
from tracker.actions.letter_facts import facts_of, reminder_of
from tracker.actions.letterhead import Letterhead
from tracker.actions.links import letters_page
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox_statements import DIGEST, REMINDERS, TOLD_OF
from tracker.actions.proof_rounds import PROOF, proof_note
from tracker.ports.addresses import wire_address
from tracker.ports.clock import day_in
from tracker.ports.mailer import Envelope
from tracker.records.feeds import Detail
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person
from tracker.render.digest import write_digest
from tracker.render.envelope import Cover
from tracker.render.invitation import Organiser, invitation
from tracker.render.letter import Reminder, write_reminder
from tracker.render.notice_letter import write_notice
from tracker.render.proof_letter import ProofNote, write_proof_note
from tracker.render.texts import texts


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
        letter.facts = {**letter.facts, TOLD_OF: contracts_told(session, letter)}
        return write_notice(subject, lines, cover, letter.language)
    today = day_in(organisation.zone, now)
    if letter.purpose == DIGEST:
        members = gathered(session, letter)
        told_of = sorted({one.deadline.contract_id for one in members if one.deadline})
        letter.facts = {TOLD_OF: told_of, REMINDERS: sorted(one.id for one in members)}
        told = [_reminder(one, person, letterhead, organisation, now) for one in members]
        cover = replace(cover, unsubscribe=letterhead.stop_address(person, organisation, today))
        return write_digest(told, cover, letter.language)
    if letter.purpose in PROOF:
        return write_proof_note(_proof_note(letter, person, letterhead), cover, letter.language)
    reminder = _reminder(letter, person, letterhead, organisation, now)
    is_first = all(revision != letter.due_revision for _message_id, revision in earlier)
    base_url = letterhead.base_url if may_sign_in(person) else ""
    wanted = person.calendar_files and is_first and reminder.days_left >= 0
    calendar = _calendar(letter, letterhead, organisation, base_url) if wanted else b""
    return write_reminder(reminder, cover, letter.language, calendar)


def _reminder(
    letter: Letter, person: Person, letterhead: Letterhead, organisation: Organisation, now: datetime
) -> Reminder:
    """What a letter, or a digest among other things, says of one deadline: what holds now, though its day be the same
    as when it was planned."""
    today = _day_of(letter, organisation, now)
    if letter.deadline and letter.deadline.modified_at > letter.created_at:
        letter.facts = facts_of(letter.deadline, today)
    link, answer = letterhead.deadline_address(letter, person), letterhead.answer_address(letter, organisation, today)
    brief = letter.state is LetterState.GATHERED
    reminder = reminder_of(letter.facts, today, texts(person.language), link, brief=brief)
    return replace(reminder, answer=answer, ways=ways_in_letter(person, reminder.days_left))


def _day_of(letter: Letter, organisation: Organisation, now: datetime) -> date:
    """Today, here or where the contract counts its days, whichever is later: never more days than are left."""
    zones = (organisation.zone, letter.deadline.contract.zone if letter.deadline else organisation.zone)
    return max(day_in(zone, now) for zone in zones)


def _proof_note(letter: Letter, person: Person, letterhead: Letterhead) -> ProofNote:
    return proof_note(letter.purpose, letter.facts, texts(letter.language), letterhead.deadline_address(letter, person))


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
    """Message-ID and due revision of the letters that this person got of this deadline before, the first one first.
    None of a letter that is not about one."""
    if letter.deadline_id is None:
        return []
    query = (
        select(Letter.message_id, Letter.due_revision)
        .where(Letter.deadline_id == letter.deadline_id, Letter.person_id == letter.person_id)
        .where(Letter.id < letter.id, Letter.message.is_not(None))
        .order_by(Letter.id)
    )
    return [(message_id, revision) for message_id, revision in session.execute(query)]
