"""From stored contract to the value its schedule is computed from."""

from sqlalchemy.orm import Session

from tracker.actions.adjustment_rows import adjustment_values
from tracker.actions.calendars import calendar_for
from tracker.actions.documents import clause_values, effect_value
from tracker.actions.paper_rows import paper_values
from tracker.records.contracts import Contract
from tracker.rules.agreement import Agreement, Counting
from tracker.rules.contact_form import customers_of
from tracker.rules.presets import PRESETS


def counting_of(session: Session, preset: str, calendar: str) -> Counting:
    """Counting rules and working days by their names."""
    days = calendar_for(session, calendar)
    return Counting(PRESETS[preset], days, days)


def agreement_of(session: Session, contract: Contract) -> Agreement:
    """What the stored contract says."""
    return Agreement(
        effect=effect_value(contract.clauses),
        clauses=clause_values(contract.clauses),
        counting=counting_of(session, contract.preset, contract.calendar),
        tracked_from=contract.tracked_from,
        adjustments=adjustment_values(contract.adjustments),
        papers=paper_values(contract.papers),
        customers=customers_of(contract.parties),
    )
