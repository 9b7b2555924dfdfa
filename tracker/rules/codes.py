"""The catalogue of obligation codes: what nature each has and whether it is a notice that must arrive.

Names are stable and used in data, files, API and tests; their wording stands in `tracker.render.names`.
"""

from dataclasses import dataclass

from tracker.rules.readings import Nature


@dataclass(frozen=True, slots=True)
class Code:
    """What a code implies unless a clause says otherwise."""

    nature: Nature = Nature.BY
    notice: bool = False


_BY = Code()
_NOTICE = Code(notice=True)
_UNTIL = Code(Nature.UNTIL)
_STATE = Code(Nature.STATE)

CODES: dict[str, Code] = {
    "renewal-window-opens": Code(Nature.NOT_BEFORE, notice=True),
    "renewal-intention": _NOTICE,
    "renewal-formalities": _BY,
    "term-end": _STATE,
    "termination-notice": _NOTICE,
    "payment": _BY,
    "confidentiality-end": _UNTIL,
    "return-or-destroy": _BY,
    "info-update": _BY,
    "complaint-answer": _BY,
    "service-response": _BY,
    "follow-up-visit": _BY,
    "satisfaction-survey": _BY,
    "customer-care": _BY,
    "report": _BY,
    "data-maintenance": _BY,
    "training": _BY,
    "delivery": _BY,
    "acceptance": _BY,
    "support": _UNTIL,
    "change-notice": _NOTICE,
    "force-majeure-notice": _NOTICE,
    "incident-notice": _NOTICE,
    "consent-record": _BY,
    "sharing-end": _UNTIL,
    "channel-check": _BY,
    "classification-review": _BY,
    "rescission-right-lapses": _BY,
    "limitation": _BY,
    "breach-cure": _BY,
    "late-payment": _BY,
    "dispute-negotiation": _BY,
    "insurance": _UNTIL,
    "warranty": _UNTIL,
    "document-on-file": _BY,
    "copies-custody": _BY,
    "customer-notice": _BY,
    "service-continuity": _UNTIL,
    "customer-data-handover": _BY,
    "after-sales": _UNTIL,
    "complaint-channel": _UNTIL,
    "ip-return": _BY,
    "ip-licence-end": _STATE,
    "tech-support-tail": _UNTIL,
    "training-tail": _UNTIL,
    "marketing-support": _UNTIL,
    "marketing-stop": _BY,
    "data-migration": _BY,
    "relationship-review": _BY,
    "ending-notice": _BY,
    "ending-certificate": _BY,
    "asset-handover": _BY,
    "debt-settlement": _BY,
    "final-settlement": _BY,
    "unfinished-business": _BY,
    "confidentiality-tail": _UNTIL,
    "third-party-notice": _NOTICE,
    "third-party-agreement": _BY,
    "third-party-qualification": _BY,
    "third-party-cap": _BY,
    "third-party-replacement": _BY,
    "third-party-exit": _BY,
}
