"""One story for each duty that starts when a contract ends: rescinded on Wednesday 10 June 2026, half a year early.

19 to 21 June are off (Dragon Boat), 25 to 27 September and 1 to 7 October as well.
"""

from tests.rules.worked.day_walk import (
    act_after,
    act_at_end,
    act_before,
    days_after,
    lasts,
    months_after,
    working_days_after,
)
from tests.rules.worked.table import BY, STATE, UNTIL, row
from tests.stories.telling import fact, story

END = "2026-06-10"
ENDED = fact("ended", END, how="notice")

STORIES = (
    story(
        "customer-notice", {"due": "5 working days after ended"},
        row(
            "customer-notice/1", BY, "2026-06-17", "2026-06-17", act_after(END, 5, working_days_after),
            "Thursday 11, Friday 12, Monday 15, 16, and the fifth is Wednesday 17",
        ), ENDED,
    ),
    story(
        "service-continuity", {"due": "3 months after ended"},
        row("service-continuity/1", UNTIL, "2026-09-10", "2026-09-10", lasts(END, 3), "the same date"), ENDED,
    ),
    story(
        "customer-data-handover", {"due": "30 days after ended"},
        row(
            "customer-data-handover/1", BY, "2026-07-10", "2026-07-10", act_after(END, 30),
            "20 of June and 10 of July: Friday",
        ), ENDED,
    ),
    story(
        "after-sales", {"due": "12 months after ended", "pays": "the supplier"},
        row("after-sales/1", UNTIL, "2027-06-10", "2027-06-10", lasts(END, 12), "the same date, a year on"), ENDED,
    ),
    story(
        "complaint-channel", {"due": "6 months after ended"},
        row("complaint-channel/1", UNTIL, "2026-12-10", "2026-12-10", lasts(END, 6), "the same date"), ENDED,
    ),
    story(
        "ip-return", {"due": "20 days after ended"},
        row("ip-return/1", BY, "2026-06-30", "2026-06-30", act_after(END, 20), "Tuesday 30 June"), ENDED,
    ),
    story(
        "ip-licence-end", {"due": "90 days after ended"},
        row(
            "ip-licence-end/1", STATE, "2026-09-08", "2026-09-08", lasts(END, 90, days_after),
            "20 of June, 31 of July, 31 of August make 82; the 90th is 8 September",
        ), ENDED,
    ),
    story(
        "tech-support-tail", {"due": "6 months after ended"},
        row("tech-support-tail/1", UNTIL, "2026-12-10", "2026-12-10", lasts(END, 6), "the same date"), ENDED,
    ),
    story(
        "training-tail", {"due": "3 months after ended"},
        row("training-tail/1", UNTIL, "2026-09-10", "2026-09-10", lasts(END, 3), "the same date"), ENDED,
    ),
    story(
        "marketing-support", {"due": "2 months after ended"},
        row("marketing-support/1", UNTIL, "2026-08-10", "2026-08-10", lasts(END, 2), "the same date"), ENDED,
    ),
    story(
        "marketing-stop", {"due": "24 days after ended"},
        row(
            "marketing-stop/1", BY, "2026-07-06", "2026-07-03", act_after(END, 24),
            "20 of June and 4 of July: Saturday 4, so Monday 6, or Friday 3 to be safe", beside="2026-07-04",
        ), ENDED,
    ),
    story(
        "data-migration", {"due": "25 days after ended"},
        row(
            "data-migration/1", BY, "2026-07-06", "2026-07-03", act_after(END, 25),
            "Sunday 5 July: Monday 6, or Friday 3 to be safe", beside="2026-07-05",
        ), ENDED,
    ),
    story(
        "relationship-review",
        {"due": "on period_end", "every": "3 months", "while": "after_end", "until": "9 months"},
        row(
            "relationship-review/1", BY, "2026-09-10", "2026-09-10", act_at_end("2026-06-11", 3),
            "the first three months start on 11 June and end on Thursday 10 September",
        ), ENDED,
    ),
    story(
        "ending-notice", {"due": "3 working days after ended"},
        row(
            "ending-notice/1", BY, "2026-06-15", "2026-06-15", act_after(END, 3, working_days_after),
            "Thursday, Friday, Monday 15",
        ), ENDED,
    ),
    story(
        "ending-certificate", {"due": "15 days after ended"},
        row("ending-certificate/1", BY, "2026-06-25", "2026-06-25", act_after(END, 15), "Thursday 25 June"), ENDED,
    ),
    story(
        "asset-handover", {"due": "1 month after ended", "place": "the northern branch"},
        row("asset-handover/1", BY, "2026-07-10", "2026-07-10", act_after(END, 1, months_after), "Friday 10 July"),
        ENDED,
    ),
    story(
        "debt-settlement", {"due": "3 months after ended"},
        row(
            "debt-settlement/1", BY, "2026-09-10", "2026-09-10", act_after(END, 3, months_after),
            "Thursday 10 September",
        ), ENDED,
    ),
    story(
        "final-settlement", {"due": "9 days after ended"},
        row(
            "final-settlement/1", BY, "2026-06-22", "2026-06-18", act_after(END, 9),
            "Friday 19 June, the Dragon Boat Festival, is off until Sunday: Monday 22; if it did not move, Thursday 18",
            beside="2026-06-19",
        ), ENDED,
    ),
    story(
        "unfinished-business", {"due": "15 days before ended"},
        row(
            "unfinished-business/1", BY, "2026-05-26", "2026-05-25", act_before(END, 15),
            "10 and 5 back: Tuesday 26 May; with a clear day Monday 25", beside="2026-05-25",
        ), ENDED,
    ),
    story(
        "confidentiality-tail", {"due": "4 years after ended"},
        row("confidentiality-tail/1", UNTIL, "2030-06-10", "2030-06-10", lasts(END, 48), "the same date"), ENDED,
    ),
)  # fmt: skip
