"""People, the outbox, samples and the command line as a whole."""

import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD
from tracker.cli import COMMANDS, Commands, main
from tracker.records.people import Person
from tracker.render.texts import texts
from tracker.rules.digests import Rhythm
from tracker.wiring import wire


def test_a_link_without_its_host_says_what_is_missing(bare_shell: Shell) -> None:
    made = bare_shell.run("user", "add", "ana@acme.example")
    assert made.stdout.startswith("/join/")
    assert "Put the address of the web app before it" in made.stderr


def test_somebody_is_added_with_a_link_and_given_another(bare_shell: Shell) -> None:
    bare_shell.environment["TRACKER_BASE_URL"] = "https://tracker.example"
    first = bare_shell.ok("user", "add", "Ana@Acme.example", "--name", "Ana", "--language", "zh-Hans")
    assert first.startswith("https://tracker.example/join/")
    second = bare_shell.ok("user", "link", "ana@acme.example")
    assert second.startswith("https://tracker.example/join/")
    assert second != first
    (ana,) = bare_shell.json("user", "list")
    assert ana == {
        "email": "ana@acme.example",
        "name": "Ana",
        "role": "editor",
        "language": "zh-Hans",
        "zone": None,
        "active": True,
    }


def test_a_password_can_come_by_standard_input(bare_shell: Shell) -> None:
    assert bare_shell.ok("user", "add", "ana@acme.example", "--password-stdin", stdin="correct horse battery\n") == ""
    before = bare_shell.contents()
    said = bare_shell.refused("user", "add", "ben@acme.example", "--password-stdin", stdin="x\n")
    assert said.startswith("password: ")
    assert bare_shell.contents() == before


def test_whoever_only_gets_letters_has_no_link(shell: Shell) -> None:
    assert shell.ok("user", "add", "lin@law.example", "--role", "recipient") == ""
    assert "lin@law.example    lin@law.example  recipient" in shell.ok("user", "list")
    for words in (("user", "link", "lin@law.example"), ("feed", "create", "Mine", "--for", "lin@law.example")):
        assert "only gets letters and cannot sign in" in shell.refused(*words)
    said = shell.refused("user", "add", "wu@law.example", "--role", "recipient", "--password-stdin", stdin="x" * 20)
    assert "only gets letters and cannot sign in" in said
    shell.ok("user", "disable", "lin@law.example")
    assert shell.ok("user", "enable", "lin@law.example") == ""
    assert shell.refused("--as", "lin@law.example", "user", "list") == "This person's role does not allow it.\n"


def test_roles_are_given_and_people_shut_out_and_let_in(shell: Shell) -> None:
    shell.ok("user", "role", "ana@acme.example", "admin")
    shell.ok("user", "disable", "cleo@acme.example")
    assert "cleo@acme.example  Cleo  viewer  shut out" in shell.ok("user", "list")
    assert "/join/" in shell.ok("user", "enable", "cleo@acme.example")
    shell.ok("user", "disable", "dora@acme.example")
    assert "The last administrator must stay one" in shell.refused("user", "disable", "ana@acme.example")
    assert "Nobody here has the address" in shell.refused("user", "role", "eve@acme.example", "admin")


@pytest.mark.parametrize("words", [("list",), ("link", "ana@acme.example"), ("add", "eve@acme.example")])
def test_only_administrators_manage_people(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell.refused("--as", "ben@acme.example", "user", *words)
    assert said == "This person's role does not allow it.\n"


def test_addresses_are_checked(shell: Shell) -> None:
    assert shell.refused("user", "add", "nobody").startswith("email: This is not an e-mail address")
    assert "Somebody has this e-mail address already." in shell.refused("user", "add", "ANA@acme.example")


# ------------------------------------------------------------------- letters


def test_reminders_are_shown_before_they_are_sent_and_then_found_in_the_outbox(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    before = shell.contents()
    shown = shell.json("remind", "--dry-run")
    assert {"contract", "key", "name", "action_day", "lead", "to", "digests", "replaces"} == set(shown[0])
    assert {tuple(one["to"]) for one in shown} == {("ana@acme.example",)}
    assert shell.contents() == before
    shell.ok("tick")
    outbox = shell.json("outbox", "--state", "sent")
    assert outbox["held"] is False
    reminders = [letter for letter in outbox["letters"] if letter["purpose"] == "reminder"]
    assert {letter["key"] for letter in reminders} == {one["key"] for one in shown}
    assert {letter["to"] for letter in reminders} == {"ana@acme.example"}
    mail = Path(shell.environment["TRACKER_INSTANCE"]) / "mail"
    on_working_days_running_out = 1
    assert len(list(mail.glob("*.eml"))) == len(shown) + on_working_days_running_out
    shell.ok("tick")
    assert len(list(mail.glob("*.eml"))) == len(shown) + on_working_days_running_out
    assert "sent" in shell.ok("outbox")
    assert "Only a letter that could not be delivered" in shell.refused(
        "outbox", "--try-again", str(reminders[0]["id"])
    )


def test_who_reads_in_digests_hears_of_it_with_others_on_a_day_that_is_told(shell: Shell) -> None:
    with closing(wire(shell.environment, shell.clock)) as tracker, tracker.transaction() as session:
        session.scalars(select(Person).where(Person.name == "Ana")).one().digest = Rhythm.WEEKLY
    shell.ok("import", shell.write("a.yaml", GOOD))
    on = ("remind", "--dry-run", "--on", "2026-09-05")
    told = {one["name"]: one["digests"] for one in shell.json(*on)}
    assert told["Last day for notice on renewal"] == {"ana@acme.example": "2026-09-07"}
    assert told["Payment"] == {}, "overdue"
    assert "ana@acme.example (with others on 7 Sept 2026)" in shell.ok(*on)
    shell.clock.turn_to(datetime(2026, 9, 5, 2, 0, tzinfo=UTC))
    shell.ok("tick")
    (waiting,) = shell.json("outbox", "--state", "gathered")["letters"]
    digests = {one["id"]: one for one in shell.json("outbox")["letters"] if one["purpose"] == "digest"}
    assert digests[waiting["digest"]]["not_before"] == "2026-09-07T01:00:00+00:00"
    lines = [line.split() for line in shell.ok("outbox").splitlines()]
    assert [str(waiting["digest"]), "queued", "ana@acme.example", "digest"] in lines


def test_the_letters_of_several_days_are_foretold_with_hour_and_reason(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    before = shell.contents()
    span = ("remind", "--dry-run", "--from", "2026-12-01", "--to", "2027-02-28")
    found = shell.json(*span)
    assert {"unknown_from", "letters"} == set(found)
    assert found["unknown_from"] is None
    assert {one["to"] for one in found["letters"]} == {"ana@acme.example"}
    assert {one["why"] for one in found["letters"]} == {"answers for it"}
    assert all(one["goes"] and one["at"].startswith("202") for one in found["letters"])
    lines = shell.ok(*span).splitlines()
    assert len(lines) == len(found["letters"])
    assert "ana@acme.example" in lines[0]
    assert shell.contents() == before
    assert "Choose at most 92 days." in shell.refused(*span[:-1], "2028-01-01")
    assert "--on is for one day" in shell.run(*span, "--on", "2026-12-01").stderr
    assert shell.json("remind", "--dry-run", "--person", "ben@acme.example")["letters"] == []
    assert "role does not allow" in shell.refused("--as", "ben@acme.example", *span, "--person", "ana@acme.example")


# ------------------------------------------------------------------- samples


def test_samples_come_and_go(bare_shell: Shell) -> None:
    bare_shell.ok("demo", "--load-only")
    assert [one["email"] for one in bare_shell.json("user", "list")] == [
        "ana@example.com",
        "ben@example.com",
        "cleo@example.com",
    ]
    rows = bare_shell.json("deadlines")
    assert len({row["contract"] for row in rows}) == 12
    states = [row["state"] for row in rows]
    assert 2 <= states.count("overdue") <= 12
    assert {"done", "upcoming", "overdue"} <= set(states)
    seen = bare_shell.json("--as", "cleo@example.com", "deadlines")
    assert "DEMO-11" not in {row["contract"] for row in seen}
    contents = bare_shell.contents()
    bare_shell.ok("demo", "--load-only")
    assert bare_shell.contents() == contents
    bare_shell.ok("demo", "--remove")
    left = bare_shell.contents()
    history, organisation = left.pop("history"), left.pop("organisation")
    assert (history, organisation) == (2, 1)
    assert not any(left.values())


def test_samples_leave_what_is_not_theirs(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    before = shell.json("deadlines")
    people = shell.json("user", "list")
    shell.ok("demo", "--load-only")
    assert shell.json("user", "list") == people
    shell.ok("demo", "--remove")
    assert shell.json("deadlines") == before


# ------------------------------------------------------------------ the whole


def test_every_command_of_the_table_exists_and_is_told_in_its_own_words() -> None:
    assert isinstance(main, Commands)
    for name in COMMANDS:
        command = main.get_command(main.make_context("tracker", ["--lang", "en", "x"]), name)
        assert command is not None
        assert command.name == name
        assert command.help
    assert "No such command" in CliRunner().invoke(main, ["nonsense"]).output


def test_help_answers_at_once() -> None:
    """Measured in CPU seconds, which other work on the machine does not lengthen."""
    program = "import resource, tracker.cli as c, sys\ntry: c.main(['--help'])\nexcept SystemExit: pass\n"
    program += "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime, 'sqlalchemy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    seconds, heavy = out.splitlines()[-1].split()
    assert float(seconds) < 0.4
    assert heavy == "False"


def test_the_language_is_that_of_the_environment_unless_asked_for(shell: Shell) -> None:
    told = {
        language: texts(language).gettext("This person's role does not allow it.")
        for language in ("zh-Hans", "zh-Hant")
    }
    words = ("--as", "ben@acme.example", "user", "list")
    for locale, language in (("zh_CN.UTF-8", "zh-Hans"), ("zh_TW.UTF-8", "zh-Hant"), ("zh_HK", "zh-Hant")):
        shell.environment["LANG"] = locale
        assert shell.refused(*words).strip() == told[language]
    assert shell.refused("--lang", "en", *words) == "This person's role does not allow it.\n"


def test_wrong_settings_are_told_together(bare_shell: Shell) -> None:
    bare_shell.environment |= {"TRACKER_PORT": "no", "TRACKER_TIMEZONE": "Mars/Olympus"}
    said = bare_shell.refused("deadlines")
    assert "TRACKER_PORT: " in said
    assert "TRACKER_TIMEZONE: " in said


def test_a_database_that_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    environment = {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2",
    }
    from tracker.cli.desk import Desk

    result = CliRunner().invoke(main, ["deadlines"], obj=Desk(environment))
    assert result.exit_code == 2
    assert result.stderr.startswith("The database cannot be used: ")
    assert result.stderr.count("\n") == 1


def test_serving_is_handed_to_the_web_app_with_its_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "serve", "--help"]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
    assert "--port" in out


def test_the_documentation_tells_every_command_and_every_key(shell: Shell) -> None:
    text = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    commands_and_keys = text.partition("## Letters that come back")[0]
    told = set(re.findall(r"^\| `([a-z_-]+)` \|", commands_and_keys, re.MULTILINE))
    assert set(COMMANDS) <= told
    shell.ok("import", shell.write("a.yaml", GOOD))
    assert set(shell.json("deadlines")[0]) == told - set(COMMANDS)
    named = set(re.findall(r"`(\w+)`", text))
    shell.ok("tick")
    outbox = shell.json("outbox")
    for data in (outbox, outbox["letters"][0], shell.json("user", "list")[0], shell.json("remind", "--dry-run")):
        assert set(data) <= named
    assert set(shell.json("backup", str(shell.folder / "b.zip"))) <= named
