"""The last look at a letter before it goes: whether it should still go, and what is left of a digest."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.access import visible_to
from tracker.actions.alarms import ALARMS
from tracker.actions.letter_rows import Row
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox import CAME_BACK, doubts, finish
from tracker.actions.outbox_statements import DIGEST, ON_ITS_WAY, REMINDERS, TOLD_OF, UNSENT
from tracker.actions.proof_rounds import PROOF, why_over
from tracker.actions.recipients import may_be_told, takes_letters
from tracker.actions.reschedule import first_reminder
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.letters import Letter, LetterState
from tracker.rules.digests import may_wait

DISABLED = "recipient disabled"
OUT_OF_SIGHT = "recipient may not see the contract"
NOT_TOLD = (DISABLED, OUT_OF_SIGHT, CAME_BACK)
"""Why a letter told nobody although its reminder is still to be given: somebody else may have to hear it."""
KEPT_BACK = and_(Letter.state == LetterState.SUPPRESSED, Letter.reason.in_(NOT_TOLD))
"""SQL: whether a letter was kept from somebody who could not be told."""
LONG = timedelta(minutes=10)
"""What could have gone for so long is asked anew whether it waits for planning."""
AWAKE = timedelta(minutes=2)
"""What was planned less long ago is not of a machine that has slept since: planning takes its turn every minute."""
EARLIEST_ZONE = timedelta(hours=14)
"""Nowhere is it later than so long after UTC."""
EMPTY = "nothing left to say"
OUTDATED = "not as it was written"
BY_LEAD = "by lead "
"""Begins the reason of a reminder in whose place a more urgent one speaks; its lead follows."""


def reason_to_suppress(session: Session, letter: Letter) -> str:
    """Why this letter must not go after all; empty if it may."""
    if letter.purpose in ALARMS:
        return _why_no_alarm(session, letter)
    if letter.purpose == DIGEST:
        return _why_no_digest(session, letter)
    reason = why_over(letter) or _out_of_reach(letter) if letter.purpose in PROOF else why_not(letter)
    if not reason and letter.person and letter.deadline:
        seen = may_be_told(session, letter.person.id, letter.deadline.contract_id)
        return _overtaken(session, letter) if seen else OUT_OF_SIGHT
    return reason


def awaits_planning(session: Session, letter: Letter, now: datetime) -> bool:
    """Whether what it tells may be about to give way: of a machine that slept since an earlier day, planning and
    sending wake together. It is not asked again at once, so that it goes also where nothing is planned any more."""
    if letter.purpose in PROOF or (letter.fence > 1 and now - letter.not_before < LONG):
        return False
    told = gathered(session, letter) if letter.purpose == DIGEST else [letter]
    older = [one for one in told if now - one.created_at > AWAKE]
    looks = [(one, one.deadline.remind_on) for one in older if one.deadline and one.deadline.remind_on]
    if not any(day <= (now + EARLIEST_ZONE).date() for _one, day in looks):
        return False
    zone = organisation_of(session).zone
    today = day_in(zone, now)
    return any(day <= today and day_in(zone, one.created_at) < today for one, day in looks)


def hold_back(letter: Letter, reason: str, now: datetime) -> None:
    """Do not send it; where it told nobody, its deadline is planned anew for whoever is left."""
    finish(letter, LetterState.SUPERSEDED if reason.startswith(BY_LEAD) else LetterState.SUPPRESSED, reason, now)
    if reason in NOT_TOLD and letter.deadline is not None:
        letter.deadline.remind_on = first_reminder(letter.deadline)


def tell_after_all(session: Session, rows: Sequence[Row]) -> None:
    """Let the letters wait again that were kept from somebody who could not be told then and can be now."""
    wanted = {row["key"]: row for row in rows if row["state"] in UNSENT}
    about = {row["deadline_id"] for row in wanted.values()}
    query = select(Letter).where(Letter.deadline_id.in_(about), KEPT_BACK).with_for_update(of=Letter)
    for letter in session.scalars(query):
        row = wanted.get(letter.key)
        if row:
            letter.state, letter.reason, letter.finished_at = row["state"], "", None
            letter.digest_id, letter.not_before, letter.facts = row["digest_id"], row["not_before"], row["facts"]
            letter.message = letter.message if doubts(letter) else None


def leave_out(session: Session, digest: Letter, now: datetime) -> None:
    """End what waits for a digest and has nothing more to say to its reader; what has become urgent before the digest
    was written goes by itself."""
    waiting = gathered(session, digest) if takes_letters(digest.person) else []
    seen = _in_sight(session, digest.person_id, waiting)
    today = day_in(organisation_of(session).zone, now)
    for letter in waiting:
        reason = why_not(letter) or ("" if letter.deadline and letter.deadline.contract_id in seen else OUT_OF_SIGHT)
        if reason:
            hold_back(letter, reason, now)
        elif digest.message is None and not _may_wait(letter, today):
            letter.state, letter.digest_id = LetterState.QUEUED, None


def _overtaken(session: Session, letter: Letter) -> str:
    """Whether a more urgent reminder went, or is on its way, to the same person: it was planned while this one was in
    somebody's hands and could not give way."""
    if letter.fence == 1:
        return ""  # claimed for the first time: whatever was planned since has replaced it
    this = Letter.deadline_id == letter.deadline_id, Letter.due_revision == letter.due_revision
    same = *this, Letter.person_id == letter.person_id, Letter.purpose == letter.purpose
    alive = Letter.state.in_((*ON_ITS_WAY, LetterState.SENT))
    lead = session.scalar(select(func.min(Letter.lead)).where(*same, alive, Letter.lead < letter.lead))
    return "" if lead is None else f"{BY_LEAD}{lead}"


def _why_no_alarm(session: Session, letter: Letter) -> str:
    if not takes_letters(letter.person):
        return DISABLED
    return "" if letter.message is None or _may_see_all(session, letter) else OUT_OF_SIGHT


def _may_see_all(session: Session, letter: Letter) -> bool:
    """Whether the reader may see every contract that a written letter speaks of."""
    told_of: list[int] = letter.facts.get(TOLD_OF, [])
    seen = select(func.count()).select_from(Contract).where(Contract.id.in_(told_of), visible_to(letter.person_id or 0))
    return session.scalar(seen) == len(told_of)


def _why_no_digest(session: Session, digest: Letter) -> str:
    if not takes_letters(digest.person):
        return DISABLED
    waiting = gathered(session, digest)
    if not waiting:
        return EMPTY
    return OUTDATED if digest.message is not None and _is_outdated(session, digest, waiting) else ""


def _is_outdated(session: Session, digest: Letter, waiting: Collection[Letter]) -> bool:
    """Whether what stands written is not for its reader any more, or does not hold any more. What may have arrived
    already is rather sent again as it was than told anew."""
    if not _may_see_all(session, digest):
        return True
    return not doubts(digest) and {letter.id for letter in waiting} != set(digest.facts.get(REMINDERS, ()))


def gathered(session: Session, digest: Letter) -> list[Letter]:
    """What waits to be told in a digest."""
    query = select(Letter).where(Letter.digest_id == digest.id, Letter.state == LetterState.GATHERED)
    return list(session.scalars(query.options(joinedload(Letter.deadline), joinedload(Letter.person))))


def why_not(letter: Letter) -> str:
    """Why a reminder must not go, as far as it can be told from the letter, its deadline and its reader."""
    deadline = letter.deadline
    if deadline is None or deadline.state is not State.OPEN:
        return "withdrawn" if deadline is None else deadline.state.value
    if deadline.revision != letter.due_revision:
        return "moved"
    return _out_of_reach(letter)


def _out_of_reach(letter: Letter) -> str:
    return "" if takes_letters(letter.person) else DISABLED


def _in_sight(session: Session, person_id: int | None, letters: Collection[Letter]) -> set[int]:
    """The contracts of these reminders that the person may see now."""
    if not letters or person_id is None:
        return set()
    query = select(Contract.id).join(Deadline, Deadline.contract_id == Contract.id)
    numbers = [letter.deadline_id for letter in letters]
    return set(session.scalars(query.where(Deadline.id.in_(numbers), visible_to(person_id))))


def _may_wait(letter: Letter, today: date) -> bool:
    day = letter.deadline.action_day if letter.deadline else None
    return day is not None and may_wait(day, today)
