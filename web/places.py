"""Names of the places in a contract document, as the form calls them."""

import re

from tracker.render.names import code_name
from tracker.rules.codes import CODES
from tracker.rules.problems import N_
from web.context import _, words
from web.forms import Form

_NAMES = {
    "number": N_("Number"),
    "title": N_("Title"),
    "kind": N_("Kind"),
    "parties": N_("Parties"),
    "parties[0].name": N_("First party"),
    "parties[1].name": N_("Second party"),
    "signed_on": N_("Signed on"),
    "effect.when": N_("Day it takes effect"),
    "effect.conditions": N_("Conditions"),
    "term": N_("Term"),
    "term.length": N_("Length"),
    "term.end": N_("Ends on"),
    "term.start": N_("Starts on"),
    "term.minimum": N_("Minimum term"),
    "renewal": N_("Renewal"),
    "renewal.length": N_("Renewed for"),
    "renewal.cap": N_("At most so many times"),
    "renewal.formalities": N_("Formalities done before the end"),
    "tracked_from": N_("Follow from"),
    "owner": N_("Owner"),
    "backup": N_("Stands in"),
    "facts": N_("Facts"),
    "amendment.title": N_("Title of the amendment"),
    "amendment.signed": N_("Signed on"),
    "amendment.effective": N_("In effect from"),
    "may_see": N_("Named people"),
    "told": N_("Who else gets the reminders"),
}
_SECTIONS = {
    "parties": N_("Party %(n)s"),
    "renewal.notice": N_("Notice on renewal %(n)s"),
    "termination": N_("Ending early %(n)s"),
    "delivery": N_("How notice travels %(n)s"),
    "obligations": N_("Obligation %(n)s"),
    "facts": N_("Fact %(n)s"),
    "access.only": N_("Named person %(n)s"),
    "reminders": N_("Reminders, line %(n)s"),
}


def place_name(place: str, form: Form | None = None) -> str:
    """What people call a place, with what the form says stands there; a place nobody named stands as it is."""
    if place in _NAMES:
        return _(_NAMES[place])
    match = re.match(r"(.+?)\[(\d+)\]", place)
    if match is None or match[1] not in _SECTIONS:
        return place
    name, what = _(_SECTIONS[match[1]], n=int(match[2]) + 1), _what_stands_at(match[0], form)
    return _("%(place)s (%(what)s)", place=name, what=what) if what else name


def _what_stands_at(place: str, form: Form | None) -> str:
    """The name of one of several parties or obligations, as the form gives it."""
    if form is None:
        return ""
    name, code = form.value(f"{place}.title") or form.value(f"{place}.name"), form.value(f"{place}.code")
    return name or (code_name(code, words()) if code in CODES else "")
