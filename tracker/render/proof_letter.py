"""Letters about work that is done and waits to be shown or accepted, and about proof that was not accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from tracker.render.composing import closed, filled, refuse_line_breaks, set_both
from tracker.render.envelope import Cover, addressed
from tracker.render.texts import N_, Texts, texts


class Asking(StrEnum):
    """What a letter asks for."""

    SHOW = "show"
    """Evidence, of something that is logged as done."""
    JUDGE = "judge"
    """That the reader accepts the proof, or sends it back."""
    AGAIN = "again"
    """That what was not accepted is put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofNote:
    """What one letter says. `since` is the day it has waited from, or on which it was not accepted; `by` who logged it,
    `judge` who did not accept it and `missing` what they said; `action_day` the last day, where it stands open again.
    `own` says whether the reader is who logged it. `link` is empty where no page can be opened."""

    asking: Asking
    contract_number: str
    contract_title: str
    what: str
    done_on: date
    since: date
    by: str = ""
    note: str = ""
    judge: str = ""
    missing: str = ""
    action_day: date | None = None
    own: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                refuse_line_breaks(field.name, value)


_SUBJECTS = {
    Asking.SHOW: N_("%(contract)s: evidence is wanted of: %(what)s"),
    Asking.JUDGE: N_("%(contract)s: waits for your review: %(what)s"),
    Asking.AGAIN: N_("%(contract)s: not accepted: %(what)s"),
}
_HEADS = {
    Asking.SHOW: N_("Evidence is wanted: %(what)s"),
    Asking.JUDGE: N_("Waits for your review: %(what)s"),
    Asking.AGAIN: N_("Not accepted: %(what)s"),
}
_TEXTS = {
    Asking.SHOW: N_("It is logged as done. The contract wants evidence of it, and none has been brought yet."),
    Asking.JUDGE: N_("It is logged as done, and waits until you accept the proof or send it back."),
    Asking.AGAIN: N_("The proof was not accepted. It stands open again, and its reminders begin anew."),
}
_LINKS = {
    Asking.SHOW: N_("Bring a file or a link"),
    Asking.JUDGE: N_("Look at the proof"),
    Asking.AGAIN: N_("Open this deadline"),
}
_WEEKLY = N_("You hear of it once a week while it waits.")
_OWN, _OTHERS = (
    N_("You receive this because you logged it."),
    N_("You receive this because you look after this contract, or are to be told of it."),
)


def write_proof_note(note: ProofNote, cover: Cover, language: str) -> bytes:
    """The letter as it is handed to the mail server: equal values give equal bytes.

    Raises:
        ValueError: an address is none.
    """
    words = texts(language)
    subject = words.gettext(_SUBJECTS[note.asking], contract=note.contract_title, what=note.what)
    values = {
        "head": words.gettext(_HEADS[note.asking], what=note.what),
        "text": words.gettext(_TEXTS[note.asking]),
        "rows": list(_rows(note, words)),
        "link": note.link,
        "link_text": words.gettext(_LINKS[note.asking]),
        "footer": words.gettext(_footer(note)),
    }
    message = addressed(cover, subject)
    page, text = filled("proof.html.jinja", words, **values), filled("proof.txt.jinja", words, **values)
    set_both(message, text, page, language)
    return closed(message, cover.message_id)


def _footer(note: ProofNote) -> str:
    if note.asking is not Asking.AGAIN:
        return _WEEKLY
    return _OWN if note.own else _OTHERS


def _rows(note: ProofNote, words: Texts) -> Iterator[tuple[str, str]]:
    """The facts as label and value, those that are empty left out."""
    rejected = note.asking is Asking.AGAIN
    rows = [
        (N_("Contract"), f"{note.contract_number} {note.contract_title}"),
        (N_("What"), note.what),
        (N_("Done on"), words.long_date(note.done_on)),
        (N_("Logged by"), note.by),
        (N_("Note"), note.note),
        (N_("Waits since"), "" if rejected else words.long_date(note.since)),
        (N_("Not accepted on"), words.long_date(note.since) if rejected else ""),
        (N_("Not accepted by"), note.judge),
        (N_("What is missing"), note.missing),
        (N_("Last day to act"), words.long_date(note.action_day) if note.action_day else ""),
    ]
    return ((words.gettext(label), value) for label, value in rows if value)
