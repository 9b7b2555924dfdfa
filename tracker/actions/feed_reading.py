"""What a calendar gets when it asks: nothing new, the whole feed, or that there is none (any more).

Whether anything is new is answered from two columns of the rows, without rendering. What a deadline looks like is
rendered once for each of its revisions and kept as bytes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tracker.actions.access import SIGNING_IN, may_sign_in, visible_to
from tracker.actions.feed_entries import Reader, entry_of, overflow_of
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feeds import file_name
from tracker.actions.tokens import digest
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.records.feeds import Feed
from tracker.records.people import Organisation
from tracker.render.feed import CAP, FeedHead, assemble, clean_line, entry_fragment

PAST, FUTURE = timedelta(days=90), timedelta(days=5 * 365 + 1)
"""How far a feed looks back and ahead."""
FAREWELL = timedelta(days=30)
"""How long a waived, suspended or withdrawn deadline is shown as cancelled, so that calendars take it off."""
LAYOUT = 1
"""Raise it when what is rendered of unchanged rows changes, so that no client keeps the old bytes."""
LONGEST_AGENT = 200
_BATCH = 500


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What to answer: 200 with a body, 304 for what the client has already, 404 unknown, 410 gone for good."""

    status: int
    body: bytes = b""
    etag: str = ""
    name: str = ""
    feed_id: int | None = None


class Fragments:
    """Rendered events kept in memory by revision; full, it starts afresh. Threads may share it."""

    def __init__(self, most: int = 5 * CAP) -> None:
        self._most = most
        self._kept: dict[object, bytes] = {}
        self._lock = Lock()

    def get(self, key: object) -> bytes | None:
        return self._kept.get(key)

    def keep(self, key: object, fragment: bytes) -> None:
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = fragment


@dataclass(frozen=True, slots=True)
class _Mark:
    """A row as far as a feed must know it to tell whether it changed."""

    id: int
    sequence: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class _View:
    """One subscription at one instant: what it holds, and for whom."""

    feed: Feed
    reader: Reader
    today: date
    marks: list[_Mark]
    total: int

    @property
    def cut(self) -> bool:
        return self.total > len(self.marks)


def read_feed(
    session: Session,
    token: str,
    *,
    now: datetime,
    base_url: str,
    fragments: Fragments,
    known: Callable[[str], bool] = lambda etag: False,
) -> FeedAnswer:
    """The answer to one request. `known` says whether the client holds the version with this entity tag.

    What the subscriber may see is decided anew each time, so a feed shrinks and dies with their rights.
    """
    feed = session.scalar(select(Feed).where(Feed.token_sha256 == digest(token)).options(joinedload(Feed.person)))
    if feed is None:
        return FeedAnswer(404)
    if feed.revoked_at is not None or not may_sign_in(feed.person):
        return FeedAnswer(410)
    view = _view(session, feed, now, base_url)
    etag = _version(view)
    if known(etag):
        return FeedAnswer(304, etag=etag, feed_id=feed.id)
    return FeedAnswer(200, _body(session, view, fragments), etag, file_name(feed), feed.id)


def published_feeds(session: Session, *, now: datetime, base_url: str, fragments: Fragments) -> dict[str, bytes]:
    """The bytes of every feed that is also to be a file, by file name."""
    living = select(Feed).join(Feed.person).where(Feed.revoked_at.is_(None), SIGNING_IN)
    return {
        feed.published_as: _body(session, _view(session, feed, now, base_url), fragments)
        for feed in session.scalars(living.where(Feed.published_as.is_not(None)))
        if feed.published_as
    }


def record_fetch(session: Session, feed_id: int, agent: str, *, now: datetime) -> None:
    """Remember that a client came, and which."""
    seen = {"hits": Feed.hits + 1, "last_fetched_at": now, "last_agent": clean_line(agent)[:LONGEST_AGENT]}
    session.execute(update(Feed).where(Feed.id == feed_id).values(seen))


def _view(session: Session, feed: Feed, now: datetime, base_url: str) -> _View:
    organisation = session.scalars(select(Organisation)).one()
    today = day_in(organisation.zone, now)
    conditions = _conditions(feed, today, now)
    query = select(Deadline.id, Deadline.sequence, Deadline.modified_at).where(*conditions)
    rows = session.execute(query.order_by(Deadline.action_day, Deadline.id).limit(CAP + 1))
    marks = [_Mark(*row) for row in rows]
    total = len(marks)
    if total > CAP:
        total = session.scalar(select(func.count(Deadline.id)).where(*conditions)) or 0
    reader = Reader(feed.language, feed.detail, base_url, organisation.installation)
    return _View(feed, reader, today, marks[:CAP], total)


def _conditions(feed: Feed, today: date, now: datetime) -> list[ColumnElement[bool]]:
    dropped = Deadline.state.in_([State.WAIVED, State.SUSPENDED, State.WITHDRAWN])
    recently = func.coalesce(Deadline.withdrawn_at, Deadline.modified_at) > now - FAREWELL
    return [
        Contract.id == Deadline.contract_id,
        visible_to(feed.person_id),
        Deadline.action_day.between(today - PAST, today + FUTURE),
        or_(~dropped, and_(dropped, recently)),
        *FeedFilter.read(feed.filters).conditions(feed.person_id),
    ]


def _version(view: _View) -> str:
    """A name for exactly these bytes: everything they are made of, digested."""
    said = [LAYOUT, view.feed.id, view.feed.label, view.reader.language, view.reader.detail, view.reader.base_url]
    rows = [[mark.id, mark.sequence, mark.modified_at.isoformat()] for mark in view.marks]
    cut = [view.total, view.today.isoformat()] if view.cut else []
    return hashlib.sha256(json.dumps([said, view.reader.installation, rows, cut]).encode()).hexdigest()[:40]


def _body(session: Session, view: _View, fragments: Fragments) -> bytes:
    parts = list(_rendered(session, view, fragments))
    if view.cut:
        parts.append(entry_fragment(overflow_of(view.reader, view.feed.id, view.today, len(parts), view.total)))
    return assemble(FeedHead(name=view.feed.label), parts)


def _rendered(session: Session, view: _View, fragments: Fragments) -> Iterator[bytes]:
    """The marked deadlines in order, each from the memory or rendered now."""
    keys = {mark.id: (view.reader, mark) for mark in view.marks}
    found = {number: fragments.get(key) for number, key in keys.items()}
    for deadline in _load(session, [number for number, kept in found.items() if kept is None]):
        fragment = entry_fragment(entry_of(deadline, view.reader))
        fragments.keep(keys[deadline.id], fragment)
        found[deadline.id] = fragment
    return (fragment for fragment in found.values() if fragment is not None)


def _load(session: Session, numbers: list[int]) -> Iterable[Deadline]:
    """The deadlines with all that is said about them, a batch at a time."""
    query = (
        select(Deadline)
        .join(Deadline.contract)
        .options(
            contains_eager(Deadline.contract).selectinload(Contract.parties),
            contains_eager(Deadline.contract).selectinload(Contract.clauses),
            selectinload(Deadline.completions),
        )
    )
    for start in range(0, len(numbers), _BATCH):
        yield from session.scalars(query.where(Deadline.id.in_(numbers[start : start + _BATCH])))
