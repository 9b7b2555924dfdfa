"""Acting before the day from which a period is counted: possible where that day is known in advance, and only there."""

from datetime import date

import pytest

from tests.support.cast import bare, deadlines


@pytest.mark.parametrize(
    ("rule", "safe"),
    [
        ({"due": "on period_start", "every": "3 months", "first": "2026-10-01"}, "2026-09-30"),
        ({"due": "3 days after period_start", "every": "3 months", "first": "2026-10-01"}, "2026-09-30"),
        ({"due": "3 days after 2026-10-01"}, "2026-09-30"),
        # no report on a round before it is over, no payment before the bill is there
        ({"due": "3 days after period_end", "every": "1 month", "first": "2026-09-02"}, "2026-10-08"),
        ({"due": "3 days after invoice_received"}, "2026-10-08"),
    ],
)
def test_what_falls_into_a_long_holiday_is_done_before_it_where_that_is_possible(
    rule: dict[str, str], safe: str
) -> None:
    """Found by hand: rent due on the first of October was to be paid before the holiday, and rent due on the third day
    after it was not. All of 1 to 7 October is off."""
    billed = {"kind": "invoice_received", "day": "2026-10-01"}
    found = deadlines(bare(obligations=[{"code": "payment", **rule}]), "2026-09-01", billed)
    assert [str(deadline.act_by) for deadline in found.values() if deadline.legal == date(2026, 10, 8)] == [safe]
