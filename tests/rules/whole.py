"""A whole deadline in the words of the tests."""

from typing import Any

from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Side
from tracker.rules.readings import Nature


def plain(deadline: Deadline) -> dict[str, Any]:
    """What a deadline says, but for the steps and readings of its count."""
    names = (
        *("clause", "code", "occurrence", "side", "nature", "legal", "act_by", "send_by", "target", "title"),
        *("certainty", "provisional", "amount", "waits_for", "met_by", "met_on"),
    )
    usual = Deadline("", "", "", "", Side.BOTH, Nature.BY)
    values = {name: getattr(deadline, name) for name in names}
    return {name: value for name, value in values.items() if value != getattr(usual, name)}
