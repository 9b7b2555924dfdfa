"""The standard names of codes, kinds, facts and sides, in the reader's language."""

import re
from collections.abc import Mapping

from tracker.render.holiday_names import holiday_name
from tracker.render.texts import Texts
from tracker.rules.facts import FactKind, Side
from tracker.rules.law import OWN_DAYS, places_of
from tracker.rules.occasions import BIRTHDAY
from tracker.rules.problems import N_

_GREETING = re.compile(r"\d{4}-[^\W\d]")

CODE_NAMES: Mapping[str, str] = {
    "renewal-window-opens": N_("Earliest day for renewal notice"),
    "renewal-intention": N_("Last day for notice on renewal"),
    "renewal-formalities": N_("Renewal formalities done"),
    "term-end": N_("End of term"),
    "termination-notice": N_("Last day for notice to end the contract"),
    "payment": N_("Payment"),
    "confidentiality-end": N_("End of confidentiality"),
    "return-or-destroy": N_("Return or destroy material"),
    "info-update": N_("Update the customer record"),
    "complaint-answer": N_("Answer a complaint"),
    "service-response": N_("Respond to a service request"),
    "follow-up-visit": N_("Regular follow-up"),
    "satisfaction-survey": N_("Satisfaction survey"),
    "customer-care": N_("Customer care greeting"),
    "report": N_("Report"),
    "data-maintenance": N_("Data upkeep"),
    "training": N_("Training"),
    "delivery": N_("Delivery and installation"),
    "acceptance": N_("Acceptance"),
    "support": N_("Support"),
    "change-notice": N_("Notice of a change"),
    "force-majeure-notice": N_("Notice and proof of force majeure"),
    "incident-notice": N_("Notice of a data incident"),
    "consent-record": N_("Consent on record"),
    "sharing-end": N_("End of information sharing"),
    "channel-check": N_("Check of channels and systems"),
    "classification-review": N_("Review of customer classes"),
    "rescission-right-lapses": N_("Right to rescind lapses"),
    "limitation": N_("Limitation of a claim"),
    "breach-cure": N_("Cure of a breach"),
    "late-payment": N_("Overdue payment"),
    "dispute-negotiation": N_("Negotiation period"),
    "insurance": N_("Insurance ends"),
    "warranty": N_("Warranty ends"),
    "document-on-file": N_("Document on file"),
    "copies-custody": N_("Signed copies in custody"),
    "customer-notice": N_("Tell the affected customers"),
    "service-continuity": N_("Service carried on in transition"),
    "customer-data-handover": N_("Hand over, keep or erase customer data"),
    "after-sales": N_("After-sales service"),
    "complaint-channel": N_("Complaint channel kept open"),
    "ip-return": N_("Return of intellectual property"),
    "ip-licence-end": N_("Licence ends"),
    "tech-support-tail": N_("Technical support after the end"),
    "training-tail": N_("Training after the end"),
    "marketing-support": N_("Marketing support"),
    "marketing-stop": N_("Joint marketing and brand use stops"),
    "data-migration": N_("Data migration"),
    "relationship-review": N_("Review of the customer relationship"),
    "ending-notice": N_("Written notice of ending"),
    "ending-certificate": N_("Certificate of ending"),
    "asset-handover": N_("Handover of assets"),
    "debt-settlement": N_("Settlement of debts"),
    "final-settlement": N_("Final settlement of fees"),
    "unfinished-business": N_("Matters in hand finished"),
    "confidentiality-tail": N_("Confidentiality after the end"),
    "third-party-notice": N_("Notice before a third party steps in"),
    "third-party-agreement": N_("Agreement with the third party on file"),
    "third-party-qualification": N_("Check of the third party's qualification"),
    "third-party-cap": N_("Third party's liability cap agreed"),
    "third-party-replacement": N_("Replacement of the third party"),
    "third-party-exit": N_("Exit of the third party"),
}
"""English names of the catalogue, by code."""

FACT_NAMES: Mapping[FactKind, str] = {
    FactKind.SIGNED: N_("Signed"),
    FactKind.EFFECTIVE: N_("Took effect"),
    FactKind.CONDITION_MET: N_("Condition met"),
    FactKind.NOTICE_OF_RENEWAL_INTENTION: N_("Notice of intention to renew"),
    FactKind.RENEWED: N_("Renewed"),
    FactKind.NOTICE_NOT_TO_RENEW: N_("Notice not to renew"),
    FactKind.NOTICE_TO_RESCIND: N_("Notice to rescind"),
    FactKind.NOTICE_TO_TERMINATE: N_("Notice to terminate"),
    FactKind.END_INTENDED: N_("Intended end"),
    FactKind.ENDED: N_("Ended"),
    FactKind.COMPLAINT_RECEIVED: N_("Complaint received"),
    FactKind.COMPLAINT_EXTENDED: N_("Time to answer a complaint extended"),
    FactKind.CUSTOMER_INFO_CHANGED: N_("Customer details changed"),
    FactKind.SERVICE_REQUESTED: N_("Service requested"),
    FactKind.CONFIDENTIAL_DISCLOSURE: N_("Confidential disclosure"),
    FactKind.CONTRACT_CHANGE_PROPOSED: N_("Change of contract proposed"),
    FactKind.CONTRACT_CHANGE_SIGNED: N_("Change of contract signed"),
    FactKind.THIRD_PARTY_PROPOSED: N_("Third party proposed"),
    FactKind.THIRD_PARTY_CONSENTED: N_("Consent to third party"),
    FactKind.THIRD_PARTY_ENGAGED: N_("Third party engaged"),
    FactKind.THIRD_PARTY_REPLACED: N_("Third party replaced"),
    FactKind.THIRD_PARTY_EXITED: N_("Third party left"),
    FactKind.OVERDUE_PAYMENT: N_("Payment overdue"),
    FactKind.PERSONAL_DATA_INCIDENT: N_("Personal data incident"),
    FactKind.DISPUTE_RAISED: N_("Dispute raised"),
    FactKind.FORCE_MAJEURE: N_("Force majeure"),
    FactKind.INVOICE_RECEIVED: N_("Invoice received"),
    FactKind.BREACH_NOTICE: N_("Notice of breach"),
    FactKind.NOTICE_SERVED: N_("Notice served"),
    FactKind.CONSENT_GIVEN: N_("Consent given"),
    FactKind.CONSENT_WITHDRAWN: N_("Consent withdrawn"),
    FactKind.PERFORMANCE_SUSPENDED: N_("Performance suspended"),
    FactKind.PERFORMANCE_RESUMED: N_("Performance resumed"),
    FactKind.CUSTOMER_CLASS_CHANGED: N_("Customer class changed"),
    FactKind.GROUND_KNOWN: N_("Ground for rescission known"),
    FactKind.ACCEPTED: N_("Accepted"),
}

ANCHOR_NAMES: Mapping[str, str] = {
    "signed": N_("signature"),
    "effective": N_("taking effect"),
    "term_end": N_("end of the term"),
    "period_start": N_("start of each period"),
    "period_end": N_("end of each period"),
    "ended": N_("end of the contract"),
    "end_intended": N_("intended end"),
    "greeting": N_("day of greeting"),
    "third_party_start": N_("a third party stepping in"),
}
"""Starting points that are computed; the others are facts."""

KIND_NAMES: Mapping[str, str] = {
    "customer-service": N_("Customer service contract"),
    "confidentiality": N_("Customer confidentiality agreement"),
    "customer-maintenance": N_("Customer maintenance agreement"),
    "consulting": N_("Customer consulting agreement"),
    "information-sharing": N_("Customer information sharing agreement"),
    "crm-implementation": N_("Customer management implementation contract"),
    "business-transfer": N_("Business transfer agreement"),
    "customer-strategy": N_("Customer management strategy contract"),
    "third-party": N_("Third-party intervention agreement"),
    "general": N_("Other contract"),
}

SIDE_NAMES: Mapping[Side, str] = {Side.US: N_("us"), Side.THEM: N_("the other side"), Side.BOTH: N_("both sides")}


WAY_NAMES: Mapping[str, str] = {
    "courier": N_("courier"),
    "letter": N_("registered letter"),
    "fax": N_("fax"),
    "email": N_("e-mail"),
    "hand": N_("hand"),
}


def code_name(code: str, words: Texts) -> str:
    """The standard name of a code; a team's own code stands for itself."""
    return words.gettext(CODE_NAMES[code]) if code in CODE_NAMES else code


def deadline_name(code: str, title: str, words: Texts) -> str:
    """What to call a deadline: the clause's own title, else the standard name of its code."""
    return title or code_name(code, words)


def called(code: str, title: str, occurrence: str, subject: str, words: Texts) -> str:
    """What to call one occurrence, with what it is about."""
    name, about = deadline_name(code, title, words), about_words(occurrence, subject, words)
    return words.pgettext("an occurrence", "%(what)s: %(about)s", what=name, about=about) if about else name


def about_words(occurrence: str, subject: str, words: Texts) -> str:
    """What an occurrence is about: the holiday or whose birthday, or the subject as somebody wrote it."""
    if not _GREETING.match(occurrence):
        return subject
    if occurrence[5:].startswith(BIRTHDAY):
        return words.gettext("birthday of %(name)s", name=subject)
    return holiday_name(subject, words)


def place_words(place: str, words: Texts) -> str:
    """A place by its country's name and its code: China (CN)."""
    country = place.partition("-")[0]
    return f"{words.locale.territories.get(country, country)} ({place})"


def calendar_words(name: str, words: Texts) -> str:
    """The working days of a calendar: of the places it joins, or none at all."""
    named = words.gettext(", ").join(place_words(place, words) for place in places_of(name))
    places = named or words.gettext("None: every day counts")
    return words.gettext("%(places)s, with our own days", places=places) if name.endswith(OWN_DAYS) else places


def way_name(way: str, words: Texts) -> str:
    """How something is sent, where kinds of contract offer it to choose; else as it was written."""
    return words.gettext(WAY_NAMES[way]) if way in WAY_NAMES else way


def fact_name(kind: FactKind, words: Texts) -> str:
    return words.gettext(FACT_NAMES[kind])


def anchor_name(anchor: str, words: Texts) -> str:
    """The name of a starting point: computed, a kind of fact, or a date."""
    if anchor in ANCHOR_NAMES:
        return words.gettext(ANCHOR_NAMES[anchor])
    return fact_name(FactKind(anchor), words) if anchor in tuple(FactKind) else anchor


def kind_name(kind: str, words: Texts) -> str:
    return words.gettext(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def side_name(side: Side, words: Texts) -> str:
    return words.gettext(SIDE_NAMES[side])
