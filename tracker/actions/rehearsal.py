"""A rehearsal of the reminders: planning is played day by day on what the database holds, and nothing is written.

Who speaks on a day, to whom, and when to look again is decided by the planner itself; here is only remembered what it
would have written down: which leads were said, which letters wait, and which answers have had their effect.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from heapq import heappop, heappush

from sqlalchemy.orm import Session

from tracker.actions.audiences import Hearing, Silence
from tracker.actions.coming import Coming, Hold, why_told
from tracker.actions.remind import Planned, first_and_slot, next_look, speakers
from tracker.actions.sending_hours import end_of_day, hours_of
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline
from tracker.records.letters import Answer
from tracker.records.people import Organisation, Person
from tracker.rules.reminders import instant_of
from tracker.rules.sending_hours import Hours, first_instant, not_before, open_day

MOST_TURNS = 10_000
"""Deadlines looked at, each as often as its day comes; what would come after so many is not played."""
MIDNIGHT = time(0)

Key = tuple[int, int, int, int | None]
"""Deadline, due revision, lead and person: what makes a letter the only one of its kind."""
Answered = tuple[int, int, int]
"""Deadline, due revision and person."""


@dataclass(slots=True)
class Rehearsal:
    """One play, of deadlines that concern these people, by the planner's rules."""

    session: Session
    organisation: Organisation
    hearing: Hearing
    said: dict[tuple[int | None, int], Sequence[int]]
    keys: set[Key]
    """Letters that are there already: no second one of the kind is planned."""
    answers: dict[int, dict[Answered, Answer]] = field(init=False)
    """By deadline; those that have had their effect are taken out."""
    waiting: dict[int, list[Coming]] = field(default_factory=dict)
    """By deadline."""
    gone: list[Coming] = field(default_factory=list)
    kept: list[Coming] = field(default_factory=list)
    not_told: set[Key] = field(default_factory=set)
    """What is kept from somebody is told once a reminder."""
    digests: dict[str, datetime | None] = field(default_factory=dict)
    """By key, when each leaves; None for one that takes no more reminders."""
    hours: dict[int, Hours] = field(default_factory=dict)
    """By person."""

    def __post_init__(self) -> None:
        self.answers = _by_deadline(self.hearing.answers)

    def play(self, deadlines: Sequence[tuple[Deadline, date]], start: datetime, last: date) -> date | None:
        """Plan from `start` to the `last` day, each deadline first on the day given with it.

        Answers the first day that was not played because there was too much to do; None if all were.
        """
        known = {deadline.id: deadline for deadline, _day in deadlines}
        today = day_in(self.organisation.zone, start)
        turns: list[tuple[date, int]] = []
        for deadline, day in deadlines:
            heappush(turns, (max(day, today), deadline.id))
        for _turn in range(MOST_TURNS):
            if not turns or turns[0][0] > last:
                return None
            day, number = heappop(turns)
            following = self._plan(known[number], day, max(start, instant_of(day, self.organisation.zone, MIDNIGHT)))
            if following is not None:
                heappush(turns, (following, number))
        return turns[0][0] if turns and turns[0][0] <= last else None

    def letters(self) -> Iterator[Coming]:
        """What left, what still waits to leave, and what is kept from somebody."""
        yield from self.gone
        for waiting in self.waiting.values():
            yield from waiting
        yield from self.kept

    def _plan(self, deadline: Deadline, day: date, now: datetime) -> date | None:
        """What planning does with one deadline at an instant; when to look at it next."""
        hearing = replace(self.hearing.on(day), answers=self.answers.get(deadline.id, {}), heard=self._heard(deadline))
        planned = list(speakers([deadline], hearing, self.said))
        for one in planned:
            self._replace_waiting(one, now)
            self._queue(one, hearing, now)
        following = next_look(deadline, hearing, planned)
        self._forget(deadline, day)
        return following

    def _heard(self, deadline: Deadline) -> frozenset[tuple[int | None, int, int | None]]:
        """Who has had a letter of it, where that matters because it may come to others than it was meant for."""
        if deadline.id not in self.hearing.left:
            return frozenset()
        return frozenset((number, revision, person) for number, revision, _lead, person in self.keys)

    def _queue(self, one: Planned, hearing: Hearing, now: datetime) -> None:
        deadline, told = one.deadline, {person.id for person in one.people}
        for number, (person, _listener) in hearing.listeners(deadline, one.lead).items():
            if number in told and self._is_new(one, number):
                self.waiting.setdefault(deadline.id, []).append(self._going(one, person, hearing, now))
            elif number not in told and not one.again and self._is_new(one, number, self.not_told):
                self.kept.append(replace(self._to(one, person, hearing, now), goes=False))
        if one.nobody and self._is_new(one, None):
            at = max(now, instant_of(one.day, self.organisation.zone))
            self.gone.append(Coming(at, None, deadline, one.action_day, one.lead))
        if one.people:
            settled = self.said.get((deadline.id, deadline.revision), ())
            self.said[deadline.id, deadline.revision] = (*settled, one.lead)

    def _is_new(self, one: Planned, person_id: int | None, among: set[Key] | None = None) -> bool:
        """Whether there is no letter of the kind yet; asking makes one."""
        keys, key = self.keys if among is None else among, (one.deadline.id, one.deadline.revision, one.lead, person_id)
        is_new = key not in keys
        keys.add(key)
        return is_new

    def _going(self, one: Planned, person: Person, hearing: Hearing, now: datetime) -> Coming:
        """A reminder that goes by itself, or with others if its reader wishes it so."""
        alone = self._to(one, person, hearing, now)
        _first, slot = first_and_slot(one, person, self.hours_of(person))
        if slot is None:
            return alone
        if slot.key not in self.digests:
            self.digests[slot.key] = self.leaves(person, max(now, slot.at), None)
        at = self.digests[slot.key]
        return replace(alone, at=at, holds=(Hold.DIGEST,)) if at is not None and at >= now else alone

    def _to(self, one: Planned, person: Person, hearing: Hearing, now: datetime) -> Coming:
        why, of = why_told(hearing, one.deadline, person)
        silence = hearing.silence(one.deadline, person)
        answer = hearing.answer(one.deadline, person.id) if silence is Silence.PUT_OFF else None
        until = answer.until if answer else None
        hours = self.hours_of(person)
        first = first_instant(one.day, one.action_day, hours, one.deadline.contract.zone)
        ready = max(now, first)
        at = self.leaves(person, ready, one.deadline)
        holds = self.holds(person, ready, at)
        if Hold.DAY_OFF not in holds and open_day(one.day, one.action_day, hours.calendar) != one.day:
            holds = (Hold.DAY_OFF, *holds)
        return Coming(at, person, one.deadline, one.action_day, one.lead, why, of, silence, until, holds=holds)

    def leaves(self, person: Person, ready: datetime, about: Deadline | None) -> datetime:
        """When a letter that may go from an instant on leaves, the reader's quiet hours and days off being over."""
        return not_before(ready, end_of_day(about), self.hours_of(person))

    def holds(self, person: Person, ready: datetime, at: datetime) -> tuple[Hold, ...]:
        """What keeps a letter that may go from an instant on until it leaves."""
        hours = self.hours_of(person)
        days = day_in(hours.zone, ready), day_in(hours.zone, at)
        off = at > ready and open_day(days[0], date.max, hours.calendar) != days[0]
        quiet = at > (instant_of(days[1], hours.zone) if off else ready)
        return tuple(hold for hold, holding in ((Hold.DAY_OFF, off), (Hold.QUIET, quiet)) if holding)

    def hours_of(self, person: Person) -> Hours:
        """When the person wants letters."""
        if person.id not in self.hours:
            self.hours[person.id] = hours_of(self.session, person, self.organisation)
        return self.hours[person.id]

    def _replace_waiting(self, one: Planned, now: datetime) -> None:
        """What has not left by now gives way; what has, is gone."""
        stay: list[Coming] = []
        for letter in self.waiting.pop(one.deadline.id, []):
            if letter.at < now:
                self.gone.append(letter)
            elif not one.replaces_letters_to(letter.person.id if letter.person else None):
                stay.append(letter)
        if stay:
            self.waiting[one.deadline.id] = stay

    def _forget(self, deadline: Deadline, day: date) -> None:
        """The answers that have had their effect are dropped, as planning drops them."""
        answers = self.answers.get(deadline.id, {})
        over = [key for key, answer in answers.items() if answer.until and answer.until <= day]
        for key in over:
            del answers[key]


def _by_deadline(answers: Mapping[Answered, Answer]) -> dict[int, dict[Answered, Answer]]:
    """Going through everybody's answers at every turn would take too long."""
    found: dict[int, dict[Answered, Answer]] = {}
    for key, answer in answers.items():
        found.setdefault(key[0], {})[key] = answer
    return found
