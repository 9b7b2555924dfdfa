"""Where the product's own pages are found from outside: in letters, calendars and files.

The address with which a letter is answered carries its own proof: the deadline, the person and the revision it was
written for, signed with the installation's secret. Whoever holds it may give that person's answer to that deadline as
it then stood, until its last day, and nothing else. The address in a digest ends that person's digests, and nothing
else.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

LASTING = timedelta(days=90)
"""How long an answer is taken after the action day, or after the letter where that comes later."""


class Reason(StrEnum):
    """Why a link leads nowhere."""

    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    CLOSED = "closed"
    """The person is shut out, or may not see the contract, or there is no such deadline any more."""
    MOVED = "moved"


class DeadLink(Exception):
    """An answer's address that cannot be used."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """Whose answer to which deadline an address stands for, and the last day on which it is taken."""

    deadline_id: int
    person_id: int
    revision: int
    last_day: date


@dataclass(frozen=True, slots=True)
class StopLink:
    """Whose digests an address ends, and the last day on which it does."""

    person_id: int
    last_day: date


@dataclass(frozen=True, slots=True)
class Seal:
    """Signs addresses for one installation, and knows its own again: `secret` is kept, `installation` is its name."""

    secret: str = field(repr=False)
    installation: str

    def sign(self, link: AnswerLink) -> str:
        """The token of the address."""
        told = [link.deadline_id, link.person_id, link.revision, link.last_day.toordinal()]
        return str(self._serializer("answer").dumps(told))

    def read(self, token: str, today: date) -> AnswerLink:
        """What the token stands for. Raises DeadLink: unreadable or expired."""
        deadline_id, person_id, revision, last_day = self._told("answer", token, today)
        return AnswerLink(deadline_id, person_id, revision, last_day)

    def sign_stop(self, link: StopLink) -> str:
        """The token of an address that ends digests."""
        return str(self._serializer("digest").dumps([link.person_id, link.last_day.toordinal()]))

    def read_stop(self, token: str, today: date) -> StopLink:
        """Whose digests the token ends. Raises DeadLink: unreadable or expired."""
        person_id, last_day = self._told("digest", token, today)
        return StopLink(person_id, last_day)

    def _told(self, purpose: str, token: str, today: date) -> list[Any]:
        """What was signed for that purpose; its last item is the last day."""
        try:
            *told, last_day = self._serializer(purpose).loads(token)
        except (BadData, UnicodeEncodeError):
            raise DeadLink(Reason.UNREADABLE) from None
        if date.fromordinal(last_day) < today:
            raise DeadLink(Reason.EXPIRED)
        return [*told, date.fromordinal(last_day)]

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self.secret, salt=f"{purpose} {self.installation}", signer_kwargs={"digest_method": sha256}
        )


def last_day_for(action_day: date | None, today: date) -> date:
    """Until when the answer to a letter written today is taken."""
    return max(action_day or today, today) + LASTING


def deadline_page(base_url: str, deadline_id: int) -> str:
    """The page of one deadline, which asks for sign-in."""
    return f"{base_url}/obligations/{deadline_id}"


def letters_page(base_url: str) -> str:
    """The page of all letters, which asks for sign-in; empty where no address of the web app is known."""
    return f"{base_url}/letters/" if base_url else ""


def answer_page(base_url: str, token: str) -> str:
    """The page that takes the answer to a letter without sign-in."""
    return f"{base_url}/answer/{token}"


def digest_page(base_url: str, token: str) -> str:
    """The page that ends digests without sign-in."""
    return f"{base_url}/digest/{token}"
