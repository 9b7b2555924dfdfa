"""How a deadline stands, in a few words, a colour and an icon: never by colour alone."""

from dataclasses import dataclass
from datetime import date

from tracker.actions.board import stands
from tracker.actions.complete import standing as holding
from tracker.records.deadlines import Deadline
from tracker.rules.deadlines import Certainty
from tracker.rules.standing import Standing
from web.context import _, today, words

SOON = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag: its words, its colour (`bad`, `warn`, `ok`, `info` or none) and its icon."""

    text: str
    kind: str
    icon: str


def mark(deadline: Deadline) -> Mark:
    """How the deadline stands today."""
    stand = stands(deadline, today())
    if stand is Standing.DONE:
        return _done(deadline)
    if stand is Standing.OVERDUE:
        last = deadline.legal or deadline.target or today()
        late = (today() - last).days
        return Mark(words().ngettext("%(n)s day overdue", "%(n)s days overdue", late), "bad", "circle-alert")
    if stand is Standing.AT_RISK:
        return Mark(_("safe day passed"), "warn", "triangle-alert")
    if stand is Standing.UPCOMING and deadline.action_day is not None:
        return _upcoming(deadline.action_day)
    return {
        Standing.WAITING: Mark(_("no day yet"), "", "circle-dashed"),
        Standing.PASSED: Mark(_("passed"), "", "history"),
        Standing.WAIVED: Mark(_("waived"), "", "ban"),
        Standing.WITHDRAWN: Mark(_("withdrawn"), "", "x"),
    }.get(stand, Mark(stand.value, "", "clock"))


def doubts(deadline: Deadline) -> list[Mark]:
    """What is not settled about its day."""
    found = []
    if deadline.certainty is Certainty.UNCONFIRMED:
        found.append(Mark(_("unconfirmed"), "warn", "circle-help"))
    if deadline.certainty is Certainty.PROJECTED:
        found.append(Mark(_("projected"), "info", "circle-dashed"))
    if deadline.provisional:
        found.append(Mark(_("provisional"), "info", "hourglass"))
    return found


def _done(deadline: Deadline) -> Mark:
    completion = holding(deadline)
    if completion and deadline.legal and completion.done_on > deadline.legal:
        return Mark(_("done late"), "warn", "circle-check")
    return Mark(_("done"), "ok", "circle-check")


def _upcoming(day: date) -> Mark:
    days = (day - today()).days
    if days < 0:
        return Mark(_("since %(day)s", day=words().date(day)), "info", "clock")
    if days <= 1:
        return Mark(_("tomorrow") if days else _("today"), "warn", "clock")
    return Mark(words().ngettext("in %(n)s day", "in %(n)s days", days), "warn" if days <= SOON else "", "clock")
