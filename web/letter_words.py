"""How a letter stands, in a few words, a colour and an icon; and which lead it speaks at."""

from collections.abc import Mapping

from tracker.actions.alarms import RUNNING_OUT, UNDELIVERED
from tracker.actions.last_look import BY_LEAD
from tracker.actions.outbox import RETURNED
from tracker.actions.outbox_statements import DIGEST
from tracker.actions.proof_rounds import EVIDENCE_WANTED, REJECTED, REVIEW_WANTED
from tracker.records.letters import Letter, LetterState
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

_REASONS: Mapping[str, str] = {
    "refused for now": N_("The server refused it for now."),
    "refused for good": N_("The server refused it for good."),
    "may have been delivered": N_("The connection broke after it was handed over: it may have arrived."),
    "came back": N_("It came back: the address takes no letters."),
    "given up on the way": N_("It came back: it could not be handed on, and was given up."),
    "not an e-mail address": N_("The recipient’s address is none."),
    "could not be written": N_("The letter could not be written; the log of the program says why."),
    "could not be planned": N_("The program could not work it out; its log says why."),
    "nobody to tell": N_("There was nobody to write to."),
    "recipient disabled": N_("The recipient was removed, or their address takes no letters."),
    "recipient may not see the contract": N_("The recipient may no longer see the contract."),
    "moved": N_("The day has moved; the new day is announced by itself."),
    "done": N_("It was done before the letter went out."),
    "evidence_pending": N_("It was done before the letter went out."),
    "in_review": N_("It was done before the letter went out."),
    "suspended": N_("It was suspended before the letter went out."),
    "waived": N_("It was waived before the letter went out."),
    "withdrawn": N_("The obligation is gone from the contract."),
    "settled meanwhile": N_("It was settled before the letter went out."),
    "snoozed": N_("The recipient put it off."),
    "not_mine": N_("The recipient said that it is not theirs."),
    "nothing left to say": N_("Nothing was left to tell when its time came."),
    "not as it was written": N_("What it tells had changed since it was written; what still holds is told anew."),
    "nobody wants to hear of it": N_("All who could be told asked not to hear of it."),
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
    "refused for good": N_("Have the address checked on the page of people, then send it again."),
    "may have been delivered": N_("Ask the recipient whether it arrived before it is sent again."),
    "came back": N_("Have the address put right on the page of people. Until then whoever is left is told."),
    "given up on the way": N_("Their mailbox may be full. Send it again, or tell them in another way."),
    "not an e-mail address": N_("Have the address put right on the page of people, then send it again."),
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
    return _(_REASONS[reason]) if reason in _REASONS else reason


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
