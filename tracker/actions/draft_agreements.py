"""From a checked contract document to the value its schedule is computed from, before anything is stored."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.actions.agreements import counting_of, in_versions
from tracker.records.people import Organisation
from tracker.rules.agreement import Agreement
from tracker.rules.contact_form import customers_of
from tracker.rules.contract_file import ContractDraft
from tracker.rules.law import Law
from tracker.rules.odd_amendments import odd_amendments
from tracker.rules.oddities import oddities
from tracker.rules.problems import Problem
from tracker.rules.schedule import life_of


def agreement_in(session: Session, draft: ContractDraft, organisation: Organisation) -> Agreement:
    """What the document says; the organisation's own calendar counts where it names none."""
    said = draft.law
    law = Law(said.preset or "prc-civil-code", said.calendar or organisation.calendar, said.zone or organisation.zone)
    agreement = Agreement(
        effect=draft.effect,
        clauses=draft.clauses,
        counting=counting_of(session, law, draft.clauses),
        tracked_from=draft.tracked_from,
        adjustments=draft.adjustments,
        papers=tuple(one.paper for one in draft.papers),
        customers=customers_of(draft.parties),
    )
    return in_versions(session, agreement, draft.amendments, law)


def odd_in(agreement: Agreement, draft: ContractDraft, today: date) -> list[Problem]:
    """Everything odd about the document."""
    amendments = odd_amendments(draft.amendments, life_of(agreement, draft.facts, today), today)
    return [*oddities(agreement, draft.facts, today), *amendments]
