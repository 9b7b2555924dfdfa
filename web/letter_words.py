"""How a letter stands, in a few words, a colour and an icon; and which lead it speaks at."""

from collections.abc import Mapping

from tracker.records.letters import LetterState
from tracker.render.texts import N_
from web.context import _, words
from web.marks import Mark

_MARKS: Mapping[LetterState, Mark] = {
    LetterState.QUEUED: Mark(N_("waits for its time"), "", "hourglass"),
    LetterState.SENDING: Mark(N_("being sent"), "info", "send"),
    LetterState.RETRY: Mark(N_("will be tried again"), "warn", "refresh-cw"),
    LetterState.UNKNOWN: Mark(N_("may have arrived; tried once more"), "warn", "circle-help"),
    LetterState.SENT: Mark(N_("sent"), "ok", "circle-check"),
    LetterState.FAILED: Mark(N_("not delivered"), "bad", "circle-alert"),
    LetterState.SUPPRESSED: Mark(N_("not sent on purpose"), "", "ban"),
    LetterState.SUPERSEDED: Mark(N_("replaced by a later one"), "", "history"),
}

_REASONS: Mapping[str, str] = {
    "refused for now": N_("The server refused it for now."),
    "refused for good": N_("The server refused it for good."),
    "may have been delivered": N_("The connection broke after it was handed over: it may have arrived."),
    "came back": N_("It came back: the address takes no letters."),
    "given up on the way": N_("It came back: it could not be handed on, and was given up."),
    "not an e-mail address": N_("The recipient’s address is none."),
    "could not be written": N_("The letter could not be written; the log of the program says why."),
    "nobody to tell": N_("There was nobody to write to: give the contract an owner."),
    "recipient disabled": N_("The recipient can no longer sign in."),
    "recipient may not see the contract": N_("The recipient may no longer see the contract."),
    "moved": N_("The day has moved; the new day is announced by itself."),
    "done": N_("It was done before the letter went out."),
    "evidence_pending": N_("It was done before the letter went out."),
    "in_review": N_("It was done before the letter went out."),
    "suspended": N_("It was suspended before the letter went out."),
    "waived": N_("It was waived before the letter went out."),
    "withdrawn": N_("The obligation is gone from the contract."),
}

_OUTCOMES: Mapping[str, str] = {
    "sent": N_("sent"),
    "handing over": N_("being handed over"),
    "transient": N_("refused for now"),
    "permanent": N_("refused for good"),
    "halt": N_("mail stopped: the settings are refused"),
    "unknown": N_("lost after it was handed over"),
    "process lost": N_("the program stopped before it was handed over"),
}

_RESTED = "laid to rest: "


def letter_mark(state: LetterState) -> Mark:
    """How a letter stands."""
    found = _MARKS[state]
    return Mark(_(found.text), found.kind, found.icon)


def letter_states() -> dict[str, str]:
    """The states to choose from."""
    return {state.value: _(found.text) for state, found in _MARKS.items()}


def letter_reason(reason: str) -> str:
    """Why a letter stands as it does; the program's own word where there is no sentence for it."""
    if reason.startswith(_RESTED):
        return _("Let rest. %(reason)s", reason=letter_reason(reason.removeprefix(_RESTED)))
    if reason.startswith("by lead "):
        return ""
    return _(_REASONS[reason]) if reason in _REASONS else reason


def outcome(value: str) -> str:
    """What came of one attempt."""
    return _(_OUTCOMES[value]) if value in _OUTCOMES else value or _("not finished")


def lead_name(lead: int) -> str:
    """When a reminder speaks, seen from the day it is about."""
    if lead == 0:
        return _("on the day")
    if lead < 0:
        return words().ngettext("%(n)s day after", "%(n)s days after", -lead)
    return words().ngettext("%(n)s day before", "%(n)s days before", lead)
