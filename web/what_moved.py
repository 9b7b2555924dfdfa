"""What recording something did to the deadlines, in one sentence."""

from tracker.actions.reschedule import Changes
from web.context import _, words


def what_moved(changes: Changes) -> str:
    """The sentence, for a note at the head of the next page."""
    moved, new, gone = len(changes.moved), len(changes.appeared), len(changes.vanished)
    held, back, met = len(changes.suspended), len(changes.resumed), len(changes.settled)
    parts = [
        (moved, words().ngettext("%(n)s deadline moved", "%(n)s deadlines moved", moved)),
        (new, words().ngettext("%(n)s appeared", "%(n)s appeared", new)),
        (gone, words().ngettext("%(n)s was withdrawn", "%(n)s were withdrawn", gone)),
        (held, words().ngettext("%(n)s is suspended", "%(n)s are suspended", held)),
        (met, words().ngettext("%(n)s is settled", "%(n)s are settled", met)),
        (back, words().ngettext("%(n)s is asked for again", "%(n)s are asked for again", back)),
    ]
    told = [text for number, text in parts if number]
    return _("Recorded: %(changes)s.", changes=_(", ").join(told)) if told else _("Recorded. No date moved.")
