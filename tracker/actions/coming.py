"""A reminder that is to come: to whom it goes and why, when it leaves and why then, or why it is kept from them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.actions.audiences import Hearing, Silence, delegate_of, owns
from tracker.records.deadlines import Deadline
from tracker.records.people import Person


class Why(StrEnum):
    """What makes somebody a reader of a reminder."""

    OWNER = "owner"
    BACKUP = "backup"
    TOLD = "told"
    DELEGATE = "delegate"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Hold(StrEnum):
    """What makes a letter leave later than at nine in the morning of its day."""

    DAY_OFF = "day_off"
    QUIET = "quiet"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder to one person, that leaves at an instant if nothing changes, or that `kept` keeps from them.

    `person` is None where there is nobody to tell; `deadline`, `action_day` and `lead` are None for those who may not
    see its contract.
    """

    at: datetime
    person: Person | None
    deadline: Deadline | None
    action_day: date | None
    lead: int | None
    """Days before the action day, negative after it."""
    why: Why | None = None
    of: Person | None = None
    """Whose delegate or manager the reader is."""
    silence: Silence | None = None
    until: date | None = None
    """Until when it is put off."""
    goes: bool = True
    holds: tuple[Hold, ...] = ()
    letter_id: int | None = None
    """The letter, where it stands in the outbox already."""

    @property
    def who(self) -> tuple[str, int]:
        """Orders by person: whoever has none to tell stands first."""
        return (self.person.name.casefold(), self.person.id) if self.person else ("", 0)


def why_told(hearing: Hearing, deadline: Deadline, person: Person) -> tuple[Why, Person | None]:
    """What makes the person one of those who hear of the deadline, and through whom."""
    contract = deadline.contract
    if person.id in (deadline.owner_id, contract.owner_id):
        return Why.OWNER, None
    if person.id in (deadline.backup_id, contract.backup_id):
        return Why.BACKUP, None
    if person.id in hearing.asked.get(deadline.id, ()):
        return Why.TOLD, None
    people = hearing.base.get(deadline.id, ())
    if person in people:
        return Why.ADMINISTRATOR, None
    for other in people:
        if delegate_of(other, hearing.today) == person.id:
            return Why.DELEGATE, other
    owner = next((other for other in people if owns(other, deadline) and other.manager_id == person.id), None)
    if owner is not None:
        return Why.MANAGER, owner
    others = hearing.others.get(deadline.id, {}).values()
    away = next((other for other in others if delegate_of(other, hearing.today) == person.id), None)
    return (Why.DELEGATE, away) if away else (Why.ADMINISTRATOR, None)
