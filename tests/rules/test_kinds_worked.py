"""Each kind of contract, with the usual values in its blanks, gives its deadlines. Days are worked out by hand."""

from tests.rules.kind_desk import KINDS, days, deadlines, filled, paper
from tracker.rules.facts import Side


def test_customer_service() -> None:
    kind = KINDS["customer-service"]
    facts = {
        "signed": "2026-03-02",
        "service_requested": "2026-03-06",
        "complaint_received": "2026-03-06",
        "breach_notice": "2026-04-01",
    }
    contract = filled(kind, paper(kind, facts=facts), renewal_mode="automatic", fee="12000 CNY")
    found = deadlines(contract, "2026-04-02")
    assert days(
        found, "term-end/1", "renewal-intention.both/1", "payment/1", "follow-up-visit/1",
        "service-response/service_requested-1", "complaint-answer/complaint_received-1", "breach-cure/breach_notice-1",
    ) == {
        "term-end/1": "2027-03-01",
        "renewal-intention.both/1": "2026-12-31",
        "payment/1": "2027-02-19",
        "follow-up-visit/1": "2026-06-01",
        "service-response/service_requested-1": "2026-03-10",
        "complaint-answer/complaint_received-1": "2026-03-13",
        "breach-cure/breach_notice-1": "2026-05-06",  # 1 May and the days after it are off
    }  # fmt: skip
    assert found["payment/1"].side is Side.THEM
    assert str(found["payment/1"].amount and found["payment/1"].amount.amount) == "12000"


def test_confidentiality_runs_from_the_end_and_from_each_disclosure() -> None:
    kind = KINDS["confidentiality"]
    contract = filled(
        kind,
        paper(kind, "B", {"signed": "2023-05-31", "confidential_disclosure:trial data": "2024-02-29"}),
        disclosure_time="5 years",
        perpetual="yes",
    )
    found = deadlines(contract, "2026-11-22")
    assert days(
        found, "term-end/1", "confidentiality-end/1", "confidentiality-of-disclosure/confidential_disclosure-1",
        "return-or-destroy/1", "confidentiality-review/1",
    ) == {
        "term-end/1": "2025-05-30",
        "confidentiality-end/1": "2028-05-30",
        "confidentiality-of-disclosure/confidential_disclosure-1": "2029-02-28",
        "return-or-destroy/1": "2025-06-16",  # the Dragon Boat holiday lies between
        "confidentiality-review/1": "2024-05-30",
    }  # fmt: skip


def test_customer_maintenance_with_notice_days_that_differ() -> None:
    kind = KINDS["customer-maintenance"]
    contract = filled(
        kind,
        paper(kind, "B", {"signed": "2024-02-29", "invoice_received": "2024-03-01"}),
        first_day_counts="yes", renewal_cap="3", windows_differ="yes", notice_before="30 days", notice_opens="90 days",
        their_notice_before="60 days", notice_travels="5 days", payment_every="", invoice_time="10 days",
    )  # fmt: skip
    found = deadlines(contract, "2024-04-01")
    assert days(
        found, "term-end/1", "renewal-window-opens.us/1", "renewal-intention.us/1", "renewal-intention.them/1",
        "payment-invoice/invoice_received-1", "visit-on-site/1", "report/1",
    ) == {
        "term-end/1": "2025-02-28",
        "renewal-window-opens.us/1": "2024-11-30",
        "renewal-intention.us/1": "2025-01-29",
        "renewal-intention.them/1": "2024-12-30",
        "payment-invoice/invoice_received-1": "2024-03-11",
        "visit-on-site/1": "2024-05-28",
        "report/1": "2024-06-07",
    }  # fmt: skip
    assert found["renewal-intention.us/1"].send_by is not None
    assert "payment/1" not in found


def test_consulting() -> None:
    kind = KINDS["consulting"]
    facts = {"signed": "2026-03-02", "invoice_received": "2026-06-01"}
    found = deadlines(filled(kind, paper(kind, facts=facts), term_length="6 months"), "2026-06-02")
    assert days(
        found, "advice/1", "advice-acceptance/1", "report/1", "payment-invoice/invoice_received-1",
        "return-or-destroy/1", "confidentiality-end/1",
    ) == {
        "advice/1": "2026-05-06",  # the 60th day is 1 May
        "advice-acceptance/1": "2026-05-18",
        "report/1": "2026-04-07",  # 6 April is the Monday of Tomb-Sweeping
        "payment-invoice/invoice_received-1": "2026-06-16",
        "return-or-destroy/1": "2026-09-15",
        "confidentiality-end/1": "2029-09-01",
    }  # fmt: skip


def test_information_sharing() -> None:
    kind = KINDS["information-sharing"]
    facts = dict.fromkeys(("consent_withdrawn", "personal_data_incident", "customer_info_changed"), "2026-04-01")
    contract = filled(kind, paper(kind, facts={"signed": "2026-03-02", **facts}), sharing_time="1 year")
    assert days(
        deadlines(contract, "2026-06-02"), "consent-stop/consent_withdrawn-1",
        "incident-notice/personal_data_incident-1", "info-update/customer_info_changed-1", "info-review/1",
        "customer-data-handover/1", "sharing-end/1", "confidentiality-end/1",
    ) == {
        "consent-stop/consent_withdrawn-1": "2026-04-07",
        "incident-notice/personal_data_incident-1": "2026-04-02",
        "info-update/customer_info_changed-1": "2026-04-07",
        "info-review/1": "2027-03-01",
        "customer-data-handover/1": "2027-03-31",
        "sharing-end/1": "2028-03-01",
        "confidentiality-end/1": "2030-03-01",
    }  # fmt: skip


def test_a_customer_management_implementation_contract() -> None:
    kind = KINDS["crm-implementation"]
    facts = {
        "signed": "2024-02-29",
        "condition_met:installed": "2024-03-10",
        "condition_met:debugged": "2024-03-12",
        "condition_met:trained": "2024-03-18",
    }
    contract = filled(kind, paper(kind, facts=facts), conditions="installed\ndebugged\ntrained", fee="120000 CNY")
    found = deadlines(contract, "2024-05-02")
    assert days(
        found, "term-end/1", "renewal-intention.both/1", "renewal-formalities/1", "payment/1", "delivery/1",
        "acceptance/1", "report/1", "follow-up-visit/1", "unfinished-business/1", "asset-handover/1",
    ) == {
        "term-end/1": "2027-03-17",
        "renewal-intention.both/1": "2027-01-16",
        "renewal-formalities/1": "2027-03-02",
        "payment/1": "2025-03-07",
        "delivery/1": "2024-04-01",  # the 30th day is a Saturday
        "acceptance/1": "2024-04-29",
        "report/1": "2024-06-27",
        "follow-up-visit/1": "2024-06-17",
        "unfinished-business/1": "2027-03-02",
        "asset-handover/1": "2027-04-19",
    }  # fmt: skip
    assert found["payment/1"].side is Side.US


def test_a_business_transfer_rescinded_on_a_saturday_before_the_spring_festival() -> None:
    kind = KINDS["business-transfer"]
    facts = {"signed": "2025-06-30", "ended": "2026-01-31", "service_requested": "2026-02-02"}
    contract = filled(kind, paper(kind, facts=facts), tail_time="5 years", after_sales_time="12 months")
    found = deadlines(contract, "2026-02-03")
    assert days(
        found, "customer-notice/1", "data-migration/1", "asset-handover/1", "tech-support-tail/1", "after-sales/1",
        "ip-licence-end/1", "ending-certificate/1", "debt-settlement/1", "confidentiality-tail/1",
        "relationship-review/1", "service-response/service_requested-1",
    ) == {
        "customer-notice/1": "2026-02-06",
        "data-migration/1": "2026-03-02",
        "asset-handover/1": "2026-02-28",  # a Saturday that is worked in exchange for the festival
        "tech-support-tail/1": "2026-07-31",
        "after-sales/1": "2027-01-31",
        "ip-licence-end/1": "2026-05-01",
        "ending-certificate/1": "2026-02-24",  # the festival is off from the 15th to the 23rd
        "debt-settlement/1": "2026-04-30",
        "confidentiality-tail/1": "2031-01-31",
        "relationship-review/1": "2026-04-30",
        "service-response/service_requested-1": "",  # promptly: no number, no day
    }  # fmt: skip
    assert "relationship-review/5" not in found, "the reviews stop after twelve months"


def test_customer_strategy() -> None:
    kind = KINDS["customer-strategy"]
    contract = filled(kind, paper(kind, facts={"signed": "2026-03-02"}), channel_check_every="3 months")
    found = deadlines(contract, "2026-03-03")
    assert days(found, "channel-check/1", "classification-review/1", "satisfaction-survey/1", "copies-custody/1") == {
        "channel-check/1": "2026-06-01",
        "classification-review/1": "2026-09-01",
        "satisfaction-survey/1": "2026-09-01",
        "copies-custody/1": "2026-03-12",
    }


def test_a_third_party_steps_in() -> None:
    kind = KINDS["third-party"]
    facts = {"signed": "2026-03-02", "third_party_engaged:Fuda": "2026-04-15"}
    found = deadlines(filled(kind, paper(kind, "B", facts), tp_cap="500000 CNY"), "2026-03-03")
    engaged = "third_party_engaged-1"
    assert days(found, f"third-party-notice/{engaged}", f"third-party-agreement/{engaged}") == {
        f"third-party-notice/{engaged}": "2026-03-31",
        f"third-party-agreement/{engaged}": "2026-04-27",  # the 10th day is a Saturday
    }
    cap = found[f"third-party-cap/{engaged}"]
    assert cap.amount is not None
    assert str(cap.legal) == "2026-04-10"
    assert str(cap.amount.amount) == "500000"


def test_a_third_party_is_proposed_and_agreed_to_before_it_steps_in() -> None:
    """To step in on Wednesday 15 April 2026: 15 days before are 31 March, 5 days before Friday 10 April."""
    kind = KINDS["third-party"]
    document = paper(kind, "B", {"signed": "2026-03-02"})
    document["facts"] += [
        {"kind": "third_party_proposed", "day": "2026-03-09", "subject": "Fuda", "until": "2026-04-15"},
        {"kind": "third_party_consented", "day": "2026-03-20", "subject": "Fuda"},
    ]
    found = deadlines(filled(kind, document), "2026-03-23")
    proposed = "third_party_proposed-1"
    keys = [f"third-party-{code}/{proposed}" for code in ("notice", "qualification", "cap")]
    assert list(days(found, *keys).values()) == ["2026-03-31", "2026-04-10", "2026-04-10"]
    assert [found[key].met_by for key in keys] == ["third_party_consented-1", None, None]


def test_a_general_contract_has_its_term_and_nothing_else() -> None:
    kind = KINDS["general"]
    contract = filled(kind, paper(kind, facts={"signed": "2026-03-02"}), term_length="1 year", renewal_mode="option")
    assert days(deadlines(contract, "2026-03-03"), "term-end/1", "renewal-intention.both/1") == {
        "term-end/1": "2027-03-01",
        "renewal-intention.both/1": "2026-12-31",
    }
