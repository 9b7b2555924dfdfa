"""What the form of a kind's blanks is filled from, and what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.records.contracts import Contract
from tracker.rules.blanks import BlankType
from tracker.rules.kind_fit import Fit, fit
from tracker.rules.kinds import Kind
from tracker.rules.problems import Problem
from web import kind_words
from web.context import _, organisation, words
from web.contract_form import Document, fields_of
from web.contract_sent import Sent, new_fields, offered_fields, rows_of
from web.forms import Form, say
from web.kind_reading import BLANK, WITH, KindReading, left_out, unasked
from web.kinds import kinds


@dataclass(slots=True)
class KindSent(Sent):
    """The form of a kind's blanks as it came, what it was filled from, and the document it makes."""

    kind: Kind

    def reading(self) -> KindReading:
        """The document, with the facts as they stand now."""
        before = fit(self.kind, self.base).answers.without if self.contract else frozenset()
        reading = KindReading(self.form, self.base, self.kind, left_out(self.kind, self.form, before))
        reading.document |= self.facts()
        return reading

    def tried(self, document: Document) -> Document:
        """The document with something in place of a number, a title and names that are still to be typed."""
        parties = [{**party, "name": party.get("name") or party["role"]} for party in document.get("parties", [])]
        return document | {
            "number": document.get("number") or "-",
            "title": document.get("title") or "-",
            "parties": parties,
        }

    def unready(self) -> list[Problem]:
        """A blank that cannot be used leaves out what others may be counted from, so that no date is sure."""
        return list(self.form.problems)

    def page(self, *, spare: int = 0, **more: object) -> str:
        """The form with what was typed; `more` is what is told about it."""
        parties = rows_of(self.form, "parties", 0, least=len(self.kind.parties))
        self.form.problems.sort(key=lambda problem: problem.place.startswith(BLANK))  # as the fields follow each other
        return self.render(
            "kind_form.html",
            kind=self.kind,
            sections=[section for section in self.kind.blanks(words().language) if section.blanks],
            unasked=self._unasked(),
            money_told=any(name.startswith("money.") for name in [*self._typed_into(), *self.form.errors]),
            parties=parties,
            labels=kind_words.labels(self.kind, parties),
            party_name=lambda number: kind_words.party_name(self.kind, number),
            hint=kind_words.hint,
            BlankType=BlankType,
            **more,
        )

    def _typed_into(self) -> list[str]:
        return [name for name, value in self.form.typed.items() if value.strip()]

    def _unasked(self) -> list[tuple[str, str, str]]:
        """Field, name and wording of every obligation that comes without any blank."""
        keys = {item.key for item in unasked(self.kind)}
        duties = (duty for duty in self.kind.duties(words().language) if duty.key in keys)
        return [(WITH + duty.key, kind_words.duty_name(duty), duty.wording or duty.help) for duty in duties]

    def in_full(self) -> Sent:
        """The same in the form of every term, with a line for each blank that could not be taken over."""
        document = self.reading().document
        kept = {name: value for name, value in document.items() if name != "facts"}
        fields = fields_of(kept) | {name: value for name, value in self.form.typed.items() if _goes_along(name)}
        if self.contract is not None:
            fields["origin"] = json.dumps(self.base, ensure_ascii=False)
        else:
            fields |= offered_fields(self.kind, [row["key"] for row in kept.get("obligations", [])])
        return Sent(Form(fields), kept, self.contract)

    def lost(self) -> list[str]:
        """What was typed into blanks and cannot be carried into another form, each with the reason."""
        labels = kind_words.labels(self.kind, ())
        return [
            _("Not taken over, %(blank)s: “%(typed)s”. %(reason)s",
              blank=labels[problem.place], typed=self.form.value(problem.place), reason=say(problem))
            for problem in self.typed_problems()
        ]  # fmt: skip

    def typed_problems(self) -> list[Problem]:
        """The problems of blanks in which something stands."""
        return [problem for problem in self.form.problems if self.form.value(problem.place).strip()]


def _goes_along(name: str) -> bool:
    """Whether a field is no part of the document and the same in every form."""
    return name in ("id", "revision", "signed_on", "change") or name.startswith("amendment.")


def new_contract(kind: Kind) -> KindSent:
    """The form of a new contract, with the defaults of its kind."""
    ticks = {WITH + item.key: "1" for item in unasked(kind)}
    values = {BLANK + name: value for name, value in kind.defaults().items()}
    fields = new_fields(kind) | {"language": kind.language} | _law(kind) | values | ticks
    return KindSent(Form(fields), {}, None, kind)


def _law(kind: Kind) -> dict[str, str]:
    """How the kind says dates are counted; the organisation's own days stay with the calendar they belong to."""
    house = organisation()
    law = {f"law.{name}": value for name, value in kind.law.items()}
    if house and house.calendar.partition("+")[0] == kind.law.get("calendar"):
        law["law.calendar"] = house.calendar
    return law


def kept_contract(kind: Kind, found: Fit, document: Mapping[str, Any], contract: Contract) -> KindSent:
    """The form filled with what the contract says."""
    ticks = {WITH + item.key: "1" for item in unasked(kind) if item.key not in found.answers.without}
    blanks = kind.open_blanks
    values = {BLANK + name: kind_words.as_typed(blanks[name].type, text) for name, text in found.answers.values.items()}
    fields = fields_of(document) | {"revision": str(contract.revision)} | values | ticks
    return KindSent(Form(fields), dict(document), contract, kind)


@dataclass(frozen=True, slots=True)
class InFull:
    """Whether a contract is shown with every term, why, and whether the blanks of its kind would serve as well."""

    needed: bool = True
    why: str = ""
    blanks_serve: bool = False


def in_full(document: Mapping[str, Any]) -> InFull:
    """Why the blanks of its kind do not tell all that a contract says; nothing where they do."""
    kind = kinds().get(str(document.get("kind", "")))
    if kind is None:
        return InFull(why=_("Its kind is not known here any more, so that every term is shown."))
    found = fit(kind, document)
    if found.reworded:
        names = kind_words.strays_named(found.reworded)
        text = _("Every term is shown, because this contract has its own wording of: %(names)s.", names=names)
        return InFull(why=text)
    if not found.holds:
        text = _("Every term is shown, because this contract says what the blanks of its kind cannot hold.")
        return InFull(why=text)
    if found.besides and not kind.duties("en"):
        return InFull()  # a kind that brings no obligations is there to have them added
    if found.besides:
        names = kind_words.strays_named(found.besides)
        text = _("Every term is shown, because this contract holds more than its kind brings: %(names)s.", names=names)
        return InFull(why=text, blanks_serve=True)
    return InFull(needed=False)
