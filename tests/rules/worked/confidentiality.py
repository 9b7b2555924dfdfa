"""The second worked contract: a confidentiality agreement whose secrets outlive it.

Signed and in force on 31 May 2023 for two years, not renewed. Whether the first day counts is not said: it ends on
30 May 2025 as contracts are drafted, on 31 May 2025 read strictly. Nobody recorded the end, so what hangs on it is
unconfirmed; and a duty that lasts is safe only when counted from the later of the two ends.
"""

from typing import Any

from tests.rules.worked.day_walk import act_after, lasts, term, working_days_after
from tests.rules.worked.table import BY, STATE, UNCONFIRMED, UNTIL, row

DOCUMENT: dict[str, Any] = {
    "format": "contract/1",
    "number": "W-2",
    "title": "客户保密协议",
    "kind": "confidentiality",
    "language": "zh-Hans",
    "parties": [{"role": "A", "name": "瑞丰制药有限公司"}, {"role": "B", "name": "沪江商贸有限公司", "us": True}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "term": {"length": "2 years"},
    "renewal": {"mode": "none"},
    "obligations": [
        {"code": "confidentiality-end", "side": "us", "due": "3 years after ended"},
        {
            "code": "confidentiality-end",
            "key": "trial-data",
            "title": "试验数据保密期满",
            "side": "us",
            "due": "5 years after confidential_disclosure",
        },
        {"code": "return-or-destroy", "side": "us", "due": "10 working days after ended"},
    ],
    "facts": [
        {"kind": "signed", "day": "2023-05-31"},
        {"kind": "confidential_disclosure", "subject": "trial data I", "day": "2023-08-31"},
        {"kind": "confidential_disclosure", "subject": "trial data II", "day": "2024-02-29"},
    ],
}

TABLE = (
    row(
        "term-end/1", STATE, "2025-05-30", "2025-05-30", term("2023-05-31", 24),
        "two years whose first day counts end on the day before 31 May comes round; strictly on 31 May",
        beside="2025-05-31",
    ),
    row(
        "confidentiality-end/1", UNTIL, "2028-05-30", "2028-05-31", lasts("2025-05-30", 36, later="2025-05-31"),
        "three years from the end on 30 May 2025. The duty is ours and lasts, so the later end is the safe one: if the "
        "contract ended on 31 May, a disclosure on 31 May 2028 would still be a breach",
        beside="2028-05-31", certainty=UNCONFIRMED,
    ),
    row(
        "trial-data/confidential_disclosure-1", UNTIL, "2028-08-31", "2028-08-31", lasts("2023-08-31", 60),
        "five years from this disclosure: the same date",
    ),
    row(
        "trial-data/confidential_disclosure-2", UNTIL, "2029-02-28", "2029-02-28", lasts("2024-02-29", 60),
        "five years from 29 February 2024: February 2029 has no 29th, so its last day (art. 202)",
    ),
    row(
        "return-or-destroy/1", BY, "2025-06-16", "2025-06-16", act_after("2025-05-30", 10, working_days_after),
        "31 May to 2 June 2025 are off (Dragon Boat); 3 June is the first, 6 June the fourth, 13 June the ninth, "
        "Monday 16 June the tenth. From 31 May it is the same day",
        certainty=UNCONFIRMED,
    ),
)  # fmt: skip

ENDED = {"kind": "ended", "day": "2025-05-30", "how": "expiry"}
"""What would be recorded to confirm the end."""

ENDED_TABLE = (
    row(
        "confidentiality-end/1", UNTIL, "2028-05-30", "2028-05-30", lasts("2025-05-30", 36),
        "the parties have agreed which day it ended on: no doubt is left",
    ),
    row(
        "return-or-destroy/1", BY, "2025-06-16", "2025-06-16", act_after("2025-05-30", 10, working_days_after),
        "as before, now confirmed",
    ),
)  # fmt: skip
