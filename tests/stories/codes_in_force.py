"""One story for each code of a contract in force that an event starts. Days off in 2026: 1-3 January, 15-23 February,
4-6 April, 1-5 May, 19-21 June, 25-27 September, 1-7 October; worked in exchange are 4 January, 14 and 28 February,
9 May, 20 September and 10 October.
"""

from tests.rules.worked.day_walk import act_after, days_after, lasts, working_days_after
from tests.rules.worked.table import BY, UNTIL, row
from tests.stories.telling import fact, story

COURIER = [{"method": "courier", "allowance": "3 days"}]
NOTIFIED = {
    "delivery": COURIER,
    "obligations": [{"code": "change-notice", "side": "us", "due": "10 days after contract_change_proposed"}],
}

STORIES = (
    story(
        "payment", {"due": "10 days after invoice_received", "amount": "120000 CNY", "late_rate": "2%"},
        row(
            "payment/invoice_received-1", BY, "2026-05-06", "2026-04-30", act_after("2026-04-24", 10),
            "6 to the end of April, 4 of May: 4 May, off until the 5th, so Wednesday 6; if it did not move, Thursday "
            "30 April is the last day worked before it", beside="2026-05-04",
        ),
        fact("invoice_received", "2026-04-24"),
    ),
    story(
        "confidentiality-end", {"due": "3 years after confidential_disclosure"},
        row(
            "confidentiality-end/confidential_disclosure-1", UNTIL, "2029-02-28", "2029-02-28",
            lasts("2026-02-28", 36), "the same date three years on: a duty that lasts does not move",
        ),
        fact("confidential_disclosure", "2026-02-28", subject="trial data"), done_on="2029-03-01",
    ),
    story(
        "return-or-destroy", {"due": "10 working days after ended"},
        row(
            "return-or-destroy/1", BY, "2026-06-25", "2026-06-25", act_after("2026-06-10", 10, working_days_after),
            "11, 12; 15 to 18 make six; Friday 19 June is off; 22, 23, 24; the tenth is Thursday 25",
        ),
        fact("ended", "2026-06-10", how="notice"),
    ),
    story(
        "info-update", {"due": "3 working days after customer_info_changed"},
        row(
            "info-update/customer_info_changed-1", BY, "2026-09-22", "2026-09-22",
            act_after("2026-09-18", 3, working_days_after), "Sunday 20 September is worked: 20, 21, 22",
        ),
        fact("customer_info_changed", "2026-09-18", subject="Ruifeng"),
    ),
    story(
        "complaint-answer", {"due": "5 working days after complaint_received"},
        row(
            "complaint-answer/complaint_received-1", BY, "2026-05-09", "2026-05-09",
            act_after("2026-04-29", 5, working_days_after),
            "30 April; 1 to 5 May are off; 6, 7, 8; the fifth is Saturday 9 May, worked in exchange",
        ),
        fact("complaint_received", "2026-04-29", by="them", subject="Ruifeng"),
    ),
    story(
        "service-response", {"due": "2 working days after service_requested"},
        row(
            "service-response/service_requested-1", BY, "2026-09-29", "2026-09-29",
            act_after("2026-09-24", 2, working_days_after), "25 to 27 September are off; Monday 28, Tuesday 29",
        ),
        fact("service_requested", "2026-09-24"),
    ),
    story(
        "training", {"due": "45 days after effective"},
        row(
            "training/1", BY, "2026-02-24", "2026-02-14", act_after("2026-01-05", 45),
            "26 of January and 19 of February: Thursday 19, in the Spring Festival, so Tuesday 24; if it did not move, "
            "Saturday 14, which is worked", beside="2026-02-19",
        ),
    ),
    story(
        "delivery", {"due": "30 days after signed"},
        row("delivery/1", BY, "2026-02-04", "2026-02-04", act_after("2026-01-05", 30), "26 and 4: Wednesday"),
    ),
    story(
        "acceptance", {"due": "60 days after signed"},
        row("acceptance/1", BY, "2026-03-06", "2026-03-06", act_after("2026-01-05", 60), "26, 28 and 6: Friday"),
    ),
    story(
        "change-notice", NOTIFIED,
        row(
            "change-notice/contract_change_proposed-1", BY, "2026-06-22", "2026-06-18", act_after("2026-06-09", 10),
            "Friday 19 June is off until Sunday: Monday 22; if it did not move, Thursday 18. Three days on the way: "
            "sent on Monday 15", send_by="2026-06-15", beside="2026-06-19",
        ),
        fact("contract_change_proposed", "2026-06-09"), done_on="2026-06-15",
    ),
    story(
        "force-majeure-notice", {"due": "15 days after force_majeure"},
        row(
            "force-majeure-notice/force_majeure-1", BY, "2026-07-27", "2026-07-24", act_after("2026-07-10", 15),
            "Saturday 25 July: Monday 27, or Friday 24 to be safe", beside="2026-07-25",
        ),
        fact("force_majeure", "2026-07-10"),
    ),
    story(
        "incident-notice", {"due": "1 working day after personal_data_incident"},
        row(
            "incident-notice/personal_data_incident-1", BY, "2026-08-10", "2026-08-10",
            act_after("2026-08-07", 1, working_days_after), "the working day after Friday 7 August is Monday 10",
        ),
        fact("personal_data_incident", "2026-08-07"),
    ),
    story(
        "consent-record", {"due": "3 working days after consent_withdrawn"},
        row(
            "consent-record/consent_withdrawn-1", BY, "2026-10-13", "2026-10-13",
            act_after("2026-10-09", 3, working_days_after), "Saturday 10 October is worked: 10, 12, 13",
        ),
        fact("consent_withdrawn", "2026-10-09", subject="Ruifeng"),
    ),
    story(
        "sharing-end", {"due": "2 years after ended"},
        row("sharing-end/1", UNTIL, "2028-06-10", "2028-06-10", lasts("2026-06-10", 24), "the same date, two years on"),
        fact("ended", "2026-06-10", how="agreement"),
    ),
    story(
        "rescission-right-lapses", {"due": "1 year after ground_known"},
        row(
            "rescission-right-lapses/ground_known-1", BY, "2027-05-20", "2027-05-20", act_after("2026-05-20", 365),
            "Thursday 20 May 2027 (art. 564); that year's working days are not announced", provisional=(2027,),
        ),
        fact("ground_known", "2026-05-20"),
    ),
    story(
        "limitation", {"due": "3 years after overdue_payment"},
        row(
            "limitation/overdue_payment-1", BY, "2029-03-12", "2029-03-09", act_after("2026-03-10", 3 * 365 + 1),
            "10 March 2029 (art. 188) is a Saturday: Monday 12, or Friday 9 to be safe; one leap day lies between",
            beside="2029-03-10", provisional=(2029,),
        ),
        fact("overdue_payment", "2026-03-10"),
    ),
    story(
        "breach-cure", {"due": "30 days after breach_notice"},
        row(
            "breach-cure/breach_notice-1", BY, "2026-05-06", "2026-04-30", act_after("2026-04-01", 30),
            "29 of April and one of May: 1 May, off until the 5th", beside="2026-05-01",
        ),
        fact("breach_notice", "2026-04-01"),
    ),
    story(
        "late-payment", {"due": "5 days after overdue_payment", "amount": "30000 CNY", "late_rate": "2%"},
        row(
            "late-payment/overdue_payment-1", BY, "2026-07-13", "2026-07-10", act_after("2026-07-07", 5),
            "Sunday 12 July: Monday 13, or Friday 10 to be safe", beside="2026-07-12",
        ),
        fact("overdue_payment", "2026-07-07"),
    ),
    story(
        "dispute-negotiation", {"due": "30 days after dispute_raised"},
        row(
            "dispute-negotiation/dispute_raised-1", BY, "2026-10-08", "2026-09-30", act_after("2026-09-01", 30),
            "29 of September and one of October: the 1st, off until the 7th, so Thursday 8; if it did not move, "
            "Wednesday 30 September", beside="2026-10-01",
        ),
        fact("dispute_raised", "2026-09-01"),
    ),
    story(
        "insurance", {"due": "on 2026-12-15"},
        row(
            "insurance/1", UNTIL, "2026-12-15", "2026-12-15", lasts("2026-12-15", 0, days_after),
            "the date the contract names",
        ),
    ),
    story(
        "warranty", {"due": "1 year after accepted"},
        row(
            "warranty/accepted-1", UNTIL, "2027-03-20", "2027-03-20", lasts("2026-03-20", 12),
            "a Saturday: cover that lasts does not move",
        ),
        fact("accepted", "2026-03-20"),
    ),
    story(
        "document-on-file", {"due": "10 days after contract_change_signed"},
        row(
            "document-on-file/contract_change_signed-1", BY, "2026-06-08", "2026-06-05", act_after("2026-05-27", 10),
            "4 of May and 6 of June: Saturday 6, so Monday 8, or Friday 5 to be safe", beside="2026-06-06",
        ),
        fact("contract_change_signed", "2026-05-27"),
    ),
    story(
        "copies-custody", {"due": "10 days after signed"},
        row("copies-custody/1", BY, "2026-01-15", "2026-01-15", act_after("2026-01-05", 10), "Thursday 15 January"),
    ),
)  # fmt: skip
