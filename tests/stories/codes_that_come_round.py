"""One story for each date of the term and for each code that comes round. Days off in 2026: 1-3 January, 15-23
February, 4-6 April, 1-5 May, 19-21 June, 25-27 September, 1-7 October.
"""

from tests.rules.worked.day_walk import act_after, act_at_end, act_before, days_after, lasts, opens_before, term
from tests.rules.worked.table import BY, NOT_BEFORE, STATE, row
from tests.stories.telling import fact, story

WINDOW = {"side": "us", "at_least": "60 days", "not_earlier_than": "120 days"}
RENEWAL = {"renewal": {"mode": "agreement", "notice": [WINDOW], "formalities": "15 days"}}
LEAVING = {"termination": [{"key": "leaving", "side": "us", "notice": "30 days"}]}

STORIES = (
    story(
        "renewal-window-opens", RENEWAL,
        row(
            "renewal-window-opens.us/1", NOT_BEFORE, "2026-09-06", "2026-09-07", opens_before("2027-01-04", 120),
            "back from 4 January: 4 to the end of December, 31 December, 30 November, 31 October make 96 on 30 "
            "September; 24 more are Sunday 6 September. Nothing is safe before the Monday",
        ),
    ),
    story(
        "renewal-intention", RENEWAL,
        row(
            "renewal-intention.us/1", BY, "2026-11-05", "2026-11-04", act_before("2027-01-04", 60),
            "4, 31 of December make 35 on 30 November; 25 more are Thursday 5 November; one clear day more: Wednesday",
        ),
    ),
    story(
        "renewal-formalities", RENEWAL,
        row(
            "renewal-formalities/1", BY, "2026-12-20", "2026-12-18", act_before("2027-01-04", 15),
            "4 and 11 back: Sunday 20 December; with a clear day Saturday 19; the working day before is Friday 18",
        ),
    ),
    story(
        "term-end", RENEWAL,
        row(
            "term-end/1", STATE, "2027-01-04", "2027-01-04", term("2026-01-05", 12),
            "a year whose first day, 5 January 2026, counts",
        ),
    ),
    story(
        "termination-notice", LEAVING,
        row(
            "termination-notice.leaving/end_intended-1", BY, "2026-08-01", "2026-07-31", act_before("2026-08-31", 30),
            "31 less 30: Saturday 1 August, which does not move on; with a clear day Friday 31 July",
        ),
        fact("end_intended", "2026-08-31"), done_on="2026-07-20",
    ),
    story(
        "follow-up-visit", {"due": "on period_end", "every": "3 months"},
        row(
            "follow-up-visit/1", BY, "2026-04-07", "2026-04-03", act_at_end("2026-01-05", 3),
            "the first quarter ends on Saturday 4 April; off until Monday 6, so Tuesday 7; if it did not move, Friday "
            "3", beside="2026-04-04",
        ),
    ),
    story(
        "satisfaction-survey", {"due": "on period_end", "every": "6 months"},
        row(
            "satisfaction-survey/1", BY, "2026-07-06", "2026-07-03", act_at_end("2026-01-05", 6),
            "the half-year ends on Saturday 4 July: Monday 6, or Friday 3 to be safe", beside="2026-07-04",
        ),
    ),
    story(
        "customer-care", {"due": "on greeting", "holidays": ["mid-autumn"]},
        row(
            "customer-care/2026-mid-autumn", BY, "2026-09-25", "2026-09-25", lasts("2026-09-25", 0, days_after),
            "the 15th of the eighth month is Friday 25 September 2026: a day off, on which people are greeted all the "
            "same",
        ),
    ),
    story(
        "report", {"due": "10 days after period_end", "every": "1 quarter"},
        row(
            "report/1", BY, "2026-04-14", "2026-04-14", act_after("2026-04-04", 10),
            "the quarter ends on 4 April itself; ten days on is Tuesday 14",
        ),
    ),
    story(
        "data-maintenance", {"due": "on period_end", "every": "1 month"},
        row(
            "data-maintenance/1", BY, "2026-02-04", "2026-02-04", act_at_end("2026-01-05", 1),
            "the first month ends on Wednesday 4 February",
        ),
    ),
    story(
        "support", {"due": "standing", "every": "6 months"},
        row(
            "support/1", BY, "2026-07-06", "2026-07-03", act_at_end("2026-01-05", 6),
            "a standing duty has no day of its own; it is looked at when the half-year ends, on Saturday 4 July",
            beside="2026-07-04",
        ),
    ),
    story(
        "channel-check", {"due": "on period_end", "every": "4 months"},
        row(
            "channel-check/1", BY, "2026-05-06", "2026-04-30", act_at_end("2026-01-05", 4),
            "Monday 4 May is off until the 5th: Wednesday 6; if it did not move, Thursday 30 April",
            beside="2026-05-04",
        ),
    ),
    story(
        "classification-review", {"due": "on period_end", "every": "2 months"},
        row(
            "classification-review/1", BY, "2026-03-04", "2026-03-04", act_at_end("2026-01-05", 2),
            "two months end on Wednesday 4 March",
        ),
    ),
)  # fmt: skip
