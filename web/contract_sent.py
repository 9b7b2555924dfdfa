"""What the contract form is filled from, and what comes back."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from secrets import token_hex
from typing import Any, Protocol

from flask import render_template, request

from tracker.actions.access import may_sign_in
from tracker.actions.documents import document_of
from tracker.actions.people import readers
from tracker.records.contracts import Contract
from tracker.records.people import Person
from tracker.rules.kinds import Kind
from tracker.rules.problems import Problem
from web import contract_choices as choices
from web.care_fields import contact_places
from web.context import organisation, person, tracker, words
from web.contract_form import OFFERED, Document, Reading, obligation_fields, row_numbers
from web.forms import Form
from web.kinds import suggested
from web.told_fields import ladder_codes, ticked_people


class Read(Protocol):
    """What a form says: the document, and where on the form a problem of the document belongs."""

    @property
    def document(self) -> Document: ...

    def problems(self, found: list[Problem]) -> list[Problem]: ...


NOTHING_TOLD: Mapping[str, object] = {
    "preview": None,
    "odd": [],
    "changes": None,
    "confirm": "",
    "stale": False,
    "notes": [],
    "full": None,
}
"""What a contract form tells besides what was typed, before there is anything to tell."""


STARTING_CLOCKS = ("facts", "papers", "adjustments")
"""Sections of a document that are recorded on their own, and on which its dates depend."""
APART = (*STARTING_CLOCKS, "amendments", "marks", "completions")


@dataclass(slots=True)
class Sent:
    """The form as it came, what it was filled from, and the document it makes."""

    form: Form
    base: Document
    contract: Contract | None

    def reading(self) -> Read:
        """The document, with the facts as they stand now: they are recorded on their own."""
        reading = Reading(self.form, self.base)
        reading.document |= self.facts()
        return reading

    def facts(self) -> Document:
        """What is recorded on its own, as sections of the document; for a new contract its signature."""
        if self.contract is not None:
            document = document_of(self.contract)
            return {name: document[name] for name in STARTING_CLOCKS if name in document}
        signed = self.form.value("signed_on").strip()
        return {"facts": [{"key": "signed-1", "kind": "signed", "day": signed}]} if signed else {}

    @property
    def origin(self) -> Document:
        """The terms that the change began with, which another form may have changed already."""
        return document_in(self.form.value("origin")) or self.base

    def tried(self, document: Document) -> Document:
        """The document as its dates are shown while it is being typed."""
        return document

    def unready(self) -> list[Problem]:
        """What must be put right before any date is shown."""
        return []

    def page(self, *, spare: int = 0, **more: object) -> str:
        """The form with what was typed, and `spare` empty rows for obligations; `more` is what is told about it."""
        return self.render(
            "contract_form.html",
            obligations=rows_of(self.form, "obligations", spare),
            parties=rows_of(self.form, "parties", 0, least=3),
            notices=rows_of(self.form, "renewal.notice", 0, least=2),
            terminations=rows_of(self.form, "termination", 0, least=2),
            **more,
        )

    def render(self, template: str, **more: object) -> str:
        """A template with what every contract form shows."""
        with tracker().reading() as session:
            people = readers(session)
        return render_template(
            template,
            form=self.form,
            contract=self.contract,
            base=json.dumps(self.base, ensure_ascii=False),
            people=people,
            seeing_people=ticked_people(self.form, "may_see.", people),
            told_people=ticked_people(self.form, "told.", people),
            people_by_email=_named(people),
            owners=_named(filter(may_sign_in, people)),
            choices=choices,
            contact_places=partial(contact_places, self.form, spare=1),
            ladder_codes=ladder_codes(),
            reminders=_filled_and_empty(self.form, "reminders", "ladder", most=2),
            money_parts=_filled_and_empty(self.form, "money.parts", "name"),
            **{**NOTHING_TOLD, **more},
        )


def _named(people: Iterable[Person]) -> dict[str, str]:
    return {one.email: one.name for one in people}


def rows_of(form: Form, name: str, spare: int, least: int = 0) -> list[str]:
    """The places of the rows to show: those there are, and blank ones after them."""
    numbers = row_numbers(form, name)
    after = numbers[-1] + 1 if numbers else 0
    wanted = max(spare, least - len(numbers))
    return [f"{name}[{number}]" for number in [*numbers, *range(after, after + wanted)]]


def _filled_and_empty(form: Form, name: str, telling: str, most: int = 3) -> list[str]:
    """The places of the rows with something in them, then empty ones: at least one, and no more than `most` in all."""
    filled = [number for number in row_numbers(form, name) if form.value(f"{name}[{number}].{telling}").strip()]
    after = filled[-1] + 1 if filled else 0
    return [f"{name}[{number}]" for number in [*filled, *range(after, after + max(1, most - len(filled)))]]


def base_sent() -> Document:
    """What the form was filled from; it comes back with it, so that rows are laid over the rows that were shown."""
    return document_in(request.form.get("base", ""))


def document_in(text: str) -> Document:
    """A document that a page wrote into a form; empty where something else came back."""
    try:
        base = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return without_facts(base) if isinstance(base, dict) and _is_a_document(base) else {}


def _is_a_document(base: Document) -> bool:
    """Whether its sections have the shape in which the page wrote them."""
    parts = [base.get(name, {}) for name in ("effect", "term", "renewal", "law", "money")]
    rows = [base.get(name, []) for name in ("parties", "termination", "delivery", "obligations")]
    parts += [row for several in rows if isinstance(several, list) for row in several]
    notices = parts[2].get("notice", []) if isinstance(parts[2], dict) else None
    sums = parts[4].get("parts", []) if isinstance(parts[4], dict) else None
    lists = [*rows, notices, sums, *_lists_of_words(base)]
    return all(isinstance(part, dict) for part in parts) and all(isinstance(one, list) for one in lists)


def _lists_of_words(base: Document) -> list[object]:
    """Its conditions, and the people it is open to."""
    effect, access = base.get("effect"), base.get("access")
    conditions = effect.get("conditions", []) if isinstance(effect, dict) else []
    return [conditions, access.get("only", []) if isinstance(access, dict) else []]


def without_facts(document: Mapping[str, Any]) -> Document:
    """The document without what is recorded on its own."""
    return {name: value for name, value in document.items() if name not in APART}


def new_fields(kind: Kind) -> dict[str, str]:
    """The fields that every form of a new contract begins with: who it is between, who owns it, how it is counted."""
    house = organisation()
    us = next((place for place, party in enumerate(kind.parties) if party.us), 0)
    roles = {f"parties[{place}].role": party.role for place, party in enumerate(kind.parties)}
    return roles | {
        "id": token_hex(8),
        "parent": request.args.get("parent", ""),
        "owner": person().email,
        "us": str(us),
        "access": "organisation",
        f"parties[{us}].name": house.name if house else "",
        "law.counting": kind.law.get("counting", "prc-civil-code"),
        "law.calendar": house.calendar if house else kind.law.get("calendar", "CN"),
        "law.zone": house.zone if house else "",
    }


def blank_fields(kind: Kind) -> dict[str, str]:
    """The fields of a new contract of a kind in the form of every term."""
    fields = new_fields(kind) | {
        "kind": kind.code,
        "language": words().language,
        "effect.mode": "signing",
        "renewal.mode": "none",
    }
    return fields | offered_fields(kind, ())


def offered_fields(kind: Kind, held: Collection[str]) -> dict[str, str]:
    """Rows for the obligations of the kind, after those of it that the contract already holds, by their keys."""
    fields: dict[str, str] = {}
    offered = [row for row in suggested(kind) if row["key"] not in held]
    for number, row in enumerate(offered, len(held)):
        place = f"obligations[{number}]"
        fields |= obligation_fields(place, row) | {f"{place}.offered": OFFERED + row["every"]}
    return fields
