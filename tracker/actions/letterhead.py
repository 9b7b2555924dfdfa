"""Who we are in a letter, and the addresses that it gives its reader."""

from dataclasses import dataclass, field
from datetime import date

from tracker.actions.access import may_sign_in
from tracker.actions.links import (
    AnswerLink,
    Seal,
    StopLink,
    answer_page,
    deadline_page,
    digest_page,
    last_day_for,
)
from tracker.ports.addresses import wire_address
from tracker.records.letters import Letter
from tracker.records.people import Organisation, Person


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

    def deadline_address(self, letter: Letter, reader: Person) -> str:
        """Where a reader who can sign in finds the deadline; empty where no address can be given."""
        inside = self.base_url and may_sign_in(reader)
        return deadline_page(self.base_url, letter.deadline_id or 0) if inside else ""

    def answer_address(self, letter: Letter, organisation: Organisation, today: date) -> str:
        """Where the reader answers without sign-in; empty where no address can be given or signed."""
        if not (self._can_sign and letter.deadline and letter.person_id):
            return ""
        until = last_day_for(letter.deadline.action_day, today)
        link = AnswerLink(letter.deadline.id, letter.person_id, letter.due_revision, until)
        return answer_page(self.base_url, Seal(self.secret, organisation.installation).sign(link))

    def stop_address(self, reader: Person, organisation: Organisation, today: date) -> str:
        """Where the reader ends digests without sign-in; empty where no address can be given or signed."""
        if not self._can_sign:
            return ""
        link = StopLink(reader.id, last_day_for(None, today))
        return digest_page(self.base_url, Seal(self.secret, organisation.installation).sign_stop(link))

    @property
    def _can_sign(self) -> bool:
        return bool(self.base_url and self.secret)
