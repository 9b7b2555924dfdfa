"""Ends and renewals that follow from passing time: shown as unconfirmed until somebody says that it is so."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.actions.access import the_contract
from tracker.actions.actor import Actor
from tracker.actions.contract_life import life_of_contract
from tracker.actions.errors import Refused
from tracker.actions.facts import Happened, record_fact
from tracker.actions.reschedule import Changes
from tracker.ports.clock import day_in
from tracker.records.contracts import Fact
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Ending, FactKind
from tracker.rules.problems import N_, Problem
from tracker.rules.term_periods import TermPeriod
from tracker.rules.timeline import Timeline


def confirm_end(session: Session, actor: Actor, contract_id: int, *, now: datetime) -> tuple[Fact, Changes]:
    """Record the end that passing time or a notice has brought about. Raises Missing, Forbidden, Refused."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    happened = unconfirmed_end(life_of_contract(session, contract, day_in(contract.zone, now)))
    if happened is None:
        raise Refused([Problem("ended", N_("There is no end to confirm."))])
    return record_fact(session, actor, contract_id, happened, now=now, confirmed=True)


def unconfirmed_end(life: Timeline) -> Happened | None:
    """The end that nobody has confirmed yet, as the fact that would confirm it."""
    ended = life.ended
    if ended is None or ended.certainty is not Certainty.UNCONFIRMED:
        return None
    return Happened(kind=FactKind.ENDED, day=ended.day, how=Ending.NOTICE if ended.fact else Ending.EXPIRY)


def confirm_renewal(session: Session, actor: Actor, contract_id: int, *, now: datetime) -> tuple[Fact, Changes]:
    """Record the renewal that silence has brought about. Raises Missing, Forbidden, Refused."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    today = day_in(contract.zone, now)
    happened = unconfirmed_renewal(life_of_contract(session, contract, today), today)
    if happened is None:
        raise Refused([Problem("renewed", N_("There is no renewal to confirm."))])
    return record_fact(session, actor, contract_id, happened, now=now, confirmed=True)


def unconfirmed_renewal(life: Timeline, today: date) -> Happened | None:
    """The first renewal that nobody has confirmed yet, as the fact that would confirm it: agreed on its first day, or
    today where that is still to come."""
    renewed = next((period for period in life.periods if _is_silent(period)), None)
    if renewed is None or renewed.first is None:
        return None
    return Happened(kind=FactKind.RENEWED, day=min(renewed.first, today), until=renewed.last)


def _is_silent(period: TermPeriod) -> bool:
    return period.number > 1 and period.certainty is Certainty.UNCONFIRMED and period.renewed_by is None
