"""Between the contract form and the contract document.

Field names are the document's own paths, so that each problem finds its field. What the form does not show, such as
free fields or a party's bank, is kept as the document had it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from tracker.rules.contract_file import FORMAT
from tracker.rules.problems import N_, Problem
from web.care_fields import GREETING_LISTS, contact_fields, contacts_typed, listed, unlisted
from web.document_paths import as_text, put_at, value_at, write_at
from web.due_words import due_fields, due_phrase
from web.forms import Form
from web.told_fields import ASKED, ladders_typed, people_told, told_fields

Document = dict[str, Any]

PLAIN = (
    "number", "title", "kind", "parent", "language", "owner", "backup", "tracked_from",
    "law.counting", "law.calendar", "law.zone",
    "term.length", "term.start", "term.end", "term.first_day_counts", "term.minimum", "term.reference",
    "renewal.mode", "renewal.length", "renewal.cap", "renewal.formalities", "renewal.formalities_within",
    "renewal.reference",
)  # fmt: skip
"""Paths of single values."""
MONEY = ("money.amount", "money.liquidated_damages", "money.liability_cap", "money.late_rate")

ROWS: Mapping[str, tuple[str, ...]] = {
    "parties": ("role", "name", "email", "address", "customer_class"),
    "renewal.notice": ("side", "at_least", "not_earlier_than"),
    "termination": ("side", "notice", "reference"),
    "delivery": ("method", "allowance", "counts_on", "calendar", "zone", "cut_off"),
    "money.parts": ("name", "amount"),
}
"""Sections that are lists, and the fields of a row; a row whose telling field is empty is not there."""
_TELLING = {
    "parties": "name",
    "renewal.notice": "at_least",
    "termination": "notice",
    "delivery": "method",
    "money.parts": "name",
}

OBLIGATION = (
    "code", "title", "side", "every", "while", "until", "amount", "target", "reference", "quote",
    "late_rate", "birthdays",
    "grace", "priority", "proof", "paper", "owner", "backup", "reviewer", "to", "method", "place", "pays",
)  # fmt: skip
OWN = "own"
"""The code of an obligation that the catalogue does not have; its title says what it is."""
OFFERED = "every "
"""Marks a row that the kind offers, and how often it said the duty comes: as offered it is not yet the contract's."""
DUE = ("period", "direction", "anchor", "on")


def fields_of(document: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each field for a document."""
    fields = {path: as_text(value_at(document, path)) for path in (*PLAIN, *MONEY)}
    for name, columns in ROWS.items():
        for place, row in _numbered(name, value_at(document, name) or []):
            fields |= {f"{place}.{column}": as_text(row.get(column)) for column in columns}
    for place, row in _numbered("parties", document.get("parties") or []):
        fields |= contact_fields(place, row.get("contacts") or [])
    for place, row in _numbered("obligations", document.get("obligations") or []):
        fields |= obligation_fields(place, row) | {f"{place}.has": "1"}
    fields |= _effect_fields(document.get("effect") or {}) | told_fields(document)
    only = value_at(document, "access.only")
    fields["access"] = "organisation" if only is None else "named"
    fields |= {f"may_see.{email}": "1" for email in only or ()}
    us = [str(position) for position, party in enumerate(document.get("parties") or []) if party.get("us")]
    return fields | {"us": us[0] if us else "0"}


def obligation_fields(place: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The fields of one obligation."""
    fields = {f"{place}.{column}": as_text(row.get(column)) for column in OBLIGATION}
    fields |= {f"{place}.{column}": listed(row.get(column)) for column in GREETING_LISTS}
    due = due_fields(as_text(row["due"])) if row.get("due") else {column: as_text(row.get(column)) for column in DUE}
    return fields | {f"{place}.{column}": value for column, value in due.items()}


class Reading:
    """The document a form gives, laid over what the document held before, and where its rows came from."""

    def __init__(self, form: Form, base: Mapping[str, Any]) -> None:
        self.form = form
        self.places: dict[str, str] = {}
        self.document: Document = deepcopy(dict(base)) | {"format": FORMAT}
        self._take(base)

    def _take(self, base: Mapping[str, Any]) -> None:
        self._values((*PLAIN, *MONEY))
        for name in ROWS:
            self._rows(name, base)
        self._obligations(base)
        self._effect()
        self._access()
        self._told()

    def _values(self, paths: Iterable[str]) -> None:
        for path in paths:
            write_at(self.document, path, self.form.value(path).strip())

    def problems(self, found: list[Problem]) -> list[Problem]:
        """The problems of the document at the fields of the form."""
        return [Problem(self._field(problem.place), problem.text, problem.values) for problem in found]

    def _field(self, place: str) -> str:
        if place.startswith("reminders."):
            return self.places.get(place, place)
        match = re.match(r"(parties\[\d+\]\.contacts\[\d+\])(.*)", place) or re.match(r"(.*?\[\d+\])(.*)", place)
        if match and match[1] in self.places:
            place = self.places[match[1]] + match[2]
        if match := re.match(r"(told|access\.only)\[\d+\]", place):
            place = {"told": "told", "access.only": "may_see"}[match[1]]
        if place == "term":
            place = "term.end" if self.form.value("term.end") else "term.length"
        if place.startswith("facts[") and "signed_on" in self.form.typed:
            return "signed_on"
        return re.sub(r"^effect\.conditions\[\d+\]$", "effect.conditions", place)

    def _rows(self, name: str, base: Mapping[str, Any]) -> None:
        kept: list[Document] = []
        before = value_at(base, name) or []
        for number in _numbers(self.form.typed, name):
            place = f"{name}[{number}]"
            if not self.form.value(f"{place}.{_TELLING[name]}").strip() and not self._is_needed(name, number):
                continue
            row = dict(before[number]) if number < len(before) else {}
            for column in ROWS[name]:
                write_at(row, column, self.form.value(f"{place}.{column}").strip())
            if name == "parties":
                put_at(row, "us", True if self.form.value("us") == str(number) else "")
                put_at(row, "contacts", self._contacts(place, f"{name}[{len(kept)}]"))
            self.places[f"{name}[{len(kept)}]"] = place
            kept.append(row)
        put_at(self.document, name, kept)

    def _contacts(self, place: str, kept: str) -> list[dict[str, str]]:
        found = list(contacts_typed(self.form, place))
        self.places |= {f"{kept}.contacts[{number}]": at for number, (at, _contact) in enumerate(found)}
        return [contact for _at, contact in found]

    def _is_needed(self, name: str, number: int) -> bool:
        """The first two parties must be there, so that a missing name is told where it belongs."""
        return name == "parties" and number < 2

    def _obligations(self, base: Mapping[str, Any]) -> None:
        kept: list[Document] = []
        before = base.get("obligations") or []
        for number in _numbers(self.form.typed, "obligations"):
            place = f"obligations[{number}]"
            if not self._counts(place):
                continue
            row = dict(before[number]) if number < len(before) else {}
            for column in OBLIGATION:
                write_at(row, column, self.form.value(f"{place}.{column}").strip())
            for column in GREETING_LISTS:
                put_at(row, column, unlisted(self.form.value(f"{place}.{column}")))
            row.setdefault("code", OWN)
            put_at(row, "due", due_phrase(*(self.form.value(f"{place}.{column}").strip() for column in DUE)))
            if not row.get("due"):
                self.form.refuse(f"{place}.due", N_("Say from when it is counted."))
            self.places[f"obligations[{len(kept)}]"] = place
            kept.append(row)
        put_at(self.document, "obligations", kept)

    def _counts(self, place: str) -> bool:
        """Whether a row is part of the contract: ticked, or something of the contract was typed into it."""
        if self.form.ticked(f"{place}.remove"):
            return False
        typed = [self.form.value(f"{place}.{column}").strip() for column in ("period", "on", "amount")]
        offered = self.form.value(f"{place}.offered")
        typed.append("" if offered else self.form.value(f"{place}.title").strip())
        every = self.form.value(f"{place}.every").strip()
        typed.append(every if offered and every != offered.removeprefix(OFFERED) else "")
        return any(typed) or self.form.ticked(f"{place}.has")

    def _effect(self) -> None:
        mode = self.form.value("effect.mode")
        when = self.form.value("effect.when").strip()
        conditions = [line.strip() for line in self.form.value("effect.conditions").splitlines() if line.strip()]
        self.document.pop("effect", None)
        if mode == "date":
            self._must("effect.when", when)
            self.document["effect"] = {"when": when}
        elif mode == "conditions":
            self._must("effect.conditions", conditions)
            self.document["effect"] = {"conditions": conditions}

    def _must(self, name: str, value: object) -> None:
        if not value:
            self.form.refuse(name, N_("This is needed."))

    def _access(self) -> None:
        wanted = self.form.value("access")
        if wanted == "organisation":  # said in so many words: a form that came in half opens nothing
            self.document["access"] = wanted
        elif wanted == "named":
            named = [name.removeprefix("may_see.") for name in self.form.typed if name.startswith("may_see.")]
            self.document["access"] = {"only": sorted(named)}

    def _told(self) -> None:
        if ASKED not in self.form.typed:
            return
        self.document["told"] = people_told(self.form)  # none ticked is said too: it takes those away who were told
        found = list(ladders_typed(self.form, _numbers(self.form.typed, "reminders")))
        self.places |= {f"reminders.{code}": f"{place}.ladder" for place, code, _ladder in found}
        put_at(self.document, "reminders", {code: ladder for _place, code, ladder in found})


def _effect_fields(effect: Mapping[str, Any]) -> dict[str, str]:
    when, conditions = effect.get("when"), effect.get("conditions") or []
    dated = when not in (None, "signing")
    mode = "conditions" if conditions else "date" if dated else "signing"
    return {
        "effect.mode": mode,
        "effect.when": as_text(when) if dated else "",
        "effect.conditions": "\n".join(map(as_text, conditions)),
    }


def _numbered(name: str, rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((f"{name}[{number}]", row) for number, row in enumerate(rows))


def _numbers(typed: Mapping[str, str], name: str) -> list[int]:
    """The numbers of the rows of a list that were sent, in order."""
    pattern = re.compile(re.escape(name) + r"\[(\d{1,3})\]\.")
    return sorted({int(match[1]) for field in typed if (match := pattern.match(field))})


def row_numbers(form: Form, name: str) -> list[int]:
    """The numbers of the rows that a form shows of a list."""
    return _numbers(form.typed, name)
