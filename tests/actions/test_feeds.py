"""The life of a subscription: made, listed, given a new address, ended, and its secret kept by its subscriber alone."""

from datetime import timedelta

import pytest

from tests.support.feeds import NOW, World, shown
from tracker.actions.actor import OPERATOR
from tracker.actions.errors import Missing, Refused
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feed_reading import FeedAnswer, record_fetch
from tracker.actions.feeds import NewFeed, create_feed, list_feeds, revoke_feed, rotate_feed
from tracker.records.feeds import Feed
from tracker.records.history import History
from tracker.records.people import Person


def test_h4_an_unknown_address_is_unknown_and_an_ended_one_gone(feed_world: World) -> None:
    issued = feed_world.subscribe("Ana")
    assert feed_world.read("x" * 27).status == 404
    with feed_world.database.transaction() as session:
        revoke_feed(session, feed_world.actor("Ana"), issued.feed.id, now=NOW)
    assert feed_world.read(issued.token).status == 410


def test_h4_a_feed_dies_with_its_subscribers_account(feed_world: World) -> None:
    token = feed_world.subscribe("Ben").token
    with feed_world.database.transaction() as session:
        session.query(Person).filter_by(name="Ben").one().active = False
    assert feed_world.read(token) == FeedAnswer(410)


def test_a_new_address_takes_the_place_of_the_old_one(feed_world: World) -> None:
    old = feed_world.subscribe("Ana", NewFeed(label="Mine, all", filters=FeedFilter(sides=("us",)), publish=True))
    with feed_world.database.transaction() as session:
        new = rotate_feed(session, feed_world.actor("Ana"), old.feed.id, now=NOW)
    assert feed_world.read(old.token).status == 410
    assert len(shown(feed_world.read(new.token).body)) == 2
    with feed_world.database.reading() as session:
        (listed,) = list_feeds(session, feed_world.actor("Ana"))
    assert (listed.label, listed.published_as, listed.rotated_at) == ("Mine all", "Mine-all.ics", NOW)


def test_the_address_is_long_shown_once_and_kept_only_as_a_digest(feed_world: World) -> None:
    first, second = feed_world.subscribe("Ana"), feed_world.subscribe("Ana", NewFeed(label="合同 期限"))
    assert len(first.token) >= 27
    assert first.token != second.token
    assert first.token not in repr(first)
    assert second.path == f"/feeds/{second.token}/合同-期限.ics"
    with feed_world.database.reading() as session:
        kept = [
            [str(value) for value in vars(row).values()]
            for row in session.query(Feed).all() + session.query(History).all()
        ]
    assert first.token not in str(kept)


def test_nobody_lists_rotates_or_ends_the_feed_of_another(feed_world: World) -> None:
    issued = feed_world.subscribe("Ana")
    with feed_world.database.transaction() as session:
        assert list_feeds(session, feed_world.actor("Cleo")) == []
        for attempt in (revoke_feed, rotate_feed):
            with pytest.raises(Missing):
                attempt(session, feed_world.actor("Cleo"), issued.feed.id, now=NOW)
        assert [feed.id for feed in list_feeds(session, OPERATOR)] == [issued.feed.id]


@pytest.mark.parametrize(
    "wanted",
    [
        NewFeed(label=" ,;\n"),
        NewFeed(label="x" * 81),
        NewFeed(label="x", language="fr"),
        NewFeed(label="x", filters=FeedFilter(codes=("nonsense",))),
        NewFeed(label="x", filters=FeedFilter(sides=("nobody",))),
        NewFeed(label="taken", publish=True),
    ],
)
def test_a_feed_that_cannot_be_is_refused_with_a_reason(feed_world: World, wanted: NewFeed) -> None:
    feed_world.subscribe("Ana", NewFeed(label="taken", publish=True))
    with pytest.raises(Refused):
        feed_world.subscribe("Ben", wanted)


def test_a_feed_of_a_contract_that_the_subscriber_cannot_see_is_refused_as_missing(feed_world: World) -> None:
    closed = NewFeed(label="x", filters=FeedFilter(contracts=("s2s2s2s2",)))
    with pytest.raises(Missing):
        feed_world.subscribe("Cleo", closed)


def test_the_operator_makes_a_feed_for_a_named_active_person(feed_world: World) -> None:
    ben = feed_world.actor("Ben").person_id
    with feed_world.database.transaction() as session:
        assert create_feed(session, OPERATOR, NewFeed(label="x"), now=NOW, person_id=ben).feed.person_id == ben
        for nobody in (None, 999):
            with pytest.raises(Missing):
                create_feed(session, OPERATOR, NewFeed(label="x"), now=NOW, person_id=nobody)


def test_h11_the_last_fetch_is_remembered_with_the_client(feed_world: World) -> None:
    issued = feed_world.subscribe("Ana")
    for minutes in (1, 2):
        with feed_world.database.transaction() as session:
            record_fetch(
                session, issued.feed.id, "Thunder\r\nbird/1 " + "x" * 500, now=NOW + timedelta(minutes=minutes)
            )
    with feed_world.database.reading() as session:
        (feed,) = list_feeds(session, feed_world.actor("Ana"))
    assert (feed.hits, feed.last_fetched_at) == (2, NOW + timedelta(minutes=2))
    assert feed.last_agent.startswith("Thunder bird/1 xxx")
    assert len(feed.last_agent) == 200
