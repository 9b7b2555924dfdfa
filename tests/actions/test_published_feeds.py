"""Feeds that are also written to files, for other servers to hand on."""

from pathlib import Path

import pytest

from tests.support.feeds import BASE, NOW, World, shown
from tracker.actions.feed_reading import Fragments, published_feeds
from tracker.actions.feeds import Issued, NewFeed, revoke_feed, rotate_feed
from tracker.ports.published import PublishedFolder
from tracker.records.people import Person


@pytest.fixture
def folder(tmp_path: Path) -> PublishedFolder:
    return PublishedFolder(tmp_path)


@pytest.fixture
def issued(feed_world: World) -> Issued:
    feed_world.subscribe("Ben")
    return feed_world.subscribe("Ana", NewFeed(label="Team, all", publish=True))


def publish(world: World, folder: PublishedFolder) -> list[str]:
    with world.database.reading() as session:
        return folder.hold(published_feeds(session, now=NOW, base_url=BASE, fragments=Fragments()))


def test_a_published_feed_is_written_and_again_only_when_it_changed(
    feed_world: World, issued: Issued, folder: PublishedFolder
) -> None:
    assert publish(feed_world, folder) == ["Team-all.ics"]
    written = folder.folder / "Team-all.ics"
    assert written.read_bytes() == feed_world.read(issued.token).body
    first = written.stat()
    assert (publish(feed_world, folder), written.stat().st_ino) == ([], first.st_ino)
    feed_world.change("L-1", title="Say whether we stay")
    assert publish(feed_world, folder) == ["Team-all.ics"]
    assert [found.title for found in shown(written.read_bytes())][1] == "Say whether we stay – Office lease"
    assert oct(written.stat().st_mode & 0o777) == "0o600"
    assert [path.name for path in folder.folder.iterdir()] == ["Team-all.ics"]


def test_a_new_address_leaves_the_file_where_it_is(feed_world: World, issued: Issued, folder: PublishedFolder) -> None:
    publish(feed_world, folder)
    with feed_world.database.transaction() as session:
        rotate_feed(session, feed_world.actor("Ana"), issued.feed.id, now=NOW)
    assert publish(feed_world, folder) == []


@pytest.mark.parametrize("way", ["revoked", "disabled"])
def test_the_file_of_an_ended_feed_is_taken_away(
    feed_world: World, issued: Issued, folder: PublishedFolder, way: str
) -> None:
    publish(feed_world, folder)
    with feed_world.database.transaction() as session:
        if way == "revoked":
            revoke_feed(session, feed_world.actor("Ana"), issued.feed.id, now=NOW)
        else:
            session.query(Person).filter_by(name="Ana").one().active = False
    assert publish(feed_world, folder) == ["Team-all.ics"]
    assert list(folder.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../out.ics", "/out.ics", "a/b.ics", "..", ""])
def test_nothing_is_written_outside_the_folder(folder: PublishedFolder, name: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        folder.hold({name: b"x"})
