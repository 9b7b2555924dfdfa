"""Answering reminders from the command line."""

import pytest

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD
from tests.cli.test_deadlines import key

ANA = ("--as", "ana@acme.example")
DOCUMENT = GOOD[: GOOD.index("obligations:")] + "obligations:\n  - {code: training, side: us, due: on 2026-06-10}\n"


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    """An instance with a contract of Ana's."""
    shell.ok(*ANA, "import", shell.write("training.yaml", DOCUMENT))
    return shell


def test_a_reminder_is_answered(stocked: Shell) -> None:
    training = key(stocked, "training/1")
    assert stocked.ok(*ANA, "answer", training, "--in-hand").startswith("in hand: S-7")
    assert stocked.ok(*ANA, "answer", training, "--later", "2026-06-08").startswith("put off until 2026-06-08: S-7")
    assert stocked.ok(*ANA, "answer", training, "--not-mine").startswith("not theirs: S-7")


def test_what_cannot_be_said_is_refused(stocked: Shell) -> None:
    training = key(stocked, "training/1")
    assert "not past the last day" in stocked.refused(*ANA, "answer", training, "--later", "2029-01-01")
    assert "--in-hand" in stocked.refused(*ANA, "answer", training)
    assert "--in-hand" in stocked.refused(*ANA, "answer", training, "--in-hand", "--later", "2026-06-08")


def test_the_operator_has_it_in_hand_but_has_no_reminders(stocked: Shell) -> None:
    training = key(stocked, "training/1")
    assert "--as EMAIL" in stocked.refused("answer", training, "--not-mine")
    assert stocked.ok("answer", training, "--in-hand").startswith("in hand:")
