"""The statements that every letter passes through on its way out, put together once.

Building them anew for each letter would take longer than all the rest of sending it.
"""

from sqlalchemy import Integer, Table, and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.orm import joinedload

from tracker.records.base import Base, UtcDateTime
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation

WAITING = (LetterState.QUEUED, LetterState.RETRY, LetterState.UNKNOWN)
"""States in which a letter waits for its turn."""
UNSENT = (*WAITING, LetterState.GATHERED)
"""Those, and that in which a reminder waits for a letter in which it is told with others."""
ON_ITS_WAY = (*UNSENT, LetterState.SENDING)
"""All that have no end yet."""
DIGEST = "digest"
"""Purpose of a letter that tells several reminders."""
TOLD_OF = "contracts"
"""The fact of a digest that says which contracts it was written about."""
REMINDERS = "reminders"
"""The fact of a digest that says which letters it tells."""
HALTED = "mail halted"

_LETTER: Table = Base.metadata.tables["letter"]
_ATTEMPT: Table = Base.metadata.tables["attempt"]
_NOW = bindparam("now", type_=UtcDateTime())
_THIS = bindparam("this_letter", type_=Integer)
_FENCE = bindparam("this_fence", type_=Integer)

_DUE = (
    select(_LETTER.c.id)
    .where(_LETTER.c.state.in_(WAITING), _LETTER.c.not_before <= _NOW)
    .order_by(_LETTER.c.not_before, _LETTER.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_MAY_GO = (
    exists().where(Organisation.id.is_not(None)),
    ~exists().where(Organisation.held_since.is_not(None)),
    ~exists().where(Pulse.name == HALTED, Pulse.at > bindparam("halted_after", type_=UtcDateTime())),
)
CLAIM = (
    update(_LETTER)
    .where(_LETTER.c.id == _DUE, *_MAY_GO)
    .values(
        state=LetterState.SENDING,
        owner=bindparam("worker"),
        fence=_LETTER.c.fence + 1,
        lease_until=bindparam("until", type_=UtcDateTime()),
    )
    .returning(_LETTER.c.id, _LETTER.c.fence)
)
"""Take the letter that has waited longest, unless the outbox is held or halted."""

_HELD = (_LETTER.c.id == _THIS, _LETTER.c.fence == _FENCE, _LETTER.c.state == LetterState.SENDING)
CLAIMED = (
    select(Letter)
    .where(*_HELD)
    .options(joinedload(Letter.deadline), joinedload(Letter.person))
    .with_for_update(of=Letter)
    .execution_options(populate_existing=True)
)
"""The letter that a claim still gives the right to."""
_FREED = (
    _LETTER.c.id == _THIS,
    _LETTER.c.fence == _FENCE + 1,
    _LETTER.c.state.in_((LetterState.RETRY, LetterState.UNKNOWN)),
)
"""A letter whose claim ran out and which nobody has claimed since: that would have raised the fence once more."""
SENT = (
    update(_LETTER)
    .where(or_(and_(*_HELD), and_(*_FREED)))
    .values(
        state=LetterState.SENT,
        reason="",
        reply=bindparam("answer"),
        finished_at=_NOW,
        owner=None,
        lease_until=None,
        attempts=_LETTER.c.attempts + 1,
    )
    .returning(_LETTER.c.purpose)
)
"""The usual end. A server's word that comes late is taken all the same, or there would be a second copy."""
TOLD = (
    update(_LETTER)
    .where(_LETTER.c.digest_id == _THIS, _LETTER.c.state == LetterState.GATHERED)
    .values(state=LetterState.SENT, reason="", reply=bindparam("answer"), finished_at=_NOW)
)
"""The end of what was told in a digest."""

BEGUN = insert(_ATTEMPT).values(letter_id=_THIS, fence=_FENCE, started_at=_NOW, outcome=bindparam("result"), reply="")
_THIS_ATTEMPT = update(_ATTEMPT).where(_ATTEMPT.c.letter_id == _THIS, _ATTEMPT.c.fence == _FENCE)
MARKED = _THIS_ATTEMPT.values(outcome=bindparam("result"))
ENDED = _THIS_ATTEMPT.values(outcome=bindparam("result"), reply=bindparam("answer"), finished_at=_NOW)
