"""What each kind of contract usually brings: which obligations its form offers, and from when each is counted.

Numbers are never suggested: they stand in the contract.
"""

from collections.abc import Mapping

_TERM = ("payment", "breach-cure", "confidentiality-end", "final-settlement")
_AFTER_END = (
    "customer-notice", "service-continuity", "customer-data-handover", "after-sales", "complaint-channel", "ip-return",
    "ip-licence-end", "tech-support-tail", "training-tail", "marketing-support", "marketing-stop", "data-migration",
    "relationship-review", "ending-notice", "ending-certificate", "asset-handover", "debt-settlement",
    "final-settlement", "confidentiality-tail",
)  # fmt: skip
_THIRD_PARTY = (
    "third-party-notice", "third-party-agreement", "third-party-qualification", "third-party-replacement",
    "third-party-exit",
)  # fmt: skip

BRINGS: Mapping[str, tuple[str, ...]] = {
    "general": (),
    "customer-service": (*_TERM, "service-response", "complaint-answer", "follow-up-visit"),
    "confidentiality": ("confidentiality-end", "confidentiality-tail", "return-or-destroy", "breach-cure"),
    "customer-maintenance": ("payment", "follow-up-visit", "satisfaction-survey", "service-response", "report"),
    "consulting": ("payment", "delivery", "acceptance", "report", "confidentiality-end", "return-or-destroy"),
    "information-sharing": (
        "info-update", "consent-record", "incident-notice", "confidentiality-end", "customer-data-handover",
        "sharing-end",
    ),
    "crm-implementation": (
        "delivery", "acceptance", "training", "payment", "info-update", "complaint-answer", "service-response",
        "follow-up-visit", "report", "data-maintenance", "change-notice", "force-majeure-notice", "breach-cure",
        "dispute-negotiation", "unfinished-business", "copies-custody", "confidentiality-end", "return-or-destroy",
        "asset-handover", "final-settlement", "customer-data-handover", "ip-licence-end", *_THIRD_PARTY,
    ),
    "business-transfer": (*_AFTER_END, "info-update", "complaint-answer", "follow-up-visit"),
    "customer-strategy": (
        "info-update", "satisfaction-survey", "classification-review", "service-response", "breach-cure",
        "dispute-negotiation", "copies-custody",
    ),
    "third-party": (*_THIRD_PARTY, "payment", "confidentiality-end"),
}  # fmt: skip
"""Obligation codes by kind of contract."""

_FROM: Mapping[str, tuple[str, str, str]] = {
    "payment": ("before", "period_end", "1 year"),
    "report": ("after", "period_end", "3 months"),
    "follow-up-visit": ("after", "period_end", "3 months"),
    "satisfaction-survey": ("after", "period_end", "1 year"),
    "classification-review": ("after", "period_end", "1 year"),
    "data-maintenance": ("after", "period_end", "1 month"),
    "relationship-review": ("after", "period_end", "3 months"),
    "complaint-answer": ("after", "complaint_received", ""),
    "service-response": ("after", "service_requested", ""),
    "info-update": ("after", "customer_info_changed", ""),
    "change-notice": ("after", "contract_change_proposed", ""),
    "force-majeure-notice": ("after", "force_majeure", ""),
    "incident-notice": ("after", "personal_data_incident", ""),
    "breach-cure": ("after", "breach_notice", ""),
    "dispute-negotiation": ("after", "dispute_raised", ""),
    "consent-record": ("after", "consent_withdrawn", ""),
    "delivery": ("after", "signed", ""),
    "acceptance": ("after", "signed", ""),
    "training": ("after", "effective", ""),
    "copies-custody": ("after", "signed", ""),
    "unfinished-business": ("before", "term_end", ""),
    "third-party-notice": ("before", "third_party_proposed", ""),
    "third-party-agreement": ("after", "third_party_engaged", ""),
    "third-party-qualification": ("before", "third_party_engaged", ""),
    "third-party-replacement": ("after", "third_party_replaced", ""),
    "third-party-exit": ("after", "third_party_exited", ""),
}
"""Direction, starting point and repetition where they are not "after the contract ended, once"."""


def suggested(kind: str) -> list[dict[str, str]]:
    """Rows of the form, each without the number the contract gives."""
    return [_row(code) for code in BRINGS.get(kind, ())]


def _row(code: str) -> dict[str, str]:
    direction, anchor, every = _FROM.get(code, ("after", "ended", ""))
    after_end = {"while": "after_end"} if code == "relationship-review" else {}
    return {"code": code, "side": "us", "direction": direction, "anchor": anchor, "every": every, **after_end}
