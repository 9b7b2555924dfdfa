"""Why a letter stands as it does, in the reader's language."""

from collections.abc import Mapping

from tracker.render.texts import N_, Texts

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
"""By the word that is kept with the letter."""


def reason_words(reason: str, words: Texts) -> str:
    """The reason in a sentence; the program's own word where there is none for it."""
    return words.gettext(_REASONS[reason]) if reason in _REASONS else reason
