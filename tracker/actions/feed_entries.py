"""How a deadline looks in a calendar, at each level of detail, in the subscriber's language."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.actions.explained import explained
from tracker.actions.lateness import owed
from tracker.actions.links import deadline_page
from tracker.records.deadlines import ACHIEVED, Deadline, State
from tracker.records.feeds import Detail
from tracker.render.explain import full_list, step_lines
from tracker.render.feed import EntryStatus, FeedEntry, overflow
from tracker.render.money_words import late_words, rate_words
from tracker.render.names import called, deadline_name
from tracker.render.texts import N_, Texts, texts
from tracker.rules.codes import CODES
from tracker.rules.counting import Nature
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side

NOTICE_ALARM = 14
OTHER_ALARM = 7
"""Days before the action day on which calendars that keep alarms ring."""

_STATUS = {
    State.OPEN: EntryStatus.OPEN,
    State.EVIDENCE_PENDING: EntryStatus.DONE,
    State.IN_REVIEW: EntryStatus.DONE,
    State.DONE: EntryStatus.DONE,
    State.WAIVED: EntryStatus.CANCELLED,
    State.SUSPENDED: EntryStatus.CANCELLED,
    State.WITHDRAWN: EntryStatus.CANCELLED,
}
_STILL_TO_COME = {
    State.EVIDENCE_PENDING: N_("The evidence is still to be brought."),
    State.IN_REVIEW: N_("The proof waits to be accepted."),
}
_OWED_BY = {
    Side.US: N_("Owed by us"),
    Side.THEM: N_("Owed by the other side"),
    Side.BOTH: N_("Owed by both sides"),
}
_ACT = {
    Nature.BY: N_("Act by %(day)s"),
    Nature.NOT_BEFORE: N_("Not before %(day)s"),
    Nature.UNTIL: N_("Until %(day)s"),
    Nature.STATE: N_("Last day: %(day)s"),
}
_DOUBTS = {
    Certainty.UNCONFIRMED: N_("Unconfirmed: time has made it so, but nobody has recorded it."),
    Certainty.PROJECTED: N_("Projected: it holds if the contract runs on as written."),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom events are written: two readers who are equal get equal bytes."""

    language: str
    detail: Detail
    base_url: str
    installation: str
    """The installation's fixed name, never its host: an event's identity survives every move."""


def entry_of(deadline: Deadline, reader: Reader) -> FeedEntry:
    """The deadline as an event on its action day, which it must have; says no more than the reader's detail allows."""
    if deadline.action_day is None:
        raise ValueError("a deadline without a day has no place in a calendar")
    words = texts(reader.language)
    full = reader.detail is Detail.FULL
    return FeedEntry(
        uid=uid_of(f"{deadline.contract.uid}:{deadline.key}", reader.installation),
        day=deadline.action_day,
        title=_title(deadline, reader.detail, words),
        lines=tuple(_lines(deadline, words)) if full else (),
        status=_STATUS[deadline.state],
        sequence=deadline.sequence,
        modified=deadline.modified_at,
        url=deadline_page(reader.base_url, deadline.id),
        categories=(_what(deadline, words),) if full else (),
        alarm=_alarm(deadline),
    )


def overflow_of(reader: Reader, feed_id: int, today: date, shown: int, total: int) -> FeedEntry:
    """The event that says how many deadlines a feed had to leave out."""
    words = texts(reader.language)
    left_out = total - shown
    title = words.ngettext(
        "%(n)s more deadline is not shown in this calendar",
        "%(n)s more deadlines are not shown in this calendar",
        left_out,
    )
    advice = words.gettext(
        "A calendar holds at most %(most)s deadlines, the earliest first. Narrow its filters to see all of them.",
        most=words.number(shown),
    )
    return overflow(uid_of(f"feed {feed_id} cut", reader.installation), today, title, (advice,))


def uid_of(name: str, installation: str) -> str:
    """An identity for what `name` names, unique across installations and for good."""
    return f"{hashlib.sha256(f'{installation} {name}'.encode()).hexdigest()[:32]}@{installation}"


def _alarm(deadline: Deadline) -> int:
    """Days of warning; none where a window opens or a state changes, for nothing is owed by that day."""
    if deadline.nature in (Nature.NOT_BEFORE, Nature.STATE):
        return 0
    code = CODES.get(deadline.code)
    return NOTICE_ALARM if code is not None and code.notice else OTHER_ALARM


def _what(deadline: Deadline, words: Texts) -> str:
    return deadline_name(deadline.code, deadline.title, words)


def _called(deadline: Deadline, words: Texts) -> str:
    """With what it is about, which may be a person's name."""
    return called(deadline.code, deadline.title, deadline.occurrence, deadline.subject, words)


def _title(deadline: Deadline, detail: Detail, words: Texts) -> str:
    if detail is Detail.DATES:
        plain = words.gettext("Contract deadline")
    else:
        what = _called(deadline, words) if detail is Detail.FULL else _what(deadline, words)
        plain = words.pgettext("calendar event", "%(what)s – %(contract)s", what=what, contract=deadline.contract.title)
    if deadline.provisional or deadline.certainty is Certainty.UNCONFIRMED:
        return words.pgettext("calendar event", "%(title)s (provisional)", title=plain)
    return plain


def _lines(deadline: Deadline, words: Texts) -> Iterator[str]:
    """What it is, whose it is, by when, how sure, and why."""
    contract = deadline.contract
    yield words.gettext("Contract %(number)s: %(title)s", number=contract.number, title=contract.title)
    others = [party.name for party in contract.parties if not party.is_us]
    if others:
        yield words.gettext("Counterparty: %(parties)s", parties="; ".join(others))
    yield from _clause(deadline, words)
    yield words.gettext(_OWED_BY[deadline.side])
    if deadline.amount is not None:
        yield words.gettext("Amount: %(amount)s", amount=words.money(deadline.amount, deadline.currency or "XXX"))
    yield from _late_fee(deadline, words)
    yield from _days(deadline, words)
    if deadline.certainty in _DOUBTS:
        yield words.gettext(_DOUBTS[deadline.certainty])
    yield from _done(deadline, words)
    yield from _why(deadline, words)


def _late_fee(deadline: Deadline, words: Texts) -> Iterator[str]:
    """The rate as agreed; the fee itself only once it is final, for a calendar knows no today."""
    sum_owed = owed(deadline)
    if sum_owed.rate is not None:
        yield words.gettext("Late fee: %(rate)s", rate=rate_words(sum_owed.rate, words))
    if sum_owed.done_on and (late := sum_owed.late(sum_owed.done_on)):
        yield words.gettext("Paid late: %(late)s", late=late_words(late, words))


def _clause(deadline: Deadline, words: Texts) -> Iterator[str]:
    for clause in deadline.contract.clauses:
        if clause.key == deadline.clause_key and clause.body.get("reference"):
            yield words.gettext("Clause: %(reference)s", reference=clause.body["reference"])


def _days(deadline: Deadline, words: Texts) -> Iterator[str]:
    if deadline.send_by:
        yield words.gettext("Send it by %(day)s, so that it arrives in time.", day=words.date(deadline.send_by))
    if deadline.act_by:
        yield words.gettext(_ACT[deadline.nature], day=words.date(deadline.act_by))
    if deadline.legal and deadline.legal != deadline.act_by:
        yield words.gettext("Day by the contract's rules: %(day)s", day=words.date(deadline.legal))
    if deadline.grace_until:
        yield words.gettext("Not late until after %(day)s", day=words.date(deadline.grace_until))
    if deadline.moved_from:
        yield words.gettext("Moved by hand; the contract's rules give %(day)s.", day=words.date(deadline.moved_from))
    if deadline.target:
        yield words.gettext("The team's own target, not a legal day: %(day)s", day=words.date(deadline.target))


def _done(deadline: Deadline, words: Texts) -> Iterator[str]:
    standing = [completion for completion in deadline.completions if completion.undone_at is None]
    if deadline.state in ACHIEVED and standing:
        yield words.gettext("Done on %(day)s", day=words.date(standing[-1].done_on))
    if deadline.state in _STILL_TO_COME:
        yield words.gettext(_STILL_TO_COME[deadline.state])
    if deadline.state is State.OPEN and deadline.disputed_on:
        yield words.gettext(
            "Disputed since %(day)s: %(reason)s", day=words.date(deadline.disputed_on), reason=deadline.reason
        )


def _why(deadline: Deadline, words: Texts) -> Iterator[str]:
    found = explained(deadline.nature, deadline.legal, deadline.act_by, deadline.provisional, deadline.explanation)
    steps = [*full_list(found, words), *step_lines(found.send_steps, words)]
    if steps:
        yield words.gettext("How the date was worked out:")
        yield from steps
