"""What the stable words of the data are called: obligation codes, facts, sides, kinds of contract."""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.render.texts import N_, Texts
from tracker.rules.facts import FactKind, Side

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "renewal-window-opens": N_("earliest day for notice about renewal"),
        "renewal-intention": N_("last day for notice about renewal"),
        "renewal-formalities": N_("renewal formalities"),
        "term-end": N_("end of the term"),
        "termination-notice": N_("notice to end the contract"),
        "payment": N_("payment"),
        "confidentiality-end": N_("end of confidentiality"),
        "return-or-destroy": N_("return or destruction of material"),
        "info-update": N_("customer record update"),
        "complaint-answer": N_("answer to a complaint"),
        "service-response": N_("response to a service request"),
        "follow-up-visit": N_("follow-up with the customer"),
        "satisfaction-survey": N_("satisfaction survey"),
        "customer-care": N_("customer greeting"),
        "report": N_("report"),
        "data-maintenance": N_("data maintenance"),
        "training": N_("training"),
        "delivery": N_("delivery and installation"),
        "acceptance": N_("acceptance"),
        "support": N_("technical support"),
        "change-notice": N_("notice of a change"),
        "force-majeure-notice": N_("notice of force majeure"),
        "incident-notice": N_("notice of a data incident"),
        "consent-record": N_("record of consent"),
        "sharing-end": N_("end of information sharing"),
        "channel-check": N_("check of channels and systems"),
        "classification-review": N_("review of customer classes"),
        "rescission-right-lapses": N_("right to rescind lapses"),
        "limitation": N_("limitation of a claim"),
        "breach-cure": N_("cure of a breach"),
        "late-payment": N_("overdue payment"),
        "dispute-negotiation": N_("negotiation of a dispute"),
        "insurance": N_("end of insurance cover"),
        "warranty": N_("end of warranty"),
        "document-on-file": N_("document to be on file"),
        "copies-custody": N_("custody of signed copies"),
        "customer-notice": N_("notice to customers"),
        "service-continuity": N_("continued service in transition"),
        "customer-data-handover": N_("handover of customer data"),
        "after-sales": N_("after-sales service"),
        "complaint-channel": N_("complaint channel kept open"),
        "ip-return": N_("return of intellectual property"),
        "ip-licence-end": N_("end of licence"),
        "tech-support-tail": N_("technical support after the end"),
        "training-tail": N_("training after the end"),
        "marketing-support": N_("marketing support"),
        "marketing-stop": N_("end of joint marketing"),
        "data-migration": N_("data migration"),
        "relationship-review": N_("review of the customer relationship"),
        "ending-notice": N_("written notice of the ending"),
        "ending-certificate": N_("certificate of the ending"),
        "asset-handover": N_("handover of assets"),
        "debt-settlement": N_("settlement of debts"),
        "final-settlement": N_("final settlement of fees"),
        "unfinished-business": N_("completion of unfinished business"),
        "confidentiality-tail": N_("confidentiality after the end"),
        "third-party-notice": N_("notice before a third party steps in"),
        "third-party-agreement": N_("third-party agreement on file"),
        "third-party-qualification": N_("check of the third party’s qualification"),
        "third-party-cap": N_("third party’s liability cap agreed"),
        "third-party-replacement": N_("replacement of the third party"),
        "third-party-exit": N_("exit of the third party"),
    }
)

_FACTS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.SIGNED: N_("contract signed"),
        FactKind.EFFECTIVE: N_("took effect"),
        FactKind.CONDITION_MET: N_("condition met"),
        FactKind.NOTICE_OF_RENEWAL_INTENTION: N_("notice of intention to renew"),
        FactKind.RENEWED: N_("renewed"),
        FactKind.NOTICE_NOT_TO_RENEW: N_("notice not to renew"),
        FactKind.NOTICE_TO_RESCIND: N_("notice to rescind"),
        FactKind.NOTICE_TO_TERMINATE: N_("notice to terminate"),
        FactKind.END_INTENDED: N_("end intended"),
        FactKind.ENDED: N_("contract ended"),
        FactKind.COMPLAINT_RECEIVED: N_("complaint received"),
        FactKind.COMPLAINT_EXTENDED: N_("complaint extended"),
        FactKind.CUSTOMER_INFO_CHANGED: N_("customer information changed"),
        FactKind.SERVICE_REQUESTED: N_("service requested"),
        FactKind.CONFIDENTIAL_DISCLOSURE: N_("confidential information disclosed"),
        FactKind.CONTRACT_CHANGE_PROPOSED: N_("contract change proposed"),
        FactKind.CONTRACT_CHANGE_SIGNED: N_("contract change signed"),
        FactKind.THIRD_PARTY_PROPOSED: N_("third party proposed"),
        FactKind.THIRD_PARTY_CONSENTED: N_("consent to a third party given"),
        FactKind.THIRD_PARTY_ENGAGED: N_("third party engaged"),
        FactKind.THIRD_PARTY_REPLACED: N_("third party replaced"),
        FactKind.THIRD_PARTY_EXITED: N_("third party left"),
        FactKind.OVERDUE_PAYMENT: N_("payment overdue"),
        FactKind.PERSONAL_DATA_INCIDENT: N_("personal data incident"),
        FactKind.DISPUTE_RAISED: N_("dispute raised"),
        FactKind.FORCE_MAJEURE: N_("force majeure"),
        FactKind.INVOICE_RECEIVED: N_("invoice received"),
        FactKind.BREACH_NOTICE: N_("notice of breach"),
        FactKind.NOTICE_SERVED: N_("notice served"),
        FactKind.CONSENT_GIVEN: N_("consent given"),
        FactKind.CONSENT_WITHDRAWN: N_("consent withdrawn"),
        FactKind.PERFORMANCE_SUSPENDED: N_("performance suspended"),
        FactKind.PERFORMANCE_RESUMED: N_("performance resumed"),
        FactKind.CUSTOMER_CLASS_CHANGED: N_("customer class changed"),
        FactKind.GROUND_KNOWN: N_("ground for rescission known"),
        FactKind.ACCEPTED: N_("accepted"),
    }
)

_SIDES: Mapping[Side, str] = MappingProxyType({Side.US: N_("us"), Side.THEM: N_("them"), Side.BOTH: N_("both sides")})

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "general": N_("other contract"),
        "customer-service": N_("customer service contract"),
        "confidentiality": N_("confidentiality agreement"),
        "customer-maintenance": N_("customer maintenance agreement"),
        "consulting": N_("consulting agreement"),
        "information-sharing": N_("information-sharing agreement"),
        "crm-implementation": N_("CRM implementation contract"),
        "business-transfer": N_("business transfer agreement"),
        "customer-strategy": N_("customer strategy contract"),
        "third-party": N_("third-party agreement"),
    }
)


def code_name(code: str, texts: Texts) -> str:
    """An obligation's standard name; a code of the team's own stands as it is."""
    return _name(_CODES.get(code, ""), texts) or code


def what(code: str, title: str, texts: Texts) -> str:
    """What a deadline is about: the clause's own title, else the code's standard name."""
    return title or code_name(code, texts)


def fact_name(kind: FactKind, texts: Texts) -> str:
    """What happened."""
    return _name(_FACTS[kind], texts)


def side_name(side: Side, texts: Texts) -> str:
    """Who owes or acts."""
    return texts.gettext(_SIDES[side])


def kind_name(kind: str, texts: Texts) -> str:
    """The kind of a contract; one of the team's own stands as it is."""
    return _name(KINDS.get(kind, ""), texts) or kind


def _name(name: str, texts: Texts) -> str:
    """A name as it heads a line: in English with a capital."""
    said = texts.gettext(name) if name else ""
    return said[:1].upper() + said[1:]
