"""The first worked contract: a CRM implementation contract in force once everything runs, renewed only by agreement.

Signed on the leap day 29 February 2024, it takes effect when the last of three conditions is met, on 18 March 2024. Its
words give three years without saying whether the first day counts, so both ends are kept: 17 March 2027 as contracts
are drafted, 18 March 2027 as art. 201 reads strictly. Everything counted back starts from the earlier, which is safe.

2027 has not been announced: whatever depends on its working days is provisional.
"""

from typing import Any

from tests.rules.worked.day_walk import act_after, act_at_end, act_before, term, working_days_after
from tests.rules.worked.table import BY, STATE, row

DOCUMENT: dict[str, Any] = {
    "format": "contract/1",
    "number": "W-1",
    "title": "客户关系管理规范实施合同",
    "kind": "crm-implementation",
    "language": "zh-Hans",
    "parties": [{"role": "A", "name": "沪江商贸有限公司", "us": True}, {"role": "B", "name": "明远软件有限公司"}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "effect": {"conditions": ["installed", "debugged", "trained"]},
    "term": {"length": "3 years"},
    "renewal": {"mode": "agreement", "notice": [{"side": "both", "at_least": "60 days"}], "formalities": "15 days"},
    "termination": [{"notice": "30 days"}],
    "obligations": [
        {
            "code": "payment",
            "side": "us",
            "due": "10 days before period_end",
            "every": "1 year",
            "amount": "120000 CNY",
            "late_rate": "2%",
        },
        {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"},
        {"code": "info-update", "side": "us", "due": "3 working days after customer_info_changed"},
        {"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"},
        {"code": "report", "side": "them", "due": "10 days after period_end", "every": "3 months"},
    ],
    "facts": [
        {"kind": "signed", "day": "2024-02-29"},
        {"kind": "condition_met", "subject": "installed", "day": "2024-03-10"},
        {"kind": "condition_met", "subject": "debugged", "day": "2024-03-12"},
        {"kind": "condition_met", "subject": "trained", "day": "2024-03-18"},
        {"kind": "complaint_received", "subject": "Hualong", "day": "2024-04-25"},
        {"kind": "complaint_received", "subject": "Ruifeng", "day": "2025-09-26"},
        {"kind": "complaint_received", "subject": "Hualong", "day": "2026-02-12"},
        {"kind": "customer_info_changed", "subject": "Ruifeng", "day": "2024-09-13"},
        {"kind": "customer_info_changed", "subject": "Hualong", "day": "2026-10-08"},
    ],
}

LEAVING = {"kind": "end_intended", "day": "2026-12-31"}
"""What would be recorded if somebody wanted to leave early."""

Q, R = "follow-up-visit", "report"
AS_IT_FALLS = "a working day: nothing moves"

TABLE = (
    row(
        "term-end/1", STATE, "2027-03-17", "2027-03-17", term("2024-03-18", 36),
        "three years whose first day counts end on the day before 18 March comes round; strictly (art. 201) on the day "
        "itself. The end of a term never moves",
        beside="2027-03-18",
    ),
    row(
        "renewal-intention.both/1", BY, "2027-01-16", "2027-01-15", act_before("2027-03-17", 60),
        "17 days of March and 28 of February make 45 back to 31 January, 15 more are 16 January, a Saturday. Counted "
        "back it never moves on; with clear days it is Friday the 15th, which is worked",
        beside="2027-01-15", provisional=(2027,),
    ),
    row(
        "renewal-formalities/1", BY, "2027-03-02", "2027-03-01", act_before("2027-03-17", 15),
        "17 less 15; clear days: Monday 1 March",
        beside="2027-03-01", provisional=(2027,),
    ),
    row(
        "payment/1", BY, "2025-03-07", "2025-03-06", act_before("2025-03-17", 10),
        "the first year of service ends on 17 March 2025; 10 back is Friday the 7th; clear days: Thursday",
        beside="2025-03-06",
    ),
    row(
        "payment/2", BY, "2026-03-07", "2026-03-06", act_before("2026-03-17", 10),
        "Saturday 7 March: counted back, so not moved on to Monday; clear days and a working day: Friday",
        beside="2026-03-06",
    ),
    row(
        "payment/3", BY, "2027-03-07", "2027-03-05", act_before("2027-03-17", 10),
        "Sunday 7 March; clear days are Saturday the 6th, so the working day before: Friday the 5th",
        beside="2027-03-06", provisional=(2027,),
    ),
    row(
        "complaint-answer/complaint_received-1", BY, "2024-05-06", "2024-05-06",
        act_after("2024-04-25", 5, working_days_after),
        "Fri 26; Sunday 28 April is worked; 29; 30; 1 to 5 May are off; the fifth is Monday 6 May",
    ),
    row(
        "complaint-answer/complaint_received-2", BY, "2025-10-10", "2025-10-10",
        act_after("2025-09-26", 5, working_days_after),
        "Sunday 28 September is worked; 29; 30; 1 to 8 October are off; 9; the fifth is Friday 10 October",
    ),
    row(
        "complaint-answer/complaint_received-3", BY, "2026-02-26", "2026-02-26",
        act_after("2026-02-12", 5, working_days_after),
        "Fri 13; Saturday 14 February is worked; 15 to 23 are off; 24; 25; the fifth is Thursday 26",
    ),
    row(
        "info-update/customer_info_changed-1", BY, "2024-09-19", "2024-09-19",
        act_after("2024-09-13", 3, working_days_after),
        "Saturday 14 September is worked; 15 to 17 are off; Wed 18; the third is Thursday 19",
    ),
    row(
        "info-update/customer_info_changed-2", BY, "2026-10-12", "2026-10-12",
        act_after("2026-10-08", 3, working_days_after),
        "Fri 9; Saturday 10 October is worked; Sunday is not; the third is Monday 12",
    ),
    # Quarters run from 18 March 2024, each counted from there: their last days are the 17th.
    row(f"{Q}/1", BY, "2024-06-17", "2024-06-17", act_at_end("2024-03-18", 3), AS_IT_FALLS),
    row(
        f"{Q}/2", BY, "2024-09-18", "2024-09-14", act_at_end("2024-03-18", 6),
        "17 September is Mid-Autumn: the law moves on to Wednesday 18 (art. 203). If it did not, 16 and 15 are off as "
        "well and Saturday 14 is worked",
        beside="2024-09-17",
    ),
    row(f"{Q}/3", BY, "2024-12-17", "2024-12-17", act_at_end("2024-03-18", 9), AS_IT_FALLS),
    row(f"{Q}/4", BY, "2025-03-17", "2025-03-17", act_at_end("2024-03-18", 12), AS_IT_FALLS),
    row(f"{Q}/5", BY, "2025-06-17", "2025-06-17", act_at_end("2024-03-18", 15), AS_IT_FALLS),
    row(f"{Q}/6", BY, "2025-09-17", "2025-09-17", act_at_end("2024-03-18", 18), AS_IT_FALLS),
    row(f"{Q}/7", BY, "2025-12-17", "2025-12-17", act_at_end("2024-03-18", 21), AS_IT_FALLS),
    row(f"{Q}/8", BY, "2026-03-17", "2026-03-17", act_at_end("2024-03-18", 24), AS_IT_FALLS),
    row(f"{Q}/9", BY, "2026-06-17", "2026-06-17", act_at_end("2024-03-18", 27), AS_IT_FALLS),
    row(f"{Q}/10", BY, "2026-09-17", "2026-09-17", act_at_end("2024-03-18", 30), AS_IT_FALLS),
    row(f"{Q}/11", BY, "2026-12-17", "2026-12-17", act_at_end("2024-03-18", 33), AS_IT_FALLS),
    row(f"{Q}/12", BY, "2027-03-17", "2027-03-17", act_at_end("2024-03-18", 36), "a Wednesday", provisional=(2027,)),
    # A report ten days after each quarter.
    row(f"{R}/1", BY, "2024-06-27", "2024-06-27", act_after("2024-06-17", 10), AS_IT_FALLS),
    row(f"{R}/2", BY, "2024-09-27", "2024-09-27", act_after("2024-09-17", 10), "from the 17th, not the moved 18th"),
    row(f"{R}/3", BY, "2024-12-27", "2024-12-27", act_after("2024-12-17", 10), AS_IT_FALLS),
    row(f"{R}/4", BY, "2025-03-27", "2025-03-27", act_after("2025-03-17", 10), AS_IT_FALLS),
    row(f"{R}/5", BY, "2025-06-27", "2025-06-27", act_after("2025-06-17", 10), AS_IT_FALLS),
    row(
        f"{R}/6", BY, "2025-09-28", "2025-09-26", act_after("2025-09-17", 10),
        "Saturday 27 September is off but Sunday 28 is worked: the law moves on to the Sunday; prudence back to Friday",
        beside="2025-09-27",
    ),
    row(
        f"{R}/7", BY, "2025-12-29", "2025-12-26", act_after("2025-12-17", 10),
        "Saturday 27 December: on to Monday, back to Friday", beside="2025-12-27",
    ),
    row(f"{R}/8", BY, "2026-03-27", "2026-03-27", act_after("2026-03-17", 10), AS_IT_FALLS),
    row(
        f"{R}/9", BY, "2026-06-29", "2026-06-26", act_after("2026-06-17", 10),
        "Saturday 27 June: on to Monday, back to Friday", beside="2026-06-27",
    ),
    row(
        f"{R}/10", BY, "2026-09-28", "2026-09-24", act_after("2026-09-17", 10),
        "Sunday 27 September is the last of three days of Mid-Autumn: on to Monday, back past 26 and 25 to Thursday 24",
        beside="2026-09-27",
    ),
    row(
        f"{R}/11", BY, "2026-12-28", "2026-12-25", act_after("2026-12-17", 10),
        "Sunday 27 December: on to Monday, back to Friday (not a holiday in China)", beside="2026-12-27",
    ),
    row(
        f"{R}/12", BY, "2027-03-29", "2027-03-26", act_after("2027-03-17", 10),
        "Saturday 27 March: on to Monday, back to Friday", beside="2027-03-27", provisional=(2027,),
    ),
)  # fmt: skip

LEAVING_TABLE = (
    row(
        "termination-notice.termination-1/end_intended-1", BY, "2026-12-01", "2026-11-30",
        act_before("2026-12-31", 30),
        "31 less 30 is Tuesday 1 December; clear days: Monday 30 November",
        beside="2026-11-30",
    ),
)  # fmt: skip
