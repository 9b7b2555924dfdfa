"""Documents that belong to a contract, by the kinds that are told apart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """Kinds of document, by the names the contract file uses; their wording stands in `tracker.render.names`."""

    SIGNED_CONTRACT = "signed-contract"
    SUPPLEMENTARY_AGREEMENT = "supplementary-agreement"
    DISPUTE_RESOLUTION_AGREEMENT = "dispute-resolution-agreement"
    CONSENT = "consent"
    THIRD_PARTY_AGREEMENT = "third-party-agreement"
    THIRD_PARTY_EXIT_AGREEMENT = "third-party-exit-agreement"
    SERVICE_AGREEMENT = "service-agreement"
    CONFIDENTIALITY_AGREEMENT = "confidentiality-agreement"
    ANALYSIS_REPORT = "analysis-report"
    COMPLAINT_RECORD = "complaint-record"
    DISPUTE_RECORD = "dispute-record"
    RENEWAL_CONTRACT = "renewal-contract"
    CHANGE_AGREEMENT = "change-agreement"
    TERMINATION_AGREEMENT = "termination-agreement"
    TERMINATION_CERTIFICATE = "termination-certificate"
    PAYMENT_PROOF = "payment-proof"
    MODULE_MANUAL = "module-manual"
    CUSTOMER_MANAGEMENT_STANDARD = "customer-management-standard"
    SERVICE_FLOW_CHART = "service-flow-chart"
    REQUIREMENTS_SPECIFICATION = "requirements-specification"
    PROOF_OF_NOTICE = "proof-of-notice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on file, as far as deadlines look at it. `fact` is the key of the fact it shows, if one."""

    key: str
    kind: PaperKind
    day: date
    fact: str
