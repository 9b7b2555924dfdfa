"""What happens in the life of a contract and starts, moves or stops its clocks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who owes, gives or receives, seen from the organisation that keeps the record."""

    US = "us"
    THEM = "them"
    BOTH = "both"


class FactKind(StrEnum):
    """Kinds of fact, by the names the contract file and the command line use."""

    SIGNED = "signed"
    EFFECTIVE = "effective"
    CONDITION_MET = "condition_met"
    NOTICE_OF_RENEWAL_INTENTION = "notice_of_renewal_intention"
    RENEWED = "renewed"
    NOTICE_NOT_TO_RENEW = "notice_not_to_renew"
    NOTICE_TO_RESCIND = "notice_to_rescind"
    NOTICE_TO_TERMINATE = "notice_to_terminate"
    END_INTENDED = "end_intended"
    ENDED = "ended"
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_EXTENDED = "complaint_extended"
    CUSTOMER_INFO_CHANGED = "customer_info_changed"
    SERVICE_REQUESTED = "service_requested"
    CONFIDENTIAL_DISCLOSURE = "confidential_disclosure"
    CONTRACT_CHANGE_PROPOSED = "contract_change_proposed"
    CONTRACT_CHANGE_SIGNED = "contract_change_signed"
    THIRD_PARTY_PROPOSED = "third_party_proposed"
    THIRD_PARTY_CONSENTED = "third_party_consented"
    THIRD_PARTY_ENGAGED = "third_party_engaged"
    THIRD_PARTY_REPLACED = "third_party_replaced"
    THIRD_PARTY_EXITED = "third_party_exited"
    OVERDUE_PAYMENT = "overdue_payment"
    PERSONAL_DATA_INCIDENT = "personal_data_incident"
    DISPUTE_RAISED = "dispute_raised"
    FORCE_MAJEURE = "force_majeure"
    INVOICE_RECEIVED = "invoice_received"
    BREACH_NOTICE = "breach_notice"
    NOTICE_SERVED = "notice_served"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    PERFORMANCE_SUSPENDED = "performance_suspended"
    PERFORMANCE_RESUMED = "performance_resumed"
    CUSTOMER_CLASS_CHANGED = "customer_class_changed"
    GROUND_KNOWN = "ground_known"
    ACCEPTED = "accepted"


class Ending(StrEnum):
    """How a contract ended."""

    EXPIRY = "expiry"
    AGREEMENT = "agreement"
    FORCE_MAJEURE = "force_majeure"
    BREACH = "breach"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on a day.

    `key` names the fact within its contract and survives a corrected `day`. `until` is the end agreed in a renewal or
    intended by a notice. `by` is the side that acted, where the kind needs one. `about` is the key of the earlier fact
    that this one concerns.
    """

    key: str
    kind: FactKind
    day: date
    by: Side | None = None
    subject: str = ""
    until: date | None = None
    how: str = ""
    about: str = ""
