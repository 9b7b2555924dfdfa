"""`tracker bounce`, the folder of mails that came back, and what `tracker tick` makes of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Shell
from tests.support.returned import answer, exim, postfix
from tracker.records.database import Database
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person

OURS = "<0123456789abcdef@localhost>"
BEN = "ben@acme.example"


@contextmanager
def stored(shell: Shell) -> Iterator[Database]:
    database = Database(shell.environment["TRACKER_DATABASE_URL"])
    yield database
    database.dispose()


@pytest.fixture
def sent(shell: Shell) -> Shell:
    """Ben was written to."""
    with stored(shell) as database, database.transaction() as session:
        ben = session.query(Person).filter_by(email=BEN).one()
        session.add(
            Letter(
                key="a", person_id=ben.id, recipient=BEN, language="en", purpose="undelivered", lead=0, due_revision=0,
                facts={}, message=b"To: Ben\r\n", message_id=OURS, not_before=NOW, created_at=NOW,
                state=LetterState.SENT, finished_at=NOW,
            )
        )  # fmt: skip
    return shell


@pytest.fixture
def folder(sent: Shell) -> Path:
    """A Maildir that the settings name."""
    box = sent.folder / "mailbox"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    sent.environment["TRACKER_BOUNCES"] = str(box)
    return box


def is_off(shell: Shell) -> bool:
    with stored(shell) as database, database.reading() as session:
        return session.query(Person).filter_by(email=BEN).one().bounced_at is not None


def test_o13_a_report_from_a_file_or_standard_input_is_taken_in(sent: Shell) -> None:
    path = sent.write("late.eml", postfix(OURS, BEN, "4.4.1", "delayed"))
    other = sent.write("other.eml", answer(OURS))
    assert sent.ok("bounce", path, other) == f"{path}: delayed\n{other}: foreign\n"
    assert not is_off(sent)
    assert sent.ok("bounce", "-", stdin=postfix(OURS, BEN)) == "-: refused\n"
    assert is_off(sent)
    assert sent.ok("bounce", "-", stdin=postfix(OURS, BEN)) == "-: known\n"


def test_o13_a_file_that_is_not_there_is_told(sent: Shell) -> None:
    assert "missing.eml" in sent.refused("bounce", str(sent.folder / "missing.eml"))


def test_o13_only_an_administrator_may_say_that_a_letter_came_back(sent: Shell) -> None:
    sent.refused("--as", "ana@acme.example", "bounce", "-", stdin=postfix(OURS, BEN))
    assert not is_off(sent)
    sent.ok("--as", "dora@acme.example", "bounce", "-", stdin=postfix(OURS, BEN))
    assert is_off(sent)


def test_o13_what_is_delivered_into_the_folder_is_taken_in_and_put_away(sent: Shell, folder: Path) -> None:
    (folder / "new" / "1767229392.M1P2.host").write_bytes(answer(OURS))
    (folder / "new" / "1767229393.M1P2.host,S=1200").write_bytes(exim(OURS, BEN))
    (folder / "tmp" / "1767229394.half").write_bytes(b"half")
    sent.ok("tick")
    assert is_off(sent)
    assert list((folder / "new").iterdir()) == []
    assert sorted(path.name for path in (folder / "cur").iterdir()) == [
        "1767229392.M1P2.host:2,S",
        "1767229393.M1P2.host,S=1200:2,S",
    ]


def test_o13_a_file_that_cannot_be_read_or_put_away_does_not_stop_the_others(
    sent: Shell, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "new" / "1.stuck").write_bytes(answer(OURS))
    (folder / "cur" / "1.stuck:2,S").mkdir()
    (folder / "new" / "2.folder").mkdir()
    (folder / "new" / "3.link").symlink_to(sent.write("secret.eml", postfix(OURS, BEN)))
    (folder / "new" / "4.report").write_bytes(postfix(OURS, BEN, "4.4.1", "failed"))
    with caplog.at_level(logging.INFO):
        sent.ok("tick")
        sent.ok("tick")
    assert sorted(path.name for path in (folder / "new").iterdir()) == ["1.stuck", "2.folder", "3.link"]
    assert not is_off(sent)
    assert "bounce_not_taken_in file=1.stuck" in caplog.text
    assert "given_up=1" in caplog.text


@pytest.mark.parametrize("made", ["", "new", "cur"])
def test_o13_the_folder_has_to_be_one_that_mail_is_delivered_into(sent: Shell, made: str) -> None:
    (sent.folder / "box" / made).mkdir(parents=True)
    sent.environment["TRACKER_BOUNCES"] = str(sent.folder / "box")
    assert "TRACKER_BOUNCES: write the path of a Maildir folder" in sent.refused("tick")
