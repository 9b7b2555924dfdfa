"""The life of a stored contract, as its schedule sees it."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.actions.agreements import agreement_of
from tracker.actions.documents import fact_values
from tracker.records.contracts import Contract
from tracker.rules.schedule import life_of
from tracker.rules.timeline import Timeline


def life_of_contract(session: Session, contract: Contract, today: date) -> Timeline:
    """When it was formed, took effect, runs from period to period, and ends."""
    return life_of(agreement_of(session, contract), fact_values(contract.facts), today)
