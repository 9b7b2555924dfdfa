"""What a reminder says: fixed as data when it is planned, put into words when it is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.actions.clause_wording import wording_of
from tracker.actions.explained import Explanation, explained
from tracker.actions.lateness import lateness
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, Review
from tracker.render.explain import full_list, sentence, step_lines
from tracker.render.letter import Reminder
from tracker.render.money_words import late_words
from tracker.render.names import called
from tracker.render.texts import N_, Texts
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
from tracker.rules.late_fee import Late
from tracker.rules.money import Money
from tracker.rules.readings import Nature
from tracker.rules.standing import can_be_overdue

_DAYS = ("action_day", "legal", "act_by", "send_by", "target", "grace_until", "moved_from")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")
_DOUBTS = {
    Certainty.UNCONFIRMED: N_("Unconfirmed: time has made it so, but nobody has recorded it."),
    Certainty.PROJECTED: N_("Projected: it holds if the contract runs on as written."),
}


def facts_of(deadline: Deadline, today: date) -> dict[str, Any]:
    """The facts of a deadline as they stand on `today`, as JSON takes them; `reminder_of` reads them back."""
    contract = deadline.contract
    days = {name: getattr(deadline, name) for name in _DAYS}
    return {
        **{name: day.isoformat() for name, day in days.items() if day},
        "contract_number": one_line(contract.number),
        "contract_title": one_line(contract.title),
        "counterparty": one_line("; ".join(party.name for party in contract.parties if not party.is_us)),
        "clause": one_line(_clause_reference(deadline)),
        "method": one_line(_way_of_sending(contract)) if deadline.send_by else "",
        "code": deadline.code,
        "title": one_line(deadline.title),
        "occurrence": deadline.occurrence,
        "subject": one_line(deadline.subject),
        "late": _late(deadline, today),
        "side": deadline.side.value,
        "nature": deadline.nature.value,
        "amount": str(deadline.amount) if deadline.amount is not None else "",
        "currency": deadline.currency or "",
        "certainty": deadline.certainty.value,
        "disputed": _disputed(deadline),
        "rejected": _rejected(deadline),
        "provisional": deadline.provisional,
        "explanation": deadline.explanation,
    }


def reminder_of(facts: Mapping[str, Any], today: date, words: Texts, link: str, *, brief: bool = False) -> Reminder:
    """The reminder as it is to be written today, in the reader's language; `brief` with one sentence on the count."""
    days: dict[str, Any] = {name: date.fromisoformat(facts[name]) for name in _DAYS if name in facts}
    return Reminder(
        today=today,
        what=called(facts["code"], facts["title"], facts.get("occurrence", ""), facts.get("subject", ""), words),
        side=Side(facts["side"]),
        nature=Nature(facts["nature"]),
        missable=can_be_overdue(facts["code"], Nature(facts["nature"]), Side(facts["side"])),
        amount=_amount(facts, words),
        late=_late_so_far(facts.get("late"), words),
        why=tuple(_why_in_brief(facts, days, words) if brief else _why(facts, days, words)),
        doubts=tuple(_doubts(facts, words)),
        link=link,
        **{name: facts[name] for name in ("contract_number", "contract_title", "counterparty", "clause", "method")},
        **days,
    )


def _clause_reference(deadline: Deadline) -> str:
    wording = wording_of(deadline)
    body = wording.body if wording else {}
    return str(body.get("reference") or body.get("quote") or "")


def _way_of_sending(contract: Contract) -> str:
    return "; ".join(str(clause.body.get("method", "")) for clause in contract.clauses if clause.type == "delivery")


def one_line(text: str) -> str:
    """Entry refuses line breaks; whatever got past it must not keep a reminder from being written."""
    return _BREAKS.sub(" ", text).strip()


def _amount(facts: Mapping[str, Any], words: Texts) -> str:
    return words.money(Decimal(facts["amount"]), facts["currency"] or "XXX") if facts["amount"] else ""


def _late(deadline: Deadline, today: date) -> dict[str, Any] | None:
    """How late a payment is and the fee so far; they stay what they were on the day the letter was planned."""
    found = lateness(deadline, today)
    if found is None:
        return None
    fee = {"fee": str(found.fee.amount), "currency": found.fee.currency} if found.fee else {}
    return {"days": found.days, "on": today.isoformat(), **fee}


def _late_so_far(told: Mapping[str, Any] | None, words: Texts) -> str:
    if not told:
        return ""
    fee = Money(Decimal(told["fee"]), told["currency"]) if "fee" in told else None
    late = late_words(Late(told["days"], fee), words)
    return words.gettext("%(late)s, as of %(day)s", late=late, day=words.date(date.fromisoformat(told["on"])))


def _why(facts: Mapping[str, Any], days: Mapping[str, date], words: Texts) -> Iterator[str]:
    found = _explained(facts, days, facts["provisional"])
    yield from full_list(found, words)
    yield from step_lines(found.send_steps, words)


def _why_in_brief(facts: Mapping[str, Any], days: Mapping[str, date], words: Texts) -> Iterator[str]:
    """What is not settled is told beside it."""
    found = _explained(facts, days, ())
    if found.steps:
        yield sentence(found, words)


def _explained(facts: Mapping[str, Any], days: Mapping[str, date], provisional: Iterable[int]) -> Explanation:
    return explained(Nature(facts["nature"]), days.get("legal"), days.get("act_by"), provisional, facts["explanation"])


def _disputed(deadline: Deadline) -> dict[str, str]:
    if deadline.disputed_on is None:
        return {}
    return {"since": deadline.disputed_on.isoformat(), "reason": one_line(deadline.reason)}


def _rejected(deadline: Deadline) -> str:
    """What was missing, where somebody logged it and it was not accepted."""
    last = deadline.completions[-1] if deadline.completions else None
    return one_line(last.review_note) if last and last.review is Review.REJECTED else ""


def _doubts(facts: Mapping[str, Any], words: Texts) -> Iterator[str]:
    if facts.get("rejected"):
        yield words.gettext("Logged, but not accepted: %(reason)s", reason=facts["rejected"])
    if disputed := facts.get("disputed"):
        since = words.date(date.fromisoformat(disputed["since"]))
        yield words.gettext("Disputed since %(day)s: %(reason)s", day=since, reason=disputed["reason"])
    if facts["provisional"]:
        years = ", ".join(map(str, facts["provisional"]))
        yield words.gettext("Provisional: the working days of %(years)s are not announced yet.", years=years)
    doubt = _DOUBTS.get(Certainty(facts["certainty"]))
    if doubt:
        yield words.gettext(doubt)
