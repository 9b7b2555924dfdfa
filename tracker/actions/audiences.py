"""Who hears the reminders of a deadline: those who answer for it, those who asked to be told, whoever stands in for
them, and further up where nobody has it in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.actions.access import visible_to
from tracker.actions.recipients import further_up, listening, recipients
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.letters import Answer, Answering, Letter
from tracker.records.people import Person
from tracker.rules.audience import Listener, audience, goes_further_up, is_notice

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
    left: frozenset[int] = frozenset()
    """Deadlines that somebody said are not theirs, or of which not all who answer for them can be told."""
    above: Sequence[Mapping[int, Told]] = ()
    """By deadline of those, who else may see its contract: its own people, then the administrators."""
    heard: frozenset[tuple[int | None, int, int | None]] = frozenset()
    """Of those deadlines: deadline, due revision and person of each letter there was."""

    @classmethod
    def of(cls, session: Session, deadlines: Sequence[Deadline], today: date) -> "Hearing":
        ids = [deadline.id for deadline in deadlines]
        base = dict(recipients(session, ids))
        left = {deadline.id for deadline in deadlines if _lacks_somebody(deadline, base.get(deadline.id, ()))}
        asked: dict[int, frozenset[int]] = {}
        for number, person in listening(session, ids):
            if person not in base.get(number, ()):
                base[number] = (*base.get(number, ()), person)
                asked[number] = asked.get(number, frozenset()) | {person.id}
        answers = _answers(session, ids)
        left |= {number for (number, _, _), one in answers.items() if one.answer is Answering.NOT_MINE}
        others = _others(session, ids, base)
        above, heard = further_up(session, sorted(left)), _heard(session, sorted(left))
        return cls(today, base, others, answers, asked, frozenset(left), above, heard)

    def on(self, day: date) -> "Hearing":
        """The same people on another day: who is away, and what was put off, is another matter then."""
        return replace(self, today=day)

    def listeners(self, deadline: Deadline, lead: int) -> dict[int, tuple[Person, Listener]]:
        """Everybody who might hear of the reminder `lead` days before, by id."""
        up = goes_further_up(deadline.code, lead, acknowledged=deadline.acknowledged_at is not None)
        people = self._named(deadline, up=up)
        people += self._heirs(deadline, people)
        return {person.id: (person, self._listener(deadline, person)) for person in people}

    def _named(self, deadline: Deadline, *, up: bool) -> list[Person]:
        """Those who answer for it or asked to be told, with `up` the owner's manager, and whoever stands in for them,
        or for who stands in."""
        people = list(self.base.get(deadline.id, ()))
        others = self.others.get(deadline.id, {})
        for person in people:  # which grows meanwhile
            named = delegate_of(person, self.today), person.manager_id if up and owns(person, deadline) else None
            found = (others.get(number) for number in named if number)
            people += [other for other in found if other and other not in people]
        return people

    def _heirs(self, deadline: Deadline, people: Sequence[Person]) -> list[Person]:
        """Who hears of it instead where it is said to be nobody's, or only not wished for by those who are left: the
        owner's manager, else those of the contract, else the administrators. A notice cannot be said to be nobody's."""
        reasons = {self.silence(deadline, person) for person in people}
        if is_notice(deadline.code) or deadline.id not in self.left or not reasons <= _FOR_GOOD:
            return []
        managers = (self.others.get(deadline.id, {}).get(one.manager_id or 0) for one in people if owns(one, deadline))
        groups = ([one for one in managers if one], *(group.get(deadline.id, ()) for group in self.above))
        for group in groups:
            willing = [one for one in group if one not in people and self.silence(deadline, one) not in _FOR_GOOD]
            if willing:
                return willing
        return []

    def is_somebodys(self, deadline: Deadline) -> bool:
        """Whether anybody hears of it, now or when they have put it off until."""
        people = [person for person, _one in self.listeners(deadline, 0).values()]
        return any(self.silence(deadline, person) not in _FOR_GOOD for person in people)

    def told(self, deadline: Deadline, lead: int) -> Told:
        """Those whom the reminder is written to."""
        found = self.listeners(deadline, lead)
        return tuple(found[key][0] for key in audience((one for _person, one in found.values()), deadline.code))

    def is_silence_wished(self, deadline: Deadline, lead: int) -> bool:
        """Whether there is somebody who could hear of it, and none is missing whom the others may rely on."""
        found = self.listeners(deadline, lead).values()
        for_good = all(self.silence(deadline, person) in _FOR_GOOD for person, _one in found)
        return any(one.reachable for _person, one in found) and not (for_good and deadline.id in self.left)

    def back(self, deadline: Deadline) -> Told:
        """Those who put it off until today or earlier and have not heard of it since, and those whom it has come to
        because it is not the others', unless they have heard of it."""
        found = self.listeners(deadline, 0)
        waiting = (self.answer(deadline, key) for key in found)
        over = {one.person_id for one in waiting if one and one.until and one.until <= self.today}
        over |= {
            one.id for one in self._heirs(deadline, self._named(deadline, up=False)) if self._is_new(deadline, one)
        }
        return tuple(person for key, (person, one) in found.items() if key in over and one.reachable)

    def _is_new(self, deadline: Deadline, person: Person) -> bool:
        """Whether there was no letter to the person of the deadline as it stands."""
        return (deadline.id, deadline.revision, person.id) not in self.heard

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


_FOR_GOOD = {Silence.UNREACHABLE, Silence.NOT_MINE, Silence.MUTED}
"""Silence that no day ends."""


def _lacks_somebody(deadline: Deadline, people: Told) -> bool:
    """Whether the owner is not among those who might be told, or one of those cannot be reached: then what the others
    wish not to hear would be heard by nobody."""
    return any(person.bounced_at for person in people) or not any(owns(person, deadline) for person in people)


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


def _others(session: Session, ids: Sequence[int], base: Mapping[int, Told]) -> dict[int, dict[int, Person]]:
    """Managers, delegates and theirs in turn, of those who may see each deadline's contract."""
    found: dict[int, dict[int, Person]] = {}
    people = {person for told in base.values() for person in told}
    named = {number for person in people for number in (person.delegate_id, person.manager_id) if number}
    asked: set[int] = set()
    while new := named - asked:
        asked |= new
        named = set()
        for number, seen in who_may_see(session, ids, new).items():
            found.setdefault(number, {}).update(seen)
            named |= {person.delegate_id for person in seen.values() if person.delegate_id}
    return found


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


def _heard(session: Session, ids: Sequence[int]) -> frozenset[tuple[int | None, int, int | None]]:
    if not ids:
        return frozenset()
    letters = select(Letter.deadline_id, Letter.due_revision, Letter.person_id).where(Letter.deadline_id.in_(ids))
    return frozenset((number, revision, person) for number, revision, person in session.execute(letters))


def _answers(session: Session, ids: Sequence[int]) -> dict[tuple[int, int, int], Answer]:
    found = session.scalars(select(Answer).where(Answer.deadline_id.in_(ids)))
    return {(one.deadline_id, one.due_revision, one.person_id): one for one in found}
