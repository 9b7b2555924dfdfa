"""Letters: a reminder in, the bytes of an e-mail out, the same facts as plain text and as HTML.

Nothing of yagmail's composer is used, and nothing is fetched or attached: what is said is all there is.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from email.message import EmailMessage

from tracker.render.composing import closed, filled, refuse_line_breaks, set_both
from tracker.render.envelope import Cover, addressed
from tracker.render.invitation import METHOD
from tracker.render.invitation import NAME as CALENDAR_NAME
from tracker.render.names import side_name, way_name
from tracker.render.texts import N_, Texts, texts
from tracker.rules.facts import Side
from tracker.rules.readings import Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one letter says of one deadline, as it stands on `today`.

    `action_day` is the day it is all about: the last day to send, else to act, else the team's own target. `why` holds
    the steps of the count in the reader's language, `doubts` what is not settled about the day. `link` leads to the
    deadline's page and `answer` to the one that takes the reader's answer without sign-in; empty where no address of
    the web app is known. `ways` are the places on that page where this reader may give an answer.
    """

    today: date
    contract_number: str
    contract_title: str
    what: str
    side: Side
    nature: Nature
    action_day: date
    counterparty: str = ""
    clause: str = ""
    send_by: date | None = None
    method: str = ""
    act_by: date | None = None
    legal: date | None = None
    target: date | None = None
    grace_until: date | None = None
    moved_from: date | None = None
    amount: str = ""
    late: str = ""
    why: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    link: str = ""
    answer: str = ""
    missable: bool = True
    ways: tuple[str, ...] = ("done", "in-hand", "later", "not-mine")

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            for line in value if isinstance(value, tuple) else (value,):
                if isinstance(line, str):
                    refuse_line_breaks(field.name, line)

    @property
    def days_left(self) -> int:
        return (self.action_day - self.today).days


def write_reminder(reminder: Reminder, cover: Cover, language: str, calendar: bytes = b"") -> bytes:
    """The letter as it is handed to the mail server: equal values give equal bytes. `calendar` is a file to go with it.

    Raises:
        ValueError: a field holds a line break, or an address is none.
    """
    words = texts(language)
    message = addressed(cover, _subject(reminder, words))
    set_both(
        message, _filled("letter.txt.jinja", reminder, words), _filled("letter.html.jinja", reminder, words), language
    )
    if calendar:
        _attach(message, calendar)
    return closed(message, cover.message_id)


def _attach(message: EmailMessage, calendar: bytes) -> None:
    """The type names the method as the file does (RFC 6047 §2.4), and it is a file to open, not to act upon."""
    message.add_attachment(
        calendar, "text", "calendar", params={"method": METHOD, "charset": "utf-8"}, filename=CALENDAR_NAME
    )


def _subject(reminder: Reminder, words: Texts) -> str:
    values = {"contract": reminder.contract_title, "headline": headline(reminder, words)}
    return words.pgettext("mail subject", "%(contract)s: %(headline)s", **values)


_COMING = {
    Nature.BY: (N_("%(n)s day left: %(what)s (%(day)s)"), N_("%(n)s days left: %(what)s (%(day)s)")),
    Nature.NOT_BEFORE: (N_("opens in %(n)s day: %(what)s (%(day)s)"), N_("opens in %(n)s days: %(what)s (%(day)s)")),
    Nature.UNTIL: (N_("ends in %(n)s day: %(what)s (%(day)s)"), N_("ends in %(n)s days: %(what)s (%(day)s)")),
    Nature.STATE: (N_("ends in %(n)s day: %(what)s (%(day)s)"), N_("ends in %(n)s days: %(what)s (%(day)s)")),
}
_TODAY = {
    Nature.BY: N_("today is the last day: %(what)s (%(day)s)"),
    Nature.NOT_BEFORE: N_("open from today: %(what)s (%(day)s)"),
    Nature.UNTIL: N_("ends today: %(what)s (%(day)s)"),
    Nature.STATE: N_("ends today: %(what)s (%(day)s)"),
}
_PAST = {
    Nature.NOT_BEFORE: N_("open since %(day)s: %(what)s"),
    Nature.UNTIL: N_("ended on %(day)s: %(what)s"),
    Nature.STATE: N_("ended on %(day)s: %(what)s"),
}


def headline(reminder: Reminder, words: Texts) -> str:
    """What it is and how many days are left, in one line."""
    left, nature = reminder.days_left, reminder.nature
    values = {"what": reminder.what, "day": words.date(reminder.action_day)}
    if left > 0:
        return words.ngettext(*_COMING[nature], left, **values)
    if left == 0:
        return words.gettext(_TODAY[nature], **values)
    if nature is Nature.BY:
        return _missed(reminder, words) if reminder.missable else _theirs(reminder, words)
    return words.gettext(_PAST[nature], **values)


def _last(reminder: Reminder) -> date:
    """The last day that is not late: in law, with its grace, or our own target."""
    days = filter(None, (reminder.act_by, reminder.legal, reminder.grace_until))
    return max(days, default=reminder.action_day)


def _missed(reminder: Reminder, words: Texts) -> str:
    """The day to aim for has passed; whether all is lost depends on the last day in law. A delay counts from there."""
    what, last = reminder.what, _last(reminder)
    if last >= reminder.today:
        safe = words.date(reminder.action_day)
        return words.gettext(
            "act now: %(what)s (the safe day was %(day)s, the last day is %(last)s)",
            what=what, day=safe, last=words.date(last),
        )  # fmt: skip
    late = (reminder.today - last).days
    return words.ngettext(
        "%(n)s day overdue: %(what)s (%(day)s)", "%(n)s days overdue: %(what)s (%(day)s)", late,
        what=what, day=words.date(last),
    )  # fmt: skip


def _theirs(reminder: Reminder, words: Texts) -> str:
    """What the other side may leave undone: until when it may still come, or since when it no longer can."""
    last = _last(reminder)
    if last < reminder.today:
        return words.gettext(_PAST[Nature.UNTIL], what=reminder.what, day=words.date(last))
    return headline(replace(reminder, action_day=last), words)


_ACT = {
    Nature.BY: N_("Act by"),
    Nature.NOT_BEFORE: N_("Not before"),
    Nature.UNTIL: N_("Lasts until"),
    Nature.STATE: N_("Last day"),
}


def _rows(reminder: Reminder, words: Texts) -> list[tuple[str, str]]:
    """The facts as label and value, those that are empty left out."""
    rows = [
        (N_("Contract"), f"{reminder.contract_number} {reminder.contract_title}"),
        (N_("Counterparty"), reminder.counterparty),
        (N_("What"), reminder.what),
        (N_("Who"), side_name(reminder.side, words)),
        (N_("Clause"), reminder.clause),
        (N_("Amount"), reminder.amount),
        (N_("Delay and late fee so far"), reminder.late),
    ]
    return [(words.gettext(label), value) for label, value in rows if value] + day_rows(reminder, words)


def _ways(method: str, words: Texts) -> str:
    return "; ".join(way_name(way, words) for way in method.split("; "))


def day_rows(reminder: Reminder, words: Texts) -> list[tuple[str, str]]:
    """The days as label and value, those that are not known left out."""
    rows = [
        (N_("Send by"), _day(reminder.send_by, words)),
        (N_("Way of sending"), _ways(reminder.method, words) if reminder.send_by else ""),
        (_ACT[reminder.nature], _day(reminder.act_by, words)),
        (_legal_label(reminder.nature), _day(reminder.legal, words)),
        (N_("Not late until after"), _day(reminder.grace_until, words)),
        (N_("Moved by hand from"), _day(reminder.moved_from, words)),
        (N_("Our own target, not a legal day"), _day(reminder.target, words)),
    ]
    return [(words.gettext(label), value) for label, value in rows if value]


def _legal_label(nature: Nature) -> str:
    """What the day in law is: what must not come too soon has no last day, but a first one."""
    opens = nature is Nature.NOT_BEFORE
    return N_("Earliest day by the contract's rules") if opens else N_("Last day by the contract's rules")


_ANSWERS = (("done", N_("Done")), ("in-hand", N_("In hand")), ("later", N_("Later")), ("not-mine", N_("Not mine")))
"""Where on the page that takes the answer each of them is given."""


def _day(day: date | None, words: Texts) -> str:
    return words.long_date(day) if day else ""


def _filled(template: str, reminder: Reminder, words: Texts) -> str:
    return filled(
        template,
        words,
        reminder=reminder,
        headline=headline(reminder, words),
        rows=_rows(reminder, words),
        answers=[(anchor, words.gettext(label)) for anchor, label in _ANSWERS if anchor in reminder.ways],
    )
