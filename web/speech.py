"""Template filters that put rows into words."""

from collections.abc import Callable
from datetime import date

from flask import Flask

from tracker.actions.access import EDITING
from tracker.actions.board import counterparty
from tracker.actions.explained import Explanation, explained
from tracker.records.deadlines import Deadline
from tracker.records.history import History
from tracker.records.people import Role
from tracker.render import names
from tracker.render.changes import why_changed
from tracker.render.closing import free_line, obstacle_line
from tracker.render.explain import full_list, sentence, step_lines
from tracker.render.texts import N_
from tracker.rules.facts import FactKind, Side
from tracker.rules.words import said
from web import money
from web.context import _, person_or_none, words
from web.fact_words import facts_of
from web.forms import say
from web.kinds import kinds
from web.letter_words import lead_name, letter_advice, letter_mark, letter_name, letter_reason, next_try, outcome
from web.mail_state import mail_troubles
from web.marks import doubts, mark
from web.places import place_name
from web.third_parties import need_name, stage_mark
from web.told_words import about_coming, am_i_told_next, was_i_told

_EVENTS = {
    "contract-registered": N_("recorded the contract"),
    "contract-amended": N_("changed the contract"),
    "amendment-recorded": N_("recorded an amendment"),
    "amendment-corrected": N_("put right when an amendment holds"),
    "amendment-withdrawn": N_("withdrew an amendment"),
    "fact-recorded": N_("recorded a fact"),
    "fact-corrected": N_("corrected a fact"),
    "fact-withdrawn": N_("withdrew a fact"),
    "deadline-completed": N_("logged a completion"),
    "deadline-reopened": N_("reopened a deadline"),
    "deadline-waived": N_("waived a deadline"),
    "evidence-added": N_("brought evidence"),
    "completion-approved": N_("accepted a completion"),
    "completion-rejected": N_("rejected a completion"),
    "deadline-disputed": N_("marked a deadline as disputed"),
    "dispute-settled": N_("recorded that a dispute is settled"),
    "adjusted": N_("paused, ended or moved something by hand"),
    "series-resumed": N_("let a series go on"),
    "adjustment-withdrawn": N_("took back what was adjusted by hand"),
    "dates-recounted": N_("counted dates anew on other working days"),
    "parent-changed": N_("put the contract under another, or under none"),
    "paper-filed": N_("put a document on file"),
    "paper-version-added": N_("put a newer version of a document on file"),
    "paper-corrected": N_("put right what is said of a document"),
    "paper-removed": N_("took a document away"),
    "access-changed": N_("changed who may see it"),
    "letter-came-back": N_("heard that a reminder came back"),
    "letter-given-up": N_("heard that a reminder was given up on the way"),
    "letter-delayed": N_("heard that a reminder is late"),
    "letter-tried-again": N_("had a letter sent again"),
    "letter-laid-to-rest": N_("let a letter rest that did not arrive"),
    "deadline-acknowledged": N_("has a deadline in hand"),
    "reminders-snoozed": N_("put reminders off"),
    "reminders-refused": N_("said that a deadline is not theirs"),
    "ladder-changed": N_("changed when to be reminded"),
    "kind-saved": N_("saved the kind"),
    "kind-removed": N_("removed the kind"),
}


def equip_speech(app: Flask) -> None:
    """Teach templates to say what rows hold."""
    app.jinja_env.filters.update({**_FILTERS, **money.FILTERS})
    app.jinja_env.globals.update(mail_troubles=mail_troubles)

    @app.context_processor
    def rights() -> dict[str, object]:
        visitor = person_or_none()
        return {
            "may_edit": visitor is not None and visitor.role in EDITING,
            "is_admin": visitor is not None and visitor.role is Role.ADMIN,
        }


def _what(deadline: Deadline) -> str:
    return names.deadline_name(deadline.code, deadline.title, words())


def _why(deadline: Deadline) -> list[str]:
    """How its days were worked out, a sentence a step; the last ones say when to send."""
    if deadline.legal is None:
        return [_unknown(deadline)]
    found = _explanation(deadline)
    return [*full_list(found, words()), *step_lines(found.send_steps, words())]


def _why_short(deadline: Deadline) -> str:
    if deadline.legal is None:
        return _unknown(deadline)
    return sentence(_explanation(deadline), words())


def _explanation(deadline: Deadline) -> Explanation:
    return explained(deadline.nature, deadline.legal, deadline.act_by, deadline.provisional, deadline.explanation)


def _unknown(deadline: Deadline) -> str:
    waits_for = str(deadline.explanation.get("waits_for") or "")
    if not waits_for:
        return _("The contract gives no number, so no day can be known.")
    event = names.anchor_name(waits_for, words())
    return _("No day can be known before this happens: %(event)s.", event=event)


def _event(event: History) -> str:
    return _(_EVENTS[event.event]) if event.event in _EVENTS else event.event


def _clause(reference: str) -> str:
    """Where a clause stands: a bare number is called a clause, anything else stands as it was written."""
    return _("clause %(reference)s", reference=reference) if reference[:1].isdigit() else reference


def _iso(day: str) -> str:
    return words().date(date.fromisoformat(day))


_FILTERS: dict[str, Callable[..., object]] = {
    "say": say,
    "what": _what,
    "why": _why,
    "why_short": _why_short,
    "why_changed": lambda change: why_changed(change, words()),
    "mark": mark,
    "letter_mark": letter_mark,
    "letter_reason": letter_reason,
    "outcome": outcome,
    "about_coming": about_coming,
    "am_i_told_next": am_i_told_next,
    "lead_name": lead_name,
    "letter_advice": letter_advice,
    "letter_name": letter_name,
    "next_try": next_try,
    "was_i_told": was_i_told,
    "doubts": doubts,
    "event": _event,
    "iso_day": _iso,
    "counterparty": lambda contract: counterparty(contract, _(", ")),
    "obstacle": lambda obstacle, number: obstacle_line(obstacle, number, words()),
    "place_name": place_name,
    "free_to_close": lambda certificate: free_line(certificate, words()),
    "stage_mark": stage_mark,
    "need_name": need_name,
    "clause_name": _clause,
    "kind_name": lambda kind: kinds().name(kind, words().language),
    "said": lambda wording: said(wording, words().language),
    "code_name": lambda code: names.code_name(code, words()),
    "earlier_facts": facts_of,
    "fact_name": lambda kind: names.fact_name(FactKind(kind), words()),
    "side_name": lambda side: names.side_name(Side(side), words()),
}
