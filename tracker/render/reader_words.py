"""Why somebody hears of a deadline or does not, and why a letter leaves when it does, in the reader's words."""

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.render.texts import N_, Texts

_WHY: Mapping[str, str] = {
    "owner": N_("answers for it"),
    "backup": N_("stands in"),
    "told": N_("is told as well"),
    "delegate": N_("takes the place of %(name)s, who is away"),
    "administrator": N_("administrator: nobody else is told"),
}
_BEFORE, _AFTER = (
    N_("manager of %(name)s: nobody has it in hand yet"),
    N_("manager of %(name)s: its day has passed"),
)
_SILENCE: Mapping[str, str] = {
    "bounced": N_("the address takes no letters"),
    "not_mine": N_("said not to be theirs"),
    "muted": N_("no reminders of this kind are wanted"),
}
_HOLDS: Mapping[str, str] = {
    "day_off": N_("waits for a working day"),
    "quiet": N_("waits until quiet hours are over"),
    "digest": N_("comes with others in one letter"),
}


def why_words(why: str, name: str, lead: int, words: Texts) -> str:
    """What makes somebody a reader: one of `Why`, through whom, and how many days before the action day."""
    if why == "manager":
        return words.gettext(_AFTER if lead < 0 else _BEFORE, name=name)
    return words.gettext(_WHY[why], name=name)


def silence_words(silence: str, until: date | None, words: Texts) -> str:
    """Why somebody is not told."""
    if silence == "snoozed":
        return words.gettext("put off until %(day)s", day=words.date(until) if until else "–")
    return words.gettext(_SILENCE[silence])


def hold_words(holds: Iterable[str], words: Texts) -> list[str]:
    """What a letter waits for, each in a few words."""
    return [words.gettext(_HOLDS[hold]) for hold in holds]
