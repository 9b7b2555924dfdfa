"""How a letter stands, in a few words, a colour and an icon; and which lead it speaks at."""

from collections.abc import Mapping

from tracker.actions.alarms import RUNNING_OUT, UNDELIVERED
from tracker.actions.last_look import BY_LEAD
from tracker.actions.outbox import RETURNED
from tracker.actions.outbox_statements import DIGEST
from tracker.actions.proof_rounds import EVIDENCE_WANTED, REJECTED, REVIEW_WANTED
from tracker.records.letters import Letter, LetterState
from tracker.render.letter_reasons import reason_words
from tracker.render.texts import N_
from web.context import _, words
from web.marks import Mark

_MARKS: Mapping[LetterState, Mark] = {
    LetterState.QUEUED: Mark(N_("waits for its time"), "", "hourglass"),
    LetterState.GATHERED: Mark(N_("waits to go with others"), "", "hourglass"),
    LetterState.SENDING: Mark(N_("being sent"), "info", "send"),
    LetterState.RETRY: Mark(N_("will be tried again"), "warn", "refresh-cw"),
    LetterState.UNKNOWN: Mark(N_("may have arrived; tried once more"), "warn", "circle-help"),
    LetterState.SENT: Mark(N_("sent"), "ok", "circle-check"),
    LetterState.FAILED: Mark(N_("not delivered"), "bad", "circle-alert"),
    LetterState.SUPPRESSED: Mark(N_("not sent on purpose"), "", "ban"),
    LetterState.SUPERSEDED: Mark(N_("replaced by a later one"), "", "history"),
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

_PURPOSES: Mapping[str, str] = {
    DIGEST: N_("Several reminders in one letter"),
    EVIDENCE_WANTED: N_("evidence wanted"),
    REVIEW_WANTED: N_("review wanted"),
    REJECTED: N_("proof not accepted"),
    UNDELIVERED: N_("Alarm: a reminder did not arrive"),
    RUNNING_OUT: N_("Alarm: working days are not known for long"),
}

_ADVICE: Mapping[str, str] = {
    "refused for good": N_(
        "Check the address. If it is right, send the letter again; if it is wrong, add the right one on the page of "
        "people and name it in the contract."
    ),
    "may have been delivered": N_("Ask the recipient whether it arrived before it is sent again."),
    "came back": N_(
        "If the address is wrong, add the right one on the page of people and name it in the contract. Until then "
        "whoever is left is told."
    ),
    "given up on the way": N_("Their mailbox may be full. Send it again, or tell them in another way."),
    "not an e-mail address": N_("Add the right address on the page of people, and name it in the contract."),
    "could not be written": N_("Send it again. If that fails too, the log of the program says why."),
    "could not be planned": N_("Look at the contract and at who answers for it. It is tried again every day."),
    "nobody to tell": N_("Give the contract an owner."),
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
    if reason.startswith(BY_LEAD):
        return ""
    return reason_words(reason, words())


def outcome(value: str) -> str:
    """What came of one attempt."""
    return _(_OUTCOMES[value]) if value in _OUTCOMES else value or _("not finished")


def letter_name(letter: Letter) -> str:
    """What kind of letter it is: which reminder, a summary of several, or an alarm."""
    if letter.purpose in _PURPOSES:
        return _(_PURPOSES[letter.purpose])
    return lead_name(letter.lead)


def letter_advice(letter: Letter) -> str:
    """What to do about a letter that did not arrive, or that nothing needs doing; empty where it speaks for itself."""
    if letter.state is LetterState.FAILED and letter.reason in _ADVICE:
        return _(_ADVICE[letter.reason])
    if letter.purpose == DIGEST and letter.state is LetterState.SUPERSEDED and letter.reason not in RETURNED:
        return _("Nothing needs doing: its reminders go one by one.")
    if letter.state in (LetterState.RETRY, LetterState.UNKNOWN) and letter.attempts:
        return _("Nothing needs doing: it is tried again by itself.")
    return ""


def next_try(letter: Letter) -> str:
    """What the time of a letter that has not ended is the time of."""
    if letter.state is LetterState.SENDING:
        return _("being sent since")
    return _("next try") if letter.attempts else _("leaves")


def lead_name(lead: int) -> str:
    """When a reminder speaks, seen from the day it is about."""
    if lead == 0:
        return _("on the day")
    if lead < 0:
        return words().ngettext("%(n)s day after", "%(n)s days after", -lead)
    return words().ngettext("%(n)s day before", "%(n)s days before", lead)
