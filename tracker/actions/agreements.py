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
from tracker.rules.clauses import Clause
from tracker.rules.contact_form import customers_of
from tracker.rules.law import Law
from tracker.rules.presets import PRESETS
from tracker.rules.terms import Delivery
from tracker.rules.versions import with_earlier


def counting_of(session: Session, law: Law, clauses: Iterable[Clause]) -> Counting:
    """Counting rules and working days by their names, here and where the notices of these clauses arrive."""
    places = {clause.calendar for clause in clauses if isinstance(clause, Delivery) and clause.calendar}
    elsewhere = {place: calendar_for(session, place) for place in sorted(places)}
    return Counting(PRESETS[law.preset], calendar_for(session, law.calendar), law.zone, elsewhere)


def agreement_of(session: Session, contract: Contract) -> Agreement:
    """What the stored contract says."""
    law, clauses = Law(contract.preset, contract.calendar, contract.zone), clause_values(contract.clauses)
    agreement = Agreement(
        effect=effect_value(contract.clauses),
        clauses=clauses,
        counting=counting_of(session, law, clauses),
        tracked_from=contract.tracked_from,
        adjustments=adjustment_values(contract.adjustments),
        papers=paper_values(contract.papers),
        customers=customers_of(contract.parties),
    )
    return in_versions(session, agreement, amendment_values(contract.amendments), law)


def in_versions(session: Session, agreement: Agreement, amendments: Iterable[AmendmentDraft], law: Law) -> Agreement:
    """The agreement with what was agreed before each amendment; `law` is its own."""
    earlier = []
    for one in amendments:
        said, effect, clauses = one.terms.law, one.terms.effect, one.terms.clauses
        then = Law(said.preset or law.preset, said.calendar or law.calendar, said.zone or law.zone)
        counting = counting_of(session, then, clauses)
        earlier.append(Earlier(one.key, one.effective, effect, clauses, counting, one.signed))
    return with_earlier(agreement, earlier) if earlier else agreement
