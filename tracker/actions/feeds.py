"""Calendar subscriptions: made, listed, given a new address, ended.

The address of a feed is its only key, so it is a secret: shown once, kept as a digest, and worth no more than its
subscriber may see at the moment of each fetch.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.actions.access import contracts_for, must_sign_in
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing, Refused
from tracker.actions.feed_filter import EVERYTHING, FeedFilter
from tracker.actions.remember import remember
from tracker.actions.tokens import digest, new_token
from tracker.records.contracts import Contract
from tracker.records.feeds import Detail, Feed
from tracker.records.people import Person
from tracker.render.feed import clean_name
from tracker.render.texts import LANGUAGES, N_
from tracker.rules.codes import CODES
from tracker.rules.facts import Side
from tracker.rules.problems import Problem

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeed:
    """What the subscriber asks for. An empty `language` is their own; `publish` also writes the feed to a file."""

    label: str
    filters: FeedFilter = EVERYTHING
    detail: Detail = Detail.FULL
    language: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A feed and its secret, which exists nowhere else and cannot be shown again."""

    feed: Feed
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        """The feed's address below the base URL, not yet percent-encoded."""
        return f"/feeds/{self.token}/{file_name(self.feed)}"


def create_feed(
    session: Session, actor: Actor, wanted: NewFeed, *, now: datetime, person_id: int | None = None
) -> Issued:
    """A new subscription of the actor's own; the operator names the person it is for.

    Raises Refused for values that cannot be, Missing for a person or a contract the actor cannot see.
    """
    owner = session.get(Person, actor.person_id or person_id or 0)
    if owner is None or not owner.active:
        raise Missing
    must_sign_in(owner)
    _check(session, actor, wanted)
    token = new_token()
    feed = Feed(
        person=owner,
        token_sha256=digest(token),
        label=clean_name(wanted.label),
        filters=wanted.filters.stored(),
        detail=wanted.detail,
        language=wanted.language or owner.language,
        created_at=now,
    )
    feed.published_as = _published_name(session, feed) if wanted.publish else None
    session.add(feed)
    session.flush()
    remember(session, actor, now, "feed-created", feed=feed.id, label=feed.label)
    return Issued(feed, token)


def list_feeds(session: Session, actor: Actor) -> list[Feed]:
    """The actor's own subscriptions that have not been ended, oldest first; everybody's for the operator."""
    return list(session.scalars(_feeds_of(actor).order_by(Feed.id)))


def rotate_feed(session: Session, actor: Actor, feed_id: int, *, now: datetime) -> Issued:
    """The same subscription under a new address; whoever uses the old one is told that it is gone. Raises Missing."""
    old = _the_feed(session, actor, feed_id)
    token = new_token()
    name, old.published_as, old.revoked_at = old.published_as, None, now
    session.flush()
    feed = Feed(
        person_id=old.person_id,
        token_sha256=digest(token),
        label=old.label,
        filters=old.filters,
        detail=old.detail,
        language=old.language,
        published_as=name,
        created_at=old.created_at,
        rotated_at=now,
    )
    session.add(feed)
    session.flush()
    remember(session, actor, now, "feed-rotated", feed=feed.id, label=feed.label)
    return Issued(feed, token)


def revoke_feed(session: Session, actor: Actor, feed_id: int, *, now: datetime) -> None:
    """End a subscription for good. Raises Missing."""
    feed = _the_feed(session, actor, feed_id)
    feed.revoked_at = now
    feed.published_as = None
    remember(session, actor, now, "feed-revoked", feed=feed.id, label=feed.label)


def file_name(feed: Feed) -> str:
    """The feed's name as a file; some clients call the calendar after it."""
    return (re.sub(r"[^\w.-]+", "-", feed.label).strip("-.") or "deadlines") + ".ics"


def _feeds_of(actor: Actor) -> Select[Feed]:
    query = select(Feed).where(Feed.revoked_at.is_(None))
    return query if actor.is_operator else query.where(Feed.person_id == actor.person_id)


def _the_feed(session: Session, actor: Actor, feed_id: int) -> Feed:
    feed = session.scalar(_feeds_of(actor).where(Feed.id == feed_id))
    if feed is None:
        raise Missing
    return feed


def _check(session: Session, actor: Actor, wanted: NewFeed) -> None:
    problems = [*_label_problems(wanted.label), *_filter_problems(wanted.filters)]
    if wanted.language and wanted.language not in LANGUAGES:
        problems.append(Problem("language", N_("There is no such language.")))
    if problems:
        raise Refused(problems)
    for uid in wanted.filters.contracts:
        if session.scalar(contracts_for(actor).where(Contract.uid == uid)) is None:
            raise Missing


def _label_problems(label: str) -> list[Problem]:
    name = clean_name(label)
    if not name:
        return [Problem("label", N_("Give the calendar a name."))]
    if len(name) > LONGEST_LABEL:
        return [Problem("label", N_("At most %(limit)s characters; this has %(length)s."), _lengths(name))]
    return []


def _lengths(name: str) -> dict[str, object]:
    return {"limit": LONGEST_LABEL, "length": len(name)}


def _filter_problems(filters: FeedFilter) -> list[Problem]:
    text = N_("“%(name)s” is not known.")
    unknown = [("codes", code) for code in filters.codes if code not in CODES]
    unknown += [("sides", side) for side in filters.sides if side not in list(Side)]
    return [Problem(place, text, {"name": name}) for place, name in unknown]


def _published_name(session: Session, feed: Feed) -> str:
    name = file_name(feed)
    if session.scalar(select(Feed.id).where(Feed.published_as == name)) is not None:
        raise Refused([Problem("label", N_("Another feed is already published as %(name)s."), {"name": name})])
    return name
