"""One story for each kind of contract: what is filled into its blanks, what it has to bring, some of its days by hand.

Everything is signed on Monday 5 January 2026; the first day of a term counts. Working days of 2026 as in the stories of
codes; of later years only the week is known.
"""

from tests.stories.kind_story import AFTER_THE_END, THIRD_PARTY, of
from tests.stories.telling import fact

STORIES = (
    of(
        "customer-service",
        "term renewal termination payment service-response complaint-answer follow-up-visit support breach-cure "
        "confidentiality-end final-settlement",
        {"fee": "12000 CNY"},
        fact("service_requested", "2026-02-12"),
        fact("complaint_received", "2026-04-29", subject="Ruifeng"),
        days={
            "term-end/1": "2027-01-04",
            "renewal-intention.both/1": "2026-11-05",  # 4 of January, 31 of December, 25 of November back
            "payment/1": "2026-12-25",  # 10 days before 4 January
            "service-response/service_requested-1": "2026-02-14",  # Friday, and a Saturday that is worked
            "complaint-answer/complaint_received-1": "2026-05-09",  # 30 April; 6, 7, 8, and Saturday 9 is worked
            "follow-up-visit/1": "2026-04-07",  # Saturday 4 April; off until Monday
            "final-settlement/1": "2027-02-03",  # 27 of January and 3 of February
            "confidentiality-end/1": "2030-01-04",
        },
        done=("complaint-answer/complaint_received-1", "2026-05-08"),
    ),
    of(
        "confidentiality",
        "term confidentiality-end return-or-destroy breach-cure",
        {"disclosure_time": "5 years", "perpetual": "yes"},
        fact("confidential_disclosure", "2026-02-28", subject="trial data"),
        fact("breach_notice", "2026-04-01"),
        days={
            "term-end/1": "2028-01-04",
            "confidentiality-end/1": "2031-01-04",  # three years after it ends
            "confidentiality-of-disclosure/confidential_disclosure-1": "2031-02-28",
            "confidentiality-review/1": "2027-01-04",  # looked at every year, as it never ends
            "return-or-destroy/1": "2028-01-18",  # 5-7, 10-14 make eight; 17, 18
            "breach-cure/breach_notice-1": "2026-05-06",  # the 30th day is 1 May, off until the 5th
        },
        done=("breach-cure/breach_notice-1", "2026-04-20"),
    ),
    of(
        "customer-maintenance",
        "term renewal payment follow-up-visit satisfaction-survey service-response report",
        {"fee": "30000 CNY", "mail_every": "2 months"},
        fact("service_requested", "2026-09-24"),
        days={
            "term-end/1": "2027-01-04",
            "renewal-intention.both/1": "2026-11-05",
            "payment/1": "2026-12-25",
            "visit-by-phone/1": "2026-02-04",
            "visit-by-mail/1": "2026-03-04",
            "visit-on-site/1": "2026-04-07",  # Saturday 4 April
            "satisfaction-survey/1": "2026-07-06",  # Saturday 4 July
            "report/1": "2026-04-14",  # ten days after 4 April itself
            "service-response/service_requested-1": "2026-09-29",  # 25 to 27 September are off
        },
        done=("visit-by-phone/1", "2026-02-03"),
    ),
    of(
        "consulting",
        "term payment delivery acceptance report confidentiality-end return-or-destroy",
        {},
        fact("invoice_received", "2026-04-24"),
        days={
            "advice/1": "2026-03-06",  # 26, 28 and 6
            "advice-acceptance/1": "2026-03-23",  # the 75th day is Saturday 21 March
            "report/1": "2026-02-09",  # the month ends on 4 February
            "payment-invoice/invoice_received-1": "2026-05-09",  # the 15th day, a Saturday that is worked
            "return-or-destroy/1": "2027-01-18",  # 5-8, 11-15 make nine; 18
            "confidentiality-end/1": "2030-01-04",
        },
        done=("advice/1", "2026-03-02"),
    ),
    of(
        "information-sharing",
        "term info-update consent-record confidentiality-end customer-data-handover incident-notice sharing-end",
        {"sharing_time": "2 years"},
        fact("personal_data_incident", "2026-08-07"),
        fact("customer_info_changed", "2026-09-18", subject="Ruifeng"),
        fact("consent_withdrawn", "2026-10-09", subject="Ruifeng"),
        days={
            "incident-notice/personal_data_incident-1": "2026-08-10",  # the next day is a Saturday
            "info-update/customer_info_changed-1": "2026-09-22",  # Sunday 20 September is worked
            "consent-stop/consent_withdrawn-1": "2026-10-13",  # Saturday 10 October is worked
            "info-review/1": "2027-01-04",
            "customer-data-handover/1": "2027-02-03",
            "sharing-end/1": "2029-01-04",
            "confidentiality-end/1": "2030-01-04",
        },
        done=("incident-notice/personal_data_incident-1", "2026-08-08"),
    ),
    of(
        "crm-implementation",
        "effect term renewal termination delivery training data-maintenance info-update complaint-answer "
        "follow-up-visit report payment late-payment change-notice unfinished-business final-settlement "
        "customer-data-handover copies-custody document-on-file customer-care service-response support acceptance "
        "confidentiality-end breach-cure force-majeure-notice dispute-negotiation asset-handover return-or-destroy "
        "ip-licence-end " + THIRD_PARTY,
        {"conditions": "installed\ndebugged\ntrained", "fee": "120000 CNY", "licence_time": "90 days"},
        fact("condition_met", "2026-02-10", subject="installed"),
        fact("condition_met", "2026-02-12", subject="debugged"),
        fact("condition_met", "2026-03-02", subject="trained"),
        fact("contract_change_signed", "2026-05-27"),
        fact("contract_change_proposed", "2026-06-09"),
        fact("overdue_payment", "2026-07-07"),
        days={
            "term-end/1": "2029-03-01",  # in force on 2 March 2026, when the last condition is met
            "delivery/1": "2026-02-04",
            "acceptance/1": "2026-03-06",
            "training/1": "2026-02-24",  # the 45th day, 19 February, is off until the 23rd
            "copies-custody/1": "2026-01-15",
            "document-on-file/1": "2026-01-15",
            "data-maintenance/1": "2026-04-01",
            "follow-up-visit/1": "2026-06-01",
            "report/1": "2026-06-11",
            "payment/1": "2027-02-19",  # ten days before 1 March
            "change-on-file/contract_change_signed-1": "2026-06-08",  # the tenth day is Saturday 6 June
            "change-notice/contract_change_proposed-1": "2026-06-22",  # Friday 19 June is off until Sunday
            "late-payment/overdue_payment-1": "2026-07-17",
            "holiday-greeting/2026-mid-autumn": "2026-09-25",  # the 15th of the eighth month
            "holiday-greeting/2027-spring-festival": "2027-02-06",  # the first of the first month
            "renewal-intention.both/1": "2028-12-31",  # 1 of March, 28 of February, 31 of January back
            "renewal-formalities/1": "2029-02-14",
            "unfinished-business/1": "2029-02-14",
            "ip-licence-end/1": "2029-05-30",  # 30 of March, 30 of April, 30 of May
        },
        done=("late-payment/overdue_payment-1", "2026-07-15"),
    ),
    of(
        "business-transfer",
        "info-update complaint-answer follow-up-visit customer-care dispute-negotiation " + AFTER_THE_END,
        {
            "after_info_every": "6 months",
            "after_info_until": "1 year",
            "after_visit_every": "3 months",
            "after_visit_until": "1 year",
        },
        fact("ended", "2026-06-10", how="notice"),
        fact("service_requested", "2026-06-12"),
        fact("dispute_raised", "2026-09-01"),
        days={
            "unfinished-business/1": "2026-05-26",  # 15 days before 10 June
            "ending-notice/1": "2026-06-17",  # Thursday, Friday, Monday, Tuesday, Wednesday
            "customer-notice/1": "2026-06-17",
            "ending-certificate/1": "2026-06-25",
            "return-or-destroy/1": "2026-06-25",  # Friday 19 June is off
            "customer-data-handover/1": "2026-07-10",
            "data-migration/1": "2026-07-10",
            "asset-handover/1": "2026-07-10",
            "ip-return/1": "2026-07-10",
            "marketing-stop/1": "2026-07-10",
            "final-settlement/1": "2026-07-10",
            "ip-licence-end/1": "2026-09-08",  # 20, 31, 31 make 82; 8 of September
            "service-continuity/1": "2026-09-10",
            "training-tail/1": "2026-09-10",
            "marketing-support/1": "2026-09-10",
            "debt-settlement/1": "2026-09-10",
            "relationship-review/1": "2026-09-10",
            "visit-after-end/1": "2026-09-10",
            "holiday-greeting-after-end/2026-mid-autumn": "2026-09-25",
            "relationship-review/2": "2026-12-10",
            "info-after-end/1": "2026-12-10",
            "complaint-channel/1": "2026-12-10",
            "tech-support-tail/1": "2026-12-10",
            "after-sales/1": "2027-06-10",
            "confidentiality-tail/1": "2031-06-10",
            "service-response/service_requested-1": "",  # 及时: no number, so no day
            "dispute-negotiation/dispute_raised-1": "2026-10-08",  # the 30th day is 1 October
        },
        done=("customer-notice/1", "2026-06-16"),
    ),
    of(
        "customer-strategy",
        "term info-update satisfaction-survey classification-review customer-care service-response breach-cure "
        "dispute-negotiation copies-custody",
        {"channel_check_every": "4 months"},
        fact("customer_info_changed", "2026-09-18", subject="Ruifeng"),
        days={
            "copies-custody/1": "2026-01-15",
            "channel-check/1": "2026-05-06",  # Monday 4 May is off until the 5th
            "satisfaction-survey/1": "2026-07-06",
            "classification-review/1": "2026-07-06",
            "info-update/customer_info_changed-1": "2026-09-22",
            "holiday-greeting/2026-mid-autumn": "2026-09-25",
        },
        done=("channel-check/1", "2026-04-30"),
    ),
    of(
        "third-party",
        "term payment confidentiality-end " + THIRD_PARTY,
        {"tp_cap": "500000 CNY"},
        fact("third_party_proposed", "2026-02-10", subject="Fuda", until="2026-03-16"),
        fact("third_party_engaged", "2026-03-16", subject="Fuda"),
        fact("invoice_received", "2026-04-24"),
        fact("third_party_exited", "2026-09-28", subject="Fuda"),
        days={
            "term-end/1": "2027-01-04",
            "third-party-notice/third_party_proposed-1": "2026-03-01",  # 15 days before 16 March
            "third-party-qualification/third_party_proposed-1": "2026-03-11",
            "third-party-cap/third_party_proposed-1": "2026-03-11",
            "third-party-agreement/third_party_engaged-1": "2026-03-26",
            "third-party-exit/third_party_exited-1": "2026-10-08",  # 2 of September, 8 of October: the first day worked
            "payment-invoice/invoice_received-1": "2026-05-09",
            "confidentiality-end/1": "2030-01-04",
        },
        done=("third-party-agreement/third_party_engaged-1", "2026-03-20"),
    ),
    of(
        "general",
        "term renewal termination",
        {"term_length": "1 year", "renewal_mode": "agreement", "formalities": "15 days", "ending_notice": "30 days"},
        fact("end_intended", "2026-08-31"),
        days={
            "term-end/1": "2027-01-04",
            "renewal-intention.both/1": "2026-11-05",
            "renewal-formalities/1": "2026-12-20",
            "termination-notice.ending/end_intended-1": "2026-08-01",
        },
        done=("termination-notice.ending/end_intended-1", "2026-08-31"),
    ),
)
