"""Was I told, and what comes next: what letters and coming reminders mean for the visitor."""

from collections.abc import Sequence

from tracker.actions.coming import Coming
from tracker.records.letters import Letter, LetterState
from tracker.render.reader_words import hold_words, silence_words, why_words
from web.context import _, person_or_none, words, zone
from web.letter_words import letter_name


def was_i_told(letters: Sequence[Letter]) -> str:
    """Whether the visitor was told, by the letters about a deadline, the newest first."""
    mine = [letter for letter in letters if letter.person_id == _me()]
    sent = next((letter for letter in mine if letter.state is LetterState.SENT and letter.finished_at), None)
    if sent is not None and sent.finished_at:
        when = words().datetime(sent.finished_at, zone())
        return _("You were last told on %(when)s (%(letter)s).", when=when, letter=letter_name(sent))
    if any(letter.state is LetterState.FAILED for letter in mine):
        return _("You have not been told: a letter to you did not arrive.")
    if any(letter.finished_at is None for letter in mine):
        return _("You have not been told yet: a letter to you is on its way.")
    return _("You have not been told of it.")


def am_i_told_next(coming: Sequence[Coming]) -> str:
    """When the visitor hears of it next, or why not; empty where it does not concern them."""
    mine = [one for one in coming if one.person and one.person.id == _me()]
    goes = next((one for one in mine if one.goes), None)
    if goes:
        return _("You hear of it next on %(when)s.", when=words().datetime(goes.at, zone()))
    if mine and mine[0].silence:
        reason = silence_words(mine[0].silence, mine[0].until, words())
        return _("You are not told of it from now on: %(reason)s.", reason=reason)
    return ""


def about_coming(one: Coming) -> list[str]:
    """Why its reader is told or is not, and what the letter waits for."""
    said = [_why(one), _kept_back(one), *hold_words(one.holds, words())]
    return [part for part in said if part]


def _why(one: Coming) -> str:
    if one.why is None or one.lead is None:
        return ""
    return why_words(one.why, one.of.name if one.of else "", one.lead, words())


def _kept_back(one: Coming) -> str:
    if one.silence is None:
        return ""
    reason = silence_words(one.silence, one.until, words())
    if one.goes:
        return _("told all the same, as nobody else would hear of this notice: %(reason)s", reason=reason)
    return reason


def _me() -> int | None:
    visitor = person_or_none()
    return visitor.id if visitor else None
