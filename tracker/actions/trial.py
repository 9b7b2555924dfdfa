"""Trying out the mail settings: one letter to whoever asks, handed over at once and past the outbox."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from tracker.actions.access import must_administer
from tracker.actions.actor import Actor
from tracker.actions.letterhead import Letterhead
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import resume
from tracker.actions.remember import remember
from tracker.ports.addresses import wire_address
from tracker.ports.mailer import Envelope, Mailer, MailFailure, Receipt
from tracker.records.people import Person
from tracker.render.envelope import Cover
from tracker.render.trial_letter import write_trial


def trial_letter(session: Session, actor: Actor, person: Person, head: Letterhead, now: datetime) -> Envelope:
    """The letter, to the person's own address. Raises Forbidden, NoAddress."""
    must_administer(actor)
    cover = Cover(
        sender=head.wire_sender,
        sender_name=organisation_of(session).name,
        recipient=wire_address(person.email),
        recipient_name=person.name,
        message_id=f"<trial-{uuid4().hex}@{head.domain}>",
        written_at=now,
    )
    return Envelope(cover.sender, cover.recipient, write_trial(cover, person.language), cover.message_id)


def hand_over(mailer: Mailer, envelope: Envelope) -> Receipt | MailFailure:
    """One attempt; what the server said. Not to be called within a transaction: it may take minutes."""
    try:
        with mailer.connection() as line:
            return line.send(envelope)
    except MailFailure as failure:
        return failure


def remember_trial(session: Session, actor: Actor, result: Receipt | MailFailure, now: datetime) -> None:
    """Note what came of it. That it went out proves the settings right, which ends a halt."""
    outcome = "sent" if isinstance(result, Receipt) else result.kind.value
    if isinstance(result, Receipt):
        resume(session)
    remember(session, actor, now, "mail-tried-out", outcome=outcome, reply=f"{result.code or ''} {result.text}".strip())
