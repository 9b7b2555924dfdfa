"""Who hears the reminders of a deadline: those who answer for it, those who asked to be told, whoever stands in for
them, and further up where nobody has it in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.actions.access import visible_to
from tracker.actions.recipients import listening, recipients
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.letters import Answer, Answering
from tracker.records.people import Person
from tracker.rules.audience import Listener, audience, goes_further_up

Told = tuple[Person, ...]
_Reader = aliased(Person)


class Silence(StrEnum):
    """Why somebody is not told of a deadline, although it concerns them."""

    UNREACHABLE = "bounced"
    PUT_OFF = "snoozed"
    NOT_MINE = "not_mine"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everybody who might hear of some deadlines, looked up for all of them at once."""

    today: date
    base: Mapping[int, Told]
    """Who answers for each deadline, and who asked to be told as well."""
    others: Mapping[int, Mapping[int, Person]] = field(default_factory=dict)
    """By deadline: delegates and managers who may see its contract, by their ids."""
    answers: Mapping[tuple[int, int, int], Answer] = field(default_factory=dict)
    """By deadline, due revision and person."""
    asked: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By deadline: those who are told beside the people who answer for it."""

    @classmethod
    def of(cls, session: Session, deadlines: Sequence[Deadline], today: date) -> "Hearing":
        ids = [deadline.id for deadline in deadlines]
        base = dict(recipients(session, ids))
        asked: dict[int, frozenset[int]] = {}
        for number, person in listening(session, ids):
            if person not in base.get(number, ()):
                base[number] = (*base.get(number, ()), person)
                asked[number] = asked.get(number, frozenset()) | {person.id}
        further = {number for people in base.values() for person in people for number in _named_by(person)}
        return cls(today, base, who_may_see(session, ids, further), _answers(session, ids), asked)

    def on(self, day: date) -> "Hearing":
        """The same people on another day: who is away, and what was put off, is another matter then."""
        return replace(self, today=day)

    def listeners(self, deadline: Deadline, lead: int) -> dict[int, tuple[Person, Listener]]:
        """Everybody who might hear of the reminder `lead` days before, by id."""
        people = list(self.base.get(deadline.id, ()))
        others = self.others.get(deadline.id, {})
        up = goes_further_up(deadline.code, lead, acknowledged=deadline.acknowledged_at is not None)
        for person in tuple(people):
            named = delegate_of(person, self.today), person.manager_id if up and owns(person, deadline) else None
            found = (others.get(number) for number in named if number)
            people += [other for other in found if other and other not in people]
        return {person.id: (person, self._listener(deadline, person)) for person in people}

    def told(self, deadline: Deadline, lead: int) -> Told:
        """Those whom the reminder is written to."""
        found = self.listeners(deadline, lead)
        return tuple(found[key][0] for key in audience((one for _person, one in found.values()), deadline.code))

    def reaches_somebody(self, deadline: Deadline, lead: int) -> bool:
        """Whether anybody's address takes letters, whatever they wish to hear."""
        return any(one.reachable for _person, one in self.listeners(deadline, lead).values())

    def back(self, deadline: Deadline) -> Told:
        """Those who put it off until today or earlier and have not heard of it since."""
        found = self.listeners(deadline, 0)
        waiting = (self.answer(deadline, key) for key in found)
        over = {one.person_id for one in waiting if one and one.until and one.until <= self.today}
        return tuple(person for key, (person, one) in found.items() if key in over and one.reachable)

    def next_return(self, deadline: Deadline) -> date | None:
        """The next day on which somebody who put it off is to hear of it again."""
        this = deadline.id, deadline.revision
        days = (one.until for (number, revision, _who), one in self.answers.items() if (number, revision) == this)
        return min((day for day in days if day and day > self.today), default=None)

    def answer(self, deadline: Deadline, person_id: int) -> Answer | None:
        """What the person said to this deadline as it stands."""
        return self.answers.get((deadline.id, deadline.revision, person_id))

    def silence(self, deadline: Deadline, person: Person) -> Silence | None:
        """Why the person is not to hear of it today: an address that takes no letters, or a wish of theirs."""
        if person.bounced_at is not None:
            return Silence.UNREACHABLE
        answer = self.answer(deadline, person.id)
        if answer is not None and answer.answer is Answering.NOT_MINE:
            return Silence.NOT_MINE
        if answer is not None and _lasts(answer, self.today):
            return Silence.PUT_OFF
        return Silence.MUTED if deadline.code in person.muted else None

    def _listener(self, deadline: Deadline, person: Person) -> Listener:
        silent = self.silence(deadline, person) is not None
        return Listener(person.id, reachable=person.bounced_at is None, silent=silent)


def _lasts(answer: Answer, today: date) -> bool:
    return answer.until is not None and answer.until > today


def owns(person: Person, deadline: Deadline) -> bool:
    """Whether the person answers for it."""
    return person.id == (deadline.owner_id or deadline.contract.owner_id)


def delegate_of(person: Person, today: date) -> int | None:
    """Who stands in for the person today."""
    away = person.away_from is not None and person.away_from <= today
    back = person.away_until is not None and person.away_until < today
    return person.delegate_id if away and not back else None


def _named_by(person: Person) -> list[int]:
    return [number for number in (person.delegate_id, person.manager_id) if number]


def who_may_see(session: Session, ids: Sequence[int], people: set[int]) -> dict[int, dict[int, Person]]:
    """Of these people, those who may see each deadline's contract."""
    found: dict[int, dict[int, Person]] = {}
    if not people:
        return found
    query = (
        select(Deadline.id, _Reader)
        .join(Contract, Contract.id == Deadline.contract_id)
        .join(_Reader, visible_to(_Reader.id))
        .where(Deadline.id.in_(ids), _Reader.id.in_(people))
    )
    for number, person in session.execute(query):
        found.setdefault(number, {})[person.id] = person
    return found


def _answers(session: Session, ids: Sequence[int]) -> dict[tuple[int, int, int], Answer]:
    found = session.scalars(select(Answer).where(Answer.deadline_id.in_(ids)))
    return {(one.deadline_id, one.due_revision, one.person_id): one for one in found}
