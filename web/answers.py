"""An answer to a reminder as a form sends it, from a letter's page and from the deadline's own."""

from tracker.actions.answering import Said, Way
from tracker.rules.section import day
from web.forms import Form


def said_in(form: Form) -> Said | None:
    """What the form says; None, with a problem in the form, where it says nothing that can be said."""
    way = form.choice("answer", Way)
    if way is Way.DONE:
        return Said(way, form.read("done_on", day, required=True), form.prose("note"))
    if way is Way.LATER:
        return Said(way, form.read("until", day, required=True))
    return Said(way) if way else None
