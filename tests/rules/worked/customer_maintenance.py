"""The fourth worked contract: renewed by itself, from a leap day, with a different notice window for each side.

In force on 29 February 2024; the first day counts; one year, at most three renewals. Every end is counted from
29 February 2024: where the year has no such day, the term ends on 28 February as its month's last day; where it has
one (2028), on the day before it, which is the 28th again.

We may give notice between 90 and 30 days before an end, they up to 60 days before. Notice goes by courier, five days,
and counts when it arrives (art. 137).
"""

from typing import Any

from tests.rules.worked.day_walk import act_after, act_at_end, act_before, opens_before, term
from tests.rules.worked.table import BY, NOT_BEFORE, PROJECTED, STATE, UNCONFIRMED, row

DOCUMENT: dict[str, Any] = {
    "format": "contract/1",
    "number": "W-4",
    "title": "客户维护协议",
    "kind": "customer-maintenance",
    "language": "zh-Hans",
    "parties": [{"role": "A", "name": "华隆贸易有限公司"}, {"role": "B", "name": "沪江商贸有限公司", "us": True}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "effect": {"when": "2024-02-29"},
    "term": {"length": "1 year", "first_day_counts": True},
    "renewal": {
        "mode": "automatic",
        "cap": 3,
        "notice": [
            {"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"},
            {"side": "them", "at_least": "60 days"},
        ],
    },
    "delivery": [{"method": "courier", "allowance": "5 days"}],
    "obligations": [
        {"code": "payment", "side": "them", "due": "10 days after invoice_received"},
        {"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"},
    ],
    "facts": [
        {"kind": "invoice_received", "day": "2025-12-31"},
        {"kind": "invoice_received", "day": "2026-02-04"},
        {"kind": "invoice_received", "day": "2026-02-05"},
        {"kind": "invoice_received", "day": "2026-09-15"},
    ],
}

V = "follow-up-visit"
AS_IT_FALLS = "a working day: nothing moves"

TABLE = (
    row(
        "term-end/1", STATE, "2025-02-28", "2025-02-28", term("2024-02-29", 12),
        "February 2025 has no 29th whose eve it could be: the month's last day (art. 202)",
    ),
    row(
        "term-end/2", STATE, "2026-02-28", "2026-02-28", term("2024-02-29", 24),
        "two years from 29 February 2024; nobody objected, nobody confirmed", certainty=UNCONFIRMED,
    ),
    row(
        "term-end/3", STATE, "2027-02-28", "2027-02-28", term("2024-02-29", 36),
        "three years; a Sunday, and the end of a term never moves", certainty=UNCONFIRMED,
    ),
    row(
        "term-end/4", STATE, "2028-02-28", "2028-02-28", term("2024-02-29", 48),
        "four years: 2028 has a 29 February, so the day before it. The third renewal is the last: no notice is needed",
        certainty=PROJECTED,
    ),
    # Ours, towards the first end.
    row(
        "renewal-window-opens.us/1", NOT_BEFORE, "2024-11-30", "2024-12-02", opens_before("2025-02-28", 90),
        "28, 31 and 31 days are 90 back to 30 November, a Saturday: safe from Monday. One day earlier only if the days "
        "had to be clear",
        beside="2024-11-29",
    ),
    row(
        "renewal-intention.us/1", BY, "2025-01-29", "2025-01-27", act_before("2025-02-28", 30),
        "28 and 2 back to 29 January, in the Spring Festival. Clear days: the 28th, its first day; so Monday 27. The "
        "courier takes five days: sent on Wednesday 22",
        send_by="2025-01-22", beside="2025-01-28",
    ),
    row(
        "renewal-intention.them/1", BY, "2024-12-30", "2024-12-27", act_before("2025-02-28", 60),
        "59 days back to 31 December, one more is Monday 30. Clear days: Sunday 29, so Friday 27. Five days before is "
        "Sunday 22; sent on Friday 20",
        send_by="2024-12-20", beside="2024-12-29",
    ),
    # Towards the second.
    row(
        "renewal-window-opens.us/2", NOT_BEFORE, "2025-11-30", "2025-12-01", opens_before("2026-02-28", 90),
        "a Sunday: safe from Monday", beside="2025-11-29", certainty=UNCONFIRMED,
    ),
    row(
        "renewal-intention.us/2", BY, "2026-01-29", "2026-01-28", act_before("2026-02-28", 30),
        "Thursday; clear days: Wednesday 28; sent on Friday 23",
        send_by="2026-01-23", beside="2026-01-28", certainty=UNCONFIRMED,
    ),
    row(
        "renewal-intention.them/2", BY, "2025-12-30", "2025-12-29", act_before("2026-02-28", 60),
        "Tuesday; clear days: Monday 29; sent on Wednesday 24",
        send_by="2025-12-24", beside="2025-12-29", certainty=UNCONFIRMED,
    ),
    # Towards the third.
    row(
        "renewal-window-opens.us/3", NOT_BEFORE, "2026-11-30", "2026-11-30", opens_before("2027-02-28", 90),
        "a Monday", beside="2026-11-29", certainty=UNCONFIRMED,
    ),
    row(
        "renewal-intention.us/3", BY, "2027-01-29", "2027-01-28", act_before("2027-02-28", 30),
        "Friday; clear days: Thursday 28; five days before is Saturday 23, so sent on Friday 22 by what the week says",
        send_by="2027-01-22", beside="2027-01-28", certainty=UNCONFIRMED, provisional=(2027,),
    ),
    row(
        "renewal-intention.them/3", BY, "2026-12-30", "2026-12-29", act_before("2027-02-28", 60),
        "Wednesday; clear days: Tuesday 29; sent on Thursday 24, all within the announced year",
        send_by="2026-12-24", beside="2026-12-29", certainty=UNCONFIRMED,
    ),
    # The fee, ten days after each invoice.
    row(
        "payment/invoice_received-1", BY, "2026-01-12", "2026-01-09", act_after("2025-12-31", 10),
        "Saturday 10 January: on to Monday, back to Friday", beside="2026-01-10",
    ),
    row(
        "payment/invoice_received-2", BY, "2026-02-14", "2026-02-14", act_after("2026-02-04", 10),
        "Saturday 14 February is worked: nothing moves",
    ),
    row(
        "payment/invoice_received-3", BY, "2026-02-24", "2026-02-14", act_after("2026-02-05", 10),
        "one day later it is the Spring Festival: on to Tuesday 24, back to the worked Saturday", beside="2026-02-15",
    ),
    row(
        "payment/invoice_received-4", BY, "2026-09-28", "2026-09-24", act_after("2026-09-15", 10),
        "Friday 25 September is Mid-Autumn, off to Sunday: on to Monday 28, back to Thursday 24", beside="2026-09-25",
    ),
    # Visits: quarters counted from 29 February 2024, so their last days are the 28th and never drift.
    row(f"{V}/1", BY, "2024-05-28", "2024-05-28", act_at_end("2024-02-29", 3), AS_IT_FALLS),
    row(f"{V}/2", BY, "2024-08-28", "2024-08-28", act_at_end("2024-02-29", 6), AS_IT_FALLS),
    row(f"{V}/3", BY, "2024-11-28", "2024-11-28", act_at_end("2024-02-29", 9), AS_IT_FALLS),
    row(f"{V}/4", BY, "2025-02-28", "2025-02-28", act_at_end("2024-02-29", 12), AS_IT_FALLS),
    row(f"{V}/5", BY, "2025-05-28", "2025-05-28", act_at_end("2024-02-29", 15), AS_IT_FALLS, certainty=UNCONFIRMED),
    row(f"{V}/6", BY, "2025-08-28", "2025-08-28", act_at_end("2024-02-29", 18), AS_IT_FALLS, certainty=UNCONFIRMED),
    row(f"{V}/7", BY, "2025-11-28", "2025-11-28", act_at_end("2024-02-29", 21), AS_IT_FALLS, certainty=UNCONFIRMED),
    row(
        f"{V}/8", BY, "2026-02-28", "2026-02-28", act_at_end("2024-02-29", 24),
        "a Saturday that is worked: nothing moves", certainty=UNCONFIRMED,
    ),
    row(f"{V}/9", BY, "2026-05-28", "2026-05-28", act_at_end("2024-02-29", 27), AS_IT_FALLS, certainty=UNCONFIRMED),
    row(f"{V}/10", BY, "2026-08-28", "2026-08-28", act_at_end("2024-02-29", 30), AS_IT_FALLS, certainty=UNCONFIRMED),
    row(
        f"{V}/11", BY, "2026-11-30", "2026-11-27", act_at_end("2024-02-29", 33),
        "a Saturday: on to Monday, back to Friday", beside="2026-11-28", certainty=UNCONFIRMED,
    ),
    row(
        f"{V}/12", BY, "2027-03-01", "2027-02-26", act_at_end("2024-02-29", 36),
        "a Sunday: on to Monday, back to Friday", beside="2027-02-28", certainty=UNCONFIRMED, provisional=(2027,),
    ),
    row(
        f"{V}/13", BY, "2027-05-28", "2027-05-28", act_at_end("2024-02-29", 39),
        "a Friday", certainty=PROJECTED, provisional=(2027,),
    ),
    row(
        f"{V}/14", BY, "2027-08-30", "2027-08-27", act_at_end("2024-02-29", 42),
        "a Saturday: on to Monday, back to Friday", beside="2027-08-28", certainty=PROJECTED, provisional=(2027,),
    ),
    row(
        f"{V}/15", BY, "2027-11-29", "2027-11-26", act_at_end("2024-02-29", 45),
        "a Sunday: on to Monday, back to Friday", beside="2027-11-28", certainty=PROJECTED, provisional=(2027,),
    ),
    row(
        f"{V}/16", BY, "2028-02-28", "2028-02-28", act_at_end("2024-02-29", 48),
        "a Monday", certainty=PROJECTED, provisional=(2028,),
    ),
)  # fmt: skip
