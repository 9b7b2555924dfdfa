"""Feeds from the command line, and the linter on files and addresses."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.feeds import BASE, Served, shown
from tracker.cli import main
from tracker.cli.desk import Desk
from tracker.cli.feed import lint_feed


@pytest.fixture
def desk(served_feeds: Served) -> Desk:
    desk = Desk(environment={}, clock=served_feeds.clock)
    desk.tracker = served_feeds.tracker
    return desk


def run(desk: Desk, *arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), obj=desk, catch_exceptions=False)


def feed(desk: Desk, *arguments: str) -> Result:
    return run(desk, "feed", *arguments)


def test_a_feed_made_here_is_served_listed_and_ended(served_feeds: Served, desk: Desk) -> None:
    made = feed(desk, "create", "Northern branch", "--for", "BEN@acme.example", "--contract", "S-2", "--json")
    address = json.loads(made.stdout)["address"]
    assert address.startswith(f"{BASE}/feeds/")
    path = address.removeprefix(BASE)
    assert len(shown(served_feeds.get(path)[2])) == 2
    (listed,) = json.loads(feed(desk, "list", "--json").stdout)
    assert (listed["label"], listed["person"], listed["hits"]) == ("Northern branch", "ben@acme.example", 1)
    assert path.split("/")[2] not in json.dumps(listed)
    moved = feed(desk, "rotate", str(listed["id"])).stdout.strip().removeprefix(BASE)
    assert (served_feeds.get(path)[0], served_feeds.get(moved)[0]) == (410, 200)
    (listed,) = json.loads(feed(desk, "list", "--json").stdout)
    assert "has ended" in feed(desk, "revoke", str(listed["id"])).stdout
    assert served_feeds.get(moved)[0] == 410
    assert feed(desk, "list").stdout == ""


def test_a_person_gets_their_own_rights_and_the_address_only_now(desk: Desk) -> None:
    mine = ("--side", "us", "--code", "payment", "--hide-done", "--detail", "dates")
    made = run(desk, "--as", "cleo@acme.example", "feed", "create", "Mine", *mine)
    assert made.stdout.startswith(f"{BASE}/feeds/")
    assert "not shown again" in made.stderr
    assert "never fetched" in run(desk, "--as", "cleo@acme.example", "feed", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["feed", "create", "x"], "Say whose feed it is"),
        (["--as", "ben@acme.example", "feed", "create", "x", "--for", "ana@acme.example"], "Say whose feed it is"),
        (["feed", "create", "x", "--for", "nobody@acme.example"], "--for: Nobody here has the address"),
        (["feed", "create", ";", "--for", "ana@acme.example"], "label: Give the calendar a name."),
        (["feed", "create", "x", "--for", "ana@acme.example", "--contract", "S-9"], "There is no such thing"),
        (["--as", "cleo@acme.example", "feed", "create", "x", "--contract", "S-2"], "There is no such thing"),
        (["feed", "revoke", "99"], "There is no such thing"),
        (["feed", "rotate", "99"], "There is no such thing"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(desk: Desk, arguments: list[str], told: str) -> None:
    found = run(desk, *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr
    assert json.loads(feed(desk, "list", "--json").stdout) == []


def test_without_a_base_address_the_path_is_told(desk: Desk) -> None:
    desk.tracker = replace(desk.tracker, settings=replace(desk.tracker.settings, base_url=None))
    made = feed(desk, "create", "x", "--for", "ana@acme.example", "--language", "zh-Hans")
    assert made.stdout.startswith("/feeds/")
    assert "no base address is set" in made.stderr


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
