"""The names of kinds of document in the reader's language, and the sizes of files."""

from collections.abc import Mapping
from math import ceil

from tracker.render.texts import Texts
from tracker.rules.papers import PaperKind
from tracker.rules.problems import N_

PAPER_NAMES: Mapping[PaperKind, str] = {
    PaperKind.SIGNED_CONTRACT: N_("Signed contract"),
    PaperKind.SUPPLEMENTARY_AGREEMENT: N_("Supplementary agreement"),
    PaperKind.DISPUTE_RESOLUTION_AGREEMENT: N_("Dispute-resolution agreement"),
    PaperKind.CONSENT: N_("Letter of consent"),
    PaperKind.THIRD_PARTY_AGREEMENT: N_("Third-party agreement"),
    PaperKind.THIRD_PARTY_EXIT_AGREEMENT: N_("Third-party exit agreement"),
    PaperKind.SERVICE_AGREEMENT: N_("Service agreement"),
    PaperKind.CONFIDENTIALITY_AGREEMENT: N_("Confidentiality agreement"),
    PaperKind.ANALYSIS_REPORT: N_("Analysis report"),
    PaperKind.COMPLAINT_RECORD: N_("Complaint record"),
    PaperKind.DISPUTE_RECORD: N_("Dispute record"),
    PaperKind.RENEWAL_CONTRACT: N_("Renewal contract"),
    PaperKind.CHANGE_AGREEMENT: N_("Change agreement"),
    PaperKind.TERMINATION_AGREEMENT: N_("Termination agreement"),
    PaperKind.TERMINATION_CERTIFICATE: N_("Termination certificate"),
    PaperKind.PAYMENT_PROOF: N_("Proof of payment (invoice, receipt)"),
    PaperKind.MODULE_MANUAL: N_("Module manual"),
    PaperKind.CUSTOMER_MANAGEMENT_STANDARD: N_("Customer-management standard"),
    PaperKind.SERVICE_FLOW_CHART: N_("Service flow chart"),
    PaperKind.REQUIREMENTS_SPECIFICATION: N_("Requirements specification"),
    PaperKind.PROOF_OF_NOTICE: N_("Proof of notice"),
    PaperKind.OTHER: N_("Other document"),
}


def paper_name(kind: PaperKind, words: Texts) -> str:
    """What a kind of document is called."""
    return words.gettext(PAPER_NAMES[kind])


def paper_title(kind: PaperKind, title: str, words: Texts) -> str:
    """What a document is called: its own title, else its kind."""
    return title or paper_name(kind, words)


def file_size(size: int, words: Texts) -> str:
    """Bytes as people read them: 12 KB, 3 MB, rounded up."""
    kilobytes = ceil(size / 1024)
    return f"{words.number(kilobytes)} KB" if kilobytes < 1024 else f"{words.number(ceil(kilobytes / 1024))} MB"
