"""What belongs to the time after the end of a contract, and what leads up to it."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, drafted
from tracker.rules.clauses import Obligation
from tracker.rules.survival import Certificate, Obstacle, belongs_after

END = date(2026, 6, 30)
BEFORE, AFTER = date(2026, 6, 29), date(2026, 7, 1)
ROUND = {"due": "on period_end", "every": "1 month"}
GREETING = {"due": "on greeting", "holidays": ["mid-autumn"]}


def duty(**fields: Any) -> Obligation:
    (clause,) = drafted(bare(obligations=[{"code": "report", **fields}])).clauses
    assert isinstance(clause, Obligation)
    return clause


@pytest.mark.parametrize("ended", [END, None])
@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"due": "10 days after ended"}, True),
        ({"due": "on ended"}, True),
        ({"due": "10 days after end_intended"}, False),
        ({"due": "10 days after effective"}, False),
        ({"due": "on 2026-06-01"}, False),
        ({"due": "standing"}, False),
        ({**ROUND, "while": "after_end"}, True),
        ({**ROUND, "while": "always"}, False),
        ({**ROUND, "while": "in_force"}, False),
        ({**GREETING, "while": "after_end"}, True),
        ({**GREETING, "while": "always"}, False),
        ({"due": "perpetual", "every": "1 year", "while": "after_end"}, True),
    ],
)
def test_what_is_counted_from_the_end_or_comes_after_it_belongs_there(
    fields: dict[str, Any], after: bool, ended: date | None
) -> None:
    assert belongs_after(duty(**fields), None, None, ended) is after


@pytest.mark.parametrize(
    ("fields", "started", "after"),
    [
        ({"due": "10 days after service_requested"}, AFTER, True),
        ({"due": "10 days after service_requested"}, END, False),
        ({"due": "10 days after service_requested"}, BEFORE, False),
        ({**ROUND, "while": "always"}, AFTER, True),
        ({**ROUND, "while": "always"}, BEFORE, False),
        ({**GREETING, "while": "always"}, AFTER, True),
        ({**ROUND, "while": "in_force"}, AFTER, False),  # the last round, closed the day after
    ],
)
def test_what_starts_after_the_end_belongs_there_unless_it_comes_only_in_force(
    fields: dict[str, Any], started: date, after: bool
) -> None:
    assert belongs_after(duty(**fields), started, None, END) is after
    assert belongs_after(duty(**fields), started, None, None) is False, "no end is known"


@pytest.mark.parametrize(("lasts_to", "after"), [(AFTER, True), (END, False), (BEFORE, False)])
def test_a_duty_that_lasts_beyond_the_end_belongs_there(lasts_to: date, after: bool) -> None:
    support = duty(due="1 year after accepted", nature="until")
    assert belongs_after(support, BEFORE, lasts_to, END) is after
    assert belongs_after(support, BEFORE, lasts_to, None) is False, "no end is known"


def test_programs_know_what_stands_in_the_way_by_these_words() -> None:
    assert [obstacle.value for obstacle in Obstacle] == [
        *("no-end", "not-ended", "end-not-confirmed", "to-do", "to-show", "to-review", "disputed", "suspended"),
        *("left-over", "no-certificate", "certificate-unproven"),
    ]
    assert [certificate.value for certificate in Certificate] == ["not-asked", "missing", "unproven", "proven"]
