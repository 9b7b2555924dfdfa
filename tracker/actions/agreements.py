"""From stored contract to the value its schedule is computed from."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.actions.adjustment_rows import adjustment_values
from tracker.actions.amendment_rows import amendment_values
from tracker.actions.calendars import calendar_for
from tracker.actions.documents import clause_values, effect_value
from tracker.actions.paper_rows import paper_values
from tracker.records.contracts import Contract
from tracker.rules.agreement import Agreement, Counting, Earlier
from tracker.rules.amendment_form import AmendmentDraft
from tracker.rules.contact_form import customers_of
from tracker.rules.law import Law
from tracker.rules.presets import PRESETS
from tracker.rules.versions import with_earlier


def counting_of(session: Session, preset: str, calendar: str) -> Counting:
    """Counting rules and working days by their names."""
    days = calendar_for(session, calendar)
    return Counting(PRESETS[preset], days, days)


def agreement_of(session: Session, contract: Contract) -> Agreement:
    """What the stored contract says."""
    agreement = Agreement(
        effect=effect_value(contract.clauses),
        clauses=clause_values(contract.clauses),
        counting=counting_of(session, contract.preset, contract.calendar),
        tracked_from=contract.tracked_from,
        adjustments=adjustment_values(contract.adjustments),
        papers=paper_values(contract.papers),
        customers=customers_of(contract.parties),
    )
    amendments = amendment_values(contract.amendments)
    return in_versions(session, agreement, amendments, Law(contract.preset, contract.calendar))


def in_versions(session: Session, agreement: Agreement, amendments: Iterable[AmendmentDraft], law: Law) -> Agreement:
    """The agreement with what was agreed before each amendment; `law` names its own counting rules and calendar."""
    countings = {(law.preset, law.calendar): agreement.counting}
    earlier = []
    for one in amendments:
        names = one.terms.law.preset or law.preset, one.terms.law.calendar or law.calendar
        if names not in countings:
            countings[names] = counting_of(session, *names)
        effect, clauses = one.terms.effect, one.terms.clauses
        earlier.append(Earlier(one.key, one.effective, effect, clauses, countings[names], one.signed))
    return with_earlier(agreement, earlier) if earlier else agreement
