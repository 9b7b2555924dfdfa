"""How a deadline stands, in a few words, a colour and an icon: never by colour alone."""

from dataclasses import dataclass
from datetime import date

from tracker.actions.board import stands
from tracker.actions.complete import standing as holding
from tracker.records.deadlines import Deadline, Review, State
from tracker.rules.deadlines import Certainty
from tracker.rules.standing import Standing, can_be_overdue, days_late
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
        late = (today() - (deadline.last_day or today())).days
        return Mark(words().ngettext("%(n)s day overdue", "%(n)s days overdue", late), "bad", "circle-alert")
    if stand is Standing.AT_RISK and deadline.grace_until and deadline.legal and deadline.legal < today():
        return Mark(_("grace to %(day)s", day=words().date(deadline.grace_until)), "warn", "triangle-alert")
    if stand is Standing.AT_RISK:
        return Mark(_("safe day passed"), "warn", "triangle-alert")
    if stand is Standing.UPCOMING and deadline.action_day is not None:
        return _upcoming(deadline.action_day)
    return {
        Standing.WAITING: Mark(_("no day yet"), "", "circle-dashed"),
        Standing.PASSED: Mark(_("passed"), "", "history"),
        Standing.EVIDENCE_PENDING: Mark(_("evidence pending"), "warn", "paperclip"),
        Standing.IN_REVIEW: Mark(_("awaiting review"), "info", "eye"),
        Standing.SUSPENDED: Mark(_("suspended"), "info", "circle-pause"),
        Standing.WAIVED: Mark(_("waived"), "", "ban"),
        Standing.WITHDRAWN: Mark(_("withdrawn"), "", "x"),
    }.get(stand, Mark(stand.value, "", "clock"))


def doubts(deadline: Deadline) -> list[Mark]:
    """What is not settled about it or its day."""
    found = []
    if deadline.disputed_on and deadline.state in (State.OPEN, State.SUSPENDED):
        found.append(Mark(_("disputed"), "warn", "scale"))
    if deadline.state is State.OPEN and deadline.completions and deadline.completions[-1].review is Review.REJECTED:
        found.append(Mark(_("rejected"), "bad", "circle-x"))
    if deadline.moved_from:
        found.append(Mark(_("moved by hand"), "info", "calendar-clock"))
    if deadline.certainty is Certainty.UNCONFIRMED:
        found.append(Mark(_("unconfirmed"), "warn", "circle-help"))
    if deadline.certainty is Certainty.PROJECTED:
        found.append(Mark(_("projected"), "info", "circle-dashed"))
    if deadline.provisional:
        found.append(Mark(_("provisional"), "info", "hourglass"))
    return found


def _done(deadline: Deadline) -> Mark:
    completion = holding(deadline)
    possible = can_be_overdue(deadline.code, deadline.nature, deadline.side)
    late = days_late(completion.done_on, deadline.last_day, possible) if completion else 0
    if late:
        return Mark(words().ngettext("done, %(n)s day late", "done, %(n)s days late", late), "warn", "circle-check")
    return Mark(_("done"), "ok", "circle-check")


def _upcoming(day: date) -> Mark:
    days = (day - today()).days
    if days < 0:
        return Mark(_("since %(day)s", day=words().date(day)), "info", "clock")
    if days <= 1:
        return Mark(_("tomorrow") if days else _("today"), "warn", "clock")
    return Mark(words().ngettext("in %(n)s day", "in %(n)s days", days), "warn" if days <= SOON else "", "clock")
