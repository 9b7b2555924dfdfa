"""Digests: several reminders in, the bytes of one e-mail out, the nearest day first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.render.composing import closed, filled, set_both
from tracker.render.envelope import Cover, addressed
from tracker.render.letter import Reminder, day_rows, headline
from tracker.render.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class Item:
    """One reminder as a digest shows it."""

    reminder: Reminder
    headline: str
    about: str
    """The contract, its other party, the clause and the sum, in one line."""
    days: Sequence[tuple[str, str]]


def write_digest(reminders: Sequence[Reminder], cover: Cover, language: str) -> bytes:
    """The letter as it is handed to the mail server: equal values give equal bytes. There is at least one reminder.

    Raises:
        ValueError: an address is none.
    """
    words = texts(language)
    ordered = sorted(reminders, key=lambda one: (one.action_day, one.contract_number, one.what))
    subject = _subject(ordered, words)
    values = {
        "subject": subject,
        "today": words.long_date(max(one.today for one in reminders)),
        "stop": cover.unsubscribe,
    }
    values_in = {**values, "days": _by_day(ordered, words), "answers": any(one.answer for one in ordered)}
    message = addressed(cover, subject)
    set_both(
        message,
        filled("digest.txt.jinja", words, **values_in),
        filled("digest.html.jinja", words, **values_in),
        language,
    )
    return closed(message, cover.message_id)


def _subject(ordered: Sequence[Reminder], words: Texts) -> str:
    nearest = ordered[0]
    return words.ngettext(
        "%(n)s reminder: its day is in %(left)s days (%(day)s)",
        "%(n)s reminders: the nearest day is in %(left)s days (%(day)s)",
        len(ordered),
        left=nearest.days_left,
        day=words.date(nearest.action_day),
    )


def _by_day(ordered: Sequence[Reminder], words: Texts) -> list[tuple[str, list[Item]]]:
    def day(reminder: Reminder) -> date:
        return reminder.action_day

    return [(words.long_date(found), [_item(one, words) for one in those]) for found, those in groupby(ordered, day)]


def _item(reminder: Reminder, words: Texts) -> Item:
    contract = f"{reminder.contract_number} {reminder.contract_title}"
    about = (contract, reminder.counterparty, reminder.clause, reminder.amount)
    return Item(reminder, headline(reminder, words), " · ".join(filter(None, about)), day_rows(reminder, words))
