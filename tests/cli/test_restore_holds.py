"""A backup put back on a real instance: what was sent since is not sent again before somebody has looked."""

from collections import Counter
from datetime import timedelta

import pytest
import yaml

from tests.cli.conftest import NOW, Shell
from tests.support.cast import bare
from tests.support.sink import Sink

REPORT = bare(obligations=[{"code": "report", "side": "us", "due": "on 2026-06-30"}])


@pytest.fixture
def mailing(shell: Shell, sink: Sink) -> Shell:
    """An instance that sends, with one contract of Ana's whose first reminder is due."""
    shell.environment |= {"TRACKER_SMTP_URL": sink.url, "TRACKER_MAIL_FROM": "desk@acme.example"}
    shell.ok("--as", "ana@acme.example", "import", shell.write("report.yaml", yaml.safe_dump(REPORT)))
    return shell


def test_o10_after_a_restore_nothing_leaves_until_an_administrator_has_looked(mailing: Shell, sink: Sink) -> None:
    backup = str(mailing.folder / "backup.zip")
    mailing.ok("backup", backup)
    mailing.ok("tick")
    sent = Counter(copy.message_id for copy in sink.copies)
    assert sent
    mailing.ok("restore", backup, "--force")
    for _day in range(3):
        mailing.ok("tick")
        mailing.clock.turn_to(mailing.clock.now() + timedelta(days=1))
    assert Counter(copy.message_id for copy in sink.copies) == sent
    assert {letter["state"] for letter in mailing.json("outbox")["letters"]} == {"queued"}
    mailing.clock.turn_to(NOW)
    mailing.ok("outbox", "--release")
    mailing.ok("tick")
    assert Counter(copy.message_id for copy in sink.copies) == sent + sent, "the backup knows of none that was sent"
    assert len({copy.sha256 for copy in sink.copies}) == len(sent), "and each is the same letter"
