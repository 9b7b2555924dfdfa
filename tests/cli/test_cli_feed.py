"""Feeds from the command line, and the linter on files and addresses."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.feeds import BASE, Served, shown
from tracker.actions.actor import OPERATOR, Actor
from tracker.actions.errors import Missing, Refused
from tracker.cli.feed import feed_group, lint_feed
from tracker.wiring import Tracker


@dataclass(frozen=True)
class Desk:
    tracker: Tracker
    actor: Actor


@pytest.fixture
def desk(served_feeds: Served) -> Desk:
    return Desk(served_feeds.tracker, OPERATOR)


def run(desk: Desk, *arguments: str) -> Result:
    return CliRunner().invoke(feed_group, list(arguments), obj=desk, catch_exceptions=False)


def test_a_feed_made_here_is_served_listed_and_ended(served_feeds: Served, desk: Desk) -> None:
    made = run(desk, "create", "Northern branch", "--for", "BEN@acme.example", "--contract", "S-2", "--json")
    address = json.loads(made.stdout)["address"]
    assert address.startswith(f"{BASE}/feeds/")
    path = address.removeprefix(BASE)
    assert len(shown(served_feeds.get(path)[2])) == 2
    (listed,) = json.loads(run(desk, "list", "--json").stdout)
    assert (listed["label"], listed["person"], listed["hits"]) == ("Northern branch", "ben@acme.example", 1)
    assert path.split("/")[2] not in json.dumps(listed)
    moved = run(desk, "rotate", str(listed["id"])).stdout.strip().removeprefix(BASE)
    assert (served_feeds.get(path)[0], served_feeds.get(moved)[0]) == (410, 200)
    (listed,) = json.loads(run(desk, "list", "--json").stdout)
    assert "has ended" in run(desk, "revoke", str(listed["id"])).stdout
    assert served_feeds.get(moved)[0] == 410
    assert run(desk, "list").stdout == ""


def test_the_address_is_told_with_a_warning_and_a_person_gets_their_own_rights(
    served_feeds: Served, desk: Desk
) -> None:
    cleo = replace(desk, actor=served_feeds.world.actor("Cleo"))
    made = run(cleo, "create", "Mine", "--side", "us", "--code", "payment", "--hide-done", "--detail", "dates")
    assert made.stdout.startswith(f"{BASE}/feeds/")
    assert "not shown again" in made.stderr
    assert "never fetched" in run(cleo, "list").stdout
    with pytest.raises(Missing):
        run(cleo, "create", "x", "--contract", "S-2")


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(Missing):
        run(desk, "create", "x")
    with pytest.raises(Missing):
        run(desk, "create", "x", "--for", "nobody@acme.example")
    with pytest.raises(Refused):
        run(desk, "create", ";", "--for", "ana@acme.example")
    with pytest.raises(Missing):
        run(desk, "revoke", "99")


def test_without_a_base_address_the_path_is_told(desk: Desk) -> None:
    homeless = replace(desk.tracker, settings=replace(desk.tracker.settings, base_url=None))
    made = run(replace(desk, tracker=homeless), "create", "x", "--for", "ana@acme.example", "--language", "zh-Hans")
    assert made.stdout.startswith("/feeds/")
    assert "TRACKER_BASE_URL" in made.stderr


# ---------------------------------------------------------------- lint-feed


def lint_source(source: str, *more: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(lint_feed, [source, *more], input=stdin, catch_exceptions=False)


@pytest.fixture
def sound() -> Path:
    return Path(__file__).parents[1] / "golden" / "feed" / "zh-Hans.ics"


def test_a_sound_file_passes(sound: Path) -> None:
    assert (lint_source(str(sound)).exit_code, lint_source("-", stdin=sound.read_bytes()).exit_code) == (0, 0)


def test_a_broken_file_fails_with_its_lines(sound: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ics"
    broken.write_bytes(sound.read_bytes().replace(b"PT6H", b"6:00:00"))
    found = lint_source(str(broken))
    assert found.exit_code == 1
    assert "9: bad-refresh: REFRESH-INTERVAL is not a duration such as PT6H" in found.stdout
    codes = [finding["code"] for finding in json.loads(lint_source(str(broken), "--json").stdout)]
    assert codes == ["bad-refresh", "bad-ttl"]


def test_an_address_is_fetched_and_judged(served_feeds: Served) -> None:
    path = served_feeds.world.subscribe("Ana").path
    for scheme in ("http", "webcal"):
        assert lint_source(f"{scheme}://127.0.0.1:{served_feeds.port}{path}").exit_code == 0
    gone = lint_source(f"{served_feeds.address}/feeds/{'x' * 32}/a.ics")
    assert (gone.exit_code, "404" in gone.stderr) == (1, True)


@pytest.mark.parametrize("source", ["/nowhere/at/all.ics", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://"])
def test_what_cannot_be_read_is_said_in_one_line(source: str) -> None:
    found = lint_source(source)
    assert found.exit_code == 1
    assert found.stderr.startswith(f"Error: {source} cannot be read: ")
    assert found.stderr.count("\n") == 1
