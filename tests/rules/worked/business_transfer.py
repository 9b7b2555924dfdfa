"""The third worked contract: what is left to do after a transfer agreement was rescinded on a Saturday.

Rescinded on Saturday 31 January 2026. The day itself is not counted (art. 201). The Spring Festival of 2026 is off from
15 to 23 February; Saturday 14 and Saturday 28 February are worked.
"""

from typing import Any

from tests.rules.worked.day_walk import act_after, days_after, lasts, months_after, working_days_after
from tests.rules.worked.table import BY, STATE, UNTIL, row

DOCUMENT: dict[str, Any] = {
    "format": "contract/1",
    "number": "W-3",
    "title": "业务转让协议",
    "kind": "business-transfer",
    "language": "zh-Hans",
    "parties": [{"role": "A", "name": "沪江商贸有限公司", "us": True}, {"role": "B", "name": "华隆贸易有限公司"}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "obligations": [
        {"code": "customer-notice", "side": "us", "due": "5 working days after ended"},
        {"code": "data-migration", "side": "us", "due": "30 days after ended"},
        {"code": "asset-handover", "side": "us", "due": "1 month after ended"},
        {"code": "tech-support-tail", "side": "us", "due": "6 months after ended"},
        {"code": "after-sales", "side": "us", "due": "12 months after ended"},
        {"code": "ip-licence-end", "side": "both", "due": "90 days after ended"},
        {"code": "ending-certificate", "side": "both", "due": "15 days after ended"},
        {"code": "debt-settlement", "side": "both", "due": "3 months after ended"},
        {"code": "confidentiality-tail", "side": "both", "due": "5 years after ended"},
        {
            "code": "service-response",
            "title": "答复客户询问",
            "side": "us",
            "due": "及时 after service_requested",
            "target": "3 working days",
        },
    ],
    "facts": [
        {"kind": "signed", "day": "2025-01-15"},
        {"kind": "ended", "day": "2026-01-31", "how": "notice"},
        {"kind": "service_requested", "subject": "a customer of the northern branch", "day": "2026-02-12"},
    ],
}

TABLE = (
    row(
        "customer-notice/1", BY, "2026-02-06", "2026-02-06", act_after("2026-01-31", 5, working_days_after),
        "Sunday 1 February is off; Monday 2 is the first, Friday 6 the fifth",
    ),
    row(
        "data-migration/1", BY, "2026-03-02", "2026-03-02", act_after("2026-01-31", 30),
        "28 days of February and two of March: Monday 2 March",
    ),
    row(
        "asset-handover/1", BY, "2026-02-28", "2026-02-28", act_after("2026-01-31", 1, months_after),
        "February has no 31st, so its last day (art. 202): Saturday 28, which is worked, so nothing moves",
    ),
    row(
        "tech-support-tail/1", UNTIL, "2026-07-31", "2026-07-31", lasts("2026-01-31", 6),
        "the same date, six months on",
    ),
    row(
        "after-sales/1", UNTIL, "2027-01-31", "2027-01-31", lasts("2026-01-31", 12),
        "a Sunday: a duty that lasts does not move, so it does not matter that 2027 is not announced",
    ),
    row(
        "ip-licence-end/1", STATE, "2026-05-01", "2026-05-01", lasts("2026-01-31", 90, days_after),
        "28 of February, 31 of March and 30 of April are 89; the 90th is 1 May. A holiday, but a right that ends does "
        "not move",
    ),
    row(
        "ending-certificate/1", BY, "2026-02-24", "2026-02-14", act_after("2026-01-31", 15),
        "Sunday 15 February is the first day of the Spring Festival: the law moves on to Tuesday 24; if it did not, "
        "Saturday 14 is worked",
        beside="2026-02-15",
    ),
    row(
        "debt-settlement/1", BY, "2026-04-30", "2026-04-30", act_after("2026-01-31", 3, months_after),
        "April has no 31st: Thursday 30 April, counted from the end and not by way of 28 February",
    ),
    row(
        "confidentiality-tail/1", UNTIL, "2031-01-31", "2031-01-31", lasts("2026-01-31", 60),
        "five years on, the same date",
    ),
    row(
        "service-response/service_requested-1", BY, "", "", None,
        "“promptly” has no number: no legal day can be given (art. 511(4)). The team aims at three working days: "
        "13; Saturday 14; 15 to 23 are off; the third is 24 February",
        target="2026-02-24",
    ),
)  # fmt: skip
