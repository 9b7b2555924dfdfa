"""Letters that no deadline speaks in: that a reminder reached nobody, that working days run out.

They go through the outbox like every other letter. An alarm that fails raises no further alarm.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.access import may_sign_in
from tracker.actions.audiences import Hearing
from tracker.actions.coverage import Coverage
from tracker.actions.letter_rows import Row, Stationery, put_in
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import CAME_BACK, RETURNED, UNPLANNED
from tracker.actions.recipients import may_be_told
from tracker.ports.clock import day_in
from tracker.records.deadlines import Deadline
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role
from tracker.render.letter_reasons import reason_words
from tracker.render.names import deadline_name, place_words
from tracker.render.texts import Texts

UNDELIVERED, RUNNING_OUT = "undelivered", "running out"
ALARMS = (UNDELIVERED, RUNNING_OUT)
"""Purposes of letters without a deadline."""
_LOOKED = "dead letters told"
OVERLAP = timedelta(hours=1)
"""What failed in a transaction that ended after the last look is found by the next; nobody is told twice."""


def raise_alarms(session: Session, *, domain: str, now: datetime) -> int:
    """Tell of every reminder that failed for good, and of every address that takes no letters, once: those who would
    hear of the deadline, and the administrators. What went in one digest is told in one alarm. How many letters were
    queued."""
    looked = session.get(Pulse, _LOOKED)
    query = select(Letter).where(Letter.state == LetterState.FAILED)
    query = query.where(or_(Letter.purpose.not_in(ALARMS), Letter.reason == CAME_BACK))
    if looked:
        query = query.where(Letter.finished_at >= looked.at - OVERLAP)
    session.merge(Pulse(name=_LOOKED, at=now, details={}))
    dead = session.scalars(query.options(joinedload(Letter.deadline).joinedload(Deadline.contract))).all()
    if not dead:
        return 0
    stationery = Stationery(organisation_of(session), domain, now)
    today = day_in(stationery.organisation.zone, now)
    hearing = Hearing.of(session, [letter.deadline for letter in dead if letter.deadline], today)
    administrators = _administrators(session)
    rows: list[Row] = []
    for name, letters in _together(dead).items():
        deadlines = [letter.deadline for letter in letters if letter.deadline]
        told_of_it = (one for deadline in deadlines for one in hearing.told(deadline, 0))
        others = filter(may_sign_in, told_of_it)  # what became of a colleague's letter is not for people outside
        people = {one.id: one for one in (*others, *administrators) if one.id != letters[0].person_id}
        rows += _to_each(stationery, people.values(), UNDELIVERED, name, _about(letters))
    return put_in(session, rows)


def tell_of_running_out(session: Session, places: Iterable[Coverage], *, domain: str, now: datetime) -> None:
    """Tell the administrators which working days are not known beyond which year."""
    stationery = Stationery(organisation_of(session), domain, now)
    for one in places:
        facts = {"place": one.place, "last": one.last, "deadlines": one.provisional}
        name = f"{one.place} {one.last}"
        put_in(session, list(_to_each(stationery, _administrators(session), RUNNING_OUT, name, facts)))


def words_of(session: Session, letter: Letter, words: Texts, letters_page: str) -> tuple[str, list[str]]:
    """Subject and lines of an alarm. What a reminder was about is told to those who may see the contract now."""
    facts = letter.facts
    if letter.purpose == RUNNING_OUT:
        return _running_out(facts, words)
    lines = [*_what_it_said(session, letter, words), *_what_happened(facts, words)]
    lines.append(words.gettext("Whoever has to act should hear of it in another way."))
    subject = words.gettext("A reminder could not be delivered")
    if facts.get("stopped"):
        subject = words.gettext("Letters to %(address)s come back", address=facts["recipient"])
    return subject, [*lines, *([letters_page] if letters_page else [])]


def contracts_told(session: Session, letter: Letter) -> list[int]:
    """The contracts that an alarm written now speaks of: those that its reader may see."""
    contracts = {about["contract"] for about in _abouts(letter) if about["contract"]}
    return sorted(one for one in contracts if letter.person_id and may_be_told(session, letter.person_id, one))


def _abouts(letter: Letter) -> list[dict[str, Any]]:
    if letter.purpose == RUNNING_OUT:
        return []
    found: list[dict[str, Any]] = letter.facts.get("about", [letter.facts])
    return found  # an alarm queued by an earlier version has one at most, in its midst


def _what_it_said(session: Session, letter: Letter, words: Texts) -> Iterator[str]:
    told_of = contracts_told(session, letter)
    for about in _abouts(letter):
        if about["contract"] in told_of:
            what = deadline_name(about["code"], about["title"], words)
            colon = words.pgettext("after a label", ": ")
            yield f"{about['contract_title']}{colon}{what}{_on(about['action_day'], words)}"


def _on(day: str, words: Texts) -> str:
    """The day it is all about, after its name."""
    return words.gettext(" (%(day)s)", day=words.date(date.fromisoformat(day))) if day else ""


def _what_happened(facts: Mapping[str, Any], words: Texts) -> list[str]:
    if facts["reason"] == UNPLANNED:
        return [words.gettext("The program could not work it out; its log says why.")]
    if not facts["recipient"]:
        told = words.gettext("There was nobody whom it could be sent to.")
    else:
        told = words.gettext("It was to go to %(address)s.", address=facts["recipient"])
    if not facts.get("returned"):
        happened = f"{reason_words(facts['reason'], words)} {facts.get('reply', '')}".strip()
        return [told, words.gettext("What happened: %(reason)s", reason=happened)]
    lines = [told, words.gettext("It came back: %(reply)s", reply=facts["returned"])]
    if facts["stopped"]:
        lines.append(words.gettext("No letter goes to this address until an administrator clears it among the people."))
    return lines


def _running_out(facts: Mapping[str, Any], words: Texts) -> tuple[str, list[str]]:
    known = {"place": place_words(facts["place"], words), "year": facts["last"]}
    subject = words.gettext("The working days of %(place)s are known only to the end of %(year)s", **known)
    resting = words.ngettext(
        "%(n)s deadline rests on days that are not announced.", "%(n)s deadlines rest on days that are not announced.",
        facts["deadlines"],
    )  # fmt: skip
    lines = [
        *([resting] if facts["deadlines"] else []),
        words.gettext("Enter the year as soon as it is announced; the deadlines are then counted anew."),
    ]
    return subject, lines


def _together(dead: Iterable[Letter]) -> dict[str, list[Letter]]:
    """The letters of each alarm, by its name."""
    found: dict[str, list[Letter]] = {}
    for letter in dead:
        found.setdefault(_name(letter), []).append(letter)
    return found


def _name(letter: Letter) -> str:
    """One alarm a letter; a letter that came back, was sent once more and came back again is another matter."""
    if letter.digest_id is not None:
        return f"digest {letter.digest_id}"
    return f"{letter.id}.{letter.fence}" if letter.reason in RETURNED else str(letter.id)


def _about(letters: Sequence[Letter]) -> dict[str, Any]:
    letter = letters[0]
    person = letter.person
    return {
        "recipient": letter.recipient,
        "reason": letter.reason,
        "reply": letter.reply,
        "returned": letter.reply if letter.reason in RETURNED else "",
        "stopped": letter.reason == CAME_BACK and person is not None and person.bounced_at is not None,
        "about": [_what(one.deadline) for one in letters if one.deadline],
    }


def _what(deadline: Deadline) -> dict[str, Any]:
    return {
        "contract": deadline.contract_id,
        "contract_title": deadline.contract.title,
        "code": deadline.code,
        "title": deadline.title,
        "action_day": deadline.action_day.isoformat() if deadline.action_day else "",
    }


def _administrators(session: Session) -> list[Person]:
    query = select(Person).where(Person.role == Role.ADMIN, Person.active, Person.bounced_at.is_(None))
    return list(session.scalars(query.order_by(Person.id)))


def _to_each(
    stationery: Stationery, people: Iterable[Person], purpose: str, name: str, facts: dict[str, Any]
) -> Iterator[Row]:
    for person in people:
        yield stationery.letter(f"{purpose}|{name}|{person.id}|mail", purpose, person, facts=facts)
