"""The address a calendar program fetches, over a real socket."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import text

from tests.support.feeds import NOW, Served, shown
from tracker.actions.feeds import NewFeed, list_feeds, revoke_feed, rotate_feed
from tracker.records.feeds import Feed
from tracker.records.history import History
from tracker.records.people import Person
from web.app import create_app
from web.redaction import keep_secrets_out_of_logs
from web.subscription import PER_FEED

Change = Callable[[Served], None]


@pytest.fixture
def path(served_feeds: Served) -> str:
    """Where Ana's feed is."""
    return served_feeds.world.subscribe("Ana").path


def test_h1_get_and_head_answer_alike_and_nothing_else_is_allowed(served_feeds: Served, path: str) -> None:
    status, headers, body = served_feeds.get(path)
    assert status == 200
    assert len(shown(body)) == 3
    assert headers["Content-Length"] == str(len(body))
    head = served_feeds.get(path, "HEAD")
    assert (head[0], head[2], head[1]["ETag"], head[1]["Content-Length"]) == (200, b"", headers["ETag"], str(len(body)))
    for method in ("POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"):
        status, headers, body = served_feeds.get(path, method)
        assert (status, set(headers["Allow"].split(", "))) == (405, {"GET", "HEAD"})
        assert path.split("/")[2].encode() not in body


def test_h2_any_client_is_served(served_feeds: Served, path: str) -> None:
    for accept in ("*/*", "text/html", "application/json", "text/calendar;q=0"):
        for agent in ("", "Google-Calendar-Importer", "Mozilla/5.0", "x" * 2_000):
            assert served_feeds.get(path, Accept=accept, User_Agent=agent)[0] == 200


def test_h3_a_client_that_has_the_version_is_told_so(served_feeds: Served, path: str) -> None:
    etag = served_feeds.get(path)[1]["ETag"]
    assert etag.startswith('"')
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        status, headers, body = served_feeds.get(path, If_None_Match=known)
        assert (status, headers["ETag"], body) == (304, etag, b"")
    for unknown in ('"other"', 'W/"other"', '""', "not an entity tag"):
        assert served_feeds.get(path, If_None_Match=unknown)[0] == 200


def test_h3_a_change_and_a_deletion_are_news(served_feeds: Served, path: str) -> None:
    tags = [served_feeds.get(path)[1]["ETag"]]
    served_feeds.world.change("L-1", title="Say whether we stay")
    tags.append(served_feeds.get(path)[1]["ETag"])
    with served_feeds.tracker.transaction() as session:
        session.execute(text("DELETE FROM deadline WHERE code = 'payment'"))
    status, headers, body = served_feeds.get(path, If_None_Match=", ".join(tags))
    assert (status, len(shown(body))) == (200, 2)
    assert len({*tags, headers["ETag"]}) == 3


def revoked(served: Served) -> None:
    with served.tracker.transaction() as session:
        revoke_feed(session, served.world.actor("Ana"), session.query(Feed).one().id, now=NOW)


def rotated(served: Served) -> None:
    with served.tracker.transaction() as session:
        rotate_feed(session, served.world.actor("Ana"), session.query(Feed).one().id, now=NOW)


def disabled(served: Served) -> None:
    with served.tracker.transaction() as session:
        session.query(Person).filter_by(name="Ana").one().active = False


@pytest.mark.parametrize("end", [revoked, rotated, disabled])
def test_h4_an_ended_feed_is_gone_and_says_nothing(served_feeds: Served, path: str, end: Change) -> None:
    etag = served_feeds.get(path)[1]["ETag"]
    end(served_feeds)
    for headers in ({}, {"If_None_Match": etag}, {"If_None_Match": "*"}):
        status, _, body = served_feeds.get(path, **headers)
        assert (status, body) == (410, b"This calendar has ended.\n")


def test_h4_an_unknown_address_is_not_found_and_not_repeated(served_feeds: Served) -> None:
    for token in ("x" * 32, "' OR 1=1 --", "合同", "%00", "%F0%9F", "a" * 3_000):
        status, headers, body = served_feeds.get(f"/feeds/{token}/calendar.ics")
        assert (status, body) == (404, b"There is no such calendar.\n")
        assert "Location" not in headers


def test_h4_unknown_and_ended_addresses_take_the_same_time(served_feeds: Served, path: str) -> None:
    revoked(served_feeds)
    unknown = f"/feeds/{'x' * 32}/calendar.ics"
    known: list[float] = []
    other: list[float] = []
    for _ in range(25):
        for where, taken in ((path, known), (unknown, other)):
            start = time.perf_counter()
            served_feeds.get(where)
            taken.append(time.perf_counter() - start)
    assert abs(sorted(known)[12] - sorted(other)[12]) < 0.02


def test_h5_a_fault_of_ours_is_never_an_empty_calendar(served_feeds: Served, path: str) -> None:
    etag = served_feeds.get(path)[1]["ETag"]
    with served_feeds.tracker.transaction() as session:
        session.execute(text("ALTER TABLE deadline RENAME TO mislaid"))
    for headers in ({}, {"If_None_Match": etag}):
        status, found, body = served_feeds.get(path, **headers)
        assert (status, found["Retry-After"]) == (503, "600")
        assert path.split("/")[2].encode() not in body


def test_h6_the_name_and_the_text_arrive_as_utf8(served_feeds: Served) -> None:
    issued = served_feeds.world.subscribe("Ana", NewFeed(label="合同期限，安娜", language="zh-Hans"))
    assert issued.path.endswith("/合同期限-安娜.ics")
    status, headers, body = served_feeds.get(issued.path)
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "X-WR-CALNAME:合同期限，安娜\r\n" in body.decode()
    assert quote("合同期限-安娜.ics") in headers["Content-Disposition"]
    assert "Content-Encoding" not in served_feeds.get(issued.path, Accept_Encoding="gzip")[1]


def test_h7_a_feed_is_kept_out_of_caches_and_search_but_open_to_calendar_services(
    served_feeds: Served, path: str
) -> None:
    status, headers, _ = served_feeds.get(path, Cookie="session=x", Accept_Language="zh")
    assert status == 200
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    status, _, robots = served_feeds.get("/robots.txt")
    assert (status, robots.split(b"\n")[1]) == (200, b"Allow: /feeds/")


def test_h8_the_secret_is_in_no_log_and_no_row(
    served_feeds: Served, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = path.split("/")[2]
    with caplog.at_level(logging.DEBUG):
        for _ in range(50):
            served_feeds.get(path)
        with served_feeds.tracker.transaction() as session:
            session.execute(text("ALTER TABLE completion RENAME TO mislaid"))
        served_feeds.world.change("L-1", title="x")
        assert served_feeds.get(path)[0] == 503
        for name in ("waitress", "werkzeug", "gunicorn.access"):
            logging.getLogger(name).error("Client disconnected while serving %s", f"{path}?x={token}"[: len(path)])
    assert "event=feed-fault" in caplog.text
    assert "/feeds/…/" in caplog.text
    assert token not in caplog.text
    with served_feeds.tracker.reading() as session:
        assert not any(token in str(vars(row)) for row in [*session.query(History), *session.query(Feed)])


def test_h8_filtering_the_logs_twice_is_filtering_them_once() -> None:
    keep_secrets_out_of_logs()
    before = len(logging.getLogger("waitress").filters)
    keep_secrets_out_of_logs()
    assert len(logging.getLogger("waitress").filters) == before == 1


def test_h9_behind_a_proxy_prefix_links_begin_with_the_public_address(served_feeds: Served, path: str) -> None:
    public = replace(served_feeds.tracker.settings, base_url="https://acme.example/contracts")
    browser = create_app(replace(served_feeds.tracker, settings=public)).test_client()
    for asked in (path, f"/contracts{path}"):
        answer = browser.get(asked, headers={"Host": "evil.example"})
        links = [found.url for found in shown(answer.data)]
        assert all(link.startswith("https://acme.example/contracts/obligations/") for link in links)
        assert b"evil" not in answer.data


def test_h10_a_client_gone_wild_is_told_to_wait_and_harms_nobody_else(served_feeds: Served, path: str) -> None:
    other = served_feeds.world.subscribe("Ben").path
    statuses = [served_feeds.get(path)[0] for _ in range(PER_FEED.amount)]
    assert set(statuses) == {200}
    status, headers, _ = served_feeds.get(path)
    assert (status, int(headers["Retry-After"]) > 0) == (429, True)
    assert served_feeds.get(other)[0] == 200


def test_h11_the_subscriber_sees_when_and_by_what_the_feed_was_fetched(served_feeds: Served, path: str) -> None:
    etag = served_feeds.get(path)[1]["ETag"]
    served_feeds.clock.turn_to(NOW + timedelta(hours=6))
    served_feeds.get(path, If_None_Match=etag, User_Agent="Thunderbird/150")
    with served_feeds.tracker.reading() as session:
        (feed,) = list_feeds(session, served_feeds.world.actor("Ana"))
    assert (feed.hits, feed.last_fetched_at, feed.last_agent) == (2, NOW + timedelta(hours=6), "Thunderbird/150")
