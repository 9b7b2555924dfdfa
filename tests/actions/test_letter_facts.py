"""What a reminder says, from the facts that were fixed when it was planned."""

from datetime import date

import pytest

from tracker.actions.letter_facts import reminder_of
from tracker.render.letter import headline
from tracker.render.texts import texts

_FACTS = {
    "action_day": "2026-01-23", "act_by": "2026-01-28", "legal": "2026-01-29",
    "contract_number": "1", "contract_title": "Lease", "counterparty": "", "clause": "", "method": "",
    "title": "Notice", "nature": "by", "amount": "", "certainty": "confirmed", "provisional": [], "explanation": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "side", "said"),
    [
        ("renewal-intention", "us", "2 days overdue: Notice (29 Jan 2026)"),
        ("renewal-intention", "them", "ended on 29 Jan 2026: Notice"),
        ("payment", "them", "2 days overdue: Notice (29 Jan 2026)"),
    ],
)
def test_a_letter_counts_a_delay_from_the_last_day_and_blames_nobody_for_an_unused_right(
    code: str, side: str, said: str
) -> None:
    words = texts("en")
    reminder = reminder_of({**_FACTS, "code": code, "side": side}, date(2026, 1, 31), words, "")
    assert headline(reminder, words) == said
