"""What a reminder says: fixed as data when it is planned, put into words when it is written."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.actions.explained import explained
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.render.explain import full_list, step_lines
from tracker.render.letter import Reminder
from tracker.render.names import deadline_name
from tracker.render.texts import N_, Texts
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
from tracker.rules.readings import Nature

_DAYS = ("action_day", "legal", "act_by", "send_by", "target")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")
_DOUBTS = {
    Certainty.UNCONFIRMED: N_("Unconfirmed: time has made it so, but nobody has recorded it."),
    Certainty.PROJECTED: N_("Projected: it holds if the contract runs on as written."),
}


def facts_of(deadline: Deadline) -> dict[str, Any]:
    """The facts of a deadline as they stand, as JSON takes them; `reminder_of` reads them back."""
    contract = deadline.contract
    days = {name: getattr(deadline, name) for name in _DAYS}
    return {
        **{name: day.isoformat() for name, day in days.items() if day},
        "contract_number": _one_line(contract.number),
        "contract_title": _one_line(contract.title),
        "counterparty": _one_line("; ".join(party.name for party in contract.parties if not party.is_us)),
        "clause": _one_line(_clause_reference(contract, deadline.clause_key)),
        "method": _one_line(_way_of_sending(contract)) if deadline.send_by else "",
        "code": deadline.code,
        "title": _one_line(deadline.title),
        "side": deadline.side.value,
        "nature": deadline.nature.value,
        "amount": str(deadline.amount) if deadline.amount is not None else "",
        "currency": deadline.currency or "",
        "certainty": deadline.certainty.value,
        "provisional": deadline.provisional,
        "explanation": deadline.explanation,
    }


def reminder_of(facts: Mapping[str, Any], today: date, words: Texts, link: str) -> Reminder:
    """The reminder as it is to be written today, in the reader's language."""
    days: dict[str, Any] = {name: date.fromisoformat(facts[name]) for name in _DAYS if name in facts}
    return Reminder(
        today=today,
        what=deadline_name(facts["code"], facts["title"], words),
        side=Side(facts["side"]),
        nature=Nature(facts["nature"]),
        amount=_amount(facts, words),
        why=tuple(_why(facts, days, words)),
        doubts=tuple(_doubts(facts, words)),
        link=link,
        **{name: facts[name] for name in ("contract_number", "contract_title", "counterparty", "clause", "method")},
        **days,
    )


def _clause_reference(contract: Contract, key: str) -> str:
    body = next((clause.body for clause in contract.clauses if clause.key == key), {})
    return str(body.get("reference") or body.get("quote") or "")


def _way_of_sending(contract: Contract) -> str:
    return "; ".join(str(clause.body.get("method", "")) for clause in contract.clauses if clause.type == "delivery")


def _one_line(text: str) -> str:
    """Entry refuses line breaks; whatever got past it must not keep a reminder from being written."""
    return _BREAKS.sub(" ", text).strip()


def _amount(facts: Mapping[str, Any], words: Texts) -> str:
    return words.money(Decimal(facts["amount"]), facts["currency"] or "XXX") if facts["amount"] else ""


def _why(facts: Mapping[str, Any], days: Mapping[str, date], words: Texts) -> Iterator[str]:
    found = explained(
        Nature(facts["nature"]), days.get("legal"), days.get("act_by"), facts["provisional"], facts["explanation"]
    )
    yield from full_list(found, words)
    yield from step_lines(found.send_steps, words)


def _doubts(facts: Mapping[str, Any], words: Texts) -> Iterator[str]:
    if facts["provisional"]:
        years = ", ".join(map(str, facts["provisional"]))
        yield words.gettext("Provisional: the working days of %(years)s are not announced yet.", years=years)
    doubt = _DOUBTS.get(Certainty(facts["certainty"]))
    if doubt:
        yield words.gettext(doubt)
